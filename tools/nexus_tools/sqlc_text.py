"""SQL as text: which parts are quoted, how `$1` becomes `%(name)s`, what a query's comments say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<comment>--[^\n]*|/\*)
  | (?P<quoted>(?<!\w)[eE]'(?:[^'\\]|\\.|'')*'
      | '(?:[^']|'')*'
      | "(?:[^"]|"")*"
      | (?<![\w$])\$(?P<tag>[A-Za-z_\x80-\U0010ffff]\w*|)\$.*?\$(?P=tag)\$)
  | (?P<param>(?<![\w$])\$\d+(?!\w))
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME_LINE = re.compile(r"^--\s*name:\s*(\w+)\s+:\w+")
_DIRECTIVE = re.compile(r"^(not null|nullable|parameters|json objects):\s*(.*)$")


class Fragment(NamedTuple):
    """A stretch of SQL; `kind` is code, quoted, comment or param."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands for one `$n`: the key in the parameters, `s` or `b`, and a type to cast to."""

    key: str
    format: str = "s"
    cast: str = ""
    is_slice: bool = False


@dataclass(slots=True)
class QueryComment:
    """What the author wrote above a query: prose, and directives to the generator."""

    lines: list[str] = field(default_factory=list)
    not_null: list[str] = field(default_factory=list)
    nullable: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    json_objects: list[str] = field(default_factory=list)
    is_always_one: bool = False


def fragments(sql: str) -> Iterator[Fragment]:
    """Cut SQL into code, quoted text, comments and parameters; joined they are the SQL again.

    Follows the lexical rules of PostgreSQL: doubled quotes, E'' escapes, dollar quotes with a tag,
    block comments that nest.

    >>> [fragment.kind for fragment in fragments("SELECT '$1', $1 -- $1")]
    ['code', 'quoted', 'code', 'param', 'code', 'comment']
    """
    start = 0
    while match := _TOKEN.search(sql, start):
        if match.start() > start:
            yield Fragment("code", sql[start : match.start()])
        end = _block_comment_end(sql, match.start()) if match[0] == "/*" else match.end()
        kind = next(kind for kind in ("comment", "quoted", "param") if match[kind])
        yield Fragment(kind, sql[match.start() : end])
        start = end
    if start < len(sql):
        yield Fragment("code", sql[start:])


def code_of(sql: str) -> str:
    """The SQL with quoted text and comments blanked, for questions about its keywords."""
    return "".join(part.text if part.kind in {"code", "param"} else " " for part in fragments(sql))


def psycopg_sql(sql: str, placeholders: Mapping[int, Placeholder]) -> str:
    """The SQL with psycopg's placeholders; without parameters psycopg takes it as it is.

    A cast the author wrote (`$1::text`) stands; none is added then.

    >>> psycopg_sql("SELECT $1 || '%$1'", {1: Placeholder("a")})
    "SELECT %(a)s || '%%$1'"
    >>> psycopg_sql("x = ANY($1)", {1: Placeholder("a", "b", "uuid[]")})
    'x = ANY(%(a)b::uuid[])'
    """
    parts = list(fragments(sql))
    out: list[str] = []
    for index, part in enumerate(parts):
        if part.kind != "param":
            text = re.sub(r"[ \t]+\n", "\n", part.text) if part.kind == "code" else part.text
            out.append(text.replace("%", "%%") if placeholders else text)
            continue
        placeholder = placeholders[int(part.text[1:])]
        following = parts[index + 1].text if index + 1 < len(parts) else ""
        if placeholder.is_slice:
            _open_any(out)
        out.append(_written(placeholder, following))
    return "".join(out)


def read_comments(source: str) -> tuple[list[str], dict[str, list[str]]]:
    """The header of a queries file and, by query name, the comment lines directly around its name.

    sqlc gives a query every comment since the last statement; a blank line ends one here.
    """
    header: list[str] = []
    by_name: dict[str, list[str]] = {}
    block: list[str] = []
    current: list[str] | None = None
    is_at_top = True
    for line in source.splitlines():
        if match := _NAME_LINE.match(line):
            current = by_name.setdefault(match[1], block)
            block, is_at_top = [], False
        elif line.startswith("--"):
            (block if current is None else current).append(line[2:])
        else:
            if is_at_top and block:
                header, is_at_top = block, False
            block, current = [], None
    return [line.strip() for line in header], by_name


def read_directives(lines: list[str]) -> QueryComment:
    """Part the directives of a query's comment from its prose.

    `not null: a, b` and `nullable: a` set right what is known of result columns (`*` is all of
    them); `always one row` drops the None of `:one`; `parameters: a, b` names `$1`, `$2`;
    `json objects: a` takes a Python object where JSON text is taken otherwise.
    """
    comment = QueryComment()
    for line in (raw.removeprefix(" ").rstrip() for raw in lines):
        if line.startswith("@"):
            continue
        if line == "always one row":
            comment.is_always_one = True
        elif match := _DIRECTIVE.match(line):
            names = [name.strip() for name in match[2].split(",")]
            getattr(comment, match[1].replace(" ", "_")).extend(names)
        else:
            comment.lines.append(line)
    return comment


def _block_comment_end(sql: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"/\*|\*/").finditer(sql, start):
        depth += 1 if match[0] == "/*" else -1
        if depth == 0:
            return match.end()
    return len(sql)


def _open_any(out: list[str]) -> None:
    # `x IN (` before a slice becomes `x = ANY(`; the closing parenthesis stays.
    before, count = re.subn(r"\bNOT\s+IN\s*\(\s*$", "<> ALL (", out[-1], flags=re.IGNORECASE)
    if not count:
        before = re.sub(r"\bIN\s*\(\s*$", "= ANY (", before, flags=re.IGNORECASE)
    out[-1] = before


def _written(placeholder: Placeholder, following: str) -> str:
    written = f"%({placeholder.key}){placeholder.format}"
    if not placeholder.cast or following.lstrip().startswith("::"):
        return written
    written = f"{written}::{placeholder.cast}"
    return f"({written})" if following.startswith("[") else written
