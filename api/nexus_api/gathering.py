"""Reads that come at the same time are answered by one query.

A read that comes alone runs at once, as it would without this. While it runs, others gather, and
what gathered is asked for together: the busier a process is, the fewer queries it sends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from nexus_hub.platform.db import is_passing

Key = TypeVar("Key")
Row = TypeVar("Row")

MOST = 64
"""How many keys one query asks for at most."""

AT_ONCE = 2
"""How many queries run at the same time: one is read by us while the other is made there."""


class Gatherer(Generic[Key, Row]):
    """Reads rows by key for many who ask at once; belongs to one event loop.

    `read` gives the rows there are for some keys, each once. Where it fails for several keys, each
    is asked for alone, so that only who asked for a bad one is told; unless the database is away,
    which is told to all.
    """

    def __init__(
        self,
        read: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Row]]],
        at_once: int = AT_ONCE,
    ) -> None:
        self._read = read
        self._at_once = at_once
        self._waiting: dict[Key, list[asyncio.Future[Row | None]]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._alone = 0

    async def get(self, key: Key) -> Row | None:
        """The row of a key; None where there is none. Raises what reading it raises."""
        if self._alone + len(self._running) < self._at_once and not self._waiting:
            self._alone += 1
            try:
                return (await self._read([key])).get(key)
            finally:
                self._alone -= 1
                self._go_on()
        answer: asyncio.Future[Row | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(answer)
        self._go_on()
        return await answer

    def _go_on(self) -> None:
        if self._waiting and self._alone + len(self._running) < self._at_once:
            task = asyncio.create_task(self._work(), name="gathered reads")
            self._running.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        # Who was answered may have asked again already, when the task had found nobody waiting.
        if not task.cancelled():
            self._go_on()

    async def _work(self) -> None:
        while self._waiting:
            keys = list(self._waiting)[:MOST]
            asked = {key: self._waiting.pop(key) for key in keys}
            await self._answer(asked)

    async def _answer(self, asked: Mapping[Key, Sequence[asyncio.Future[Row | None]]]) -> None:
        # Who has gone since is not asked for.
        keys = [key for key, answers in asked.items() if not all(one.done() for one in answers)]
        if not keys:
            return
        answers = [(key, one) for key in keys for one in asked[key]]
        try:
            found = await self._read(keys)
        except Exception as error:
            if len(keys) > 1 and not is_passing(error):
                for key in keys:
                    await self._answer({key: asked[key]})
                return
            for _, answer in answers:
                if not answer.done():
                    answer.set_exception(error)
        except asyncio.CancelledError:
            for _, answer in answers:
                answer.cancel()
            raise
        else:
            for key, answer in answers:
                if not answer.done():
                    answer.set_result(found.get(key))
