"""`/schemas/{name}`: the deposit format, and what else is deposited here, as JSON Schema."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from nexus_api.conditional import is_fresh, not_modified
from nexus_api.describing import IfNoneMatch, described
from nexus_hub.aquilo.errors import NoSuchRoute
from nexus_hub.catalog.deposit_schema import DIALECT, documents

SCHEMA = "application/schema+json"
JSON = "application/json"
_EXAMPLE = {"$schema": DIALECT, "$id": "/schemas/deposit.json", "title": "A deposit"}


@get(
    "/schemas/{name:str}",
    operation_id="schema_get",
    tags=["deposits"],
    sync_to_thread=False,
    operation_class=described(
        {SCHEMA: _EXAMPLE, JSON: {"book": {"title": "Book", "required": ["title"]}}},
        headers=("ETag", "Cache-Control"),
        others={304: "What is held already is the same."},
    ),
)
def schema_get(
    name: FromPath[str],
    request: Request[Any, Any, Any],
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """A schema by its file name: deposit, csl and datacite, or the registry record-types.json."""
    content = _contents().get(name)
    if content is None:
        raise NoSuchRoute(f"no schema {name[:100]!r}; there are {', '.join(_contents())}")
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    if is_fresh(request, etag):
        return not_modified(etag)
    media_type = SCHEMA if b'"$schema"' in content else JSON
    headers = {"ETag": etag, "Cache-Control": "public, max-age=3600"}
    return Response(content, media_type=media_type, headers=headers)


@cache
def _contents() -> dict[str, bytes]:
    return {name: msgspec.json.encode(document) for name, document in documents().items()}
