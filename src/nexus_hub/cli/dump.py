"""`nexus dump` and `nexus restore`: the catalogue as files, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nexus_hub.cli.session import begin, console, counting

app = typer.Typer(help="Write the catalogue into files.", no_args_is_help=True)
Folder = Annotated[
    Path, typer.Argument(help="A folder that is empty, or holds an unfinished dump.")
]


@app.command("full")
def full(folder: Folder) -> None:
    """Write all that was ever accepted, for `nexus restore`; no credential, no private column.

    Interrupted, it is gone on with by the same command.
    """
    from nexus_hub.catalog.dump import dump_full
    from nexus_hub.platform import db

    chosen = begin()
    with counting("dumping") as bar:
        task = bar.add_task("", total=None)

        def done(name: str, size_bytes: int) -> None:
            bar.update(task, advance=1, description=f"{name}, {size_bytes:,} bytes")

        plan = dump_full(lambda: db.connect(chosen, "nexus_dba"), folder, done)
    rows = sum(file.rows for file in plan.files)
    console.print(f"index {plan.index}, {rows:,} rows in {len(plan.files)} files of {folder}")


@app.command("flat")
def flat(
    folder: Folder,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only this kind of object; may be given again.")
    ] = None,
    format: Annotated[str, typer.Option(help="jsonl.gz or parquet.")] = "jsonl.gz",
    jobs: Annotated[int, typer.Option(help="How many files are written at once.", min=1)] = 2,
) -> None:
    """Write the live objects, all of one moment, as JSON lines or Parquet."""
    from nexus_hub.catalog.dump import dump_flat
    from nexus_hub.catalog.queries.models import Kind
    from nexus_hub.platform import db

    if format not in ("jsonl.gz", "parquet"):
        raise typer.BadParameter("choose jsonl.gz or parquet", param_hint="--format")
    wanted = [word for word in kind or [] if word not in set(Kind)]
    if wanted:
        known = ", ".join(Kind)
        raise typer.BadParameter(f"{wanted[0]!r} is no kind: {known}", param_hint="--kind")
    chosen = begin()
    with counting("dumping") as bar:
        task = bar.add_task("", total=None)

        def done(name: str, size_bytes: int) -> None:
            bar.update(task, advance=1, description=f"{name}, {size_bytes:,} bytes")

        plan = dump_flat(
            lambda: db.connect(chosen, "nexus_dba"),
            folder,
            [Kind(word) for word in kind or Kind],
            "parquet" if format == "parquet" else "jsonl.gz",
            done,
            jobs=jobs,
        )
    rows = sum(file.rows for file in plan.files)
    console.print(f"index {plan.index}, {rows:,} objects in {len(plan.files)} files of {folder}")


def restore(
    folder: Annotated[Path, typer.Argument(help="A finished full dump.", exists=True)],
) -> None:
    """Read a full dump into a database without objects; all of it or nothing."""
    from nexus_hub.catalog.restore import restore as read
    from nexus_hub.platform import db

    chosen = begin()
    with counting("restoring") as bar, db.connect_owner(chosen) as connection:
        task = bar.add_task("", total=None)

        def done(step: str, count: int) -> None:
            bar.update(task, description=f"{step}, {count:,}")

        plan = read(connection, folder, done)
    console.print(f"restored up to index {plan.index}, hash {plan.hash}")
    console.print("run [bold]nexus work --drain[/bold]: search documents are made anew")
