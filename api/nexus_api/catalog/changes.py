"""What changed, in the order in which it was accepted: read on from an index, or wait for more."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation
from litestar.response import Stream
from psycopg import AsyncConnection

from nexus_api.catalog import examples
from nexus_api.catalog.objects import with_record
from nexus_api.catalog.redactions import maybe_told
from nexus_api.clock import ChangelogClock, clock_of
from nexus_api.conditional import is_fresh, list_etag, not_modified
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import (
    JSON,
    Cursor,
    IfNoneMatch,
    Mailto,
    MinIndex,
    check_parameters,
    described,
)
from nexus_api.freshness import HEADER, index_of
from nexus_api.listing import NDJSON, head_only, page_answer, wants_head
from nexus_api.paging import Pager, Parameters, parameters_of
from nexus_hub.aquilo.errors import NotAcceptable
from nexus_hub.catalog.difference import patch
from nexus_hub.catalog.queries.changes import ChangeListRow, change_list_async
from nexus_hub.croid.codec import encode
from nexus_hub.nexus.queries.relation_change import (
    RelationChangeListRow,
    relation_change_list_async,
)

AnyRequest = Request[Any, Any, Any]
PagerDependency = NamedDependency[SkipValidation[Pager]]
PARAMETERS = frozenset({"after", "limit", "wait", "kind", "prefix", "include", "cursor", "mailto"})
DEFAULT_LIMIT = 100
MOST_LIMIT = 1000
MOST_WAIT_S = 60
FILTERED_WINDOW = 1000
"""How many indexes one query looks through where a filter may leave most of them out."""

_FIRST_CROID = UUID(int=0)
_LAST_CROID = UUID(int=2**128 - 1)
_CHANGES = {
    "create": "created",
    "redirect": "merged",
    "delete": "deleted",
    # How an object relates to others changed, and nothing of its own.
    "relate": "updated",
}
Row = ChangeListRow | RelationChangeListRow
Kind = Literal[
    "release", "work", "container", "creator", "organisation", "file", "fileset", "webcapture"
]
Include = Literal["none", "patch", "record"]


class Wanted(msgspec.Struct, frozen=True):
    """What a reader of changes asks for."""

    after: int
    limit: int
    kind: str | None
    prefix: str | None
    include: Include


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the changelog: the last edit that was told, by index and object."""

    index: int
    croid: UUID = _LAST_CROID


@dataclass(frozen=True, slots=True)
class Page:
    """Changes after a place, and up to which index all that was asked for has been told."""

    rows: Sequence[Row]
    complete_to: int


