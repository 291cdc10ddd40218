"""The clock of the system: no gap, no way back, and a chain that shows any change."""

import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from nexus_hub.catalog.queries import changelog as q


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


def publish(
    connection: psycopg.Connection[Any], croid: UUID, title: str, *, at_once: bool = False
) -> int | None:
    """Propose and accept one release, or give it its content at once."""
    objects = {croid: {"DOI": f"10.5555/{croid}", "type": "book", "title": [title]}}
    if at_once:
        return flow.revise(connection, objects)[0].index
    return flow.accept(connection, flow.propose(connection, objects)[0].editgroup_id)


def test_reader_that_saw_a_number_never_sees_a_smaller_one_appear(shared) -> None:
    writers, accepts = 4, 15
    running = threading.Event()
    running.set()
    seen: list[set[int]] = []

    def write(number: int) -> None:
        with shared.connect() as connection:
            for n in range(accepts):
                publish(connection, uuid4(), f"{number}.{n}", at_once=number % 2 == 1)
                # Some give up after they had a number.
                if n % 5 == 4:
                    connection.rollback()
                else:
                    connection.commit()

    def read() -> None:
        with shared.connect("nexus_api") as connection:
            connection.autocommit = True
            while running.is_set():
                rows = connection.execute("SELECT index FROM catalog.changelog").fetchall()
                seen.append({index for (index,) in rows})

    readers = [threading.Thread(target=read) for _ in range(2)]
    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in [*readers, *threads]:
        thread.start()
    for thread in threads:
        thread.join(60)
    running.clear()
    for reader in readers:
        reader.join(10)
    assert len(seen) > 10
    for indexes in seen:
        assert indexes == set(range(1, len(indexes) + 1))
    with shared.connect() as connection:
        assert q.changelog_head(connection) == writers * accepts * 4 // 5
        assert q.changelog_verify(connection) == []


@pytest.mark.parametrize("at_once", [False, True])
def test_number_of_an_acceptance_that_failed_is_used_by_the_next(shared, at_once: bool) -> None:
    with shared.connect() as connection:
        before = q.changelog_head(connection) or 0
        assert publish(connection, uuid4(), "One", at_once=at_once) == before + 1
        connection.rollback()
        assert publish(connection, uuid4(), "Two", at_once=not at_once) == before + 1
        connection.commit()


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE catalog.changelog SET hash = '\\x00' WHERE index = 2",
        "UPDATE catalog.edit AS e SET action = 'revert' FROM catalog.changelog AS l"
        " WHERE l.editgroup_id = e.editgroup_id AND l.index = 2",
        "UPDATE catalog.revision AS r SET content_hash = '\\x00' FROM catalog.edit AS e"
        " JOIN catalog.changelog AS l USING (editgroup_id)"
        " WHERE r.revision_id = e.revision_id AND l.index = 2",
        "DELETE FROM catalog.changelog WHERE index = 2",
        "DELETE FROM catalog.changelog WHERE index = 4",
        "UPDATE catalog.clock SET index = 2",
    ],
)
def test_chain_shows_what_was_changed_behind_its_back(db, forgery: str) -> None:
    for n in range(4):
        publish(db, uuid4(), str(n), at_once=n % 2 == 1)
    assert q.changelog_verify(db) == []
    db.execute("SET LOCAL session_replication_role = 'replica'")
    db.execute(forgery.encode())
    assert q.changelog_verify(db)[0] in (2, 3, 4)


def test_changes_are_listed_in_order_page_by_page(db) -> None:
    croids = [uuid4() for _ in range(5)]
    for n, croid in enumerate(croids):
        publish(db, croid, str(n), at_once=n % 2 == 1)
    publish(db, croids[0], "again")
    found: list[tuple[int, UUID]] = []
    place = (0, UUID(int=0))
    while True:
        page = q.changelog_list(
            db, after_index=place[0], after_croid=place[1], kind=None, limit_count=2
        )
        if not page:
            break
        found += [(row.index, row.croid) for row in page if row.index and row.croid]
        place = found[-1]
    assert found == sorted(found)
    assert [croid for _, croid in found] == [*croids, croids[0]]
