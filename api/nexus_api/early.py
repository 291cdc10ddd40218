"""Plain requests, answered by their rooms before the framework is asked.

A handler that has such an answer names it under `EARLY` in its `opt`; it is asked for every GET
below the first segment of the handler's path, and says whether it has answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.types import HTTPScope, Send

EARLY = "early"
Answer = Callable[[Litestar, HTTPScope, Send], Awaitable[bool]]
"""Answers a request, or gives back False with nothing sent; what it raises was not answered."""


def answers_of(app: Litestar) -> dict[str, Answer]:
    """First segment of a path -> who may answer early there."""
    return {
        route.path.split("/")[1]: handler.opt[EARLY]
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if EARLY in handler.opt
    }
