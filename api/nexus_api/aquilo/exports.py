"""All works that are selected, in one answer: as lines of JSON, as CSV or as Parquet.

There is a bound, and no answer that was cut at it: what selects more is refused with how many it
selects. Lines are sent while they are read, a thousand works at a time, so that a work that changes
meanwhile is told as it was when its turn came. An answer that breaks off was not all of it; one
that ends has as many works as its head says, unless some came or went meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from litestar import Request, Response
from litestar.response import Stream

from nexus_api.paging import Page
from nexus_api.problems import Refused, invalid
from nexus_hub.aquilo.errors import QueryTooDear
from nexus_hub.aquilo.formats import LISTS, Format

AnyRequest = Request[Any, Any, Any]
Read = Callable[[Page], Awaitable[tuple[Sequence[bytes], list[Any] | None, int]]]
"""Reads a page: its works as JSON, where the next one begins, and how many works there are."""

EXPORT = "export"
MOST_EXPORTED = 10_000
AT_ONCE = 1_000
TOTAL = "X-Nexus-Total"
DESCRIPTION = (
    f"`true`: all works that are selected in one answer, at most {MOST_EXPORTED:,}; with "
    f"`format=ndjson`, `csv` or `parquet`. More are refused: `{TOTAL}` tells how many there are."
)
_BESIDE = frozenset({"rows", "offset", "cursor", "facet", "sample"})


def is_wanted(request: AnyRequest, form: Format) -> bool:
    """Whether all is asked for at once. Raises `Refused` for what cannot stand beside that."""
    told = request.query_params.get(EXPORT)
    if told in (None, "false"):
        return False
    if told != "true":
        raise invalid(EXPORT, told, "true or false")
    if form.write_list is None:
        names = ", ".join(one.name for one in LISTS if one.write_list)
        raise invalid(EXPORT, told, f"a format of lines or tables: {names}")
    for name in _BESIDE:
        if name in request.query_params:
            raise invalid(name, request.query_params[name], "nothing beside export")
    return True


async def answer(form: Format, read: Read, headers: dict[str, str]) -> Response[Any] | Stream:
    """Everything there is, or the refusal of too much. Raises `Refused`."""
    items, key, total = await read(Page(AT_ONCE))
    if total > MOST_EXPORTED:
        detail = f"{total:,} works are selected, and one answer has at most {MOST_EXPORTED:,}"
        raise Refused(QueryTooDear(detail), headers={TOTAL: str(total)})
    name = f"works.{form.extension}"
    told = {**headers, TOTAL: str(total), "Content-Disposition": f'attachment; filename="{name}"'}
    if form.is_slow or form.name == "parquet":
        every = [one async for some in _pages(items, key, read) for one in some]
        assert form.write_list is not None  # noqa: S101
        content = await asyncio.to_thread(form.write_list, every)
        return Response(content, media_type=form.content_type, headers=told)
    parts = _written(form, _pages(items, key, read))
    return Stream(parts, media_type=form.content_type, headers=told)


async def _pages(
    items: Sequence[bytes], key: list[Any] | None, read: Read
) -> AsyncIterator[Sequence[bytes]]:
    given = 0
    while items:
        yield items
        given += len(items)
        if key is None or len(items) < AT_ONCE or given >= MOST_EXPORTED:
            return
        items, key, _ = await read(Page(AT_ONCE, after=key, has_cursor=True))


async def _written(form: Format, pages: AsyncIterator[Sequence[bytes]]) -> AsyncIterator[bytes]:
    assert form.write_list is not None  # noqa: S101
    is_first = True
    async for items in pages:
        content = form.write_list(items)
        if form.name == "csv" and not is_first:
            # The names of the columns stand above the first page alone.
            content = content.partition(b"\r\n")[2]
        is_first = False
        yield content
    if is_first:
        yield form.write_list([])
