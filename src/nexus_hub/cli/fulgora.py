"""`nexus fulgora`: public data, from where its publishers offer it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_hub.cli.by_source import group_of
from nexus_hub.cli.load import show_problems
from nexus_hub.cli.session import begin, console, errors, worker_connection

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from nexus_hub.fulgora.declaration import Source

app = typer.Typer(help="Fetch and list public data.", no_args_is_help=True)


def sync_command(source: Source) -> Callable[..., None]:
    """The command that brings the newest public release of a source in."""

    def sync(
        url: Annotated[
            str | None, typer.Option(help="Where it lies, instead of the declared address.")
        ] = None,
        since: Annotated[
            str | None,
            typer.Option(
                metavar="DAY", help="Of sources with an API: the first day to ask for, 2026-01-31."
            ),
        ] = None,
    ) -> None:
        _sync(source, url, since)

    sync.__doc__ = (
        f"Fetch the newest public release of {source.title} and take it in, unless it is here "
        "already. Cut or killed, it goes on when it is run again."
    )
    return sync


syncs = typer.Typer(
    help="Take the newest public release of a source in.",
    no_args_is_help=True,
    cls=group_of(sync_command),
)
app.add_typer(syncs, name="sync")


def _sync(source: Source, url: str | None, since: str | None) -> None:
    from nexus_hub.fulgora.sync import sync

    name = source.name
    if since is not None and not _is_day(since):
        raise typer.BadParameter("a day such as 2026-01-31 is expected", param_hint="--since")
    chosen = begin()
    with _transfer() as bar:
        steps: dict[str, TaskID] = {}

        def on_step(step: str, done: int, total: int | None) -> None:
            if step not in steps:
                steps[step] = bar.add_task(f"{step} {name}", total=total)
            bar.update(steps[step], completed=done, total=total)

        synced = sync(chosen, name, on_step, url=url, since=since)
    if synced.loaded is None:
        console.print(f"{synced.label} is here already", highlight=False, soft_wrap=True)
        return
    loaded = synced.loaded
    show_problems(loaded.problems)
    made = f"release {loaded.release_no}" if loaded.release_no else "nothing new, no release made"
    console.print(
        f"{synced.label}: {loaded.rows:,} rows of {name}, {loaded.changed:,} changed, "
        f"{loaded.removed:,} removed, {len(loaded.problems):,} unreadable; {made}",
        highlight=False,
        soft_wrap=True,
    )
    if loaded.release_no:
        console.print("[bold]nexus work --drain[/bold] brings them into the catalogue")


def _is_day(given: str) -> bool:
    try:
        return date.fromisoformat(given).isoformat() == given
    except ValueError:
        return False


@app.command("sources")
def sources() -> None:
    """List the sources: their licence, how many releases and current rows, and the last release."""
    from rich.table import Table

    from nexus_hub.fulgora.queries import release, source

    with worker_connection(begin()) as connection:
        rows = {row.source: row.row_count for row in source.source_row_count(connection)}
        releases = release.release_list(connection)
        table = Table("source", "title", "licence")
        table.add_column("releases", justify="right")
        table.add_column("current rows", justify="right")
        table.add_column("last release")
        for one in source.source_list(connection):
            mine = [made for made in releases if made.source == one.source]
            last = mine[0] if mine else None
            when = f"{last.completed_at:%Y-%m-%d} " if last and last.completed_at else ""
            table.add_row(
                one.source,
                one.title,
                one.licence,
                f"{len(mine):,}",
                f"{rows.get(one.source, 0):,}",
                f"{when}{last.label}" if last else "",
            )
    console.print(table)


@app.command("releases")
def releases(
    name: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="Only those of this source.")
    ] = None,
) -> None:
    """List the releases that were taken in, newest first, with what each changed."""
    from rich.table import Table

    from nexus_hub.fulgora.queries import release

    with worker_connection(begin()) as connection:
        found = [row for row in release.release_list(connection) if name in {None, row.source}]
    if not found:
        errors.print("no releases; nexus load or nexus fulgora sync takes one in")
        return
    table = Table("source")
    table.add_column("release", justify="right")
    for column in ("label", "state", "taken in"):
        table.add_column(column)
    for column in ("rows", "changed", "removed", "older", "unreadable"):
        table.add_column(column, justify="right")
    for row in found:
        when = f"{row.completed_at:%Y-%m-%d %H:%M}" if row.completed_at else ""
        counts = (
            row.row_count,
            row.changed_count,
            row.removed_count,
            row.older_count,
            row.problem_count,
        )
        number = str(row.release_no)
        table.add_row(
            row.source, number, row.label, row.state, when, *(f"{count:,}" for count in counts)
        )
    console.print(table)


def _transfer() -> Progress:
    from rich import progress

    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        console=errors,
        transient=True,
    )
