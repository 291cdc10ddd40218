"""How a deposit stands: what became of each record, and what is wrong with which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
import orjson
from psycopg import AsyncConnection

from nexus_api.paging import Page, Pager, Parameters
from nexus_hub.croid.codec import encode
from nexus_hub.nauvis.errors import NoSuchDeposit
from nexus_hub.nauvis.formats import CSL_TYPE, DATACITE_TYPE
from nexus_hub.nauvis.queries import deposit as deposits
from nexus_hub.nauvis.queries import deposit_record as records

RESULTS = ("created", "updated", "unchanged", "warning", "rejected")
MEDIA_TYPES: Mapping[str, str] = {
    "deposit": "application/json",
    "deposit-lines": "application/x-ndjson",
    "csl": CSL_TYPE,
    "datacite": DATACITE_TYPE,
    "dois": "application/vnd.api+json",
}
"""How the bytes of a deposit are laid out, as a media type."""


Record = records.DepositRecordListRow | records.DepositRecordListByResultRow


@dataclass(frozen=True, slots=True)
class Status:
    """A deposit as its status resource tells of it, and the cursor to its further records."""

    deposit_id: UUID
    content: bytes
    is_settled: bool
    index: int | None
    cursor: str | None


async def find(connection: AsyncConnection[Any], deposit_id: UUID | None) -> deposits.DepositGetRow:
    """The deposit of this id. Raises `NoSuchDeposit`."""
    if deposit_id is not None:
        row = await deposits.deposit_get_async(connection, deposit_id=deposit_id)
        if row is not None:
            return row
    raise NoSuchDeposit("no deposit has this id")


async def read(
    connection: AsyncConnection[Any],
    deposit_id: UUID | None,
    page: Page,
    pager: Pager,
    parameters: Parameters,
) -> Status:
    """How a deposit stands, with one page of its records. Raises `NoSuchDeposit`."""
    row = await find(connection, deposit_id)
    counted = await records.deposit_record_count_by_result_async(
        connection, deposit_id=row.deposit_id
    )
    listed = await records.deposit_record_list_async(
        connection,
        deposit_id=row.deposit_id,
        after_n=page.after[0] if page.after else 0,
        limit_count=page.probe,
    )
    shown, cursor = pager.cut(listed, page, parameters, "n")
    index = await deposits.deposit_index_async(connection, deposit_id=row.deposit_id)
    is_settled = row.settled_at is not None
    stalled = {} if is_settled else await _stalled(connection, row.deposit_id)
    told = {
        "id": row.deposit_id,
        "state": state(row, is_stalled=bool(stalled)),
        "test": row.is_test,
        "atomic": row.is_atomic,
        "media": MEDIA_TYPES[row.media],
        "size-bytes": row.size_bytes,
        "received-at": row.received_at,
        "settled-at": row.settled_at,
        "index": index,
        "counts": {"records": row.record_count, "settled": row.settled_count}
        | dict.fromkeys(RESULTS, 0)
        | {one.result: one.record_count for one in counted},
        "records": [record(one, is_test=row.is_test, stalled=stalled.get(one.n)) for one in shown],
        "next-cursor": cursor,
    }
    content = msgspec.json.encode(told)
    return Status(row.deposit_id, content, is_settled, index, cursor)


async def _stalled(connection: AsyncConnection[Any], deposit_id: UUID) -> dict[int, str]:
    """The records that could not be processed and wait for an operator, and why."""
    rows = await records.deposit_record_list_stalled_async(connection, deposit_id=deposit_id)
    return {row.n: row.reason for row in rows}


def state(row: deposits.DepositGetRow, *, is_stalled: bool) -> str:
    """How far a deposit has come, by how many of its records have their verdict.

    `failed` lasts until an operator sends again what could not be processed.
    """
    if is_stalled:
        return "failed"
    if row.settled_count < row.record_count:
        return "processing" if row.settled_count else "received"
    return "completed-with-errors" if row.rejected_count else "completed"


def record(row: Record, *, is_test: bool, stalled: str | None = None) -> dict[str, Any]:
    """One record with its verdict; that of a test shows the JSON Patch it would make."""
    told = {
        "n": row.n,
        "doi": row.doi,
        "state": row.state,
        "croid": encode(row.croid) if row.croid else None,
        "result": row.result,
        "revision": row.revision_id,
        "index": row.index,
        "problems": problems(row.problems, row.change_problems),
    }
    if stalled is not None:
        detail = f"could not be processed: {stalled}; it is kept, and waits for an operator"
        told["problems"].append(
            {"code": "stalled", "pointer": "", "detail": detail, "severity": "error"}
        )
    if is_test:
        told["patch"] = orjson.loads(row.patch) if row.patch else []
    return told


def problems(*columns: str | None) -> list[dict[str, Any]]:
    """All problems of a record, those found when it came in first, each once.

    >>> problems(None, '[{"code": "a"}]', '[{"code": "a"}, {"code": "b"}]')
    [{'code': 'a'}, {'code': 'b'}]
    """
    found: list[dict[str, Any]] = []
    for column in columns:
        for problem in orjson.loads(column) if column else ():
            if problem not in found:
                found.append(problem)
    return found
