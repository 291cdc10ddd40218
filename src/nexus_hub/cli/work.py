"""`nexus work`: run workers, one process or several."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_hub.cli.session import begin, console, errors, stop_on_signal

if TYPE_CHECKING:
    from nexus_hub.platform.config import Settings


def work(
    rooms: Annotated[
        list[str] | None, typer.Argument(help="Rooms to work for; all by default.")
    ] = None,
    drain: Annotated[
        bool, typer.Option("--drain", help="Stop when nothing is left to do.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="How many processes.")] = 1,
) -> None:
    """Work the queues of rooms: process deposits, answer requests, index what was accepted.

    For all rooms together, and not only until nothing is left, what the clock starts runs as well:
    stale reports are made anew, and public releases fetched where the settings say so.
    """
    # Imported late, here and below: no other command needs what the rooms' workers need.
    from nexus_hub.cli.rooms import CONSUMERS

    unknown = sorted(set(rooms or []) - set(CONSUMERS))
    if unknown:
        known = ", ".join(CONSUMERS)
        raise typer.BadParameter(f"no workers in {', '.join(unknown)}; rooms with workers: {known}")
    chosen = begin()
    with stop_on_signal() as stopping:
        run(chosen, rooms or [], drain=drain, processes=processes, stopping=stopping)


def run(
    chosen: Settings,
    rooms: list[str],
    *,
    drain: bool,
    processes: int = 1,
    stopping: threading.Event | None = None,
) -> None:
    """Run workers in this process and `processes - 1` others, until drained or stopped."""
    from nexus_hub.cli.crew import Crew, Orders, clock

    stop = stopping or threading.Event()
    crew = Crew(processes - 1, Orders(rooms, drain=drain))
    with crew, clock(chosen, stop, wanted=not drain and not rooms):
        done = _work(chosen, rooms, drain, stop)
        if stop.is_set():
            crew.stop()
    done.update(crew.done)
    for queue, count in sorted(done.items()):
        console.print(f"{queue:32} {count:>10,} objects")
    if not done:
        console.print("nothing to do")


def _work(
    chosen: Settings, rooms: list[str], drain: bool, stopping: threading.Event
) -> Counter[str]:
    from nexus_hub.cli.rooms import consumers
    from nexus_hub.platform.queues import Worker

    done: Counter[str] = Counter()
    with errors.status("[dim]waiting for work[/dim]") as status:

        def progress(queue: str, objects: int) -> None:
            done[queue] += objects
            shown = "  ".join(f"{name} {count:,}" for name, count in sorted(done.items()))
            status.update(f"[dim]{shown}[/dim]")

        worker = Worker(chosen, consumers(rooms), stopping=stopping, on_progress=progress)
        worker.run(drain=drain)
    return done
