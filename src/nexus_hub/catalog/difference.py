"""What is different between two contents, as a JSON Patch and in a form that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

import jsonpatch
import orjson

MOST_ALIGNED = 1_000_000
"""Of arrays whose lengths multiply to more, elements are compared by their places."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs; `before` or `after` is None where there was or is nothing.

    The JSON pointer (RFC 6901) of what was removed leads into the content before, any other into
    the content after.
    """

    pointer: str
    change: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None


def patch(before: str | None, after: str | None) -> list[dict[str, Any]]:
    """The JSON Patch (RFC 6902) that makes one JSON text of the other.

    Content where there was none is added whole; where there is none any more, nothing is told.

    >>> patch('{"a": 1}', '{"a": 2}'), patch(None, "{}"), patch("{}", None)
    ([{'op': 'replace', 'path': '/a', 'value': 2}], [{'op': 'add', 'path': '', 'value': {}}], [])
    """
    if after is None:
        return []
    now = orjson.loads(after)
    if before is None:
        return [{"op": "add", "path": "", "value": now}]
    return list(jsonpatch.make_patch(orjson.loads(before), now))


def compare(before: Any, after: Any) -> list[Change]:
    """The places in which two JSON values differ, in the order in which they stand.

    >>> for change in compare({"a": [1, 2], "b": 1}, {"a": [0, 1, 2], "c": {"d": None}}):
    ...     print(change.change, change.pointer, change.before, change.after)
    added /a/0 None 0
    removed /b 1 None
    added /c None {'d': None}
    """
    return list(_compare("", before, after))


def write(changes: Sequence[Change]) -> str:
    """The changes as text: a line with the place of each, then what was and what is there.

    >>> print(write([Change("/title/0", "changed", "Old", "New")]), end="")
    changed /title/0
    - "Old"
    + "New"
    """
    lines: list[str] = []
    for one in changes:
        lines.append(f"{one.change} {one.pointer or '(all of it)'}")
        if one.change != "added":
            lines.append(f"- {key(one.before).decode()}")
        if one.change != "removed":
            lines.append(f"+ {key(one.after).decode()}")
    return "".join(line + "\n" for line in lines)


def key(value: Any) -> bytes:
    """A JSON value as bytes that are equal for equal values, told apart by type as well.

    >>> key({"b": 1, "a": 2}) == key({"a": 2, "b": 1}), key(1) == key(True)
    (True, False)
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def point(pointer: str, part: str | int) -> str:
    """The pointer to a member or an element of what a pointer leads to.

    >>> point("/a", "b/c")
    '/a/b~1c'
    """
    return f"{pointer}/{str(part).replace('~', '~0').replace('/', '~1')}"


def _compare(pointer: str, before: Any, after: Any) -> Iterator[Change]:
    if key(before) == key(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _compare_objects(pointer, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_arrays(pointer, before, after)
    else:
        yield Change(pointer, "changed", before, after)


def _compare_objects(
    pointer: str, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        place = point(pointer, name)
        if name not in after:
            yield Change(place, "removed", before=before[name])
        elif name not in before:
            yield Change(place, "added", after=after[name])
        else:
            yield from _compare(place, before[name], after[name])


def _compare_arrays(pointer: str, before: list[Any], after: list[Any]) -> Iterator[Change]:
    for i_from, i_to, j_from, j_to in _blocks(before, after):
        paired = min(i_to - i_from, j_to - j_from)
        for n in range(paired):
            yield from _compare(point(pointer, j_from + n), before[i_from + n], after[j_from + n])
        for i in range(i_from + paired, i_to):
            yield Change(point(pointer, i), "removed", before=before[i])
        for j in range(j_from + paired, j_to):
            yield Change(point(pointer, j), "added", after=after[j])


def _blocks(before: list[Any], after: list[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Where two arrays differ: from and to in the one, from and to in the other."""
    if len(before) * len(after) > MOST_ALIGNED:
        yield 0, len(before), 0, len(after)
        return
    olds, news = [key(one) for one in before], [key(one) for one in after]
    for tag, *block in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            i_from, i_to, j_from, j_to = block
            yield i_from, i_to, j_from, j_to
