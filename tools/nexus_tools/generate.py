"""`python -m nexus_tools.generate [--check]`: every generated file of the tree, made or checked.

A generator is a function `(uri, root, check)` of a migrated database, the folder of the checkout
and whether only to look; it returns the paths that differed. `GENERATORS` lists them in order.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from nexus_tools import (
    deposit_schemas,
    documentation,
    error_classes,
    openapi,
    schema_snapshot,
    source_rows,
    sqlc_run,
)

Generator = Callable[[str, Path, bool], list[str]]

GENERATORS: list[Generator] = [
    source_rows.generate,
    schema_snapshot.generate,
    sqlc_run.generate,
    error_classes.generate,
    deposit_schemas.generate,
    openapi.generate,
    documentation.generate,
]
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is generated anew, or with `--check` exit 1 naming what has drifted."""
    parser = argparse.ArgumentParser(prog="python -m nexus_tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 on drift")
    parser.add_argument("--database-uri", help="a database to migrate and read; else a fresh one")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of the checkout")
    parser.add_argument(
        "--only", metavar="NAME", help="one generator: " + ", ".join(map(name_of, GENERATORS))
    )
    given = parser.parse_args(arguments)
    chosen = [g for g in GENERATORS if given.only in {None, name_of(g)}]
    with _database(given.database_uri) as uri:
        try:
            drifted = [path for run in chosen for path in run(uri, given.root, given.check)]
        except subprocess.CalledProcessError as error:
            print(f"{Path(error.cmd[0]).name} {error.cmd[1]} failed", file=sys.stderr)
            return 1
    for path in drifted:
        print(f"{'drifted' if given.check else 'written'}: {path}")
    return 1 if drifted and given.check else 0


def name_of(generator: Generator) -> str:
    """The short name of a generator: its module's."""
    return generator.__module__.rpartition(".")[2]


def _database(uri: str | None) -> AbstractContextManager[str]:
    # Imported late: the program may not be importable before its files are generated.
    if uri is None:
        from nexus_tools.scratch import migrated_database

        return migrated_database()
    from nexus_hub.platform import migration

    migration.upgrade(uri)
    return nullcontext(uri)


if __name__ == "__main__":
    raise SystemExit(main())
