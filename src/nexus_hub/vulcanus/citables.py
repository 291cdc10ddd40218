"""Matches references in batches: candidates from the index of live releases, then the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from psycopg import Connection

from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus.citation import Reference, query, read
from nexus_hub.vulcanus.citation_match import Citable, Match, match
from nexus_hub.vulcanus.queries import citable as q

CANDIDATES: Final = 10
"""Of each reference the releases that share most of its keys."""
BATCH: Final = 500

Given = str | Mapping[str, Any]
"""A reference as written, or the members of one in a Crossref record."""


def match_references(connection: Connection[Any], given: Sequence[Given]) -> list[Match]:
    """What each of these references means among the live releases, in their order.

    Some 500 to 1,000 references a second. Nothing is chosen in doubt: `Match.citable` is None.
    """
    found: list[Match] = []
    for at in range(0, len(given), BATCH):
        read_ones = [read(one) for one in given[at : at + BATCH]]
        candidates = find_candidates(connection, read_ones)
        found += map(match, read_ones, candidates)
    return found


def find_candidates(
    connection: Connection[Any], references: Sequence[Reference]
) -> list[list[Citable]]:
    """The works that each of these references may mean, those that share most first."""
    found: list[list[Citable]] = [[] for _ in references]
    queries = [query(reference, n) for n, reference in enumerate(references)]
    rows = q.citable_find(
        connection,
        queries=orjson.dumps(queries).decode().replace("\\u0000", " "),
        limit_count=CANDIDATES,
    )
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
    return found
