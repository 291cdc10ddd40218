"""What a deposit changed, record by record: as JSON Patch, or as a page that people read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.catalog.redactions import maybe_told
from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, MinIndex, Rows, check_parameters, described
from nexus_api.ids import read_id
from nexus_api.listing import page_answer
from nexus_api.nauvis import examples, status
from nexus_api.pages.page import HTML, page, wants_html
from nexus_api.paging import DEFAULT_ROWS, Paging, next_link, parameters_of
from nexus_hub.catalog.difference import Change, patch
from nexus_hub.catalog.queries.redaction import redaction_list_by_croids_async
from nexus_hub.catalog.queries.revision import revision_body_list_async
from nexus_hub.croid.codec import encode
from nexus_hub.nauvis import wording
from nexus_hub.nauvis.queries import deposit_record as q

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset({"rows", "cursor", "mailto"})
RESULTS: Mapping[str | None, tuple[str, str]] = {
    None: ("waits for its verdict", ""),
    "created": ("new", "good"),
    "updated": ("changed", "good"),
    "unchanged": ("as it was", ""),
    "warning": ("taken, with a warning", "warning"),
    "rejected": ("rejected", "error"),
}
"""What each verdict is called on a page, and how it is coloured."""
Bodies = dict[tuple[UUID, UUID], str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A record of a deposit: what it changed, as JSON, and as the page has it."""

    item: dict[str, Any]
    changes: list[Change] = field(default_factory=list)


@get(
    "/deposits/{deposit_id:str}/changes",
    operation_id="deposit_change_list",
    tags=["deposits"],
    operation_class=described(
        {JSON: examples.CHANGES, HTML: "<!DOCTYPE html>"},
        headers=("X-Nexus-Index", "Link"),
        nullable=(*examples.NULLABLE, "patch"),
    ),
)
async def deposit_change_list(
    deposit_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Response[bytes]:
    """What each record of a deposit changed; of a test, what it would change.

    `patch` leads from the revision before to the one that the record made. It is empty where
    nothing changed, and null while there is no verdict or where the content was taken away.
    """
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    asked = pager.page(parameters)
    deposit = await status.find(db, read_id(deposit_id))
    listed = await q.deposit_record_change_list_async(
        db,
        deposit_id=deposit.deposit_id,
        after_n=asked.after[0] if asked.after else 0,
        limit_count=asked.probe,
    )
    shown, following = pager.cut(listed, asked, parameters, "n")
    bodies = await _bodies(db, shown)
    told = await asyncio.to_thread(_tell_all, shown, bodies)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if wants_html(request):
        values = {
            "title": "What a test deposit would change"
            if deposit.is_test
            else "What a deposit changed",
            "deposit": deposit,
            "records": [(one.item, RESULTS[one.item["result"]], one.changes) for one in told],
            "called": wording.called,
            "shown": wording.shown,
            "next": next_link(request, following)[1:].partition(">")[0] if following else None,
        }
        return page("deposit_changes.html", values, headers=headers)
    content = {
        "deposit": deposit.deposit_id,
        "test": deposit.is_test,
        "items": [one.item for one in told],
        "next-cursor": following,
    }
    encoded = await asyncio.to_thread(msgspec.json.encode, content)
    return page_answer(request, encoded, cursor=following, headers=headers)


async def _bodies(db: AsyncConnection[Any], rows: Sequence[q.DepositRecordChangeListRow]) -> Bodies:
    """The contents before and after each record, but for what was taken away."""
    wanted = sorted(
        {
            (row.croid, number)
            for row in rows
            if row.croid and row.made_revision_id
            for number in (row.made_revision_id, row.previous_revision_id)
            if number
        }
    )
    if not wanted:
        return {}
    croids, numbers = [croid for croid, _ in wanted], [number for _, number in wanted]
    gone = await redaction_list_by_croids_async(db, croids=croids, revision_ids=numbers)
    lost = {(one.croid, one.revision_id) for one in gone}
    found = await revision_body_list_async(db, croids=croids, revision_ids=numbers)
    return {
        (one.croid, one.revision_id): one.body
        for one in found
        if one.croid and one.revision_id and (one.croid, one.revision_id) not in lost
    }


def _tell_all(rows: Sequence[q.DepositRecordChangeListRow], bodies: Bodies) -> list[Told]:
    return [_tell(row, bodies) for row in rows]


def _tell(row: q.DepositRecordChangeListRow, bodies: Bodies) -> Told:
    item: dict[str, Any] = {
        "n": row.n,
        "doi": row.doi,
        "croid": encode(row.croid) if row.croid else None,
        "result": row.result,
        "revision": row.revision_id,
        "index": row.index,
        "problems": status.problems(row.problems, row.change_problems),
        "patch": None if row.result is None else [],
    }
    if row.patch is not None:
        foreseen = orjson.loads(row.patch)
        return Told(item | {"patch": foreseen}, list(wording.foreseen(foreseen)))
    if row.redacted_at is not None:
        return Told(item | {"patch": None, "redacted": maybe_told(row)})
    if row.croid is None or row.made_revision_id is None:
        return Told(item)
    after = bodies.get((row.croid, row.made_revision_id))
    previous = row.previous_revision_id
    before = bodies.get((row.croid, previous)) if previous else None
    return Told(item | {"patch": patch(before, after)}, wording.changes(before, after))
