"""Rules about SQL files: the layout of a room, sizes, one object per file, names of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_tools.house.tree import Finding, Tree, generated

FUNCTION_LINES = 120
FILE_LINES = 250
QUERY_FILE_LINES = 200
LINE_LENGTH = 100
ROOM_FILE = re.compile(
    r"^sql/[a-z]+/(10_schema|20_types|30_tables|3[1-4]_[a-z]+|35_indexes|36_triggers"
    r"|6[0-9]_[a-z_]+|70_grants)\.sql$"
    r"|^sql/[a-z]+/(40_functions|50_views)/[a-z0-9_]+\.sql$"
)
OBJECT = re.compile(
    r"^CREATE (?:OR REPLACE )?(?:MATERIALIZED )?(?:FUNCTION|PROCEDURE|AGGREGATE|VIEW)\s+"
    r"(?:\w+\.)?(\w+)",
    re.MULTILINE | re.IGNORECASE,
)
FUNCTION = re.compile(r"^CREATE [^;]*?FUNCTION.*?\bAS (\$\w*\$).*?\1", re.MULTILINE | re.DOTALL)
QUERY_NAME = re.compile(r"^-- name:\s*(\S+)\s+:(\w+)")
VERBS = {
    "add", "count", "create", "delete", "drop", "fetch", "find", "get", "insert", "is", "list",
    "load", "lock", "make", "put", "read", "remove", "save", "select", "set", "store", "update",
    "upsert", "write",
}  # fmt: skip
LITERAL = re.compile(r"'(?:[^']|'')*'")


def check(tree: Tree) -> Iterator[Finding]:
    """All findings of this module."""
    for path in tree.files("sql", suffix=".sql"):
        if generated(path):
            continue
        if not ROOM_FILE.match(path):
            yield Finding(path, 0, "sql-layout", "use the file names that every room has")
        yield from _sizes(tree, path, FILE_LINES)
        yield from _objects(tree, path)
    for path in tree.files("queries", suffix=".sql"):
        yield from _sizes(tree, path, QUERY_FILE_LINES)
        yield from _queries(tree, path)


def _sizes(tree: Tree, path: str, most: int) -> Iterator[Finding]:
    lines = tree.lines(path)
    # What explains an object is no reason to split it off.
    size = sum(not line.startswith("COMMENT ON ") for _, line in lines) - 1
    if size > most:
        yield Finding(path, 0, "sql-size", f"{size} lines; split it, at most {most}")
    for number, line in lines:
        # The sentences of comments and rows are literals; they need not be broken.
        if len(LITERAL.sub("''", line)) > LINE_LENGTH:
            yield Finding(path, number, "sql-line", f"break it, at most {LINE_LENGTH} characters")


def _objects(tree: Tree, path: str) -> Iterator[Finding]:
    text = tree.text(path)
    for function in FUNCTION.finditer(text):
        lines = function[0].count("\n") + 1
        if lines > FUNCTION_LINES:
            line = text.count("\n", 0, function.start()) + 1
            yield Finding(
                path, line, "sql-function-size", f"{lines} lines, at most {FUNCTION_LINES}"
            )
    if "/40_functions/" not in path and "/50_views/" not in path:
        return
    stem = path.rsplit("/", 1)[1].removesuffix(".sql")
    for found in OBJECT.finditer(text):
        if found[1] != stem:
            line = text.count("\n", 0, found.start()) + 1
            advice = f"one object per file, named after it: {found[1]}.sql"
            yield Finding(path, line, "one-object", advice)


def _queries(tree: Tree, path: str) -> Iterator[Finding]:
    for number, line in tree.lines(path):
        found = QUERY_NAME.match(line)
        if found is None:
            continue
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", found[1]):
            yield Finding(path, number, "query-name", f"noun_verb in snake case, not {found[1]}")
        elif found[1].split("_")[0] in VERBS:
            yield Finding(path, number, "query-name", f"noun first: {found[1]} starts with a verb")
