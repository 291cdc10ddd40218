"""`as-of`: what was true at an index of the changelog, or at a time, which stands for one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request
from litestar.params import QueryParameter
from psycopg import AsyncConnection

from nexus_api import parameters as forms
from nexus_api.freshness import index_of
from nexus_api.problems import Refused, invalid
from nexus_hub.catalog.queries import changelog
from nexus_hub.catalog.queries.accepted_edit import (
    AcceptedEditGetAtRow,
    accepted_edit_get_at_async,
)
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.service import link

NAME = "as-of"
AsOf = Annotated[
    str | None,
    QueryParameter(
        name=NAME,
        description="Answer as at this index of the changelog, or at this time (RFC 3339).",
        required=False,
        max_length=40,
        schema_extra=forms.MOMENT,
    ),
]
_EXPECTED = "an index of the changelog or a time such as 2026-01-02T03:04:05Z, not in the future"
# A plus sign that was not encoded arrives as a space.
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+ -])(\d\d:\d\d))", re.ASCII
)


async def read_index(request: Request[Any, Any, Any], db: AsyncConnection[Any], text: str) -> int:
    """The index that `as-of` stands for: the one given, or the newest at the time given.

    0 where nothing was accepted by then. Raises `Refused` for what is neither or lies in the
    future.
    """
    if text.isascii() and text.isdigit() and len(text) <= 18:
        index = int(text)
        # The noted index may be a second old; who has just heard of a newer one is right as well.
        if index > index_of(request) and index > (await changelog.changelog_head_async(db) or 0):
            raise _refusal(text)
        return index
    at = read_time(text)
    if at is None or at > datetime.now(UTC):
        raise _refusal(text)
    return await changelog.changelog_find_async(db, at=at)


def read_time(text: str) -> datetime | None:
    """A moment as RFC 3339 writes it; None for anything else.

    >>> read_time("2026-01-02t03:04:05.5+01:00").isoformat()
    '2026-01-02T03:04:05.500000+01:00'
    >>> read_time("2026-01-02T03:04:05 01:00") == read_time("2026-01-02T02:04:05Z")
    True
    >>> read_time("2026-02-30T03:04:05Z"), read_time("2026-01-02T03:04:05"), read_time("2026")
    (None, None, None)
    """
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    date, clock, fraction, _, sign, offset = found.groups()
    zone = f"{sign.replace(' ', '+')}{offset}" if offset else "+00:00"
    try:
        return datetime.fromisoformat(f"{date}T{clock}.{(fraction or '0')[:6].ljust(6, '0')}{zone}")
    except ValueError:
        return None


async def state_at(db: AsyncConnection[Any], croid: UUID, index: int) -> AcceptedEditGetAtRow:
    """The last that had happened to an object by an index. Raises `NoSuchObject`: nothing had."""
    row = await accepted_edit_get_at_async(db, croid=croid, as_of_index=index)
    if row is None:
        raise not_yet(f"object {encode(croid)}", index)
    return row


def not_yet(name: str, index: int) -> NoSuchObject:
    """The refusal of what was not there yet."""
    return NoSuchObject(f"{name} was not there at index {index}")


def survivor_then(survivor: UUID, text: str) -> str:
    """The path to the survivor of a merger as of the same time."""
    return f"{link(survivor)}?{NAME}={quote(text, safe=':')}"


def _refusal(text: str) -> Refused:
    return invalid(NAME, text[:40], _EXPECTED)
