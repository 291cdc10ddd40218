"""What a sent entity proposes: content, a merge, or an earlier revision.

An entity that says no `state` and names a `redirect` is merged into that; one that names a
`revision` goes back to it. Whatever else is sent is the whole content. An entity that was read as
active says by its `revision` what it was made from: where that is no longer current, the edit is
refused as stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson
from psycopg import AsyncConnection

from nexus_api.v0.asking import Record, ident_of, member, uuid_of
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.errors import BadRecord, WrongState
from nexus_hub.catalog.fatcat import from_fatcat
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.catalog.queries import entity as q
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.catalog.works import add_works, lacking_works, make_works
from nexus_hub.croid.errors import NoSuchObject

Database = AsyncConnection[Any]


async def creations(db: Database, kind: Kind, entities: Sequence[Record]) -> list[Edit]:
    """The edits that create entities, and works for releases that have none; these come last."""
    for entity in entities:
        if entity.get("redirect") is not None:
            raise BadRecord("/redirect: what does not exist yet cannot be merged")
    await _check_named(db, entities)
    edits = [
        Edit("create", kind=kind.value, body=_body(kind, entity), extra=_extra(entity))
        for entity in entities
    ]
    return await _with_works(db, edits, lacking_works(edits))


async def update(db: Database, kind: Kind, croid: UUID, entity: Record) -> list[Edit]:
    """The edits that an entity sent for an existing one asks for. Raises `NoSuchObject`."""
    rows = await q.entity_list_async(db, kind=kind, croids=[croid])
    if not rows:
        raise NoSuchObject(f"there is no {kind.value} {to_ident(croid)}")
    current = rows[0]
    extra = _extra(entity)
    state = entity.get("state")
    revision = entity.get("revision")
    revision_id = None if revision is None else uuid_of(revision, "revision")
    if state is None and entity.get("redirect") is not None:
        target = ident_of(entity["redirect"], "redirect")
        return [Edit("redirect", croid, kind.value, target=target, extra=extra)]
    if state is None and revision_id is not None:
        if current.state == "active" and current.revision_id == revision_id:
            raise WrongState(f"{to_ident(croid)} is at revision {revision_id} already")
        return [Edit("revert", croid, kind.value, revision_id=revision_id, extra=extra)]
    await _check_named(db, [entity])
    body = _body(kind, entity)
    if kind == Kind.RELEASE and "work" not in body and current.state == "active":
        before = orjson.loads(current.body or "{}")
        body |= {"work": before["work"]} if "work" in before else {}
    expected = revision_id if state == "active" else None
    proposed = Edit("update", croid, kind.value, body, expected_id=expected, extra=extra)
    lacking = [1] if kind == Kind.RELEASE and "work" not in body else []
    return await _with_works(db, [proposed], lacking)


async def _with_works(db: Database, edits: list[Edit], lacking: list[int]) -> list[Edit]:
    """The edits, with works for the numbered releases."""
    return add_works(edits, await make_works(db, lacking))


async def _check_named(db: Database, entities: Sequence[Record]) -> None:
    """Refuse entities that name others which are not there, or are of another kind."""
    named = [one for entity in entities for one in _named(entity)]
    rows = await q.entity_kind_list_async(db, croids=sorted({croid for _, _, croid in named}))
    kinds = {row.croid: row.kind for row in rows}
    for place, kind, croid in named:
        if kinds.get(croid) != kind:
            raise BadRecord(f"{place}: there is no {kind.value} {to_ident(croid)}")


def _named(entity: Record) -> Iterator[tuple[str, Kind, UUID]]:
    """Which others an entity names, as far as idents stand there: place, kind, uuid."""
    for name, kind in (("work_id", Kind.WORK), ("container_id", Kind.CONTAINER)):
        yield from _ident(f"/{name}", kind, entity.get(name))
    for n, ident in enumerate(_list(entity.get("release_ids"))):
        yield from _ident(f"/release_ids/{n}", Kind.RELEASE, ident)
    for name, inner, kind in (
        ("contribs", "creator_id", Kind.CREATOR),
        ("refs", "target_release_id", Kind.RELEASE),
    ):
        for n, each in enumerate(_list(entity.get(name))):
            if isinstance(each, dict):
                yield from _ident(f"/{name}/{n}/{inner}", kind, each.get(inner))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ident(place: str, kind: Kind, text: Any) -> Iterator[tuple[str, Kind, UUID]]:
    if text is not None:
        yield place, kind, ident_of(text, place)


def _body(kind: Kind, entity: Record) -> Record:
    body, problems = from_fatcat(kind.value, entity)
    faults = [f"{one.pointer}: {one.detail}" for one in problems if one.severity == "error"]
    if faults:
        raise BadRecord("; ".join(faults[:20]))
    return body


def _extra(entity: Record) -> Record | None:
    return member(entity, "edit_extra", dict)
