"""The words of relations as they stand in the database: types with their inverses, sources."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request
from psycopg import AsyncConnection

from nexus_api.problems import Refused, invalid
from nexus_hub.nexus.queries.relation_type import relation_type_list_async
from nexus_hub.nexus.queries.source import source_list_async

Asserter = str
"""Who asserts a relation: its `subject`, its `object`, or a strategy of this hub, `nexus`."""

ASSERTERS = ("subject", "object", "nexus")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Each type with its inverse, and each source with its bit."""

    inverses: Mapping[str, str]
    bits: Mapping[str, int]

    def types(self, parameter: str, text: str | None) -> list[str] | None:
        """The types that are listed here with commas between; None for all. Raises `Refused`."""
        if text is None:
            return None
        found = [name.strip().lower() for name in text.split(",") if name.strip()]
        for name in found:
            if name not in self.inverses:
                raise _unknown(parameter, name, self.inverses)
        return found

    def turn(self, types: list[str] | None) -> list[str] | None:
        """The same relations as their objects see them."""
        return None if types is None else [self.inverses[name] for name in types]

    def mask(self, source: str | None) -> int:
        """The bits of a source, of all where none is named. Raises `Refused`."""
        if source is None:
            return sum(self.bits.values())
        if source not in self.bits:
            raise _unknown("source", source, self.bits)
        return self.bits[source]

    def sources(self, bits: int) -> list[str]:
        """The sources of these bits."""
        return [source for source, bit in self.bits.items() if bit & bits]


def _unknown(parameter: str, name: str, known: Iterable[str]) -> Refused:
    near = difflib.get_close_matches(name, sorted(known), 1)
    guess = f"; did you mean {near[0]}?" if near else ""
    return invalid(parameter, name[:100], f"one of {', '.join(sorted(known))}{guess}")


async def vocabulary_of(request: Request[Any, Any, Any], db: AsyncConnection[Any]) -> Vocabulary:
    """The vocabulary, read once by each process: it changes with the code alone."""
    state = request.app.state
    if "relation_vocabulary" not in state:
        types = await relation_type_list_async(db)
        sources = await source_list_async(db)
        state.relation_vocabulary = Vocabulary(
            {row.relation_type: row.inverse for row in types},
            {row.source: row.bit for row in sources},
        )
    return state.relation_vocabulary
