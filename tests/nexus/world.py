"""A few objects that say of each other how they relate, and what Nexus makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.nexus.queries.relation import relation_relate

VULCANUS = UUID("00000000-0000-7000-8000-000000000001")
Connection = psycopg.Connection[Any]
Row = tuple[Any, ...]


def doi(n: int) -> str:
    return f"10.5555/relation.{n}"


def body(n: int, *said: tuple[str, int]) -> dict[str, Any]:
    """The record of object `n`: `cites` stand in its references, notices in `update-to`."""
    record: dict[str, Any] = {"DOI": doi(n), "type": "journal-article", "title": [f"Object {n}"]}
    relations: dict[str, list[dict[str, str]]] = {}
    for name, other in said:
        if name == "cites":
            record.setdefault("reference", []).append({"key": str(other), "DOI": doi(other)})
        elif name == "retracts":
            record.setdefault("update-to", []).append({"DOI": doi(other), "type": "retraction"})
        else:
            relations.setdefault(name, []).append(
                {"id-type": "doi", "id": doi(other).upper(), "asserted-by": "subject"}
            )
    return record | ({"relation": relations} if relations else {})


def apply(connection: Connection, *edits: Edit) -> int:
    """Accept edits; the index."""
    return editing.apply(connection, VULCANUS, edits).index


def relate(connection: Connection, croids: Sequence[UUID], index: int | None = None) -> int | None:
    """Handle a message about these objects."""
    indexes = [] if index is None else [index]
    return relation_relate(connection, croids=list(croids), indexes=indexes)


def rows(connection: Connection, *, is_current: bool = True) -> list[Row]:
    """The relations there are, without when they came."""
    return connection.execute(
        "SELECT subject_croid, relation_type, object_key, object_scheme, object_value,"
        " by_subject, by_object, by_nexus"
        " FROM nexus.relation WHERE is_current = %s ORDER BY 1, 2, 3",
        [is_current],
    ).fetchall()
