"""The functions of a query: sync and async, built from the same lines."""

from __future__ import annotations

from collections.abc import Sequence

from nexus_tools.sqlc_plan import Embed, Field, Param, Plan, row_class
from nexus_tools.sqlc_request import Options
from nexus_tools.sqlc_types import camel
from nexus_tools.sqlc_writing import docstring

_JSON_CLASS = {"json": "Json", "jsonb": "Jsonb"}


def annotation(column: Field | Embed) -> str:
    """What a result column is in Python."""
    if isinstance(column, Embed):
        name = f"models.{column.model.class_name}"
    else:
        name = column.type.annotation
        for _ in range(column.dims):
            name = f"list[{name}]"
    return f"{name} | None" if column.is_null and name not in {"Any", "None"} else name


def functions_of(plan: Plan, options: Options) -> list[str]:
    """The source of every function of a query, after the classes its parameters need."""
    limit = options.query_parameter_limit
    is_struct = limit is not None and len(plan.params) > limit and not plan.copy_table
    sections = []
    if plan.copy_table:
        sections.append(_copy_alias(plan))
    elif is_struct:
        sections.append(_params_class(plan))
    for is_async in (False, True):
        if options.emit_async_querier if is_async else options.emit_sync_querier:
            sections.append(_function(plan, is_async, is_struct))
    return sections


def _function(plan: Plan, is_async: bool, is_struct: bool) -> str:
    connection = "AsyncConnection[Any]" if is_async else "Connection[Any]"
    arguments = [f"conn: {connection}"]
    if plan.copy_table:
        arguments.append(f"rows: Iterable[{_copy_row(plan)}]")
    elif is_struct:
        arguments += ["*", f"arg: {camel(plan.name)}Params"]
    elif plan.params:
        arguments += ["*", *(f"{p.name}: {_taken(p)}" for p in plan.params)]
    name = f"{plan.name}_async" if is_async else plan.name
    # A stream is a context manager either way: opening it awaits nothing.
    keyword = "async def" if is_async and not plan.is_copy_stream else "def"
    head = f"{keyword} {name}({', '.join(arguments)}) -> {_returned(plan, is_async)}:"
    body = _body(plan, is_async, "arg." if is_struct else "")
    doc = docstring(plan.doc, "    ").rstrip()
    return "\n".join([head, doc, *(f"    {line}" for line in body), ""])


def _returned(plan: Plan, is_async: bool) -> str:
    if plan.is_copy_stream:
        return f"Abstract{'Async' if is_async else ''}ContextManager[{_copy_class(is_async)}]"
    if plan.cmd in {":execrows", ":copyfrom"}:
        return "int"
    if plan.cmd == ":exec":
        return "None"
    value = row_class(plan) if len(plan.columns) > 1 else annotation(plan.columns[0])
    if plan.cmd == ":many":
        return f"list[{value}]"
    nullable = not plan.is_always_one and value not in {"Any", "None"}
    return f"{value} | None" if nullable and not value.endswith("None") else value


def _body(plan: Plan, is_async: bool, prefix: str) -> list[str]:
    wait = "await " if is_async else ""
    if plan.is_copy_stream:
        return [f"return conn.cursor().copy({plan.name.upper()})"]
    if plan.copy_table:
        return _copy_body(plan, is_async)
    arguments = [plan.name.upper()]
    if plan.params:
        pairs = [f'"{p.key}": {_sent(p, prefix)}' for p in plan.params]
        arguments.append("{" + ", ".join(pairs) + "}")
    arguments.append("prepare=True")
    if plan.cmd == ":exec":
        return [f"{wait}conn.execute({', '.join(arguments)})"]
    if plan.cmd == ":execrows":
        return [f"cur = {wait}conn.execute({', '.join(arguments)})", "return cur.rowcount"]
    if plan.is_binary:
        arguments.append("binary=True")
    lines = [
        "cur = conn.cursor(row_factory=tuple_row)",
        f"{wait}cur.execute({', '.join(arguments)})",
    ]
    made = _made(plan)
    if plan.cmd == ":many":
        return [*lines, f"return [{made} for row in {wait}cur.fetchall()]"]
    if plan.is_always_one:
        return [*lines, f"[row] = {wait}cur.fetchall()", f"return {made}"]
    return [*lines, f"row = {wait}cur.fetchone()", f"return None if row is None else {made}"]


def _made(plan: Plan) -> str:
    """A row of the result, from the tuple `row`."""
    if len(plan.columns) > 1:
        return f"{row_class(plan)}{'(*row)' if is_plain(plan.columns) else '.from_row(row)'}"
    [value] = values_of(plan.columns, plan.is_binary)
    return f"({value})" if " if " in value else value


