"""Editgroups read by anybody: which there are, what each would change, what was said of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api.catalog import edit_examples as examples
from nexus_api.catalog.editors import find as find_editor
from nexus_api.catalog.proposing import tell_edit
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import (
    JSON,
    Cursor,
    IfNoneMatch,
    Mailto,
    MinIndex,
    Rows,
    check_parameters,
    described,
)
from nexus_api.ids import read_id
from nexus_api.listing import head_only, page_answer, wants_head
from nexus_api.paging import DEFAULT_ROWS, Page, Pager, Paging, Parameters, parameters_of
from nexus_api.problems import invalid
from nexus_hub.catalog.errors import NoSuchEditgroup
from nexus_hub.catalog.queries import annotation as said
from nexus_hub.catalog.queries import editgroup as q

AnyRequest = Request[Any, Any, Any]
PAGED = frozenset({"rows", "cursor", "mailto"})
STATUSES = ("open", "submitted", "accepted", "withdrawn")
_LISTS: dict[str | None, Callable[..., Awaitable[list[Any]]]] = {
    "open": q.editgroup_open_list_async,
    "submitted": q.editgroup_submitted_list_async,
    "withdrawn": q.editgroup_withdrawn_list_async,
}
"""Lists of few editgroups among many, each with an index of its own."""

_FIRST, _NEWEST = UUID(int=0), UUID(int=2**128 - 1)


@get(
    "/editgroups",
    operation_id="editgroup_list",
    tags=["editing"],
    operation_class=described(
        {JSON: examples.EDITGROUPS}, headers=("X-Nexus-Index", "Link"), nullable=examples.NULLABLE
    ),
)
async def editgroup_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    status: Annotated[
        str | None,
        QueryParameter(
            description="open, submitted, accepted or withdrawn.",
            required=False,
            schema_extra={"enum": list(STATUSES)},
        ),
    ] = None,
    editor: Annotated[
        str | None, QueryParameter(description="The name or id of its editor.", required=False)
    ] = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Any:
    """Editgroups, newest first."""
    check_parameters(request, PAGED | {"status", "editor"})
    if status is not None and status not in STATUSES:
        raise invalid("status", status[:40], "one of " + ", ".join(STATUSES))
    parameters = parameters_of(request)
    page = pager.page(parameters)
    editor_id = (await find_editor(db, editor)).editor_id if editor is not None else None
    if wants_head(request):
        return head_only(JSON, {})
    which = {
        "before_editgroup_id": _after(page, _NEWEST),
        "editor_id": editor_id,
        "limit_count": page.probe,
    }
    found: list[Any]
    if status in _LISTS:
        found = [*await _LISTS[status](db, **which)]
    else:
        found = [*await q.editgroup_list_async(db, status=status, **which)]
    shown, following = pager.cut(found, page, parameters, "editgroup_id")
    return _page(request, [_head(row) for row in shown], following)


@get(
    "/editgroups/{editgroup_id:str}",
    operation_id="editgroup_get",
    tags=["editing"],
    operation_class=described(
        {JSON: examples.EDITGROUP_WITH_EDITS},
        headers=("X-Nexus-Index", "ETag"),
        nullable=examples.NULLABLE,
        others={304: "What is held already is current."},
    ),
)
async def editgroup_get(
    editgroup_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    if_none_match: IfNoneMatch = None,
    min_index: MinIndex = None,
) -> Response[Any]:
    """How an editgroup stands, with the first edits; `next-cursor` is for its list of edits."""
    check_parameters(request, {"mailto"})
    row = await find(db, read_editgroup(editgroup_id))
    place = [("", f"/editgroups/{row.editgroup_id}/edits")]
    edits, following = await _edits(db, row.editgroup_id, pager, Page(DEFAULT_ROWS), place)
    told = tell(row) | {"edits": {"items": edits, "next-cursor": following}}
    content = msgspec.json.encode(told)
    etag = item_etag(content)
    if is_fresh(request, etag):
        return not_modified(etag)
    return Response(content, media_type=JSON, headers={"ETag": etag})


@get(
    "/editgroups/{editgroup_id:str}/edits",
    operation_id="edit_list",
    tags=["editing"],
    operation_class=described(
        {JSON: examples.EDIT_PAGE}, headers=("X-Nexus-Index", "Link"), nullable=examples.NULLABLE
    ),
)
async def edit_list(
    editgroup_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Any:
    """The edits of an editgroup, ordered by their objects."""
    check_parameters(request, PAGED)
    number = read_editgroup(editgroup_id)
    # The path in its one form, so that the cursor of the editgroup itself is good here.
    parameters = [
        ("", f"/editgroups/{number}/edits"),
        *request.query_params.multi_items(),
    ]
    page = pager.page(parameters)
    await find(db, number)
    if wants_head(request):
        return head_only(JSON, {})
    items, following = await _edits(db, number, pager, page, parameters)
    return _page(request, items, following)


@get(
    "/editgroups/{editgroup_id:str}/annotations",
    operation_id="annotation_list",
    tags=["editing"],
    operation_class=described(
        {JSON: examples.ANNOTATIONS},
        headers=("X-Nexus-Index", "Link"),
        nullable=examples.NULLABLE,
    ),
)
async def annotation_list(
    editgroup_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Any:
    """What was said about an editgroup, and the results of checks on it, oldest first."""
    check_parameters(request, PAGED)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    number = read_editgroup(editgroup_id)
    await find(db, number)
    if wants_head(request):
        return head_only(JSON, {})
    found = await said.annotation_list_async(
        db,
        editgroup_id=number,
        after_annotation_id=_after(page, _FIRST),
        limit_count=page.probe,
    )
    shown, following = pager.cut(found, page, parameters, "annotation_id")
    return _page(request, [tell_annotation(row) for row in shown], following)


def read_editgroup(text: str) -> UUID:
    """The id in a path. Raises `NoSuchEditgroup`."""
    number = read_id(text)
    if number is None:
        raise NoSuchEditgroup(text[:100])
    return number


async def find(db: AsyncConnection[Any], editgroup_id: UUID) -> q.EditgroupGetRow:
    """An editgroup as it is now. Raises `NoSuchEditgroup`."""
    row = await q.editgroup_get_async(db, editgroup_id=editgroup_id)
    if row is None:
        raise NoSuchEditgroup(str(editgroup_id))
    return row


def tell(row: q.EditgroupGetRow) -> dict[str, Any]:
    """An editgroup as everybody may see it, without its edits."""
    return _head(row) | {
        "extra": orjson.loads(row.extra) if row.extra else None,
        "accepted-by": row.acceptor,
        "accepted-at": row.accepted_at,
        "counts": {"edits": row.edit_count, "annotations": row.annotation_count},
    }


def tell_annotation(row: said.AnnotationListRow) -> dict[str, Any]:
    """An annotation as everybody may see it."""
    return {
        "id": row.annotation_id,
        "editor": row.username,
        "markdown": row.markdown,
        "extra": orjson.loads(row.extra) if row.extra else None,
        "check": row.check_name,
        "passed": row.is_passed,
        "created-at": row.created_at,
    }


def _head(row: Any) -> dict[str, Any]:
    return {
        "id": row.editgroup_id,
        "status": row.status,
        "editor": row.username,
        "description": row.description,
        "created-at": row.created_at,
        "submitted-at": row.submitted_at,
        "index": row.index,
    }


async def _edits(
    db: AsyncConnection[Any], number: UUID, pager: Pager, page: Page, parameters: Parameters
) -> tuple[list[dict[str, Any]], str | None]:
    found = await q.editgroup_edit_list_async(
        db, editgroup_id=number, after_croid=_after(page, _FIRST), limit_count=page.probe
    )
    shown, following = pager.cut(found, page, parameters, "croid")
    return [tell_edit(row) for row in shown], following


def _after(page: Page, start: UUID) -> UUID:
    return UUID(page.after[0]) if page.after else start


def _page(request: AnyRequest, items: list[dict[str, Any]], following: str | None) -> Response[Any]:
    content = msgspec.json.encode({"items": items, "next-cursor": following})
    return page_answer(request, content, cursor=following)


route_handlers = [editgroup_list, editgroup_get, edit_list, annotation_list]
