"""`nexus load`: real files in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_hub.cli.by_source import group_of
from nexus_hub.cli.session import begin, console, errors, reading, worker_connection

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from nexus_hub.fulgora.declaration import Source

Files = Annotated[
    list[str],
    typer.Argument(
        help="JSON lines, an array or an object with one; plain, .gz, .zst, .zip; - for stdin."
    ),
]
Label = Annotated[str | None, typer.Option(help="Name of the release; the file's by default.")]
EntityKind = Annotated[
    str | None,
    typer.Option("--kind", help="Kind of the entities; told by their members by default."),
]
SourceFiles = Annotated[
    list[str], typer.Argument(help="Files of the source; plain, .gz, .zst or .zip.")
]
Whole = Annotated[
    bool | None,
    typer.Option(
        "--whole/--partial",
        help="Whether a file holds every row, so that what it lacks has ended; by default as the "
        "source is declared.",
    ),
]
SHOWN_PROBLEMS = 20


def load_command(source: Source) -> Callable[..., None]:
    """The command that takes files of a source in."""

    def load(files: SourceFiles, label: Label = None, whole: Whole = None) -> None:
        _load_source(source.name, files, label, whole)

    load.__doc__ = (
        f"Take files of {source.title} in, each as a release: {source.columns}. Makes "
        f"{source.makes}."
    )
    return load


app = typer.Typer(help="Load files.", no_args_is_help=True, cls=group_of(load_command))


@app.command("deposits")
def deposits(
    files: Files,
    member: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The member in whose name; nobody's without it."),
    ] = None,
) -> None:
    """Deposit the records of files: our own format, or Crossref works. Workers do the rest.

    Exit code 1 when something of a file could not be read; what could be is taken all the same.
    """
    from nexus_hub.cli.member import find_bot
    from nexus_hub.nauvis import service as nauvis

    chosen = begin()
    records = refused = batches = 0
    problems: list[str] = []
    unread: list[str] = []
    with worker_connection(chosen) as connection, reading() as bar:
        on_bytes, update = _bars(bar)
        editor_id = find_bot(connection, member) if member else nauvis.ANONYMOUS
        for taken in nauvis.load(
            connection,
            files,
            on_bytes=on_bytes,
            batch_size=chosen.batch_size,
            editor_id=editor_id,
        ):
            batches += len(taken.deposits)
            records += taken.records
            refused += taken.refused
            problems += taken.problems
            unread += taken.unread
            update(records)
    show_problems(problems)
    console.print(
        f"{records:,} records taken in {batches:,} deposits, {refused:,} refused; "
        "[bold]nexus work --drain[/bold] processes them"
    )
    if unread:
        # Named again: of many problems the last, which says where a file breaks off, is not shown.
        said = f"not everything could be read; the last problem is {unread[-1]}"
        errors.print(said, style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1)


@app.command("fatcat")
def fatcat(files: Files, kind: EntityKind = None) -> None:
    """Take exports of fatcat in: entities in JSON lines, which keep their identifiers.

    Exit code 1 when something could not be taken; the rest is in the catalogue at once.
    """
    from nexus_hub.catalog.fatcat import ENTITIES, importing

    if kind is not None and kind not in ENTITIES:
        raise typer.BadParameter(f"one of {', '.join(ENTITIES)} is expected", param_hint="--kind")
    chosen = begin()
    total = importing.Imported()
    with worker_connection(chosen) as connection, reading() as bar:
        on_bytes, update = _bars(bar)
        for path in files:
            for told in importing.load(connection, path, kind=kind, on_bytes=on_bytes):
                total.created += told.created
                total.updated += told.updated
                total.unchanged += told.unchanged
                total.works += told.works
                total.problems += told.problems
                update(total.created + total.updated + total.unchanged)
    show_problems(total.problems)
    console.print(
        f"{total.created:,} entities created, {total.updated:,} updated, "
        f"{total.unchanged:,} unchanged, {len(total.problems):,} refused; "
        f"{total.works:,} works made for releases"
    )
    if total.problems:
        raise typer.Exit(1)


def _load_source(source: str, files: list[str], label: str | None, whole: bool | None) -> None:
    from nexus_hub.fulgora import service as fulgora

    chosen = begin()
    for path in files:
        with worker_connection(chosen) as connection, reading() as bar:
            on_bytes, _ = _bars(bar)
            loaded = fulgora.load(
                connection, source, path, label=label, is_whole=whole, on_bytes=on_bytes
            )
        show_problems(loaded.problems)
        release = (
            f"release {loaded.release_no}" if loaded.release_no else "nothing new, no release made"
        )
        console.print(
            f"{path}: {loaded.rows:,} rows of {source}, {loaded.changed:,} changed, "
            f"{loaded.removed:,} removed, {loaded.older:,} older than what is here, "
            f"{len(loaded.problems):,} unreadable; {release}"
        )
    console.print("[bold]nexus work --drain[/bold] brings them into the catalogue")


def show_problems(problems: list[str]) -> None:
    """Name what could not be read, the first ones in full."""
    for problem in problems[:SHOWN_PROBLEMS]:
        errors.print(problem, style="red", markup=False, highlight=False)
    if len(problems) > SHOWN_PROBLEMS:
        errors.print(f"... and {len(problems) - SHOWN_PROBLEMS:,} more", style="red")


def _bars(bar: Progress) -> tuple[Callable[[str, int, int | None], None], Callable[[int], None]]:
    tasks: dict[str, TaskID] = {}

    def on_bytes(path: str, done: int, total: int | None) -> None:
        if path not in tasks:
            tasks[path] = bar.add_task(path, total=total, records=0)
        bar.update(tasks[path], completed=done, total=total)

    def update(records: int) -> None:
        for task in tasks.values():
            bar.update(task, records=records)

    return on_bytes, update
