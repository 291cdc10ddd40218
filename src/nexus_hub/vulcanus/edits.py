"""What people changed, as layers: an accepted edit is made one, so that no merge ever undoes it.

Each accepted edit of anybody but Vulcanus makes one patch, the difference to what stood there
before. An object that neither a deposit nor a source speaks of has the first revision that a person
gave it as its base, which is read where it lies and stored nowhere else. What a bot takes in from
another catalogue is that catalogue's whole record: a base as well, below those of deposits and
registries, and the next one that is taken in replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.queries.ident import IdentHoldRow
from nexus_hub.platform import frames
from nexus_hub.vulcanus.bases import Known, add_base, fetch_frames
from nexus_hub.vulcanus.bases import Place as Bytes
from nexus_hub.vulcanus.difference import difference
from nexus_hub.vulcanus.explanation import Names, revision_base, sort_names
from nexus_hub.vulcanus.merge import Base, merge
from nexus_hub.vulcanus.queries import edit_layer as q
from nexus_hub.vulcanus.queries import explanation as named
from nexus_hub.vulcanus.queries import strategy as runs

Edited = q.EditLayerOutstandingListRow
Body = dict[str, Any]


def make_layers(
    connection: Connection[Any], croids: Sequence[UUID], run_id: UUID | None
) -> list[UUID]:
    """Make a layer of each accepted edit of these objects that has none, in their order.

    Which of the objects have to be merged anew: those that were there when a bot took in another
    catalogue's record of them. Without a run, one is opened where there is something to do. To be
    sure that none is missed, hold the objects first (`ident_hold`).
    """
    rows = q.edit_layer_outstanding_list(connection, croids=croids)
    if not rows:
        return []
    if run_id is None:
        run_id = runs.run_open(connection, reason="edited", object_count=len(rows))
    patches, evidences = _differences(connection, rows)
    q.edit_layer_store(
        connection,
        run_id=run_id,
        croids=[row.croid for row in rows],
        edit_ids=[row.edit_id for row in rows],
        editor_ids=[row.editor_id for row in rows],
        indexes=[row.index for row in rows],
        patches=patches,
        evidences=evidences,
        asserted_ats=[row.accepted_at for row in rows],
    )
    return sorted({r.croid for r in rows if r.is_import and r.before_revision_id is not None})


def add_bases(
    connection: Connection[Any], croids: Sequence[UUID], known: dict[UUID, Known]
) -> None:
    """Add the revisions of people that are bases to what is known of these objects."""
    for row in q.edit_layer_base_list(connection, croids=croids):
        item = known.setdefault(row.croid, Known(row.kind))
        item.bases.append(_base(row))


def departed(before: IdentHoldRow | None, *, is_deposited: bool) -> Problem | None:
    """Why an object is left as it is: a merge is for people to undo, a deletion for depositors."""
    state = before.state if before else None
    if state == "redirect":
        return Problem("merged", "", "the object was merged into another")
    if state == "deleted" and not is_deposited:
        return Problem("deleted", "", "the object was deleted")
    return None


def _differences(
    connection: Connection[Any], rows: Iterable[Edited]
) -> tuple[list[str], list[str]]:
    patches: list[str] = []
    evidences: list[str] = []
    based: dict[UUID, Base] = {}
    for row in q.edit_layer_base_list(connection, croids=sorted({row.croid for row in rows})):
        based[row.croid] = _base(row)
    for row in rows:
        after = _body(row.body)
        before = after if row.before_body is None else _body(row.before_body)
        evidence: dict[str, str] = {"revision": str(row.revision_id)}
        if row.is_import:
            based[row.croid] = _imported(row, after)
            patches.append("[]")
            evidences.append(
                orjson.dumps(evidence | {"base_revision": str(row.revision_id)}).decode()
            )
            continue
        bases = _named_bases(connection, row)
        if not bases and row.croid not in based:
            base = _first_base(row, before)
            based[row.croid] = base
            evidence["base_revision"] = base.source_version
        bases = bases or [based[row.croid]]
        found = difference(before, after, merge(row.kind, bases).body)
        patches.append(orjson.dumps(found).decode())
        evidences.append(orjson.dumps(evidence).decode())
    return patches, evidences


def _first_base(row: Edited, before: Body) -> Base:
    """The revision that was there before the first edit of a person, or the one it made."""
    if row.before_revision_id is None:
        return revision_base(row.revision_id, row.editor_id, row.index, before, row.accepted_at)
    return revision_base(
        row.before_revision_id,
        row.before_editor_id,
        row.before_index,
        before,
        row.before_accepted_at,
    )


def _imported(row: Edited, body: Body) -> Base:
    return revision_base(
        row.revision_id, row.editor_id, row.index, body, row.accepted_at, is_import=True
    )


def _base(row: q.EditLayerBaseListRow) -> Base:
    return revision_base(
        row.revision_id,
        row.editor_id,
        row.index,
        _body(row.body),
        row.accepted_at,
        is_import=row.is_import,
    )


def _body(text: str | None) -> Body:
    return orjson.loads(text or "{}")


def _named_bases(connection: Connection[Any], row: Edited) -> list[Base]:
    """The bases that the record before the edit was made of, read again."""
    names = sort_names(orjson.loads(row.layers or "[]"))
    item = Known(row.kind)
    _add_deposits(connection, row.croid, names, item)
    if names.releases:
        for found in named.explanation_record_list(
            connection,
            croid=row.croid,
            sources=[source for source, _ in names.releases],
            release_nos=[release_no for _, release_no in names.releases],
        ):
            at = found.completed_at or row.accepted_at
            version = str(found.release_no)
            add_base(
                item, found.source, version, found.rank, found.release_no, found.record, at,
                is_compressed=True,
            )  # fmt: skip
    for found in q.edit_layer_base_list(connection, croids=[row.croid]):
        if found.revision_id in names.revisions:
            item.bases.append(_base(found))
    return item.bases


def _add_deposits(connection: Connection[Any], croid: UUID, names: Names, item: Known) -> None:
    if not names.deposits:
        return
    rows = named.explanation_deposit_list(
        connection,
        croid=croid,
        deposit_ids=[deposit_id for deposit_id, _ in names.deposits],
        ns=[n for _, n in names.deposits],
    )
    places = [
        Bytes(r.deposit_id, r.n, r.byte_offset, r.size_bytes, r.received_at, r.media) for r in rows
    ]
    pieces: Mapping[UUID, Mapping[int, bytes]] = fetch_frames(connection, places)
    for place in places:
        raw = frames.cut(pieces[place.deposit_id], place.byte_offset, place.size_bytes)
        told, at = f"{place.deposit_id}/{place.n}", place.received_at
        add_base(
            item, "deposit", told, 30, (str(place.deposit_id), place.n), raw, at,
            media=place.media,
        )  # fmt: skip
