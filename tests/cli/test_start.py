"""A command starts at once, and what it prints into a pipe is not cut to 80 columns."""

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


@pytest.mark.parametrize(("columns", "width"), [(None, "120"), ("90", "90")])
def test_a_pipe_is_as_wide_as_tables_of_figures(program, columns: str | None, width: str) -> None:
    environment = {name: value for name, value in program.environment.items() if name != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-c", "from nexus_hub.cli.session import console; print(console.width)"],
        env=environment | ({"COLUMNS": columns} if columns else {}),
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert done.stdout.strip() == width
