"""Members of a body, whatever they turn out to be: real records keep to no schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def text(raw: object) -> str:
    """The first text in a member that is a string, a number, or a list of such; else empty.

    >>> text([None, " On  DNA "]), text(12), text({"a": 1}), text(True)
    ('On DNA', '12', '', '')
    """
    if isinstance(raw, str):
        return " ".join(raw.split())
    if isinstance(raw, list):
        return next((found for part in raw if (found := text(part))), "")
    return str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else ""


def texts(raw: object) -> list[str]:
    """Every text in a member, each once, in order.

    >>> texts(["a", 1, "a", None]), texts("b")
    (['a', '1'], ['b'])
    """
    return list(dict.fromkeys(found for part in values(raw) if (found := text(part))))


def member(raw: object) -> Mapping[str, Any]:
    """A member that is an object; an empty one where it is none."""
    return raw if isinstance(raw, Mapping) else {}


def values(raw: object) -> list[Any]:
    """A member as a list: itself, or itself alone in one; what is null is no value."""
    return raw if isinstance(raw, list) else [] if raw is None else [raw]


def members(raw: object) -> Iterable[Mapping[str, Any]]:
    """The objects in a member that is one or a list of such."""
    return (part for part in values(raw) if isinstance(part, Mapping))
