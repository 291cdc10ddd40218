"""Everything one run found out, as tables for people and as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.aims import Figure
from benchmarks.flat import Ladder
from benchmarks.load import ratios
from benchmarks.measure import Spread, Subject, by_key
from benchmarks.requests_rate import AIM, HELD_AIM, Rates, Sample
from benchmarks.revision import Revisions
from benchmarks.storage import Storage, by_room

AIMS = {"b2/a": 0.35, "b1/c": 2.0, "b2/c": 2.0}
MEANINGS = {
    "b1/a": "our flow by one worker, to bare COPY",
    "b2/a": "our flow by two workers, to bare COPY",
    "b1/c": "our flow by one worker, to alexandria3k (one process each)",
    "b2/c": "our flow by two workers, to alexandria3k",
    "c/c0": "what durable commits leave of the rate of alexandria3k",
    "e1/b1": "what enrichment leaves of the rate, one worker",
    "e2/b2": "what enrichment leaves of the rate, two workers",
}


@dataclass
class Results:
    """What was measured; what was left out is empty."""

    environment: dict[str, Any]
    facts: dict[str, Any] = field(default_factory=dict)
    subjects: list[Subject] = field(default_factory=list)
    ladder: Ladder | None = None
    storage: Storage | None = None
    rates: list[Rates] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    revisions: Revisions | None = None

    def as_json(self) -> dict[str, Any]:
        """The same figures as in the tables, and every single pass."""
        found: dict[str, Any] = {"environment": self.environment, "facts": self.facts}
        found["load"] = {subject.key: _plain(subject.as_json()) for subject in self.subjects}
        found["ratios"] = _plain(ratios(by_key(self.subjects)))
        if self.ladder:
            rungs = [{**asdict(rung), "cpu_us": rung.cpu_us} for rung in self.ladder.rungs()]
            found["flat"] = {**asdict(self.ladder), "rungs": rungs, "growth": self.ladder.growth()}
        if self.storage:
            found["storage"] = asdict(self.storage)
        if self.revisions:
            found["revision"] = asdict(self.revisions)
        found["catalogue"] = [
            {**asdict(figure), "ratio": _plain(figure.ratio()), "is_met": figure.is_met()}
            for figure in self.figures
        ]
        found["requests"] = [
            {
                **asdict(rate),
                "ratio": asdict(rate.ratio()),
                "held_ratio": asdict(rate.ratio(rate.held)),
                "many_ratio": asdict(rate.ratio(rate.many)),
            }
            for rate in self.rates
        ]
        return found

    def show(self, console: Console) -> None:
        """Print a table per question."""
        for table in self._tables():
            console.print(table)
            console.print()
        for name, value in [*self.environment.items(), *self.facts.items()]:
            console.print(f"{name}: {_words(value)}", highlight=False)

    def _tables(self) -> Iterator[Table]:
        if self.subjects:
            yield load_table(self.subjects)
            yield ratio_table(self.subjects)
        if self.ladder:
            yield ladder_table(self.ladder)
        if self.rates:
            yield requests_table(self.rates)
        if self.figures:
            once = {(one.group, one.name): one for one in reversed(self.figures)}
            yield figure_table(list(once.values())[::-1])
            yield aim_table(self.figures)
        if self.revisions:
            yield revision_table(self.revisions)
        if self.storage:
            yield storage_table(self.storage)


def load_table(subjects: list[Subject]) -> Table:
    """Rates and CPU of everything that takes records in."""
    passes = len(subjects[0].passes)
    table = _table(
        f"Taking records in: medians of {passes} passes, by turns",
        "", "subject", "processes", "records/s", "range",
        "CPU us/record", "range", "clients", "server",
    )  # fmt: skip
    for subject in subjects:
        table.add_row(
            subject.key,
            subject.title,
            str(subject.processes),
            *subject.spread("rate").show(),
            *subject.spread("cpu_us").show(),
            f"{subject.spread('client_us').median:,.0f}",
            f"{subject.spread('server_us').median:,.0f}",
        )
    return table


def ratio_table(subjects: list[Subject]) -> Table:
    """How they compare, pass by pass."""
    table = _table("Ratios of the rates, pass by pass", "", "meaning", "ratio", "range", "aim")
    for name, ratio in ratios(by_key(subjects)).items():
        aim = f"{AIMS[name]:.2f}" if name in AIMS else ""
        table.add_row(name, MEANINGS[name], *ratio.show(2), aim)
    return table


def ladder_table(ladder: Ladder) -> Table:
    """Cost per record as the database grows."""
    table = _table(
        "Cost of a record while one database grows",
        "records then", "records/s", "CPU us/record", "client", "server",
    )  # fmt: skip
    for rung in ladder.rungs():
        table.add_row(
            f"{rung.records_after:,}",
            f"{rung.rate:,.0f}",
            f"{rung.cpu_us:,.0f}",
            f"{rung.client_us:,.0f}",
            f"{rung.server_us:,.0f}",
        )
    spread = ladder.between_cpu_s / ladder.steps[-1].records_after * 1e6
    table.caption = (
        f"last rung / first: {ladder.growth():.2f}; server between steps: {spread:,.0f} us"
    )
    return table


def requests_table(rates: list[Rates]) -> Table:
    """GET /works/{doi} beside a route without a database."""
    table = _table(
        "Requests per second: GET /works/{doi}, and the same bytes without a database",
        "at once", "subject", "rate", "range", "ratio", "range", "aim", "p50 ms", "p99 ms",
        "CPU us",
    )  # fmt: skip
    for rate in rates:
        # The aims are those of many at once.
        aims = (AIM, HELD_AIM) if rate is rates[-1] else (None, None)
        subjects = (
            ("works", rate.works, aims[0]),
            ("304", rate.held, aims[1]),
            ("works, each anew", rate.many, None),
            ("without a database", rate.static, None),
        )
        for name, samples, aim in subjects:
            table.add_row(
                str(rate.concurrency),
                name,
                *_spread(samples, "rate").show(),
                *rate.ratio(samples).show(2),
                f"at least {aim}" if aim else "",
                f"{_spread(samples, 'p50_ms').median:.1f}",
                f"{_spread(samples, 'p99_ms').median:.1f}",
                f"{_spread(samples, 'cpu_us').median:,.0f}",
            )
    table.caption = "CPU: API and PostgreSQL"
    return table


def storage_table(storage: Storage) -> Table:
    """Bytes by room, with what indexes and long values take."""
    record, revision = by_room(storage.per_record), by_room(storage.per_revision)
    table = _table(
        f"Bytes on disk; the input has {storage.input_bytes:,.0f} a record",
        "room", "per record", "per further revision (title only)",
    )  # fmt: skip
    for room in record:
        if record[room] >= 1 or revision.get(room, 0) >= 1:
            table.add_row(room, f"{record[room]:,.0f}", f"{revision.get(room, 0):,.0f}")
    table.add_section()
    table.add_row("all", f"{sum(record.values()):,.0f}", f"{sum(revision.values()):,.0f}")
    table.caption = f"of {storage.records:,} records and {storage.revisions:,} further revisions"
    return table


def figure_table(figures: list[Figure]) -> Table:
    """What the catalogue does in a second, or takes."""
    table = _table("Medians of the passes", "subject", "median", "range", "unit", "CPU us")
    for figure in figures:
        spread = Spread.of(figure.values)
        cpu = f"{Spread.of(figure.cpu_us).median:,.0f}" if figure.cpu_us else ""
        digits = 0 if spread.median >= 100 else 1
        table.add_row(f"{figure.group}: {figure.name}", *spread.show(digits), figure.unit, cpu)
    table.caption = "CPU of clients and PostgreSQL: of a release, an MB, a request"
    return table


def aim_table(figures: list[Figure]) -> Table:
    """What is held against something, pass by pass."""
    table = _table(
        "Beside other ways: ratios pass by pass",
        "subject", "to", "ratio", "range", "aim",
    )  # fmt: skip
    for figure in figures:
        if ratio := figure.ratio():
            aim = f"{figure.sense} {figure.aim}" if figure.aim else ""
            table.add_row(figure.name, figure.beside, *ratio.show(2), aim)
    return table


def revision_table(revisions: Revisions) -> Table:
    """Bytes of a further revision, table by table."""
    table = _table(
        f"Bytes of a further revision of {revisions.articles:,} articles, title only;"
        f" on average {revisions.authors:.1f} authors, {revisions.references:.1f} references",
        "subject", "bytes", "of which",
    )  # fmt: skip
    for name, sizes in (
        ("NEXUS", revisions.ours),
        ("fatcat-like tables, all the same data", revisions.full),
        ("fatcat-like tables, without extra JSON", revisions.bare),
    ):
        largest = [f"{one.split('.')[1]} {size:,.0f}" for one, size in sizes.items() if size >= 20]
        table.add_row(name, f"{sum(sizes.values()):,.0f}", ", ".join(largest))
    return table


def _spread(samples: list[Sample], measure: str) -> Spread:
    return Spread.of(getattr(sample, measure) for sample in samples)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", caption_justify="left", box=box.SIMPLE_HEAD)
    for name in columns:
        is_text = name in ("", "subject", "meaning", "room", "unit", "to", "of which")
        table.add_column(name, justify="left" if is_text else "right", no_wrap=True)
    return table


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(part)}" for name, part in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value
