"""What the schema file says and sqlc does not pass on: domains and comments on functions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from nexus_tools.sqlc_request import Identifier, Request
from nexus_tools.sqlc_types import identifier_of

_DOMAIN = re.compile(r'^CREATE DOMAIN ([\w."]+) AS ([\w."]+(?: [a-z ]+)?)', re.MULTILINE)
_FUNCTION_COMMENT = re.compile(
    r"^COMMENT ON FUNCTION ([\w.\"]+)\([^;]*?\) IS\s+'((?:[^']|'')*)';", re.MULTILINE
)
_SET_FUNCTION = re.compile(
    r"^CREATE (?:OR REPLACE )?FUNCTION ([\w.\"]+)\(.*\)\s+RETURNS (?:SETOF|TABLE)\b", re.MULTILINE
)
_CLAUSES = re.compile(r"\s+(?:not null|default|constraint|check|collate|null)\b.*", re.I | re.S)


@dataclass(frozen=True, slots=True)
class SchemaNotes:
    """Domains with their base type; the first comment on each function; which return sets."""

    domains: dict[Identifier, Identifier] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    set_functions: set[str] = field(default_factory=set)


def read_schema(text: str) -> SchemaNotes:
    """Read a schema as pg_dump or a person writes it.

    >>> read_schema("CREATE DOMAIN room.doi AS text CHECK (VALUE LIKE '10.%');").domains
    {Identifier(schema='room', name='doi'): Identifier(schema='', name='text')}
    """
    notes = SchemaNotes()
    for name, base in _DOMAIN.findall(text):
        written = Identifier(name=_CLAUSES.sub("", base).strip())
        notes.domains[identifier_of(Identifier(name=name))] = identifier_of(written)
    for name, comment in _FUNCTION_COMMENT.findall(text):
        notes.functions.setdefault(name.replace('"', ""), comment.replace("''", "'"))
    notes.set_functions.update(name.replace('"', "") for name in _SET_FUNCTION.findall(text))
    return notes


def notes_of(request: Request) -> SchemaNotes:
    """Read the schema files of a request, relative to the folder sqlc runs in."""
    paths = [Path(name) for name in request.settings.schema]
    files = [path for path in paths if path.is_file()]
    files += [path for folder in paths if folder.is_dir() for path in sorted(folder.glob("*.sql"))]
    return read_schema("\n".join(path.read_text(encoding="utf-8") for path in files))
