"""In which pool a client is, and what every answer tells of that pool's limit.

No request waits for the database to learn this: the rows of the pools are read again once a minute
beside the requests, and that a key is good is remembered for a minute, which decides the pool and
nothing else. Whether a key may do something is looked up by `nexus_api.auth`, each time.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qs

import psycopg
from litestar import Litestar
from litestar.datastructures import Headers
from litestar.types import HTTPScope
from psycopg_pool import PoolTimeout

from nexus_api.database import WAIT_S, Pool
from nexus_api.limits import PLUS, POLITE, PUBLIC, STRANGER, Limiter, client_of, limiter_of
from nexus_api.problems import Refused
from nexus_api.raw_path import RESOLVER
from nexus_hub.aquilo.queries.pool import pool_list_async
from nexus_hub.catalog.credentials import read_header
from nexus_hub.catalog.queries.token import token_find_async

Told = dict[bytes, bytes]
NOBODYS = b"\0" * 32
"""What the secret of a key that is not known is compared with."""
TRIED = "nexus.key_tried"
"""What the scope of a request has whose key was tried, counted, and found not to be good."""
FRESH_S, AGAIN_S, FIRST_S = 60.0, 5.0, 0.5
MOST_KNOWN = 10_000
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NAMES = (f"/{RESOLVER}/", "/api/handles/")


class Pools:
    """The rows of the pools and the keys that were good lately, as one process knows them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._told: dict[str, Told] = {}
        self._due = 0.0
        self._reading: asyncio.Task[None] | None = None
        self._known: dict[bytes, tuple[bool, float]] = {}

    async def told(self, pool: str) -> Told:
        """The headers that tell of a pool's limit; where no row is known yet, of the pool alone."""
        now = time.monotonic()
        if now >= self._due:
            self._due = now + (FRESH_S if self._told else AGAIN_S)
            self._reading = asyncio.create_task(self._read(), name="pools")
        if not self._told and self._reading is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._reading), FIRST_S)
        return {**(self._told.get(pool) or {b"x-api-pool": pool.encode()})}

    async def is_good(self, header: str, limiter: Limiter, client: str | None) -> bool | None:
        """Whether a header holds a key that is good, or was within a minute.

        None where that was tried just now, and was not: it counts as a key tried at random.
        """
        mark = hashlib.sha256(header.encode("latin-1", "replace")).digest()
        known, until = self._known.get(mark, (False, 0.0))
        if until > time.monotonic():
            return known
        key = read_header(header)
        if key is None:
            return False
        try:
            tried = await limiter.take(limiter.key(STRANGER, client)) if client else None
            async with self._pool.connection(WAIT_S) as db:
                found = await token_find_async(db, token_id=key.token_id)
        except (Refused, psycopg.Error, PoolTimeout):
            return False
        # Compared in either case, so that the time it takes does not tell which ids there are.
        fits = key.fits(found.secret_sha256 if found else NOBODYS) and found is not None
        if fits:
            limiter.give_back(tried)
        is_good = found is not None and fits and found.refusal is None
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[mark] = is_good, time.monotonic() + FRESH_S
        return is_good or (False if fits else None)

    async def close(self) -> None:
        """Leave nothing running."""
        reading = self._reading
        # What another event loop ran has ended with it.
        if reading is not None and reading.get_loop() is asyncio.get_running_loop():
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async with self._pool.connection(WAIT_S) as db:
                rows = await pool_list_async(db)
        except (psycopg.Error, PoolTimeout):
            # Answers tell what was known; it is tried again.
            return
        self._told = {row.pool: headers_of(row.pool, row.requests, row.interval_s) for row in rows}
        self._due = time.monotonic() + FRESH_S


def headers_of(pool: str, requests: int, interval_s: int) -> Told:
    """What is told of a pool's limit.

    >>> headers_of("public", 50, 1)[b"x-rate-limit-interval"]
    b'1s'
    """
    return {
        b"x-api-pool": pool.encode(),
        b"x-rate-limit-limit": str(requests).encode(),
        b"x-rate-limit-interval": f"{interval_s}s".encode(),
    }


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncGenerator[None]:
    """Know the pools while the app runs; comes after the database's."""
    app.state.pools = Pools(app.state.pool)
    try:
        yield
    finally:
        await app.state.pools.close()


async def place(app: Litestar, scope: HTTPScope) -> tuple[str, Told]:
    """The pool a request is in, and what its answer tells of it."""
    pools: Pools = app.state.pools
    agent, shown = b"", None
    for name, value in scope["headers"]:
        if name == b"user-agent":
            agent = value
        elif name == b"authorization":
            shown = value
    if shown is not None:
        client = client_of(app.state.settings, scope, Headers.from_scope(scope))
        is_good = await pools.is_good(shown.decode("latin-1"), limiter_of(app), client)
        if is_good:
            return PLUS, await pools.told(PLUS)
        if is_good is None:
            scope[TRIED] = True  # ty: ignore[invalid-typed-dict-key]
    query = scope["query_string"]
    is_polite = b"mailto:" in agent or (
        b"mailto" in query and "mailto" in parse_qs(query.decode("latin-1"))
    )
    pool = POLITE if is_polite else PUBLIC
    return pool, await pools.told(pool)


async def admit(app: Litestar, scope: HTTPScope, pool: str) -> Told:
    """Count a request that writes or resolves a name; what a lease tells of its limit.

    Raises `Refused` with 429 past the limit.
    """
    if scope["method"] not in _WRITES and not scope["path"].startswith(_NAMES):
        return {}
    client = client_of(app.state.settings, scope, Headers.from_scope(scope))
    if client is None:
        return {}
    limiter = limiter_of(app)
    lease = await limiter.take(limiter.key(pool, client))
    return headers_of(pool, lease.requests, lease.interval_s) if lease else {}
