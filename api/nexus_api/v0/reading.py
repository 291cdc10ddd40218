"""Entities by ident, revision or identifier, with their history and what leads to them."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from nexus_api.database import Database
from nexus_api.v0 import entities, finding, telling
from nexus_api.v0.asking import AnyRequest, ident_of, kind_of, limit, uuid_of, words
from nexus_hub.aquilo.errors import NoSuchRoute
from nexus_hub.catalog.queries import edit as edits
from nexus_hub.catalog.queries import entity as q
from nexus_hub.catalog.queries.models import Kind

REVERSE = {
    (Kind.CREATOR, "releases"): (Kind.RELEASE, q.entity_list_by_creator_async),
    (Kind.WORK, "releases"): (Kind.RELEASE, q.entity_list_by_work_async),
    (Kind.RELEASE, "files"): (Kind.FILE, q.entity_list_files_async),
    (Kind.RELEASE, "filesets"): (Kind.FILESET, q.entity_list_filesets_async),
    (Kind.RELEASE, "webcaptures"): (Kind.WEBCAPTURE, q.entity_list_webcaptures_async),
}
"""What leads to an entity: of which kind it is, and how it is found."""


@get("/v0/{kind:str}/{ident:str}", include_in_schema=False)
async def entity_get(
    kind: FromPath[str], ident: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """An entity as it is now."""
    wanted, croid = kind_of(kind), ident_of(ident)
    expand, hide = words(request, "expand"), words(request, "hide")
    return telling.reply(await entities.read(db, wanted, croid, expand, hide))


@get("/v0/{kind:str}/lookup", include_in_schema=False)
async def entity_lookup(kind: FromPath[str], request: AnyRequest, db: Database) -> Response[bytes]:
    """The live entity that one identifier names."""
    wanted = kind_of(kind)
    croid = await finding.find(db, wanted, request)
    expand, hide = words(request, "expand"), words(request, "hide")
    return telling.reply(await entities.read(db, wanted, croid, expand, hide))


@get("/v0/{kind:str}/rev/{revision:str}", include_in_schema=False)
async def entity_revision_get(
    kind: FromPath[str], revision: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """What an entity said in one revision."""
    wanted, revision_id = kind_of(kind), uuid_of(revision, "rev_id")
    expand, hide = words(request, "expand"), words(request, "hide")
    return telling.reply(await entities.read_revision(db, wanted, revision_id, expand, hide))


@get("/v0/{kind:str}/{ident:str}/history", include_in_schema=False)
async def entity_history(
    kind: FromPath[str], ident: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """The accepted edits of an entity, the newest first."""
    croid, count = ident_of(ident), limit(request)
    await entities.survivor(db, kind_of(kind), croid)
    rows = await edits.edit_history_async(db, croid=croid, limit_count=count)
    told = [
        {
            "edit": telling.stored_edit(row),
            "editgroup": telling.editgroup(row),
            "changelog_entry": telling.entry(row, row.accepted_at),
        }
        for row in rows
    ]
    return telling.reply(told)


@get("/v0/{kind:str}/{ident:str}/redirects", include_in_schema=False)
async def entity_redirects(
    kind: FromPath[str], ident: FromPath[str], db: Database
) -> Response[bytes]:
    """The idents of what was merged into an entity."""
    wanted, croid = kind_of(kind), ident_of(ident)
    await entities.survivor(db, wanted, croid)
    merged = await q.entity_list_merged_async(db, croid=croid, kind=wanted)
    return telling.reply([telling.maybe_ident(each) for each in merged])


@get("/v0/{kind:str}/{ident:str}/{what:str}", include_in_schema=False)
async def entity_reverse(
    kind: FromPath[str],
    ident: FromPath[str],
    what: FromPath[str],
    request: AnyRequest,
    db: Database,
) -> Response[bytes]:
    """The releases of a creator or a work; the files, filesets and web captures of a release."""
    wanted, hide = kind_of(kind), words(request, "hide")
    if (wanted, what) not in REVERSE:
        raise NoSuchRoute(f"a {kind} has no {what[:100]!r}")
    found_kind, list_them = REVERSE[wanted, what]
    croids = await list_them(db, croid=await entities.survivor(db, wanted, ident_of(ident)))
    found = await entities.read_many(db, found_kind, croids, hide)
    return telling.reply([found[croid] for croid in croids if croid in found])


route_handlers = [
    entity_get,
    entity_lookup,
    entity_revision_get,
    entity_history,
    entity_redirects,
    entity_reverse,
]
