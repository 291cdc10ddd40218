"""How new an answer is: `X-Nexus-Index` on every one, `X-Nexus-Min-Index` from who cannot wait.

The index is noted before anything is read, so an answer is at least as new as it says.
"""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from nexus_api.clock import clock_of
from nexus_api.problems import Refused, invalid
from nexus_hub.aquilo.errors import IndexNotReached

HEADER = "X-Nexus-Index"
MIN_HEADER = "X-Nexus-Min-Index"
MOST_WAIT_S = 10.0
_NOTED = "nexus.index"
_WIRE = HEADER.lower().encode()


class Freshness(ASGIMiddleware):
    """Waits, up to ten seconds, for the index a reader asks for, and tells the index of the answer.

    A handler that knows better, since it reads what is derived later, sets the header itself.
    """

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on once it can be answered."""
        wanted = _wanted(Headers.from_scope(scope))
        clock = clock_of(scope["litestar_app"])
        index = await clock.index()
        if index < wanted:
            index = await clock.wait_for(wanted, MOST_WAIT_S)
        if index < wanted:
            raise not_reached(index)
        scope["state"][_NOTED] = index
        told = str(index).encode()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if all(name.lower() != _WIRE for name, _ in headers):
                    message["headers"] = [*headers, (_WIRE, told)]
            await send(message)

        await next_app(scope, receive, noted)


def index_of(request: Request[Any, Any, Any]) -> int:
    """The index that was newest when the request came in."""
    return request.scope["state"][_NOTED]


def wanted_index(request: Request[Any, Any, Any]) -> int:
    """The index the reader asks for at least; 0 where it does not."""
    return _wanted(request.headers)


def not_reached(index: int) -> Refused:
    """The refusal of an answer that would be too old."""
    error = IndexNotReached(f"the newest index that can be answered from here is {index}")
    return Refused(error, headers={"Retry-After": "1", HEADER: str(index)})


def _wanted(headers: Headers) -> int:
    text = headers.get(MIN_HEADER)
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise invalid(MIN_HEADER, text[:40], "an index of the changelog, a whole number")
    return int(text)
