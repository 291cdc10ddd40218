"""How a body is split for storage: what is large, or seldom changes, lies in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

SHARED = "*"
"""The name of the one part that holds several members."""


class Split(NamedTuple):
    """What is left of a body, and the name and value of each part; all as JSON text."""

    body: str
    parts: list[tuple[str, str]]


class Layout:
    """Which members of a body of one kind are parts, as catalog.part_member says.

    >>> layout = Layout([("author", "author"), ("link", "*"), ("license", "*")])
    >>> layout.split({"title": ["T"], "author": [], "link": [1], "license": [2]})
    Split(body='{"title":["T"]}', parts=[('author', '[]'), ('*', '{"link":[1],"license":[2]}')])
    """

    __slots__ = ("_own", "_parted", "_shared")

    def __init__(self, members: Iterable[tuple[str, str]]) -> None:
        parts = dict(members)
        self._own = tuple(member for member, part in parts.items() if part != SHARED)
        self._shared = frozenset(parts).difference(self._own)
        self._parted = frozenset(parts)

    def split(self, body: Mapping[str, Any]) -> Split:
        """Take a body apart; PostgreSQL puts members in its own order, so none is kept here."""
        apart = [(name, orjson.dumps(body[name]).decode()) for name in self._own if name in body]
        if shared := self._shared & body.keys():
            held = {name: value for name, value in body.items() if name in shared}
            apart.append((SHARED, orjson.dumps(held).decode()))
        if not apart:
            return Split(orjson.dumps(body).decode(), apart)
        rest = {name: value for name, value in body.items() if name not in self._parted}
        return Split(orjson.dumps(rest).decode(), apart)
