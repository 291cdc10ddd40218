"""From a query as sqlc describes it to what its Python functions take, run and return."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass

from nexus_tools.sqlc_request import (
    CodegenError,
    Column,
    Identifier,
    Options,
    Query,
    Request,
    Table,
)
from nexus_tools.sqlc_schema import SchemaNotes
from nexus_tools.sqlc_text import (
    Placeholder,
    QueryComment,
    code_of,
    psycopg_sql,
    read_directives,
)
from nexus_tools.sqlc_types import PgType, Types, camel

COMMANDS = {":one", ":many", ":exec", ":execrows", ":copyfrom"}
_TAKEN = {"conn", "cur", "row", "arg"}
_COPY_STREAM = re.compile(r"\bFROM\s+STDIN\b|\bTO\s+STDOUT\b", re.IGNORECASE)
_SEVERAL_ROWS = re.compile(
    r"\b(FROM|WHERE|HAVING|LIMIT|OFFSET|UNION|EXCEPT|INTERSECT|VALUES)\b", re.I
)
_GROUPED = re.compile(r"\b(GROUP|HAVING|LIMIT|OFFSET|UNION|EXCEPT|INTERSECT)\b", re.IGNORECASE)
_OUTER_JOIN = re.compile(r"\b(LEFT|RIGHT|FULL)\b[\s\w]*\bJOIN\b", re.IGNORECASE)
_CALLED = re.compile(r"\b([a-z_]\w*\.[a-z_]\w*)\s*\(")
_ONE_COUNT = re.compile(r"^\s*SELECT\s+count\s*\(", re.IGNORECASE)
_NEVER_NULL_NAMES = {"count", "now", "pg_notify"}


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a row."""

    name: str
    type: PgType
    dims: int
    is_null: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A table's row as a class of `models`."""

    class_name: str
    comment: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Embed:
    """A whole table row inside a result row (`sqlc.embed`)."""

    name: str
    model: Model
    is_null: bool


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its Python name, its key in the SQL, its type."""

    name: str
    key: str
    type: PgType
    dims: int
    is_null: bool
    is_object: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the renderer needs for one query."""

    name: str
    cmd: str
    sql: str
    doc: list[str]
    params: list[Param]
    columns: list[Field | Embed]
    is_always_one: bool
    is_copy_stream: bool
    copy_table: str

    @property
    def is_binary(self) -> bool:
        """Whether the result can come in binary: every type has a binary loader."""
        fields = [c for c in self.columns if isinstance(c, Field)]
        embedded = [f for c in self.columns if isinstance(c, Embed) for f in c.model.fields]
        is_plain = all(f.type.kind != "enum" for f in embedded)
        return bool(self.columns) and is_plain and all(f.type.is_binary for f in fields + embedded)


