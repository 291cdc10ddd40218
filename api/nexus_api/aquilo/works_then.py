"""Works as they were at an index: one of them, or those that were live then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.response import Stream
from psycopg import AsyncConnection

from nexus_api import former
from nexus_api.aquilo import formats
from nexus_api.aquilo.history import find
from nexus_api.aquilo.totals import Totals, totals_of
from nexus_api.conditional import is_fresh, item_etag, list_etag, not_modified
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import check_parameters
from nexus_api.listing import JSON, head_only, page_answer, wants_head
from nexus_api.paging import Page, Pager, parameters_of
from nexus_api.problems import invalid
from nexus_api.time_travel import NAME, not_yet, read_index, survivor_then
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.queries import work_then as q
from nexus_hub.croid.codec import encode

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset({NAME, "kind", "prefix", "type", "rows", "cursor", "mailto"})
COUNTED = 50_000
"""Of more works than these, a list tells at least how many there were, not exactly."""


async def work_then(
    request: AnyRequest, db: AsyncConnection[Any], doi: str, as_of: str, form: formats.Format
) -> Response[Any]:
    """The work that had a DOI at an index; how often it was cited then is not told."""
    index = await read_index(request, db, as_of)
    croid = await find(db, "doi", doi)
    row = await q.work_then_get_async(db, croid=croid, as_of_index=index)
    if row is None:
        raise not_yet(f"doi:{doi}", index)
    if row.redirect_to is not None:
        return former.moved(row.redirect_to, survivor_then(row.redirect_to, as_of))
    if row.revision_id is None:
        raise former.gone(croid, f"doi:{doi} was deleted; its object is {encode(croid)}")
    if row.doi != doi:
        raise not_yet(f"doi:{doi}", index)
    etag = item_etag("as-of", row.revision_id, row.index, row.deposited_at, form.media_type)
    if is_fresh(request, etag):
        return not_modified(etag)
    body = (row.body or "{}").encode()
    if form.write is None:
        told = crossref_view.splice(body, _members(doi, row))
        content = crossref_view.envelope("work", told)
    else:
        content = formats.write(form, body, encode(croid))
    headers = {"ETag": etag, "Vary": "Accept", "X-Nexus-Croid": encode(croid)}
    return Response(content, media_type=form.media_type, headers=headers)


async def work_list_then(
    request: AnyRequest, pager: Pager, as_of: str, prefix: str | None, work_type: str | None
) -> Response[Any] | Stream:
    """The works that were live at an index, in the order of their CROIDs."""
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    prefix = _prefix(prefix)
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        index = await read_index(request, db, as_of)
        if page.after:
            # A cursor keeps the index that a time stood for when it was made.
            index = page.after[1]
        etag = list_etag(index, request)
        if is_fresh(request, etag):
            return not_modified(etag)
        if wants_head(request):
            return head_only(JSON, {"ETag": etag})
        total = await _total(db, totals_of(request), index, prefix, work_type)
        rows = await _list(db, page, index, prefix, work_type)
    following = pager.write([str(rows[-1].croid), index], parameters) if rows else None
    about = crossref_view.WorkList(
        total_results=total,
        items_per_page=page.rows,
        next_cursor=following if page.has_cursor else False,
    )
    items = [crossref_view.splice(row.body.encode(), _members(row.doi, row)) for row in rows]
    content = crossref_view.envelope("work-list", crossref_view.work_list(items, about))
    return page_answer(request, content, cursor=following, etag=etag)


async def _list(
    db: AsyncConnection[Any], page: Page, index: int, prefix: str | None, work_type: str | None
) -> list[q.WorkThenListRow]:
    if not page.rows:
        return []
    return await q.work_then_list_async(
        db,
        as_of_index=index,
        after_croid=UUID(page.after[0]) if page.after else UUID(int=0),
        prefix=prefix,
        type=work_type,
        limit_count=page.rows,
    )


async def _total(
    db: AsyncConnection[Any], totals: Totals, index: int, prefix: str | None, work_type: str | None
) -> int:
    async def count() -> int:
        bound = await q.work_then_bound_async(db)
        if bound > COUNTED:
            return bound
        return await q.work_then_count_async(db, as_of_index=index, prefix=prefix, type=work_type)

    # What was true at an index stays so.
    return await totals.get(f"as of {index} {prefix} {work_type}", "", count)


def _members(doi: str, row: q.WorkThenGetRow | q.WorkThenListRow) -> dict[str, Any]:
    return crossref_view.volatile(
        doi,
        reference_count=row.reference_count,
        cited_by_count=None,
        created=row.created_at,
        deposited=row.deposited_at,
        indexed=row.indexed_at,
    )


def _prefix(text: str | None) -> str | None:
    if text is None:
        return None
    prefix = text.strip().lower()
    if not prefix.startswith("10."):
        raise invalid("prefix", text[:40], "a DOI prefix such as 10.5555")
    return prefix
