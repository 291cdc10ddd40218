"""The deposit format as JSON Schema (2020-12), from the declaration that records are read by.

What the schema refuses the reader reports, at the same place; the reader knows more (calendars,
check digits), and mends what it can. Members that are not known are allowed: they are kept, and
told. Null is the same as a member left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from nexus_hub.catalog.crossref_forms import Date
from nexus_hub.catalog.crossref_members import (
    AFFILIATION,
    AMOUNT,
    ASSERTION,
    FUNDER,
    FUNDING,
    IDS,
    INSTITUTION,
    LICENCE,
    PERSON,
    PROJECT,
    REFERENCE,
    UPDATE,
    WORK_MEMBERS,
)
from nexus_hub.catalog.meanings import Meaning, meaning_of
from nexus_hub.catalog.record_types import RECORD_TYPES
from nexus_hub.catalog.shape import Named, Record, Reserved, Several, Shape

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
MAX_RECORDS: Final = 10_000
Schema = dict[str, Any]

GROUPS: Final[Mapping[str, Mapping[str, Shape]]] = {
    "person": PERSON,
    "affiliation": AFFILIATION,
    "institution": INSTITUTION,
    "reference": REFERENCE,
    "funder": FUNDER,
    "licence": LICENCE,
    "update": UPDATE,
    "assertion": ASSERTION,
    "amount": AMOUNT.members,
    "project": PROJECT,
    "funding": FUNDING,
    "id": IDS.item.members if isinstance(IDS.item, Record) else {},
}
"""Shapes that stand in several places, described once under their name."""

_DATE: Final[Schema] = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": ["array", "integer", "null"],
            "items": {
                "anyOf": [
                    {"type": "array", "items": {"type": ["integer", "null"]}, "maxItems": 3},
                    {"type": ["integer", "null"]},
                ]
            },
        },
        "date-time": {},
    },
}


class _Writer:
    """Writes the schema of shapes, collecting the groups that it meets."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}
        self.seen: set[tuple[str, str]] = set()

    def value(self, shape: Shape, path: str) -> Schema:
        """The schema of a value; `path` names the group of the members that it may have."""
        if isinstance(shape, Date):
            return self._ref("date", lambda: self._noted(_DATE, "date"))
        if isinstance(shape, Reserved):
            return {"readOnly": True}
        if isinstance(shape, Several):
            # Of a list, nulls are left out with a word; so they are no part of the format.
            return {"type": "array", "items": self.value(shape.item, path)}
        if isinstance(shape, Named):
            return {
                "type": "object",
                "additionalProperties": _or_null(self.value(shape.item, path)),
            }
        if isinstance(shape, Record):
            return self._record(shape, path)
        return _plain(shape.schema())

    def _record(self, shape: Record, path: str) -> Schema:
        for name, members in GROUPS.items():
            if shape.members == members:
                return self._ref(name, lambda name=name: self._members(shape, name))
        return self._members(shape, path)

    def _members(self, shape: Record, group: str) -> Schema:
        properties = {
            name: self.described(group, name, _or_null(self.value(inner, f"{group}.{name}")))
            for name, inner in sorted(shape.members.items())
        }
        return {"type": "object", "properties": properties}

    def described(self, group: str, name: str, schema: Schema) -> Schema:
        """The schema of a member with its meaning and example."""
        self.seen.add((group, name))
        meaning = meaning_of(group, name)
        return schema if meaning is None else schema | _said(meaning)

    def _noted(self, schema: Schema, group: str) -> Schema:
        properties = {
            name: self.described(group, name, inner) for name, inner in schema["properties"].items()
        }
        return {**schema, "properties": properties}

    def _ref(self, name: str, write: Callable[[], Schema]) -> Schema:
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = write()
        return {"$ref": f"#/$defs/{name}"}


def _said(meaning: Meaning) -> Schema:
    return {"description": meaning.text, "examples": [meaning.example]}


