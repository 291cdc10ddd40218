"""Schedules run when they are due, once, are tried again when they fail, and stop when told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pgmq.install
from procrastinate.schema import migrations_path

from nexus_hub.cli.rooms import SCHEDULES
from nexus_hub.fulgora.tasks import SCHEDULES as FULGORA_SCHEDULES
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import (
    Schedule,
    StoppedError,
    make_app,
    run_schedules,
    schedules_running,
)

EACH_SECOND = "* * * * * *"


def until(holds: Callable[[], bool], limit_s: float = 20) -> bool:
    end = time.monotonic() + limit_s
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def jobs(database) -> list[tuple[str, str, int]]:
    with database.connect() as connection:
        return connection.execute(
            "SELECT task_name, status::text, attempts FROM procrastinate.procrastinate_jobs"
        ).fetchall()


def run_until(database, schedule: Schedule, holds: Callable[[], bool]) -> None:
    stopping = threading.Event()
    arguments = (database.settings, [schedule], stopping)
    thread = threading.Thread(target=run_schedules, args=arguments, kwargs={"poll_s": 0.1})
    thread.start()
    held = until(holds)
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()
    assert held


def test_what_is_due_runs_with_the_settings_and_leaves_no_trace(fresh_database):
    ran: list[Settings] = []
    schedule = Schedule("test.tick", EACH_SECOND, lambda settings, stopping: ran.append(settings))
    run_until(fresh_database, schedule, lambda: len(ran) >= 2)
    assert ran[0] is fresh_database.settings
    assert [status for _, status, _ in jobs(fresh_database) if status != "todo"] == []


def test_one_moment_makes_one_job_however_many_processes_look(fresh_database):
    moments: list[float] = []
    hourly = Schedule("test.five", "*/5 * * * *", lambda *_: moments.append(time.time()))
    stopping = threading.Event()
    threads = [
        threading.Thread(
            target=run_schedules,
            args=(fresh_database.settings, [hourly], stopping),
            kwargs={"poll_s": 0.1},
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert until(lambda: len(moments) > 0)
    time.sleep(1)
    stopping.set()
    for thread in threads:
        thread.join(10)
    # The five minutes may turn over meanwhile.
    assert len(moments) <= 1 + (int(time.time()) // 300 != int(moments[0]) // 300)


def test_what_fails_is_tried_again_as_often_as_said(fresh_database):
    tries: list[int] = []

    def fail(settings: Settings, stopping: threading.Event) -> None:
        tries.append(1)
        raise RuntimeError("the other side is away")

    schedule = Schedule("test.fail", "*/5 * * * *", fail, attempts=3, wait_s=1)
    failed = ("test.fail", "failed", 3)
    run_until(fresh_database, schedule, lambda: failed in jobs(fresh_database))
    assert len(tries) == 3


def test_waiting_grows_with_each_failure(fresh_database):
    schedule = Schedule("test.grow", EACH_SECOND, lambda *_: None, attempts=9, wait_s=5)
    app = make_app(fresh_database.settings, [schedule], threading.Event())
    retry = app.tasks["test.grow"].retry_strategy
    assert [retry.exponential_wait ** (tried + 1) for tried in range(3)] == [5, 25, 125]


def test_moments_missed_while_one_job_runs_do_not_pile_up(fresh_database):
    begun, ended = threading.Event(), threading.Event()

    def work(settings: Settings, stopping: threading.Event) -> None:
        begun.set()
        ended.wait(20)

    stopping = threading.Event()
    schedule = Schedule("test.long", EACH_SECOND, work)
    with schedules_running(fresh_database.settings, [schedule], stopping):
        assert begun.wait(20)
        time.sleep(3.5)
        states = sorted(status for _, status, _ in jobs(fresh_database))
        stopping.set()
        ended.set()
    assert states == ["doing", "todo"]


def test_stopping_waits_for_the_job_at_hand(fresh_database):
    begun, ended = threading.Event(), threading.Event()

    def work(settings: Settings, stopping: threading.Event) -> None:
        begun.set()
        time.sleep(0.5)
        ended.set()

    stopping = threading.Event()
    schedule = Schedule("test.long", EACH_SECOND, work)
    with schedules_running(fresh_database.settings, [schedule], stopping):
        assert begun.wait(20)
    assert ended.is_set()
    assert stopping.is_set()


def test_work_that_was_told_to_stop_is_begun_again_later(fresh_database):
    begun = threading.Event()

    def work(settings: Settings, stopping: threading.Event) -> None:
        begun.set()
        if stopping.wait(10):
            raise StoppedError

    stopping = threading.Event()
    schedule = Schedule("test.long", "*/5 * * * *", work)
    with schedules_running(fresh_database.settings, [schedule], stopping):
        assert begun.wait(20)
    assert jobs(fresh_database) == [("test.long", "todo", 1)]


def test_schedule_nobody_wants_is_not_started_but_can_be_done(fresh_database):
    unwanted = Schedule("test.off", EACH_SECOND, lambda *_: None, is_wanted=lambda _: False)
    app = make_app(fresh_database.settings, [unwanted], threading.Event())
    assert app.periodic_registry.periodic_tasks == {}
    assert "test.off" in app.tasks


def test_public_data_is_fetched_by_night_only_where_the_operator_says_so(fresh_database):
    def started(settings: Settings) -> set[str]:
        app = make_app(settings, SCHEDULES, threading.Event())
        return {name for name, _ in app.periodic_registry.periodic_tasks}

    settings = fresh_database.settings
    always = {
        "gleba.fold_resolutions",
        "gleba.refresh_spoiled",
        "nauvis.send_callbacks",
        "vulcanus.forget_texts",
    }
    assert started(settings) == always
    wanted = settings.model_copy(update={"schedule_syncs": True})
    assert started(wanted) == always | {schedule.name for schedule in FULGORA_SCHEDULES}


def test_lost_database_is_waited_for(fresh_database):
    ran = threading.Event()
    stopping = threading.Event()
    schedule = Schedule("test.tick", EACH_SECOND, lambda *_: ran.set())
    away = fresh_database.settings.model_copy(
        update={"database_url": "postgresql://nobody@/nowhere?host=/nonexistent"}
    )
    thread = threading.Thread(
        target=run_schedules, args=(away, [schedule], stopping), kwargs={"poll_s": 0.1}
    )
    thread.start()
    time.sleep(0.5)
    assert thread.is_alive()
    stopping.set()
    thread.join(5)
    assert not thread.is_alive()
    assert not ran.is_set()


# ------------------------------------------------------- what the installed packages bring
def test_routines_of_the_library_name_their_schema(db):
    unset = db.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'procrastinate'::regnamespace"
        " AND NOT coalesce('search_path=procrastinate, pg_temp' = ANY (proconfig), false)"
    ).fetchall()
    some = db.execute(
        "SELECT count(*) FROM pg_proc WHERE pronamespace = 'procrastinate'::regnamespace"
    ).fetchone()
    assert unset == []
    assert some[0] > 5


def test_upgrade_of_the_libraries_is_noticed():
    # One that brings schema changes needs a step of ours that applies them; then change the list.
    known = Path(__file__).with_name("procrastinate_migrations.txt").read_text().split()
    assert sorted(path.name for path in migrations_path.glob("*.sql")) == known
    assert pgmq.install.get_embedded_sql_version() == "1.13.0"
