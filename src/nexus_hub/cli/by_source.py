"""Commands that every source has, made of its declaration when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from nexus_hub.fulgora.declaration import Source

Make = Callable[["Source"], Callable[..., None]]


def group_of(make: Make, is_wanted: Callable[[Source], bool] = lambda source: True) -> Any:
    """A group with a command for each wanted source: `make` gives its function.

    The declarations are read when a command of the group is looked for, not before.
    """

    class SourceGroup(TyperGroup):
        """A group whose commands are the sources, beside those of its own."""

        def list_commands(self, ctx: Any) -> list[str]:
            """Its own commands, then the sources by name."""
            return [*super().list_commands(ctx), *sorted(_wanted(is_wanted))]

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            """The command of this name; None where there is none."""
            found = super().get_command(ctx, cmd_name)
            source = _wanted(is_wanted).get(cmd_name) if found is None else None
            return found if source is None else _command(make(source), cmd_name)

    return SourceGroup


def _wanted(is_wanted: Callable[[Source], bool]) -> dict[str, Source]:
    from nexus_hub.fulgora.sources import SOURCES

    return {name: source for name, source in SOURCES.items() if is_wanted(source)}


def _command(function: Callable[..., None], name: str) -> Any:
    app = typer.Typer(add_completion=False)
    app.command(name)(function)
    command = typer.main.get_command(app)
    command.name = name
    return command
