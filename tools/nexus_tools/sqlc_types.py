"""From PostgreSQL's types to Python's: annotation, wire format, and how a value is cast."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nexus_tools.sqlc_request import CodegenError, Column, Identifier, Options, Override, Request

_ALIASES = {
    "smallint": "int2",
    "integer": "int4",
    "int": "int4",
    "bigint": "int8",
    "smallserial": "int2",
    "serial": "int4",
    "bigserial": "int8",
    "real": "float4",
    "double precision": "float8",
    "decimal": "numeric",
    "boolean": "bool",
    "character varying": "varchar",
    "character": "bpchar",
    "string": "text",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
    "time with time zone": "timetz",
    "time without time zone": "time",
}
_COPY_BINARY = {
    "int2": "int",
    "int4": "int",
    "int8": "int",
    "float4": "float",
    "float8": "float",
    "numeric": "decimal.Decimal",
    "bool": "bool",
    "text": "str",
    "varchar": "str",
    "uuid": "uuid.UUID",
    "bytea": "bytes",
    "date": "datetime.date",
    "time": "datetime.time",
    "timestamp": "datetime.datetime",
    "timestamptz": "datetime.datetime",
    "interval": "datetime.timedelta",
}
"""Sent and read in binary, one value and arrays."""
_READ_BINARY = {
    "oid": "int",
    "name": "str",
    "bpchar": "str",
    "char": "str",
    "timetz": "datetime.time",
    "inet": "Any",
    "cidr": "Any",
    "int4range": "Range[int]",
    "int8range": "Range[int]",
    "numrange": "Range[decimal.Decimal]",
    "daterange": "Range[datetime.date]",
    "tsrange": "Range[datetime.datetime]",
    "tstzrange": "Range[datetime.datetime]",
}
_READ_TEXT = {
    "citext",
    "xid",
    "xid8",
    "tid",
    "pg_lsn",
    "tsvector",
    "tsquery",
    "money",
    "xml",
    "macaddr",
    "bit",
    "varbit",
    "point",
    "box",
    "polygon",
    "regclass",
    "regtype",
    "regproc",
    "regrole",
}
"""psycopg has no loader of its own for these: read as text they are str."""
_MODULES = re.compile(r"\b(datetime|decimal|uuid)\.")


@dataclass(frozen=True, slots=True)
class PgType:
    """One database type as the generator needs it.

    `name` is what a cast is written with; `kind` is plain, json, enum or void; `copy_type` names
    the type for binary COPY, empty where a value has to go as text.
    """

    name: str
    annotation: str
    kind: str = "plain"
    is_binary: bool = False
    copy_type: str = ""
    imported: str = ""
    is_registered: bool = True
    """psycopg knows its array type; it does not know those of enums and domains."""

    @property
    def modules(self) -> set[str]:
        """The standard modules its annotation names."""
        return set(_MODULES.findall(self.annotation))


def _builtins() -> dict[str, PgType]:
    known = {n: PgType(n, a, is_binary=True, copy_type=n) for n, a in _COPY_BINARY.items()}
    known |= {n: PgType(n, a, is_binary=True) for n, a in _READ_BINARY.items()}
    known |= {n: PgType(n, "str") for n in _READ_TEXT}
    for name in ("json", "jsonb"):
        known[name] = PgType(name, "Any", kind="json", is_binary=True, copy_type="text")
    known["void"] = PgType("void", "None", kind="void")
    return known


_BUILTINS = _builtins()


def identifier_of(written: Identifier) -> Identifier:
    """Schema and bare name; sqlc writes `schema.name` into the name when the database told it.

    >>> identifier_of(Identifier(name='nauvis."state"'))
    Identifier(schema='nauvis', name='state')
    """
    schema, name = written.schema, written.name
    if not schema and "." in name:
        schema, name = name.split(".", 1)
    return Identifier("" if schema == "pg_catalog" else schema.strip('"'), name.strip('"'))


class Types:
    """Every type a request can name: builtin, enum, domain, override."""

    def __init__(
        self, request: Request, options: Options, domains: dict[Identifier, Identifier]
    ) -> None:
        self._default = options.default_schema or request.catalog.default_schema
        self._public = request.catalog.default_schema
        self._enums = {
            Identifier(s.name, e.name): e for s in request.catalog.schemas for e in s.enums
        }
        self._domains = domains
        self._overrides = options.overrides
        self.enums_used: set[Identifier] = set()

    def of_column(self, column: Column) -> PgType:
        """The type of a column or parameter; raises CodegenError where it is unknown."""
        if column.type is None or not column.type.name:
            raise CodegenError(f"column {column.name!r} has no type: add a cast")
        where = f"{column.table.schema}.{column.table.name}.{column.name}" if column.table else ""
        named = identifier_of(column.type)
        found = self._find(named)
        for override in self._overrides:
            if (where and override.column == where) or _names(override, named):
                return _overridden(found or PgType(_dotted(named), ""), override)
        if found is None:
            raise CodegenError(
                f'column "{column.name}": unknown type "{_dotted(named)}"; '
                "select its fields one by one, cast it, or give it an override"
            )
        return found

    def class_name(self, schema: str, name: str) -> str:
        """The Python class of an enum or table; other rooms' carry their room's name."""
        return camel(name if schema in {"", self._default} else f"{schema}_{name}")

    def _find(self, named: Identifier) -> PgType | None:
        if not named.schema:
            name = _ALIASES.get(named.name, named.name)
            if name in _BUILTINS:
                return _BUILTINS[name]
        full = named if named.schema else Identifier(self._public, named.name)
        if full in self._enums:
            self.enums_used.add(full)
            annotation = f"models.{self.class_name(full.schema, full.name)}"
            return PgType(
                _dotted(full), annotation, "enum", True, copy_type="text", is_registered=False
            )
        if full in self._domains:
            base = self._find(self._domains[full])
            return base and replace(base, name=_dotted(full), is_registered=False)
        return None


def camel(name: str) -> str:
    """`deposit_get` as a class name.

    >>> camel("deposit_get")
    'DepositGet'
    """
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"\W|_", name))


def _names(override: Override, named: Identifier) -> bool:
    db_type = _ALIASES.get(override.db_type, override.db_type)
    return db_type == _ALIASES.get(_dotted(named), _dotted(named))


def _overridden(found: PgType, override: Override) -> PgType:
    imported = f"from {override.py_import} import {override.py_type}" if override.py_import else ""
    kind = "plain" if found.kind == "enum" else found.kind
    return replace(found, annotation=override.py_type, imported=imported, kind=kind)


def _dotted(named: Identifier) -> str:
    parts = [part if part.isidentifier() else f'"{part}"' for part in (named.schema, named.name)]
    return ".".join(parts) if named.schema else named.name
