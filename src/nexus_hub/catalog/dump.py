"""Writes the whole catalogue, or its live objects, into a folder of files with a manifest.

A *full* dump holds the accepted history up to one index of the changelog, column by column what is
public, and is what `restore` reads. A *flat* dump holds the live objects of one moment. Both are
written by COPY, file by file: what an interruption left whole is kept when the dump is run again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

import zstandard
from psycopg import Connection, IsolationLevel

from nexus_hub.catalog import manifest
from nexus_hub.catalog.manifest import File, Manifest
from nexus_hub.catalog.queries import dump as q
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.platform import db

Format = Literal["jsonl.gz", "parquet"]
Connect = Callable[[], Connection[Any]]
Progress = Callable[[str, int], None]
OBJECTS_PER_FILE = 50_000
COLUMNS = ("croid", "kind", "revision", "record")


class Compressor(Protocol):
    """What both zlib and zstandard have."""

    def compress(self, data: bytes, /) -> bytes:
        """Take some bytes in."""
        ...

    def flush(self) -> bytes:
        """Give the rest."""
        ...


def dump_full(
    connect: Connect, folder: Path, on_file: Progress = lambda name, size_bytes: None
) -> Manifest:
    """Write the accepted history up to the newest index, or up to that of an interrupted dump.

    One file per table, `<table>.copy.zst`: the text format of COPY in Zstandard. `on_file` hears of
    each file that is done. Raises DumpUnfit if the folder holds another dump.
    """
    with _reading(connect()) as connection:
        clock = q.dump_clock(connection)
        plan = manifest.begin(folder, "full", clock.index, clock.hash, is_bound=False)
        for row in q.dump_list(connection, index=plan.index):
            name = f"{row.table_name}.copy.zst"
            if plan.is_done(folder, name):
                continue
            compressor = zstandard.ZstdCompressor(level=3).compressobj()
            done = _write(connection, row.copy_out, folder / name, compressor)
            plan.note(folder, File(name, row.table_name, *done))
            on_file(name, done[1])
    return plan.finish(folder)


def dump_flat(
    connect: Connect,
    folder: Path,
    kinds: Sequence[Kind] = tuple(Kind),
    file_format: Format = "jsonl.gz",
    on_file: Progress = lambda name, size_bytes: None,
    *,
    jobs: int = 2,
    objects_per_file: int = OBJECTS_PER_FILE,
) -> Manifest:
    """Write the live objects as JSON lines or Parquet, so many to a file, all of one moment.

    An object is `{croid, kind, revision, record}`; in Parquet the record is text. So many `jobs`
    read the same snapshot. An interrupted dump is gone on with if nothing was accepted since.
    """
    is_tabular = file_format == "parquet"
    with _reading(connect()) as connection:
        clock = q.dump_clock(connection)
        plan = manifest.begin(folder, "flat", clock.index, clock.hash, is_bound=True)
        rows = q.dump_flat_list(
            connection, kinds=kinds, objects_per_file=objects_per_file, is_tabular=is_tabular
        )
        due = [
            (row, name)
            for row in rows
            if not plan.is_done(folder, name := f"{row.kind}-{row.n:05}.{file_format}")
        ]
        snapshot = q.dump_snapshot(connection)

        def write(part: Sequence[tuple[q.DumpFlatListRow, str]]) -> None:
            with _reading(connect()) as own:
                db.share_snapshot(own, snapshot)
                for row, name in part:
                    path = folder / name
                    if is_tabular:
                        done = _write_table(own, row.copy_out, path)
                    else:
                        done = _write(own, row.copy_out, path, zlib.compressobj(1, wbits=31))
                    plan.note(folder, File(name, row.kind, *done))
                    on_file(name, done[1])

        with ThreadPoolExecutor(max(jobs, 1)) as pool:
            list(pool.map(write, [due[i::jobs] for i in range(max(jobs, 1))]))
    return plan.finish(folder)


@contextmanager
def _reading(connection: Connection[Any]) -> Generator[Connection[Any]]:
    """A connection that sees one moment for as long as it is open."""
    with connection:
        connection.read_only = True
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        yield connection
        connection.rollback()


def _write(
    connection: Connection[Any], statement: str, path: Path, compressor: Compressor
) -> tuple[int, int, str]:
    """Copy into a compressed file; its rows, its bytes and its SHA-256."""
    digest = hashlib.sha256()
    with _partial(path) as file, connection.cursor() as cursor:
        with cursor.copy(statement.encode()) as copy:
            for block in copy:
                packed = compressor.compress(bytes(block))
                digest.update(packed)
                file.write(packed)
        packed = compressor.flush()
        digest.update(packed)
        file.write(packed)
        rows = cursor.rowcount
    return rows, path.stat().st_size, digest.hexdigest()


def _write_table(connection: Connection[Any], statement: str, path: Path) -> tuple[int, int, str]:
    """Copy into a Parquet file; its rows, its bytes and its SHA-256."""
    import polars as pl

    with connection.cursor() as cursor:
        with cursor.copy(statement.encode()) as copy:
            text = b"".join(bytes(block) for block in copy)
        rows = cursor.rowcount
    schema = dict.fromkeys(COLUMNS, pl.String)
    frame = pl.read_csv(text, has_header=False, schema=schema, quote_char='"')
    with _partial(path) as file:
        frame.write_parquet(file, compression="zstd")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return rows, path.stat().st_size, digest


@contextmanager
def _partial(path: Path) -> Generator[Any]:
    """A file that takes its name once it is whole and on disk."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
