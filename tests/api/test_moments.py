"""One name is one state of the database, and a tag is current only while nothing changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Database, cloned
from nexus_api import moments
from nexus_api.moments import Moments
from nexus_hub.platform import db as platform_db
from nexus_hub.platform.queries.moment import moment_get

WRITERS = 3
STEPS = st.lists(
    st.tuples(
        st.integers(0, WRITERS - 1),
        st.sampled_from(["insert", "delete", "savepoint", "undo", "commit", "rollback", "touch"]),
    ),
    max_size=30,
)
WRITES = {
    "insert": "INSERT INTO public.seen DEFAULT VALUES",
    "delete": "DELETE FROM public.seen"
    " WHERE n IN (SELECT n FROM public.seen ORDER BY n LIMIT 1 FOR UPDATE SKIP LOCKED)",
    "savepoint": "SAVEPOINT s",
    "undo": "ROLLBACK TO SAVEPOINT s",
    "touch": "SELECT pg_current_xact_id()",
}
SEES = "SELECT platform.tell_moment(), array(SELECT n FROM public.seen ORDER BY n)"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("moments")
    with cloned(folder) as found, found.connect(None) as connection:
        connection.execute("CREATE TABLE public.seen (n bigserial PRIMARY KEY)")
        connection.execute("GRANT SELECT ON public.seen TO nexus_api")
        connection.commit()
        yield found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_has_one_name_shows_the_same_rows(database: Database, steps: list[tuple[int, str]]):
    known: dict[str, list[int]] = {}
    writers = [database.connect(None) for _ in range(WRITERS)]
    reader = database.connect("nexus_api")
    reader.autocommit = True
    marked: set[int] = set()
    try:
        for number, step in steps:
            writer = writers[number]
            if step in {"commit", "rollback"}:
                getattr(writer, step)()
                marked.discard(number)
            elif step != "undo" or number in marked:
                writer.execute(WRITES[step])
                marked |= {number} if step == "savepoint" else set()
            row = reader.execute(SEES).fetchone()
            assert row is not None
            name, rows = row
            assert known.setdefault(name, rows) == rows
    finally:
        for connection in (*writers, reader):
            connection.close()


def test_a_transaction_that_ends_changes_the_name_and_one_that_runs_does_not_hide_it(
    database: Database,
):
    with database.connect("nexus_api") as reader, database.connect(None) as writer:
        reader.autocommit = True
        names = [moment_get(reader)]
        for _ in range(3):
            writer.execute(WRITES["insert"])
            names.append(moment_get(reader))
            writer.commit()
            names.append(moment_get(reader))
        # What only began may or may not have the name of before; what ended has another.
        assert len({names[0], *names[2::2]}) == 4


Told = Callable[[Moments[str], psycopg.AsyncConnection[Any]], Any]


def with_moments(database: Database, run: Told) -> Any:
    """Run something with the tags of a process, and a connection that writes."""

    async def whole() -> Any:
        pool = platform_db.async_pool(database.settings)
        await pool.open()
        conninfo = database.owner_uri
        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as writer:
            try:
                return await run(Moments(pool), writer)
            finally:
                await pool.close()

    return asyncio.run(whole())


async def noted(moments: Moments[str], reader: psycopg.AsyncConnection[Any], *keys: str) -> str:
    """Note the name of each key as its tag, at a moment after which there was nothing for a while.

    Other databases of the server have transactions of their own, which change the name as well.
    """
    cursor = await reader.execute("SELECT platform.tell_moment()")
    row = await cursor.fetchone()
    assert row is not None
    for key in keys:
        moments.note(row[0], key, f'"{key}"')
    return row[0]


def test_a_tag_is_current_until_something_is_committed(database: Database):
    async def run(told: Moments[str], writer: psycopg.AsyncConnection[Any]) -> None:
        for _ in range(100):
            await noted(told, writer, "a", "b")
            found = await asyncio.gather(*(told.current(key) for key in "abca"))
            if found == ['"a"', '"b"', None, '"a"']:
                break
        else:
            pytest.fail("never current, though there are moments in which nothing is committed")
        for _ in range(5):
            await noted(told, writer, "a", "b")
            await writer.execute(WRITES["insert"])
            assert await asyncio.gather(*map(told.current, "ab")) == [None, None]
            # It is known that there is a newer moment, for which nothing is known.
            assert await told.current("a") is None

    with_moments(database, run)


def test_a_moment_without_a_name_and_too_many_tags_are_not_remembered(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(moments, "MOST_TAGS", 2)

    async def run(told: Moments[str], writer: psycopg.AsyncConnection[Any]) -> None:
        told.note(None, "a", '"a"')
        assert await told.current("a") is None
        for _ in range(100):
            await noted(told, writer, "a", "b", "c")
            found = await asyncio.gather(*map(told.current, "abc"))
            if found == [None, None, '"c"']:
                return
        pytest.fail("the newest is not known")

    with_moments(database, run)
