"""What happened to an object: its accepted edits and its revisions, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from psycopg import AsyncConnection

from nexus_api.catalog import examples
from nexus_api.catalog.redactions import maybe_told
from nexus_api.conditional import is_fresh, item_etag, list_etag, not_modified
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
from nexus_api.freshness import index_of
from nexus_api.listing import page_answer
from nexus_api.paging import DEFAULT_ROWS, Page, Pager, parameters_of
from nexus_hub.catalog.queries import accepted_edit as q
from nexus_hub.catalog.queries import ident
from nexus_hub.catalog.queries.redaction import redaction_count_async
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import NoSuchObject

AnyRequest = Request[Any, Any, Any]
PagerDependency = NamedDependency[SkipValidation[Pager]]
PARAMETERS = frozenset({"rows", "cursor", "mailto"})
NEWEST = 2**62
"""An index that none reaches, to begin with the newest."""

_OTHERS = {304: "Nothing was accepted since.", 404: "No live object has this CROID."}


@get(
    "/cro/{croid:str}/history",
    operation_id="object_history",
    tags=["objects"],
    operation_class=described(
        {JSON: examples.HISTORY},
        headers=("X-Nexus-Index", "ETag", "Link"),
        nullable=("next-cursor", "revision", "previous", "into", "description", "redacted"),
        others=_OTHERS,
    ),
)
async def object_history(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: PagerDependency,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """Every accepted edit of an object, also of one that was merged or deleted.

    Where the content of a revision was taken away, `redacted` says by whom, when and why.
    """
    key, page = await _begin(request, db, croid, pager)
    etag = await history_etag(request, db)
    if is_fresh(request, etag):
        return not_modified(etag)
    listed = await q.accepted_edit_list_async(
        db, croid=key, before_index=before(page), limit_count=page.probe
    )
    return answer(request, pager, page, listed, [_edit(row) for row in listed], etag)


@get(
    "/cro/{croid:str}/revisions",
    operation_id="revision_list",
    tags=["objects"],
    operation_class=described(
        {JSON: examples.REVISIONS},
        headers=("X-Nexus-Index", "ETag", "Link"),
        nullable=("next-cursor", "redacted"),
        others=_OTHERS,
    ),
)
async def revision_list(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: PagerDependency,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """The revisions of an object; equal content has an equal `sha256`, whosever it is."""
    key, page = await _begin(request, db, croid, pager)
    etag = await history_etag(request, db)
    if is_fresh(request, etag):
        return not_modified(etag)
    listed = await q.accepted_edit_list_revisions_async(
        db, croid=key, before_index=before(page), limit_count=page.probe
    )
    return answer(request, pager, page, listed, [_revision(row) for row in listed], etag)


def before(page: Page) -> int:
    """The index that a page of a history goes on below."""
    return page.after[0] if page.after else NEWEST


async def history_etag(request: AnyRequest, db: AsyncConnection[Any]) -> str:
    """The tag of a history, which changes also when content is taken away: no index tells that."""
    redactions = await redaction_count_async(db)
    return "W/" + item_etag(list_etag(index_of(request), request), redactions)


def answer(
    request: AnyRequest,
    pager: Pager,
    page: Page,
    rows: Sequence[Any],
    items: Sequence[Any],
    etag: str,
) -> Response[bytes]:
    """A page of a history; one row more than it shows says that there are more."""
    shown, following = pager.cut(rows, page, parameters_of(request), "index")
    content = {"items": items[: len(shown)], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following, etag=etag)


async def _begin(
    request: AnyRequest, db: AsyncConnection[Any], croid: str, pager: Pager
) -> tuple[UUID, Page]:
    check_parameters(request, PARAMETERS)
    page, key = pager.page(parameters_of(request)), decode(croid)
    row = await ident.ident_get_state_async(db, croid=key)
    if row is None or row == "wip":
        raise NoSuchObject(f"no live object is {encode(key)}")
    return key, page


def _edit(row: q.AcceptedEditListRow) -> dict[str, Any]:
    return {
        "index": row.index,
        "at": row.accepted_at,
        "editor": row.editor,
        "editgroup": row.editgroup_id,
        "action": row.action,
        "revision": row.revision_id,
        "previous": row.previous_revision_id,
        "into": encode(row.redirect_to) if row.redirect_to else None,
        "description": row.description,
        "redacted": maybe_told(row),
    }


def _revision(row: q.AcceptedEditListRevisionsRow) -> dict[str, Any]:
    return {
        "revision": row.revision_id,
        "index": row.index,
        "at": row.accepted_at,
        "editor": row.editor,
        "action": row.action,
        "sha256": row.content_hash.hex(),
        "redacted": maybe_told(row),
    }
