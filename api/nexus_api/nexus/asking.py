"""What a reader of relations asks for: of which object, of which type, asserted by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar.params import QueryParameter
from psycopg import AsyncConnection

from nexus_api.nexus.vocabulary import Vocabulary
from nexus_api.problems import invalid
from nexus_hub.catalog.queries.ident import ident_get_async
from nexus_hub.croid.codec import LENGTH, decode
from nexus_hub.croid.errors import MalformedCroid
from nexus_hub.croid.identifiers import recognise
from nexus_hub.nexus.queries import relation as q

FIRST_CROID = UUID(int=0)
LAST_CROID = UUID(int=2**128 - 1)
_END = "a CROID or an identifier: `doi:10.5555/1`, `https://ror.org/052gg0110`."
Subject = Annotated[
    str | None, QueryParameter(description=f"Relations of this object, {_END}", max_length=2100)
]
Object = Annotated[
    str | None,
    QueryParameter(
        name="object",
        description=f"Relations to this object, {_END} One that is waited for is found as well.",
        max_length=2100,
        required=False,
    ),
]
Type = Annotated[
    str | None,
    QueryParameter(
        name="type",
        description="Only relations of these types, with commas between, in either direction.",
        max_length=500,
        required=False,
    ),
]
AssertedBy = Annotated[
    Literal["subject", "object", "nexus"] | None,
    QueryParameter(
        name="asserted-by",
        description="Only what the record of the subject or of the object says, or what this hub "
        "found itself.",
        required=False,
    ),
]
Source = Annotated[
    str | None,
    QueryParameter(
        description="Only what this member of a record says: `reference`, `relation`, `update-to`, "
        "`affiliation`, `funder`.",
        max_length=100,
    ),
]
State = Annotated[
    Literal["current", "retracted"] | None,
    QueryParameter(
        name="state",
        description="Only relations that stand, or only those nobody asserts any more.",
        required=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Masks:
    """The bits of sources that count in each column of a row."""

    this: int
    other: int
    nexus: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which relations are wanted, in the words of who is asked for."""

    types: list[str] | None = None
    masks: Masks = Masks(0, 0, 0)
    is_current: bool | None = None
    from_index: int = 0

    def turned(self, words: Vocabulary) -> Wanted:
        """The same relations in the words of the other side."""
        masks = Masks(self.masks.other, self.masks.this, self.masks.nexus)
        return replace(self, types=words.turn(self.types), masks=masks)


def wanted(
    words: Vocabulary,
    types: str | None = None,
    asserted_by: str | None = None,
    source: str | None = None,
    state: str | None = None,
    from_index: int = 0,
) -> Wanted:
    """What these parameters ask for; raises `Refused` for words that are not known."""
    bits = words.mask(source)
    masks = Masks(*(bits if asserted_by in {None, who} else 0 for who in ("subject", "object")),
                  bits if asserted_by in {None, "nexus"} else 0)  # fmt: skip
    is_current = None if state is None else state == "current"
    return Wanted(words.types("type", types), masks, is_current, from_index)


async def key_of(db: AsyncConnection[Any], parameter: str, text: str) -> UUID:
    """What rows know an object by, the survivor if it was merged, or an identifier that is waited
    for. Raises `Refused` for what is neither a CROID nor an identifier.
    """
    if len(text) == LENGTH:
        try:
            croid = decode(text)
        except MalformedCroid:
            pass
        else:
            row = await ident_get_async(db, croid=croid)
            return row.redirect_to if row is not None and row.redirect_to else croid
    found = recognise(text)
    if found is None:
        raise invalid(parameter, text[:100], "a CROID or an identifier such as doi:10.5555/1")
    return await q.relation_key_get_async(db, scheme=found[0], value=found[1])
