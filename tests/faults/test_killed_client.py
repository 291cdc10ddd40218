"""A client is killed between two statements, inside one, or at any moment: what it had begun is
gone or there whole, and what it held is free for the next.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow, form, storm
from faults.conftest import Teller
from faults.ledger import Ledger, audit_changelog
from nexus_hub.catalog import editing
from nexus_hub.catalog.queries.editgroup import editgroup_get

KILLS = form.of(12, 200)
CLIENTS = 4


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path / "home") as database:
        yield database


def proposed(connection: Any) -> tuple[UUID, UUID]:
    """An open editgroup that changes an object, and that object."""
    croid = uuid4()
    body = {"DOI": f"10.5555/{croid}", "type": "book"}
    flow.accept(connection, flow.propose(connection, {croid: body})[0].editgroup_id)
    group = flow.propose(connection, {croid: body | {"volume": "2"}})[0].editgroup_id
    connection.commit()
    return group, croid


def dying(database: flow.Shared, group: UUID, *, at_one_go: bool = False) -> tuple[Any, Any]:
    """A process that accepts, and what it tells."""
    storm.FORKS.set_forkserver_preload(storm.PRELOAD)
    told = storm.FORKS.SimpleQueue()
    process = storm.FORKS.Process(
        target=storm.accept_and_wait,
        args=(database.settings.database_url, group, told),
        kwargs={"at_one_go": at_one_go},
    )
    process.start()
    return process, told


def accept(database: flow.Shared, group: UUID) -> int:
    with database.connect("nexus_api") as connection:
        return editing.accept(connection, group, flow.VULCANUS)


def accept_or_be_told(database: flow.Shared, group: UUID) -> str | None:
    """None where it is accepted now, else why not."""
    try:
        accept(database, group)
    except psycopg.Error as error:
        return error.diag.message_primary
    return None


def await_waiting(owner: Any, pid: int) -> None:
    """Until the server's process waits for a lock."""
    until = time.monotonic() + 20
    query = "SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s"
    while flow.one(owner, query, pid) != "Lock":
        assert time.monotonic() < until
        time.sleep(0.01)


def test_what_a_client_had_not_committed_is_gone_and_another_accepts(shared: flow.Shared) -> None:
    with shared.connect() as connection, ThreadPoolExecutor(1) as beside:
        group, croid = proposed(connection)
        head = flow.one(connection, "SELECT index FROM catalog.clock")
        process, told = dying(shared, group)
        told.get()
        assert told.get() == "accepted"
        other = beside.submit(accept, shared, group)
        time.sleep(0.3)
        assert not other.done()
        process.kill()
        process.join()
        assert other.result(10) == head + 1
        volume = "SELECT volume FROM catalog.release WHERE croid = %s"
        assert flow.one(connection, volume, croid) == "2"
        audit_changelog(connection)


def test_client_that_dies_inside_the_statement_leaves_its_transaction_undone(
    shared: flow.Shared,
) -> None:
    with shared.connect() as connection, shared.connect(None) as owner:
        group, croid = proposed(connection)
        owner.execute("SELECT FROM catalog.ident WHERE croid = %s FOR NO KEY UPDATE", [croid])
        process, told = dying(shared, group)
        pid = told.get()
        with shared.connect(None) as watcher:
            await_waiting(watcher, pid)
            process.kill()
            process.join()
            owner.commit()
            index = accept(shared, group)
        row = editgroup_get(connection, editgroup_id=group)
        assert row is not None
        assert (row.status, row.index) == ("accepted", index)
        audit_changelog(connection)


def test_statement_that_commits_itself_is_there_whole_or_not_at_all(shared: flow.Shared) -> None:
    with shared.connect() as connection, shared.connect(None) as owner:
        group, croid = proposed(connection)
        owner.execute("SELECT FROM catalog.ident WHERE croid = %s FOR NO KEY UPDATE", [croid])
        process, told = dying(shared, group, at_one_go=True)
        pid = told.get()
        with shared.connect(None) as watcher:
            await_waiting(watcher, pid)
        process.kill()
        process.join()
        owner.commit()
        # Nobody was told whether it was accepted: who asks again is.
        assert accept_or_be_told(shared, group) in (None, "editgroup-closed")
        entries = "SELECT count(*) FROM catalog.changelog WHERE editgroup_id = %s"
        assert flow.one(connection, entries, group) == 1
        volume = "SELECT volume FROM catalog.release WHERE croid = %s"
        assert flow.one(connection, volume, croid) == "2"
        audit_changelog(connection)


@pytest.mark.timeout(form.of(120, 900))
def test_clients_that_die_at_any_moment_under_load_lose_and_double_nothing(
    shared: flow.Shared, tmp_path: Path, teller: Teller
) -> None:
    storm.FORKS.set_forkserver_preload(storm.PRELOAD)
    dice = random.Random()
    books = Ledger.opened(shared, tmp_path / "journals")
    clients = storm.Crowd(books.client, [f"client{n}" for n in range(CLIENTS)])
    try:
        for kill in range(1, KILLS + 1):
            places = books.places()
            clients.fill()
            victim = dice.choice(clients.names)
            books.await_answer(victim, places.get(victim, 0))
            time.sleep(dice.uniform(0, 0.08))
            clients.kill(victim)
            if kill % 20 == 0:
                teller.progress(f"client kill {kill} of {KILLS}")
        (books.folder / storm.STOP).touch()
        clients.fill()
        clients.wait()
        figures = books.close()
    finally:
        clients.end()
    teller.summary(
        f"clients: {KILLS} kills among {CLIENTS}; {figures['acknowledged']} acknowledged changes,"
        f" each there once; {figures['indexes']} indexes without a gap"
    )
