"""(c) One pass of alexandria3k, run with the Python of `.venv-bench`: FOLDER DATABASE.

It keeps its own clock, so that neither the start of the interpreter nor imports are measured, and
prints one JSON object.
"""

import json
import sys
import time
from importlib.metadata import version

from alexandria3k.data_sources.crossref import Crossref  # ty: ignore[import-not-found]


def main(folder: str, database: str) -> None:
    """Populate all tables of a new SQLite database from a folder of containers."""
    started_at, cpu_before = time.monotonic(), time.process_time()
    Crossref(folder).populate(database)
    wall_s, cpu_s = time.monotonic() - started_at, time.process_time() - cpu_before
    print(json.dumps({"wall_s": wall_s, "cpu_s": cpu_s, "version": version("alexandria3k")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
