"""Flat dumps beside what COPY does with the same bytes.

Three questions, by turns: how fast the lines of a flat dump come out of the server, beside the
stored JSON values alone by the same COPY, put together from nothing (`as stored`), and beside a
table that holds the finished lines as text (`as text`); and how fast `nexus dump flat` with its
gzip files, hashes and fsync is, beside that text through COPY and the same gzip. All of it through
one connection each.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.aims import Figure, spent
from benchmarks.databases import Place
from nexus_hub.catalog import dump
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.platform import db

AIM = 0.6
COPY_FORMAT = "TO STDOUT WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
PLAN = "SELECT copy_out FROM catalog.list_flat_dump('{release}', 1000000, false)"
TEXT_TABLE = """
CREATE TABLE bench_line (line text);
ALTER TABLE bench_line ALTER COLUMN line SET STORAGE EXTERNAL;
"""
FILL = "COPY bench_line FROM STDIN WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
AS_TEXT = f"COPY bench_line {COPY_FORMAT}"
AS_STORED = f"""
COPY (
  SELECT v.body FROM (
    SELECT r.body FROM catalog.revision AS r
    JOIN catalog.ident AS i ON i.croid = r.croid AND i.revision_id = r.revision_id
    UNION ALL SELECT p.body FROM catalog.part AS p
  ) AS v
) {COPY_FORMAT}
"""


def measure(
    place: Place, database: str, folder: Path, passes: int, advance: Callable[[str], None]
) -> list[Figure]:
    """Dump the releases of a database in every way by turns; MB are those of the lines."""
    stored = Figure("dump", "lines of a flat dump", "MB/s", "COPY of the values as stored", AIM)
    text = Figure("dump", "lines of a flat dump", "MB/s", "COPY of the lines as text", None)
    packed = Figure("dump", "nexus dump flat, gzip", "MB/s", "COPY of the text, gzip", AIM)
    with place.connect(database) as connection:
        (plan,) = _one(connection, PLAN)
        size_mb = _prepare(connection, plan) / 1e6
        place.vacuum(database)
        for number in range(passes + 1):
            advance(f"dumping, pass {number}")
            lines = spent(place, lambda: _drain(connection, plan))
            as_stored = spent(place, lambda: _drain(connection, AS_STORED))
            as_text = spent(place, lambda: _drain(connection, AS_TEXT))
            whole = spent(place, lambda: _dump(place, database, folder))
            bare = spent(place, lambda: _pack(connection, folder / "bare.gz"))
            if number:
                per_mb = 1e6 / size_mb
                stored.add(size_mb / lines.wall_s, size_mb / as_stored.wall_s, lines.cpu_s * per_mb)
                text.add(size_mb / lines.wall_s, size_mb / as_text.wall_s, lines.cpu_s * per_mb)
                packed.add(size_mb / whole.wall_s, size_mb / bare.wall_s, whole.cpu_s * per_mb)
        connection.execute("DROP TABLE bench_line")
    return [stored, text, packed]


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    found = connection.execute(query.encode()).fetchone()
    assert found is not None
    return found


def _prepare(connection: psycopg.Connection[Any], plan: str) -> int:
    """Keep the lines of the dump in a table; their bytes."""
    connection.execute("DROP TABLE IF EXISTS bench_line")
    connection.execute(TEXT_TABLE)
    with connection.cursor().copy(plan.encode()) as lines:
        content = b"".join(bytes(block) for block in lines)
    with connection.cursor().copy(FILL.encode()) as copy:
        copy.write(content)
    return len(content)


def _drain(connection: psycopg.Connection[Any], statement: str) -> None:
    with connection.cursor().copy(statement.encode()) as copy:
        for _ in copy:
            pass


def _pack(connection: psycopg.Connection[Any], path: Path) -> None:
    compressor = zlib.compressobj(1, wbits=31)
    with path.open("wb") as file, connection.cursor().copy(AS_TEXT.encode()) as copy:
        for block in copy:
            file.write(compressor.compress(bytes(block)))
        file.write(compressor.flush())


def _dump(place: Place, database: str, folder: Path) -> None:
    target = folder / "flat"
    shutil.rmtree(target, ignore_errors=True)
    settings = place.settings(database)
    dump.dump_flat(lambda: db.connect(settings, "nexus_worker"), target, [Kind.RELEASE], jobs=1)
