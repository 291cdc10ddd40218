"""Bytes on disk: per record, and per further revision of which only the title differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import records
from benchmarks.databases import Place
from benchmarks.load import PLAIN, WrongResult
from benchmarks.records import Input
from nexus_hub.catalog.queries import revision
from nexus_hub.cli.rooms import consumers
from nexus_hub.cli.session import worker_connection
from nexus_hub.nauvis import service as nauvis
from nexus_hub.platform.queues import Worker

EDITIONS = 3
"""How often the titles are changed, so that whole pages of growth are averaged out."""


@dataclass(frozen=True, slots=True)
class Storage:
    """Bytes per record and per further revision, by table, and the input's own size."""

    database: str
    records: int
    input_bytes: float
    per_record: dict[str, float]
    revisions: int
    per_revision: dict[str, float]


def measure(place: Place, source: Input, folder: Path, advance: Callable[[str], None]) -> Storage:
    """Load the input with every room at work, then change titles; the database stays."""
    database = place.clone(PLAIN)
    empty = place.sizes(database)
    advance("loading, to weigh it")
    load(place, database, source.path)
    place.vacuum(database)
    loaded = place.sizes(database)
    before = revision_count(place, database)
    articles = records.typical_articles(source.works)
    path = folder / "retitled.jsonl"
    for edition in range(1, EDITIONS + 1):
        advance(f"changing titles, time {edition}")
        records.write_retitled(path, articles, edition)
        load(place, database, path)
    place.vacuum(database)
    revised = place.sizes(database)
    revisions = revision_count(place, database) - before
    if revisions < 0.99 * EDITIONS * len(articles):
        raise WrongResult(f"{EDITIONS * len(articles)} new titles made {revisions} revisions")
    count = len(source.works)
    return Storage(
        database,
        count,
        source.size_bytes / count,
        growth(empty, loaded, count),
        revisions,
        growth(loaded, revised, revisions),
    )


def load(place: Place, database: str, path: Path) -> None:
    """Deposit a file and work every queue until it is empty."""
    settings = place.settings(database)
    with worker_connection(settings) as connection:
        for _ in nauvis.load(connection, [str(path)]):
            pass
    Worker(settings, consumers([])).run(drain=True)


def revision_count(place: Place, database: str) -> int:
    """How many revisions there are."""
    with worker_connection(place.settings(database)) as connection:
        return revision.revision_count(connection) or 0


def growth(before: Mapping[str, int], after: Mapping[str, int], count: int) -> dict[str, float]:
    """How much each table grew, per so many; the largest first.

    >>> growth({"a.b": 10}, {"a.b": 30, "a.c": 8}, 2)
    {'a.b': 10.0, 'a.c': 4.0}
    """
    grown = {name: (size - before.get(name, 0)) / count for name, size in after.items()}
    return dict(sorted(grown.items(), key=lambda item: -item[1]))


def by_room(per_table: Mapping[str, float]) -> dict[str, float]:
    """Bytes by schema, the largest first.

    >>> by_room({"catalog.part": 2.0, "nauvis.deposit": 4.0, "catalog.ident": 1.0})
    {'nauvis': 4.0, 'catalog': 3.0}
    """
    rooms: dict[str, float] = {}
    for name, size in per_table.items():
        room = name.split(".", 1)[0]
        rooms[room] = rooms.get(room, 0.0) + size
    return dict(sorted(rooms.items(), key=lambda item: -item[1]))
