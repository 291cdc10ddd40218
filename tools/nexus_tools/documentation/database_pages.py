"""Errors, queues, tables, views, functions and types, from a migrated database and its comments."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from nexus_tools import error_classes
from nexus_tools.documentation import markdown

QUERIES = Path(__file__).parent / "queries"
ERRORS = (
    "Every failure has a code, a meaning and a hint. SQL raises the code as SQLSTATE, Python "
    "raises the class, and the API answers with `application/problem+json` whose `type` names "
    "the error."
)
QUEUES = (
    "An event is sent to each queue that hears it, in the transaction that caused it. A message "
    "that was read five times without success moves to the dead letters, a queue of the same name "
    "with `_dead`; `nexus queues` shows both."
)


class Relation(NamedTuple):
    """A table or view."""

    room: str
    name: str
    kind: str
    comment: str | None


def pages(uri: str) -> dict[str, str]:
    """All pages that are made from the database."""
    with psycopg.connect(uri) as connection:
        found = {
            query.stem: connection.execute(query.read_bytes()).fetchall()
            for query in QUERIES.glob("*.sql")
        }
    rooms = {
        f"database/{room}.md": _room(room, comment, found) for room, comment in found["schemas"]
    }
    return {"errors.md": _errors(uri), "queues.md": _queues(found), **rooms}


def _errors(uri: str) -> str:
    parts = []
    for room, errors in groupby(error_classes.rows(uri), key=lambda error: error.room):
        parts.append(f"## {room}")
        parts += [_error(error) for error in errors]
    return markdown.page("Errors", ERRORS, *parts)


def _error(error: error_classes.ErrorRow) -> str:
    facts = f"`{error.sqlstate}` · HTTP {error.http_status}"
    hint = f"\n\n*{error.hint}*" if error.hint else ""
    return f"### {error.slug}\n\n{facts}\n\n{error.meaning}{hint}"


def _queues(found: dict[str, list[Any]]) -> str:
    table = markdown.table(
        ["queue", "hears", "consumer"],
        [
            (markdown.code(queue), ", ".join(events), queue.split("_")[0])
            for queue, events in found["queues"]
        ],
    )
    return markdown.page("Queues", QUEUES, table)


def _room(room: str, comment: str | None, found: dict[str, list[Any]]) -> str:
    relations = [Relation(*row) for row in found["relations"] if row[0] == room]
    functions = [row[1:] for row in found["functions"] if row[0] == room]
    types = [row[1:] for row in found["types"] if row[0] == room]
    parts = [comment or ""]
    for kind, title in (("table", "Tables"), ("view", "Views")):
        chosen = [relation for relation in relations if relation.kind == kind]
        parts += [f"## {title}"] if chosen else []
        parts += [_relation(relation, found["columns"]) for relation in chosen]
    if types:
        heads = ["type", "values", "meaning"]
        rows = [(markdown.code(name), values, meaning) for name, values, meaning in types]
        parts += ["## Types", markdown.table(heads, rows)]
    if functions:
        parts += ["## Functions", *(_function(*function) for function in functions)]
    return markdown.page(f"The schema {room}", *parts)


def _relation(relation: Relation, columns: list[Any]) -> str:
    rows = [
        (markdown.code(name), f"{kind}{'' if required else ', may be null'}", comment)
        for room, table, name, kind, required, comment in columns
        if (room, table) == (relation.room, relation.name)
    ]
    table = markdown.table(["column", "type", "meaning"], rows)
    return f"### {relation.room}.{relation.name}\n\n{relation.comment or ''}\n\n{table}"


def _function(name: str, arguments: str, result: str, comment: str | None) -> str:
    return f"### {name}\n\n```sql\n{name}({arguments}) -> {result}\n```\n\n{comment or ''}"
