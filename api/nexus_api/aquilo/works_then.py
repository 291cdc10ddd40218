"""Works as they were at an index: one of them, or those that were live then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from litestar import Request, Response
from litestar.response import Stream
from psycopg import AsyncConnection

from nexus_api import former
from nexus_api.aquilo import formats, landing, list_formats
from nexus_api.aquilo.totals import Totals, totals_of
from nexus_api.catalog.redactions import check_content
from nexus_api.conditional import is_fresh, item_etag, list_etag, not_modified
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import check_parameters
from nexus_api.listing import short_answer
from nexus_api.paging import Page, Pager, parameters_of
from nexus_api.problems import invalid
from nexus_api.time_travel import NAME, not_yet, read_index, survivor_then
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.queries import work_then as q
from nexus_hub.catalog.queries.redaction import redaction_count_async
from nexus_hub.croid.codec import encode

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset(
    {NAME, "kind", "prefix", "member", "type", "rows", "cursor", "mailto", "format"}
)
COUNTED = 50_000
"""Of more works than these, with more changes since, a list tells how many there were at most."""


@dataclass(frozen=True, slots=True)
class Only:
    """Which works of those that were live are wanted."""

    prefix: str | None = None
    member: str | None = None
    work_type: str | None = None


async def work_then(
    request: AnyRequest, db: AsyncConnection[Any], doi: str, as_of: str, chosen: formats.Chosen
) -> Response[Any]:
    """The work that had a DOI at an index; how often it was cited then is not told."""
    index = await read_index(request, db, as_of)
    croid = await find_then(db, "doi", doi, index)
    row = await q.work_then_get_async(db, croid=croid, as_of_index=index)
    if row is None:
        raise not_yet(f"doi:{doi}", index)
    if row.redirect_to is not None:
        return former.moved(row.redirect_to, survivor_then(row.redirect_to, as_of))
    if row.revision_id is None:
        raise former.gone(croid, f"doi:{doi} was deleted; its object is {encode(croid)}")
    await check_content(db, croid, [row.revision_id])
    if row.doi != doi:
        raise not_yet(f"doi:{doi}", index)
    etag = item_etag("as-of", row.revision_id, row.index, row.deposited_at, chosen.key)
    if is_fresh(request, etag):
        return not_modified(etag)
    body = (row.body or "{}").encode()
    headers = {"ETag": etag, "Vary": "Accept", "X-Nexus-Croid": encode(croid)}
    if chosen.form.media_type == formats.HTML:
        about = landing.About(doi, encode(croid), row.index, None, row.reference_count or 0, as_of)
        return landing.answer(request, body, about, headers)
    if chosen.form.write is None:
        told = crossref_view.splice(body, _members(doi, row))
        content = crossref_view.envelope("work", told)
    else:
        content = await chosen.write(body, encode(croid))
    return Response(content, media_type=chosen.content_type, headers=headers)


async def find_then(db: AsyncConnection[Any], scheme: str, value: str, index: int) -> UUID:
    """The object that an identifier named at an index, whatever it names now.

    Raises `NoSuchObject` where it named none.
    """
    croid = await q.work_then_find_at_async(db, scheme=scheme, value=value, as_of_index=index)
    if croid is None:
        raise not_yet(f"{scheme}:{value}", index)
    return croid


async def work_list_then(
    request: AnyRequest, pager: Pager, as_of: str, only: Only
) -> Response[Any] | Stream:
    """The works that were live at an index, in the order of their CROIDs.

    Those whose content was taken away since are left out.
    """
    form = formats.wanted_list(request)
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    only = replace(only, prefix=_prefix(only.prefix), member=_member(only.member))
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        index = await read_index(request, db, as_of)
        if page.after:
            # A cursor keeps the index that a time stood for when it was made.
            index = page.after[1]
        # What was true at an index stays so, but for what was taken away.
        redactions = await redaction_count_async(db)
        etag = "W/" + item_etag(list_etag(index, request), redactions)
        if (short := short_answer(request, etag, form.content_type)) is not None:
            return short
        total, bound = await _total(db, totals_of(request), index, only, redactions)
        rows = await _list(db, page, index, only)
    following = pager.write([str(rows[-1].croid), index], parameters) if rows else None
    about = crossref_view.WorkList(
        total_results=total,
        items_per_page=page.rows,
        next_cursor=following if page.has_cursor else False,
        bound=bound,
    )
    items = [crossref_view.splice(row.body.encode(), _members(row.doi, row)) for row in rows]
    return await list_formats.answer(request, form, items, about, cursor=following, etag=etag)


async def _list(
    db: AsyncConnection[Any], page: Page, index: int, only: Only
) -> list[q.WorkThenListRow]:
    if not page.rows:
        return []
    return await q.work_then_list_async(
        db,
        as_of_index=index,
        after_croid=UUID(page.after[0]) if page.after else UUID(int=0),
        prefix=only.prefix,
        member=only.member,
        type=only.work_type,
        limit_count=page.rows,
    )


async def _total(
    db: AsyncConnection[Any], totals: Totals, index: int, only: Only, redactions: int
) -> tuple[int, Literal["exact", "at-most"]]:
    """How many there were, and whether just so many or at most."""

    async def count() -> tuple[int, bool]:
        found = await q.work_then_count_async(
            db,
            as_of_index=index,
            type=only.work_type,
            prefix=only.prefix,
            member=only.member,
            most=COUNTED,
        )
        return found.work_count, found.is_exact

    number, is_exact = await totals.get(f"as of {index} {only}", str(redactions), count)
    return number, "exact" if is_exact else "at-most"


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


def _member(text: str | None) -> str | None:
    if text is not None and not (text.isascii() and text.isdecimal()):
        raise invalid("member", text[:40], "the number of a member")
    return text
