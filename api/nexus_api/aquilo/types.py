"""`/types`: what works can be, and `/works/{doi}/agency`: where a DOI is registered."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream
from psycopg import AsyncConnection

from nexus_api.aquilo import examples
from nexus_api.aquilo.formats import NO_SUCH_FORMAT
from nexus_api.aquilo.selections import answer_works, described_selection
from nexus_api.aquilo.work_lists import PagerDependency
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import (
    JSON,
    Cursor,
    IfNoneMatch,
    Mailto,
    MinIndex,
    Offset,
    Rows,
    check_parameters,
    described,
)
from nexus_api.paging import DEFAULT_ROWS, MAX_ROWS
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.errors import NoSuchItem
from nexus_hub.aquilo.queries import listed as q
from nexus_hub.croid.errors import NoSuchObject

AnyRequest = Request[Any, Any, Any]
_HEADERS = ("X-Nexus-Index", "ETag")
_OTHERS = {304: "What is held already is current."}
_PARAMETERS = frozenset({"rows", "offset", "mailto"})


async def _types(db: AsyncConnection[Any]) -> dict[str, dict[str, str]]:
    return {
        row.id: {"id": row.id, "label": row.label} for row in await q.listed_type_list_async(db)
    }


def _answer(request: AnyRequest, message_type: str, message: Any) -> Response[Any]:
    content = crossref_view.envelope(message_type, msgspec.json.encode(message))
    etag = item_etag(content)
    if is_fresh(request, etag):
        return not_modified(etag)
    return Response(content, media_type=JSON, headers={"ETag": etag})


@get(
    "/types",
    operation_id="type_list",
    tags=["types"],
    operation_class=described(
        {JSON: examples.listed("type", examples.TYPE["message"])},
        headers=_HEADERS,
        others=_OTHERS,
        nullable=("search-terms",),
    ),
)
async def type_list(
    request: AnyRequest,
    db: Database,
    rows: Rows = MAX_ROWS,
    offset: Offset = 0,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """The types of works, with their labels; all of them where `rows` does not say fewer."""
    check_parameters(request, _PARAMETERS)
    found = list((await _types(db)).values())
    about = {"start-index": offset, "search-terms": None}
    told = {"total-results": len(found), "items-per-page": min(rows, len(found)), "query": about}
    return _answer(request, "type-list", told | {"items": found[offset : offset + rows]})


@get(
    "/types/{item_id:str}",
    operation_id="type_get",
    tags=["types"],
    operation_class=described(
        {JSON: examples.TYPE}, headers=_HEADERS, others=_OTHERS | {404: "There is no such type."}
    ),
)
async def type_get(
    item_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """One type of works."""
    check_parameters(request, {"mailto"})
    found = (await _types(db)).get(item_id)
    if found is None:
        raise NoSuchItem(f"type {item_id[:100]!r}")
    return _answer(request, "type", found)


@get(
    "/types/{item_id:str}/works",
    operation_id="type_work_list",
    tags=["types"],
    operation_class=described_selection(
        described(
            examples.OF_LISTS,
            headers=(*_HEADERS, "Link"),
            nullable=("next-cursor", "search-terms"),
            others=_OTHERS | {406: NO_SUCH_FORMAT},
        )
    ),
)
async def type_work_list(
    item_id: FromPath[str],
    request: AnyRequest,
    pager: PagerDependency,
    rows: Rows = DEFAULT_ROWS,
    offset: Offset = 0,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """The works of one type; asked for like all works."""
    return await answer_works(request, pager, {"type": (item_id,)})


@get(
    "/works/{doi:str}/agency",
    operation_id="work_agency_get",
    tags=["works"],
    operation_class=described(
        {JSON: examples.AGENCY}, headers=_HEADERS, others=_OTHERS | {404: "No work has this DOI."}
    ),
)
async def work_agency_get(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """Where a DOI is registered: here, where its prefix is a member's, else as its record says."""
    check_parameters(request, {"mailto", "id"})
    found = await q.listed_agency_get_async(db, doi=doi)
    if found is None:
        raise NoSuchObject(f"doi:{doi}")
    label = "NEXUS" if found.is_here else found.source or "Crossref"
    agency = {"id": label.lower(), "label": label}
    return _answer(request, "work-agency", {"DOI": found.doi, "agency": agency})


route_handlers = [type_list, type_get, type_work_list, work_agency_get]
