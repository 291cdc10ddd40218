"""Rules about Python: sizes, names of modules, and no SQL outside the query files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nexus_tools.house.tree import Finding, Tree, generated

MODULE_LINES = 500
FUNCTION_LINES = 60
SIZED = ("src", "api", "tools", "benchmarks")
VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "base", "manager", "misc", "core"}
HOLDS_SQL = ("src/nexus_hub/platform/db.py", "src/nexus_hub/aquilo/composition.py")
"""Utility statements that take no parameters are composed in the one alone, the selections of lists
from vetted fragments in the other."""

SQL_TEXT = re.compile(
    r"""^\s*(?:--[^\n]*\n\s*)*(?:
      SELECT\s | INSERT\s+INTO\s | UPDATE\s+[\w."]+\s | DELETE\s+FROM\s | MERGE\s+INTO\s
    | COPY\s+[\w."(]+ | WITH\s+(?:RECURSIVE\s+)?\w+[^:]*\sAS\s
    | (?:CREATE|ALTER|DROP)\s+[A-Z]{4,} | GRANT\s | REVOKE\s | TRUNCATE\s | LISTEN\s | NOTIFY\s
    | REFRESH\s+MATERIALIZED | SET\s+(?:LOCAL\s|SESSION\s|ROLE\b|\w+\s*(?:=|TO\s)) | CALL\s+\w+\.
    | DO\s+\$ | (?:VACUUM|ANALYZE)\b
    | (?i:select\s.+\sfrom\s+["\w]+\.["\w] | insert\s+into\s+\w+ | update\s+\S+\s+set\s+\w+\s*=
    | delete\s+from\s+[\w.]+\s+where )
    )""",
    re.VERBOSE | re.DOTALL,
)


def check(tree: Tree) -> Iterator[Finding]:
    """All findings of this module."""
    for path in tree.files(suffix=".py"):
        yield from _names(path)
        if path.startswith(tuple(f"{folder}/" for folder in SIZED)) and not generated(path):
            yield from _sizes(tree, path)
        if path.startswith(("src/", "api/")) and path not in HOLDS_SQL and not generated(path):
            yield from _sql(tree, path)


def _names(path: str) -> Iterator[Finding]:
    for part in path.removesuffix(".py").split("/"):
        if part in VAGUE_NAMES or part.endswith(("_utils", "_helpers", "_manager")):
            yield Finding(path, 0, "vague-name", f"name what is in it; '{part}' could be anything")


def _sizes(tree: Tree, path: str) -> Iterator[Finding]:
    lines = len(tree.text(path).splitlines())
    if lines > MODULE_LINES:
        yield Finding(path, 0, "module-size", f"{lines} lines; split it, at most {MODULE_LINES}")
    for node in ast.walk(ast.parse(tree.text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = _code_lines(node)
            if lines > FUNCTION_LINES:
                advice = f"{node.name} has {lines} lines; at most {FUNCTION_LINES}, better 40"
                yield Finding(path, node.lineno, "function-size", advice)


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return lines


def _sql(tree: Tree, path: str) -> Iterator[Finding]:
    module = ast.parse(tree.text(path))
    docstrings = _docstrings(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Constant) or node in docstrings:
            continue
        text = (
            node.value.decode("utf-8", "replace") if isinstance(node.value, bytes) else node.value
        )
        if isinstance(text, str) and SQL_TEXT.match(text):
            advice = "make it a named query in queries/<room>/<table>.sql"
            yield Finding(path, node.lineno, "sql-in-python", advice)


def _docstrings(module: ast.Module) -> set[ast.expr]:
    # A string that stands alone as a statement is a docstring, of whatever it follows.
    return {node.value for node in ast.walk(module) if isinstance(node, ast.Expr)}
