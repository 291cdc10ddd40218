"""What every command starts with: settings, logs, a database that is up to date, and a console."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from nexus_hub.platform import db, logging, migration
from nexus_hub.platform.config import Settings, settings
from nexus_hub.platform.queues import WORKER_OPTIONS

console = Console()
errors = Console(stderr=True)


def begin(*, upgrade: bool = True) -> Settings:
    """The settings of this process, with logs set up and, with `upgrade`, the schema current."""
    chosen = settings()
    logging.configure(chosen)
    if upgrade:
        migration.upgrade_settings(chosen)
    return chosen


@contextmanager
def worker_connection(chosen: Settings) -> Generator[Connection[Any]]:
    """A connection with the rights of a worker; each transaction commits by itself."""
    with db.connect(chosen, "nexus_worker", **WORKER_OPTIONS) as connection:
        connection.autocommit = True
        yield connection


@contextmanager
def stop_on_signal() -> Generator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets; a second Ctrl-C interrupts at once."""
    stopping = threading.Event()

    def stop(number: int, frame: object) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()
        errors.print("[dim]finishing the batch at hand; press Ctrl-C again to drop it[/dim]")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def counting(description: str) -> Progress:
    """A bar for work of known size."""
    return Progress(
        SpinnerColumn(),
        TextColumn(description),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    )


def reading() -> Progress:
    """A bar for files that are read."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[records]:,} records"),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    )
