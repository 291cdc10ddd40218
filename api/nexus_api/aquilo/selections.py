"""Lists of works as clients ask for them: parameters read, told in the contract, and answered.

`/works` and the works below members, prefixes, funders, journals and types are one list, with a
filter added where it stands below something.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from litestar import Request, Response
from litestar.openapi.spec import OpenAPIType, Operation, Parameter, Schema
from litestar.response import Stream

from nexus_api.aquilo import exports, formats, found_works, list_formats
from nexus_api.aquilo.found_works import Found
from nexus_api.aquilo.rendering import members
from nexus_api.aquilo.totals import totals_of
from nexus_api.conditional import is_fresh, item_etag, list_etag, not_modified
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import check_parameters
from nexus_api.freshness import HEADER, MOST_WAIT_S, index_of, not_reached, wanted_index
from nexus_api.listing import head_only, wants_head
from nexus_api.paging import Page, Pager, parameters_of
from nexus_api.problems import Fault, Refused, invalid
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.errors import ValidationFailed
from nexus_hub.aquilo.queries import document as documents
from nexus_hub.aquilo.registry import FACETS, FILTERS, QUERY_FIELDS, SELECT_FIELDS, SORTS
from nexus_hub.aquilo.selection import Misread, Selection, Value, read

AnyRequest = Request[Any, Any, Any]
_POLL_S = 0.1
_ENRICHMENTS = ("missing-enrichment", "stale-enrichment", "enriched-by")
_OF_THE_PAGE = frozenset({"rows", "offset", "cursor", "mailto", "format", exports.EXPORT})
_OF_THE_LIST = frozenset({"query", "filter", "facet", "select", "sort", "order", "sample"})
PARAMETERS = _OF_THE_PAGE | _OF_THE_LIST | {f"query.{name}" for name in QUERY_FIELDS}


def read_selection(
    request: AnyRequest, below: Mapping[str, tuple[Value, ...]] | None = None
) -> Selection:
    """What a request asks for, below something where a filter says so. Raises `Refused`."""
    check_parameters(request, PARAMETERS)
    try:
        selection = read(dict(request.query_params.multi_items()))
    except Misread as misread:
        fault = Fault(
            f"{misread.parameter}-not-available",
            f"expected {misread.expected}",
            misread.value,
            parameter=misread.parameter,
        )
        raise Refused(ValidationFailed(str(misread)), [fault]) from misread
    for name, values in (below or {}).items():
        if name in selection.filters and set(selection.filters[name]) != set(values):
            raise invalid("filter", name, "no other of what the list stands below")
        selection = replace(selection, filters={**selection.filters, name: values})
    return selection


async def answer_works(
    request: AnyRequest, pager: Pager, below: Mapping[str, tuple[Value, ...]] | None = None
) -> Response[Any] | Stream:
    """The works that a request selects, a page of them."""
    form = formats.wanted_list(request)
    selection = read_selection(request, below)
    is_export = exports.is_wanted(request, form)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    if selection.sample and (page.offset or page.has_cursor):
        raise invalid("sample", selection.sample, "no offset and no cursor beside it")
    state = await state_of(request, found_works.is_of_the_catalogue(selection))
    if is_fresh(request, state.etag):
        return not_modified(state.etag)
    if wants_head(request):
        return head_only(form.content_type, state.headers | {"ETag": state.etag})
    pool: Pool = request.app.state.pool
    if is_export:
        return await exports.answer(form, _reader(request, selection, state), state.headers)
    async with pool.connection(WAIT_S) as db:
        await _check_enrichments(db, selection)
        found = await found_works.find(db, selection, page, totals_of(request), state.version)
    after = pager.write(found.key, parameters) if found.key is not None else None
    about, items = _told(selection, page, found, after)
    link = after if not page.offset and not selection.sample else None
    # A sample is another one each time.
    etag = None if selection.sample else state.etag
    return await list_formats.answer(
        request, form, items, about, cursor=link, etag=etag, headers=state.headers
    )


def _reader(request: AnyRequest, selection: Selection, state: State) -> exports.Read:
    """What reads the pages of a selection one after another, each as it is then."""
    pool: Pool = request.app.state.pool
    totals = totals_of(request)

    async def read_page(page: Page) -> tuple[list[bytes], list[Any] | None, int]:
        async with pool.connection(WAIT_S) as db:
            await _check_enrichments(db, selection)
            found = await found_works.find(db, selection, page, totals, state.version)
        _, items = _told(selection, page, found, None)
        return items, found.key, found.total

    return read_page


def described_selection(operation: type[Operation]) -> type[Operation]:
    """An operation whose contract also tells of everything a list of works is asked by."""

    @dataclass
    class Selecting(operation):  # ty: ignore[unsupported-base]
        def __post_init__(self) -> None:
            super().__post_init__()
            self.parameters = [*(self.parameters or []), *_described()]

    return Selecting


@dataclass(frozen=True, slots=True)
class State:
    """What a list is made from: its version, its tag, and what is told of it."""

    version: str
    etag: str
    headers: dict[str, str]


async def state_of(request: AnyRequest, is_of_the_catalogue: bool = False) -> State:
    """How new a list is: that of the catalogue itself, or of the documents made from it."""
    index = index_of(request)
    if is_of_the_catalogue:
        return State(str(index), list_etag(index, request), {})
    fresh = await _documents(request)
    version = f"{fresh.index}/{fresh.indexed_until}/{fresh.waiting}"
    # The documents are made after the acceptance: the index alone does not tell their state.
    etag = "W/" + item_etag(list_etag(fresh.index, request), version)
    return State(version, etag, {HEADER: str(fresh.indexed_until)})


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


async def _check_enrichments(db: Any, selection: Selection) -> None:
    """Refuse the name of an enrichment there is not: nothing would be missing of it."""
    asked = [(name, v) for name in _ENRICHMENTS for v in selection.filters.get(name, ())]
    if not asked:
        return
    known = await documents.document_enrichment_list_async(db)
    for name, value in asked:
        if value not in known:
            raise invalid("filter", f"{name}:{value}", f"{name}: one of {', '.join(known)}")


def _told(
    selection: Selection, page: Page, found: Found, after: str | None
) -> tuple[crossref_view.WorkList, list[bytes]]:
    about = crossref_view.WorkList(
        total_results=found.total,
        items_per_page=page.rows,
        start_index=page.offset,
        search_terms=selection.words or None,
        facets=found.facets,
        next_cursor=after if page.has_cursor else False,
        bound=None if found.is_exact else "at-most",
    )
    items = [
        crossref_view.splice((row.body or "{}").encode(), members(row, score))
        for row, score in found.rows
    ]
    if selection.select:
        items = [crossref_view.chosen(item, selection.select) for item in items]
    return about, items


def _described() -> list[Parameter]:
    filters = "\n".join(
        f"* `{row.name}` ({row.takes}): {row.description}" for row in FILTERS.values()
    )
    facets = "\n".join(f"* `{row.name}`: {row.description}" for row in FACETS.values())
    sorts = "\n".join(f"* `{row.name}`: {row.description}" for row in SORTS.values())
    told = [
        (
            "filter",
            "`name:value,name:value`: the same name more than once means any of the values, "
            "different names mean all; dotted names that begin alike mean the same licence, link, "
            f"award or relation. `-` may stand for `.`.\n\n{filters}",
        ),
        ("facet", f"`name:n` or `name:*`, separated by commas: at most 1,000 values.\n\n{facets}"),
        ("select", f"Members to show alone: {', '.join(SELECT_FIELDS)}."),
        ("sort", f"The order; by default the score, or that of coming in.\n\n{sorts}"),
        ("order", "`desc` (default) or `asc`."),
        ("sample", "So many works drawn by chance, at most 100."),
        ("format", formats.LIST_FORMATS),
        (exports.EXPORT, exports.DESCRIPTION),
        *(
            (f"query.{row.name}", f"Words to find in: {row.description}")
            for row in QUERY_FIELDS.values()
        ),
    ]
    return [
        Parameter(
            name=name,
            param_in="query",
            description=text,
            required=False,
            schema=Schema(type=OpenAPIType.STRING),
        )
        for name, text in told
    ]
