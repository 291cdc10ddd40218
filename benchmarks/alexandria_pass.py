"""(c) One pass of alexandria3k, run with the Python of `.venv-bench`: FOLDER DATABASE DURABILITY.

It keeps its own clock, so that neither the start of the interpreter nor imports are measured, and
prints one JSON object. `durable` gives SQLite the durability that PostgreSQL has, `shipped` leaves
alexandria3k the settings it makes itself: no journal, and nothing waits for the disk.
"""

import json
import sys
import time
from importlib.metadata import version
from typing import Any

from alexandria3k import data_source  # ty: ignore[import-not-found]
from alexandria3k.data_sources.crossref import Crossref  # ty: ignore[import-not-found]

PRAGMAS = ("journal_mode", "synchronous", "locking_mode")
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
shipped = data_source.set_fast_writing
settings: dict[str, str] = {}


def set_durable(connection: Any, name: str = "main") -> None:
    """A journal, and commits that wait for the disk; alone on its file, as alexandria3k has it."""
    connection.execute(f"PRAGMA {name}.locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA {name}.journal_mode = DELETE")
    connection.execute(f"PRAGMA {name}.synchronous = FULL")
    note(connection, name)


def set_shipped(connection: Any, name: str = "main") -> None:
    """What alexandria3k sets itself."""
    shipped(connection, name)
    note(connection, name)


def note(connection: Any, name: str) -> None:
    """Ask SQLite what holds now, so that what is printed is what was measured."""
    for pragma in PRAGMAS:
        ((value,),) = connection.execute(f"PRAGMA {name}.{pragma}")
        settings[pragma] = SYNCHRONOUS[value] if pragma == "synchronous" else str(value).upper()


def main(folder: str, database: str, durability: str) -> None:
    """Populate all tables of a new SQLite database from a folder of containers."""
    data_source.set_fast_writing = {"durable": set_durable, "shipped": set_shipped}[durability]
    started_at, cpu_before = time.monotonic(), time.process_time()
    source = Crossref(folder)
    source.populate(database)
    source.vdb.close()  # with it the journal ends up in the database
    wall_s, cpu_s = time.monotonic() - started_at, time.process_time() - cpu_before
    told = {"wall_s": wall_s, "cpu_s": cpu_s, "version": version("alexandria3k")}
    print(json.dumps(told | {"settings": settings}))


if __name__ == "__main__":
    main(*sys.argv[1:])
