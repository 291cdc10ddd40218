"""Whether what is stored still is what was accepted: chain, contents, and the rows by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nexus_hub.catalog.queries import changelog
from nexus_hub.catalog.queries import verification as q
from nexus_hub.croid.codec import encode

INDEXES = 1000
"""How many indexes are looked at in one step."""

OBJECTS = 500
"""How many objects are looked at in one step, and held against acceptance meanwhile."""

_LAST_CROID = UUID(int=2**128 - 1)
Check = Literal["chain", "contents", "projections"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: where, what, and whether it was mended."""

    place: str
    problem: str
    is_repaired: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far one of the checks has come, and what it found on the way since the last step."""

    check: Check
    done: int
    total: int
    faults: Sequence[Fault] = ()


def verify(connection: Connection[Any], *, repair: bool = False) -> Iterator[Step]:
    """Check everything, step by step, each in a transaction of its own.

    Needs the rights of a worker on a connection in autocommit. With `repair`, projections that
    differ from their revisions are made anew, unless contents near them are false: those and the
    chain cannot be mended from within. The walk of the chain ends where it first breaks.
    """
    yield from _chain(connection)
    yield from _objects(connection, repair=repair)


def _chain(connection: Connection[Any]) -> Iterator[Step]:
    head = changelog.changelog_head(connection) or 0
    # One step even where nothing was accepted yet: nothing must lie beyond what the clock says.
    for first in range(1, max(head, 1) + 1, INDEXES):
        last = min(first + INDEXES - 1, head)
        rows = changelog.changelog_verify_range(connection, first_index=first, last_index=last)
        if rows:
            broken = [row for row in rows if row.index == rows[0].index]
            faults = [Fault(f"index {row.index}", row.problem) for row in broken]
            yield Step("chain", last, head, faults)
            return
        yield Step("chain", last, head)


def _objects(connection: Connection[Any], *, repair: bool) -> Iterator[Step]:
    total, done = q.verification_object_count(connection), 0
    after = UUID(int=0)
    while after < _LAST_CROID:
        found = q.verification_range(connection, after_croid=after, limit_count=OBJECTS)
        until = _LAST_CROID
        if found is not None:
            done += found.object_count
            if found.object_count == OBJECTS and found.last_croid is not None:
                until = found.last_croid
        contents = q.verification_content(connection, after_croid=after, until_croid=until)
        faults = [Fault(_place(row.croid, row.revision_id), row.problem) for row in contents]
        yield Step("contents", done, total, faults)
        # Rows are not made anew from content that may be false itself.
        rows = q.verification_projections(
            connection, after_croid=after, until_croid=until, repair=repair and not contents
        )
        faults = [Fault(encode(row.croid), row.problem, row.is_repaired) for row in rows]
        yield Step("projections", done, total, faults)
        after = until


def _place(croid: UUID, revision_id: UUID | None) -> str:
    return f"{encode(croid)} revision {revision_id}" if revision_id else encode(croid)
