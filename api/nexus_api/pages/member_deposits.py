"""A member's start page, its deposits, one of them with its records, what one record changed."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.database import Database
from nexus_api.ids import read_id
from nexus_api.nauvis import deposit_lists, status
from nexus_api.pages import words
from nexus_api.pages.member_corrections import has_open
from nexus_api.pages.page import PRIVATE, page
from nexus_api.pages.session import Visiting, Visitor
from nexus_api.paging import Page, Paging
from nexus_api.problems import Refused
from nexus_hub.aquilo.queries.work_then import work_then_change_list_async
from nexus_hub.catalog.difference import Change, compare
from nexus_hub.catalog.queries.redaction import redaction_list_async
from nexus_hub.catalog.queries.revision import revision_body_list_async
from nexus_hub.croid.queries.identifier import identifier_find_async
from nexus_hub.nauvis.errors import NoSuchDeposit
from nexus_hub.nauvis.queries import deposit_record as records
from nexus_hub.nauvis.queries.deposit_list import deposit_list_has_async
from nexus_hub.nauvis.queries.member import member_prefix_list_async

AnyRequest = Request[Any, Any, Any]
ON_A_PAGE = 25
MOST_CHANGES = 200
MOST_PREFIXES = 200
_OF_FORM = ("doi", "result", "state", "from", "until", "test")


@get("/self", include_in_schema=False)
async def overview(db: Database, visitor: Visiting) -> Response[bytes]:
    """The member, its prefixes, and its newest deposits."""
    prefixes = await member_prefix_list_async(
        db,
        member_id=visitor.member.member_id,
        after_prefix="",
        after_day=date.min,
        limit_count=MOST_PREFIXES,
    )
    newest = await deposit_lists.find(db, visitor.bot_id, deposit_lists.Sought(), Page(5))
    waits = await has_open(db, visitor)
    return _page("overview", visitor, prefixes=prefixes, deposits=newest[:5], has_corrections=waits)


@get("/self/deposits", include_in_schema=False)
async def deposits(
    request: AnyRequest, db: Database, pager: Paging, visitor: Visiting
) -> Response[bytes]:
    """The deposits of the member, searched."""
    given = dict(request.query_params.multi_items())
    asked = {name: given.get(name, "") for name in _OF_FORM}
    error, found, following = None, [], None
    try:
        sought = deposit_lists.read_sought(asked)
        parameters = [("", "/self/deposits"), *((k, v) for k, v in asked.items() if v)]
        where = [("rows", str(ON_A_PAGE)), ("cursor", given.get("cursor") or "*")]
        page_sought = pager.page([*parameters, *where])
        found = await deposit_lists.find(db, visitor.bot_id, sought, page_sought)
        found, mark = pager.cut(found, page_sought, parameters, "deposit_id")
        if mark:
            following = "?" + urlencode([*parameters[1:], ("cursor", mark)])
    except Refused as refused:
        error = str(refused)
    return _page(
        "deposits",
        visitor,
        deposits=found,
        following=following,
        asked=asked,
        is_searched=any(asked.values()),
        is_first="cursor" not in given,
        error=error,
        states=words.STATES,
        results=[name for name in words.RESULTS if name],
    )


@get("/self/deposits/{deposit:str}", include_in_schema=False)
async def one_deposit(
    deposit: FromPath[str], request: AnyRequest, db: Database, pager: Paging, visitor: Visiting
) -> Response[bytes]:
    """One deposit of the member, with a page of its records."""
    deposit_id = await _own(db, visitor, deposit)
    given = request.query_params
    result = given.get("result") if given.get("result") in status.RESULTS else None
    parameters = [("", f"/self/deposits/{deposit_id}"), ("result", result or "")]
    where = [("rows", str(ON_A_PAGE)), ("cursor", given.get("cursor") or "*")]
    sought = pager.page([*parameters, *where])
    found = await status.read(db, deposit_id, sought, pager, parameters)
    told = orjson.loads(found.content)
    shown, cursor = told["records"], found.cursor
    row = await status.find(db, deposit_id)
    if result:
        listed = await records.deposit_record_list_by_result_async(
            db,
            deposit_id=row.deposit_id,
            after_n=sought.after[0] if sought.after else 0,
            result=result,
            limit_count=sought.probe,
        )
        kept_rows, cursor = pager.cut(listed, sought, parameters, "n")
        shown = [status.record(one, is_test=row.is_test) for one in kept_rows]
    for record in shown:
        record["problems"] = [words.problem(one) for one in record["problems"]]
    kept = {"result": result} if result else {}
    return _page(
        "deposit",
        visitor,
        deposit=told,
        records=shown,
        result=result,
        received_at=row.received_at,
        settled_at=row.settled_at,
        following=f"?{urlencode(kept | {'cursor': cursor})}" if cursor else None,
        is_first="cursor" not in given,
    )


@get("/self/deposits/{deposit:str}/records/{n:int}", include_in_schema=False)
async def one_record(
    deposit: FromPath[str], n: FromPath[int], db: Database, visitor: Visiting
) -> Response[bytes]:
    """One record of a deposit: what is wrong with it, and what it changed."""
    deposit_id = await _own(db, visitor, deposit)
    rows = []
    if 0 < n < 2**31:
        rows = await records.deposit_record_list_async(
            db, deposit_id=deposit_id, after_n=n - 1, limit_count=1
        )
    if not rows or rows[0].n != n:
        raise NoSuchDeposit(f"the deposit has no record {n}")
    row = await status.find(db, deposit_id)
    told = status.record(rows[0], is_test=row.is_test)
    changes = await _changes(db, rows[0])
    return _page(
        "record",
        visitor,
        deposit_id=deposit_id,
        is_test=row.is_test,
        record=told | {"problems": [words.problem(one) for one in told["problems"]]},
        patch=told.get("patch") or [],
        changes=None if changes is None else [words.change(one) for one in changes[:MOST_CHANGES]],
        more=max(0, len(changes or ()) - MOST_CHANGES),
    )


async def _own(db: AsyncConnection[Any], visitor: Visitor, text: str) -> UUID:
    """The id of a deposit of the visitor's member. Raises `NoSuchDeposit`."""
    deposit_id = read_id(text)
    if deposit_id is not None and await deposit_list_has_async(
        db, editor_id=visitor.bot_id, deposit_id=deposit_id
    ):
        return deposit_id
    raise NoSuchDeposit("your member has no deposit of this id")


