"""Client processes: started, imported and prepared before the clock, then let go together."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, Protocol

import orjson
import psycopg

from benchmarks.databases import Place
from benchmarks.measure import Pass
from nexus_hub.cli.rooms import consumers
from nexus_hub.cli.session import worker_connection
from nexus_hub.nauvis import service as nauvis
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queues import Worker
from nexus_hub.vulcanus.queries import strategy
from nexus_hub.vulcanus.strategies import make_strategies
from nexus_hub.vulcanus.strategy import Strategy

COPY = "COPY work (doi, indexed, record) FROM STDIN"
DEPOSITS = "vulcanus_deposit_received"
TABLE = "CREATE TABLE work (doi text PRIMARY KEY, indexed timestamptz, record json)"


class ClientFailed(Exception):
    """A client process ended with an error; the message is its traceback."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a client did: records it took in, and when its last batch was committed."""

    records: int
    ended_at: float


class Job(Protocol):
    """The work of one client process."""

    def prepare(self) -> None:
        """Do what is not measured."""

    def run(self) -> Done:
        """Do what is measured."""
        ...


@dataclass
class CopyJob:
    """(a) One COPY of the works, parsed and in memory, over an open connection into one table."""

    uri: str
    path: Path

    def prepare(self) -> None:
        """Parse the file, connect, and make the table."""
        self.rows = list(_rows(self.path))
        self.connection = psycopg.connect(self.uri)
        self.connection.execute(TABLE)
        self.connection.commit()

    def run(self) -> Done:
        """Copy all rows and commit."""
        with self.connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.connection.commit()
        return Done(len(self.rows), time.monotonic())


@dataclass
class FlowJob:
    """(b) `nexus load deposits` where there is a path; then Vulcanus' deposits until none is left.

    Who loads nothing works from the start, until all is loaded and done. With `is_enriched` all of
    Vulcanus' queues, as `nexus work vulcanus --drain` does; the organisations are read into memory
    beforehand, as a worker does once.
    """

    settings: Settings
    path: Path | None
    loaded: Event
    is_enriched: bool = False

    def prepare(self) -> None:
        """Read the organisations where they are needed."""
        self.memory: dict[str, Any] = {}
        if self.is_enriched:
            self.memory["strategies"] = read_strategies(self.settings)

    def run(self) -> Done:
        """Deposit, then work until nothing is left; it ends with the last commit."""
        records = self._load(self.path) if self.path else 0
        self.ended_at = time.monotonic()
        queues = [
            consumer
            for consumer in consumers(["vulcanus"])
            if self.is_enriched or consumer.queue == DEPOSITS
        ]
        worker = Worker(self.settings, queues, on_progress=self._note, memory=self.memory)
        is_last = False
        while not is_last:
            is_last = self.loaded.is_set()
            worker.run(drain=True)
        return Done(records, self.ended_at)

    def _load(self, path: Path) -> int:
        try:
            with worker_connection(self.settings) as connection:
                return sum(taken.records for taken in nauvis.load(connection, [str(path)]))
        finally:
            self.loaded.set()

    def _note(self, queue: str, objects: int) -> None:
        self.ended_at = time.monotonic()


def flow_jobs(
    settings: Settings, path: Path, workers: int, *, is_enriched: bool = False
) -> list[Job]:
    """So many workers, of which the first loads the file before it works."""
    loaded = multiprocessing.get_context("spawn").Event()
    return [
        FlowJob(settings, path if number == 0 else None, loaded, is_enriched)
        for number in range(workers)
    ]


def read_strategies(settings: Settings) -> dict[str, Strategy]:
    """The strategies with what they match against in memory, as a worker keeps them."""
    made = make_strategies()
    with worker_connection(settings) as connection:
        for row in strategy.strategy_list(connection):
            if row.strategy in made:
                made[row.strategy].prepare(connection, row.inputs_index)
    return made


def timed(place: Place, jobs: Sequence[Job]) -> Pass:
    """Run each job in a process of its own, all at once, and measure from the first to the last."""
    context = multiprocessing.get_context("spawn")
    pipes: list[Pipe] = []
    processes = []
    for job in jobs:
        ours, theirs = context.Pipe()
        process = context.Process(target=_client, args=(theirs, job), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    for pipe in pipes:
        _receive(pipe)
    place.checkpoint()
    server_before, started_at = place.cpu_s(), time.monotonic()
    for pipe in pipes:
        pipe.send("go")
    results: list[tuple[Done, float]] = [_receive(pipe) for pipe in pipes]
    for process in processes:
        process.join()
    return Pass(
        records=sum(done.records for done, _ in results),
        wall_s=max(done.ended_at for done, _ in results) - started_at,
        client_cpu_s=sum(cpu_s for _, cpu_s in results),
        server_cpu_s=place.cpu_s() - server_before,
    )


def _client(pipe: Pipe, job: Job) -> None:
    try:
        job.prepare()
        pipe.send("ready")
        pipe.recv()
        before = time.process_time()
        done = job.run()
        pipe.send((done, time.process_time() - before))
    except Exception:
        pipe.send(ClientFailed(traceback.format_exc()))


def _receive(pipe: Pipe) -> Any:
    said = pipe.recv()
    if isinstance(said, ClientFailed):
        raise said
    return said


def _rows(path: Path) -> Iterator[tuple[str, str | None, str]]:
    with path.open("rb") as lines:
        for line in lines:
            work = orjson.loads(line)
            indexed = (work.get("indexed") or {}).get("date-time")
            yield work["DOI"].lower(), indexed, line.decode().strip()
