"""What was accepted, in order, with its edits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.database import Database
from nexus_api.problems import invalid
from nexus_api.v0 import telling
from nexus_api.v0.asking import AnyRequest, limit, whole
from nexus_hub.catalog.queries import edit as edits
from nexus_hub.catalog.queries import review as q
from nexus_hub.croid.errors import NoSuchObject

LARGEST_INDEX = 2**63 - 1


@get("/v0/changelog", include_in_schema=False)
async def changelog_list(request: AnyRequest, db: Database) -> Response[bytes]:
    """The newest entries first; those after the index `since` in their order."""
    rows = await q.review_changelog_list_async(
        db,
        before=whole(request, "before", LARGEST_INDEX),
        since=whole(request, "since", LARGEST_INDEX, least=0),
        index=None,
        limit_count=limit(request),
    )
    return telling.reply(await _entries(db, rows))


@get("/v0/changelog/{index:str}", include_in_schema=False)
async def changelog_get(index: FromPath[str], db: Database) -> Response[bytes]:
    """One entry."""
    if not (index.isascii() and index.isdecimal() and len(index) < 19):
        raise invalid("index", index[:100], "a whole number")
    rows = await q.review_changelog_list_async(
        db, before=None, since=None, index=int(index), limit_count=1
    )
    if not rows:
        raise NoSuchObject(f"the changelog has no entry {index}")
    return telling.reply((await _entries(db, rows))[0])


async def _entries(
    db: AsyncConnection[Any], rows: Sequence[q.ReviewChangelogListRow]
) -> list[telling.Record]:
    made = await edits.edit_list_by_editgroup_async(
        db, editgroup_ids=[row.editgroup_id for row in rows]
    )
    by_group = telling.grouped(made)
    return [
        telling.entry(
            row, row.accepted_at, telling.editgroup(row, by_group.get(row.editgroup_id, []))
        )
        for row in rows
    ]


route_handlers = [changelog_list, changelog_get]
