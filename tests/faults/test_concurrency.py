"""Many at once on the same objects: each in its turn, nobody in a circle."""

import random
import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from faults import flow
from faults.flow import author, record, take_records, verdicts
from nexus_hub.cli.rooms import consumers
from nexus_hub.platform.queries import queue as queues
from nexus_hub.platform.queues import Worker


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


def workers(database: flow.Shared, count: int) -> list[threading.Thread]:
    """Workers that drain all queues at the same time, with small batches that overlap."""
    chosen = database.settings.model_copy(update={"batch_size": 60, "visibility_s": 20})
    threads = [
        threading.Thread(target=Worker(chosen, consumers([])).run, kwargs={"drain": True})
        for _ in range(count)
    ]
    for thread in threads:
        thread.start()
    return threads


def test_four_workers_on_overlapping_objects_keep_the_order_of_each(shared) -> None:
    dice = random.Random(3)
    names = [f"10.5555/many.{n}" for n in range(60)]
    sent: list[tuple[UUID, list[str]]] = []
    with shared.connect() as connection:
        for n in range(24):
            chosen = dice.sample(names, 30)
            people = [author("Ng", f"Institute {n}")]
            records = [record(doi, f"Title {n}", author=people) for doi in chosen]
            sent.append((take_records(connection, records), chosen))
        for thread in workers(shared, 4):
            thread.join(100)
            assert not thread.is_alive()
        told = {deposit: verdicts(connection, deposit) for deposit, _ in sent}
        bodies = flow.bodies(connection)
        for doi in names:
            mine = [
                (n, told[deposit][chosen.index(doi)])
                for n, (deposit, chosen) in enumerate(sent)
                if doi in chosen
            ]
            assert [v.result for _, v in mine] == ["created"] + ["updated"] * (len(mine) - 1)
            indexes = [v.index for _, v in mine if v.index is not None]
            assert indexes == sorted(set(indexes))
            assert bodies[doi]["title"] == [f"Title {mine[-1][0]}"]
        assert flow.changelog_faults(connection) == []
        assert no_dead_letters(connection)


def test_deposits_of_the_same_records_in_other_orders_do_not_deadlock(shared) -> None:
    names = [f"10.5555/circle.{n}" for n in range(50)]
    with shared.connect() as connection:
        deposits = []
        for n in range(12):
            order = names if n % 2 else names[::-1]
            # Every second one says nothing new, so that it is settled without being accepted.
            title = f"Title {n // 2}"
            rows = [{**record(doi, title), "comment": str(n)} for doi in order]
            deposits.append(take_records(connection, rows, atomic=n % 5 == 4))
        for thread in workers(shared, 3):
            thread.join(100)
            assert not thread.is_alive()
        for n, deposit in enumerate(deposits):
            wanted = "unchanged" if n % 2 else "created" if n == 0 else "updated"
            assert {v.result for v in verdicts(connection, deposit)} == {wanted}
        assert no_dead_letters(connection)


def no_dead_letters(connection: Any) -> bool:
    rows = queues.queue_list(connection)
    connection.commit()
    return all(row.dead == 0 for row in rows)
