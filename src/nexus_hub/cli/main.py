"""The command `nexus`."""

from __future__ import annotations

import sys

import psycopg
import typer

from nexus_hub.cli import database, load
from nexus_hub.cli.demo import demo
from nexus_hub.cli.session import errors
from nexus_hub.cli.work import work
from nexus_hub.platform.errors import NexusError

app = typer.Typer(
    name="nexus",
    help="One versioned, enriched, attributed record of every research object.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(load.app, name="load")
app.add_typer(database.app, name="db")
app.command("demo")(demo)
app.command("work")(work)
app.command("psql")(database.psql)


def run() -> None:
    """Run a command; a failure of ours is one line that says what to do, not a traceback."""
    try:
        app()
    except NexusError as error:
        errors.print(f"{error.slug}: {error.detail or error.meaning}", style="red", markup=False)
        if error.hint:
            errors.print(error.hint, markup=False)
        sys.exit(1)
    except psycopg.OperationalError as error:
        errors.print(f"database: {str(error).strip()}", style="red", markup=False)
        errors.print("nexus doctor checks the connection and the settings")
        sys.exit(1)
    except KeyboardInterrupt:
        errors.print("interrupted; run the same command again to go on")
        sys.exit(130)