def _plain(schema: Schema) -> Schema:
    # What a reader reports as more than a wrong type is not said twice.
    return {name: value for name, value in schema.items() if name != "required"}


def _or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    if "enum" in schema:
        schema = {**schema, "enum": [*schema["enum"], None]}
    kind = schema.get("type")
    if kind is None:
        return schema
    kinds = kind if isinstance(kind, list) else [kind]
    return {**schema, "type": [*kinds, *([] if "null" in kinds else ["null"])]}


@cache
def _written() -> tuple[Schema, frozenset[tuple[str, str]]]:
    writer = _Writer()
    work = writer.value(Record(WORK_MEMBERS), "work")
    work["properties"]["type"] |= {"examples": ["journal-article"]}
    work["allOf"] = [_requiring(name) for name, each in RECORD_TYPES.items() if each.required]
    defs = {**writer.defs, "work": work}
    defs["metadata"] = {"$ref": "#/$defs/work", "required": ["type"]}
    defs["bare-work"] = {"$ref": "#/$defs/work", "required": ["DOI", "type"]}
    defs["answer"] = _answer()
    defs["record"] = _record_schema(writer)
    schema = {
        "$schema": DIALECT,
        "$id": "/schemas/deposit.json",
        "title": "A deposit",
        "description": "The body of POST /deposits.",
        "type": "object",
        "required": ["records"],
        "properties": {
            "records": writer.described(
                "deposit",
                "records",
                {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MAX_RECORDS,
                    "items": {"$ref": "#/$defs/any-record"},
                },
            ),
            "test": writer.described("deposit", "test", {"type": "boolean"}),
            "atomic": writer.described("deposit", "atomic", {"type": "boolean"}),
        },
        "$defs": {
            "any-record": {
                "description": "Our own record, a Crossref work, or an answer with one.",
                "if": {"type": "object", "required": ["metadata"]},
                "then": {"$ref": "#/$defs/record"},
                "else": {
                    "if": {"type": "object", "required": ["message"]},
                    "then": {"$ref": "#/$defs/answer"},
                    "else": {"$ref": "#/$defs/bare-work"},
                },
            },
            **dict(sorted(defs.items())),
        },
    }
    return schema, frozenset(writer.seen)


def _requiring(name: str) -> Schema:
    required = list(RECORD_TYPES[name].required)
    return {
        "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
        "then": {"required": required},
    }


def _answer() -> Schema:
    return {
        "description": "What GET /works/{doi} answers with.",
        "type": "object",
        "properties": {"message": {"$ref": "#/$defs/bare-work"}},
    }


def _record_schema(writer: _Writer) -> Schema:
    members: dict[str, Schema] = {
        "doi": {"type": ["string", "null"]},
        "metadata": {"$ref": "#/$defs/metadata"},
        "expect": {},
        "state": {"type": "string"},
        "mint": {"type": "boolean"},
        "prefix": {},
        "resource": {},
        "comment": {},
        "patched": {},
    }
    return {
        "type": "object",
        "properties": {
            name: writer.described("record", name, schema) for name, schema in members.items()
        },
    }


def schema() -> Schema:
    """The schema of the body of `POST /deposits`."""
    return _written()[0]


def members() -> frozenset[tuple[str, str]]:
    """Every member that the format has, with the group that it belongs to."""
    return _written()[1]


def documents() -> dict[str, Any]:
    """What is published under `/schemas/`, by the name of the file."""
    from nexus_hub.catalog.csl.shapes import ITEM
    from nexus_hub.catalog.datacite.shapes import ATTRIBUTES
    from nexus_hub.catalog.record_types import document

    return {
        "deposit.json": schema(),
        "record-types.json": document(),
        "csl.json": _foreign("csl", "An item of CSL-JSON", ITEM),
        "datacite.json": _foreign("datacite", "The attributes of a DataCite DOI", ATTRIBUTES),
    }


def _foreign(name: str, title: str, shape: Record) -> Schema:
    return {"$schema": DIALECT, "$id": f"/schemas/{name}.json", "title": title, **shape.schema()}