async def _changes(
    db: AsyncConnection[Any], row: records.DepositRecordListRow
) -> list[Change] | None:
    """What a record changed in the catalogue; None where nothing, or nothing that may be told."""
    if row.index is None or row.doi is None or row.result not in ("created", "updated", "warning"):
        return None
    found = await identifier_find_async(db, scheme="doi", values=[row.doi])
    if not found:
        return None
    croid = found[0].croid
    edits = await work_then_change_list_async(
        db, croid=croid, before_index=row.index + 1, limit_count=1
    )
    if not edits or edits[0].index != row.index or edits[0].redacted_at is not None:
        return None
    wanted = [one for one in (edits[0].revision_id, edits[0].previous_revision_id) if one]
    if await redaction_list_async(db, croid=croid, revision_ids=wanted):
        return None
    bodies = {
        one.revision_id: orjson.loads(one.body)
        for one in await revision_body_list_async(
            db, croids=[croid] * len(wanted), revision_ids=wanted
        )
        if one.body is not None
    }
    before = bodies.get(edits[0].previous_revision_id, {})
    return compare(before, bodies.get(edits[0].revision_id, {}))


def _page(template: str, visitor: Visitor, **values: Any) -> Response[bytes]:
    known = {"visitor": visitor, "state_words": words.STATES, "result_words": words.RESULTS}
    return page(f"self/{template}.html", known | values, headers=PRIVATE)
