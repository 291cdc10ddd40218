"""What sqlc sends a plugin on standard input, as typed records, and the options of our own plugin.

The shape is sqlc's `protos/plugin/codegen.proto` in its JSON form; members this plugin does not
read are left out.
"""

from __future__ import annotations

import base64

import msgspec


class CodegenError(Exception):
    """The request cannot become Python: the message names the query and says what to change."""


class Identifier(msgspec.Struct, frozen=True):
    """A name with the schema it lies in; the schema may be empty."""

    schema: str = ""
    name: str = ""


class Column(msgspec.Struct, frozen=True):
    """A column of a table or a result, or what a parameter is compared with."""

    name: str = ""
    not_null: bool = False
    is_array: bool = False
    array_dims: int = 0
    length: int = 0
    is_func_call: bool = False
    is_sqlc_slice: bool = False
    table: Identifier | None = None
    embed_table: Identifier | None = None
    type: Identifier | None = None
    comment: str = ""

    @property
    def dims(self) -> int:
        """How many lists deep a value lies."""
        return max(self.array_dims, 1) if self.is_array else 0


class Parameter(msgspec.Struct, frozen=True):
    """`$number` of a query."""

    number: int
    column: Column


class Query(msgspec.Struct, frozen=True):
    """One `-- name:` block."""

    text: str
    name: str
    cmd: str
    filename: str
    columns: list[Column] = []
    params: list[Parameter] = []
    comments: list[str] = []
    insert_into_table: Identifier | None = None


class Enum(msgspec.Struct, frozen=True):
    """An enum type and its labels in order."""

    name: str
    vals: list[str]
    comment: str = ""


class Table(msgspec.Struct, frozen=True):
    """A table or view."""

    rel: Identifier
    columns: list[Column]
    comment: str = ""


class Schema(msgspec.Struct, frozen=True):
    """A schema of the catalogue."""

    name: str
    tables: list[Table] = []
    enums: list[Enum] = []


class Catalog(msgspec.Struct, frozen=True):
    """Every schema sqlc read."""

    default_schema: str
    schemas: list[Schema]


class Settings(msgspec.Struct, frozen=True):
    """Where schema and queries lie, relative to the folder sqlc runs in."""

    schema: list[str] = []
    queries: list[str] = []


class Request(msgspec.Struct, frozen=True):
    """One call of the plugin."""

    settings: Settings
    catalog: Catalog
    queries: list[Query]
    plugin_options: str = ""


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another Python type for a database type or for one column.

    `db_type` is `uuid` or `room.type`, `column` is `room.table.column`; one of them is given.
    `py_type` comes from `py_import`, or is a builtin. The value itself is not converted.
    """

    py_type: str
    db_type: str = ""
    column: str = ""
    py_import: str = ""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`options:` of the plugin in `sqlc.yaml`, named as in sqlc-gen-python where it has them.

    `default_schema` is the schema whose enums and tables go without a prefix; `json_objects` makes
    every JSON parameter a Python object instead of JSON text. Table names are always exact.
    """

    package: str
    emit_sync_querier: bool = True
    emit_async_querier: bool = True
    emit_exact_table_names: bool = True
    query_parameter_limit: int | None = None
    default_schema: str = ""
    json_objects: bool = False
    overrides: list[Override] = []


def read_request(data: bytes) -> tuple[Request, Options]:
    """Decode standard input; raises CodegenError on an unknown option or a shape sqlc never had."""
    try:
        request = msgspec.json.decode(data, type=Request)
        options = msgspec.json.decode(base64.b64decode(request.plugin_options), type=Options)
    except msgspec.MsgspecError as error:
        raise CodegenError(f"the request or its options cannot be read: {error}") from error
    if not options.emit_exact_table_names:
        raise CodegenError("emit_exact_table_names: false is not supported, tables are singular")
    for override in options.overrides:
        if bool(override.db_type) == bool(override.column):
            raise CodegenError(f"override {override.py_type!r}: give db_type or column")
    return request, options
