"""What an object of each kind may hold, from the declaration that bodies are read by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nexus_tools.documentation import markdown

INTRODUCTION = (
    "The body of an object has these members; `*` stands for the place in a list. What is required "
    "is there and not blank. A member with a column is shown by it in the live rows of its kind. "
    "Members deeper than two levels are left out here: the JSON Schema "
    "(`nexus_hub.catalog.kinds.schema`) has them all."
)
DEPTH = 2


def pages() -> dict[str, str]:
    """The page of all kinds and vocabularies."""
    from nexus_hub.catalog.kinds import KINDS
    from nexus_hub.catalog.vocabularies import VOCABULARIES

    kinds = [f"## {name}\n\n{_members(kind)}" for name, kind in KINDS.items()]
    words = [
        f"### {name}\n\n" + ", ".join(markdown.code(term) for term in terms)
        for name, terms in VOCABULARIES.items()
    ]
    parts = [INTRODUCTION, *kinds, "## Vocabularies", *words]
    return {"kinds.md": markdown.page("Kinds", *parts)}


def _members(kind: Any) -> str:
    columns: dict[str, list[str]] = {}
    for table, shown in kind.columns.items():
        for column, pointer in shown.items():
            columns.setdefault(pointer, []).append(f"`{table}.{column}`")
    rows = [
        (markdown.code(pointer), _value(schema), required, ", ".join(columns.get(pointer, [])))
        for pointer, schema, required in _walk(kind.shape.schema(), "", 0)
    ]
    stored = ", ".join(markdown.code(part) for part in kind.parts)
    note = f"Stored as parts: {stored}." if stored else ""
    if kind.details:
        shared = ", ".join(markdown.code(member) for member in sorted(kind.details))
        note += f" In one part together: {shared}."
    return "\n\n".join(
        text for text in (note, markdown.table(["member", "value", "", "column"], rows)) if text
    )


def _walk(
    schema: dict[str, Any], pointer: str, depth: int
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every member below a place, with its schema and whether it is required."""
    if depth == DEPTH:
        return
    while schema.get("type") == "array":
        schema, pointer = schema.get("items", {}), f"{pointer}/*"
    for name, inner in sorted(schema.get("properties", {}).items()):
        required = "required" if name in schema.get("required", ()) else ""
        yield f"{pointer}/{name}", inner, required
        yield from _walk(inner, f"{pointer}/{name}", depth + 1)


def _value(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "any")
    if "enum" in schema:
        return "word of a vocabulary"
    if kind == "array":
        return f"list of {_value(schema.get('items', {}))}"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return schema.get("format") or names.get(kind, kind)
