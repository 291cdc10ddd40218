"""Requests per second of `GET /works/{doi}`, and of a route with the same bytes but no database.

One server process as in production, and this process asks; both and PostgreSQL share the machine.
Works are asked for thrice: some in turn, which the process soon has rendered; the same by clients
that hold them already, so that the answer is 304; and many in turn, more than a process keeps.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

import httpx

from benchmarks import http_client
from benchmarks.databases import Place
from benchmarks.load import ROOT
from benchmarks.measure import Spread, tree_cpu_s
from benchmarks.records import Input
from benchmarks.static_route import FOLDER

CONCURRENCIES = (1, 8, 32)
DIFFERENT = 200
"""How many works are asked for in turn."""
MANY = 5_000
"""How many are where each answer is rendered anew."""
AIM, HELD_AIM = 0.5, 0.6
SECONDS = 2.0


class NotServed(Exception):
    """There is nothing to ask: the message says what was answered instead."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One stretch of requests to one route."""

    rate: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Stretches at one concurrency, of works and of the route without a database, by turns."""

    concurrency: int
    works: list[Sample] = field(default_factory=list)
    static: list[Sample] = field(default_factory=list)
    held: list[Sample] = field(default_factory=list)
    many: list[Sample] = field(default_factory=list)

    def ratio(self, samples: Sequence[Sample] | None = None) -> Spread:
        """The rate of works as a share of the other route's, turn by turn."""
        pairs = zip(self.works if samples is None else samples, self.static, strict=True)
        return Spread.of(mine.rate / its.rate for mine, its in pairs)


@dataclass
class Server:
    """The running API."""

    place: Place
    process: subprocess.Popen[bytes]
    port: int

    def cpu_s(self) -> float:
        """CPU seconds of the API's processes and of PostgreSQL."""
        return tree_cpu_s(self.process.pid) + self.place.cpu_s()

    def ask(self, requests: Sequence[bytes], concurrency: int) -> Sample:
        """Ask for a while."""
        before = self.cpu_s()
        found = http_client.ask(self.port, requests, concurrency=concurrency, seconds=SECONDS)
        cpu_us = (self.cpu_s() - before) / found.requests * 1e6
        points = quantiles(found.latencies, n=100)
        return Sample(found.rate, cpu_us, points[49] * 1e3, points[98] * 1e3)


def measure(
    place: Place,
    database: str,
    source: Input,
    folder: Path,
    passes: int,
    advance: Callable[[str], None],
) -> list[Rates]:
    """Ask both routes by turns at each concurrency; NotServed where works are not served."""
    answers = folder / "answers"
    answers.mkdir()
    with serving(place, database, answers) as server:
        paths = _paths(_some_dois(source))
        tags = keep_answers(server.port, paths, answers)
        several = _paths([work["DOI"].lower() for work in source.works[:MANY]])
        asked = {
            "works": [http_client.get(path, server.port) for path in paths],
            "static": [
                http_client.get(f"/bench/static/{number}", server.port)
                for number in range(len(paths))
            ],
            "held": [
                http_client.get(path, server.port, tag)
                for path, tag in zip(paths, tags, strict=True)
            ],
            "many": [http_client.get(path, server.port) for path in several],
        }
        rates = [Rates(concurrency) for concurrency in CONCURRENCIES]
        for number in range(passes + 1):
            for rate in rates:
                advance(f"requests, {rate.concurrency} at once, pass {number}")
                for name, requests in asked.items():
                    sample = server.ask(requests, rate.concurrency)
                    if number:
                        getattr(rate, name).append(sample)
    return rates


def _paths(dois: Sequence[str]) -> list[str]:
    return [f"/works/{quote(doi, safe='')}" for doi in dois]


def _some_dois(source: Input) -> list[str]:
    step = max(1, len(source.works) // DIFFERENT)
    return [work["DOI"].lower() for work in source.works[::step][:DIFFERENT]]


def keep_answers(port: int, paths: Sequence[str], answers: Path) -> list[str]:
    """Ask once for each path, keep the bytes, and see that the other route gives the same.

    Returns the tags.
    """
    tags = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        for number, path in enumerate(paths):
            answer = client.get(path)
            if answer.status_code != httpx.codes.OK:
                raise NotServed(f"GET {path} was answered with {answer.status_code}")
            tags.append(answer.headers["ETag"])
            (answers / str(number)).write_bytes(answer.content)
            same = client.get(f"/bench/static/{number}")
            if same.content != answer.content:
                raise NotServed(f"the bytes of {path} come back changed: {same.status_code}")
    return tags


@contextmanager
def serving(place: Place, database: str, answers: Path) -> Generator[Server]:
    """The API on a free port, in one process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1",
        "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning",
        "benchmarks.static_route:create",
    ]  # fmt: skip
    settings = place.settings(database)
    environment = {
        **os.environ,
        "NEXUS_HOME": str(settings.home),
        "NEXUS_DATABASE_URL": str(settings.database_url),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).strip(
            os.pathsep
        ),
        FOLDER: str(answers),
    }
    with (answers.parent / "api.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, port, Path(log.name))
        yield Server(place, process, port)
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            httpx.get(f"http://127.0.0.1:{port}/health", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise NotServed(f"the API did not start: {log.read_text()[-2000:]}")
