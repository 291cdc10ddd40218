"""Documents of JSON:API, as DataCite's REST API sends and takes them.

Rule: jsonapi.org 1.1, and what DataCite's clients send beside it: `application/vnd.api+json` or
plain JSON, without a `type`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson
from litestar import Request, Response

from nexus_hub.aquilo.errors import UnsupportedMediaType
from nexus_hub.catalog.canonical import RefusedRecordError, decode
from nexus_hub.nauvis.errors import BadDoiDocument

MEDIA_TYPE = "application/vnd.api+json"


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
