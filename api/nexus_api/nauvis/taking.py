"""Deposits, taken: completed with what is there, committed, and waited for."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from nexus_api.database import WAIT_S, Pool
from nexus_api.nauvis import status
from nexus_hub.nauvis.envelope import NOTHING, Asked
from nexus_hub.nauvis.errors import DoiTaken, KeyReused
from nexus_hub.nauvis.formats import MEDIA, Media
from nexus_hub.nauvis.handles import Prepared, complete_async
from nexus_hub.nauvis.queries import deposit as q
from nexus_hub.nauvis.queries import deposit_record as records
from nexus_hub.nauvis.queries.callback import callback_ask_async
from nexus_hub.nauvis.service import read

MOST_TRIES = 5
_POLL_S = (0.02, 0.5)


async def take(
    pool: Pool,
    body: bytes,
    editor_id: UUID,
    *,
    test: bool = False,
    key: str | None = None,
    media: Media = "deposit",
    asked: Asked = NOTHING,
    callback: str | None = None,
) -> UUID:
    """Take a deposit in and commit it; a DOI that somebody else was given meanwhile is coined anew.

    With `callback`, that address is told when it is settled.

    Raises what `read` raises, and what the database does.
    """
    left = MOST_TRIES
    while True:
        prepared = await asyncio.to_thread(
            read, body, editor_id=editor_id, test=test, key=key, media=media, asked=asked
        )
        try:
            async with pool.connection(WAIT_S) as connection:
                await _check_again(connection, editor_id, key, asked)
                deposit_id = await keep(connection, prepared)
                if callback is not None:
                    # Both commit or neither does.
                    await callback_ask_async(connection, deposit_id=deposit_id, url=callback)
                return deposit_id
        except psycopg.Error as error:
            left -= 1
            if error.sqlstate != DoiTaken.sqlstate or not left:
                raise


async def _check_again(
    connection: AsyncConnection[Any], editor_id: UUID, key: str | None, asked: Asked
) -> None:
    """Refuse a key under which the same bytes were sent, but something else was asked of them."""
    if key is None:
        return
    row = await q.deposit_find_by_key_async(connection, editor_id=editor_id, idempotency_key=key)
    if row is None or row.media not in MEDIA.values():
        return
    for first in await records.deposit_record_list_async(
        connection, deposit_id=row.deposit_id, after_n=0, limit_count=1
    ):
        was = first.state if first.doi is not None else asked.state
        lacked = first.doi is None and '"no-doi"' in (first.problems or "")
        if (was or "findable") != (asked.state or "findable") or (lacked and asked.is_minted):
            raise KeyReused(f"{key} was used for deposit {row.deposit_id}")


async def keep(connection: AsyncConnection[Any], prepared: Prepared) -> UUID:
    """Complete what was read and take it in; it is committed by whoever has the connection."""
    await complete_async(connection, prepared)
    deposit_id = await q.deposit_take_async(connection, **prepared.call)
    assert deposit_id is not None  # noqa: S101
    return deposit_id


async def wait(pool: Pool, deposit_id: UUID, seconds: float) -> q.DepositGetRow:
    """The deposit once it is settled, or as it is when the time is over."""
    until = time.monotonic() + seconds
    pause, longest = _POLL_S
    while True:
        async with pool.connection(WAIT_S) as connection:
            row = await status.find(connection, deposit_id)
        left = until - time.monotonic()
        if row.settled_at is not None or left <= 0:
            return row
        await asyncio.sleep(min(pause, left))
        pause = min(pause * 1.5, longest)
