"""What all lists have in common: the head of an answer, a link to the next page, lines of JSON."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.response import Stream

from nexus_api.conditional import is_fresh, not_modified
from nexus_api.paging import next_link

JSON = "application/json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"


def wants_head(request: Request[Any, Any, Any]) -> bool:
    """Whether only the head of the answer is wanted, so that the list need not be read."""
    from nexus_api.app import is_head  # Rooms are imported by the application, not the reverse.

    return is_head(request)


def head_only(media_type: str, headers: dict[str, str]) -> Stream:
    """The head of a list that was not read, so that its length is not known."""
    return Stream(iter(()), media_type=media_type, headers=headers)


def short_answer(
    request: Request[Any, Any, Any],
    etag: str,
    media_type: str = JSON,
    headers: dict[str, str] | None = None,
) -> Response[Any] | Stream | None:
    """The answer to who holds a list already, or wants its head alone; None for all others."""
    if is_fresh(request, etag):
        return not_modified(etag)
    if wants_head(request):
        return head_only(media_type, (headers or {}) | {"ETag": etag})
    return None


def page_answer(
    request: Request[Any, Any, Any],
    content: bytes,
    *,
    media_type: str = JSON,
    cursor: str | None = None,
    etag: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """A page of a list, with its tag and the link to the next page where there is one."""
    told = dict(headers or {})
    if etag:
        told["ETag"] = etag
    if cursor:
        told["Link"] = next_link(request, cursor)
    return Response(content, media_type=media_type, headers=told)
