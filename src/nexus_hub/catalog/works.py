"""A release that an editor creates without a work gets one, in the same editgroup.

Rule: The Fatcat Guide (guide.fatcat.wiki), "Entity Types": every release is of a work. What is
deposited names no work: which work it is of is found out later, by comparing releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.queries.entity import entity_make_croids_async
from nexus_hub.croid.codec import encode

MADE_FOR = "made-for"
"""What the extra of such a work's edit tells: the number of the release's edit, from 1."""


def lacking_works(edits: Sequence[Edit]) -> list[int]:
    """The numbers, from 1, of edits that create a release and name no work of it.

    >>> lacking_works([Edit("create", kind="work", body={}), Edit("create", kind="release",
    ...                body={"title": ["A"]})])
    [2]
    """
    return [
        n
        for n, edit in enumerate(edits, 1)
        if edit.action == "create"
        and edit.kind == "release"
        and isinstance(edit.body, dict)
        and "work" not in edit.body
    ]


async def make_works(connection: AsyncConnection[Any], lacking: Sequence[int]) -> dict[int, UUID]:
    """CROIDs of works for the numbered releases; nobody hears of them before they are accepted.

    What is created in an editgroup is no event until then, unlike what `croid.mint` gives out.
    """
    if not lacking:
        return {}
    croids = await entity_make_croids_async(connection, n=len(lacking))
    return dict(zip(lacking, croids, strict=True))


def add_works(edits: Sequence[Edit], works: Mapping[int, UUID]) -> list[Edit]:
    """The edits, each numbered one naming the work it is given, and edits that create those works.

    >>> edits = add_works([Edit("create", kind="release", body={"title": ["A"]})], {1: UUID(int=7)})
    >>> edits[0].body
    {'title': ['A'], 'work': {'croid': '00000000000000000000000007'}}
    >>> edits[1].kind, edits[1].croid.int, edits[1].extra
    ('work', 7, {'made-for': 1})
    """
    named = list(edits)
    for n, croid in works.items():
        body = edits[n - 1].body
        if isinstance(body, dict):
            named[n - 1] = replace(edits[n - 1], body={**body, "work": {"croid": encode(croid)}})
    made = [
        Edit("create", croid=croid, kind="work", body={}, extra={MADE_FOR: n})
        for n, croid in works.items()
    ]
    return named + made
