"""Documents of JSON:API, as DataCite's REST API sends and takes them.

Rule: jsonapi.org 1.1, and what DataCite's clients send beside it: `application/vnd.api+json` or
plain JSON, without a `type`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
import orjson
from litestar import Request, Response
from litestar.params import QueryParameter

from nexus_api.paging import Page, Pager, Parameters, parameters_of
from nexus_api.parameters import CURSOR
from nexus_api.public import home
from nexus_hub.aquilo.errors import UnsupportedMediaType
from nexus_hub.catalog.canonical import RefusedRecordError, decode
from nexus_hub.nauvis.errors import BadDoiDocument

MEDIA_TYPE = "application/vnd.api+json"
AnyRequest = Request[Any, Any, Any]


def refused(answered: Response[bytes]) -> Response[bytes]:
    """A problem as the errors of JSON:API, each with the place in the document it is about."""
    problem = orjson.loads(answered.content)
    faults = problem["message"]
    told = [_error(problem, fault) for fault in faults]
    answered.content = msgspec.json.encode({"errors": told})
    answered.media_type = MEDIA_TYPE
    return answered


def _error(problem: dict[str, Any], fault: dict[str, Any]) -> dict[str, Any]:
    is_placed = bool(fault.get("pointer"))
    source = {"pointer": fault["pointer"]} if is_placed else {}
    if fault.get("parameter"):
        source = {"parameter": fault["parameter"]}
    return {
        "status": str(problem["status"]),
        "code": fault["type"],
        "title": fault["message"] if source else problem["detail"],
        "detail": fault["message"],
        "source": source,
    }


async def read_attributes(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The attributes that a request sends. Raises `BadDoiDocument`, `UnsupportedMediaType`."""
    media_type = request.headers.get("content-type", MEDIA_TYPE).partition(";")[0].strip().lower()
    if media_type not in (MEDIA_TYPE, "application/json"):
        raise UnsupportedMediaType(f"{media_type[:100]!r}; send {MEDIA_TYPE}")
    try:
        document = decode(await request.body())
    except RefusedRecordError as refusal:
        raise BadDoiDocument(f"{refusal.problem.code}: {refusal.problem.detail}") from None
    data = document.get("data") if isinstance(document, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(attributes, dict):
        raise BadDoiDocument("there is no object at /data/attributes")
    for name in ("doi", "prefix"):
        if not isinstance(attributes.get(name), str | None):
            raise BadDoiDocument(f"/data/attributes/{name} is no text")
    return attributes


def answer(
    content: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """A document as it is sent."""
    return Response(
        msgspec.json.encode(content), status_code=status, media_type=MEDIA_TYPE, headers=headers
    )


DEFAULT_SIZE = 25
MOST = 100
PAGED = frozenset({"page[size]", "page[cursor]", "mailto"})
"""Parameters of every list."""

Size = Annotated[
    int,
    QueryParameter(
        name="page[size]", ge=0, le=MOST, description="How many items at most.", required=False
    ),
]
After = Annotated[
    str | None,
    QueryParameter(
        name="page[cursor]",
        description="`1` for the first page, then what `links.next` of the page before says.",
        required=False,
        schema_extra={"anyOf": [CURSOR, {"enum": ["1", ""]}]},
    ),
]


def page(pager: Pager, request: AnyRequest, size: int, after: str | None) -> Page:
    """The page of a list that is asked for. Raises what `Pager.page` raises."""
    cursor = [("cursor", after)] if after and after != "1" else []
    told = pager.page([*_parameters(request), *cursor])
    return Page(size, 0, told.after, has_cursor=told.has_cursor)


def list_answer(
    request: AnyRequest,
    pager: Pager,
    asked: Page,
    found: Sequence[Any],
    names: Sequence[str],
    tell: Callable[[Any], dict[str, Any]],
    etag: str,
) -> Response[bytes]:
    """A page of a list, of which one row more was read, with the link to the next.

    `names` are the members of a row that make its keyset.
    """
    shown, following = pager.cut(found, asked, _parameters(request), *names)
    at = f"{home(request)}{request.url.path}"
    links = {"self": f"{at}?{request.url.query}" if request.url.query else at}
    if following:
        kept = [item for item in request.query_params.multi_items() if item[0] != "page[cursor]"]
        links["next"] = f"{at}?{urlencode([*kept, ('page[cursor]', following)])}"
    content = {"data": [tell(row) for row in shown], "meta": {"size": len(shown)}, "links": links}
    return answer(content, headers={"ETag": etag})


def _parameters(request: AnyRequest) -> Parameters:
    left_out = ("page[cursor]", "page[size]")
    return [one for one in parameters_of(request) if one[0] not in left_out]
