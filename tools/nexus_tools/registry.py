"""The registry of lists of works as Python values, from the rows of `aquilo.filter` and its kin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg

from nexus_tools import generated

QUERY = Path(__file__).with_suffix(".sql")
PATH = "src/nexus_hub/aquilo/registry.py"
_HEAD = '''"""What lists of works are asked by. Generated from aquilo.filter and its kin."""

from __future__ import annotations

from typing import Final

from nexus_hub.aquilo.registered import Facet, Filter, QueryField, SelectField, Sort

'''


def generate(uri: str, root: Path, check: bool) -> list[str]:
    """Write the registry; the file where it differed."""
    return generated.write(root, {PATH: module(uri)}, check=check)


def module(uri: str) -> str:
    """The source of the registry, from a migrated database."""
    with psycopg.connect(uri) as connection:
        tables = connection.execute(QUERY.read_bytes()).fetchall()
    return generated.formatted(_HEAD + "\n".join(_table(*table) for table in tables))


def _table(name: str, kind: str, rows: list[list[Any]]) -> str:
    entries = "".join(f"    {row[0]!r}: {kind}({_arguments(row)}),\n" for row in rows)
    return f"{name}: Final = {{\n{entries}}}\n"


def _arguments(row: list[Any]) -> str:
    return ", ".join(_literal(value) for value in row)


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return repr(tuple(value))
    if isinstance(value, str) and len(value) > _WIDTH:
        pieces = [value[at : at + _WIDTH] for at in range(0, len(value), _WIDTH)]
        return "(" + " ".join(repr(piece) for piece in pieces) + ")"
    return repr(value)


_WIDTH = 76
