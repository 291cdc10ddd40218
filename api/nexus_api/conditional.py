"""Conditional requests: entity tags, and answers that say nothing has changed.

Rule: RFC 9110, sections 8.8.3 (ETag), 13.1.1 (If-Match, strong comparison) and 13.1.2
(If-None-Match, weak comparison).
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from litestar import Request, Response

from nexus_hub.catalog.errors import PreconditionFailed, PreconditionRequired

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_STRONG = re.compile(r'(?<!W/)"[^"]*"')


def item_etag(*parts: object) -> str:
    """The tag of one representation, from all that decides its bytes.

    For an item: revision, index of its rendering, view, format, selected members. Parts are told
    apart, so that ("a", "bc") and ("ab", "c") have different tags.

    >>> item_etag("r1", 7) == item_etag("r1", 7), item_etag("r1", 7) == item_etag("r", 17)
    (True, False)
    """
    told = "\x1f".join("" if part is None else str(part) for part in parts)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def list_etag(index: int, request: Request[Any, Any, Any]) -> str:
    """The tag of a list: the changelog index it was read at, its route and its query.

    Weak, since counts of time (`stale`, scores) may differ between two equal answers.
    """
    accept = request.headers.get("accept", "")
    route = request.scope.get("raw_path", b"").partition(b"?")[0]
    return "W/" + item_etag(index, route, request.scope["query_string"], accept)


def is_fresh(request: Request[Any, Any, Any], etag: str) -> bool:
    """Whether the client holds this representation already, by its `If-None-Match`."""
    held = request.headers.get("if-none-match")
    return held is not None and holds(held, etag)


def holds(held: str, etag: str) -> bool:
    """Whether an `If-None-Match` names this tag.

    >>> holds('"a", W/"b"', '"b"'), holds("*", '"b"'), holds('"a"', '"b"')
    (True, True, False)
    """
    return held.strip() == "*" or etag.removeprefix("W/") in _TAG.findall(held)


def check_match(request: Request[Any, Any, Any], *etags: str, is_required: bool = True) -> None:
    """Refuse a change of what is not as the client knows it, by its `If-Match`.

    What is shown in several forms has several tags, of which any one will do; what is not there has
    none. Raises `PreconditionFailed` where it has another tag now, `PreconditionRequired` where the
    client says nothing and has to. `*` stands for any.
    """
    known = request.headers.get("if-match")
    if known is None:
        if is_required:
            raise PreconditionRequired("no If-Match was sent")
    elif known.strip() != "*" and not set(etags) & set(_STRONG.findall(known)):
        now = f"its ETag is {min(etags)} now" if etags else "it is not there"
        raise PreconditionFailed(f"{now}, not {known[:100]}")


def not_modified(etag: str) -> Response[None]:
    """The answer for a client that holds the representation: 304, with the tag."""
    return Response(None, status_code=304, headers={"ETag": etag})
