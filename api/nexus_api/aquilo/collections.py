"""`/members`, `/prefixes`, `/funders`, `/journals`, `/licenses`, and what lies below them.

A list of each, one of each by its id, and its works: the shapes of Crossref's REST API.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter, SkipValidation
from litestar.response import Stream
from psycopg import AsyncConnection
from psycopg.errors import QueryCanceled

from nexus_api.aquilo import collection_items as items
from nexus_api.aquilo import examples
from nexus_api.aquilo.collection_items import Counts, Item, counted, since
from nexus_api.aquilo.formats import NO_SUCH_FORMAT
from nexus_api.aquilo.found_works import ALIKE, MOST_MS
from nexus_api.aquilo.selections import answer_works, described_selection, state_of
from nexus_api.conditional import is_fresh, not_modified
from nexus_api.database import WAIT_S, Database, Pool
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
from nexus_api.listing import page_answer, short_answer
from nexus_api.paging import DEFAULT_ROWS, Page, Pager, parameters_of
from nexus_api.problems import invalid
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.errors import NoSuchItem, QueryTooDear
from nexus_hub.aquilo.queries import document as documents
from nexus_hub.aquilo.queries import listed as q
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

AnyRequest = Request[Any, Any, Any]
Connection = AsyncConnection[Any]
PagerDependency = NamedDependency[SkipValidation[Pager]]
PARAMETERS = frozenset({"query", "filter", "rows", "offset", "cursor", "mailto", "sort", "order"})
Words = Annotated[
    str | None,
    QueryParameter(name="query", description="Words of their names.", required=False),
]
Narrowed = Annotated[
    str | None,
    QueryParameter(
        name="filter",
        description="`name:value,name:value`; members: `prefix`, `current-doi-count`, "
        "`backfile-doi-count`; funders: `location`.",
        required=False,
    ),
]
_HEADERS = ("X-Nexus-Index", "ETag", "Link")
_OTHERS = {304: "What is held already is current."}
_COUNTED_BY = {"backfile-doi-count", "current-doi-count"}


@dataclass(frozen=True, slots=True)
class Collection:
    """What there is of one collection: how it is called, read, and shown."""

    name: str
    one: str
    filter: str
    read_id: Callable[[str], str | None]
    item: Callable[[q.ListedListRow, Counts], Item]
    whole: Callable[[q.ListedListRow, Counts], Item]
    term: str | None = None
    filters: dict[str, str] = field(default_factory=dict)
    is_counted: bool = False
    """Whether the items of its list tell how many works they have."""

    def terms(self, key: str) -> list[str]:
        """The terms of the works that belong to one of it."""
        parts = key.split(",") if self.name == "journals" else [key]
        return [f"{self.term}={part}" for part in parts]


def _number(text: str) -> str | None:
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _prefix(text: str) -> str | None:
    told = text.strip().lower().rpartition("/")[2]
    return told if told.startswith("10.") and told[3:].replace(".", "").isdigit() else None


def _identifier(scheme: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        try:
            return normalise(scheme, text)
        except MalformedIdentifier:
            return None

    return read


COLLECTIONS = (
    Collection(
        "members", "member", "member", _number, items.member, items.member, "member",
        {"prefix": "detail", "backfile-doi-count": "backfile", "current-doi-count": "current"},
        is_counted=True,
    ),
    Collection("prefixes", "prefix", "prefix", _prefix, items.prefix, items.prefix, "prefix"),
    Collection(
        "funders", "funder", "funder", _identifier("funder"), items.funder, items.whole_funder,
        "funder", {"location": "detail"},
    ),
    Collection(
        "journals", "journal", "issn", _identifier("issn"), items.journal, items.journal, "issn",
        is_counted=True,
    ),
    Collection(
        "licenses", "license", "license.url", str.strip, items.licence, items.licence, "license",
        is_counted=True,
    ),
)  # fmt: skip
"""What is listed from the names that works use."""


async def _list(request: AnyRequest, pager: Pager, of: Collection) -> Response[Any] | Stream:
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    given = dict(request.query_params.multi_items())
    page = pager.page(parameters)
    asked = _filters(of, given.get("filter", ""))
    state = await state_of(request)
    if (short := short_answer(request, state.etag, headers=state.headers)) is not None:
        return short
    words = " ".join(given.get("query", "").split()) or None
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        total, rows, counts = await _found(db, of, page, words, asked)
    told = [of.item(row, counts.get(row.id, Counts())) for row in rows]
    after = pager.write([len(rows[-1].id), rows[-1].id], parameters) if rows else None
    about = crossref_view.WorkList(
        total_results=total,
        items_per_page=page.rows,
        start_index=page.offset,
        search_terms=words,
        next_cursor=after if page.has_cursor else False,
    )
    encoded = [msgspec.json.encode(one) for one in told]
    content = crossref_view.envelope(f"{of.one}-list", crossref_view.work_list(encoded, about))
    link = after if not page.offset else None
    return page_answer(request, content, cursor=link, etag=state.etag, headers=state.headers)


async def _found(
    db: Connection, of: Collection, page: Page, words: str | None, asked: dict[str, str]
) -> tuple[int, Sequence[q.ListedListRow], dict[str, Counts]]:
    """How many there are, those of the page, and how many works each of them has."""
    await documents.document_bound_async(db, timeout_ms=str(MOST_MS), alike=str(ALIKE))
    length, key = page.after or [0, ""]
    try:
        ids = await _ids_by_count(db, asked)
        total = await q.listed_count_async(
            db, collection=of.name, words=words, detail=asked.get("detail"), ids=ids
        )
        rows = await q.listed_list_async(
            db,
            collection=of.name,
            words=words,
            detail=asked.get("detail"),
            ids=ids,
            after_length=length,
            after_id=key,
            limit_count=page.rows,
            offset_count=page.offset,
        )
        if not of.is_counted:
            return total, rows, {}
        terms = [term for row in rows for term in of.terms(row.id)[:1]]
        told = await q.listed_counts_list_async(db, terms=terms, since=since())
    except QueryCanceled as error:
        raise QueryTooDear("the works of so many could not be counted in time") from error
    by_term = {row.term: row for row in told}
    return total, rows, {row.id: counted(by_term, of.terms(row.id)[0]) for row in rows}


async def _ids_by_count(db: Connection, asked: dict[str, str]) -> list[str] | None:
    if not asked.keys() & {"current", "backfile"}:
        return None
    numbers = {
        name: int(asked[name]) if name in asked else None for name in ("current", "backfile")
    }
    return await q.listed_member_by_count_async(db, since=since(), **numbers)


def _filters(of: Collection, text: str) -> dict[str, str]:
    asked: dict[str, str] = {}
    for piece in text.split(",") if text.strip() else []:
        name, _, value = piece.strip().partition(":")
        if name not in of.filters or not value:
            known = ", ".join(of.filters) or "no filter"
            raise invalid("filter", piece[:80], f"a filter and a value; there is: {known}")
        if name in _COUNTED_BY and _number(value) is None:
            raise invalid("filter", piece[:80], f"{name}: a whole number")
        asked[of.filters[name]] = value
    return asked


async def _get(request: AnyRequest, db: Connection, of: Collection, text: str) -> Response[Any]:
    check_parameters(request, {"mailto"})
    state = await state_of(request)
    if is_fresh(request, state.etag):
        return not_modified(state.etag)
    row = await _one(db, of, text)
    counts = await q.listed_counts_async(db, terms=of.terms(row.id), since=since())
    item = of.whole(row, Counts(counts.total, counts.current, counts.by_year))
    content = crossref_view.envelope(of.one, msgspec.json.encode(item))
    return Response(content, media_type=JSON, headers=state.headers | {"ETag": state.etag})


async def _one(db: Connection, of: Collection, text: str) -> q.ListedListRow:
    """All that is known of one item under any of its names. Raises `NoSuchItem`."""
    key = of.read_id(text)
    found: Sequence[q.ListedGetRow | q.ListedJournalRow] = []
    if key and of.name == "journals":
        found = await q.listed_journal_async(db, issn=key)
    elif key:
        found = await q.listed_get_async(db, collection=of.name, id=key)
    if not key or not found:
        raise NoSuchItem(f"{of.one} {text[:100]!r}")
    pairs = list(dict.fromkeys((row.detail, row.name) for row in found))
    issns = dict.fromkeys(issn for row in found for issn in row.id.split(","))
    return q.ListedListRow(
        id=",".join(issns) if of.name == "journals" else key,
        names=list(dict.fromkeys(row.name for row in found)),
        details=list(dict.fromkeys(row.detail for row in found)),
        name=found[0].name,
        is_here=any(getattr(row, "is_here", False) for row in found),
        origins=sorted({getattr(row, "origin", "works") for row in found}),
        pairs=pairs,
    )


def _listing(of: Collection) -> HTTPRouteHandler:
    async def listing(
        request: AnyRequest,
        pager: PagerDependency,
        rows: Rows = DEFAULT_ROWS,
        offset: Offset = 0,
        cursor: Cursor = None,
        words: Words = None,
        narrowed: Narrowed = None,
        mailto: Mailto = None,
        min_index: MinIndex = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any] | Stream:
        return await _list(request, pager, of)

    listing.__doc__ = f"All {of.name}, or those whose names have the words of `query`."
    several = described(
        {JSON: examples.listed(of.one, examples.COLLECTION_ITEMS[of.name]["message"])},
        headers=_HEADERS,
        others=_OTHERS,
        nullable=("next-cursor", "search-terms"),
    )
    route = get(
        f"/{of.name}",
        operation_id=f"{of.one}_list",
        tags=[of.name],
        operation_class=several,
    )
    return route(listing)


def _item(of: Collection) -> HTTPRouteHandler:
    async def item(
        item_id: FromPath[str],
        request: AnyRequest,
        db: Database,
        mailto: Mailto = None,
        min_index: MinIndex = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any]:
        return await _get(request, db, of, item_id)

    item.__doc__ = f"One of the {of.name}, with what works tell of it."
    single = described(
        {JSON: examples.COLLECTION_ITEMS[of.name]},
        headers=_HEADERS,
        others=_OTHERS | {404: f"Nothing is known of such a {of.one}."},
    )
    route = get(
        f"/{of.name}/{{item_id:str}}",
        operation_id=f"{of.one}_get",
        tags=[of.name],
        operation_class=single,
    )
    return route(item)


def _works(of: Collection) -> HTTPRouteHandler:
    async def works(
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
        key = of.read_id(item_id)
        if not key:
            raise NoSuchItem(f"{of.one} {item_id[:100]!r}")
        return await answer_works(request, pager, {of.filter: (key,)})

    works.__doc__ = f"The works of one of the {of.name}; asked for like all works."
    of_works = described(
        examples.OF_LISTS,
        headers=_HEADERS,
        nullable=("next-cursor", "search-terms"),
        others=_OTHERS | {406: NO_SUCH_FORMAT},
    )
    route = get(
        f"/{of.name}/{{item_id:str}}/works",
        operation_id=f"{of.one}_work_list",
        tags=[of.name],
        operation_class=described_selection(of_works),
    )
    return route(works)


route_handlers = [make(of) for of in COLLECTIONS for make in (_listing, _item, _works)]
