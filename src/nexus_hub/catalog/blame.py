"""Which edit last set each field of an object.

The revisions are walked from the newest back until everything is explained. Parts are compared by
their hashes first, so one that did not change is not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from psycopg import AsyncConnection

from nexus_hub.catalog.difference import key, point
from nexus_hub.catalog.queries import accepted_edit as q

PAGE = 50
_AFTER_ALL = 2**62
Row = q.AcceptedEditListContentsRow
Token = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Blamed:
    """A place in the current content, as a JSON pointer, and the edit that last set it.

    Where the content before that edit was taken away, the edit that had it may have set it first.
    """

    pointer: str
    edit: Row
    or_lost: Row | None = None


async def blame(connection: AsyncConnection[Any], croid: UUID) -> list[Blamed]:
    """For each member of an object, and each object in an array of it, the edit that last set it.

    An element is the same wherever it stands in its array: one that only moved was not set. What
    was there when an object was brought back after its deletion was set by whoever did that.
    Revisions whose content was taken away are passed over, and told where they leave a doubt.
    Empty where the object has no content now.
    """
    search: _Search | None = None
    before = _AFTER_ALL
    while rows := await q.accepted_edit_list_contents_async(
        connection, croid=croid, before_index=before, limit_count=PAGE
    ):
        for row in rows:
            content = _Content(connection, croid, row)
            if search is None:
                search = await _Search.begin(content)
            elif row.is_redacted:
                search.pass_over(row)
            elif not await search.look_back(content):
                return list(search.found())
        before = rows[-1].index
    return list(search.found()) if search else []


class _Content:
    """What a revision holds: small members by value, parts by their hash until they are wanted."""

    def __init__(self, connection: AsyncConnection[Any], croid: UUID, row: Row) -> None:
        self.row = row
        self._connection, self._croid = connection, croid
        self._small: dict[str, Any] = orjson.loads(row.body) if row.body else {}
        self._parts = dict(zip(row.members, row.sha256s, strict=True)) if row.body else {}

    def tokens(self) -> dict[str, Token]:
        """Each member with what is equal in two contents when its value is."""
        small = {name: ("value", key(value)) for name, value in self._small.items()}
        return small | {name: ("part", sha256) for name, sha256 in self._parts.items()}

    async def value(self, member: str) -> Any:
        """The value of a member; None where it has none."""
        if member in self._small:
            return self._small[member]
        if member not in self._parts:
            return None
        text = await q.accepted_edit_part_get_async(
            self._connection, croid=self._croid, sha256=self._parts[member]
        )
        return orjson.loads(text) if text else None


class _Search:
    """What is known on the way back: by whom each place was set, and which are still open."""

    def __init__(self, first: _Content, elements: Mapping[str, list[bytes]]) -> None:
        self._tokens = first.tokens()
        self._edits: dict[str, Row] = dict.fromkeys(self._tokens, first.row)
        self._element_edits: dict[str, list[Row]] = {
            member: [first.row] * len(keys) for member, keys in elements.items()
        }
        self._doubts: dict[str, Row | None] = {}
        self._element_doubts: dict[tuple[str, int], Row | None] = {}
        self._lost: Row | None = None
        self._open = dict(self._tokens)
        self._open_elements = {
            member: dict(enumerate(keys)) for member, keys in elements.items() if keys
        }

    @classmethod
    async def begin(cls, first: _Content) -> _Search:
        elements = {}
        for member in first.tokens():
            keys = _keys(await first.value(member))
            if keys is not None:
                elements[member] = keys
        return cls(first, elements)

    def pass_over(self, row: Row) -> None:
        """Go back over an edit whose content nobody can read any more."""
        self._lost = self._lost or row

    async def look_back(self, content: _Content) -> bool:
        """Go one edit back; whether anything is left to be explained."""
        tokens = content.tokens()
        kept = {
            member: token for member, token in self._open.items() if tokens.get(member) == token
        }
        self._doubts |= dict.fromkeys(self._open.keys() - kept.keys(), self._lost)
        self._open = kept
        for member in self._open:
            self._edits[member] = content.row
        for member in list(self._open_elements):
            await self._look_back_in(member, content, tokens.get(member))
        self._tokens, self._lost = tokens, None
        return bool(self._open or self._open_elements)

    async def _look_back_in(self, member: str, content: _Content, token: Token | None) -> None:
        left = self._open_elements[member]
        if token is None or token != self._tokens.get(member):
            there = Counter(_keys(await content.value(member)) or ())
            kept = {}
            for place, one in left.items():
                if there[one]:
                    there[one] -= 1
                    kept[place] = one
            for place in left.keys() - kept.keys():
                self._element_doubts[member, place] = self._lost
            left = self._open_elements[member] = kept
        for place in left:
            self._element_edits[member][place] = content.row
        if not left:
            del self._open_elements[member]

    def found(self) -> Iterator[Blamed]:
        for member in sorted(self._edits):
            pointer = point("", member)
            yield Blamed(pointer, self._edits[member], self._doubts.get(member, self._lost))
            for place, row in enumerate(self._element_edits.get(member, ())):
                doubt = self._element_doubts.get((member, place), self._lost)
                yield Blamed(point(pointer, place), row, doubt)


def _keys(value: Any) -> list[bytes] | None:
    """What tells the objects of an array apart; None for all that is no array of objects."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return None
    return [key(one) for one in value]