class Planner:
    """Plans queries one by one, and remembers which tables they embed."""

    def __init__(self, request: Request, options: Options, notes: SchemaNotes) -> None:
        self.types = Types(request, options, notes.domains)
        self.models: dict[Identifier, Model] = {}
        self._options = options
        self._notes = notes
        self._tables = {
            table.rel.schema + "." + table.rel.name: table
            for schema in request.catalog.schemas
            for table in schema.tables
        }

    def plan(self, query: Query, comment_lines: list[str]) -> Plan:
        """Plan one query; CodegenError names what cannot be done."""
        if query.cmd not in COMMANDS:
            raise CodegenError(f"{query.cmd} is not one of {' '.join(sorted(COMMANDS))}")
        comment = read_directives(comment_lines)
        code = code_of(query.text)
        is_copy_stream = bool(re.match(r"\s*COPY\b", code, re.I) and _COPY_STREAM.search(code))
        columns = self._columns(query, comment, code)
        if query.cmd in {":one", ":many"} and not columns:
            raise CodegenError(f"{query.cmd} needs a query that returns columns")
        params = self._params(query, comment)
        placeholders = {
            parameter.number: _placeholder(param, parameter.column)
            for parameter, param in zip(query.params, params, strict=True)
        }
        return Plan(
            name=query.name,
            cmd=query.cmd,
            sql=psycopg_sql(query.text.strip(), placeholders),
            doc=comment.lines or self._comment_on(query, code),
            params=params,
            columns=columns,
            is_always_one=comment.is_always_one or self._yields_one(code, columns),
            is_copy_stream=is_copy_stream,
            copy_table=_copy_target(query) if query.cmd == ":copyfrom" else "",
        )

    def table_comment(self, schema: str, name: str) -> str:
        """COMMENT ON TABLE, or nothing."""
        table = self._tables.get(f"{schema}.{name}")
        return table.comment if table else ""

    def _columns(self, query: Query, comment: QueryComment, code: str) -> list[Field | Embed]:
        names = _distinct([column.name or "column" for column in query.columns])
        known = {*names, "*"}
        if wrong := [n for n in comment.not_null + comment.nullable if n not in known]:
            raise CodegenError(f"its comment names columns it does not return: {', '.join(wrong)}")
        columns: list[Field | Embed] = []
        for name, column in zip(names, query.columns, strict=True):
            is_null = _is_null(name, column, comment, code)
            if column.embed_table:
                is_null = name in comment.nullable
                columns.append(Embed(_safe(name), self._model(column.embed_table), is_null))
            else:
                columns.append(self._field(name, column, is_null))
        return columns

    def _field(self, name: str, column: Column, is_null: bool) -> Field:
        found = self.types.of_column(column)
        if column.dims and not found.is_registered:
            raise CodegenError(
                f'column "{name}": psycopg cannot read arrays of {found.name}; '
                f"select it as {name}::text[]"
            )
        is_null = is_null and found.kind != "void"
        return Field(_safe(name), found, column.dims, is_null, column.comment)

    def _model(self, rel: Identifier) -> Model:
        if rel not in self.models:
            table: Table = self._tables[f"{rel.schema}.{rel.name}"]
            fields = [self._field(c.name, c, not c.not_null) for c in table.columns]
            class_name = self.types.class_name(rel.schema, rel.name)
            self.models[rel] = Model(class_name, table.comment, tuple(fields))
        return self.models[rel]

    def _params(self, query: Query, comment: QueryComment) -> list[Param]:
        names = [p.column.name or f"dollar_{p.number}" for p in query.params]
        if comment.parameters:
            if len(comment.parameters) != len(names):
                raise CodegenError(f"its comment names {len(comment.parameters)} parameters")
            names = comment.parameters
        names = _distinct(names)
        if wrong := [name for name in comment.json_objects if name not in names]:
            raise CodegenError(f"its comment names parameters it lacks: {', '.join(wrong)}")
        return [
            Param(
                name=f"{name}_" if name in _TAKEN else _safe(name),
                key=name,
                type=(found := self.types.of_column(parameter.column)),
                dims=1 if parameter.column.is_sqlc_slice else parameter.column.dims,
                is_null=not parameter.column.not_null,
                is_object=found.kind == "json"
                and (self._options.json_objects or name in comment.json_objects),
            )
            for name, parameter in zip(names, query.params, strict=True)
        ]

    def _yields_one(self, code: str, columns: list[Field | Embed]) -> bool:
        if not re.match(r"\s*SELECT\b", code, re.IGNORECASE):
            return False
        if len(columns) == 1 and _ONE_COUNT.match(code):
            return not _GROUPED.search(code)
        called = set(_CALLED.findall(code))
        return not _SEVERAL_ROWS.search(code) and not called & self._notes.set_functions

    def _comment_on(self, query: Query, code: str) -> list[str]:
        for name in _CALLED.findall(code):
            if name in self._notes.functions:
                return self._notes.functions[name].splitlines()
        for name in re.findall(r"\b([a-z_]\w*\.[a-z_]\w*)\b", code):
            if name in self._tables and self._tables[name].comment:
                return [f"On `{name}`: {self._tables[name].comment.splitlines()[0]}"]
        return [f"Run `{query.name}`."]


def _is_null(name: str, column: Column, comment: QueryComment, code: str) -> bool:
    if name in comment.nullable:
        return True
    if name in comment.not_null or "*" in comment.not_null:
        return False
    if "*" in comment.nullable or not column.not_null:
        return True
    if column.is_func_call:
        # sqlc takes every call as never null; that holds for these alone.
        count = rf"\bcount\s*\([^()]*\)(\s*FILTER\s*\([^()]*\))?\s+AS\s+{re.escape(name)}\b"
        return name not in _NEVER_NULL_NAMES and not re.search(count, code, re.IGNORECASE)
    # Columns described by the database (length 0) do not know of outer joins.
    return column.length == 0 and bool(_OUTER_JOIN.search(code))


def _placeholder(param: Param, column: Column) -> Placeholder:
    if param.dims:
        cast = param.type.name + "[]" * param.dims
        return Placeholder(param.key, "b", cast, is_slice=column.is_sqlc_slice)
    return Placeholder(param.key, "s", param.type.name if param.type.kind == "json" else "")


def _copy_target(query: Query) -> str:
    match = re.search(r"\bINTO\s+([\w.\"]+\s*\([^()]*\))", query.text, re.IGNORECASE)
    if match is None:
        raise CodegenError(":copyfrom needs INSERT INTO table (columns) VALUES (...)")
    return re.sub(r"\s+", " ", match[1])


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return out


def _safe(name: str) -> str:
    name = re.sub(r"\W", "_", name)
    if name[:1].isdigit():
        name = f"n{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def row_class(plan: Plan) -> str:
    """The class of a query's rows."""
    return f"{camel(plan.name)}Row"
