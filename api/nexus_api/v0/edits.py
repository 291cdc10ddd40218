"""Edits of entities in an editgroup, of one kind as of any other, and whole batches at one go."""

from __future__ import annotations

from typing import Any

from litestar import Response, delete, get, post, put
from litestar.params import FromPath

from nexus_api.auth import agent_of, keyed
from nexus_api.database import Database
from nexus_api.v0 import proposing, telling
from nexus_api.v0.asking import AnyRequest, Record, body_of, ident_of, kind_of, member, uuid_of
from nexus_api.v0.editgroups import show
from nexus_hub.catalog import editing
from nexus_hub.catalog.errors import BadRecord, NoSuchEdit
from nexus_hub.catalog.queries import edit as q


@post("/v0/editgroup/{editgroup:str}/{kind:str}", include_in_schema=False, **keyed("edit"))
async def entity_create(
    editgroup: FromPath[str], kind: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Propose a new entity; a release without a work gets one."""
    wanted, group = kind_of(kind), ident_of(editgroup, "editgroup_id")
    edits = await proposing.creations(db, wanted, [await body_of(request)])
    return await _propose(request, db, group, edits, 201)


@put(
    "/v0/editgroup/{editgroup:str}/{kind:str}/{ident:str}",
    include_in_schema=False,
    **keyed("edit"),
)
async def entity_update(
    editgroup: FromPath[str],
    kind: FromPath[str],
    ident: FromPath[str],
    request: AnyRequest,
    db: Database,
) -> Response[bytes]:
    """Propose other content for an entity, a merge, or an earlier revision of it."""
    wanted, croid = kind_of(kind), ident_of(ident)
    group = ident_of(editgroup, "editgroup_id")
    edits = await proposing.update(db, wanted, croid, await body_of(request))
    return await _propose(request, db, group, edits, 200)


@delete(
    "/v0/editgroup/{editgroup:str}/{kind:str}/{ident:str}",
    include_in_schema=False,
    status_code=200,
    **keyed("edit"),
)
async def entity_delete(
    editgroup: FromPath[str],
    kind: FromPath[str],
    ident: FromPath[str],
    request: AnyRequest,
    db: Database,
) -> Response[bytes]:
    """Propose that an entity be no more."""
    edits = [editing.Edit("delete", ident_of(ident), kind_of(kind).value)]
    return await _propose(request, db, ident_of(editgroup, "editgroup_id"), edits, 200)


@delete(
    "/v0/editgroup/{editgroup:str}/{kind:str}/edit/{edit:str}",
    include_in_schema=False,
    status_code=200,
    **keyed("edit"),
)
async def edit_delete(
    editgroup: FromPath[str],
    kind: FromPath[str],
    edit: FromPath[str],
    request: AnyRequest,
    db: Database,
) -> Response[bytes]:
    """Take an edit out of an editgroup that is not accepted yet."""
    group, edit_id = ident_of(editgroup, "editgroup_id"), uuid_of(edit, "edit_id")
    found = await q.edit_get_async(db, edit_id=edit_id, kind=kind_of(kind))
    if found is None:
        raise NoSuchEdit(f"{edit_id} of a {kind}")
    await editing.delete_edit_async(db, group, edit_id, agent_of(request).editor_id)
    return telling.success(f"edit {edit_id} is deleted")


@get("/v0/{kind:str}/edit/{edit:str}", include_in_schema=False)
async def edit_get(kind: FromPath[str], edit: FromPath[str], db: Database) -> Response[bytes]:
    """An edit by its id."""
    edit_id = uuid_of(edit, "edit_id")
    found = await q.edit_get_async(db, edit_id=edit_id, kind=kind_of(kind))
    if found is None:
        raise NoSuchEdit(f"{edit_id} of a {kind}")
    return telling.reply(telling.stored_edit(found))


@post("/v0/editgroup/auto/{kind:str}/batch", include_in_schema=False, **keyed("accept"))
async def entity_create_batch(
    kind: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Create entities and accept them at one go, all or none, as an admin."""
    wanted, body = kind_of(kind), await body_of(request)
    about = member(body, "editgroup", dict) or {}
    entities: list[Any] = member(body, "entity_list", list) or []
    if not all(isinstance(entity, dict) for entity in entities) or not entities:
        raise BadRecord("/entity_list: objects expected, one at least")
    applied = await editing.apply_async(
        db,
        agent_of(request).editor_id,
        await proposing.creations(db, wanted, entities),
        member(about, "description", str),
        member(about, "extra", dict),
    )
    return telling.reply(await show(db, applied.editgroup_id), 201)


async def _propose(
    request: AnyRequest, db: Database, group: Any, edits: list[editing.Edit], status: int
) -> Response[bytes]:
    rows = await editing.add_edits_async(db, group, agent_of(request).editor_id, edits)
    first: Record = telling.edit(rows[0], group, edits[0].extra)
    return telling.reply(first, status)


route_handlers = [
    entity_create,
    entity_create_batch,
    entity_update,
    entity_delete,
    edit_delete,
    edit_get,
]
