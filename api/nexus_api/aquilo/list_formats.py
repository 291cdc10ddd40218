"""A page of works in the format that is wanted: the envelope, or the works alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from litestar import Request, Response

from nexus_api.listing import page_answer
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.formats import Format

AnyRequest = Request[Any, Any, Any]


async def answer(
    request: AnyRequest,
    form: Format,
    items: Sequence[bytes],
    about: crossref_view.WorkList,
    *,
    cursor: str | None,
    etag: str | None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """A page of works, each JSON in bytes; a format without an envelope says the rest in `Link`."""
    if form.write_list is None:
        content = crossref_view.envelope("work-list", crossref_view.work_list(items, about))
    elif form.is_slow:
        content = await asyncio.to_thread(form.write_list, items)
    else:
        content = form.write_list(items)
    told = {"Vary": "Accept", **(headers or {})}
    return page_answer(
        request, content, media_type=form.content_type, cursor=cursor, etag=etag, headers=told
    )
