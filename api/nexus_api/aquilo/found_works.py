"""Works as a selection finds them: how many, a page of them, and what facets count of them.

Without words, filters or an order of its own the catalogue itself is listed, which is as new as can
be; everything else is found by the search documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.errors import QueryCanceled

from nexus_api.aquilo.totals import Totals
from nexus_api.paging import Page
from nexus_hub.aquilo import composition
from nexus_hub.aquilo.composition import WAYS, After, Statement, Way
from nexus_hub.aquilo.errors import QueryTooDear
from nexus_hub.aquilo.queries import document as documents
from nexus_hub.aquilo.queries import work as q
from nexus_hub.aquilo.selection import Selection

Connection = AsyncConnection[Any]
Row = q.WorkListRow | q.WorkListOfRow
MOST_MS = 5_000
"""How long a statement that selects works may take."""

COUNT_MS = 1_500
"""How long it may take to count them; then it is told that there are no more than all."""

DEAREST = 3_000_000.0
"""The cost, in the planner's units, above which a statement is not even tried."""

ALIKE = 0.4
"""From what similarity on a title is like a mistyped one."""

SELECTIVE = 5_000
"""Up to how many works are found first and ordered then."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of works: the rows with scores, the keyset to go on from, how many in all."""

    rows: list[tuple[Row, float | None]]
    total: int
    key: list[Any] | None = None
    facets: Mapping[str, Any] = field(default_factory=dict)
    is_exact: bool = True


def is_of_the_catalogue(selection: Selection) -> bool:
    """Whether the catalogue itself is listed, in the order of CROIDs."""
    is_ordered = selection.sort not in {None, "score", "relevance"}
    return selection.is_everything and not (selection.facets or selection.sample or is_ordered)


async def find(
    db: Connection, selection: Selection, page: Page, totals: Totals, version: str
) -> Found:
    """A page of what is selected. Raises `QueryTooDear` for what would take too long."""
    if is_of_the_catalogue(selection):
        return await _list(db, page, totals, version)
    async with _bounded(db, MOST_MS):
        way: Way = WAYS[page.after[0]] if page.after else "all"
        total, is_exact = await _total(db, selection, way, totals, version)
        if not total and page.after is None and _can_be_relaxed(selection):
            for way in WAYS[1:]:
                total, is_exact = await _total(db, selection, way, totals, version)
                if total:
                    break
        rows, key = await _page(db, selection, page, way, total)
        counted = await _facets(db, selection, way)
    return Found(rows, total, key, counted, is_exact)


@asynccontextmanager
async def _bounded(db: Connection, timeout_ms: int) -> Any:
    await documents.document_bound_async(db, timeout_ms=str(timeout_ms), alike=str(ALIKE))
    try:
        yield
    except QueryCanceled as error:
        raise QueryTooDear(f"it was given up after {timeout_ms / 1000:.1f} seconds") from error


def _can_be_relaxed(selection: Selection) -> bool:
    return bool(selection.words or {"bibliographic", "title"} & selection.fields.keys())


async def _total(
    db: Connection, selection: Selection, way: Way, totals: Totals, version: str
) -> tuple[int, bool]:
    """How many there are; where counting takes too long, no more than these."""

    async def count() -> tuple[int, bool]:
        try:
            async with db.transaction():
                await documents.document_bound_async(db, timeout_ms=str(COUNT_MS), alike=str(ALIKE))
                [(number,)] = await _run(db, composition.count(selection, way))
                return number, True
        except QueryCanceled:
            return await q.work_count_async(db) or 0, False
        finally:
            await documents.document_bound_async(db, timeout_ms=str(MOST_MS), alike=str(ALIKE))

    name = f"{way} {selection.words!r} {selection.fields} {selection.filters}"
    return await totals.get(name, version, count)


async def _page(
    db: Connection, selection: Selection, page: Page, way: Way, total: int
) -> tuple[list[tuple[Row, float | None]], list[Any] | None]:
    if selection.sample:
        statement = composition.sample(selection, total)
    elif not page.rows or not total:
        return [], None
    else:
        after = After(page.after[1], UUID(page.after[2])) if page.after else None
        statement = composition.page(
            selection,
            page.rows,
            page.offset,
            after,
            way=way,
            is_selective=total <= SELECTIVE,
        )
    await _check_cost(db, statement)
    found = await _run(db, statement)
    keys = dict(found)
    rows = await q.work_list_of_async(db, croids=list(keys))
    is_scored = selection.is_searched and selection.sort in {None, "score", "relevance"}
    told = [(row, keys[row.croid] if is_scored else None) for row in rows if row.croid in keys]
    if not found or selection.sample:
        return [*told], None
    croid, key = found[-1]
    return [*told], [WAYS.index(way), key, str(croid)]


async def _facets(db: Connection, selection: Selection, way: Way) -> dict[str, Any]:
    if not selection.facets:
        return {}
    statement = composition.facets(selection, way)
    await _check_cost(db, statement)
    values: dict[str, dict[str, int]] = {name: {} for name in selection.facets}
    for facet, value, count in await _run(db, statement):
        values[facet][value] = count
    return {name: {"value-count": len(one), "values": one} for name, one in values.items()}


async def _check_cost(db: Connection, statement: Statement) -> None:
    [(plan,)] = await _run(db, composition.explained(statement))
    cost = plan[0]["Plan"]["Total Cost"]
    if cost > DEAREST:
        raise QueryTooDear(f"its plan costs {cost:,.0f}; at most {DEAREST:,.0f} is taken on")


async def _run(db: Connection, statement: Statement) -> list[Any]:
    # Not prepared: each is planned for the values that it has.
    cursor = await db.execute(statement.text.encode(), statement.parameters, prepare=False)
    return await cursor.fetchall()


async def _list(db: Connection, page: Page, totals: Totals, version: str) -> Found:
    async def count() -> int:
        return await q.work_count_async(db) or 0

    total = await totals.get("", version, count)
    if not page.rows:
        return Found([], total)
    rows = await q.work_list_async(
        db,
        after_croid=UUID(page.after[0]) if page.after else UUID(int=0),
        limit_count=page.rows,
        offset_count=page.offset,
    )
    return Found([(row, None) for row in rows], total, [str(rows[-1].croid)] if rows else None)
