"""The sqlc plugin: a request on standard input, Python modules for psycopg 3 on standard output.

For `queries/<room>/<table>.sql` it writes `<table>.py` with, per query, the SQL as a constant, a
frozen row class where there is more than one column, and two functions, `x(conn, *, ...)` and
`x_async(conn, *, ...)`. Rows are built from plain tuples whatever the connection's row factory is;
statements are prepared; arrays go, and results come, in binary where psycopg has both ways.

JSON parameters are JSON text (`str`), JSON results what psycopg makes of them: select `body::text`
where the text is wanted. `:one` is a row or None (never None for a call without FROM, for a bare
count and where the comment says `always one row`); one column is its bare value.
`COPY ... FROM STDIN` and `TO STDOUT` under `:exec` give psycopg's copy context manager. The
directives a query's comment may hold are those of `sqlc_text.read_directives`.
"""

from __future__ import annotations

import base64
import json
import sys
from itertools import groupby
from keyword import iskeyword
from pathlib import Path

from nexus_tools.sqlc_plan import Plan, Planner
from nexus_tools.sqlc_render import render_models, render_package, render_queries
from nexus_tools.sqlc_request import CodegenError, Options, Query, Request, read_request
from nexus_tools.sqlc_schema import notes_of
from nexus_tools.sqlc_text import read_comments
from nexus_tools.sqlc_writing import formatted


def main() -> int:
    """Answer one request; 1 and a line on standard error where it cannot be answered."""
    try:
        request, options = read_request(sys.stdin.buffer.read())
        files = generate(request, options)
    except CodegenError as error:
        print(f"nexus-sqlc-gen: {error}", file=sys.stderr)
        return 1
    reply = [
        {"name": name, "contents": base64.b64encode(text.encode()).decode()}
        for name, text in files.items()
    ]
    json.dump({"files": reply}, sys.stdout)
    return 0


def generate(request: Request, options: Options) -> dict[str, str]:
    """Every module of a request by file name; raises CodegenError naming the query at fault."""
    planner = Planner(request, options, notes_of(request))
    folder = request.settings.queries[0] if request.settings.queries else "queries"
    files = {"__init__.py": render_package(folder)}
    for filename, group in groupby(request.queries, key=lambda query: query.filename):
        source = f"{folder}/{filename}" if not folder.endswith(".sql") else folder
        stem = Path(filename).stem
        if not stem.isidentifier() or iskeyword(stem) or stem in {"models", "__init__"}:
            raise CodegenError(f"{source}: the name cannot be a module's")
        header, by_name = _read_source(Path(source))
        plans = [_plan(planner, query, by_name, source) for query in group]
        doc = header or _module_doc(planner, options, stem)
        files[f"{stem}.py"] = render_queries(plans, options, source, doc)
    enums = [
        (planner.types.class_name(schema.name, enum.name), enum)
        for schema in request.catalog.schemas
        for enum in schema.enums
        if (schema.name, enum.name) in {(e.schema, e.name) for e in planner.types.enums_used}
    ]
    if planner.models or enums:
        files["models.py"] = render_models(planner.models.values(), enums, options, folder)
    return formatted(files)


def _plan(planner: Planner, query: Query, by_name: dict[str, list[str]], source: str) -> Plan:
    try:
        return planner.plan(query, by_name.get(query.name, query.comments))
    except CodegenError as error:
        raise CodegenError(f"{source}: {query.name}: {error}") from error


def _read_source(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    return read_comments(path.read_text(encoding="utf-8")) if path.is_file() else ([], {})


def _module_doc(planner: Planner, options: Options, stem: str) -> list[str]:
    comment = planner.table_comment(options.default_schema, stem)
    if comment:
        return [f"Queries on `{options.default_schema}.{stem}`: {comment.splitlines()[0]}"]
    return [f"Queries on {stem.replace('_', ' ')}."]


if __name__ == "__main__":
    sys.exit(main())
