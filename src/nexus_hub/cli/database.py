"""`nexus db` and `nexus psql`: the database itself."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from nexus_hub.cli.session import begin, console, errors

app = typer.Typer(help="Upgrade and check the database.", no_args_is_help=True)


@app.command("upgrade")
def upgrade() -> None:
    """Bring the database to the schema of this program; changes nothing when it is there."""
    from nexus_hub.platform import migration

    done = migration.upgrade_settings(begin(upgrade=False))
    if done.changed:
        console.print(
            f"step {done.before or 'none'} -> {done.after}, {done.repeatables} definitions applied"
        )
    else:
        console.print(f"up to date at step {done.after}")


@app.command("check")
def check() -> None:
    """Say what an upgrade would do; exit code 1 when there is something."""
    from nexus_hub.platform import db, migration

    chosen = begin(upgrade=False)
    work = migration.pending(db.owner_uri(chosen))
    for item in work:
        console.print(item, markup=False)
    if work:
        errors.print("run [bold]nexus db upgrade[/bold]")
        raise typer.Exit(1)
    console.print(f"up to date at step {migration.head()}")


@app.command("verify")
def verify() -> None:
    """Look for rows that break what the tables promise each other; exit code 1 when there are any.

    Reads every row of the tables that refer to others without being checked at each write.
    """
    from rich.table import Table

    from nexus_hub.platform import db
    from nexus_hub.platform.queries import reference

    chosen = begin()
    with db.connect(chosen, "nexus_dba") as connection:
        rows = reference.reference_orphan_list(connection)
    table = Table("reference", "of", "broken", box=None)
    for row in rows:
        table.add_row(row.constraint_name, row.table_name, f"{row.orphan_count:,}")
    console.print(table)
    if any(row.orphan_count for row in rows):
        errors.print(
            "rows that nothing stands behind: restore a backup, or say how they came about"
        )
        raise typer.Exit(1)


@app.command("dump-schema")
def dump_schema() -> None:
    """Print the schema as pg_dump sees it."""
    from nexus_hub.platform import db
    from nexus_hub.platform.server import BINARIES

    chosen = begin(upgrade=False)
    os.execv(  # noqa: S606
        str(BINARIES / "pg_dump"),
        ["pg_dump", "--schema-only", "--no-owner", "-d", db.owner_uri(chosen)],
    )


def psql(
    role: Annotated[str, typer.Option(help="The role to act as.")] = "nexus_dba",
    command: Annotated[
        list[str] | None, typer.Option("--command", "-c", help="Run this and leave.")
    ] = None,
) -> None:
    """Open psql on the database, as nexus_dba unless told otherwise."""
    import subprocess

    from nexus_hub.platform import db
    from nexus_hub.platform.server import BINARIES

    chosen = begin()
    uri = db.as_role(db.uri(chosen), role)
    arguments = ["psql", uri, *(part for text in command or [] for part in ("-c", text))]
    # A child, not an exec: the embedded server lives as long as this process.
    raise typer.Exit(subprocess.call([str(BINARIES / "psql"), *arguments[1:]]))  # noqa: S603
