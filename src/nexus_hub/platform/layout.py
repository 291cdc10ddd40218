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
    """What a room's schema is made of and migrations change: schema, types, tables, indexes.

    Tables that are made of others and can be made again, its projections, have a file of their own;
    those of what is held of a release, its files and captures, one more.
    """
    steps = (
        "10_schema", "20_types", "30_tables", "31_projections", "32_holdings", "35_indexes",
        "36_triggers",
    )  # fmt: skip
    files = (bundled("sql") / room / f"{step}.sql" for step in steps)
    return [file for file in files if file.exists()]


def repeatables(room: str) -> list[Path]:
    """What is applied whole again whenever it changed: functions, views, rows, grants."""
    folder = bundled("sql") / room
    files = [*sorted(folder.glob("40_functions/*.sql")), *sorted(folder.glob("50_views/*.sql"))]
    files += [folder / "60_rows.sql", folder / "70_grants.sql"]
    return [file for file in files if file.exists()]
