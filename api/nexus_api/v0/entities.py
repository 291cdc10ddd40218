"""Entities as fatcat's clients read them: content, what is around it, what is expanded or hidden.

A merged entity shows its survivor's content under its own ident, a deleted one shows none, one that
was never accepted shows what was first proposed. Lists that are empty are `[]`, hidden ones null.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg import AsyncConnection

from nexus_hub.catalog.errors import Redacted
from nexus_hub.catalog.fatcat import to_fatcat
from nexus_hub.catalog.fatcat.idents import from_ident, to_ident
from nexus_hub.catalog.queries import entity as q
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.croid.errors import NoSuchObject

Record = dict[str, Any]
Database = AsyncConnection[Any]
Words = frozenset[str]
NOTHING: Final[Words] = frozenset()

LISTS: Final[dict[str, tuple[str, ...]]] = {
    "release": ("abstracts", "contribs", "refs"),
    "file": ("release_ids", "urls"),
    "fileset": ("manifest", "release_ids", "urls"),
    "webcapture": ("archive_urls", "cdx", "release_ids"),
}
"""What is a list of an entity of each kind; each can be hidden."""

STORED: Final[dict[str, Callable[..., Awaitable[list[UUID]]]]] = {
    "file": q.entity_list_files_async,
    "fileset": q.entity_list_filesets_async,
    "webcapture": q.entity_list_webcaptures_async,
}
"""How the copies of a release are found, by kind."""


async def read(
    db: Database, kind: Kind, croid: UUID, expand: Words = NOTHING, hide: Words = NOTHING
) -> Record:
    """One entity. Raises `NoSuchObject`."""
    found = await read_many(db, kind, [croid], hide)
    if croid not in found:
        raise NoSuchObject(f"there is no {kind.value} {to_ident(croid)}")
    entity = found[croid]
    await _expand(db, kind, croid, entity, expand)
    return entity


async def read_many(
    db: Database, kind: Kind, croids: Sequence[UUID], hide: Words = NOTHING
) -> dict[UUID, Record]:
    """Entities of one kind; those that are not there are left out."""
    if not croids:
        return {}
    rows = await q.entity_list_async(db, kind=kind, croids=croids)
    return {row.croid: _entity(kind, row, hide) for row in rows}


async def read_revision(
    db: Database, kind: Kind, revision_id: UUID, expand: Words, hide: Words
) -> Record:
    """The content of a revision, without an ident. Raises `NoSuchObject`, `Redacted`."""
    row = await q.entity_revision_get_async(db, revision_id=revision_id, kind=kind)
    if row is None:
        raise NoSuchObject(f"there is no revision {revision_id} of a {kind.value}")
    if row.is_redacted:
        raise Redacted(f"revision {revision_id}")
    entity = {**_content(kind, row.body, hide), "revision": revision_id}
    await _expand(db, kind, row.croid, entity, expand)
    return entity


async def survivor(db: Database, kind: Kind, croid: UUID) -> UUID:
    """Where an entity leads: what it was merged into, or itself. Raises `NoSuchObject`."""
    for row in await q.entity_list_async(db, kind=kind, croids=[croid]):
        return row.redirect_to or croid
    raise NoSuchObject(f"there is no {kind.value} {to_ident(croid)}")


def _entity(kind: Kind, row: q.EntityListRow, hide: Words) -> Record:
    around = {
        "state": row.state,
        "ident": to_ident(row.croid),
        "revision": row.revision_id,
        "redirect": None if row.redirect_to is None else to_ident(row.redirect_to),
    }
    if row.body is None:
        return around | ({"ext_ids": {}} if kind == Kind.RELEASE else {})
    return _content(kind, row.body, hide) | around


def _content(kind: Kind, body: str | None, hide: Words) -> Record:
    empty: Record = {name: [] for name in LISTS.get(kind.value, ())}
    content = empty | to_fatcat(kind.value, orjson.loads(body or "{}"))
    return content | {name: None for name in empty if name in hide}


async def _expand(db: Database, kind: Kind, croid: UUID, entity: Record, expand: Words) -> None:
    if kind == Kind.RELEASE:
        await _expand_release(db, croid, entity, expand)
    elif "releases" in expand and "release_ids" in LISTS.get(kind.value, ()):
        wanted = entity.get("release_ids") or []
        entity["releases"] = await _named(db, Kind.RELEASE, wanted)


async def _expand_release(db: Database, croid: UUID, entity: Record, expand: Words) -> None:
    if "container" in expand and entity.get("container_id"):
        found = await _named(db, Kind.CONTAINER, [entity["container_id"]])
        entity["container"] = found[0] if found else None
    if "creators" in expand:
        contribs = [each for each in entity.get("contribs") or [] if each.get("creator_id")]
        creators = await read_many(
            db, Kind.CREATOR, [from_ident(each["creator_id"]) for each in contribs]
        )
        for each in contribs:
            each["creator"] = creators.get(from_ident(each["creator_id"]))
    if STORED.keys() & {name.removesuffix("s") for name in expand}:
        target = from_ident(entity["redirect"]) if entity.get("redirect") else croid
        for name, list_copies in STORED.items():
            if f"{name}s" in expand:
                copies = await list_copies(db, croid=target)
                entity[f"{name}s"] = [*(await read_many(db, Kind(name), copies)).values()]


async def _named(db: Database, kind: Kind, idents: Iterable[str]) -> list[Record]:
    croids = [from_ident(ident) for ident in idents]
    found = await read_many(db, kind, croids)
    return [found[croid] for croid in croids if croid in found]
