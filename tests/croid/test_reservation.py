"""However many ask for an object by one identifier at once, all are given the same one."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import psycopg
import pytest

from nexus_hub.croid.queries import identifier

QUEUE = "catalog_minted_test"


def race(
    connect: Callable[[], psycopg.Connection[Any]], batches: Sequence[tuple[str, list[str], str]]
):
    """Reserve each batch in a transaction of its own, all starting together."""
    start = Barrier(len(batches))

    def reserve(batch: tuple[str, list[str], str]) -> list[identifier.IdentifierReserveRow]:
        scheme, values, kind = batch
        with connect() as connection:
            connection.execute("SELECT 1")
            start.wait()
            return identifier.identifier_reserve(
                connection, scheme=scheme, values=values, kind=kind
            )

    with ThreadPoolExecutor(len(batches)) as clients:
        return list(clients.map(reserve, batches))


def announced(database: Any) -> list[str]:
    with database.connect(None) as connection:
        rows = connection.execute(
            f"SELECT jsonb_array_elements_text(message -> 'croids') FROM pgmq.q_{QUEUE}"
        ).fetchall()
    return [croid for (croid,) in rows]


@pytest.fixture
def heard_database(fresh_database):
    """A database where a queue hears of every CROID that is minted."""
    with fresh_database.connect(None) as connection:
        connection.execute("SET ROLE nexus_owner")
        connection.execute("SELECT platform.ensure_queue(%s)", [QUEUE])
        connection.execute(
            "INSERT INTO platform.subscription (event, queue) VALUES ('croid-minted', %s)", [QUEUE]
        )
    return fresh_database


def test_fifty_clients_racing_for_one_doi_are_given_one_object(heard_database) -> None:
    results = race(heard_database.connect, [("doi", ["10.5555/race"], "release")] * 50)
    croids = {row.croid for rows in results for row in rows}
    assert len(croids) == 1
    assert sum(row.is_new for rows in results for row in rows) == 1
    assert announced(heard_database) == [str(croid) for croid in croids]


def test_overlapping_batches_in_any_order_do_not_deadlock(heard_database) -> None:
    values = [f"10.5555/{number}" for number in range(300)]
    batches = []
    for seed in range(12):
        part = random.Random(seed).sample(values, 200)
        batches.append(("doi", part, "release"))
    results = race(heard_database.connect, batches)
    found = {(row.value, row.croid) for rows in results for row in rows}
    wanted = {value for _, part, _ in batches for value in part}
    assert len(found) == len(wanted)
    assert [[row.value for row in rows] for rows in results] == [part for _, part, _ in batches]
    assert sum(row.is_new for rows in results for row in rows) == len(wanted)
    assert sorted(announced(heard_database)) == sorted(str(croid) for _, croid in found)


def test_clients_racing_for_one_issn_are_given_one_object(heard_database) -> None:
    results = race(heard_database.connect, [("issn", ["0378-5955", "1050-124X"], "container")] * 20)
    assert len({row.croid for rows in results for row in rows}) == 2
    assert sum(row.is_new for rows in results for row in rows) == 2


def test_who_waits_for_a_transaction_that_fails_gets_an_object_of_its_own(heard_database) -> None:
    started = Event()

    def second() -> identifier.IdentifierReserveRow:
        with heard_database.connect() as connection:
            connection.execute("SELECT 1")
            started.set()
            [row] = identifier.identifier_reserve(
                connection, scheme="doi", values=["10.5555/x"], kind="release"
            )
            return row

    with ThreadPoolExecutor(1) as clients, heard_database.connect() as first:
        [lost] = identifier.identifier_reserve(
            first, scheme="doi", values=["10.5555/x"], kind="release"
        )
        waiting = clients.submit(second)
        started.wait()
        first.rollback()
        won = waiting.result(timeout=30)
    assert won.is_new
    assert won.croid != lost.croid
    assert announced(heard_database) == [str(won.croid)]


@pytest.mark.parametrize("role", ["nexus_worker", "nexus_api", "nexus_dba"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)"
        " VALUES ('doi', '10.5555/x', uuidv7(), 'release', true)",
        "UPDATE croid.identifier SET croid = uuidv7()",
        "DELETE FROM croid.identifier",
        "UPDATE croid.lease SET fence = 1",
        "DELETE FROM croid.lease",
        "UPDATE croid.scheme SET is_unique = false",
    ],
)
def test_only_functions_write(db: psycopg.Connection, role: str, statement: str) -> None:
    db.execute(f"SET ROLE {role}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(statement)


def test_dba_reads_and_neither_mints_nor_reserves(db: psycopg.Connection) -> None:
    db.execute("SET ROLE nexus_dba")
    assert db.execute("SELECT count(*) FROM croid.scheme").fetchone() == (20,)
    assert db.execute("SELECT croid.normalise('pmid', '1')").fetchone() == ("1",)
    for statement in ("SELECT croid.mint()", "SELECT croid.reserve('pmid', '{1}', 'release')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
            db.execute(statement)
