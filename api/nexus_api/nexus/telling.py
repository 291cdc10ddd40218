"""One relation as JSON, seen from either side, with what names the objects at its ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from nexus_api.nexus.vocabulary import Vocabulary
from nexus_hub.croid.codec import encode
from nexus_hub.nexus.queries import relation as q

Row = q.RelationListRow | q.RelationListOfRow
Ends = Mapping[UUID, q.RelationEndListRow]
_STATES = {"active": "live", "redirect": "merged"}


@dataclass(frozen=True, slots=True)
class View:
    """A row, and whether it is told from the side of its object."""

    row: Row
    is_turned: bool = False


async def items_of(
    db: AsyncConnection[Any], views: Sequence[View], words: Vocabulary
) -> list[dict[str, Any]]:
    """Relations as they are answered, in the order given."""
    known = {view.row.subject_croid for view in views}
    known |= {view.row.object_key for view in views if view.row.object_value is None}
    ends = await ends_of(db, known)
    return [_item(view, ends, words) for view in views]


async def ends_of(db: AsyncConnection[Any], croids: set[UUID]) -> dict[UUID, q.RelationEndListRow]:
    """What is told of these objects, by object."""
    rows = await q.relation_end_list_async(db, croids=sorted(croids)) if croids else []
    return {row.croid: row for row in rows}


def end(croid: UUID, ends: Ends) -> dict[str, Any]:
    """An object at the end of a relation: live, merged into another, or deleted."""
    row = ends.get(croid)
    if row is None:
        return _told(encode(croid), None, "deleted", [], None)
    into = encode(row.redirect_to) if row.redirect_to else None
    state = _STATES.get(row.state, row.state)
    return _told(encode(croid), row.kind, state, row.identifiers, into)


def _told(
    croid: str | None, kind: str | None, state: str, identifiers: Sequence[str], into: str | None
) -> dict[str, Any]:
    return {
        "croid": croid,
        "kind": kind,
        "state": state,
        "identifiers": list(identifiers),
        "into": into,
    }


def _item(view: View, ends: Ends, words: Vocabulary) -> dict[str, Any]:
    row = view.row
    asserted = {"subject": row.by_subject, "object": row.by_object, "nexus": row.by_nexus}
    first = end(row.subject_croid, ends)
    if row.object_value is None:
        last = end(row.object_key, ends)
    else:
        last = _told(None, None, "unknown", [f"{row.object_scheme}:{row.object_value}"], None)
    name = row.relation_type
    if view.is_turned:
        asserted["subject"], asserted["object"] = asserted["object"], asserted["subject"]
        first, last, name = last, first, words.inverses[name]
    return {
        "subject": first,
        "type": name,
        "inverse": words.inverses[name],
        "object": last,
        "asserted-by": [who for who, bits in asserted.items() if bits],
        "source": words.sources(row.by_subject | row.by_object | row.by_nexus),
        "state": "current" if row.is_current else "retracted",
        "first-index": row.first_index,
        "index": row.index,
        "at": row.accepted_at,
    }
