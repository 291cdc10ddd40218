"""`nexus callbacks`: who waits to be told, who could not be told, and telling them again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.session import begin, console, worker_connection

if TYPE_CHECKING:
    from uuid import UUID

    from psycopg import Connection

SHOWN_CALLBACKS = 50


def callbacks(
    dead: Annotated[
        bool, typer.Option("--dead", help="Show those that were given up, with the reason.")
    ] = False,
    replay: Annotated[
        str | None,
        typer.Option(
            metavar="DEPOSIT", help="Send those of this deposit again; with `dead`, all dead ones."
        ),
    ] = None,
    member: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Those of this member alone, by its name or number."),
    ] = None,
) -> None:
    """Show the callbacks of each member: what waits for verdicts, is due, was sent, is dead."""
    from nexus_hub.cli.member import find_member

    with worker_connection(begin()) as connection:
        number = None if member is None else find_member(connection, member).member_id
        if replay is not None:
            count = replay_all(connection, number) if replay == "dead" else None
            count = replay_one(connection, replay, number) if count is None else count
            console.print(f"{count:,} callbacks are sent again", highlight=False)
        if dead:
            show_dead(connection, number)
        if replay is None and not dead:
            show_members(connection, number)


def show_members(connection: Connection[Any], member_id: int | None) -> None:
    """Print a row per member that ever asked to be called back."""
    from rich.table import Table

    from nexus_hub.cli.queues import age
    from nexus_hub.nauvis.queries import callback as q

    table = Table("member", "name", title="Callbacks", title_justify="left")
    for name in ("waiting", "due", "sent", "dead", "due for"):
        table.add_column(name, justify="right")
    now = datetime.now(UTC)
    for row in q.callback_count_by_member(connection, member_id=member_id):
        late = 0 if row.due_since is None else int((now - row.due_since).total_seconds())
        counts = (row.waiting_count, row.due_count, row.sent_count)
        table.add_row(
            str(row.member_id),
            row.name,
            *(f"{count:,}" for count in counts),
            f"[red]{row.dead_count:,}[/red]" if row.dead_count else "0",
            age(late) if late > 0 else "",
        )
    console.print(table)


def show_dead(connection: Connection[Any], member_id: int | None) -> None:
    """Print the oldest callbacks that were given up."""
    from nexus_hub.nauvis.queries import callback as q

    rows = q.callback_dead_list(connection, member_id=member_id, limit_count=SHOWN_CALLBACKS + 1)
    if not rows:
        console.print("no callback was given up", highlight=False)
        return
    for row in rows[:SHOWN_CALLBACKS]:
        when = f"{row.attempted_at:%Y-%m-%d %H:%M:%S}" if row.attempted_at else ""
        console.print(
            f"[bold]{row.deposit_id}[/bold]  {row.n}  {row.member_id}  {when}  ",
            end="",
            highlight=False,
        )
        reason = row.error or (f"answered {row.status}" if row.status else "the sender died")
        console.print(reason, style="red", markup=False, highlight=False, soft_wrap=True)
        console.print(f"    {row.url}", markup=False, highlight=False, soft_wrap=True)
    if len(rows) > SHOWN_CALLBACKS:
        console.print(f"only the oldest {SHOWN_CALLBACKS} are shown")
    console.print("nexus callbacks --replay dead sends them again", highlight=False)


def replay_all(connection: Connection[Any], member_id: int | None) -> int:
    """Make all dead callbacks due again, or those of a member; how many."""
    from nexus_hub.nauvis.queries import callback as q

    return q.callback_replay_dead(connection, member_id=member_id)


def replay_one(connection: Connection[Any], deposit: str, member_id: int | None) -> int:
    """Make the callbacks of a deposit due again; raises no-such-deposit, no-such-callback."""
    from nexus_hub.nauvis.errors import NoSuchCallback
    from nexus_hub.nauvis.queries import callback as q

    deposit_id = _read(deposit)
    rows = q.callback_list(connection, deposit_id=deposit_id)
    wanted = [row for row in rows if member_id in (None, row.member_id)]
    if not wanted:
        raise NoSuchCallback(f"of deposit {deposit_id}")
    for row in wanted:
        q.callback_replay(connection, deposit_id=deposit_id, n=row.n, with_token_id=None)
    return len(wanted)


def _read(deposit: str) -> UUID:
    from uuid import UUID

    from nexus_hub.nauvis.errors import NoSuchDeposit

    try:
        return UUID(deposit)
    except ValueError:
        raise NoSuchDeposit(deposit[:100]) from None
