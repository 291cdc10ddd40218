"""The strategy `update-notice`: notices and the works they are about know each other.

Pure: what is said of updates gives the elements of a patch. A work that was retracted says so,
unless it was reinstated since; a notice that a source knows gets the `update-to` it did not have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.vulcanus.queries import update_claim as q
from nexus_hub.vulcanus.strategy import Bodies, Elements, element

STRATEGY: Final = "update-notice"
RECORD: Final = "record"
"""The source of what notices say themselves."""

WITHDRAWN: Final = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "withdrawn",
    "expression_of_concern": "concern",
}
"""What becomes of a work by the update: words of catalog.withdrawn_status."""
REINSTATEMENT: Final = "reinstatement"

CONFIDENCE: Final = {RECORD: 1.0}
SOURCE_CONFIDENCE: Final = 0.98


class Claim(NamedTuple):
    """That a notice updated a work, and who says so.

    `key` is the row of the source; `is_about`: the object at hand is the work, not the notice.
    """

    source: str
    key: str
    original_doi: str
    notice_doi: str | None
    update_type: str
    updated_on: date | None
    is_about: bool


def input_hash(claims: Sequence[Claim]) -> bytes:
    """SHA-256 of what is said."""
    return hashlib.sha256(orjson.dumps(claims, default=_plain)).digest()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value)


def elements_of(claims: Sequence[Claim]) -> Elements:
    """The elements that what is said gives a release, as a work and as a notice.

    >>> said = Claim("record", "", "10.5555/a", "10.5555/n", "retraction", date(2020, 3, 1), True)
    >>> [(one["path"], one["enrichedValue"]) for one in elements_of([said])]
    [('/nexus/withdrawn_status', 'retracted'), ('/nexus/withdrawn_date', '2020-03-01')]
    >>> elements_of([said, said._replace(update_type="reinstatement", updated_on=date(2021, 1, 1))])
    []
    """
    about = [claim for claim in claims if claim.is_about]
    return [*_withdrawn(about), *_noticed(claim for claim in claims if not claim.is_about)]


def standing_claim(claims: Iterable[Claim]) -> Claim | None:
    """The update after which a work no longer stands as it did, None where it does.

    The last one counts, a retraction more than a concern; what has no date comes first.
    """
    last: Claim | None = None
    for claim in sorted(claims, key=_order):
        if claim.update_type == REINSTATEMENT:
            last = None
        elif claim.update_type in WITHDRAWN and not (
            last is not None and WITHDRAWN[claim.update_type] == "concern"
        ):
            is_known = last is not None and last.update_type == claim.update_type
            last = last if is_known else claim
    return last


def _order(claim: Claim) -> tuple[Any, ...]:
    # The notice itself is heard before those who tell of it.
    return (claim.updated_on or date.min, claim.source != RECORD, claim.source, claim.key)


def _withdrawn(about: Sequence[Claim]) -> Iterator[dict[str, Any]]:
    claim = standing_claim(about)
    if claim is None:
        return
    evidence = _evidence(claim)
    sure = CONFIDENCE.get(claim.source, SOURCE_CONFIDENCE)
    status = WITHDRAWN[claim.update_type]
    yield element("insert", ("nexus", "withdrawn_status"), status, sure, evidence, {})
    if claim.updated_on is not None:
        when = {"/nexus/withdrawn_status": status}
        day = claim.updated_on.isoformat()
        yield element("insert", ("nexus", "withdrawn_date"), day, sure, evidence, when)


def _noticed(claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, str]] = set()
    for claim in sorted(claims, key=_order):
        if (claim.original_doi, claim.update_type) in seen:
            continue
        seen.add((claim.original_doi, claim.update_type))
        value: dict[str, Any] = {
            "DOI": claim.original_doi,
            "type": claim.update_type,
            "label": claim.update_type.replace("_", " ").capitalize(),
            "source": claim.source,
            "asserted-by": "nexus",
        }
        if claim.updated_on is not None:
            value["updated"] = _moment(claim.updated_on)
        evidence = _evidence(claim)
        yield element("insertChild", ("update-to",), value, SOURCE_CONFIDENCE, evidence, {})


def _moment(day: date) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return {
        "date-parts": [[day.year, day.month, day.day]],
        "date-time": f"{day.isoformat()}T00:00:00Z",
        "timestamp": int(at.timestamp()) * 1000,
    }


def _evidence(claim: Claim) -> dict[str, Any]:
    told = {"source": claim.source, "key": claim.key, "notice": claim.notice_doi}
    return {"update_type": claim.update_type, **{name: v for name, v in told.items() if v}}


@dataclass(slots=True)
class UpdateNotice:
    """`update-notice`: what became of works, and what notices are about."""

    name: str = STRATEGY

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """What it reads is not in the record."""
        return b"" if body.get("DOI") else None

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """What is said of updates is kept up to date by itself."""
        return inputs_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What is said of these releases."""
        told = read_claims(connection, list(bodies))
        return {croid: elements_of(claims) for croid, claims in told.items()}


def read_claims(connection: Connection[Any], croids: list[UUID]) -> dict[UUID, list[Claim]]:
    """What is said of updates of these releases, and of updates that they are the notices of."""
    found: dict[UUID, list[Claim]] = {}
    for row in q.claim_list(connection, croids=croids):
        found.setdefault(row.croid, []).append(
            Claim(
                row.source, row.key, row.original_doi, row.notice_doi, row.update_type,
                row.updated_on, row.is_about,
            )
        )  # fmt: skip
    return found
