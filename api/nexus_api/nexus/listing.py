"""Pages of relations: of one object in the order of their types, or of all as they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response
from psycopg import AsyncConnection

from nexus_api.conditional import list_etag
from nexus_api.freshness import index_of
from nexus_api.listing import page_answer
from nexus_api.nexus.asking import FIRST_CROID, LAST_CROID, Wanted
from nexus_api.nexus.telling import View, items_of
from nexus_api.nexus.vocabulary import Vocabulary
from nexus_api.paging import Page, Pager, parameters_of
from nexus_hub.nexus.queries import relation as q

Key = list[Any]


async def views_of(
    db: AsyncConnection[Any],
    key: UUID,
    wanted: Wanted,
    words: Vocabulary,
    page: Page,
    *,
    is_object: bool = False,
    other: UUID | None = None,
) -> tuple[list[View], Key | None]:
    """A page of the relations of one object, and the place after it.

    With `is_object` they are told with it as their object, else as their subject.
    """
    asked = wanted.turned(words) if is_object else wanted
    is_inbound, name, croid = page.after or [False, "", str(FIRST_CROID)]
    rows = await q.relation_list_of_async(
        db,
        key=key,
        after_inbound=is_inbound,
        after_type=name,
        after_key=UUID(croid),
        types=asked.types,
        inverse_types=words.turn(asked.types),
        other_key=other,
        is_current=asked.is_current,
        by_this=asked.masks.this,
        by_other=asked.masks.other,
        by_nexus=asked.masks.nexus,
        from_index=asked.from_index,
        limit_count=page.rows,
    )
    views = [View(row, row.is_inbound != is_object) for row in rows]
    if not rows:
        return views, None
    last = rows[-1]
    other_key = last.subject_croid if last.is_inbound else last.object_key
    return views, [last.is_inbound, last.relation_type, str(other_key)]


async def views_since(
    db: AsyncConnection[Any], after: int, wanted: Wanted, words: Vocabulary, page: Page
) -> tuple[list[View], Key | None]:
    """A page of all relations in the order in which they last changed, and the place after it."""
    index, subject, name, croid = page.after or [after, str(LAST_CROID), "", str(LAST_CROID)]
    types = None
    if wanted.types is not None:
        types = [*wanted.types, *(words.turn(wanted.types) or [])]
    rows = await q.relation_list_async(
        db,
        after_index=index,
        after_croid=UUID(subject),
        after_type=name,
        after_key=UUID(croid),
        types=types,
        is_current=wanted.is_current,
        by_this=wanted.masks.this,
        by_other=wanted.masks.other,
        by_nexus=wanted.masks.nexus,
        limit_count=page.rows,
    )
    asked = set(wanted.types or ())
    views = [View(row, bool(asked) and row.relation_type not in asked) for row in rows]
    if not rows:
        return views, None
    last = rows[-1]
    return views, [last.index, str(last.subject_croid), last.relation_type, str(last.object_key)]


async def answer(
    request: Request[Any, Any, Any],
    db: AsyncConnection[Any],
    pager: Pager,
    views: Sequence[View],
    key: Key | None,
    words: Vocabulary,
    **more: Any,
) -> Response[bytes]:
    """A page of relations as JSON."""
    following = pager.write(key, parameters_of(request)) if key is not None else None
    content = {"items": await items_of(db, views, words), **more, "next-cursor": following}
    etag = list_etag(index_of(request), request)
    return page_answer(request, msgspec.json.encode(content), cursor=following, etag=etag)
