"""Counts how names are resolved, without a write for any request.

A process adds up in memory and writes once a second, all at once, and when it stops. What a process
that is killed counted since it wrote last is lost: a second at most. Nothing is kept of who asked
but whether it was a browser, a program or a robot; no address, no referrer.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import structlog
from litestar import Litestar, Request
from psycopg_pool import PoolTimeout

from nexus_api.database import WAIT_S, Pool
from nexus_hub.gleba.queries.resolution import resolution_add_async

FLUSH_S = 1.0
MOST_KEYS = 20_000
"""How many different things a process counts before it writes; past it, those nobody registered
are counted together, and while the database is away the others are not counted at all."""

NOTHING = UUID(int=0)
LONGEST = 200
"""Names nobody registered are kept up to this length; longer ones are counted together."""

OTHERS = "10."
_ROBOT = re.compile(r"bot|crawl|spider|slurp|fetch|archiver|monitor|preview|scan", re.IGNORECASE)
_BROWSER = re.compile(r"Mozilla/|Opera/")
log = structlog.get_logger("nexus.api")


class Key(NamedTuple):
    """What is counted: a name, in which hour, with which outcome, for what kind of agent."""

    croid: UUID
    doi: str
    hour: datetime
    outcome: str
    agent: str
    location: int


class ResolutionLog:
    """The counts of one process that are not written yet."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counts: Counter[Key] = Counter()
        self._writing: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()
        self.dropped = 0

    def note(
        self,
        request: Request[Any, Any, Any],
        outcome: str,
        *,
        doi: str = "",
        croid: UUID = NOTHING,
        location: int = -1,
    ) -> None:
        """Count one answer; it is written within a second."""
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        if croid == NOTHING and len(doi) > LONGEST:
            doi = OTHERS
        agent = agent_class(request.headers.get("user-agent", ""))
        key = Key(croid, doi, hour, outcome, agent, location)
        if key not in self._counts and len(self._counts) >= MOST_KEYS:
            if croid != NOTHING:
                self.dropped += 1
                return
            key = key._replace(doi=OTHERS)
        self._counts[key] += 1
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._soon(), name="resolution log")

    async def flush(self) -> None:
        """Write what was counted; where it cannot be written, it stays for the next time."""
        async with self._lock:
            counts, self._counts = self._counts, Counter()
            if not counts:
                return
            try:
                await self._write(counts)
            except (psycopg.Error, PoolTimeout) as error:
                counts.update(self._counts)
                self._counts = counts
                log.warning("resolutions not written", error=str(error).strip())

    async def _soon(self) -> None:
        while self._counts:
            await asyncio.sleep(FLUSH_S)
            await self.flush()

    async def _write(self, counts: Counter[Key]) -> None:
        columns = list(zip(*counts, strict=True))
        async with self._pool.connection(WAIT_S) as db:
            await resolution_add_async(
                db,
                croids=list(columns[0]),
                dois=list(columns[1]),
                hours=list(columns[2]),
                outcomes=list(columns[3]),
                agents=list(columns[4]),
                locations=list(columns[5]),
                counts=list(counts.values()),
            )


def agent_class(user_agent: str) -> str:
    """What asks, by its own words.

    >>> agent_class("Mozilla/5.0 (X11)"), agent_class("curl/8"), agent_class("Googlebot/2.1")
    ('browser', 'program', 'robot')
    """
    if _ROBOT.search(user_agent):
        return "robot"
    return "browser" if _BROWSER.match(user_agent) else "program"


def log_of(app: Litestar) -> ResolutionLog:
    """The log of this process."""
    found: ResolutionLog | None = app.state.get("resolutions")
    if found is None:
        found = app.state.resolutions = ResolutionLog(app.state.pool)
    return found


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncGenerator[None]:
    """Write what is left when the process stops."""
    yield
    if "resolutions" in app.state:
        await log_of(app).flush()
