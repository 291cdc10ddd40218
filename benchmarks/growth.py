"""Search, filters, facets and deep pages while the catalogue grows tenfold.

The real works are taken in and indexed as they are always. All further ones are copies of them,
under DOIs and a prefix of their own and with one word more in their titles, written by INSERT
SELECT straight into the tables that Aquilo reads; bodies of copies lack authors, references and
abstracts, which are not searched in bodies. A server process is asked of each of two catalogues, by
turns, one request at a time and each request once, so that no count is known beforehand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import httpx
import psycopg
from psycopg import sql

from benchmarks import accept, http_client
from benchmarks.aims import Figure
from benchmarks.databases import Place
from benchmarks.load import PLAIN
from benchmarks.records import Input
from benchmarks.requests_rate import Server, serving
from benchmarks.search import by_mistyped_title, by_title, index
from nexus_hub.cli.session import worker_connection

SMALL, LARGE = (10_000, 100_000), (100_000, 1_000_000)
"""How many works there are before and after, as a rule and with `--large`."""

DEPTH = 100_000
ASKED = 40
GROWTH_AIM, DEPTH_AIM = 2.0, 1.25
BATCH = 1_000
STEPS = 4
_SEED = 20_26

HELD = """
SELECT
  count(*), count(*) FILTER (WHERE r.prefix NOT LIKE '10.9_____'),
  coalesce(max(substr(r.prefix, 5)::integer) FILTER (WHERE r.prefix LIKE '10.9_____'), 0)
FROM aquilo.document AS d JOIN catalog.release AS r ON r.croid = d.croid
"""
COPIED = """
CREATE TEMPORARY TABLE copied AS
SELECT
  d.croid AS was,
  (lpad(to_hex(k), 8, '0') || substr(replace(d.croid::text, '-', ''), 9))::uuid AS croid,
  '10.9' || lpad(k::text, 5, '0') AS prefix,
  '10.9' || lpad(k::text, 5, '0') || '/' || r.doi AS doi, 'kopie' || k AS word
