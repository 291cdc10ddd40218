"""Changes of a DOI as DataCite's clients ask for them: kept as they came, done one after another.

What a request leaves unsaid stays as it is. So whoever changes a DOI waits for those who do so
already, reads what they left, and says the whole of it again: no change is lost to another.
"""

from __future__ import annotations

import asyncio
import time
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
import psycopg
from litestar import Request, Response
from psycopg import AsyncConnection

from nexus_api import jsonapi
from nexus_api.auth import agent_of
from nexus_api.conditional import check_match
from nexus_api.database import WAIT_S, Pool
from nexus_api.idempotency import read_key
from nexus_api.nauvis import doi_records, taking
from nexus_api.problems import Fault, Refused
from nexus_hub.catalog.errors import PreconditionFailed
from nexus_hub.nauvis.errors import (
    BadDoiDocument,
    DoiRefused,
    DoiTaken,
    KeyReused,
    NoSuchDoi,
    NotSettled,
)
from nexus_hub.nauvis.queries import deposit as q
from nexus_hub.nauvis.queries import deposit_record as records
from nexus_hub.nauvis.queries import handle as handles
from nexus_hub.nauvis.service import read_made

AnyRequest = Request[Any, Any, Any]
Attributes = dict[str, Any]
WAITS_S = 15
PAUSE_S = 0.1
_PASSING = frozenset({DoiTaken.sqlstate, NotSettled.sqlstate})


async def write(
    request: AnyRequest,
    doi: str | None,
    attributes: Attributes,
    *,
    is_new: bool = False,
    is_known: bool = False,
) -> Response[bytes]:
    """Deposit what is asked for, wait for the verdict, and tell what the DOI is then.

    Where there is no verdict in time it is told with 202 that there is none, and where it will be.

    `is_new` is refused for a DOI that there is, `is_known` for one that there is not.
    """
    pool: Pool = request.app.state.pool
    until = time.monotonic() + WAITS_S
    while True:
        try:
            async with pool.connection(WAIT_S) as db:
                deposit_id = await _deposit(request, db, doi, attributes, is_new, is_known)
            break
        except psycopg.Error as error:
            if error.sqlstate not in _PASSING or time.monotonic() > until:
                raise
        await asyncio.sleep(PAUSE_S)
    status = await taking.wait(pool, deposit_id, max(0.0, until - time.monotonic()))
    if status.settled_at is None:
        return _waiting(deposit_id)
    async with pool.connection(WAIT_S) as db:
        [row] = await records.deposit_record_list_async(
            db, deposit_id=deposit_id, after_n=0, limit_count=1
        )
        if row.result == "rejected":
            texts = [text for text in (row.problems, row.change_problems) if text]
            found = [problem for text in texts for problem in orjson.loads(text)]
            raise _refusal([(p["code"], p["pointer"], p["detail"]) for p in found])
        assert row.doi is not None  # noqa: S101
        content = await doi_records.told(db, row.doi, row.state)
    place = {"Location": f"/dois/{row.doi}"} if is_new else {}
    told = {"X-Nexus-Deposit": str(deposit_id), "ETag": doi_records.tag(content)}
    return jsonapi.answer(content, 201 if is_new else 200, place | told)


def _waiting(deposit_id: UUID) -> Response[bytes]:
    """What is told while there is no verdict: where it will be (JSON:API, asynchronous work)."""
    place = f"/deposits/{deposit_id}"
    data = {
        "id": str(deposit_id),
        "type": "deposits",
        "attributes": {"state": "received"},
        "links": {"self": place},
    }
    told = {"Location": place, "Retry-After": "1", "X-Nexus-Deposit": str(deposit_id)}
    return jsonapi.answer({"data": data}, 202, told)


async def check(
    request: AnyRequest, db: AsyncConnection[Any], doi: str
) -> handles.HandleFindRow | None:
    """What a DOI is, held until commit and as `If-Match` says, where that was sent.

    Raises `PreconditionFailed`.
    """
    await handles.handle_hold_async(db, dois=[doi])
    row = await handles.handle_find_async(db, doi=doi)
    if "if-match" in request.headers:
        if row is None or row.state is None:
            raise PreconditionFailed(f"there is no doi:{doi}")
        content = await doi_records.told(db, doi, row.state)
        check_match(request, doi_records.tag(content))
    return row


async def _deposit(
    request: AnyRequest,
    db: AsyncConnection[Any],
    doi: str | None,
    attributes: Attributes,
    is_new: bool,
    is_known: bool,
) -> UUID:
    """The deposit that does what is asked for, made now or found under its key."""
    raw, editor_id = await request.body(), agent_of(request).editor_id
    key = read_key(request.headers.get("idempotency-key"))
    again = await _find_again(db, editor_id, key, doi, raw)
    if again is not None:
        return again
    before, known = None, {}
    if doi is not None:
        row = await check(request, db, doi)
        before = row.state if row else None
        if before is None and is_known:
            raise NoSuchDoi(doi)
        if row is not None:
            await q.deposit_hold_async(db, editor_id=editor_id, doi=doi, croid=row.croid)
        known = await doi_records.attributes_of(db, doi) if before and not is_new else {}
    told = _record(doi, attributes, known, None if is_new else before)
    if is_new and doi is not None:
        told["expect"] = "new"
    document = orjson.dumps({"records": [told]})
    prepared = await asyncio.to_thread(read_made, raw, document, editor_id=editor_id, key=key)
    return await taking.keep(db, prepared)


async def _find_again(
    db: AsyncConnection[Any], editor_id: UUID, key: str | None, doi: str | None, raw: bytes
) -> UUID | None:
    """The deposit that this very request made before. Raises `KeyReused` where it was another."""
    if key is None:
        return None
    row = await q.deposit_find_by_key_async(db, editor_id=editor_id, idempotency_key=key)
    if row is None:
        return None
    [first, *_] = await records.deposit_record_list_async(
        db, deposit_id=row.deposit_id, after_n=0, limit_count=1
    )
    if row.sha256 != sha256(raw).digest() or doi not in (None, first.doi):
        raise KeyReused(f"{key} was used for deposit {row.deposit_id}")
    return row.deposit_id


def _record(
    doi: str | None, attributes: Attributes, known: Attributes, before: str | None
) -> dict[str, Any]:
    """The record that is deposited. Raises `DoiRefused` where it could not be."""
    state = doi_records.wanted(attributes, before)
    prefix = attributes.get("prefix")
    if prefix is not None and not isinstance(prefix, str):
        raise BadDoiDocument("/data/attributes/prefix is no text")
    if before is not None and not doi_records.says_metadata(attributes):
        return {"doi": doi, "state": state}
    told, problems = doi_records.record(doi, known | attributes, state, prefix)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors and state != "draft":
        raise _refusal([(p.code, p.pointer, p.detail) for p in errors])
    return told


def _refusal(problems: list[tuple[str, str, str]]) -> Refused:
    faults = [
        Fault(code, detail, pointer=f"/data/attributes{pointer.removeprefix('/metadata')}")
        for code, pointer, detail in dict.fromkeys(problems)
    ]
    return Refused(DoiRefused("; ".join(fault.message for fault in faults)), faults)
