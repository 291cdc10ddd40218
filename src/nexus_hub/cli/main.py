"""The command `nexus`."""

from __future__ import annotations

from typing import Annotated

import typer

from nexus_hub.cli import database, dump, editor, fulgora, load, member, replica, strategy
from nexus_hub.cli.callbacks import callbacks
from nexus_hub.cli.deposit import deposit
from nexus_hub.cli.evaluate import evaluate
from nexus_hub.cli.failures import Commands
from nexus_hub.cli.gaps import gaps
from nexus_hub.cli.queues import queues
from nexus_hub.cli.report import report
from nexus_hub.cli.serve import serve
from nexus_hub.cli.work import work


def demo(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of tables.")
    ] = False,
) -> None:
    """Take the bundled sample through every planet and show what happened."""
    # Imported late, here and below: no other command needs all that it brings.
    from nexus_hub.cli.demo import demo as show

    show(as_json=as_json)


def doctor() -> None:
    """Show the settings and check all that is needed; exit code 1 when something is amiss.

    Nothing is made or changed; an embedded server that is there already is started.
    """
    from nexus_hub.cli.doctor import doctor as look

    look()


app = typer.Typer(
    name="nexus",
    cls=Commands,
    help="One versioned, enriched, attributed record of every research object.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(load.app, name="load")
app.add_typer(fulgora.app, name="fulgora")
app.add_typer(editor.app, name="editor")
app.add_typer(member.app, name="member")
app.add_typer(strategy.app, name="strategy")
app.add_typer(database.app, name="db")
app.add_typer(dump.app, name="dump")
app.add_typer(replica.app, name="replica")
app.command("restore")(dump.restore)
app.command("demo")(demo)
app.command("deposit")(deposit)
app.command("serve")(serve)
app.command("work")(work)
app.command("queues")(queues)
app.command("callbacks")(callbacks)
app.command("report")(report)
app.command("gaps")(gaps)
app.command("evaluate")(evaluate)
app.command("doctor")(doctor)
app.command("psql")(database.psql)


def run() -> None:
    """Run a command."""
    app()
