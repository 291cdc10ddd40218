"""One organisation in the shape of the ROR registry."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.aquilo import examples
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import JSON, IfNoneMatch, MinIndex, described
from nexus_api.former import gone, moved
from nexus_hub.aquilo.crossref_view import splice
from nexus_hub.aquilo.queries import work as q
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
) -> Response[Any]:
    """The organisation of a ROR id, written short or as a URL: the ROR v2 record and its CROID."""
    value = normalise("ror", ror)
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


async def _find(db: AsyncConnection[Any], ror: str, *, with_body: bool) -> q.OrganisationGetRow:
    row = await q.organisation_get_async(db, ror=ror, with_body=with_body)
    if row is None:
        raise NoSuchObject(f"ror:{ror}")
    if row.state == "deleted":
        raise gone(row.croid, f"ror:{ror} was deleted")
    return row
