"""The database as handlers see it: one connection, one transaction per request."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from nexus_hub.platform import db
from nexus_hub.platform.config import Settings

WAIT_S = 5.0
"""How long a request waits for a connection before it is told to come again."""

Database = NamedDependency[SkipValidation[AsyncConnection[Any]]]
"""The type of a handler's parameter `db`."""

Pool = AsyncConnectionPool[AsyncConnection[Any]]


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncGenerator[None]:
    """Keep a pool open while the app runs; the app starts also while the database is away."""
    settings: Settings = app.state.settings
    pool = db.async_pool(settings, role="nexus_api")
    await pool.open(wait=False)
    app.state.pool = pool
    try:
        yield
    finally:
        await pool.close()


async def connection(state: State) -> AsyncGenerator[AsyncConnection[Any]]:
    """A connection in a transaction: committed when the handler returns, else rolled back."""
    pool: Pool = state.pool
    async with pool.connection(WAIT_S) as conn:
        yield conn
