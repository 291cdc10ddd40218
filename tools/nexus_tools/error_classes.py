"""Python exceptions from the rows of `platform.error`: a class per row, in the room it is of."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg.rows import class_row

from nexus_tools import generated

QUERY = Path(__file__).with_suffix(".sql")
ROOMS = {
    "0": "platform",
    "1": "croid",
    "2": "catalog",
    "3": "nauvis",
    "4": "fulgora",
    "5": "vulcanus",
    "6": "gleba",
    "7": "aquilo",
    "8": "nexus",
    "9": "ingest",
}
"""The digit after NX says whose error it is."""
TEXT_WIDTH = 80
ROOT_SQLSTATE = "NX000"
"""The row that `NexusError` itself stands for."""


class ErrorRow(NamedTuple):
    """A row of `platform.error`."""

    sqlstate: str
    slug: str
    http_status: int
    meaning: str
    hint: str | None

    @property
    def room(self) -> str:
        """The room that raises it."""
        return ROOMS[self.sqlstate[2]]

    @property
    def class_name(self) -> str:
        """The slug in camel case.

        >>> ErrorRow("NX201", "stale-base", 409, "", None).class_name
        'StaleBase'
        """
        return "".join(word.capitalize() for word in self.slug.split("-"))


def rows(uri: str) -> list[ErrorRow]:
    """Every error of the system, by its code."""
    with psycopg.connect(uri) as connection:
        cursor = connection.cursor(row_factory=class_row(ErrorRow))
        return cursor.execute(QUERY.read_bytes()).fetchall()


def generate(uri: str, root: Path, check: bool) -> list[str]:
    """Write the error classes of every room; the files that differed."""
    by_room: dict[str, list[ErrorRow]] = defaultdict(list)
    for row in rows(uri):
        if row.sqlstate != ROOT_SQLSTATE:
            by_room[row.room].append(row)
    files = {module_path(room): module(room, errors) for room, errors in by_room.items()}
    return generated.write(root, files, check=check)


def module_path(room: str) -> str:
    """Where the classes of a room stand; platform's own beside the class they all derive from."""
    name = "error_classes" if room == "platform" else "errors"
    return f"src/nexus_hub/{room}/{name}.py"


def module(room: str, errors: list[ErrorRow]) -> str:
    """The source of one room's error classes."""
    exported = "".join(f'    "{name}",\n' for name in sorted(error.class_name for error in errors))
    head = (
        f'"""What can go wrong in {room}. Generated from the rows of platform.error."""\n\n'
        "from __future__ import annotations\n\n"
        "from nexus_hub.platform.errors import NexusError\n\n"
        f"__all__ = [\n{exported}]\n\n\n"
    )
    return generated.formatted(head + "\n\n".join(_class(error) for error in errors))


def _class(error: ErrorRow) -> str:
    hint = f"    hint = {_literal(error.hint)}\n" if error.hint else ""
    prose = textwrap.wrap(
        _prose(error.meaning), TEXT_WIDTH, break_long_words=False, break_on_hyphens=False
    )
    docstring = "\n    ".join(prose)
    return (
        f"class {error.class_name}(NexusError):\n"
        f'    """{docstring}"""\n\n'
        f'    slug = "{error.slug}"\n'
        f'    sqlstate = "{error.sqlstate}"\n'
        f"    http_status = {error.http_status}\n"
        f"    meaning = {_literal(error.meaning)}\n{hint}"
    )


def _prose(text: str) -> str:
    # A docstring needs no escapes but for a quote where its own quotes end it.
    text = text.replace("\\", "\\\\")
    return text.replace('"', '\\"') if '""' in text or text.endswith('"') else text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(text: str) -> str:
    lines = textwrap.wrap(text, TEXT_WIDTH, drop_whitespace=False, break_on_hyphens=False)
    literals = [f'"{_escaped(line)}"' for line in lines]
    return literals[0] if len(literals) == 1 else "(\n" + "\n".join(literals) + "\n)"
