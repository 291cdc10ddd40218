"""Lists of works: all of them, or those that contain the words of a query.

All works are in the order of their CROIDs, found ones in the order of their scores. A cursor holds
the place after a work, so that none is lost or told twice while others come in.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation
from litestar.response import Stream
from psycopg import AsyncConnection

from nexus_api.aquilo import examples, formats, list_formats
from nexus_api.aquilo.totals import Totals, totals_of
from nexus_api.aquilo.works import members
from nexus_api.aquilo.works_then import Only, work_list_then
from nexus_api.conditional import is_fresh, item_etag, list_etag, not_modified
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import (
    Cursor,
    IfNoneMatch,
    Mailto,
    MinIndex,
    Offset,
    Rows,
    check_parameters,
    described,
)
from nexus_api.freshness import HEADER, MOST_WAIT_S, index_of, not_reached, wanted_index
from nexus_api.listing import head_only, wants_head
from nexus_api.paging import DEFAULT_ROWS, Page, Pager, Parameters, parameters_of
from nexus_api.time_travel import AsOf
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.queries import document as documents
from nexus_hub.aquilo.queries import work as q
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi

AnyRequest = Request[Any, Any, Any]
Connection = AsyncConnection[Any]
PagerDependency = NamedDependency[SkipValidation[Pager]]
PARAMETERS = frozenset({"query", "rows", "offset", "cursor", "mailto", "format"})
DOI_SCORE = 1.0
"""The score of the work whose DOI was typed as the query; found words score less."""

_POLL_S = 0.1
_THEN = "Only beside `as-of`."
_LAST_CROID = UUID(int=2**128 - 1)
Query = Annotated[
    str | None,
    QueryParameter(
        name="query",
        description="Words that a work must contain, in its title, names, container, publisher, "
        "year or DOI. A DOI finds the work of that DOI first.",
        required=False,
    ),
]

Member = Annotated[
    str | None,
    QueryParameter(
        name="member",
        description=f"Only works of the member of this number. {_THEN}",
        required=False,
        max_length=20,
    ),
]
Type = Annotated[
    str | None,
    QueryParameter(
        name="type",
        description=f"Only works of this type. {_THEN}",
        required=False,
        max_length=100,
    ),
]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of works: the rows, the keyset to go on from, and how many there are in all."""

    rows: list[tuple[q.WorkListRow | q.WorkSearchRow | q.WorkGetRow, float | None]]
    total: int
    key: list[Any] | None = None


@get(
    "/works",
    operation_id="work_list",
    tags=["works"],
    operation_class=described(
        examples.OF_LISTS,
        headers=("X-Nexus-Index", "ETag", "Link"),
        nullable=("next-cursor", "search-terms"),
        others={
            304: "What is held already is current.",
            406: "There is no such format; the detail lists those there are.",
        },
    ),
)
async def work_list(
    request: AnyRequest,
    pager: PagerDependency,
    search: Query = None,
    rows: Rows = DEFAULT_ROWS,
    offset: Offset = 0,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
    as_of: AsOf = None,
    kind: Annotated[
        Literal["release"] | None,
        QueryParameter(description=f"What works are. {_THEN}", required=False),
    ] = None,
    prefix: Annotated[
        str | None,
        QueryParameter(description=f"Only works under this DOI prefix. {_THEN}", max_length=100),
    ] = None,
    member: Member = None,
    work_type: Type = None,
    format_name: formats.ListFormatName = None,
) -> Response[Any] | Stream:
    """All live works, or with `query` those that contain its words, the best first.

    With `as-of` the works that were live then, as they were. `total-results-is` says whether there
    were just so many (`exact`) or no more than that (`at-most`): of more than 50,000 works with
    more than 50,000 changes since, or with `member`, they are not counted one by one.
    """
    if as_of is not None:
        return await work_list_then(request, pager, as_of, Only(prefix, member, work_type))
    form = formats.wanted_list(request)
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    words = " ".join((search or "").split())
    if not words:
        version = str(index_of(request))
        etag, headers = list_etag(index_of(request), request), {}
    else:
        freshness = await _documents(request)
        version = f"{freshness.index}/{freshness.indexed_until}/{freshness.waiting}"
        # The documents are made after the acceptance: the index alone does not tell their state.
        etag = "W/" + item_etag(list_etag(freshness.index, request), version)
        headers = {HEADER: str(freshness.indexed_until)}
    if is_fresh(request, etag):
        return not_modified(etag)
    if wants_head(request):
        return head_only(form.content_type, headers | {"ETag": etag})
    totals = totals_of(request)
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        if words:
            found = await _search(db, words, page, totals, version)
        else:
            found = await _list(db, page, totals, version)
    return await _answer(request, pager, parameters, page, found, words, etag, headers, form)


