"""What is measured in a pass, how CPU time of a whole server is read, and what passes come to."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import psutil


@dataclass(frozen=True, slots=True)
class Pass:
    """One measured pass: wall seconds, and CPU seconds of the clients and of PostgreSQL."""

    records: int
    wall_s: float
    client_cpu_s: float
    server_cpu_s: float

    @property
    def rate(self) -> float:
        """Records per second."""
        return self.records / self.wall_s

    @property
    def client_us(self) -> float:
        """CPU microseconds per record in the client processes."""
        return self.client_cpu_s / self.records * 1e6

    @property
    def server_us(self) -> float:
        """CPU microseconds per record in PostgreSQL."""
        return self.server_cpu_s / self.records * 1e6

    @property
    def cpu_us(self) -> float:
        """CPU microseconds per record, clients and server."""
        return self.client_us + self.server_us


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several passes, with the least and the greatest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """The spread of these values.

        >>> Spread.of([3.0, 1.0, 2.0])
        Spread(median=2.0, low=1.0, high=3.0)
        """
        found = list(values)
        return cls(median(found), min(found), max(found))

    def show(self, digits: int = 0) -> tuple[str, str]:
        """As text: the median, and the range.

        >>> Spread(1234.5, 1000.0, 2000.0).show()
        ('1,234', '1,000..2,000')
        """
        return f"{self.median:,.{digits}f}", f"{self.low:,.{digits}f}..{self.high:,.{digits}f}"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is measured: its letter, its name, its processes, its passes."""

    key: str
    title: str
    processes: int
    passes: list[Pass]

    def spread(self, measure: str) -> Spread:
        """The spread of a measure of its passes, named as in Pass."""
        return Spread.of(getattr(one, measure) for one in self.passes)

    def ratio(self, other: Subject) -> Spread:
        """How many times as many records a second as another, pass by pass."""
        pairs = zip(self.passes, other.passes, strict=True)
        return Spread.of(mine.rate / its.rate for mine, its in pairs)

    def as_json(self) -> dict[str, Any]:
        """Everything known of it, for `--json`."""
        measures = ("rate", "cpu_us", "client_us", "server_us", "wall_s")
        return {
            "title": self.title,
            "processes": self.processes,
            "passes": self.passes,
            **{name: self.spread(name) for name in measures},
        }


def tree_cpu_s(pid: int) -> float:
    """CPU seconds of a process and all below it, also of those that have ended.

    What a child used is counted when its parent has reaped it, so this reads until nobody came or
    went between the beginning and the end of the reading.
    """
    root = psutil.Process(pid)
    while True:
        family = [root, *root.children(recursive=True)]
        try:
            total = sum(_cpu_s(process) for process in family)
        except psutil.NoSuchProcess:
            if not root.is_running():
                raise
            continue
        if [root, *root.children(recursive=True)] == family:
            return total
        time.sleep(0.01)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def by_key(subjects: Sequence[Subject]) -> dict[str, Subject]:
    """Subjects by their letter."""
    return {subject.key: subject for subject in subjects}
