"""Reads that come at once share a query, and nothing of one reaches another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import psycopg
import pytest

from nexus_api.gathering import MOST, Gatherer


class Store:
    """Answers every key but the bad ones with its square, when the gate is open."""

    def __init__(self, *bad: int) -> None:
        self.bad = frozenset(bad)
        self.asked: list[list[int]] = []
        self.gate = asyncio.Event()
        self.error: Exception = ValueError("a bad key")

    async def read(self, keys: Sequence[int]) -> dict[int, int]:
        self.asked.append(list(keys))
        await self.gate.wait()
        if self.bad & set(keys):
            raise self.error
        return {key: key * key for key in keys if key >= 0}


async def opened(
    store: Store, *reads: asyncio.Task[int | None]
) -> list[int | BaseException | None]:
    await asyncio.sleep(0)
    store.gate.set()
    return await asyncio.gather(*reads, return_exceptions=True)


def begun(gatherer: Gatherer[int, int], *keys: int) -> list[asyncio.Task[int | None]]:
    return [asyncio.create_task(gatherer.get(key)) for key in keys]


def test_reads_that_come_at_once_are_few_queries() -> None:
    async def run() -> None:
        store = Store()
        keys = [*range(-5, 20), 3, 3]
        told = await opened(store, *begun(Gatherer(store.read), *keys))
        assert told == [key * key if key >= 0 else None for key in keys]
        assert len(store.asked) == 3
        assert sorted(key for some in store.asked for key in some) == [*range(-5, 20)]

    asyncio.run(run())


def test_a_read_alone_is_a_query_of_one() -> None:
    async def run() -> None:
        store = Store()
        store.gate.set()
        gatherer = Gatherer(store.read)
        assert [await gatherer.get(2), await gatherer.get(2)] == [4, 4]
        assert store.asked == [[2], [2]]

    asyncio.run(run())


def test_no_query_asks_for_more_than_the_limit() -> None:
    async def run() -> None:
        store = Store()
        keys = range(3 * MOST)
        assert await opened(store, *begun(Gatherer(store.read), *keys)) == [k * k for k in keys]
        assert max(map(len, store.asked)) == MOST

    asyncio.run(run())


def test_a_bad_key_fails_only_who_asked_for_it() -> None:
    async def run() -> None:
        store = Store(7)
        told = await opened(store, *begun(Gatherer(store.read), *range(10)))
        assert isinstance(told[7], ValueError)
        assert [one for key, one in enumerate(told) if key != 7] == [
            key * key for key in range(10) if key != 7
        ]

    asyncio.run(run())


def test_a_database_that_is_away_is_told_to_all_at_once() -> None:
    async def run() -> None:
        store = Store(*range(10))
        store.error = psycopg.OperationalError("away")
        told = await opened(store, *begun(Gatherer(store.read), *range(10)))
        assert all(isinstance(one, psycopg.OperationalError) for one in told)
        assert len(store.asked) == 3

    asyncio.run(run())


@pytest.mark.parametrize("gone", [0, 1, 5])
def test_who_goes_away_takes_nobody_along(gone: int) -> None:
    async def run() -> None:
        store = Store()
        reads = begun(Gatherer(store.read), *range(9), gone)
        await asyncio.sleep(0)
        reads[gone].cancel()
        told = await opened(store, *reads)
        assert isinstance(told[gone], asyncio.CancelledError)
        told.pop(gone)
        assert told == [n * n for n in range(9) if n != gone] + [gone * gone]

    asyncio.run(run())


def test_one_query_runs_at_a_time_where_that_is_wanted() -> None:
    async def run() -> None:
        store = Store()
        reads = begun(Gatherer(store.read, at_once=1), *range(9))
        await asyncio.sleep(0)
        assert store.asked == [[0]]
        assert await opened(store, *reads) == [n * n for n in range(9)]
        assert store.asked == [[0], [*range(1, 9)]]

    asyncio.run(run())


@pytest.mark.parametrize("at_once", [1, 2])
def test_who_asks_again_at_once_when_answered_is_not_forgotten(at_once: int) -> None:
    async def read(keys: Sequence[int]) -> dict[int, int]:
        await asyncio.sleep(0)
        return {key: -key for key in keys}

    async def run() -> None:
        gatherer = Gatherer(read, at_once=at_once)

        async def asker(number: int) -> list[int | None]:
            return [await gatherer.get(number * 100 + turn) for turn in range(1, 20)]

        for askers in range(1, 9):
            answers = await asyncio.wait_for(asyncio.gather(*map(asker, range(askers))), 20)
            for number, found in enumerate(answers):
                assert found == [-(number * 100 + turn) for turn in range(1, 20)]

    asyncio.run(run())
