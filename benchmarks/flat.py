"""Cost per record while the catalogue grows: the real records again and again under fresh DOIs.

Every step adds whole copies of the input, so the mix of records is the same in each and only the
size of the database differs. Two worker processes, started afresh for each step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import records
from benchmarks.clients import flow_jobs, timed
from benchmarks.databases import Place
from benchmarks.load import PLAIN, WrongResult
from benchmarks.measure import Pass
from benchmarks.records import Input
from nexus_hub.catalog.queries import ident
from nexus_hub.cli.session import worker_connection

STEP_RECORDS = 5000
SMALL = 40_000
LARGE = 200_000
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Step:
    """What adding some records cost, in a database that then held so many."""

    records_after: int
    measured: Pass


@dataclass(frozen=True, slots=True)
class Rung:
    """The steps since the rung before, taken together."""

    records_after: int
    rate: float
    client_us: float
    server_us: float

    @property
    def cpu_us(self) -> float:
        """CPU microseconds per record, clients and server."""
        return self.client_us + self.server_us


@dataclass(frozen=True, slots=True)
class Ladder:
    """All steps, and the CPU seconds the server used between them: vacuum and checkpoints."""

    steps: list[Step]
    between_cpu_s: float

    def rungs(self) -> list[Rung]:
        """The steps gathered so that each rung about doubles the database."""
        rungs: list[Rung] = []
        gathered: list[Step] = []
        for number, step in enumerate(self.steps, 1):
            gathered.append(step)
            is_power = number & (number - 1) == 0
            if is_power or step is self.steps[-1]:
                rungs.append(_rung(gathered))
                gathered = []
        return rungs

    def growth(self) -> float:
        """CPU per record on the last rung, as a multiple of the first."""
        rungs = self.rungs()
        return rungs[-1].cpu_us / rungs[0].cpu_us


def _rung(steps: list[Step]) -> Rung:
    count = sum(step.measured.records for step in steps)
    return Rung(
        records_after=steps[-1].records_after,
        rate=count / sum(step.measured.wall_s for step in steps),
        client_us=sum(step.measured.client_cpu_s for step in steps) / count * 1e6,
        server_us=sum(step.measured.server_cpu_s for step in steps) / count * 1e6,
    )


def step_count(source: Input, target: int) -> tuple[int, int]:
    """How many steps reach the target, and how many copies of the input each adds."""
    copies = max(1, round(STEP_RECORDS / len(source.works)))
    return max(1, round(target / (copies * len(source.works)))), copies


def climb(
    place: Place, source: Input, folder: Path, target: int, advance: Callable[[str], None]
) -> Ladder:
    """Add copies to one database until it holds the target."""
    database = place.clone(PLAIN)
    settings = place.settings(database)
    path = folder / "copies.jsonl"
    count, copies = step_count(source, target)
    steps: list[Step] = []
    total = 0
    before = place.cpu_s()
    for number in range(count):
        advance(f"ladder, {total:,} records in the database")
        chosen = range(number * copies, (number + 1) * copies)
        records.write_copies(path, source.works, chosen)
        measured = timed(place, flow_jobs(settings, path, WORKERS))
        total += measured.records
        steps.append(Step(total, measured))
    spent = place.cpu_s() - before
    with worker_connection(settings) as connection:
        live = {row.kind: row.object_count for row in ident.ident_count_by_kind(connection)}
    if live.get("release", 0) < 0.99 * total:
        raise WrongResult(f"{live} objects came of {total} records")
    place.drop(database)
    path.unlink()
    return Ladder(steps, spent - sum(step.measured.server_cpu_s for step in steps))
