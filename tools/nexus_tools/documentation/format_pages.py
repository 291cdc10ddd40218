"""The deposit format, member by member, from the schema that is published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nexus_tools.documentation import markdown

INTRODUCTION = (
    "What a deposited record may say. The base is the work of Crossref's REST API: what "
    "`GET /works/{doi}` answers can be deposited as it is. The same as JSON Schema (2020-12) is "
    "served as `/schemas/deposit.json` and lies in `api/schemas/`. A member that is null is left "
    "out, one that is not known is kept and told with a warning. What changes without the work "
    "changing (`indexed`, `deposited`, `created`, `score`, all `*-count`, `updated-by`, the link "
    "that resolves the DOI) is left out, and nothing is said."
)
TYPES = (
    "A DOI and a type are needed by every record: one without is rejected. What a type requires "
    "beside them is told as a warning where it is missing, `missing-<member>`, and the record is "
    "taken; what is recommended is not told. The registry is the table `catalog.record_type` and "
    "`/schemas/record-types.json`."
)


def pages() -> dict[str, str]:
    """The page of the deposit format."""
    from nexus_hub.catalog.deposit_schema import schema
    from nexus_hub.catalog.record_types import RECORD_TYPES

    document = schema()
    definitions = document["$defs"]
    types = markdown.table(
        ["type", "name", "required", "recommended"],
        (
            (markdown.code(name), each.title, _codes(each.required), _codes(each.recommended))
            for name, each in RECORD_TYPES.items()
        ),
    )
    groups = [
        f"## {name}\n\n{_members(group)}"
        for name, group in (("deposit", document), *sorted(definitions.items(), key=_order))
        if group.get("properties") and name not in {"answer"}
    ]
    parts = [INTRODUCTION, f"## Record types\n\n{TYPES}\n\n{types}", *groups]
    return {"deposit-format.md": markdown.page("The deposit format", *parts)}


def _order(item: tuple[str, Any]) -> tuple[int, str]:
    first = ("record", "work", "person", "affiliation", "reference")
    name = item[0]
    return (first.index(name) if name in first else len(first), name)


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(map(markdown.code, names))


def _members(group: Mapping[str, Any]) -> str:
    return markdown.table(
        ["member", "shape", "meaning", "example"],
        (
            (
                markdown.code(name),
                shape_of(schema),
                schema.get("description", ""),
                _example(schema),
            )
            for name, schema in _walk(group, "")
        ),
    )


def _walk(group: Mapping[str, Any], before: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every member, those of objects that stand nowhere else below theirs."""
    for name, schema in sorted(group["properties"].items(), key=lambda item: item[0].casefold()):
        yield f"{before}{name}", schema
        inner, star = schema, ""
        while "items" in inner and isinstance(inner["items"], Mapping):
            inner, star = inner["items"], f"{star}/*"
        if "properties" in inner:
            yield from _walk(inner, f"{before}{name}{star}/")


def shape_of(schema: Mapping[str, Any]) -> str:
    """What a member must look like, in words and links."""
    if "anyOf" in schema:
        return shape_of(schema["anyOf"][0])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if schema.get("readOnly"):
        return "CROID, read only"
    if "enum" in schema:
        return "word of a vocabulary"
    kind = schema.get("type", "any")
    kind = kind if isinstance(kind, str) else kind[0]
    if kind == "array":
        return f"list of {shape_of(schema['items'])}"
    if "additionalProperties" in schema:
        return f"object of {shape_of(schema['additionalProperties'])}, each by its name"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return schema.get("format") or names.get(kind, kind)


def _example(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples")
    return markdown.code(json.dumps(examples[0], ensure_ascii=False)) if examples else ""
