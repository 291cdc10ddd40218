"""What the clock starts: schedules of rooms, kept by procrastinate in the schema of its name.

Any number of processes may run the schedules; the database sees to it that each moment of a
schedule makes one job. A job that fails is tried again, later each time.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import psycopg_pool

from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.logging import logger

if TYPE_CHECKING:
    import procrastinate

log = logger(__name__)
POLL_S = 5.0
LOOK_S = 0.25
"""How often the event that stops everything is looked at."""


class StoppedError(Exception):
    """Work was told to stop before it was done."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work of a room at the moments of a cron expression, in UTC.

    `run` gets the settings and an event that tells long work to stop, which raises StoppedError
    and is begun again later. `is_wanted` says whether these settings start it at all. After a
    failure it is tried again after `wait_s` to the power of the number of tries so far, in
    seconds; `attempts` bounds the tries.
    """

    name: str
    cron: str
    run: Callable[[Settings, threading.Event], None]
    is_wanted: Callable[[Settings], bool] = lambda settings: True
    attempts: int = 3
    wait_s: int = 5


def make_app(
    settings: Settings, schedules: Sequence[Schedule], stopping: threading.Event
) -> procrastinate.App:
    """The app of procrastinate with these schedules, not yet open."""
    # Imported late: who declares a schedule does not need the library.
    import procrastinate

    conninfo = db.as_role(db.uri(settings), "nexus_worker", search_path="procrastinate")
    connector = procrastinate.PsycopgConnector(
        conninfo=conninfo,
        min_size=1,
        max_size=3,
        kwargs={"application_name": "nexus schedules"},
    )
    app = procrastinate.App(connector=connector)
    for schedule in schedules:
        _register(app, settings, schedule, stopping)
    return app


def run_schedules(
    settings: Settings,
    schedules: Sequence[Schedule],
    stopping: threading.Event,
    *,
    poll_s: float = POLL_S,
) -> None:
    """Start what is due until stopped; the job at hand is finished first.

    A lost database is waited for.
    """
    from procrastinate.exceptions import ConnectorException

    while not stopping.is_set():
        try:
            asyncio.run(_work(make_app(settings, schedules, stopping), stopping, poll_s))
        except (ConnectorException, psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
            log.error("schedules lost the database", error=str(error.__cause__ or error).strip())
            stopping.wait(poll_s)


@contextmanager
def schedules_running(
    settings: Settings, schedules: Sequence[Schedule], stopping: threading.Event
) -> Generator[None]:
    """Run schedules in a thread of their own until `stopping` is set or the block is left.

    Left in order, the job at hand is waited for.
    """
    thread = threading.Thread(
        target=run_schedules, args=(settings, schedules, stopping), name="schedules", daemon=True
    )
    thread.start()
    try:
        yield
    except BaseException:
        stopping.set()
        raise
    stopping.set()
    thread.join()


async def _work(app: procrastinate.App, stopping: threading.Event, poll_s: float) -> None:
    working = asyncio.create_task(_open_and_work(app, poll_s))
    while not stopping.is_set() and not working.done():
        await asyncio.wait({working}, timeout=LOOK_S)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _open_and_work(app: procrastinate.App, poll_s: float) -> None:
    try:
        await app.open_async()
        await app.run_worker_async(
            name="schedules",
            install_signal_handlers=False,
            listen_notify=False,
            fetch_job_polling_interval=poll_s,
            # What went well leaves no trace; what failed stays to be looked at.
            delete_jobs="successful",
        )
    finally:
        await app.close_async()


def _register(
    app: procrastinate.App, settings: Settings, schedule: Schedule, stopping: threading.Event
) -> None:
    from procrastinate import RetryStrategy

    def job(timestamp: int) -> None:
        log.debug("schedule due", schedule=schedule.name, due=timestamp)
        schedule.run(settings, stopping)

    # One job of a schedule waits at most, and one runs.
    task = app.task(
        name=schedule.name,
        queue="schedules",
        lock=schedule.name,
        queueing_lock=schedule.name,
        retry=RetryStrategy(max_attempts=schedule.attempts - 1, exponential_wait=schedule.wait_s),
    )(job)
    # Every process can do a job that another has put down; only those that want it put it down.
    if schedule.is_wanted(settings):
        app.periodic(cron=schedule.cron, periodic_id="clock")(task)
