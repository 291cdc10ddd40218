"""Enrichment from nothing, and after a release of the registry that touches 1 % of it.

Real works without their references, under fresh DOIs where there are not enough. The first author
of each has two affiliations of the truth file, most of them behind a department, so that strings
are varied. The organisations are in the catalogue before the strategy is switched on: the first
cost is that of every layer. Then one in a hundred organisations changes, three times: as real
releases changed some, of which there are not always so many; each gets one more name; each sits
elsewhere and is called otherwise. The costs hold all that the workers of Fulgora and Vulcanus and
PostgreSQL do from the file to the last record, by a worker that goes on running. Some half a CPU
second of it is the price of any release, and weighs the more the fewer the records are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from benchmarks.aims import Figure, spent
from benchmarks.databases import Place
from benchmarks.records import Input, Work, copy_work, flatten_numbers
from nexus_hub.cli.rooms import consumers
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.queues import Worker
from nexus_hub.vulcanus.truth import read_cases, read_lines

TEMPLATE = "bench_gaps"
SMALL, LARGE = 12_000, 200_000
PER_ORGANISATION = 6.45
"""Records to an organisation: those of the large run to the whole registry."""

TOUCHED = 100
"""One organisation of so many changes."""

AFFILIATIONS = 2
AIM = 0.03
REAL = "as real releases changed them"
CHANGES = ("one more name", "another name and city")
SUBJECTS = ("Physics", "Chemistry", "Surgery", "History", "Botany", "Law", "Neurology", "Ecology")
STRATEGY = "affiliation-ror"
SWITCH = "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = %s OR NOT %s"
LOOKED = """
SELECT coalesce(sum(r.object_count), 0)::bigint FROM vulcanus.run AS r WHERE r.reason = 'stale'
"""
REVISED = "SELECT count(*) FROM catalog.edit AS e WHERE e.kind = 'release'"
FOUND = """
SELECT count(*) FROM vulcanus.layer AS l
WHERE l.retired_at IS NULL AND l.strategy = %s AND l.patch <> '[]'
"""


class NoRegistry(Exception):
    """There are no real organisations to measure with."""


@dataclass(slots=True)
class Flow:
    """A database with the worker that goes on running, and how much it looked at so far."""

    place: Place
    database: str
    memory: dict[str, Any]

    def work(self, *rooms: str) -> None:
        """Do what is to be done in these rooms, in all where none is named."""
        settings = self.place.settings(self.database)
        Worker(settings, consumers(list(rooms)), memory=self.memory).run(drain=True)

    def take(self, source: str, path: Path) -> None:
        """Load a file as a release of a source."""
        with self.place.connect(self.database) as connection:
            fulgora.load(connection, source, str(path))

    def switch(self, *, is_on: bool) -> None:
        """Switch the strategy on, or all of them off."""
        with self.place.connect(self.database) as connection:
            connection.execute(SWITCH, [is_on, STRATEGY, is_on])

    def counts(self) -> tuple[int, int]:
        """Objects looked at again because they were stale, and revisions of releases."""
        return self.count(LOOKED), self.count(REVISED)

    def count(self, query: Any, *values: Any) -> int:
        """One number."""
        with self.place.connect(self.database) as connection:
            row = connection.execute(query, values).fetchone()
        assert row is not None
        return row[0]


def step_count(passes: int, *, large: bool) -> int:
    """How many steps of the progress bar this is."""
    return 1 + (1 if large else passes + 1)


def measure(
    place: Place,
    source: Input,
    real_data: Path | None,
    files: Path,
    passes: int,
    large: bool,
    advance: Callable[[str], None],
) -> list[Figure]:
    """Enrich from nothing and after each release, pass by pass; the large run is one pass."""
    if real_data is None or not (real_data / "ror" / "ror-v2.jsonl.gz").is_file():
        raise NoRegistry("NEXUS_REAL_DATA names no folder with organisations")
    count = LARGE if large else SMALL
    advance(f"taking in {count:,} records that are to be enriched")
    registry = read_registry(real_data, round(count / PER_ORGANISATION))
    transitions = read_transitions(real_data)[: len(registry) // TOUCHED]
    registry = turned_back(registry, transitions)
    releases = write_releases(files, registry, transitions)
    prepare(place, source, real_data, files, count, registry)
    figures = make_figures(count, len(registry), len(transitions))
    for number in range(1) if large else range(-1, passes):
        advance(f"enriching {count:,} records, pass {number + 1}")
        database = TEMPLATE if large else place.clone(TEMPLATE)
        one_pass(Flow(place, database, {}), releases, count, figures if number >= 0 else None)
        if not large:
            place.drop(database)
    return list(figures.values())


def make_figures(count: int, organisations: int, really: int) -> dict[str, Figure]:
    """What is told, by what it is of."""
    about = f"{count:,} records, {organisations:,} organisations"
    figures = {"first": Figure("gaps", f"first enrichment, {about}", "records/CPU s")}
    figures["taken"] = Figure("gaps", "first enrichment", "CPU s")
    for change in (REAL, *CHANGES):
        share = f"{really} organisations" if change == REAL else "1 % of organisations"
        name = f"{share}: {change}"
        cost = Figure("gaps", name, "CPU s", "first enrichment", AIM, "at most")
        looked = Figure("gaps", f"{name}: looked at", "records", "all records", AIM, "at most")
        revised = Figure("gaps", f"{name}: revised", "records", "all records")
        figures |= {change: cost, f"{change} looked": looked, f"{change} revised": revised}
    return figures


def prepare(
    place: Place, source: Input, real_data: Path, files: Path, count: int, registry: list[Any]
) -> None:
    """The template: works and organisations, and no strategy that has looked at them."""
    place.migrate(TEMPLATE)
    flow = Flow(place, TEMPLATE, {})
    flow.switch(is_on=False)
    flow.take("ror", write(files / "gaps-registry.jsonl", iter(registry)))
    flow.take("crossref", write(files / "gaps-works.jsonl", affiliated(source, real_data, count)))
    flow.work("fulgora", "vulcanus")
    place.vacuum(TEMPLATE)


def one_pass(
    flow: Flow, releases: dict[str, Path], count: int, figures: dict[str, Figure] | None
) -> None:
    """Enrich from nothing, then after each release; told in figures, where there are some."""
    flow.place.checkpoint()
    flow.switch(is_on=True)
    first = spent(flow.place, lambda: flow.work("fulgora", "vulcanus")).cpu_s
    if flow.count(FOUND, STRATEGY) == 0:
        raise AssertionError("enrichment found nothing")
    if figures:
        figures["first"].add(count / first, cpu_us=first / count * 1e6)
        figures["taken"].add(first)
    for change, path in releases.items():
        looked, revised = flow.counts()
        flow.place.checkpoint()
        cost = spent(flow.place, lambda path=path: follow(flow, path)).cpu_s
        now = flow.counts()
        if figures:
            figures[change].add(cost, first)
            figures[f"{change} looked"].add(now[0] - looked, count)
            figures[f"{change} revised"].add(now[1] - revised, count)


def follow(flow: Flow, path: Path) -> None:
    """Take in a release of the registry, and derive what depends on it."""
    flow.take("ror", path)
    flow.work("fulgora", "vulcanus")


def read_registry(real_data: Path, count: int) -> list[dict[str, Any]]:
    """So many organisations in no order; of a part of the registry half are named in the truth."""
    rows = list(read_lines(real_data / "ror" / "ror-v2.jsonl.gz"))
    random.Random(count).shuffle(rows)
    cases = read_cases(real_data / "truth" / "affiliations.jsonl.gz")
    named = {ror for case in cases for ror in case.true}
    chosen = [row for row in rows if row["id"] in named][: count // 2]
    taken = {row["id"] for row in chosen}
    others = [row for row in rows if row["id"] not in taken][: count - len(chosen)]
    registry = [*chosen, *others]
    random.Random(count).shuffle(registry)
    return registry


def read_transitions(real_data: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Organisations before and after a real release changed them, in no order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in read_lines(real_data / "ror" / "ror-releases.jsonl.gz"):
        found.setdefault(line["record"]["id"], []).append(line["record"])
    pairs = [(rows[-2], rows[-1]) for rows in found.values() if len(rows) > 1]
    random.Random(len(pairs)).shuffle(pairs)
    return pairs


def turned_back(
    registry: list[dict[str, Any]], transitions: list[tuple[dict[str, Any], dict[str, Any]]]
) -> list[dict[str, Any]]:
    """As many organisations, among them those that are to change as they were before."""
    before = {row["id"]: row for row, _ in transitions}
    rows = [*before.values(), *(row for row in registry if row["id"] not in before)]
    rows = rows[: len(registry)]
    random.Random(len(rows)).shuffle(rows)
    return rows


def write(path: Path, rows: Iterator[dict[str, Any]]) -> Path:
    """A file of JSON lines."""
    with path.open("wb") as file:
        file.writelines(orjson.dumps(row) + b"\n" for row in rows)
    return path


def write_releases(
    files: Path,
    registry: list[dict[str, Any]],
    transitions: list[tuple[dict[str, Any], dict[str, Any]]],
) -> dict[str, Path]:
    """A file for each change; what is made up changes the same organisations twice."""
    rows = registry[::TOUCHED]
    found = {REAL: write(files / "gaps-real.jsonl", (after for _, after in transitions))}
    for number, (change, make) in enumerate(zip(CHANGES, (renamed, moved), strict=True)):
        rows = [{**make(row), "admin": dated(row, 2030 + number)} for row in rows]
        found[change] = write(files / f"gaps-{number}.jsonl", iter(rows))
    return found


def dated(row: dict[str, Any], year: int) -> dict[str, Any]:
    """What the registry keeps of its own about an organisation that changed in a year."""
    return row["admin"] | {"last_modified": {"date": f"{year}-01-01", "schema_version": "2.1"}}


def renamed(row: dict[str, Any]) -> dict[str, Any]:
    """The organisation with one more name."""
    shown = next(name["value"] for name in row["names"] if "ror_display" in name["types"])
    return row | {
        "names": [*row["names"], {"value": f"{shown} Trust", "types": ["alias"], "lang": "en"}]
    }


def moved(row: dict[str, Any]) -> dict[str, Any]:
    """The organisation in another city, under the name it got last."""
    row = orjson.loads(orjson.dumps(row))
    row["names"] = [row["names"][-1] | {"types": ["ror_display", "label"]}]
    for place in row["locations"][:1]:
        place["geonames_details"]["name"] = "Longyearbyen"
    return row


def affiliated(source: Input, real_data: Path, count: int) -> Iterator[Work]:
    """Works under DOIs of their own, with affiliations of which few are the same."""
    texts = [case.text for case in read_cases(real_data / "truth" / "affiliations.jsonl.gz")]
    draw = random.Random(count)
    for number, work in enumerate(islice(_repeated(source), count)):
        names = [_varied(draw, draw.choice(texts), number) for _ in range(AFFILIATIONS)]
        people: list[Any] = list(work.get("author") or [{"family": "Doe"}])
        people[0] = {**people[0], "affiliation": [{"name": name} for name in names]}
        kept = {name: value for name, value in work.items() if name != "reference"}
        yield flatten_numbers({**kept, "author": people})


def _repeated(source: Input) -> Iterator[Work]:
    copy_no = 0
    while True:
        for work in source.works:
            with suppress(KeyError):
                yield copy_work(work, copy_no)
        copy_no += 1


def _varied(draw: random.Random, text: str, number: int) -> str:
    subject = draw.choice(SUBJECTS)
    return draw.choice((text, f"Department of {subject}, {text}", f"Room {number}, {text}"))
