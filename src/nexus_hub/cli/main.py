"""The command `nexus`."""

from __future__ import annotations

import typer

from nexus_hub.cli import database, fulgora, load
from nexus_hub.cli.demo import demo
from nexus_hub.cli.doctor import doctor
from nexus_hub.cli.failures import Commands
from nexus_hub.cli.queues import queues
from nexus_hub.cli.report import report
from nexus_hub.cli.serve import serve
from nexus_hub.cli.work import work

app = typer.Typer(
    name="nexus",
    cls=Commands,
    help="One versioned, enriched, attributed record of every research object.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(load.app, name="load")
app.add_typer(fulgora.app, name="fulgora")
app.add_typer(database.app, name="db")
app.command("demo")(demo)
app.command("serve")(serve)
app.command("work")(work)
app.command("queues")(queues)
app.command("report")(report)
app.command("doctor")(doctor)
app.command("psql")(database.psql)


def run() -> None:
    """Run a command."""
    app()
