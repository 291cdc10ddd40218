"""Figures of the catalogue that are held against something, or stand alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.databases import Place
from benchmarks.measure import Spread


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured in several passes and, pass by pass, what it is held against."""

    group: str
    name: str
    unit: str
    beside: str = ""
    aim: float | None = None
    sense: Literal["at least", "at most"] = "at least"
    values: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)

    def add(self, value: float, other: float | None = None, cpu_us: float | None = None) -> None:
        """Note a pass."""
        self.values.append(value)
        if other is not None:
            self.others.append(other)
        if cpu_us is not None:
            self.cpu_us.append(cpu_us)

    def ratio(self) -> Spread | None:
        """The value as a multiple of the other, pass by pass; None where it stands alone.

        >>> figure = Figure("dump", "flat", "MB/s")
        >>> figure.add(3.0, 6.0)
        >>> figure.ratio()
        Spread(median=0.5, low=0.5, high=0.5)
        """
        if not self.others:
            return None
        return Spread.of(v / o for v, o in zip(self.values, self.others, strict=True))

    def is_met(self) -> bool | None:
        """Whether the aim is met by the median; None where there is none."""
        ratio = self.ratio()
        if ratio is None or self.aim is None:
            return None
        return ratio.median >= self.aim if self.sense == "at least" else ratio.median <= self.aim


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: wall seconds, and CPU seconds of this process and of PostgreSQL."""

    wall_s: float
    cpu_s: float


def spent(place: Place, action: Callable[[], object]) -> Spent:
    """Run something and say what it took."""
    server, client, began = place.cpu_s(), time.process_time(), time.perf_counter()
    action()
    wall_s = time.perf_counter() - began
    return Spent(wall_s, time.process_time() - client + place.cpu_s() - server)