async def _answer(
    request: AnyRequest,
    pager: Pager,
    parameters: Parameters,
    page: Page,
    found: Found,
    words: str,
    etag: str,
    headers: dict[str, str],
    form: formats.Format,
) -> Response[bytes]:
    after = pager.write(found.key, parameters) if found.key is not None else None
    about = crossref_view.WorkList(
        total_results=found.total,
        items_per_page=page.rows,
        start_index=page.offset,
        search_terms=words or None,
        next_cursor=after if page.has_cursor else False,
    )
    items = [
        crossref_view.splice((row.body or "{}").encode(), members(row, score))
        for row, score in found.rows
    ]
    link = after if not page.offset else None
    return await list_formats.answer(
        request, form, items, about, cursor=link, etag=etag, headers=headers
    )


async def _list(db: Connection, page: Page, totals: Totals, version: str) -> Found:
    async def count() -> int:
        return await q.work_count_async(db) or 0

    total = await totals.get("", version, count)
    if not page.rows:
        return Found([], total)
    rows = await q.work_list_async(
        db,
        after_croid=UUID(page.after[0]) if page.after else UUID(int=0),
        limit_count=page.rows,
        offset_count=page.offset,
    )
    return Found([(row, None) for row in rows], total, [str(rows[-1].croid)] if rows else None)


async def _search(db: Connection, words: str, page: Page, totals: Totals, version: str) -> Found:
    first = await _work_of_doi(db, words)
    but_croid = first.croid if first else None

    async def count() -> int:
        return await q.work_search_count_async(db, query=words, but_croid=but_croid) or 0

    total = await totals.get(f"{but_croid} {words}", version, count) + (first is not None)
    if not page.rows:
        return Found([], total)
    shown: list[Any] = []
    if first is not None and page.after is None and not page.offset:
        shown.append((first, DOI_SCORE))
    score, croid = page.after or [None, None]
    rows = await q.work_search_async(
        db,
        query=words,
        before_score=math.inf if score is None else score,
        before_croid=_LAST_CROID if croid is None else UUID(croid),
        but_croid=but_croid,
        limit_count=page.rows - len(shown),
        offset_count=max(0, page.offset - (first is not None)),
    )
    key = [rows[-1].score, str(rows[-1].croid)] if rows else [None, None] if shown else None
    return Found([*shown, *((row, row.score) for row in rows)], total, key)


async def _work_of_doi(db: Connection, words: str) -> q.WorkGetRow | None:
    try:
        doi = normalise_doi(words)
    except MalformedIdentifier:
        return None
    row = await q.work_get_async(db, doi=doi, with_body=True)
    return row if row is not None and row.revision_id is not None else None


async def _documents(request: AnyRequest) -> documents.DocumentFreshnessRow:
    """How new the search documents are, once they are as new as the reader asks for."""
    pool: Pool = request.app.state.pool
    wanted, until = wanted_index(request), time.monotonic() + MOST_WAIT_S
    while True:
        async with pool.connection(WAIT_S) as connection:
            found = await documents.document_freshness_async(connection)
        assert found is not None  # noqa: S101
        if found.indexed_until >= wanted:
            return found
        if time.monotonic() > until:
            raise not_reached(found.indexed_until)
        await asyncio.sleep(_POLL_S)
