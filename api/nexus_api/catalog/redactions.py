"""What is told in the place of content that was taken away: by whom it was, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from psycopg import AsyncConnection

from nexus_api.problems import Refused
from nexus_hub.catalog.errors import Redacted
from nexus_hub.catalog.queries import redaction as q
from nexus_hub.croid.codec import encode
from nexus_hub.croid.service import link


class MaybeRedacted(Protocol):
    """A row of a list whose revision may have lost its content."""

    @property
    def redacted_by(self) -> str | None: ...  # noqa: D102
    @property
    def redacted_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def redacted_reason(self) -> str | None: ...  # noqa: D102


def tell(by: str | None, at: datetime | None, reason: str | None) -> dict[str, Any]:
    """Who took content away, when and why."""
    return {"by": by, "at": at, "reason": reason}


def maybe_told(row: MaybeRedacted) -> dict[str, Any] | None:
    """Who took the content of a row's revision away, where somebody did."""
    if row.redacted_at is None:
        return None
    return tell(row.redacted_by, row.redacted_at, row.redacted_reason)


async def check_content(
    db: AsyncConnection[Any], croid: UUID, revision_ids: Sequence[UUID]
) -> None:
    """Raise `Refused` with 410 where the content of one of these revisions was taken away."""
    for row in await q.redaction_list_async(db, croid=croid, revision_ids=revision_ids):
        detail = (
            f"the content of revision {row.revision_id} of {encode(croid)} was taken away by"
            f" {row.username} at {row.redacted_at.isoformat()}: {row.reason}"
        )
        told = tell(row.username, row.redacted_at, row.reason) | {"revision": row.revision_id}
        headers = {
            "Link": f'<{link(croid)}/history>; rel="describedby"',
            "Cache-Control": "no-cache",
        }
        raise Refused(Redacted(detail), headers=headers, members={"redacted": told})
