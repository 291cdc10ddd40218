"""The commands, from the command line itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from nexus_tools.documentation import markdown


def pages() -> dict[str, str]:
    """The page of all commands."""
    from nexus_hub.cli.main import app

    parts = [description(name, command) for name, command in commands(app)]
    return {"commands.md": markdown.page("Commands", *parts)}


def commands(app: Any) -> Iterator[tuple[str, Any]]:
    """Every command that can be called, by its full name."""
    from typer.main import get_command

    yield from _below("nexus", get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = _inner(command)
    if not inner or getattr(command, "invoke_without_command", False):
        yield name, command
    for key in sorted(inner):
        if not inner[key].hidden:
            yield from _below(f"{name} {key}", inner[key])


def _inner(command: Any) -> dict[str, Any]:
    # Those that are made when they are asked for, too.
    context: Any = None
    names = command.list_commands(context) if hasattr(command, "list_commands") else ()
    return {key: command.get_command(context, key) for key in names}


def description(name: str, command: Any) -> str:
    """What one command does and how it is called, as a part of the page."""
    parameters = [p for p in command.params if p.name != "help" and not _completion(p)]
    usage = " ".join([name, *(_usage(p) for p in parameters if not _is_option(p))])
    options = markdown.table(
        ["option", "default", "meaning"],
        [
            (markdown.code(_option(p)), markdown.code(_default(p)), p.help)
            for p in parameters
            if _is_option(p)
        ],
    )
    arguments = markdown.table(
        ["argument", "meaning"],
        [(markdown.code(_usage(p)), p.help) for p in parameters if not _is_option(p)],
    )
    text = inspect.cleandoc(command.help or "").replace("\b\n", "").replace("\f", "")
    parts = [f"## {name}", text, f"```\n{usage}\n```", arguments, options]
    return "\n\n".join(part for part in parts if part)


def _is_option(parameter: Any) -> bool:
    return parameter.opts[0].startswith("-")


def _completion(parameter: Any) -> bool:
    return parameter.name in {"install_completion", "show_completion"}


def _usage(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name).upper().strip("[]")
    name += "..." if parameter.nargs == -1 else ""
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    return " / ".join([*parameter.opts, *parameter.secondary_opts])


def _default(parameter: Any) -> str:
    value = parameter.default
    if value is None or value is False or callable(value) or "Sentinel" in type(value).__name__:
        return ""
    return str(getattr(value, "value", value))
