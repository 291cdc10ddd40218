"""`/api/handles/{doi}`: the values of a DOI, as the Handle System's proxies tell them in JSON.

Response codes are those of the Handle System: 1 success, 2 an error, 100 no such handle, 200 no
such values. Writing is what deposits are for. Peer: the REST API of handle.net's proxy, as the
client pyhandle reads it.
"""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.params import PathParameter, QueryParameter

from nexus_api.database import Database
from nexus_api.describing import described
from nexus_api.nauvis import examples
from nexus_api.nauvis.resolver import Found, Name, find, locations_of
from nexus_api.resolutions import log_of
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.locations import write_loc

JSON = "application/json"
SUCCESS, ERROR, NO_HANDLE, NO_VALUES = 1, 2, 100, 200
TTL_S = 86_400
URL_AT, LOC_AT, ALIAS_AT = 1, 2, 3
AnyRequest = Request[Any, Any, Any]
Members = dict[str, Any]


@get(
    "/api/handles/{doi:str}",
    operation_id="handle_get",
    tags=["names"],
    operation_class=described(
        {JSON: examples.HANDLE},
        headers=(),
        others={
            400: "`responseCode` 2: an index that is no number.",
            404: "`responseCode` 100: nothing is registered, or it was deleted.",
        },
        told={
            400: {JSON: {"responseCode": ERROR, "handle": "10.5555/1", "message": "no number"}},
            404: {JSON: {"responseCode": NO_HANDLE, "handle": "10.5555/1", "message": "deleted"}},
        },
    ),
)
async def handle_get(
    doi: Annotated[str, PathParameter(description="The DOI; slashes may stand as such.")],
    request: AnyRequest,
    db: Database,
    type_: Annotated[
        list[str] | None,
        QueryParameter(name="type", description="Only values of these types.", required=False),
    ] = None,
    index: Annotated[
        list[str] | None,
        QueryParameter(
            description="Only values of these indexes.",
            required=False,
            schema_extra={"items": {"type": "string", "pattern": "^[0-9]+$"}},
        ),
    ] = None,
) -> Response[bytes]:
    """The values of a DOI: its URL, all its locations where there are several, its alias.

    404 with `responseCode` 100 where nothing is registered or it was deleted, 200 with
    `responseCode` 200 where none of its values is of that type or index.
    """
    log = log_of(request.app)
    try:
        name = Name(normalise_doi(doi))
        wanted = {int(one) for one in index or ()}
    except MalformedIdentifier:
        log.note(request, "malformed")
        return _answer(404, NO_HANDLE, doi, message="this is no DOI")
    except ValueError:
        return _answer(400, ERROR, doi, message="an index is a whole number")
    found = await find(db, name)
    if found is None:
        log.note(request, "unknown", doi=name.doi)
        return _answer(404, NO_HANDLE, doi)
    if found.state == "deleted":
        log.note(request, "deleted", doi=name.doi, croid=found.named_croid)
        return _answer(404, NO_HANDLE, doi, message="deleted")
    log.note(request, "values", doi=name.doi, croid=found.named_croid)
    types = {one.rstrip(".").upper() for one in type_ or ()}
    values = [
        value
        for value in _values(name, found)
        if (value["index"] in wanted or value["type"].upper() in types) or not (wanted or types)
    ]
    if not values:
        return _answer(200, NO_VALUES, doi)
    return _answer(200, SUCCESS, doi, values=values)


def _values(name: Name, found: Found) -> list[Members]:
    locations = locations_of(found)
    told: list[tuple[int, str, str]] = []
    if locations:
        told.append((URL_AT, "URL", locations[0].url))
    if len(locations) > 1:
        told.append((LOC_AT, "10320/loc", write_loc(locations)))
    if found.doi and found.doi != name.doi:
        told.append((ALIAS_AT, "HS_ALIAS", found.doi))
    at = found.changed_at.astimezone(UTC) if found.changed_at else None
    moment = {"timestamp": f"{at:%Y-%m-%dT%H:%M:%SZ}"} if at else {}
    return [
        {"index": index, "type": kind, "data": {"format": "string", "value": value}, "ttl": TTL_S}
        | moment
        for index, kind, value in told
    ]


def _answer(status: int, code: int, handle: str, **members: Any) -> Response[bytes]:
    content = {"responseCode": code, "handle": handle} | members
    return Response(msgspec.json.encode(content), status_code=status, media_type=JSON)


route_handlers = [handle_get]