@get(
    "/changes",
    operation_id="change_list",
    tags=["changes"],
    operation_class=described(
        {JSON: examples.CHANGES, NDJSON: examples.CHANGE},
        headers=("X-Nexus-Index", "ETag", "Link"),
        nullable=("next-cursor", "revision", "previous", "into", "patch", "record"),
        others={304: "Nothing was accepted since.", 406: "There is JSON and NDJSON."},
    ),
)
async def change_list(
    request: AnyRequest,
    pager: PagerDependency,
    after: Annotated[
        int, QueryParameter(ge=0, le=2**62, description="Tell what has a higher index.")
    ] = 0,
    limit: Annotated[
        int, QueryParameter(ge=1, le=MOST_LIMIT, description="How many changes at most.")
    ] = DEFAULT_LIMIT,
    wait: Annotated[
        int,
        QueryParameter(ge=0, le=MOST_WAIT_S, description="Seconds to wait for the first change."),
    ] = 0,
    kind: Annotated[Kind | None, QueryParameter(description="Only objects of this kind.")] = None,
    prefix: Annotated[
        str | None,
        QueryParameter(description="Only releases under this DOI prefix.", max_length=100),
    ] = None,
    include: Annotated[
        Include,
        QueryParameter(description="Beside each change its JSON Patch, or the whole record."),
    ] = "none",
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """What was accepted after an index, oldest first; with `wait`, as soon as there is something.

    `complete-to` is the index to send as `after` next; `next-cursor` goes on after the last change
    told, also in the midst of an index.
    """
    check_parameters(request, PARAMETERS)
    media_type = request.accept.best_match([JSON, NDJSON])
    if media_type is None:
        raise NotAcceptable(f"there is: {JSON}, {NDJSON}")
    etag = list_etag(index_of(request), request)
    if not wait and is_fresh(request, etag):
        return not_modified(etag)
    if wants_head(request):
        return head_only(media_type, {"ETag": etag})
    parameters = _bound(request)
    key = pager.read(cursor, parameters) if cursor is not None else None
    place = Place(key[0], UUID(key[1])) if key else Place(after)
    wanted = Wanted(after, limit, kind, prefix.strip().lower() if prefix else None, include)
    index, page = await _read(request, wanted, place, wait)
    following = None
    if page.rows:
        following = pager.write([page.rows[-1].index, str(page.rows[-1].croid)], parameters)
    return page_answer(
        request,
        _write_page(media_type, page, include, following),
        media_type=media_type,
        cursor=following,
        etag=list_etag(index, request),
        headers={
            HEADER: str(index),
            "Vary": "Accept",
            "X-Nexus-Complete-To": str(page.complete_to),
        },
    )


def _bound(request: AnyRequest) -> Parameters:
    """What a cursor is bound to; how many changes are told from there, and how, may vary."""
    free = {"after", "limit", "wait", "include"}
    return [item for item in parameters_of(request) if item[0] not in free]


def _write_page(media_type: str, page: Page, include: Include, following: str | None) -> bytes:
    lines = [_write(row, include) for row in page.rows]
    if media_type == NDJSON:
        return b"".join(line + b"\n" for line in lines)
    tail = {"complete-to": page.complete_to, "next-cursor": following}
    return b"".join((b'{"items":[', b",".join(lines), b"],", msgspec.json.encode(tail)[1:]))


async def _read(request: AnyRequest, wanted: Wanted, place: Place, wait: int) -> tuple[int, Page]:
    """The changes after a place, and the index they were read at; waits for the first one."""
    pool: Pool = request.app.state.pool
    clock: ChangelogClock = clock_of(request.app)
    until = time.monotonic() + wait
    index = await clock.index()
    while True:
        # A connection is held while rows are read, not while they are waited for.
        if index > place.index or place.croid != _LAST_CROID:
            async with pool.connection(WAIT_S) as connection:
                page = await _list(connection, wanted, place, index)
        else:
            page = Page([], max(index, place.index))
        left = until - time.monotonic()
        if page.rows or left <= 0:
            return index, page
        place = Place(max(index, place.index))
        index = await clock.wait_for(place.index + 1, left)


async def _list(connection: AsyncConnection[Any], wanted: Wanted, place: Place, index: int) -> Page:
    """Changes up to an index, looked for window by window, so that no query has to sort it all."""
    is_filtered = wanted.kind is not None or wanted.prefix is not None
    window = FILTERED_WINDOW if is_filtered else wanted.limit + 1
    rows: list[Row] = []
    at = place
    while at.index <= index and len(rows) <= wanted.limit:
        end = min(at.index + window, index)
        rows += await _window(connection, wanted, at, end, wanted.limit + 1 - len(rows))
        if end == index:
            break
        at = Place(end)
    if len(rows) <= wanted.limit:
        return Page(rows, max(index, place.index))
    told, cut = rows[: wanted.limit], rows[wanted.limit]
    complete_to = told[-1].index - (cut.index == told[-1].index)
    return Page(told, max(complete_to, 0))


async def _window(
    connection: AsyncConnection[Any], wanted: Wanted, at: Place, end: int, limit: int
) -> list[Row]:
    """The first changes between two places: edits, and relations, whose indexes hold no edit."""
    asked: dict[str, Any] = {
        "with_body": wanted.include != "none",
        "with_previous": wanted.include == "patch",
        "after_index": at.index,
        "after_croid": at.croid,
        "until_index": end,
        "kind": wanted.kind,
        "prefix": wanted.prefix,
        "limit_count": limit,
    }
    edits = await change_list_async(connection, **asked)
    relations = await relation_change_list_async(connection, **asked)
    both = sorted((*edits, *relations), key=lambda row: (row.index, row.croid))
    return both[:limit]


def _write(row: Row, include: Include) -> bytes:
    """One change as JSON."""
    head: dict[str, Any] = {
        "index": row.index,
        "at": row.accepted_at,
        "croid": encode(row.croid),
        "kind": row.kind,
        "identifiers": row.identifiers,
        "revision": row.revision_id,
        "previous": row.previous_revision_id,
        "change": _change(row),
        "into": encode(row.redirect_to) if row.redirect_to else None,
        "fields": row.fields,
        "agent": row.agent,
        "editgroup": row.editgroup_id,
    }
    if gone := maybe_told(row):
        head["redacted"] = gone
    if include == "record":
        return with_record(head, row.body)
    if include == "patch":
        head["patch"] = None if gone else patch(row.previous_body, row.body)
    return msgspec.json.encode(head)


def _change(row: Row) -> str:
    if named := _CHANGES.get(row.action):
        return named
    # An object that is live has content or is a redirect; one with neither was deleted.
    return "updated" if row.previous_revision_id is not None else "restored"
