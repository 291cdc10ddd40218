"""One organisation in the shape of the ROR registry."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.aquilo import examples
from nexus_api.aquilo.works_then import find_then
from nexus_api.catalog.redactions import check_content
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import JSON, IfNoneMatch, MinIndex, described
from nexus_api.former import gone, moved
from nexus_api.time_travel import AsOf, not_yet, read_index, state_at, survivor_then
from nexus_hub.aquilo.crossref_view import splice
from nexus_hub.aquilo.queries import work as q
from nexus_hub.catalog.queries.revision import revision_get_async
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.identifiers import normalise


@get(
    "/organizations/{ror:str}",
    operation_id="organization_get",
    tags=["organizations"],
    operation_class=described(
        {JSON: examples.ORGANIZATION},
        headers=("X-Nexus-Index", "ETag", "Location"),
        others={
            301: "The organisation was merged into another; `Location` leads to it.",
            304: "What is held already is current.",
            404: "No live organisation has this ROR id.",
            410: "The organisation was deleted.",
        },
    ),
)
async def organization_get(
    ror: FromPath[str],
    request: Request[Any, Any, Any],
    db: Database,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
    as_of: AsOf = None,
) -> Response[Any]:
    """The organisation of a ROR id, written short or as a URL: the ROR v2 record and its CROID."""
    value = normalise("ror", ror)
    if as_of is not None:
        return await _then(request, db, value, as_of)
    row = await _find(db, value, with_body="if-none-match" not in request.headers)
    if row.redirect_to is not None:
        return moved(row.redirect_to)
    etag = item_etag(row.revision_id)
    if is_fresh(request, etag):
        return not_modified(etag)
    if row.body is None:
        row = await _find(db, value, with_body=True)
        etag = item_etag(row.revision_id)
    content = splice((row.body or "{}").encode(), {"croid": encode(row.croid)})
    return Response(content, media_type=JSON, headers={"ETag": etag})


async def _then(
    request: Request[Any, Any, Any], db: AsyncConnection[Any], ror: str, as_of: str
) -> Response[Any]:
    """The organisation that had a ROR id at an index, as it was."""
    index = await read_index(request, db, as_of)
    croid = await find_then(db, "ror", ror, index)
    row = await state_at(db, croid, index)
    if row.redirect_to is not None:
        return moved(row.redirect_to, survivor_then(row.redirect_to, as_of))
    if row.revision_id is None:
        raise gone(croid, f"ror:{ror} was deleted")
    await check_content(db, croid, [row.revision_id])
    etag = item_etag("as-of", row.revision_id)
    if is_fresh(request, etag):
        return not_modified(etag)
    found = await revision_get_async(db, croid=croid, revision_id=row.revision_id)
    body = ((found.body if found else None) or "{}").encode()
    if msgspec.json.decode(body, type=_Named).id != f"https://ror.org/{ror}":
        raise not_yet(f"ror:{ror}", index)
    content = splice(body, {"croid": encode(croid)})
    return Response(content, media_type=JSON, headers={"ETag": etag})


class _Named(msgspec.Struct):
    """What a ROR record is called."""

    id: str | None = None


async def _find(db: AsyncConnection[Any], ror: str, *, with_body: bool) -> q.OrganisationGetRow:
    row = await q.organisation_get_async(db, ror=ror, with_body=with_body)
    if row is None:
        raise NoSuchObject(f"ror:{ror}")
    if row.state == "deleted":
        raise gone(row.croid, f"ror:{ror} was deleted")
    return row
