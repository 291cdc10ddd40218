"""A command starts at once: what only others need is not imported for it."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "alembic",
    "altair",
    "duckdb",
    "granian",
    "httpx",
    "litestar",
    "polars",
    "procrastinate",
    "sqlalchemy",
    "vl_convert",
}
FOR_HELP = HEAVY | {"obstore", "psycopg", "pydantic_settings", "structlog"}
WITNESS = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
from nexus_hub.cli.main import run
run()
"""


def imported(program, *arguments: str) -> set[str]:
    """The packages that a command imported, by their first names."""
    done = subprocess.run(
        [sys.executable, "-c", WITNESS, *arguments],
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


@pytest.mark.parametrize("arguments", [["--help"], ["load", "--help"], ["report", "--help"]])
def test_help_imports_nothing_heavy(migrated, arguments) -> None:
    found = imported(migrated, *arguments)
    assert "typer" in found
    assert found & FOR_HELP == set()


def test_queues_of_a_database_that_is_up_to_date_import_nothing_that_they_do_not_need(
    migrated,
) -> None:
    found = imported(migrated, "queues")
    assert "psycopg" in found
    assert found & HEAVY == set()
