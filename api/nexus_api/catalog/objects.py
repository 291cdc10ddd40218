"""Any object by its CROID, and each of its revisions for ever."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.catalog import examples
from nexus_api.catalog.redactions import check_content
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import JSON, IfNoneMatch, MinIndex, described
from nexus_api.former import moved
from nexus_api.ids import read_id
from nexus_api.problems import Refused
from nexus_api.time_travel import AsOf, read_index, state_at, survivor_then
from nexus_hub.aquilo.errors import Gone, NoSuchRevision
from nexus_hub.catalog.queries import changelog, changes, ident, revision
from nexus_hub.catalog.queries.accepted_edit import accepted_edit_identifier_list_async
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.queries.identifier import identifier_list_async
from nexus_hub.croid.service import link

IMMUTABLE = "public, max-age=31536000, immutable"
AnyRequest = Request[Any, Any, Any]


@get(
    "/cro/{croid:str}",
    operation_id="object_get",
    tags=["objects"],
    operation_class=described(
        {JSON: examples.OBJECT},
        headers=("X-Nexus-Index", "ETag", "Location"),
        others={
            301: "The object was merged into another; `Location` leads to it.",
            304: "What is held already is current.",
            404: "No live object has this CROID.",
            410: "The object was deleted, or its content of then taken away; `Link` leads to what"
            " is left.",
        },
    ),
)
async def object_get(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
    as_of: AsOf = None,
) -> Response[Any]:
    """An object of any kind: its state, its identifiers and its content, now or at an index."""
    key = decode(croid)
    if as_of is not None:
        return await _object_then(request, db, key, as_of)
    row, place = await live_object(db, key)
    etag = object_etag(row, place)
    if row.redirect_to is not None:
        return moved(row.redirect_to, etag=etag)
    if is_fresh(request, etag):
        return not_modified(etag)
    head = {
        "croid": encode(key),
        "kind": row.kind,
        "state": row.state,
        "revision": row.revision_id,
        "index": place.index if place else None,
        "identifiers": [
            {"scheme": one.scheme, "value": one.value}
            for one in await identifier_list_async(db, croid=key)
        ],
    }
    return Response(with_record(head, row.body), media_type=JSON, headers={"ETag": etag})


@get(
    "/cro/{croid:str}/revisions/{revision_id:str}",
    operation_id="revision_get",
    tags=["objects"],
    operation_class=described(
        {JSON: examples.REVISION},
        headers=("X-Nexus-Index", "ETag", "Cache-Control"),
        others={
            304: "What is held already is current, as it will be for ever.",
            404: "The object has no such revision.",
            410: "`redacted`: its content was taken away; `redacted` says by whom, when and why.",
        },
    ),
)
async def revision_get(
    croid: FromPath[str],
    revision_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """One revision of an object, which never changes; only that its content can be taken away."""
    key = decode(croid)
    number, place = await accepted_revision(db, key, revision_id)
    await check_content(db, key, [number])
    etag, headers = item_etag(number), {"Cache-Control": IMMUTABLE}
    if is_fresh(request, etag):
        return not_modified(etag)
    row = await _revision(db, key, number)
    head = {
        "croid": encode(key),
        "kind": row.kind,
        "revision": number,
        "index": place.index,
        "at": place.accepted_at,
        "agent": place.agent,
    }
    content = with_record(head, row.body)
    return Response(content, media_type=JSON, headers=headers | {"ETag": etag})


def object_etag(row: ident.IdentGetRow, place: changes.ChangePlaceRow | None) -> str:
    """The tag of an object as it is, live, merged or deleted; `If-Match` is compared with it."""
    return item_etag(row.revision_id, place.index if place else 0)


def with_record(head: dict[str, Any], body: str | None) -> bytes:
    """An object in JSON whose last member is the record, which is JSON already.

    >>> with_record({"index": 1}, '{"a": 2}')
    b'{"index":1,"record":{"a": 2}}'
    """
    text = (body or "null").encode()
    return b"".join((msgspec.json.encode(head)[:-1], b',"record":', text, b"}"))


async def known_object(
    db: AsyncConnection[Any], croid: UUID
) -> tuple[ident.IdentGetRow, changes.ChangePlaceRow | None]:
    """An object that is or was live, and its last place in the changelog.

    Raises `NoSuchObject` where there is none.
    """
    row = await ident.ident_get_async(db, croid=croid)
    if row is None or row.state == "wip":
        raise NoSuchObject(f"no live object is {encode(croid)}")
    return row, await changes.change_place_async(db, croid=croid)


async def live_object(
    db: AsyncConnection[Any], croid: UUID
) -> tuple[ident.IdentGetRow, changes.ChangePlaceRow | None]:
    """An object that is live or was merged, and its last place in the changelog.

    Raises `NoSuchObject` where there is none, `Refused` with 410 where it was deleted.
    """
    row, place = await known_object(db, croid)
    if row.redirect_to is None and row.revision_id is None:
        index, before = (place.index, place.previous_revision_id) if place else (None, None)
        raise _gone(croid, index, before, object_etag(row, place))
    return row, place


async def accepted_revision(
    db: AsyncConnection[Any], croid: UUID, text: str
) -> tuple[UUID, changelog.ChangelogOfRevisionRow]:
    """The id of a revision as somebody wrote it, and when and by whom it became current.

    Raises `NoSuchRevision` for what is none of this object, or was never accepted.
    """
    number = read_id(text)
    place = None
    if number is not None:
        place = await changelog.changelog_of_revision_async(db, croid=croid, revision_id=number)
    if number is None or place is None:
        raise NoSuchRevision(f"{encode(croid)} has no accepted revision {text[:40]}")
    return number, place


async def _object_then(
    request: AnyRequest, db: AsyncConnection[Any], croid: UUID, as_of: str
) -> Response[Any]:
    """An object as it was at an index: content and identifiers are those of its revision then."""
    row = await state_at(db, croid, await read_index(request, db, as_of))
    if row.redirect_to is not None:
        return moved(row.redirect_to, survivor_then(row.redirect_to, as_of))
    if row.revision_id is None:
        raise _gone(croid, row.index, row.previous_revision_id)
    await check_content(db, croid, [row.revision_id])
    etag = item_etag("as-of", row.revision_id, row.index)
    if is_fresh(request, etag):
        return not_modified(etag)
    found = await _revision(db, croid, row.revision_id)
    named = await accepted_edit_identifier_list_async(db, croid=croid, revision_id=row.revision_id)
    head = {
        "croid": encode(croid),
        "kind": row.kind,
        "state": "active",
        "revision": row.revision_id,
        "index": row.index,
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in named],
    }
    return Response(with_record(head, found.body), media_type=JSON, headers={"ETag": etag})


async def _revision(db: AsyncConnection[Any], croid: Any, number: Any) -> revision.RevisionGetRow:
    row = await revision.revision_get_async(db, croid=croid, revision_id=number)
    if row is None:
        raise NoSuchRevision(f"{encode(croid)} has no revision {number}")
    return row


def _gone(
    croid: UUID, index: int | None, previous_revision_id: UUID | None, etag: str | None = None
) -> Refused:
    links = []
    if index is not None:
        links.append(f'</changes?after={index - 1}>; rel="describedby"')
    if previous_revision_id is not None:
        before = f"{link(croid)}/revisions/{previous_revision_id}"
        links.append(f'<{before}>; rel="predecessor-version"')
    headers = {"Link": ", ".join(links)} if links else {}
    if etag:
        headers["ETag"] = etag
    return Refused(Gone(f"{encode(croid)} was deleted"), headers=headers)
