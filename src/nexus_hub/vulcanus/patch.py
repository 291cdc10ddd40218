"""Elements of a patch: read once, applied to a tree that copies only the path it writes.

An element is `{field, action, path, originalValue, enrichedValue}` with a JSON pointer (RFC 6901)
as its path. Three members more are understood: `when` (pointer -> value that must stand there too),
`baseValue` (what the bases alone said at the path when the element was written), and the element's
own `confidence` and `evidence`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Literal, cast, get_args

Pointer = tuple[str, ...]
Action = Literal["insert", "update", "insertChild", "updateChild", "deleteChild"]
ACTIONS: Final = frozenset(get_args(Action))


class Absent(Enum):
    """Nothing stands there."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class MalformedElement(ValueError):
    """The element cannot be read: its path, its action or a member it needs is wrong."""


@dataclass(frozen=True, slots=True)
class Element:
    """One readable element. `original` and `base_value` are ABSENT where the element gives none."""

    action: Action
    pointer: Pointer
    original: Any
    enriched: Any
    base_value: Any
    when: tuple[tuple[Pointer, Any], ...]
    raw: Mapping[str, Any]


def parse_pointer(text: object) -> Pointer:
    """The parts of a JSON pointer; refuses the empty one, which would be the whole record.

    >>> parse_pointer("/author/0/a~1b")
    ('author', '0', 'a/b')
    """
    if not isinstance(text, str) or not text.startswith("/"):
        raise MalformedElement(f"not a JSON pointer: {text!r}")
    return _parts(text)


@lru_cache(maxsize=1 << 14)
def _parts(text: str) -> Pointer:
    parts = text[1:].split("/")
    if "~" in text:
        if "~" in text.replace("~0", "").replace("~1", ""):
            raise MalformedElement(f"not a JSON pointer: {text!r}")
        parts = [part.replace("~1", "/").replace("~0", "~") for part in parts]
    return tuple(parts)


def format_pointer(pointer: Pointer) -> str:
    """The JSON pointer of these parts.

    >>> format_pointer(("author", "0", "a/b"))
    '/author/0/a~1b'
    """
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in pointer)


def read_element(raw: object) -> Element:
    """A checked element; raises MalformedElement with the reason."""
    if not isinstance(raw, Mapping):
        raise MalformedElement("an element is an object")
    raw = cast("Mapping[str, Any]", raw)
    action = raw.get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        raise MalformedElement(f"unknown action: {action!r}")
    needed = "originalValue" if action == "deleteChild" else "enrichedValue"
    if needed not in raw:
        raise MalformedElement(f"{action} needs {needed}")
    when = raw.get("when") or {}
    if not isinstance(when, Mapping):
        raise MalformedElement("when is an object of pointers and values")
    return Element(
        action=cast("Action", action),
        pointer=parse_pointer(raw.get("path")),
        original=ABSENT if action.startswith("insert") else raw.get("originalValue", ABSENT),
        enriched=raw.get("enrichedValue"),
        base_value=raw.get("baseValue", ABSENT),
        when=tuple((parse_pointer(path), value) for path, value in when.items()),
        raw=raw,
    )


def same(left: Any, right: Any) -> bool:
    """JSON equality: true is not 1, null is the same as nothing there.

    >>> same({"a": [1]}, {"a": [1.0]}), same(True, 1), same(None, ABSENT)
    (True, False, True)
    """
    if left is right:
        return True
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if left is None or left is ABSENT:
        return right is None or right is ABSENT
    return bool(left == right)


@lru_cache(maxsize=1 << 12)
def list_index(part: str) -> int:
    """The list index a pointer part writes, -1 where it writes none.

    >>> list_index("2"), list_index("-"), list_index("02"), list_index("²")
    (2, -1, -1, -1)
    """
    if not (part.isascii() and part.isdigit()) or len(part) > 9 or (part[0] == "0" and part != "0"):
        return -1
    return int(part)


def index_of(part: str, length: int) -> int | None:
    """The place in a list a pointer part means, `-` being its end; None where it means none.

    >>> index_of("2", 3), index_of("-", 3), index_of("02", 3), index_of("4", 3)
    (2, 3, None, None)
    """
    if part == "-":
        return length
    index = list_index(part)
    return index if 0 <= index <= length else None


def look_up(root: Any, pointer: Pointer) -> Any:
    """What stands at the pointer, or ABSENT.

    >>> look_up({"a": [{"b": 1}]}, ("a", "0", "b"))
    1
    """
    here = root
    for part in pointer:
        if isinstance(here, dict):
            here = here.get(part, ABSENT)
            if here is ABSENT:
                return ABSENT
        elif isinstance(here, list):
            index = list_index(part)
            if not 0 <= index < len(here):
                return ABSENT
            here = here[index]
        else:
            return ABSENT
    return here


class Tree:
    """A record that is written without touching what it was made of.

    Only containers on a written path are copied, each once between two calls of `freeze`.
    """

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self._own: dict[int, Any] = {}

    def freeze(self) -> dict[str, Any]:
        """The record as it stands; later writes leave it alone."""
        self._own.clear()
        return self.root

    def _mine(self, container: Any) -> Any:
        if id(container) in self._own:
            return container
        copy = container.copy()
        self._own[id(copy)] = copy
        return copy

    def _writable(self, pointer: Pointer) -> Any:
        """The container at the pointer, ready to be written; missing objects are made."""
        here: Any = self._mine(self.root)
        self.root = here
        for part in pointer:
            key: Any = int(part) if isinstance(here, list) else part
            child = here[key] if isinstance(here, list) else here.get(key)
            child = self._mine({} if child is None else child)
            here[key] = child
            here = child
        return here

    def put(self, pointer: Pointer, value: Any) -> None:
        """Set a member of an object, or replace an item of a list."""
        container = self._writable(pointer[:-1])
        key: Any = int(pointer[-1]) if isinstance(container, list) else pointer[-1]
        container[key] = value

    def insert(self, pointer: Pointer, index: int, value: Any) -> None:
        """Put an item into the list at the pointer."""
        self._writable(pointer).insert(index, value)

    def remove(self, pointer: Pointer) -> None:
        """Take away a member of an object or an item of a list."""
        container = self._writable(pointer[:-1])
        del container[int(pointer[-1]) if isinstance(container, list) else pointer[-1]]

    def can_hold(self, pointer: Pointer) -> bool:
        """Whether a value may be put there: an item that is there, or a member of an object.

        Objects on the way may be missing, lists may not: what an index or `-` names is in a list.
        """
        here: Any = self.root
        for part in pointer[:-1]:
            if isinstance(here, dict):
                here = here.get(part)
            elif isinstance(here, list):
                here = look_up(here, (part,))
            elif here is not None or part == "-" or list_index(part) >= 0:
                return False
        if isinstance(here, list):
            return look_up(here, pointer[-1:]) is not ABSENT
        if isinstance(here, dict):
            return True
        return here is None and pointer[-1] != "-" and list_index(pointer[-1]) < 0


def prefixes(pointer: Pointer) -> Iterator[Pointer]:
    """Every pointer above this one, the nearest last, without the root.

    >>> list(prefixes(("a", "0", "b")))
    [('a',), ('a', '0')]
    """
    return (pointer[:length] for length in range(1, len(pointer)))
