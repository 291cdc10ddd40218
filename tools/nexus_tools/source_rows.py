"""The rows of `fulgora.source`, written into the SQL of the room from the declarations."""

from __future__ import annotations

from pathlib import Path

from nexus_tools import generated

FILE = "sql/fulgora/60_rows.sql"
BEGIN = "-- Generated from src/nexus_hub/fulgora/sources.py: the sources.\n"
END = "-- End of what is generated.\n"
COLUMNS = (
    "source, title, kind, scheme, rank, licence, homepage, attribution, is_whole"  # in their order
)


def generate(_uri: str, root: Path, check: bool) -> list[str]:
    """Write the rows between their marks; the path, where it differed."""
    text = (root / FILE).read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return generated.write(root, {FILE: before + BEGIN + statement() + END + after}, check=check)


def statement() -> str:
    """The statement that puts every source in."""
    # Imported late: the program may not be importable before its files are generated.
    from nexus_hub.fulgora.sources import SOURCES

    rows = ",\n".join(
        "("
        + ", ".join(
            _literal(value)
            for value in (
                source.name,
                source.title,
                source.kind,
                source.scheme,
                source.rank,
                source.licence,
                source.homepage,
                source.attribution,
                source.is_whole,
            )
        )
        + ")"
        for source in SOURCES.values()
    )
    return (
        f"INSERT INTO fulgora.source (\n  {COLUMNS}\n) VALUES\n{rows}\n"
        "ON CONFLICT (source) DO UPDATE SET\n"
        "  title = excluded.title, kind = excluded.kind, scheme = excluded.scheme,\n"
        "  rank = excluded.rank, licence = excluded.licence, homepage = excluded.homepage,\n"
        "  attribution = excluded.attribution, is_whole = excluded.is_whole;\n"
    )


def _literal(value: str | int | bool | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"
