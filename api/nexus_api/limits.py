"""How many requests a client may make, of all server processes together.

A process leases a tenth of a client's limit at a time, for the interval that runs, and answers from
it without asking the database; clients that come at the same time are leased for in one statement.
What a process does not use in an interval is lost, so that the sum is never above the limit. Where
the database does not answer, nobody is held up. Clients on this machine are not limited, unless a
proxy in front tells whose requests they are.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import math
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.datastructures import Headers
from litestar.types import HTTPScope
from psycopg_pool import PoolTimeout

from nexus_api.database import WAIT_S, Pool
from nexus_api.paging import shared_secret
from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import TooManyRequests
from nexus_hub.aquilo.queries.pool import pool_lease_async
from nexus_hub.platform.config import Settings

PUBLIC, POLITE, PLUS = "public", "polite", "plus"
STRANGER, PROPOSER = "stranger", "proposer"
MOST_HELD = 50_000
MOST_TRIES = 50
Key = tuple[str, bytes]


@dataclass(slots=True)
class Lease:
    """What is left of a lease; `until` is in seconds of the monotonic clock."""

    left: int
    until: float
    requests: int
    interval_s: int

    @property
    def headers(self) -> dict[str, str]:
        """What a client is told of its limit."""
        return {
            "X-Rate-Limit-Limit": str(self.requests),
            "X-Rate-Limit-Interval": f"{self.interval_s}s",
        }


class Limiter:
    """The leases of one process."""

    def __init__(self, pool: Pool, secret: bytes) -> None:
        self._pool = pool
        self._secret = secret
        self._leases: dict[Key, Lease] = {}
        self._wanted: dict[Key, asyncio.Future[None]] = {}
        self._leasing: asyncio.Task[None] | None = None

    def key(self, pool: str, client: str) -> Key:
        """A client in a pool, as it is written down: nobody else can tell its address from it."""
        return pool, hmac.digest(self._secret, b"client " + client.encode(), hashlib.sha256)[:16]

    async def take(self, key: Key) -> Lease | None:
        """Count one request; None where it cannot be counted. Raises `Refused` past the limit."""
        for _ in range(MOST_TRIES):
            lease = self._leases.get(key)
            now = time.monotonic()
            if lease and lease.until > now:
                if lease.left > 0:
                    lease.left -= 1
                    return lease
                if lease.left < 0:
                    raise _refusal(key[0], lease, now)
            if not await self._lease(key):
                return None
        return None

    def give_back(self, lease: Lease | None) -> None:
        """Uncount one request."""
        if lease is not None and lease.left >= 0:
            lease.left += 1

    async def _lease(self, key: Key) -> bool:
        wanted = self._wanted.get(key)
        if wanted is None:
            wanted = self._wanted[key] = asyncio.get_running_loop().create_future()
        if self._leasing is None or self._leasing.done():
            self._leasing = asyncio.create_task(self._run(), name="limits")
        try:
            await asyncio.shield(wanted)
        except (psycopg.Error, PoolTimeout):
            return False
        return True

    async def _run(self) -> None:
        while self._wanted:
            wanted, self._wanted = self._wanted, {}
            try:
                await self._fetch(wanted)
            except (psycopg.Error, PoolTimeout) as error:
                for future in wanted.values():
                    future.set_exception(error)
                    future.exception()  # Seen, also where nobody waits any more.
            else:
                for future in wanted.values():
                    future.set_result(None)

    async def _fetch(self, wanted: dict[Key, asyncio.Future[None]]) -> None:
        asked_at = time.monotonic()
        async with self._pool.connection(WAIT_S) as db:
            rows = await pool_lease_async(
                db, pools=[key[0] for key in wanted], clients=[key[1] for key in wanted]
            )
        if len(self._leases) > MOST_HELD:
            self._leases = {k: one for k, one in self._leases.items() if one.until > asked_at}
        for row in rows:
            # From before it was asked: the lease ends here before it does in the database.
            until = asked_at + row.left_ms / 1000
            left = row.granted or -1
            lease = Lease(left, until, row.requests, row.interval_s)
            self._leases[row.pool, bytes(row.client)] = lease


def _refusal(pool: str, lease: Lease, now: float) -> Refused:
    wait = max(1, math.ceil(lease.until - now))
    detail = f"{lease.requests} requests in {lease.interval_s} s are answered"
    headers = {"Retry-After": str(wait), "X-API-Pool": pool} | lease.headers
    return Refused(TooManyRequests(detail), headers=headers)


async def take(connection: ASGIConnection[Any, Any, Any, Any], pool: str) -> Lease | None:
    """Count one request in this pool, beside the one it is in; None for who is not limited.

    Raises `Refused` with 429 past the limit.
    """
    app = connection.app
    client = client_of(app.state.settings, connection.scope, connection.headers)  # ty: ignore[invalid-argument-type]
    limiter = limiter_of(app)
    return await limiter.take(limiter.key(pool, client)) if client else None


def client_of(settings: Settings, scope: HTTPScope, headers: Headers) -> str | None:
    """Whose request it is, by address; None for clients on this machine, who are not limited.

    Addresses of IPv6 count by their first 64 bits: one subscriber has all of the rest.
    """
    peer = scope.get("client")
    told = peer[0] if peer else ""
    if settings.client_header and (sent := headers.get(settings.client_header)):
        told = sent.rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            network = ipaddress.ip_network((address, 64), strict=False)
            return None if address.is_loopback else str(network)
        address = address.ipv4_mapped
    return None if address.is_loopback else str(address)


def limiter_of(app: Litestar) -> Limiter:
    """The limiter of this process."""
    found: Limiter | None = app.state.get("limiter")
    if found is None:
        secret = shared_secret(app.state.settings.home)
        found = app.state.limiter = Limiter(app.state.pool, secret)
    return found
