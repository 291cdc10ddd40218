"""Matches references and titles in batches: candidates from the index of live releases, then the
decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from psycopg import AsyncConnection, Connection

from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus.citation import Reference, query, read
from nexus_hub.vulcanus.citation_match import Citable, Match, match
from nexus_hub.vulcanus.queries import citable as q

CANDIDATES: Final = 10
"""Of each reference the releases that share most of its keys."""
BATCH: Final = 500

Given = str | Mapping[str, Any]
"""A reference as written, or the members of one in a Crossref record."""
Judge = Callable[[Reference, Sequence[Citable]], Match]
"""Decides which of a few works is meant."""


def match_references(connection: Connection[Any], given: Sequence[Given]) -> list[Match]:
    """What each of these references means among the live releases, in their order.

    Some 500 to 1,000 references a second. Nothing is chosen in doubt: `Match.citable` is None.
    """
    return match_read(connection, [read(one) for one in given], match)


def match_read(
    connection: Connection[Any], references: Sequence[Reference], judge: Judge
) -> list[Match]:
    """What each of these means among the live releases by a judge's decision, in their order."""
    found: list[Match] = []
    for at in range(0, len(references), BATCH):
        batch = references[at : at + BATCH]
        found += map(judge, batch, find_candidates(connection, batch))
    return found


def find_candidates(
    connection: Connection[Any], references: Sequence[Reference]
) -> list[list[Citable]]:
    """The works that each of these references may mean, those that share most first."""
    rows = q.citable_find(connection, queries=queries_of(references), limit_count=CANDIDATES)
    return list(_sorted(rows, len(references)))


async def find_candidates_async(
    connection: AsyncConnection[Any], references: Sequence[Reference]
) -> list[list[Citable]]:
    """The works that each of these references may mean, those that share most first."""
    found: list[list[Citable]] = []
    for at in range(0, len(references), BATCH):
        batch = references[at : at + BATCH]
        rows = await q.citable_find_async(
            connection, queries=queries_of(batch), limit_count=CANDIDATES
        )
        found += _sorted(rows, len(batch))
    return found


def queries_of(references: Sequence[Reference]) -> str:
    """What to look references up by, as JSON; each is known by its place."""
    queries = [query(reference, n) for n, reference in enumerate(references)]
    return orjson.dumps(queries).decode().replace("\\u0000", " ")


def _sorted(rows: Iterable[q.CitableFindRow], count: int) -> Iterator[list[Citable]]:
    found: list[list[Citable]] = [[] for _ in range(count)]
    for row in rows:
        found[row.n].append(
            Citable(
                croid=encode(row.croid),
                doi=row.doi,
                title=row.title or "",
                surnames=tuple(row.surnames),
                container=row.container_title or "",
                year=row.issued_year,
                volume=row.volume or "",
                issue=row.issue or "",
                first_page=row.first_page or "",
                type=row.type or "",
            )
        )
    yield from found
