"""The request protocol: released, asked, answered with one Parquet file, taken."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import polars as pl
import psycopg
import pytest

from faults import flow
from faults.flow import drain, one, organisation, ror_id, write_lines
from nexus_hub.croid.codec import decode, encode
from nexus_hub.fulgora import consumers, service
from nexus_hub.platform.queries import task as tasks
from nexus_hub.platform.queues import Event, Worker
from nexus_hub.vulcanus import consumers as vulcanus


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def worker(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect() as connection:
        yield connection


def load(connection: psycopg.Connection[Any], path: Any, *rows: Any, source: str = "ror") -> None:
    service.load(connection, source, write_lines(path / f"{uuid4()}.jsonl", rows))
    connection.commit()


def ask(connection: psycopg.Connection[Any], sources: list[str], croids: list[UUID]) -> UUID:
    task = one(connection, "SELECT fulgora.ask(%s, %s)", sources, croids)
    connection.commit()
    return task


def reserve(connection: psycopg.Connection[Any], keys: list[str]) -> list[UUID]:
    query = "SELECT croid FROM croid.reserve('ror', %s, 'organisation') ORDER BY n"
    rows = connection.execute(query, [keys]).fetchall()
    connection.commit()
    return [croid for (croid,) in rows]


def answer(database: flow.Shared, connection: psycopg.Connection[Any], task: UUID) -> pl.DataFrame:
    """Let Fulgora work, and read the file it wrote for a task."""
    drain(database, "fulgora")
    row = tasks.task_get(connection, task_id=task)
    connection.commit()
    assert row is not None
    assert row.result_url is not None
    return pl.read_parquet(BytesIO(flow.context(database, connection).blobs.get(row.result_url)))


def state(connection: psycopg.Connection[Any], task: UUID) -> tuple[str, int, int, list[Any]]:
    row = tasks.task_get(connection, task_id=task)
    connection.commit()
    assert row is not None
    return row.state, row.parts_done, row.parts_total, json.loads(row.problems)


def test_answer_has_one_row_per_object_and_source(shared, worker, tmp_path) -> None:
    row = organisation(11, "Eleven")
    load(worker, tmp_path, row)
    known, unknown = reserve(worker, [ror_id(11), ror_id(12)])
    stranger = uuid4()
    task = ask(worker, ["ror"], [known, unknown, stranger])
    assert state(worker, task) == ("waiting", 0, 1, [])
    table = answer(shared, worker, task)
    assert table.schema == pl.Schema(
        {
            "croid": pl.String,
            "source": pl.String,
            "source_version": pl.String,
            "key": pl.String,
            "found": pl.Boolean,
            "record": pl.String,
            "retrieved_at": pl.Datetime("us", "UTC"),
        }
    )
    rows = {decode(found["croid"]): found for found in table.iter_rows(named=True)}
    assert set(rows) == {known, unknown, stranger}
    assert (rows[known]["found"], rows[known]["key"]) == (True, ror_id(11))
    assert rows[known]["source_version"].isdigit()
    assert json.loads(rows[known]["record"]) == row
    for croid in (unknown, stranger):
        assert (rows[croid]["found"], rows[croid]["record"], rows[croid]["key"]) == (
            False,
            None,
            None,
        )
    assert set(table["source"]) == {"ror"}
    assert table["retrieved_at"].null_count() == 0
    assert state(worker, task) == ("completed", 1, 1, [])
    drain(shared)


def test_two_sources_asked_at_once_give_two_rows_an_object(shared, worker, tmp_path) -> None:
    load(worker, tmp_path, organisation(13, "Thirteen"))
    [croid] = reserve(worker, [ror_id(13)])
    table = answer(shared, worker, ask(worker, ["ror", "crossref"], [croid]))
    assert table.select("source", "found").rows() == [("crossref", False), ("ror", True)]
    drain(shared)


def test_messages_of_one_task_give_one_file(shared, worker, tmp_path) -> None:
    load(worker, tmp_path, *[organisation(n, f"Number {n}") for n in range(3000, 5100)])
    croids = reserve(worker, [ror_id(n) for n in range(3000, 5100)])
    task = ask(worker, ["ror"], croids)
    sent = "SELECT waiting FROM platform.queue_depth() WHERE queue = 'fulgora_enrichment_wanted'"
    assert one(worker, sent) == 3
    table = answer(shared, worker, task)
    assert sorted(decode(croid) for croid in table["croid"]) == sorted(croids)
    assert table["found"].all()
    assert state(worker, task) == ("completed", 3, 3, [])
    assert table["croid"].is_sorted()
    drain(shared)


def test_part_that_is_answered_twice_counts_once(shared, worker, tmp_path) -> None:
    load(worker, tmp_path, *[organisation(n, f"Number {n}") for n in range(6000, 7500)])
    croids = sorted(reserve(worker, [ror_id(n) for n in range(6000, 7500)]))
    task = ask(worker, ["ror"], croids)
    context = flow.context(shared, worker)
    for _ in range(2):
        with worker.transaction():
            event = Event("enrichment-wanted", croids[:1000], task=task)
            consumers.answer_requests(context, [event])
        worker.commit()
    assert state(worker, task)[:3] == ("running", 1, 2)
    table = answer(shared, worker, task)
    assert table.height == 1500
    assert state(worker, task)[:3] == ("completed", 2, 2)
    drain(shared)


def test_row_that_cannot_be_read_spoils_only_its_own_object(shared, worker, tmp_path) -> None:
    numbers = [21, 22, 23]
    load(worker, tmp_path, *[organisation(n, f"Number {n}") for n in numbers])
    with shared.connect(None) as owner:
        owner.execute("UPDATE fulgora.record SET record = 'no frame' WHERE key = %s", [ror_id(22)])
    croids = reserve(worker, [ror_id(n) for n in numbers])
    task = ask(worker, ["ror"], croids)
    table = answer(shared, worker, task)
    assert sorted(table["croid"]) == sorted(encode(croids[n]) for n in (0, 2))
    found = state(worker, task)
    assert found[:3] == ("completed-with-errors", 1, 1)
    [problem] = found[3]
    assert (problem["croid"], problem["code"]) == (encode(croids[1]), "unreadable-row")
    assert problem["detail"]
    drain(shared)
    bodies = flow.bodies(worker, "ror")
    assert [ror_id(n) in bodies for n in numbers] == [True, False, True]


def test_task_of_which_no_row_can_be_read_is_completed_all_the_same(
    shared, worker, tmp_path
) -> None:
    load(worker, tmp_path, organisation(24, "Twenty-four"))
    with shared.connect(None) as owner:
        owner.execute("UPDATE fulgora.record SET record = 'no frame' WHERE key = %s", [ror_id(24)])
    task = ask(worker, ["ror"], reserve(worker, [ror_id(24)]))
    assert answer(shared, worker, task).height == 0
    assert state(worker, task)[0] == "completed-with-errors"
    drain(shared)


def test_answer_of_a_finished_task_is_not_written_again(shared, worker, tmp_path) -> None:
    load(worker, tmp_path, organisation(25, "Twenty-five"))
    croids = reserve(worker, [ror_id(25)])
    task = ask(worker, ["ror"], croids)
    answer(shared, worker, task)
    sent = (
        "SELECT sent_total FROM platform.queue_depth() WHERE queue = 'vulcanus_enrichment_answered'"
    )
    before = one(worker, sent)
    with worker.transaction():
        event = Event("enrichment-wanted", croids, task=task)
        consumers.answer_requests(flow.context(shared, worker), [event])
    worker.commit()
    assert one(worker, sent) == before
    assert state(worker, task)[:3] == ("completed", 1, 1)
    drain(shared)


def test_release_is_asked_about_key_by_key_and_once(shared, worker, tmp_path) -> None:
    drain(shared)
    rows = [organisation(n, f"Number {n}") for n in range(31, 34)]
    load(worker, tmp_path, *rows)
    asking = [c for c in vulcanus.CONSUMERS if c.handle is vulcanus.ask_sources]
    Worker(shared.settings, asking).run(drain=True)
    with shared.connect(None) as owner:
        messages = owner.execute("SELECT message FROM pgmq.q_fulgora_enrichment_wanted").fetchall()
    [(message,)] = messages
    assert message["event"] == "enrichment-wanted"
    assert len(message["croids"]) == 3
    reserved = (
        "SELECT array_agg(croid::text ORDER BY croid) FROM croid.identifier WHERE value = ANY (%s)"
    )
    keys = [ror_id(n) for n in range(31, 34)]
    assert one(worker, reserved, keys) == sorted(message["croids"])
    drain(shared)
    changed = {**rows[0], "established": 1999}
    load(worker, tmp_path, changed, *rows[1:])
    Worker(shared.settings, asking).run(drain=True)
    with shared.connect(None) as owner:
        [(message,)] = owner.execute(
            "SELECT message FROM pgmq.q_fulgora_enrichment_wanted"
        ).fetchall()
    assert len(message["croids"]) == 1
    drain(shared)
    assert flow.bodies(worker, "ror")[keys[0]]["established"] == 1999


def test_release_of_more_keys_than_are_asked_at_once_is_asked_to_its_end(
    shared, worker, tmp_path
) -> None:
    drain(shared)
    load(worker, tmp_path, *[organisation(n, f"Number {n}") for n in range(8000, 8025)])
    asked = [one(worker, "SELECT vulcanus.advance_cursor('ror', 10)") for _ in range(5)]
    assert asked[:4] == [10, 10, 5, 0]
    drain(shared)
    bodies = flow.bodies(worker, "ror")
    assert all(ror_id(n) in bodies for n in range(8000, 8025))


def test_releases_that_come_faster_than_they_are_asked_about_are_all_asked_about(
    shared, worker, tmp_path
) -> None:
    drain(shared)
    for n in range(9000, 9003):
        load(worker, tmp_path, organisation(n, f"Number {n}"), organisation(9999, f"After {n}"))
    drain(shared)
    bodies = flow.bodies(worker, "ror")
    assert bodies[ror_id(9999)]["names"][0]["value"] == "After 9002"
    assert all(ror_id(n) in bodies for n in range(9000, 9003))
    assert one(worker, "SELECT count(*) FROM platform.task WHERE finished_at IS NULL") == 0


def test_part_has_the_same_name_whatever_the_order_of_its_objects() -> None:
    task, croids = uuid4(), [uuid4() for _ in range(3)]
    assert consumers.part_name(task, croids) == consumers.part_name(task, croids[::-1])
    assert consumers.part_name(task, croids) != consumers.part_name(uuid4(), croids)
