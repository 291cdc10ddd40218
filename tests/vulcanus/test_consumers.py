"""What Vulcanus hears: once or twice, in any order, it comes to the same."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import author, drain, one, organisation, record, results, take_records
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.queries import queue as queues
from nexus_hub.platform.queues import Event
from nexus_hub.vulcanus import consumers as vulcanus


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def worker(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect() as connection:
        yield connection


@pytest.fixture
def doi() -> str:
    """A DOI that no other test uses."""
    return f"10.5555/{uuid4().hex}"


def messages(database: Any, queue: str) -> list[Event]:
    """The events that lie in a queue."""
    with database.connect(None) as owner:
        rows = owner.execute(f"SELECT message FROM pgmq.q_{queue} ORDER BY msg_id".encode())
        return [
            Event(
                m["event"],
                [UUID(c) for c in m["croids"]],
                m["index"],
                m["task"] and UUID(m["task"]),
            )
            for (m,) in rows.fetchall()
        ]


def load(connection: psycopg.Connection[Any], source: str, path: Any, *rows: Any) -> None:
    fulgora.load(connection, source, flow.write_lines(path / f"{uuid4()}.jsonl", rows))
    connection.commit()


def test_deposit_that_is_heard_again_changes_nothing(shared, worker, doi) -> None:
    deposit = take_records(worker, [record(f"{doi}.{n}") for n in range(3)])
    [event] = messages(shared, "vulcanus_deposit_received")
    drain(shared)
    before = flow.row_counts(shared)
    with worker.transaction():
        vulcanus.receive_deposits(flow.context(shared, worker), [event, event])
    worker.commit()
    after = flow.row_counts(shared)
    assert {name for name in after if after[name] != before[name]} == {"vulcanus.run"}
    assert results(worker, deposit) == ["created"] * 3


def test_answer_that_is_heard_again_changes_nothing(shared, worker, tmp_path) -> None:
    load(worker, "ror", tmp_path, organisation(901, "Heard Again University"))
    asking = [c for c in vulcanus.CONSUMERS if c.handle is vulcanus.ask_sources]
    vulcanus_worker(shared, asking)
    drain(shared, "fulgora")
    [event] = messages(shared, "vulcanus_enrichment_answered")
    drain(shared)
    before = flow.row_counts(shared)
    with worker.transaction():
        vulcanus.receive_answers(flow.context(shared, worker), [event])
    worker.commit()
    after = flow.row_counts(shared)
    assert {name for name in after if after[name] != before[name]} == {"vulcanus.run"}


def vulcanus_worker(database: Any, chosen: list[Any]) -> None:
    from nexus_hub.platform.queues import Worker

    Worker(database.settings, chosen).run(drain=True)


def test_release_that_is_heard_again_asks_nothing_again(shared, worker, tmp_path) -> None:
    load(worker, "ror", tmp_path, organisation(902, "Asked Once University"))
    drain(shared)
    tasks = one(worker, "SELECT count(*) FROM platform.task")
    with worker.transaction():
        vulcanus.ask_sources(flow.context(shared, worker), [Event("source-released", [])])
    worker.commit()
    assert one(worker, "SELECT count(*) FROM platform.task") == tasks


def test_answer_whose_file_is_gone_dies_alone_and_is_seen(shared, worker, doi, tmp_path) -> None:
    load(worker, "ror", tmp_path, organisation(903, "Lost File University"))
    asking = [c for c in vulcanus.CONSUMERS if c.handle is vulcanus.ask_sources]
    vulcanus_worker(shared, asking)
    drain(shared, "fulgora")
    [event] = messages(shared, "vulcanus_enrichment_answered")
    context = flow.context(shared, worker)
    name = one(worker, "SELECT result_url FROM platform.task WHERE task_id = %s", event.task)
    content = context.blobs.get(name)
    context.blobs.delete([name])
    with shared.connect(None) as owner:
        owner.execute("UPDATE pgmq.q_vulcanus_enrichment_answered SET read_ct = 5")
    deposit = take_records(worker, [record(doi)])
    drain(shared)
    assert results(worker, deposit) == ["created"]
    assert depth(worker).dead == 1
    context.blobs.put(name, content)
    assert queues.queue_replay(worker, queue="vulcanus_enrichment_answered") == 1
    worker.commit()
    drain(shared)
    assert depth(worker).dead == 0
    assert (
        flow.bodies(worker, "ror")[flow.ror_id(903)]["names"][0]["value"] == "Lost File University"
    )


def depth(connection: psycopg.Connection[Any]) -> queues.QueueListRow:
    rows = queues.queue_list(connection)
    connection.commit()
    return next(row for row in rows if row.queue == "vulcanus_enrichment_answered")


def test_objects_stay_unborn_while_the_workers_of_fulgora_are_off(shared, worker, tmp_path) -> None:
    load(worker, "ror", tmp_path, organisation(904, "Waiting University"))
    drain(shared, "vulcanus", "aquilo")
    assert flow.ror_id(904) not in flow.bodies(worker, "ror")
    state = "SELECT state::text FROM platform.task ORDER BY requested_at DESC LIMIT 1"
    assert one(worker, state) == "waiting"
    resolved = "SELECT croid.resolve('ror', %s)"
    assert one(worker, resolved, flow.ror_id(904)) is None
    drain(shared)
    assert one(worker, state) == "completed"
    assert one(worker, resolved, flow.ror_id(904)) is not None


def test_messages_about_nothing_known_do_no_harm(shared, worker) -> None:
    context = flow.context(shared, worker)
    unknown = [uuid4(), uuid4()]
    with worker.transaction():
        vulcanus.receive_deposits(context, [Event("deposit-received", unknown, task=uuid4())])
        vulcanus.receive_answers(context, [Event("enrichment-answered", unknown, task=uuid4())])
        vulcanus.hear_accepted(context, [Event("accepted", unknown, index=1)])
        vulcanus.ask_sources(context, [])
    worker.commit()
    rows = "SELECT count(*) FROM catalog.ident WHERE croid = ANY (%s)"
    assert one(worker, rows, unknown) == 0


def test_any_order_of_what_comes_in_ends_in_the_same_records(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def steps(home: Any) -> list[Any]:
        people = [author("Ng", "Institute of Shuffled Studies, Berlin, Germany")]
        crossref = {"indexed": {"date-time": "2021-01-01T00:00:00Z"}}
        older = {"indexed": {"date-time": "2020-01-01T00:00:00Z"}}
        institute = organisation(77, "Institute of Shuffled Studies")
        closed = organisation(78, "Closed Institute", status="inactive")
        return [
            lambda c: take_records(c, [record("10.5555/a", "Here", author=people)]),
            lambda c: take_records(c, [record("10.5555/b", "Here too"), record("10.5555/c")]),
            lambda c: load(c, "ror", home, institute, closed),
            lambda c: load(
                c, "ror", home, {**institute, **flow.changed("2022-01-01"), "established": 1901}
            ),
            lambda c: load(
                c, "crossref", home, flow.work("10.5555/a", "Afar", **crossref, volume="7")
            ),
            lambda c: load(c, "crossref", home, flow.work("10.5555/d", "Old", **older)),
            lambda c: load(
                c, "crossref", home, flow.work("10.5555/d", "New", author=people, **crossref)
            ),
        ]

    seen = []
    for seed in range(3):
        home = tmp_path_factory.mktemp("shuffled")
        order = random.Random(seed)
        with flow.shared_database(home) as database, database.connect() as connection:
            todo = steps(home)
            order.shuffle(todo)
            for step in todo:
                step(connection)
                for room in order.sample(["vulcanus", "fulgora", "aquilo"], order.randrange(4)):
                    drain(database, room)
            drain(database)
            assert flow.changelog_faults(connection) == []
            seen.append(
                (flow.bodies(connection), flow.bodies(connection, "ror"), flow.contents(connection))
            )
    assert all(strip(found) == strip(seen[0]) for found in seen)
    bodies = seen[0][0]
    assert sorted(bodies) == ["10.5555/a", "10.5555/b", "10.5555/c", "10.5555/d"]
    assert bodies["10.5555/d"]["title"] == ["New"]
    assert bodies["10.5555/a"]["volume"] == "7"
    for doi in ("10.5555/a", "10.5555/d"):
        [affiliation] = bodies[doi]["author"][0]["affiliation"]
        assert affiliation["id"][0]["id"] == f"https://ror.org/{flow.ror_id(77)}"


def strip(found: tuple[Any, Any, Any]) -> Any:
    """Without the CROIDs, which are minted anew in each database, and the hashes over them."""
    text = [dict(bodies) for bodies in found[:2]]
    for body in text[0].values():
        for person in body.get("author", []):
            for affiliation in person["affiliation"]:
                affiliation.pop("croid", None)
    unaffected = {name: value for name, value in found[2].items() if name.startswith("ror:")}
    return text, unaffected
