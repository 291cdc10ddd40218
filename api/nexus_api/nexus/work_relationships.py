"""How one work relates to others: all of it, what it cites, what cites it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from nexus_api.aquilo.works import gone, moved
from nexus_api.conditional import list_etag
from nexus_api.database import WAIT_S, Pool
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
from nexus_api.listing import short_answer
from nexus_api.nexus import asking, examples
from nexus_api.nexus.listing import answer, views_of
from nexus_api.nexus.vocabulary import vocabulary_of
from nexus_api.paging import DEFAULT_ROWS, Pager, Paging, parameters_of
from nexus_hub.aquilo.queries import work as works
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nexus.queries import relation as q

AnyRequest = Request[Any, Any, Any]
REFERENCES = "cites,references"
CITATIONS = "is-cited-by,is-referenced-by"
_PARAMETERS = frozenset({"rows", "cursor", "mailto", "id"})
_DESCRIBED = described(
    {JSON: examples.WORK_RELATIONSHIPS},
    headers=("X-Nexus-Index", "ETag", "Link"),
    nullable=examples.NULLABLE,
    others={
        301: "The work was merged into another; `Location` leads to it.",
        304: "Nothing was accepted since.",
        404: "No live work has this DOI.",
        410: "The work was deleted.",
    },
)


@get(
    "/works/{doi:str}/relationships",
    operation_id="work_relationships",
    tags=["relationships"],
    operation_class=_DESCRIBED,
)
async def work_relationships(
    doi: FromPath[str],
    request: AnyRequest,
    pager: Paging,
    type_: asking.Type = None,
    asserted_by: asking.AssertedBy = None,
    source: asking.Source = None,
    standing: asking.State = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """How a work relates to other objects, whoever of the two said so.

    `counts` tells of each type how many live objects it leads to.
    """
    check_parameters(request, _PARAMETERS | {"type", "asserted-by", "source", "state"})
    return await _answer(request, pager, doi, type_, asserted_by, source, standing)


@get(
    "/works/{doi:str}/references",
    operation_id="work_references",
    tags=["relationships"],
    operation_class=_DESCRIBED,
)
async def work_references(
    doi: FromPath[str],
    request: AnyRequest,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """What a work cites, as far as its references name objects; also objects not known yet."""
    check_parameters(request, _PARAMETERS)
    return await _answer(request, pager, doi, REFERENCES, state="current")


@get(
    "/works/{doi:str}/citations",
    operation_id="work_citations",
    tags=["relationships"],
    operation_class=_DESCRIBED,
)
async def work_citations(
    doi: FromPath[str],
    request: AnyRequest,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """What cites a work."""
    check_parameters(request, _PARAMETERS)
    return await _answer(request, pager, doi, CITATIONS, state="current")


async def _answer(
    request: AnyRequest,
    pager: Pager,
    doi: str,
    types: str | None,
    asserted_by: str | None = None,
    source: str | None = None,
    state: str | None = None,
) -> Response[Any] | Stream:
    page = pager.page(parameters_of(request))
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        row = await works.work_get_async(db, doi=doi, with_body=False)
        if row is None:
            raise NoSuchObject(f"doi:{doi}")
        if row.state == "deleted":
            raise gone(doi, row.croid)
        if row.redirect_to is not None:
            return await moved(db, request, doi, row.redirect_to)
        if (short := short_answer(request, list_etag(index_of(request), request))) is not None:
            return short
        words = await vocabulary_of(request, db)
        wanted = asking.wanted(words, types, asserted_by, source, state)
        views, key = await views_of(db, row.croid, wanted, words, page)
        counted = await q.relation_count_by_type_async(db, croid=row.croid)
        counts = {
            one.relation_type: one.object_count
            for one in counted
            if wanted.types is None or one.relation_type in wanted.types
        }
        return await answer(request, db, pager, views, key, words, counts=counts)
