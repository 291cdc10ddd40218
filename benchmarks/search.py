"""Search over real works: whether the work that is looked for comes first, beside a plain `ILIKE`.

Three ways to ask for a work: by its title, by its title with two typing errors, by its first
author, its year and three words of its title. Told are the shares of queries whose work is the
first answer, or one of the first ten, and how long an answer takes.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from benchmarks import accept
from benchmarks.aims import Figure
from benchmarks.databases import Place
from benchmarks.load import PLAIN
from benchmarks.records import Input
from nexus_hub.aquilo import composition
from nexus_hub.aquilo.queries import document as documents
from nexus_hub.aquilo.selection import Selection
from nexus_hub.cli.session import worker_connection

QUERIES = 1_000
SHOWN = 10
ALIKE = 0.4
BATCH = 1_000
_SEED = 20_26
_WORD = re.compile(r"[^\W\d_]{4,}")
_MARKUP = re.compile(r"<[^>]+>")
SOUGHT = """
SELECT r.croid, r.title, n.family_name, r.issued_year
FROM catalog.release AS r
JOIN catalog.contributor AS n ON n.croid = r.croid AND n.member = 'author' AND n.position = 0
WHERE r.title IS NOT NULL AND n.family_name IS NOT NULL AND r.issued_year IS NOT NULL
  AND r.doi IS NOT NULL AND length(r.title) > 20
ORDER BY md5(r.doi) LIMIT %s
"""
LIKE_IT = """
SELECT r.croid FROM catalog.release AS r
WHERE r.title ILIKE '%%' || replace(replace(%s, '\\', ''), '%%', '') || '%%'
ORDER BY r.croid LIMIT 10
"""


@dataclass(slots=True)
class Hits:
    """What the queries of one kind found."""

    first: int = 0
    shown: int = 0
    asked: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, croid: UUID, found: Sequence[UUID], seconds: float) -> None:
        """Note one query."""
        self.asked += 1
        self.first += found[:1] == [croid]
        self.shown += croid in found
        self.seconds.append(seconds)

    @property
    def median_ms(self) -> float:
        """The median time of an answer, in milliseconds."""
        return sorted(self.seconds)[len(self.seconds) // 2] * 1000


def step_count() -> int:
    """How many steps of the progress bar this is."""
    return 1 + len(WAYS)


def measure(place: Place, source: Input, advance: Callable[[str], None]) -> list[Figure]:
    """Take the works into a fresh database and ask for some of them in every way."""
    advance("making search documents")
    database = place.clone(PLAIN)
    with worker_connection(place.settings(database)) as connection:
        layout, bodies = accept.layout_of(connection), accept.bodies_of(source)
        for start in range(0, len(bodies), BATCH):
            accept.revise(connection, layout, bodies[start : start + BATCH])
    with place.connect(database) as connection:
        index(connection)
        figures = compare(connection, advance)
    place.drop(database)
    return figures


def compare(connection: psycopg.Connection[Any], advance: Callable[[str], None]) -> list[Figure]:
    """Ask in every way, of our search and of `ILIKE`."""
    works = connection.execute(SOUGHT, [QUERIES]).fetchall()
    figures: list[Figure] = []
    for name, make in WAYS.items():
        advance(f"searching by {name}")
        draw = random.Random(_SEED)
        asked = [(croid, make(draw, title, family, year)) for croid, title, family, year in works]
        figures += _figures(name, _ask(connection, asked, search), _ask(connection, asked, plain))
    return figures


def index(connection: psycopg.Connection[Any]) -> None:
    """Make the documents of everything there is, and learn their statistics."""
    found = connection.execute("SELECT croid FROM catalog.release ORDER BY croid").fetchall()
    croids = [croid for (croid,) in found]
    for start in range(0, len(croids), BATCH):
        documents.document_index(connection, croids=croids[start : start + BATCH])
    connection.execute("VACUUM ANALYZE aquilo.document")


def search(connection: psycopg.Connection[Any], words: str) -> list[UUID]:
    """The first answers of our search, in the way in which the service finds them."""
    selection = Selection(words=words)
    with connection.transaction():
        documents.document_bound(connection, timeout_ms="30000", alike=str(ALIKE))
        for way in composition.WAYS:
            if _run(connection, composition.count(selection, way))[0][0]:
                rows = _run(connection, composition.page(selection, SHOWN, way=way))
                return [croid for croid, _ in rows]
    return []


def plain(connection: psycopg.Connection[Any], words: str) -> list[UUID]:
    """The first titles that contain the query as it stands."""
    return [croid for (croid,) in connection.execute(LIKE_IT, [words])]


def by_title(draw: random.Random, title: str, family: str, year: int) -> str:
    """The title, without markup."""
    return " ".join(_MARKUP.sub("", title).split())


def by_mistyped_title(draw: random.Random, title: str, family: str, year: int) -> str:
    """The title with a letter wrong, lost or swapped in two of its words."""
    told = by_title(draw, title, family, year)
    words = list(_WORD.finditer(told))
    for word in sorted(draw.sample(words, min(2, len(words))), key=lambda one: -one.start()):
        at = draw.randrange(word.start() + 1, word.end() - 1)
        error = draw.choice(("wrong", "lost", "swapped"))
        if error == "wrong":
            told = told[:at] + draw.choice("abcdefghijklmnopqrstuvwxyz") + told[at + 1 :]
        elif error == "lost":
            told = told[:at] + told[at + 1 :]
        else:
            told = told[:at] + told[at + 1] + told[at] + told[at + 2 :]
    return told


def by_author_and_words(draw: random.Random, title: str, family: str, year: int) -> str:
    """The first author's family name, the year, and three words of the title."""
    words = _WORD.findall(by_title(draw, title, family, year))
    return " ".join([family, str(year), *draw.sample(words, min(3, len(words)))])


WAYS: dict[str, Callable[[random.Random, str, str, int], str]] = {
    "title": by_title,
    "title, two errors": by_mistyped_title,
    "author, year, 3 words": by_author_and_words,
}


def _ask(
    connection: psycopg.Connection[Any],
    asked: Sequence[tuple[UUID, str]],
    find: Callable[[psycopg.Connection[Any], str], list[UUID]],
) -> Hits:
    hits = Hits()
    for croid, words in asked:
        begun = time.perf_counter()
        found = find(connection, words)
        hits.add(croid, found, time.perf_counter() - begun)
    return hits


def _figures(name: str, ours: Hits, theirs: Hits) -> list[Figure]:
    first = Figure("search", f"{name}: first answer", "% of queries", "plain ILIKE")
    first.add(100 * ours.first / ours.asked, max(0.1, 100 * theirs.first / theirs.asked))
    shown = Figure("search", f"{name}: among ten", "% of queries", "plain ILIKE")
    shown.add(100 * ours.shown / ours.asked, max(0.1, 100 * theirs.shown / theirs.asked))
    taken = Figure("search", f"{name}: median answer", "ms", "plain ILIKE", None, "at most")
    taken.add(ours.median_ms, theirs.median_ms)
    return [first, shown, taken]


def _run(connection: psycopg.Connection[Any], statement: composition.Statement) -> list[Any]:
    text: LiteralString = statement.text  # ty: ignore[invalid-assignment]
    return connection.execute(text, statement.parameters, prepare=False).fetchall()
