"""Any object by its CROID, and each of its revisions for ever."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.catalog import examples
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import JSON, IfNoneMatch, MinIndex, described
from nexus_api.former import moved
from nexus_api.ids import read_id
from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import Gone, NoSuchRevision
from nexus_hub.catalog.queries import changelog, changes, ident, revision
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
            410: "The object was deleted; `Link` leads to what is left of it.",
        },
    ),
)
async def object_get(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """An object of any kind: its state, its identifiers and its current content."""
    key = decode(croid)
    row = await ident.ident_get_async(db, croid=key)
    if row is None or row.state == "wip":
        raise NoSuchObject(f"no live object is {encode(key)}")
    place = await changes.change_place_async(db, croid=key)
    etag = object_etag(row, place)
    if row.redirect_to is not None:
        return moved(row.redirect_to, etag=etag)
    if row.revision_id is None:
        raise _gone(row, place, etag)
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
    """One revision of an object, which never changes."""
    key, number = decode(croid), read_id(revision_id)
    refusal = NoSuchRevision(f"{encode(key)} has no accepted revision {revision_id[:40]}")
    if number is None:
        raise refusal
    place = await changelog.changelog_of_revision_async(db, croid=key, revision_id=number)
    if place is None:
        raise refusal
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


async def _revision(db: AsyncConnection[Any], croid: Any, number: Any) -> revision.RevisionGetRow:
    row = await revision.revision_get_async(db, croid=croid, revision_id=number)
    if row is None:
        raise NoSuchRevision(f"{encode(croid)} has no revision {number}")
    return row


def _gone(row: ident.IdentGetRow, place: changes.ChangePlaceRow | None, etag: str) -> Refused:
    links = []
    if place is not None:
        links.append(f'</changes?after={place.index - 1}>; rel="describedby"')
    if place is not None and place.previous_revision_id is not None:
        before = f"{link(row.croid)}/revisions/{place.previous_revision_id}"
        links.append(f'<{before}>; rel="predecessor-version"')
    headers = {"ETag": etag} | ({"Link": ", ".join(links)} if links else {})
    return Refused(Gone(f"{encode(row.croid)} was deleted"), headers=headers)
