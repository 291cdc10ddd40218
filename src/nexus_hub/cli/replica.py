"""`nexus replica`: databases that follow this one."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_hub.cli.session import begin, console, counting, errors

if TYPE_CHECKING:
    from nexus_hub.catalog.replica_status import Replica, Slot

app = typer.Typer(help="Databases that follow this one.", no_args_is_help=True)
Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", help="The database of the replica, with a login that is superuser there."
    ),
]


def say(text: str) -> None:
    """Print a line as it stands."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


@app.command("create")
def create(
    url: Url,
    publisher: Annotated[
        str | None,
        typer.Option(
            help="How the server of the replica reaches this database, with a login that has "
            "REPLICATION; as this program does by default."
        ),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Wait until everything is copied.")
    ] = True,
) -> None:
    """Make an empty database a replica of this one; or let one that is there go on.

    Run again, it takes up tables that are published since and starts a stopped replica.
    """
    from nexus_hub.catalog import replica
    from nexus_hub.platform import db

    source = db.owner_uri(begin())
    replica.create(source, url, publisher, say)
    if wait:
        with counting("copying") as bar:
            task = bar.add_task("tables", total=None)
            replica.wait_until_copied(
                url, lambda done, total: bar.update(task, completed=done, total=total)
            )
        say(f"every table follows, up to index {replica.compare_chains(source, url):,}")
    say("next: nexus replica status URL")


@app.command("status")
def status(
    url: Annotated[
        str | None, typer.Argument(metavar="URL", help="One replica; without it, all slots here.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """Show how far replicas are behind, what they met, and what to do next."""
    from nexus_hub.catalog import replica_status
    from nexus_hub.platform import db

    source = db.owner_uri(begin())
    found = replica_status.slots(source) if url is None else [replica_status.status(source, url)]
    if as_json:
        shown = [asdict(one) for one in found]
        print(json.dumps(shown if url is None else shown[0], default=str))
        return
    for one in found:
        for line in _slot_lines(one) if isinstance(one, replica_status.Slot) else _lines(one):
            say(line)
    if not found:
        say("no replica follows this database")


def _slot_lines(slot: Slot) -> list[str]:
    connected = "connected" if slot.is_connected else f"not connected since {slot.inactive_since}"
    lines = [f"{slot.name}: {connected}, {slot.lag_bytes:,} bytes behind, WAL {slot.wal_status}"]
    return [*lines, f"  {slot.advice}"] if slot.advice else lines


def _lines(found: Replica) -> list[str]:
    lines = _slot_lines(found.slot) if found.slot else [f"{found.name}: no slot"]
    lines = lines[:1]
    state = ("working" if found.is_working else "not working") if found.is_enabled else "stopped"
    lines.append(f"  {state}, at index {found.index:,}, {found.lag_indexes:,} behind")
    others = {name: state for name, state in found.tables.items() if state != "following"}
    lines.append(f"  {len(found.tables) - len(others)} of {len(found.tables)} tables follow")
    lines += [f"    {name}: {state}" for name, state in others.items()]
    lines.append(f"  {found.apply_errors + found.sync_errors:,} errors")
    lines += [f"    {name}: {count:,}" for name, count in found.conflicts.items()]
    lines.append(f"  next: {found.advice}" if found.advice else "  nothing to do")
    return lines


@app.command("repair")
def repair(url: Url) -> None:
    """Remove rows of a stopped replica that stand in its way, and let it catch up.

    Then the hashes of its changelog, contents and rows are checked; exit code 1 when any is wrong.
    """
    from nexus_hub.catalog import replica
    from nexus_hub.cli.database import verify_at
    from nexus_hub.platform import db

    source = db.owner_uri(begin())
    count = replica.repair(source, url, say)
    say(f"{count:,} rows removed, all is applied")
    index = replica.compare_chains(source, url)
    say(f"chain: equal up to index {index:,}")
    if verify_at(url, repair=True):
        errors.print("what is wrong cannot be mended from here: drop the replica, make it anew")
        raise typer.Exit(1)


@app.command("drop")
def drop(
    url: Annotated[
        str | None, typer.Argument(metavar="URL", help="The database of the replica.")
    ] = None,
    slot: Annotated[
        str | None, typer.Option(help="Of a replica that is gone: the slot it left here.")
    ] = None,
) -> None:
    """End a replica; its rows stay where they are."""
    from nexus_hub.catalog import replica
    from nexus_hub.platform import db

    if (url is None) == (slot is None):
        raise typer.BadParameter("give the URL of a replica or --slot")
    source = db.owner_uri(begin())
    if url is not None:
        replica.drop(source, url, say)
    elif slot is not None:
        replica.drop_slot(source, slot)
        say(f"slot {slot} dropped")


@app.command("promote")
def promote(url: Url) -> None:
    """Make a replica a catalogue of its own, for when the first one is lost.

    What was never published is not there: keys, deposits, layers, reports.
    """
    from nexus_hub.catalog import replica
    from nexus_hub.platform.config import settings

    # The database of this machine is not needed, and may be gone.
    settings()
    index = replica.promote(url, say)
    say(f"it goes on from index {index:,}; next: nexus editor token, for new keys")
