"""The newest index of the changelog as a process knows it, without asking for each request.

One connection per process listens: PostgreSQL tells of every acceptance when it commits. Once a
second the index is read as well, so that it is at most a second old also where no notification
comes, as on a replica.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from litestar import Litestar
from psycopg import AsyncConnection

from nexus_api.database import Pool
from nexus_hub.catalog.queries.changelog import changelog_head_async
from nexus_hub.catalog.queries.changes import change_listen_async
from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import DatabaseUnavailable

REFRESH_S = 1.0
"""How old the index can be where no notification comes."""

PATIENCE_S = 5.0
"""How long a request waits for the first index before the database counts as away."""

log = structlog.get_logger("nexus.api")


class ChangelogClock:
    """Tells the newest index, and wakes those who wait for a newer one.

    It begins to listen when it is first asked, and ends with the event loop of its process.
    """

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        self._index: int | None = None
        self._changed = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def index(self) -> int:
        """The newest index, at most a second old; 0 before the first acceptance.

        Raises `DatabaseUnavailable` where it cannot be learnt.
        """
        if self._index is None:
            await self.wait_for(0, PATIENCE_S)
        if self._index is None:
            raise DatabaseUnavailable("the changelog cannot be read")
        return self._index

    async def wait_for(self, wanted: int, seconds: float) -> int:
        """Wait until the index is at least this one, or the time is over; the index then."""
        self._listen()
        until = time.monotonic() + seconds
        while self._index is None or self._index < wanted:
            left = until - time.monotonic()
            if left <= 0:
                break
            changed = self._changed
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), left)
        return -1 if self._index is None else self._index

    def _listen(self) -> None:
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._run(), name="changelog clock")

    async def _run(self) -> None:
        conninfo = db.as_role(db.uri(self._settings), "nexus_api")
        is_heard = True
        while True:
            try:
                async with await AsyncConnection.connect(conninfo, autocommit=True) as connection:
                    if not is_heard:
                        # What was lost with this connection was lost with the others, too.
                        await self._pool.check()
                    is_heard = True
                    await self._hear(connection)
            except psycopg.Error as error:
                self._index = None
                if is_heard:
                    log.warning("changelog not heard", error=str(error).strip())
                is_heard = False
            await asyncio.sleep(REFRESH_S)

    async def _hear(self, connection: AsyncConnection[Any]) -> None:
        is_told = False
        while True:
            is_told = is_told or await _listen(connection)
            self._note(await changelog_head_async(connection) or 0)
            async for told in connection.notifies(timeout=REFRESH_S):
                self._note(int(told.payload))

    def _note(self, index: int) -> None:
        if self._index is None or index > self._index:
            self._index = index
            changed, self._changed = self._changed, asyncio.Event()
            changed.set()


async def _listen(connection: AsyncConnection[Any]) -> bool:
    """Whether PostgreSQL tells of acceptances from now on; a standby does not, until promoted."""
    try:
        await change_listen_async(connection)
    except psycopg.errors.ReadOnlySqlTransaction:
        return False
    return True


def clock_of(app: Litestar) -> ChangelogClock:
    """The clock of this process."""
    clock: ChangelogClock | None = app.state.get("clock")
    if clock is None:
        clock = app.state.clock = ChangelogClock(app.state.settings, app.state.pool)
    return clock
