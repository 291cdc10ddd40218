"""Lists of works: all of them, those that contain the words of a query, those that filters select.

All works are in the order of their CROIDs, found ones in the order of their scores. A cursor holds
the place after a work, so that none is lost or told twice while others come in.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation
from litestar.response import Stream

from nexus_api.aquilo import examples, formats
from nexus_api.aquilo.selections import answer_works, described_selection
from nexus_api.aquilo.works_then import Only, work_list_then
from nexus_api.describing import (
    Cursor,
    IfNoneMatch,
    Mailto,
    MinIndex,
    Offset,
    Rows,
    described,
)
from nexus_api.paging import DEFAULT_ROWS, Pager
from nexus_api.time_travel import AsOf

AnyRequest = Request[Any, Any, Any]
PagerDependency = NamedDependency[SkipValidation[Pager]]
_THEN = "Only beside `as-of`."
Query = Annotated[
    str | None,
    QueryParameter(
        name="query",
        description="Words that a work must contain, in its title, names, container, publisher, "
        'year or DOI; "a phrase" as such, begins* what begins so. A DOI, ORCID iD, ROR id, ISSN or '
        "ISBN finds what has it first. Where no work has all the words, those with most of them or "
        "with a title like it.",
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


@get(
    "/works",
    operation_id="work_list",
    tags=["works"],
    operation_class=described_selection(
        described(
            examples.OF_LISTS,
            headers=("X-Nexus-Index", "ETag", "Link"),
            nullable=("next-cursor", "search-terms"),
            others={
                304: "What is held already is current.",
                406: formats.NO_SUCH_FORMAT,
            },
        )
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
) -> Response[Any] | Stream:
    """All live works, or those that words and filters select; with words, the best first.

    With `as-of` the works that were live then, as they were. `total-results-is` says whether there
    were just so many (`exact`) or no more than that (`at-most`): of more than 50,000 works with
    more than 50,000 changes since, or with `member`, they are not counted one by one.
    """
    if as_of is not None:
        return await work_list_then(request, pager, as_of, Only(prefix, member, work_type))
    return await answer_works(request, pager)
