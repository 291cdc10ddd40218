"""What every command starts with: settings, logs, a database that is up to date, and a console.

What only some need is imported late, here and in the modules of the commands: `nexus --help` is to
be there at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console

if TYPE_CHECKING:
    from psycopg import Connection
    from rich.progress import Progress

    from nexus_hub.platform.config import Settings

PIPED_COLUMNS: Final = 120
"""Columns of what goes to no terminal, unless COLUMNS says another number."""

is_piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
console = Console(width=PIPED_COLUMNS if is_piped else None)
errors = Console(stderr=True)


def begin(*, upgrade: bool = True) -> Settings:
    """The settings of this process, with logs set up and, with `upgrade`, the schema current."""
    from nexus_hub.platform import logging, migration
    from nexus_hub.platform.config import settings

    chosen = settings()
    logging.configure(chosen)
    if upgrade:
        migration.upgrade_settings(chosen)
    return chosen


@contextmanager
def worker_connection(chosen: Settings) -> Generator[Connection[Any]]:
    """A connection with the rights of a worker; each transaction commits by itself."""
    from nexus_hub.platform import db
    from nexus_hub.platform.queues import WORKER_OPTIONS

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
    from rich import progress

    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn(description),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        console=errors,
        transient=True,
    )


def reading() -> Progress:
    """A bar for files that are read."""
    from rich import progress

    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        progress.TextColumn("{task.fields[records]:,} records"),
        progress.TimeElapsedColumn(),
        console=errors,
        transient=True,
    )
