"""Where `sql/` and `migrations/` lie: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

ROOMS = ("platform", "croid", "catalog", "nauvis", "fulgora", "vulcanus", "gleba", "aquilo")
"""The rooms in the order in which the database is built."""

_PACKAGE = Path(__file__).resolve().parent.parent
_BUNDLED = _PACKAGE / "_bundled"


def bundled(name: str) -> Path:
    """The folder `name` ("sql" or "migrations") that belongs to this code."""
    inside = _BUNDLED / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def definitions(room: str) -> list[Path]:
    """What a room's schema is made of and migrations change: schema, types, tables, indexes.

    Tables that belong together have a file of their own, 31 and up: projections, holdings, members.
    """
    return sorted((bundled("sql") / room).glob("[123][0-9]_*.sql"))


def repeatables(room: str) -> list[Path]:
    """What is applied whole again whenever it changed: functions, views, rows, grants."""
    folder = bundled("sql") / room
    files = [*sorted(folder.glob("40_functions/*.sql")), *sorted(folder.glob("50_views/*.sql"))]
    files += [folder / "60_rows.sql", folder / "70_grants.sql"]
    return [file for file in files if file.exists()]