def is_plain(columns: Sequence[Field | Embed]) -> bool:
    """Whether a fetched tuple has the very values a row class takes."""
    return all(isinstance(c, Field) and c.type.kind != "enum" for c in columns)


def values_of(columns: Sequence[Field | Embed], is_binary: bool) -> list[str]:
    """The expressions that make of the tuple `row` what each column is in Python."""
    values = []
    index = 0
    for column in columns:
        if isinstance(column, Field):
            values.append(_loaded(f"row[{index}]", column, is_binary))
            index += 1
        else:
            end = index + len(column.model.fields)
            values.append(_embedded(f"row[{index}:{end}]", column))
            index = end
    return values


def _loaded(value: str, column: Field, is_binary: bool) -> str:
    if column.type.kind != "enum":
        return value
    read = f"{column.type.annotation}({value}{'.decode()' if is_binary else ''})"
    return f"None if {value} is None else {read}" if column.is_null else read


def _embedded(values: str, column: Embed) -> str:
    name = f"models.{column.model.class_name}"
    made = f"{name}(*{values})" if is_plain(column.model.fields) else f"{name}.from_row({values})"
    return f"{made} if any(v is not None for v in {values}) else None" if column.is_null else made


def _taken(param: Param) -> str:
    """What a parameter is in Python."""
    name = param.type.annotation
    if param.type.kind == "json":
        name = "Any" if param.is_object else "str"
    for _ in range(param.dims):
        # psycopg wants lists; NULL elements are always allowed.
        name = f"Sequence[{name} | None]" if name != "Any" else "Sequence[Any]"
    return f"{name} | None" if param.is_null and name != "Any" else name


def _sent(param: Param, prefix: str) -> str:
    value = f"{prefix}{param.name}"
    sent = value
    if param.is_object:
        wrapper = _JSON_CLASS.get(param.type.name, "Jsonb")
        sent = f"[{wrapper}(v) for v in {value}]" if param.dims else f"{wrapper}({value})"
    elif param.dims == 1:
        sent = f"[*{value}]"
    elif param.dims > 1:
        sent = f"[[*v] for v in {value}]"
    return f"None if {value} is None else {sent}" if param.is_null and sent != value else sent


def _params_class(plan: Plan) -> str:
    doc = docstring([f"The parameters of `{plan.name}`."], "    ")
    fields = [f"    {param.name}: {_taken(param)}" for param in plan.params]
    head = ["@dataclass(frozen=True, slots=True)", f"class {camel(plan.name)}Params:"]
    return "\n".join([*head, doc, *fields, ""])


def _copy_class(is_async: bool) -> str:
    return "AsyncCopy" if is_async else "Copy"


def _copy_row(plan: Plan) -> str:
    return f"{camel(plan.name)}Params"


def _copy_alias(plan: Plan) -> str:
    """A tuple, not a class: psycopg takes it as it comes."""
    if len(plan.params) == 1:
        return f"{_copy_row(plan)}: TypeAlias = tuple[{_copied(plan.params[0])}]\n"
    lines = [f"    {_copied(p)},  # {p.key}" for p in plan.params]
    return "\n".join([f"{_copy_row(plan)}: TypeAlias = tuple[", *lines, "]", ""])


def _copied(param: Param) -> str:
    name = "str" if param.type.kind == "json" else param.type.annotation
    for _ in range(param.dims):
        name = f"list[{name}] | list[{name} | None]"
    return f"{name} | None" if param.is_null else name


def is_copied_in_binary(plan: Plan) -> bool:
    """Whether every column can travel by binary COPY; arrays psycopg does not know cannot."""
    return all(
        p.type.copy_type and (not p.dims or (p.type.is_registered and p.type.kind == "plain"))
        for p in plan.params
    )


def _copy_body(plan: Plan, is_async: bool) -> list[str]:
    wait = "await " if is_async else ""
    written = "row"
    lines = []
    if is_copied_in_binary(plan):
        names = [f'"{p.type.copy_type}{"[]" * bool(p.dims)}"' for p in plan.params]
        lines.append(f"    copy.set_types([{', '.join(names)}])")
        if any(p.type.name == "jsonb" for p in plan.params):
            written = (
                "(" + "".join(f"{_copy_value(i, p)}, " for i, p in enumerate(plan.params)) + ")"
            )
    return [
        "cur = conn.cursor()",
        f"{'async ' if is_async else ''}with cur.copy({plan.name.upper()}) as copy:",
        *lines,
        "    for row in rows:",
        f"        {wait}copy.write_row({written})",
        "return cur.rowcount",
    ]


def _copy_value(index: int, param: Param) -> str:
    value = f"row[{index}]"
    if param.type.name != "jsonb":
        return value
    # The binary form of jsonb is its version, 1, and the text.
    versioned = f'"\\x01" + {value}'
    return f"None if {value} is None else {versioned}" if param.is_null else versioned
