"""Reads a full dump into a migrated database without objects; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import zstandard
from psycopg import Connection

from nexus_hub.catalog import manifest
from nexus_hub.catalog.errors import DumpUnfit
from nexus_hub.catalog.manifest import File, Manifest
from nexus_hub.catalog.queries import dump as q

BATCH = 1000
BLOCK_BYTES = 1 << 20
FIRST = UUID(int=0)


def restore(
    connection: Connection[Any],
    folder: Path,
    on_step: Callable[[str, int], None] = lambda step, count: None,
) -> Manifest:
    """Restore a full dump with the rights of the tables' owner, in one transaction.

    Every file is checked against the manifest before anything is written; the live rows are made
    anew from the revisions. Raises DumpUnfit for files that are not what the manifest tells, and
    the database's own `not-empty` where it has objects.
    """
    plan = manifest.read(folder / manifest.NAME)
    if plan.kind != "full":
        raise DumpUnfit(f"{folder} holds a {plan.kind} dump; only a full one can be restored")
    for file in plan.files:
        if not manifest.is_whole(folder, file):
            raise DumpUnfit(f"{folder / file.name} is not what the manifest tells")
    by_table = {file.content: file for file in plan.files}
    with connection.transaction():
        q.dump_restore_begin(connection)
        for row in q.dump_list(connection, index=plan.index):
            if file := by_table.get(row.table_name):
                on_step(row.table_name, _read(connection, row.copy_in, folder, file))
        index = q.dump_restore_finish(connection)
        clock = q.dump_clock(connection)
        if (index, clock.hash.hex()) != (plan.index, plan.hash):
            raise DumpUnfit(f"the changelog ends at {index}, the manifest tells {plan.index}")
        last: UUID | None = FIRST
        count = 0
        while last := q.dump_restore_project(connection, after=last, limit_count=BATCH):
            count += BATCH
            on_step("live rows", count)
    return plan


def _read(connection: Connection[Any], statement: str, folder: Path, file: File) -> int:
    reader = zstandard.ZstdDecompressor()
    with (folder / file.name).open("rb") as packed, connection.cursor() as cursor:
        with cursor.copy(statement.encode()) as copy, reader.stream_reader(packed) as plain:
            while block := plain.read(BLOCK_BYTES):
                copy.write(block)
        if cursor.rowcount != file.rows:
            raise DumpUnfit(f"{file.name}: {cursor.rowcount} rows, the manifest tells {file.rows}")
    return file.rows
