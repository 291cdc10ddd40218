"""Workers and their messages: nothing is lost, nothing is done twice, poison is put aside."""

import gc
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import flow
from nexus_hub.platform.queries import queue as q
from nexus_hub.platform.queues import (
    PATIENCE,
    SUSPECT_READS,
    Consumer,
    Context,
    Event,
    Message,
    Worker,
    batches,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def owner(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect(None) as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def queue(owner: psycopg.Connection[Any]) -> Iterator[str]:
    """A queue of the test's own that hears the event `tested`, and a table for what is done."""
    name = f"tests_{''.join(c for c in uuid4().hex if c.isalpha())}"
    owner.execute("SET ROLE nexus_owner")
    owner.execute("SELECT platform.subscribe('tested', %s)", [name])
    owner.execute("RESET ROLE")
    owner.execute("CREATE TABLE IF NOT EXISTS public.done (queue text, croid uuid)")
    owner.execute("GRANT INSERT, SELECT ON public.done TO nexus_worker")
    yield name
    owner.execute("DELETE FROM platform.subscription WHERE queue = %s", [name])


def send(owner: psycopg.Connection[Any], count: int) -> list[UUID]:
    """Announce so many events, one object each."""
    croids = [uuid4() for _ in range(count)]
    for croid in croids:
        owner.execute("SELECT platform.announce('tested', ARRAY[%s])", [croid])
    return croids


def done(owner: psycopg.Connection[Any], queue: str) -> list[UUID]:
    rows = owner.execute("SELECT croid FROM public.done WHERE queue = %s", [queue]).fetchall()
    return [croid for (croid,) in rows]


def note(queue: str) -> Any:
    """A handler that writes down what it was given."""

    def handle(context: Context, events: Sequence[Event]) -> None:
        for event in events:
            for croid in event.croids:
                context.connection.execute(
                    "INSERT INTO public.done (queue, croid) VALUES (%s, %s)", [queue, croid]
                )

    return handle


def failing_on(bad: UUID, queue: str, error: Exception | None = None) -> Any:
    """A handler that fails on one object, after it has written."""
    write = note(queue)

    def handle(context: Context, events: Sequence[Event]) -> None:
        write(context, events)
        if any(bad in event.croids for event in events):
            raise error or ValueError("poison")

    return handle


def depth(owner: psycopg.Connection[Any], queue: str) -> q.QueueListRow:
    return next(row for row in q.queue_list(owner) if row.queue == queue)


def show_again(owner: psycopg.Connection[Any], queue: str) -> None:
    """Let postponed messages be seen now."""
    owner.execute(f"UPDATE pgmq.q_{queue} SET vt = clock_timestamp()".encode())


def one_turn(database: flow.Shared, consumer: Consumer) -> None:
    """Read what there is once, as a worker does."""
    worker = Worker(database.settings, [consumer])
    with database.connect() as connection:
        connection.autocommit = True
        worker._poll(flow.context(database, connection), consumer)


def reads(owner: psycopg.Connection[Any], queue: str) -> list[int]:
    query = f"SELECT read_ct FROM pgmq.q_{queue} ORDER BY msg_id"
    return [count for (count,) in owner.execute(query.encode()).fetchall()]


# ------------------------------------------------------------------ batches


@given(st.lists(st.integers(0, 12), max_size=30), st.integers(1, 10))
def test_batches_keep_the_order_and_the_limit(sizes: list[int], limit: int) -> None:
    croid = uuid4()
    messages = [Message(n, 1, Event("x", [croid] * size)) for n, size in enumerate(sizes)]
    found = list(batches(messages, limit))
    assert [message for batch in found for message in batch] == messages
    for batch in found:
        assert sum(len(m.body.croids) for m in batch) <= limit or len(batch) == 1


# ------------------------------------------------------------------ poison


def test_poison_lies_in_the_dead_letters_after_five_reads_and_the_others_went_through(
    shared, owner, queue
) -> None:
    croids = send(owner, 40)
    consumer = Consumer(queue, failing_on(croids[17], queue))
    for turn in range(1, 6):
        one_turn(shared, consumer)
        assert sorted(done(owner, queue)) == sorted(set(croids) - {croids[17]})
        assert (reads(owner, queue), depth(owner, queue).dead) == ([turn], 0)
        show_again(owner, queue)
    one_turn(shared, consumer)
    found = depth(owner, queue)
    assert (found.waiting, found.in_flight, found.dead, found.sent_total) == (0, 0, 1, 40)
    [letter] = q.queue_dead_list(owner, queue=queue, limit_count=10)
    assert letter.reason == "read five times without success"
    assert json.loads(letter.message or "")["croids"] == [str(croids[17])]


def test_dead_letter_is_handled_once_it_is_sent_again_and_mended(shared, owner, queue) -> None:
    [croid] = send(owner, 1)
    owner.execute(f"UPDATE pgmq.q_{queue} SET read_ct = 5".encode())
    one_turn(shared, Consumer(queue, failing_on(croid, queue)))
    assert depth(owner, queue).dead == 1
    assert q.queue_replay(owner, queue=queue) == 1
    one_turn(shared, Consumer(queue, note(queue)))
    assert done(owner, queue) == [croid]
    assert depth(owner, queue).dead == 0


def test_failed_message_waits_longer_each_time(shared, owner, queue) -> None:
    [croid] = send(owner, 1)
    wait = f"SELECT extract(epoch FROM vt - clock_timestamp()) FROM pgmq.q_{queue}".encode()
    waits = []
    for _ in range(4):
        one_turn(shared, Consumer(queue, failing_on(croid, queue)))
        [[seconds]] = owner.execute(wait).fetchall()
        waits.append(round(seconds))
        show_again(owner, queue)
    assert waits == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "text", ["{}", '{"event": "tested"}', '{"event": 1, "croids": []}', '"text"']
)
def test_message_that_is_none_is_buried_at_once(shared, owner, queue, text) -> None:
    owner.execute("SELECT pgmq.send(%s, %s::jsonb)", [queue, text])
    croids = send(owner, 3)
    one_turn(shared, Consumer(queue, note(queue)))
    assert sorted(done(owner, queue)) == sorted(croids)
    [letter] = q.queue_dead_list(owner, queue=queue, limit_count=10)
    with pytest.raises(msgspec.MsgspecError) as refused:
        msgspec.json.decode(text, type=Event)
    assert letter.reason == str(refused.value)


def test_error_of_the_data_that_psycopg_calls_operational_is_poison_too(
    shared, owner, queue
) -> None:
    croids = send(owner, 5)
    error = psycopg.errors.ProgramLimitExceeded("string is too long for tsvector")
    one_turn(shared, Consumer(queue, failing_on(croids[2], queue, error)))
    assert sorted(done(owner, queue)) == sorted(set(croids) - {croids[2]})


def test_suspect_is_tried_alone_so_that_who_kills_the_worker_takes_nobody_along(
    shared, owner, queue
) -> None:
    croids = send(owner, 10)
    calls: list[list[UUID]] = []

    def die(context: Context, events: Sequence[Event]) -> None:
        calls.append([croid for event in events for croid in event.croids])
        if croids[4] in calls[-1]:
            raise SystemExit("as if the process had been killed")

    for _ in range(6):
        with suppress(SystemExit):
            while reads(owner, queue):
                one_turn(shared, Consumer(queue, die))
        show_again(owner, queue)
    assert max(reads(owner, queue), default=0) <= 5
    one_turn(shared, Consumer(queue, note(queue)))
    [letter] = q.queue_dead_list(owner, queue=queue, limit_count=10)
    assert json.loads(letter.message or "")["croids"] == [str(croids[4])]
    assert [len(call) for call in calls[:SUSPECT_READS]] == [10, 10, 1]


# ------------------------------------------------------------------ time and turns


def send_uneven(owner: psycopg.Connection[Any]) -> None:
    """Four messages of one and of three objects, read together by a worker of batches of four."""
    for count in (1, 3, 3, 3):
        croids = [uuid4() for _ in range(count)]
        owner.execute("SELECT platform.announce('tested', %s)", [croids])


def test_what_was_read_and_not_begun_in_time_is_given_back_and_does_not_count(
    shared, owner, queue
) -> None:
    send_uneven(owner)
    settings = shared.settings.model_copy(update={"visibility_s": 1, "batch_size": 4})
    write = note(queue)

    def slowly(context: Context, events: Sequence[Event]) -> None:
        assert reads(owner, queue) == [1, 1, 1, 1]
        time.sleep(0.55)
        write(context, events)

    one_turn(flow.Shared(settings, shared.owner_uri), Consumer(queue, slowly))
    assert len(done(owner, queue)) == 4
    assert reads(owner, queue) == [0, 0]
    assert depth(owner, queue).waiting == 2


def test_stopped_worker_gives_back_what_it_read(shared, owner, queue) -> None:
    send_uneven(owner)
    settings = shared.settings.model_copy(update={"batch_size": 4})
    worker = Worker(settings, [])
    write = note(queue)

    def stop(context: Context, events: Sequence[Event]) -> None:
        assert reads(owner, queue) == [1, 1, 1, 1]
        write(context, events)
        worker.stopping.set()

    worker.consumers = [Consumer(queue, stop)]
    worker.run()
    assert len(done(owner, queue)) == 4
    assert reads(owner, queue) == [0, 0]
    assert depth(owner, queue).waiting == 2


def test_message_that_another_worker_handled_meanwhile_has_no_second_effect(
    shared, owner, queue
) -> None:
    croids = send(owner, 3)
    write = note(queue)

    def too_late(context: Context, events: Sequence[Event]) -> None:
        write(context, events)
        if len(events) == 3:
            show_again(owner, queue)
            one_turn(shared, Consumer(queue, write))

    one_turn(shared, Consumer(queue, too_late))
    assert sorted(done(owner, queue)) == sorted(croids)
    assert depth(owner, queue).waiting + depth(owner, queue).in_flight == 0


def test_two_workers_drain_one_queue_and_each_message_counts_once(shared, owner, queue) -> None:
    croids = send(owner, 200)
    settings = shared.settings.model_copy(update={"batch_size": 7})
    workers = [Worker(settings, [Consumer(queue, note(queue))]) for _ in range(2)]
    threads = [threading.Thread(target=worker.run, kwargs={"drain": True}) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done(owner, queue)) == sorted(croids)


def test_worker_opens_a_lost_connection_again_and_loses_nothing(shared, owner, queue) -> None:
    croids = send(owner, 6)
    settings = shared.settings.model_copy(update={"visibility_s": 1, "batch_size": 2})
    write = note(queue)
    cut = threading.Event()
    worker = Worker(settings, [])

    def lose_it_once(context: Context, events: Sequence[Event]) -> None:
        write(context, events)
        if not cut.is_set():
            cut.set()
            backend = context.connection.info.backend_pid
            owner.execute("SELECT pg_terminate_backend(%s)", [backend])
            context.connection.execute("SELECT pg_sleep(5)")
        if len(done(owner, queue)) + sum(len(event.croids) for event in events) == len(croids):
            worker.stopping.set()

    worker.consumers = [Consumer(queue, lose_it_once)]
    running = threading.Thread(target=worker.run)
    running.start()
    running.join(30)
    assert not running.is_alive()
    assert sorted(done(owner, queue)) == sorted(croids)


def test_worker_that_met_another_transaction_tries_again(shared, owner, queue) -> None:
    croids = send(owner, 2)
    tries: list[int] = []
    write = note(queue)

    def deadlock_once(context: Context, events: Sequence[Event]) -> None:
        tries.append(len(events))
        write(context, events)
        if len(tries) == 1:
            context.connection.execute(
                "DO $$ BEGIN RAISE SQLSTATE '40P01' USING MESSAGE = 'deadlock detected'; END $$"
            )

    Worker(shared.settings, [Consumer(queue, deadlock_once)]).run(drain=True)
    assert tries == [2, 2]
    assert sorted(done(owner, queue)) == sorted(croids)


def test_idle_work_that_fails_does_not_stop_the_worker(shared, owner, queue) -> None:
    croids = send(owner, 2)

    def fail(context: Context) -> int:
        raise ValueError("idle work")

    Worker(shared.settings, [Consumer(queue, note(queue), idle=fail)]).run(drain=True)
    assert sorted(done(owner, queue)) == sorted(croids)


def test_waiting_worker_is_woken_by_a_message(shared, owner, queue) -> None:
    handled = threading.Event()
    worker = Worker(shared.settings, [])

    def handle(context: Context, events: Sequence[Event]) -> None:
        handled.set()

    worker.consumers = [Consumer(queue, handle)]
    running = threading.Thread(target=worker.run)
    running.start()
    time.sleep(0.3)
    send(owner, 1)
    assert handled.wait(10)
    worker.stopping.set()
    running.join(10)
    assert not running.is_alive()


def test_what_can_wait_is_worked_off_after_the_rest_and_never_starves(shared, owner, queue) -> None:
    prompt, heard = f"{queue}_x", []
    owner.execute("SET ROLE nexus_owner")
    owner.execute("SELECT platform.subscribe('tested', %s)", [prompt])
    owner.execute("RESET ROLE")
    send(owner, 3 * PATIENCE)

    def hear(name: str) -> Any:
        return lambda context, events: heard.extend(name for _ in events)

    consumers = [Consumer(queue, hear("patient"), can_wait=True), Consumer(prompt, hear("prompt"))]
    settings = shared.settings.model_copy(update={"batch_size": 1})
    try:
        Worker(settings, consumers).run(drain=True)
    finally:
        owner.execute("DELETE FROM platform.subscription WHERE queue = %s", [prompt])
    assert sorted(heard) == ["patient"] * 3 * PATIENCE + ["prompt"] * 3 * PATIENCE
    while_busy = heard[: len(heard) - heard[::-1].index("prompt")]
    assert while_busy.count("patient") == 2
    assert while_busy.index("patient") == PATIENCE


def test_message_is_sent_with_the_change_or_not_at_all(shared, owner, queue) -> None:
    with shared.connect() as connection:
        connection.execute("SELECT platform.announce('tested', ARRAY[uuidv7()])")
        connection.rollback()
    found = depth(owner, queue)
    assert (found.waiting, found.in_flight, found.dead) == (0, 0, 0)


@pytest.mark.parametrize("was_on", [True, False])
def test_worker_leaves_the_collection_of_garbage_as_it_was(shared, owner, queue, was_on) -> None:
    seen: list[bool] = []

    def look(context: Context, events: Sequence[Event]) -> None:
        seen.append(gc.isenabled())

    def fail(context: Context) -> int:
        raise psycopg.OperationalError("gone")

    try:
        (gc.enable if was_on else gc.disable)()
        send(owner, 1)
        Worker(shared.settings, [Consumer(queue, look)]).run(drain=True)
        assert gc.isenabled() is was_on
        with pytest.raises(psycopg.OperationalError):
            Worker(shared.settings, [Consumer(queue, look, idle=fail)]).run(drain=True)
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
    assert seen == [False]
