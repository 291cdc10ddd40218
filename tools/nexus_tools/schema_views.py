"""What a view returns, by the word of the database: sqlc guesses the types of a view's expressions.

It takes `timestamptz + interval` for an integer, so the snapshot gives each view as a table.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg.pq import ExecStatus
from psycopg.rows import class_row

_OUTER_JOIN = re.compile(r"\b(LEFT|RIGHT|FULL)( OUTER)? JOIN\b|\bGROUPING SETS\b|\b(ROLLUP|CUBE)\b")


class ViewColumn(NamedTuple):
    """One column of a view; the relation is its object id, the column's number starts at 1."""

    relation: int
    schema_name: str
    view_name: str
    definition: str
    column_no: int
    column_name: str
    column_type: str


def views_as_tables(uri: str) -> dict[tuple[str, str], str]:
    """A CREATE TABLE for every view by schema and name.

    A column is NOT NULL where it is a table's column that is so and no outer join comes between.
    """
    with psycopg.connect(uri) as connection:
        cursor = connection.cursor(row_factory=class_row(ViewColumn))
        columns = cursor.execute(_sql("schema_views")).fetchall()
        rows = connection.execute(_sql("schema_not_null")).fetchall()
        never_null = {(relation, number) for relation, number in rows}
        tables = {}
        for _, group in groupby(columns, key=lambda column: column.relation):
            view = list(group)
            sources = _sources(connection, view[0].definition)
            lines = []
            for column, source in zip(view, sources, strict=True):
                if source in never_null:
                    never_null.add((column.relation, column.column_no))
                constraint = " NOT NULL" if source in never_null else ""
                lines.append(f"    {column.column_name} {column.column_type}{constraint}")
            name = (view[0].schema_name, view[0].view_name)
            tables[name] = f"CREATE TABLE {'.'.join(name)} (\n" + ",\n".join(lines) + "\n);"
        return tables


def _sources(connection: psycopg.Connection, definition: str) -> list[tuple[int, int]]:
    """Relation and column each output comes from unchanged; (0, 0) for all else."""
    connection.pgconn.prepare(b"", definition.rstrip(";").encode())
    result = connection.pgconn.describe_prepared(b"")
    if result.status != ExecStatus.COMMAND_OK:
        raise RuntimeError(result.get_error_message())
    if _OUTER_JOIN.search(definition):
        return [(0, 0)] * result.nfields
    return [(result.ftable(n), result.ftablecol(n)) for n in range(result.nfields)]


def _sql(name: str) -> bytes:
    return Path(__file__).with_name(f"{name}.sql").read_bytes()
