"""`nexus queues`: what waits, what is dead, and sending the dead again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.session import begin, console, worker_connection

if TYPE_CHECKING:
    from psycopg import Connection

SHOWN_LETTERS = 50


def queues(
    replay: Annotated[
        str | None,
        typer.Option(metavar="QUEUE", help="Send the dead letters of this queue again."),
    ] = None,
    dead: Annotated[
        str | None,
        typer.Option(
            metavar="QUEUE", help="Show the dead letters of this queue, with their reasons."
        ),
    ] = None,
) -> None:
    """Show every queue: what waits, is being handled, is dead, was ever sent, and since when."""
    from nexus_hub.platform.queries import queue as q

    with worker_connection(begin()) as connection:
        if replay is not None:
            sent = q.queue_replay(connection, queue=replay)
            console.print(f"{sent:,} dead letters of {replay} sent again", highlight=False)
        if dead is not None:
            show_dead(connection, dead)
        if replay is None and dead is None:
            show_queues(connection)


def show_queues(connection: Connection[Any]) -> None:
    """Print a row per queue."""
    from rich.table import Table

    from nexus_hub.platform.queries import queue as q

    table = Table("queue", title="Queues", title_justify="left")
    for name in ("waiting", "in flight", "dead", "sent", "oldest"):
        table.add_column(name, justify="right")
    for row in q.queue_list(connection):
        dead = row.dead or 0
        table.add_row(
            row.queue,
            f"{row.waiting or 0:,}",
            f"{row.in_flight or 0:,}",
            f"[red]{dead:,}[/red]" if dead else "0",
            f"{row.sent_total or 0:,}",
            "" if row.oldest_age_s is None else age(row.oldest_age_s),
        )
    console.print(table)


def show_dead(connection: Connection[Any], queue: str) -> None:
    """Print the oldest dead letters of a queue; raises no-such-queue."""
    from nexus_hub.platform.queries import queue as q

    letters = q.queue_dead_list(connection, queue=queue, limit_count=SHOWN_LETTERS + 1)
    if not letters:
        console.print(f"{queue} has no dead letters", highlight=False)
        return
    for letter in letters[:SHOWN_LETTERS]:
        when = f"{letter.buried_at:%Y-%m-%d %H:%M:%S}" if letter.buried_at else ""
        console.print(f"[bold]{letter.msg_id}[/bold]  {when}  ", end="", highlight=False)
        console.print(letter.reason, style="red", markup=False, highlight=False, soft_wrap=True)
        console.print(f"    {letter.message}", markup=False, highlight=False, soft_wrap=True)
    if len(letters) > SHOWN_LETTERS:
        console.print(f"only the oldest {SHOWN_LETTERS} are shown")
    console.print(f"nexus queues --replay {queue} sends them again", highlight=False)


def age(seconds: int) -> str:
    """A duration in its largest whole unit.

    >>> age(59), age(60), age(7300), age(200_000)
    ('59 s', '1 min', '2 h', '2 d')
    """
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
