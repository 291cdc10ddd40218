"""`nexus doctor`: every setting with its meaning, and whether all that is needed is there."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from rich.table import Table

from nexus_hub.cli import checks
from nexus_hub.cli.failures import faults, tell
from nexus_hub.cli.session import console
from nexus_hub.platform import logging
from nexus_hub.platform.config import Settings, default_home, settings

_PASSWORD = re.compile(r"(?<=:)[^:/@\s]+(?=@)|(?<=password=)\S+|(?<=secret=)[^&\s]+", re.IGNORECASE)


def doctor() -> None:
    """Show the settings and what is amiss; raises typer.Exit(1) when something is."""
    try:
        chosen = settings()
    except ValidationError as error:
        tell("settings: " + "; ".join(faults(error)), _where())
        raise typer.Exit(1) from None
    except tomllib.TOMLDecodeError as error:
        tell(f"settings: nexus.toml cannot be read: {error}", f"mend it; {_where()}")
        raise typer.Exit(1) from None
    logging.configure(chosen)
    console.print(_settings(chosen))
    found = [_names(), *checks.run(chosen)]
    console.print(_results(found))
    if tuning := checks.tuning(chosen):
        console.print(_tuning(tuning))
    failed = [check for check in found if check.state is checks.State.FAILED]
    for check in failed:
        tell(f"{check.name}: {check.said}", check.advice)
    if failed:
        raise typer.Exit(1)
    console.print("all is well")


def _settings(chosen: Settings) -> Table:
    table = Table(title="Settings", title_justify="left")
    for column in ("setting", "value", "from", "meaning"):
        table.add_column(column, overflow="fold")
    written = _written()
    for name, field in Settings.model_fields.items():
        variable = f"NEXUS_{name.upper()}"
        origin = "environment" if variable in os.environ else "default"
        if origin == "default" and name in written:
            origin = "nexus.toml"
        value = getattr(chosen, name)
        shown = "" if value is None else hidden(str(value))
        table.add_row(variable, shown, origin, field.description)
    return table


def hidden(value: str) -> str:
    """A value without the password in it.

    >>> hidden("postgresql://nexus:secret@db.example/nexus")
    'postgresql://nexus:***@db.example/nexus'
    """
    return _PASSWORD.sub("***", value)


def _results(found: list[checks.Check]) -> Table:
    table = Table(title="Checks", title_justify="left")
    for column in ("check", "", "found"):
        table.add_column(column, overflow="fold")
    colours = {
        checks.State.GOOD: "green",
        checks.State.FAILED: "red",
        checks.State.SKIPPED: "yellow",
    }
    for check in found:
        colour = colours[check.state]
        table.add_row(check.name, f"[{colour}]{check.state.value}[/{colour}]", check.said)
    return table


def _tuning(rows: list[tuple[str, str, str]]) -> Table:
    title = "Embedded server"
    table = Table("setting", "for this machine", "in force", title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    return table


def _names() -> checks.Check:
    """Whether nexus.toml and the environment name only settings that there are."""
    known = set(Settings.model_fields)
    strays = sorted(set(_written()) - known)
    variables = {name for name in os.environ if name.startswith("NEXUS_")}
    ignored = sorted(variables - {f"NEXUS_{name.upper()}" for name in known})
    if strays:
        said = "nexus.toml has lines that are no setting: " + ", ".join(strays)
        return checks.failed("settings", said, "Remove them, or write their names as in the table.")
    note = f"; no setting, so ignored: {', '.join(ignored)}" if ignored else ""
    return checks.good("settings", f"each has a value of its type{note}")


def _written() -> dict[str, Any]:
    path = _home() / "nexus.toml"
    return tomllib.loads(path.read_text()) if path.is_file() else {}


def _home() -> Path:
    return Path(os.environ.get("NEXUS_HOME") or default_home())


def _where() -> str:
    return f"settings come from the environment and {_home() / 'nexus.toml'}"
