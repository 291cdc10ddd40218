"""`nexus db` and `nexus psql`: the database itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_hub.cli.session import begin, console, counting, errors

if TYPE_CHECKING:
    from rich.progress import TaskID

app = typer.Typer(help="Upgrade and check the database.", no_args_is_help=True)


@app.command("upgrade")
def upgrade() -> None:
    """Bring the database to the schema of this program; changes nothing when it is there.

    A replica then takes up what is published since, and goes on if it had stopped.
    """
    from nexus_hub.catalog import replica
    from nexus_hub.platform import db, migration

    chosen = begin(upgrade=False)
    done = migration.upgrade_settings(chosen)
    if done.changed:
        console.print(
            f"step {done.before or 'none'} -> {done.after}, {done.repeatables} definitions applied"
        )
    else:
        console.print(f"up to date at step {done.after}")
    uri = db.owner_uri(chosen)
    if done.changed and replica.is_one(uri):
        replica.follow(uri)
        console.print("replica: goes on, with the tables that are published now")


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
def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Make rows anew that are not what revisions say.")
    ] = False,
) -> None:
    """Check all that is stored against what was accepted; exit code 1 when anything is wrong.

    Looks for rows that break what the tables promise each other, walks the chain of the changelog
    to the first index that breaks it, computes the hash of every revision and part anew, and
    compares the rows by column with the revisions they are made from. Can run beside all else:
    a few hundred objects at a time are held.
    """
    from nexus_hub.platform import db
    from nexus_hub.platform.queries import reference

    chosen = begin()
    with db.connect(chosen, "nexus_dba") as connection:
        rows = reference.reference_orphan_list(connection)
    broken = [
        f"{row.constraint_name} of {row.table_name}: {row.orphan_count:,} rows without what they "
        "refer to"
        for row in rows
        if row.orphan_count
    ]
    _tell("references", len(rows), broken)
    left = len(broken) + verify_at(db.uri(chosen), repair=repair)
    if left:
        errors.print(
            "what is wrong with rows by column [bold]nexus db verify --repair[/bold] mends; "
            "for the rest restore a backup, or say how it came about"
        )
        raise typer.Exit(1)


def verify_at(uri: str, *, repair: bool) -> int:
    """Check the catalogue of a database with a bar for each check; how many faults are left."""
    import psycopg

    from nexus_hub.catalog import verification
    from nexus_hub.platform import db
    from nexus_hub.platform.queues import WORKER_OPTIONS

    # Rows are compared by making them anew and taking that back, on a replica too.
    conninfo = db.as_role(uri, "nexus_worker", **WORKER_OPTIONS, **db.WRITABLE)
    said: dict[str, list[str]] = {}
    looked_at: dict[str, int] = {}
    left = 0
    with psycopg.connect(conninfo, autocommit=True) as connection, counting("verify") as bar:
        tasks: dict[str, TaskID] = {}
        for step in verification.verify(connection, repair=repair):
            if step.check not in tasks:
                tasks[step.check] = bar.add_task(step.check, total=step.total)
            bar.update(tasks[step.check], completed=step.done, total=step.total)
            looked_at[step.check] = step.done
            lines = said.setdefault(step.check, [])
            for fault in step.faults:
                left += not fault.is_repaired
                mended = " (repaired)" if fault.is_repaired else ""
                lines.append(f"{fault.place}: {fault.problem}{mended}")
    for check, lines in said.items():
        _tell(check, looked_at[check], lines)
    return left


def _tell(check: str, looked_at: int, lines: list[str]) -> None:
    verdict = f"{len(lines):,} wrong" if lines else "whole"
    console.print(f"{check}: {looked_at:,} looked at, {verdict}", highlight=False)
    for line in lines:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)


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
