"""`/relationships`: how objects relate, of one of them or of all; and what changed of that."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import QueryParameter
from litestar.response import Stream

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
from nexus_api.nexus.listing import answer, views_of, views_since
from nexus_api.nexus.vocabulary import vocabulary_of
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset(
    {
        "subject", "object", "type", "asserted-by", "source", "state", "from-index", "rows",
        "cursor", "mailto",
    }
)  # fmt: skip
_HEADERS = ("X-Nexus-Index", "ETag", "Link")
_OTHERS = {304: "Nothing was accepted since."}
Index = Annotated[int, QueryParameter(ge=0, le=2**62, description="An index of the changelog.")]


@get(
    "/relationships",
    operation_id="relationship_list",
    tags=["relationships"],
    operation_class=described(
        {JSON: examples.RELATIONSHIPS},
        headers=_HEADERS,
        nullable=examples.NULLABLE,
        others=_OTHERS,
    ),
)
async def relationship_list(
    request: AnyRequest,
    pager: Paging,
    subject: asking.Subject = None,
    object_: asking.Object = None,
    type_: asking.Type = None,
    asserted_by: asking.AssertedBy = None,
    source: asking.Source = None,
    standing: asking.State = None,
    from_index: Annotated[
        int,
        QueryParameter(
            name="from-index",
            ge=0,
            le=2**62,
            description="Only what changed under this index of the changelog or later.",
            required=False,
        ),
    ] = 0,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """How objects relate: each relation once, told from the side that is asked for.

    With `subject` or `object` in the order of the types, else in the order of the last change.
    """
    check_parameters(request, PARAMETERS)
    page = pager.page(parameters_of(request))
    if (short := short_answer(request, list_etag(index_of(request), request))) is not None:
        return short
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        words = await vocabulary_of(request, db)
        wanted = asking.wanted(words, type_, asserted_by, source, standing, from_index)
        first = await asking.key_of(db, "subject", subject) if subject is not None else None
        last = await asking.key_of(db, "object", object_) if object_ is not None else None
        if first is not None:
            found = await views_of(db, first, wanted, words, page, other=last)
        elif last is not None:
            found = await views_of(db, last, wanted, words, page, is_object=True)
        else:
            found = await views_since(db, max(from_index - 1, 0), wanted, words, page)
        return await answer(request, db, pager, *found, words)


@get(
    "/relationships/changes",
    operation_id="relationship_changes",
    tags=["relationships"],
    operation_class=described(
        {JSON: examples.RELATIONSHIPS},
        headers=_HEADERS,
        nullable=examples.NULLABLE,
        others=_OTHERS,
    ),
)
async def relationship_changes(
    request: AnyRequest,
    pager: Paging,
    after: Index = 0,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """The relations that were asserted, completed or retracted after an index, oldest first.

    Each is told once, as it is now, under the index of its last change.
    """
    check_parameters(request, {"after", "rows", "cursor", "mailto"})
    page = pager.page(parameters_of(request))
    if (short := short_answer(request, list_etag(index_of(request), request))) is not None:
        return short
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        words = await vocabulary_of(request, db)
        found = await views_since(db, after, asking.wanted(words), words, page)
        return await answer(request, db, pager, *found, words)
