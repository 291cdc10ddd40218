"""Worker processes beside this one: they stop when told, and when this process is gone.

A helper is `python -m nexus_hub.cli.crew` with its orders as JSON. It listens on its standard
input, the end of which means stop. So nothing outlives the command that started it, however that
one ended.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field

from nexus_hub.cli.rooms import SCHEDULES, consumers
from nexus_hub.cli.session import begin
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import schedules_running
from nexus_hub.platform.logging import logger
from nexus_hub.platform.queues import Worker

log = logger(__name__)
LOOK_S = 1.0
PAUSE_S = 2.0
"""How long a helper that died is waited with before another takes its place."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a helper does: rooms to work for (all by default), until when, and the clock too."""

    rooms: list[str] = field(default_factory=list)
    drain: bool = False
    schedules: bool = False
    parent: int = field(default_factory=os.getpid)


class Crew:
    """As many helpers as said, while the block runs; `done` counts what they did, once left.

    Left in order, they finish the batch at hand; with an exception, they are killed.
    """

    def __init__(self, count: int, orders: Orders) -> None:
        self.orders = orders
        self.done: Counter[str] = Counter()
        self._count = count
        self._stopping = threading.Event()
        self._helpers: list[subprocess.Popen[bytes]] = []
        self._tending = threading.Thread(target=self._tend, name="crew", daemon=True)

    def __enter__(self) -> Crew:
        self._helpers = [self._start() for _ in range(self._count)]
        self._tending.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *failure: object) -> None:
        drains = self.orders.drain and kind is None and not self._stopping.is_set()
        self._stopping.set()
        self._tending.join()
        for helper in self._helpers:
            if kind is not None and not issubclass(kind, SystemExit):
                helper.kill()
            elif not drains and helper.stdin is not None:
                helper.stdin.close()
        for helper in self._helpers:
            said = helper.stdout.read() if helper.stdout is not None else b""
            helper.wait()
            self.done.update(json.loads(said) if said else {})
            for pipe in (helper.stdin, helper.stdout):
                if pipe is not None:
                    pipe.close()

    def stop(self) -> None:
        """Let a crew that would work until nothing is left stop before."""
        self._stopping.set()

    def _start(self) -> subprocess.Popen[bytes]:
        # Ctrl-C reaches the whole process group, a helper that still begins included; when to stop
        # is for the one who gives the orders.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "nexus_hub.cli.crew", json.dumps(asdict(self.orders))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _tend(self) -> None:
        """Start another helper for one that died, unless it was to end by itself."""
        while not self.orders.drain and not self._stopping.wait(PAUSE_S):
            for place, helper in enumerate(self._helpers):
                if helper.poll() is not None:
                    log.error("worker process died", pid=helper.pid, code=helper.returncode)
                    self._helpers[place] = self._start()


def clock(
    chosen: Settings, stopping: threading.Event, *, wanted: bool
) -> AbstractContextManager[None]:
    """The schedules of all rooms, running while the block does, or nothing."""
    return schedules_running(chosen, SCHEDULES, stopping) if wanted else nullcontext()


def main(orders: Orders) -> None:
    """Work as a helper; the counts per queue go to standard output at the end."""
    stopping = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, lambda number, frame: stopping.set())
    threading.Thread(target=_listen, args=(stopping, orders.parent), daemon=True).start()
    done: Counter[str] = Counter()

    def count(queue: str, objects: int) -> None:
        done[queue] += objects

    chosen = begin(upgrade=False)
    with clock(chosen, stopping, wanted=orders.schedules):
        worker = Worker(chosen, consumers(orders.rooms), stopping=stopping, on_progress=count)
        worker.run(drain=orders.drain)
    print(json.dumps(done), flush=True)


def _listen(stopping: threading.Event, parent: int) -> None:
    # Another child of the parent may hold the other end of the pipe, so its death is looked for.
    while os.getppid() == parent:
        heard, _, _ = select.select([sys.stdin.fileno()], [], [], LOOK_S)
        if heard and not os.read(sys.stdin.fileno(), 1):
            break
    stopping.set()


if __name__ == "__main__":
    main(Orders(**json.loads(sys.argv[1])))
