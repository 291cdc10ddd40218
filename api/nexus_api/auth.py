"""Who asks. Every credential is read here and nowhere else.

A route says what it needs with `**keyed("edit")`; its handler then finds who asks with
`agent_of(request)`. Each request looks its key up, so that a revoked one is refused at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from nexus_api.database import WAIT_S, Pool
from nexus_api.limits import STRANGER, limiter_of, take
from nexus_api.pools import NOBODYS, TRIED
from nexus_hub.aquilo.errors import BadKey, KeyRequired
from nexus_hub.catalog.credentials import read_header
from nexus_hub.catalog.errors import Forbidden
from nexus_hub.catalog.queries.models import EditorRole
from nexus_hub.catalog.queries.token import TokenFindRow, token_find_async, token_note_async
from nexus_hub.platform.config import Settings

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]
_AGENT = "nexus.agent"
_REFUSALS = {
    "revoked": "the key was revoked",
    "expired": "the key has expired",
    "inactive": "the editor of the key is not active",
}


@dataclass(frozen=True, slots=True)
class Agent:
    """An editor as it shows itself: what its key is good for, as its role is now."""

    editor_id: UUID
    username: str
    role: EditorRole
    scopes: frozenset[str]
    token_id: UUID | None

    def require(self, scope: str) -> None:
        """Raise `Forbidden` unless the key is good for this."""
        if scope not in self.scopes:
            had = ", ".join(sorted(self.scopes)) or "none"
            raise Forbidden(f"this needs a key with the scope {scope}; the key's are: {had}")


ANONYMOUS = Agent(
    UUID("00000000-0000-7000-8000-000000000002"),
    "anonymous",
    EditorRole.EDITOR,
    frozenset({"deposit", "edit"}),
    None,
)
"""Whoever shows no key to a service that takes deposits from all."""


def keyed(scope: str | None = None, *, is_open: bool = False) -> dict[str, Any]:
    """What a route handler is made with so that it needs a key that is good for `scope`.

    With `is_open`, none is needed where the operator lets everybody in; one that is sent counts.
    """
    kinds = [{name: [scope] if scope else []} for name in ("bearer", "basic")]
    return {"guards": [_guard(scope, is_open)], "security": [*kinds, *([{}] if is_open else [])]}


def known_by_key() -> dict[str, Any]:
    """What a route handler is made with that tells more to who shows a key; none is needed."""
    return {"security": [{"bearer": []}, {"basic": []}, {}]}


def agent_of(request: Request[Any, Any, Any]) -> Agent:
    """Who asks, on a route that needs a key."""
    return request.scope["state"][_AGENT]


def _guard(scope: str | None, is_open: bool) -> Guard:
    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        agent = await identify(connection)
        if agent is None:
            settings: Settings = connection.app.state.settings
            if not (is_open and settings.open_deposits):
                lets_in = "; with NEXUS_OPEN_DEPOSITS the operator lets everybody do this"
                raise KeyRequired(
                    f"this needs a key, and none was sent{lets_in if is_open else ''}"
                )
            agent = ANONYMOUS
        if scope:
            agent.require(scope)
        connection.scope["state"][_AGENT] = agent

    return guard


async def identify(connection: Connection) -> Agent | None:
    """Whose key a request shows; None where it shows none.

    Raises `BadKey` for whatever else stands in the header: what is no key, is not known, or is
    refused. Why one is refused is told to those alone who have its secret.
    """
    headers = connection.headers.getall("authorization", [])
    if not headers:
        return None
    key = read_header(headers[0]) if len(headers) == 1 else None
    if key is None:
        raise BadKey("what the Authorization header holds is no key")
    # Counted before anything is known of the key: past the limit, a good one tells nothing either.
    tried = None if TRIED in connection.scope else await take(connection, STRANGER)
    pool: Pool = connection.app.state.pool
    async with pool.connection(WAIT_S) as database:
        found = await token_find_async(database, token_id=key.token_id)
    # Compared in either case, so that the time it takes does not tell which ids there are.
    if not key.fits(found.secret_sha256 if found else NOBODYS) or found is None:
        raise BadKey("the key is not known here")
    limiter_of(connection.app).give_back(tried)
    if found.refusal is not None:
        raise BadKey(_REFUSALS[found.refusal])
    if not found.is_noted:
        await _note(pool, key.token_id)
    return _agent(found, key.token_id)


async def _note(pool: Pool, token_id: UUID) -> None:
    """Note that a key is used, which is done once a minute at most."""
    async with pool.connection(WAIT_S) as database:
        await token_note_async(database, token_id=token_id)


def _agent(found: TokenFindRow, token_id: UUID) -> Agent:
    return Agent(found.editor_id, found.username, found.role, frozenset(found.scopes), token_id)
