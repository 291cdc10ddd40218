"""`nexus strategy`: which strategies there are, and switching them off and on."""

from __future__ import annotations

from typing import Annotated

import typer

from nexus_hub.cli.session import begin, console, worker_connection

app = typer.Typer(help="List strategies, and switch them off and on.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the strategy.")]


@app.command("list")
def list_all() -> None:
    """Print the strategies, whether they are on, and what their layers say."""
    from rich.table import Table

    from nexus_hub.vulcanus.queries import strategy as q

    with worker_connection(begin()) as connection:
        rows = q.strategy_list(connection)
        covered = {row.strategy: row for row in q.strategy_coverage_list(connection)}
    table = Table()
    for name in ("strategy", "version", ""):
        table.add_column(name, no_wrap=True)
    for name in ("layers", "found", "stale", "unseen"):
        table.add_column(name, justify="right")
    table.add_column("description")
    for row in rows:
        of = covered[row.strategy]
        state = "[green]on[/green]" if row.is_enabled else "[yellow]off[/yellow]"
        counts = (of.layer_count, of.found_count, of.stale_count, of.unseen_count)
        table.add_row(
            row.strategy, row.version, state, *(f"{n:,}" for n in counts), row.description
        )
    console.print(table)


@app.command("disable")
def disable(name: Name) -> None:
    """Switch a strategy off: what it added leaves the records and all that follows them."""
    _switch(name, is_enabled=False)


@app.command("enable")
def enable(name: Name) -> None:
    """Switch a strategy on: it looks at all records again."""
    _switch(name, is_enabled=True)


def _switch(name: str, *, is_enabled: bool) -> None:
    from nexus_hub.vulcanus.queries import strategy as q

    with worker_connection(begin()) as connection:
        is_changed = q.strategy_switch(connection, strategy=name, is_enabled=is_enabled)
        covered = {row.strategy: row for row in q.strategy_coverage_list(connection)}
    word = "on" if is_enabled else "off"
    if not is_changed:
        console.print(f"{name} is {word} already")
        return
    due = covered[name].stale_count + covered[name].unseen_count
    console.print(f"{name} is {word}; {due:,} records will be looked at again")
    console.print("[dim]nexus work vulcanus does it, where no worker runs[/dim]")
