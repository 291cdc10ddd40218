"""Where `sql/` and `migrations/` lie: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

ROOMS = (
    "platform",
    "croid",
    "catalog",
    "nauvis",
    "fulgora",
    "vulcanus",
    "gleba",
    "aquilo",
    "nexus",
)
"""The rooms in the order in which the database is built."""

_PACKAGE = Path(__file__).resolve().parent.parent
_BUNDLED = _PACKAGE / "_bundled"


def bundled(name: str) -> Path:
    """The folder `name` ("sql" or "migrations") that belongs to this code."""
    inside = _BUNDLED / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def definitions(room: str) -> list[Path]:
    """What a room's schema is made of and migrations change, in the order of the files' numbers.

    10 is its schema, 20 its types, 30 its tables; those that are a group of their own have 31 and
    on; 35 are indexes, 36 triggers.
    """
    return sorted((bundled("sql") / room).glob("[123][0-9]_*.sql"))


def repeatables(room: str) -> list[Path]:
    """What is applied whole again whenever it changed: functions, views, rows, grants."""
    folder = bundled("sql") / room
    files = [*sorted(folder.glob("40_functions/*.sql")), *sorted(folder.glob("50_views/*.sql"))]
    files += [*sorted(folder.glob("6[0-9]_*.sql")), folder / "70_grants.sql"]
    return [file for file in files if file.exists()]
