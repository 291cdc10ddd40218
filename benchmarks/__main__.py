"""`python -m benchmarks`: measure, print tables, draw a picture."""

from __future__ import annotations

import os
import platform
import signal
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import psutil
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import (
    accept,
    databases,
    deposits,
    dump,
    flat,
    gaps,
    growth,
    load,
    reads,
    records,
    requests_rate,
    revision,
    search,
    storage,
)
from benchmarks.databases import Place
from benchmarks.plot import draw
from benchmarks.records import Input
from benchmarks.results import Results
from nexus_hub.platform.config import settings

SUBJECTS = ("a", "b1", "b2", "e1", "e2", "c", "c0")
OTHERS = (
    "flat",
    "accept",
    "revision",
    "deposits",
    "search",
    "gaps",
    "growth",
    "storage",
    "dump",
    "reads",
    "http",
)
GROWN = frozenset({"storage", "dump", "reads", "http"})
"""What is measured in one database, whose records have a history."""
Advance = Callable[[str], None]
console = Console(width=max(124, Console().width))


def main(
    passes: Annotated[int, typer.Option(min=1, help="Measured passes of each subject.")] = 5,
    large: Annotated[
        bool, typer.Option("--large", help="Grow to 200,000 records and a million works.")
    ] = False,
    only: Annotated[
        str,
        typer.Option(
            help=f"Some of {','.join((*SUBJECTS, *OTHERS))}, with commas; also load, catalogue."
        ),
    ] = "",
    json: Annotated[Path | None, typer.Option(help="Write all figures to this file.")] = None,
    plot: Annotated[Path, typer.Option(help="Where the picture goes.")] = Path("build/bench.png"),
    fsync: Annotated[bool, typer.Option(help="Durable commits of PostgreSQL.")] = True,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where the data lies while it runs; the system's by default."),
    ] = None,
) -> None:
    """Measure NEXUS beside other ways to do the same, in one run on the same records."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    wanted = _wanted(only)
    with (
        databases.running(folder, fsync=fsync) as place,
        tempfile.TemporaryDirectory(dir=folder, prefix="nexus-bench-files-") as files,
    ):
        source = records.write_input(Path(files), settings().real_data)
        results = Results(environment(place, source))
        with progress(_steps(wanted, passes, large, source)) as advance:
            run(results, place, source, Path(files), wanted, passes, large, advance)
    results.show(console)
    if json:
        json.write_bytes(orjson.dumps(results.as_json(), option=orjson.OPT_INDENT_2))
        console.print(f"figures: {json}")
    if drawn := draw(results, plot):
        console.print(f"plot: {drawn}")


def run(
    results: Results,
    place: Place,
    source: Input,
    files: Path,
    wanted: list[str],
    passes: int,
    large: bool,
    advance: Advance,
) -> None:
    """Measure what is wanted, one after the other."""
    subjects = load.Load(place, source, files, results.facts)
    keys = [key for key in SUBJECTS if key in wanted]
    advance("preparing databases")
    organisations = records.organisations_file(files, settings().real_data)
    possible = subjects.prepare(keys, organisations, is_enriched="deposits" in wanted)
    results.subjects = subjects.measure(possible, passes, advance) if possible else []
    if "flat" in wanted:
        target = flat.LARGE if large else flat.SMALL
        results.ladder = flat.climb(place, source, files, target, advance)
    if "accept" in wanted:
        results.figures += accept.measure(place, source, passes, advance)
    if "revision" in wanted:
        results.revisions = revision.measure(place, source, advance)
        results.figures += results.revisions.figures()
    if "deposits" in wanted:
        results.figures += deposits.measure(place, source, files, passes, advance)
    if "search" in wanted:
        results.figures += search.measure(place, source, advance)
    if "growth" in wanted:
        sizes = growth.LARGE if large else growth.SMALL
        results.figures += growth.measure(place, source, files, sizes, advance)
    if "gaps" in wanted:
        try:
            results.figures += gaps.measure(
                place, source, settings().real_data, files, passes, large, advance
            )
        except gaps.NoRegistry as reason:
            results.facts["not measured: gaps"] = str(reason)
    if GROWN & set(wanted):
        results.storage = storage.measure(place, source, files, advance)
        measure_grown(results, place, source, files, wanted, passes, advance)


def measure_grown(
    results: Results,
    place: Place,
    source: Input,
    files: Path,
    wanted: list[str],
    passes: int,
    advance: Advance,
) -> None:
    """Measure what reads the database that the storage was measured in."""
    assert results.storage is not None
    if "dump" in wanted:
        results.figures += dump.measure(place, results.storage.database, files, passes, advance)
    if "reads" in wanted:
        results.figures += reads.measure(place, results.storage.database, files, passes, advance)
    if "http" in wanted:
        database = results.storage.database
        try:
            results.rates = requests_rate.measure(place, database, source, files, passes, advance)
        except requests_rate.NotServed as reason:
            results.facts["not measured: http"] = str(reason)


def _wanted(only: str) -> list[str]:
    names = [name.strip() for name in only.split(",") if name.strip()]
    unknown = set(names) - {*SUBJECTS, *OTHERS, "load", "catalogue"}
    if unknown:
        raise typer.BadParameter(f"unknown: {', '.join(sorted(unknown))}")
    if "load" in names:
        names += SUBJECTS
    if "catalogue" in names:
        names += ("accept", "revision", "dump", "reads")
    return names or [*SUBJECTS, *OTHERS]


def _steps(wanted: list[str], passes: int, large: bool, source: Input) -> int:
    steps = 1 + (passes + 1) * len([key for key in SUBJECTS if key in wanted])
    if "flat" in wanted:
        steps += flat.step_count(source, flat.LARGE if large else flat.SMALL)[0]
    if "accept" in wanted:
        steps += accept.step_count(passes)
    if "revision" in wanted:
        steps += revision.STEPS
    if "deposits" in wanted:
        steps += deposits.step_count(passes)
    if "search" in wanted:
        steps += search.step_count()
    if "growth" in wanted:
        steps += growth.STEPS
    if "gaps" in wanted:
        steps += gaps.step_count(passes, large=large)
    if GROWN & set(wanted):
        steps += 1 + storage.EDITIONS
    steps += (passes + 1) * len({"dump", "reads"} & set(wanted))
    if "http" in wanted:
        steps += len(requests_rate.CONCURRENCIES) * (passes + 1)
    return steps


def environment(place: Place, source: Input) -> dict[str, Any]:
    """What the figures depend on besides the code."""
    synced = "on" if place.server.fsync else "off"
    return {
        "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "input": f"{len(source.works):,} records, {source.size_bytes:,} bytes, {source.origin}",
        "machine": f"{os.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GB,"
        f" {place.file_system()}, load average {os.getloadavg()[0]:.1f} before",
        "versions": f"Python {platform.python_version()}, PostgreSQL {place.version()}",
        "fsync": f"{synced} in PostgreSQL and (c), whose SQLite then has a rollback journal and"
        " synchronous=FULL, beside what alexandria3k sets for (c0); see below",
        "a pass": "a fresh database and fresh processes that imported all before the clock; a"
        " checkpoint before it; autovacuum on, its CPU counted as PostgreSQL's; one pass to warm"
        " up",
        "a": "rows parsed and in memory before the clock, one COPY over one open connection",
        "b": "reading the file, deposits of 1,000, the deposits' queue until empty; to the commit"
        " of the last batch: accepted revisions with their projections, no strategy at work",
        "e": "the same with the strategies, until all of Vulcanus' queues are empty, so with what"
        " they look things up in. Search documents and reports, made later, are not counted",
        "accept": "real works created over one connection, validated first where people edit;"
        " parsing the records is not counted",
        "revision": "journal articles with references and 3 to 7 authors, titles changed in"
        f" editgroups of {revision.EDITGROUP}, VACUUM after each of {revision.EDITIONS} editions;"
        " growth of all relations with indexes and long values, rooms catalog and croid",
        "dump, reads": "in a database where many titles were changed three times; as it was: half"
        " the changelog ago; lists by the median latency, one reader",
        "deposits": f"{deposits.CLIENTS} clients, one server process, durable commits, no worker"
        f" running; batches of {deposits.LIGHT:,} are of works without references. Until"
        " enriched: from the answer 202 to the commit of the enriched revision, one worker",
        "search": f"{search.QUERIES:,} works asked for by title, by title with two typing errors,"
        " by first author, year and three words; one connection, no HTTP",
        "growth": f"{growth.ASKED} questions of each kind, one after the other, medians; all but"
        " the real works are copies under DOIs of their own, written straight into the tables that"
        " are read",
        "gaps": "real works without references, two affiliations of the truth file each, most of"
        " them varied; the organisations are there before the strategy is switched on. CPU seconds"
        " of the workers of Fulgora and Vulcanus and of PostgreSQL, taking in the release included",
        "c": "alexandria3k populates all its tables, timed inside its process after its imports",
    }


@contextmanager
def progress(total: int) -> Generator[Advance]:
    """A bar, in a log lines; each call names the step that begins and counts the one before."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("starting", total=total, completed=-1)

        def advance(message: str) -> None:
            bar.update(task, description=message, advance=1)
            if not shown.is_terminal:
                shown.print(f"{datetime.now(UTC):%H:%M:%S} {message}", highlight=False)

        yield advance


if __name__ == "__main__":
    typer.run(main)
