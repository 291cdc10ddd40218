"""Editgroups from the first to the last word about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.auth import agent_of, keyed
from nexus_api.database import Database
from nexus_api.v0 import telling
from nexus_api.v0.asking import (
    AnyRequest,
    Record,
    body_of,
    flag,
    ident_of,
    limit,
    member,
    moment,
    words,
)
from nexus_hub.catalog import editing
from nexus_hub.catalog.errors import BadRecord, NoSuchEditgroup
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.catalog.queries import edit as edits
from nexus_hub.catalog.queries import review as q

ALL_ANNOTATIONS = 10_000


@post("/v0/editgroup", include_in_schema=False, **keyed("edit"))
async def editgroup_create(request: AnyRequest, db: Database) -> Response[bytes]:
    """Open an editgroup."""
    body = await body_of(request)
    opened = await editing.open_editgroup_async(
        db,
        agent_of(request).editor_id,
        member(body, "description", str),
        member(body, "extra", dict),
    )
    return telling.reply(await show(db, opened.editgroup_id), 201)


@get("/v0/editgroup/reviewable", include_in_schema=False)
async def editgroup_list_reviewable(request: AnyRequest, db: Database) -> Response[bytes]:
    """Editgroups that were submitted and wait for review, the newest first."""
    rows = await q.review_list_waiting_async(
        db,
        before=moment(request, "before"),
        since=moment(request, "since"),
        limit_count=limit(request),
    )
    with_editor = "editors" in words(request, "expand")
    return telling.reply([telling.editgroup(row, with_editor=with_editor) for row in rows])


@get("/v0/editgroup/{editgroup:str}", include_in_schema=False)
async def editgroup_get(editgroup: FromPath[str], db: Database) -> Response[bytes]:
    """An editgroup with its edits."""
    return telling.reply(await show(db, ident_of(editgroup, "editgroup_id")))


@put("/v0/editgroup/{editgroup:str}", include_in_schema=False, **keyed("edit"))
async def editgroup_update(
    editgroup: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Say anew what an editgroup is about; `submit` offers it for review or takes it back."""
    group, me = ident_of(editgroup, "editgroup_id"), agent_of(request).editor_id
    body, wanted = await body_of(request), flag(request, "submit")
    if "editgroup_id" in body and ident_of(body["editgroup_id"], "editgroup_id") != group:
        raise BadRecord("/editgroup_id: another editgroup than that of the path")
    description, extra = member(body, "description", str), member(body, "extra", dict)
    await q.review_describe_async(
        db,
        editgroup_id=group,
        editor_id=me,
        description=description,
        extra=telling.text(extra),
    )
    if wanted is True:
        await editing.submit_async(db, group, me)
    elif wanted is False:
        await editing.unsubmit_async(db, group, me)
    return telling.reply(await show(db, group))


@post(
    "/v0/editgroup/{editgroup:str}/accept",
    include_in_schema=False,
    status_code=200,
    **keyed("accept"),
)
async def editgroup_accept(
    editgroup: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Make an editgroup current, all of it or nothing, as an admin."""
    group = ident_of(editgroup, "editgroup_id")
    index = await editing.accept_async(db, group, agent_of(request).editor_id)
    return telling.success(f"accepted as entry {index} of the changelog")


@get("/v0/editgroup/{editgroup:str}/annotations", include_in_schema=False)
async def annotation_list(
    editgroup: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """What was said about an editgroup, the newest first."""
    group = ident_of(editgroup, "editgroup_id")
    await _find(db, group)
    rows = await q.review_annotation_list_async(
        db,
        editgroup_id=group,
        editor_id=None,
        annotation_id=None,
        before=None,
        since=None,
        limit_count=ALL_ANNOTATIONS,
    )
    with_editor = "editors" in words(request, "expand")
    return telling.reply([telling.annotation(row, with_editor=with_editor) for row in rows])


@post("/v0/editgroup/{editgroup:str}/annotation", include_in_schema=False, **keyed("edit"))
async def annotation_create(
    editgroup: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Say something about an editgroup."""
    group, body = ident_of(editgroup, "editgroup_id"), await body_of(request)
    annotation_id = await editing.annotate_async(
        db,
        group,
        agent_of(request).editor_id,
        member(body, "comment_markdown", str),
        member(body, "extra", dict),
    )
    rows = await q.review_annotation_list_async(
        db,
        editgroup_id=group,
        editor_id=None,
        annotation_id=annotation_id,
        before=None,
        since=None,
        limit_count=1,
    )
    return telling.reply(telling.annotation(rows[0]), 201)


async def show(db: AsyncConnection[Any], editgroup_id: UUID) -> Record:
    """An editgroup with its editor and its edits. Raises `NoSuchEditgroup`."""
    row = await _find(db, editgroup_id)
    made = await edits.edit_list_by_editgroup_async(db, editgroup_ids=[editgroup_id])
    return telling.editgroup(row, made)


async def _find(db: AsyncConnection[Any], editgroup_id: UUID) -> q.ReviewGetRow:
    row = await q.review_get_async(db, editgroup_id=editgroup_id)
    if row is None:
        raise NoSuchEditgroup(to_ident(editgroup_id))
    return row


route_handlers = [
    editgroup_create,
    editgroup_list_reviewable,
    editgroup_get,
    editgroup_update,
    editgroup_accept,
    annotation_list,
    annotation_create,
]
