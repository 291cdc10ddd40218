"""Tags that are known to be current, since nothing was committed after they were read.

PostgreSQL names what a statement sees (`platform.tell_moment`). As long as the name is the same,
whatever was read before is as it was, so one small query answers for everything that is known, and
for all who ask at once. Where anything at all was committed since, what is known counts for
nothing, and each tag is read anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from nexus_api.database import WAIT_S, Pool
from nexus_api.gathering import Gatherer
from nexus_hub.platform.queries.moment import moment_get_async

Key = TypeVar("Key", bound=Hashable)

MOST_TAGS = 100_000
"""How many tags a process knows at most."""

_NOW = ""


class Moments(Generic[Key]):
    """The tags that one process read at the newest moment that it knows."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        # One at a time: what it costs is to be asked, not to answer.
        self._asking: Gatherer[str, str | None] = Gatherer(self._ask, at_once=1)
        self._moment: str | None = None
        self._tags: dict[Key, str] = {}

    async def current(self, key: Key) -> str | None:
        """The tag of a key, where it is known to be current; else None."""
        moment, tags = self._moment, self._tags
        found = tags.get(key)
        if found is None:
            return None
        now = await self._asking.get(_NOW)
        if now == moment:
            return found
        if self._moment == moment:
            # So that nobody else asks in vain.
            self._moment, self._tags = now, {}
        return None

    def note(self, moment: str | None, key: Key, tag: str) -> None:
        """Take up a tag that was read at a moment; one that has no name is not remembered."""
        if moment is None:
            return
        if moment != self._moment or len(self._tags) >= MOST_TAGS:
            self._moment, self._tags = moment, {}
        self._tags[key] = tag

    async def _ask(self, keys: Sequence[str]) -> dict[str, str | None]:
        async with self._pool.connection(WAIT_S) as db:
            await db.set_autocommit(True)
            try:
                now = await moment_get_async(db)
            finally:
                await db.set_autocommit(False)
        return dict.fromkeys(keys, now)
