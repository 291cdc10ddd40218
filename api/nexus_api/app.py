"""The application: routes on raw paths, answers HEAD like GET, fails in JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.types import (
    ControllerRouterHandler,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)

from nexus_api import bodies, database, early, openapi, pools, problems, resolutions, rooms
from nexus_api.metrics import Metrics
from nexus_api.pages.session import Sessions
from nexus_api.paging import Pager, shared_secret
from nexus_api.parameters import NoNull
from nexus_api.raw_path import DecodedPath, routed_path
from nexus_api.v0 import failures
from nexus_hub.aquilo.errors import MalformedRequest
from nexus_hub.platform.config import Settings

MAX_BODY_BYTES = 50_000_000
_HEAD_ONLY = "nexus.head_only"
_TELLS_METHODS = frozenset({204, 405})


class NexusApp(Litestar):
    """Litestar behind one door: what every request meets before it is routed."""

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        """Answer one request, or run the lifespan."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        metrics: Metrics = self.state.metrics
        send = metrics.observed(scope, send, scope["method"])  # ty: ignore[invalid-argument-type]
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
            scope[_HEAD_ONLY] = True  # ty: ignore[invalid-typed-dict-key]
            send = _without_body(send)
        pool, told = await pools.place(self, scope)
        send = self._completed(scope, send, told)
        try:
            bodies.check_encoding(scope)
            _route(scope)
            told |= await pools.admit(self, scope, pool)
            if await self._answered_early(scope, send):
                return
        except Exception as error:
            scope["app"] = scope["litestar_app"] = self
            request: Request[Any, Any, Any] = Request(scope)
            response = failures.answer(request, error)
            await response.to_asgi_response(app=None, request=request)(scope, receive, send)  # ty: ignore
            return
        receive = bodies.paced(receive)  # ty: ignore[invalid-argument-type]
        await super().__call__(scope, receive, send)

    async def _answered_early(self, scope: HTTPScope, send: Send) -> bool:
        """Whether a request was so plain that its room has answered it already."""
        answers: dict[str, early.Answer] = self.state.early
        answer = answers.get(scope["path"].split("/", 2)[1])
        return answer is not None and scope["method"] == "GET" and await answer(self, scope, send)

    def _completed(self, scope: HTTPScope, send: Send, headers: dict[bytes, bytes]) -> Send:
        """Add headers to an answer that does not say them itself; tell of the methods of a path.

        HEAD is told of wherever GET is allowed, and where OPTIONS asks, all methods are: the
        framework's own answer knows those handlers of a path alone that were registered together.
        """

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] in _TELLS_METHODS:
                    methods = self._methods(scope) if scope["method"] == "OPTIONS" else None
                    message["headers"] = [
                        (name, _allowed(methods or value) if name == b"allow" else value)
                        for name, value in message["headers"]
                    ]
                said = {name for name, _ in message["headers"]}
                added = [one for one in headers.items() if one[0] not in said]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        return told

    def _methods(self, scope: HTTPScope) -> bytes:
        """The methods of a routed path, of every route that has its shape."""
        shapes: dict[str, set[str]] | None = self.state.get("methods")
        if shapes is None:
            shapes = self.state.methods = {}
            for route in self.routes:
                if isinstance(route, HTTPRoute):
                    shapes.setdefault(_shape(route.path_format), set()).update(route.methods)
        found = shapes.get(_shape(scope.get("path_template", "")), ())
        return ", ".join(sorted(found)).encode()

    def begin(self, settings: Settings) -> None:
        """Know these settings and nothing else; what was known before is forgotten.

        To make the routes takes a while: who serves one hub after another makes them once.
        """
        secret = shared_secret(settings.home)
        self.state = State(
            {
                "settings": settings,
                "metrics": Metrics(),
                "pager": Pager(secret),
                "sessions": Sessions(secret),
                "early": early.answers_of(self),
            }
        )

    def register(self, value: ControllerRouterHandler) -> None:
        """Add routes, but for Litestar's own schema pages, whose failures are HTML."""
        if isinstance(value, Router) and value.path == openapi.SCHEMA_PATH:
            return
        super().register(value)


def create_app(
    settings: Settings, handlers: Sequence[ControllerRouterHandler] | None = None
) -> NexusApp:
    """The application with all rooms' routes, or with the given ones instead.

    Handlers find: `db` (a connection in the request's transaction), `pager`, `settings`, and in
    `request.app.state` the pool itself, for answers that are streamed.
    """
    problems.load_errors()
    app = NexusApp(
        route_handlers=rooms.route_handlers() if handlers is None else handlers,
        dependencies={
            "db": Provide(database.connection),
            "pager": Provide(_pager, sync_to_thread=False),
            "settings": Provide(_settings, sync_to_thread=False),
        },
        exception_handlers={Exception: failures.answer},
        lifespan=[database.lifespan, pools.lifespan, resolutions.lifespan],
        logging_config=None,
        middleware=[DecodedPath(), NoNull()],
        openapi_config=openapi.config(),
        request_max_body_size=MAX_BODY_BYTES,
    )
    app.begin(settings)
    return app


def is_head(request: Request[Any, Any, Any]) -> bool:
    """Whether only the head of the answer is wanted, so that a list need not be read."""
    return _HEAD_ONLY in request.scope


def _route(scope: HTTPScope) -> None:
    query = scope.get("query_string", b"")
    if b"%00" in query or b"\0" in query:
        raise MalformedRequest("the query holds a NUL character")
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    scope["path"] = routed_path(raw, query)


def _pager(request: Request[Any, Any, Any]) -> Pager:
    return request.app.state.pager


def _settings(request: Request[Any, Any, Any]) -> Settings:
    return request.app.state.settings


def _shape(template: str) -> str:
    """The template of a path without the names of its parameters.

    >>> _shape("/works/{doi:str}/history")
    '/works/{}/history'
    """
    return re.sub(r"\{[^}]*\}", "{}", template)


def _allowed(methods: bytes) -> bytes:
    return methods + b", HEAD" if b"GET" in methods else methods


def _without_body(send: Send) -> Send:
    """Pass the head of an answer on, and of its body only that it is over."""
    is_over = False

    async def headed(message: Message) -> None:
        nonlocal is_over
        if message["type"] == "http.response.body":
            if is_over:
                return
            is_over = True
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(message)

    return headed