FROM generate_series(%s::integer, %s::integer) AS k
CROSS JOIN aquilo.document AS d
JOIN catalog.release AS r ON r.croid = d.croid
WHERE r.doi NOT LIKE '10.9_____/%%'
ORDER BY 2 LIMIT %s
"""
COLUMNS = """
SELECT a.attname FROM pg_catalog.pg_attribute AS a
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND a.attgenerated = '' AND NOT a.attisdropped
ORDER BY a.attnum
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_catalog.pg_get_indexdef(i.indexrelid)
FROM pg_catalog.pg_index AS i
WHERE i.indrelid = 'aquilo.document'::regclass AND NOT i.indisprimary
"""
TABLES: dict[str, dict[str, str]] = {
    "catalog.ident": {},
    "catalog.revision": {"parts": "'{}'"},
    "catalog.release": {"doi": "c.doi"},
    "catalog.edit": {},
    "croid.identifier": {"value": "CASE s.scheme WHEN 'doi' THEN c.doi ELSE s.value || c.word END"},
    "aquilo.cited": {},
    "aquilo.document": {
        "title": "s.title || ' ' || c.word",
        "fields": "s.fields || array_to_tsvector(ARRAY['title/' || c.word])",
        "search": "s.search || setweight(to_tsvector('simple', c.word), 'A')",
        "terms": "ARRAY(SELECT t.term FROM unnest(s.terms) AS t (term)"
        " WHERE t.term !~ '^(doi|prefix)=') || ARRAY['doi=' || c.doi, 'prefix=' || c.prefix]",
    },
}
"""Which tables get rows for the copies, and what of a row is not as it was."""

SOUGHT = """
SELECT c.doi, r.title || ' ' || c.word, n.family_name, c.prefix
FROM copied AS c
JOIN catalog.release AS r ON r.croid = c.was
JOIN catalog.contributor AS n ON n.croid = r.croid AND n.member = 'author' AND n.position = 0
WHERE n.family_name IS NOT NULL AND length(r.title) > 20
ORDER BY md5(c.doi) LIMIT %s
"""
Advance = Callable[[str], None]
Sought = tuple[str, str, str, str]
"""DOI, title, family name of the first author, and prefix of a copy."""


def measure(
    place: Place, source: Input, folder: Path, sizes: tuple[int, int], advance: Advance
) -> list[Figure]:
    """Grow a database and ask the same of it before and after."""
    advance("growth: taking works in")
    database = place.clone(PLAIN)
    with worker_connection(place.settings(database)) as connection:
        layout, bodies = accept.layout_of(connection), accept.bodies_of(source)
        for start in range(0, len(bodies), BATCH):
            accept.revise(connection, layout, bodies[start : start + BATCH])
    with place.connect(database) as connection:
        index(connection)
        advance(f"growth: making {sizes[0]:,} works")
        sought = grow(connection, sizes[0], [])
    larger = place.clone(database)
    with place.connect(larger) as connection:
        advance(f"growth: making {sizes[1]:,} works")
        grow(connection, sizes[1], sought)
    advance("growth: asking")
    with (
        serving(place, database, _folder(folder, sizes[0])) as before,
        serving(place, larger, _folder(folder, sizes[1])) as after,
    ):
        compared = list(_compared(before, after, sought, sizes))
        deep = list(_depths(after, min(DEPTH, sizes[1] * 9 // 10)))
    for one in (database, larger):
        place.drop(one)
    return [*compared, *deep]


def _folder(folder: Path, size: int) -> Path:
    answers = folder / f"growth-{size}" / "answers"
    answers.mkdir(parents=True)
    return answers


def grow(connection: psycopg.Connection[Any], size: int, sought: list[Sought]) -> list[Sought]:
    """Add copies until there are so many works; some of the first ones, which are asked for."""
    held, originals, copies = _counts(connection)
    missing = max(0, size - held)
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("DROP TABLE IF EXISTS copied")
    last = copies + 1 + missing // originals
    connection.execute(COPIED, [copies + 1, last, missing])
    indexes = connection.execute(INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(*name.split("."))))
    for table, changed in TABLES.items():
        connection.execute(_insert(connection, table, {"croid": "c.croid"} | changed))
    for _, definition in indexes:
        connection.execute(definition)
    connection.execute("VACUUM (ANALYZE)")
    return sought or connection.execute(SOUGHT, [ASKED]).fetchall()


def _insert(
    connection: psycopg.Connection[Any], table: str, changed: dict[str, str]
) -> sql.Composed:
    columns = [name for (name,) in connection.execute(COLUMNS, [table])]
    told = [sql.SQL(changed[c]) if c in changed else sql.Identifier("s", c) for c in columns]  # ty: ignore[invalid-argument-type]
    statement = "INSERT INTO {0} ({1}) SELECT {2} FROM {0} AS s JOIN copied AS c ON c.was = s.croid"
    return sql.SQL(statement).format(
        sql.Identifier(*table.split(".")),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(told),
    )


def _counts(connection: psycopg.Connection[Any]) -> tuple[int, int, int]:
    """How many works there are, how many of them are no copies, and the number of the last copy."""
    row = connection.execute(HELD).fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])


def _asked(sought: list[Sought]) -> dict[str, list[dict[str, str]]]:
    """What is asked: selective first, then what finds more the more there is."""
    draw = random.Random(_SEED)
    asked: dict[str, list[dict[str, str]]] = {
        "a DOI as words": [{"query": doi} for doi, *_ in sought],
        "a title": [{"query.title": by_title(draw, title, "", 0)} for _, title, _, _ in sought],
        "a title with two errors": [
            {"query": by_mistyped_title(draw, title, "", 0)} for _, title, _, _ in sought
        ],
    }
    asked["an author of a prefix"] = [
        {"query.author": family, "filter": f"prefix:{prefix}"} for _, _, family, prefix in sought
    ]
    narrow = [
        f"prefix:{prefix},type:journal-article,from-pub-date:{1960 + number}"
        for number, (_, _, _, prefix) in enumerate(sought)
    ]
    asked["three filters, by date"] = [{"filter": one, "sort": "published"} for one in narrow]
    asked["facets of three filters"] = [
        {"filter": one, "facet": "publisher-name:10,funder-name:10", "rows": "0"} for one in narrow
    ]
    asked["all articles since a year *"] = [
        {"filter": f"type:journal-article,from-pub-date:{1960 + number}", "sort": "published"}
        for number in range(10)
    ]
    asked["facets of all since a year *"] = [
        {"filter": f"from-pub-date:{1960 + number}", "facet": "publisher-name:10", "rows": "0"}
        for number in range(10)
    ]
    return asked


def _compared(
    before: Server, after: Server, sought: list[Sought], sizes: tuple[int, int]
) -> Iterator[Figure]:
    """The median answer to each kind of question, in ms; what is refused takes for ever.

    Both are asked by turns, so that what else the machine does is no difference between them.
    """
    for name, queries in _asked(sought).items():
        taken: list[tuple[float, float]] = []
        for query in queries:
            path = f"/works?{urlencode(query)}"
            taken.append((_latency_ms(before, path), _latency_ms(after, path)))
        aim = None if name.endswith("*") else GROWTH_AIM
        title = f"{name.removesuffix(' *')}, of {sizes[1]:,} works"
        figure = Figure("growth", title, "ms", f"of {sizes[0]:,}", aim, "at most")
        smaller, larger = (median(one) for one in zip(*taken, strict=True))
        figure.add(larger, smaller)
        yield figure


def _latency_ms(server: Server, path: str) -> float:
    request = http_client.get(path, server.port)
    try:
        return http_client.send(server.port, [request], concurrency=1).latencies[0] * 1e3
    except http_client.BadAnswer as refused:
        print(f"growth: not answered: {path[:200]}: {str(refused)[:60]!r}")
        return float("inf")


def _depths(server: Server, depth: int) -> Iterator[Figure]:
    """Pages of the catalogue and of a selection, at the beginning and deep within."""
    narrowed = {"filter": "has-license:true,from-pub-date:1900", "sort": "published"}
    for name, query in (("catalogue", {}), ("selection by date", narrowed)):
        cursor, at = _walk(server.port, query, depth)
        paths = [
            f"/works?{urlencode({**query, 'rows': '20', 'cursor': where})}"
            for where in (cursor, "*")
        ]
        taken = [[_latency_ms(server, path) for path in paths] for _ in range(ASKED)]
        deep, first = (median(one) for one in zip(*taken, strict=True))
        title = f"20 works of the {name} at depth {at:,}"
        figure = Figure("growth", title, "ms", "the first 20", DEPTH_AIM, "at most")
        figure.add(deep, first)
        yield figure


def _walk(port: int, query: dict[str, str], depth: int) -> tuple[str, int]:
    """The cursor of the page at a depth, and the depth that was reached."""
    cursor, at = "*", 0
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        while at < depth:
            answer = client.get("/works", params={**query, "rows": "1000", "cursor": cursor})
            answer.raise_for_status()
            message = answer.json()["message"]
            if not message["items"] or message["next-cursor"] is None:
                break
            cursor, at = message["next-cursor"], at + len(message["items"])
    return cursor, at
