"""What others propose to change in a member's works: seen with its evidence, and decided."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from psycopg import AsyncConnection

from nexus_api.aquilo.works import json_tags
from nexus_api.database import Database
from nexus_api.nauvis import correction_steps, corrections
from nexus_api.nauvis.membership import ROLES
from nexus_api.pages import words
from nexus_api.pages.page import PRIVATE, page
from nexus_api.pages.session import Visiting, Visitor, read_form
from nexus_api.paging import Paging
from nexus_api.problems import Refused
from nexus_hub.catalog.difference import Change
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nauvis import patching, wording
from nexus_hub.nauvis.errors import CorrectionRefused, NoSuchCorrection
from nexus_hub.nauvis.queries import correction as q
from nexus_hub.nauvis.queries.models import CorrectionState, MemberRole

AnyRequest = Request[Any, Any, Any]
ON_A_PAGE = 25
_NEWEST = UUID(int=2**128 - 1)


@get("/self/corrections", include_in_schema=False)
async def correction_page(
    request: AnyRequest, db: Database, pager: Paging, visitor: Visiting
) -> Response[bytes]:
    """What was proposed for the member's works: what waits for a decision, unless asked else."""
    given = request.query_params
    state = given.get("state", "open")
    state = state if state in (*CorrectionState, "any") else "open"
    parameters = [("", "/self/corrections"), ("state", state)]
    where = [("rows", str(ON_A_PAGE)), ("cursor", given.get("cursor") or "*")]
    sought = pager.page([*parameters, *where])
    found = await q.correction_list_async(
        db,
        before_correction_id=UUID(sought.after[0]) if sought.after else _NEWEST,
        doi=None,
        state=None if state == "any" else CorrectionState(state),
        member_id=visitor.member.member_id,
        limit_count=sought.probe,
    )
    shown, mark = pager.cut(found, sought, parameters, "correction_id")
    return _page(
        "corrections",
        visitor,
        corrections=shown,
        state=state,
        following="?" + urlencode({"state": state, "cursor": mark}) if mark else None,
        is_first="cursor" not in given,
    )


@get("/self/corrections/{correction:str}", include_in_schema=False)
async def one_correction(
    correction: FromPath[str], db: Database, visitor: Visiting
) -> Response[bytes]:
    """One proposal: what it changes and why, and the form that decides it."""
    row = await _find(db, visitor, correction)
    patch = orjson.loads(row.patch or "[]")
    changes, misfit = list(foretold(patch)), None
    if row.state == CorrectionState.OPEN:
        try:
            changes = await _changes(db, row, patch) or changes
        except patching.PatchError as refused:
            misfit = refused.error.detail
        except (NoSuchObject, Refused):
            misfit = "there is no such work any more"
    return _page(
        "correction",
        visitor,
        correction=row,
        patch=patch,
        changes=changes,
        misfit=misfit,
        called=wording.called,
        shown=wording.shown,
        may_decide=ROLES.index(visitor.member.role) >= ROLES.index(MemberRole.DEPOSITOR),
    )


@post("/self/corrections/{correction:str}", include_in_schema=False, status_code=303)
async def decide(
    correction: FromPath[str], request: AnyRequest, db: Database, visitor: Visiting
) -> Response[Any]:
    """Accept a proposal or decline it, and show what became of it."""
    fields = await read_form(request)
    row = await _find(db, visitor, correction)
    comment = fields.get("comment", "").strip() or None
    decider = correction_steps.Decider(visitor.bot_id, visitor.token_id)
    match fields.get("decision"):
        case "accept":
            await correction_steps.accept(db, decider, row.correction_id, comment)
        case "decline":
            await correction_steps.reject(db, decider, row.correction_id, comment)
        case _:
            raise CorrectionRefused("a correction is accepted or declined; choose one of the two")
    path = f"/self/corrections/{row.correction_id}"
    return Redirect(path, status_code=303, headers=dict(PRIVATE))


def foretold(patch: list[dict[str, Any]]) -> Iterator[Change]:
    """The operations of a JSON Patch as changes, with what its tests say stands there before.

    >>> test = {"op": "test", "path": "/a", "value": 1}
    >>> [(one.before, one.after) for one in foretold([test, test | {"op": "replace", "value": 2}])]
    [(1, 2)]
    """
    tested = {one["path"]: one["value"] for one in patch if one["op"] == "test"}
    for one in wording.foreseen([one for one in patch if one["op"] != "test"]):
        yield Change(one.pointer, one.change, one.before or tested.get(one.pointer), one.after)


async def has_open(db: AsyncConnection[Any], visitor: Visitor) -> bool:
    """Whether a proposal waits for the member's decision."""
    return bool(
        await q.correction_list_async(
            db,
            before_correction_id=_NEWEST,
            doi=None,
            state=CorrectionState.OPEN,
            member_id=visitor.member.member_id,
            limit_count=1,
        )
    )


async def _find(db: AsyncConnection[Any], visitor: Visitor, correction: str) -> q.CorrectionListRow:
    """The correction of this id, if it is for a work of the visitor's member."""
    number = corrections.number_of(correction)
    if number.int < _NEWEST.int:
        rows = await q.correction_list_async(
            db,
            before_correction_id=UUID(int=number.int + 1),
            doi=None,
            state=None,
            member_id=visitor.member.member_id,
            limit_count=1,
        )
        if rows and rows[0].correction_id == number:
            return rows[0]
    raise NoSuchCorrection("no correction of this id is for a work under your prefixes")


async def _changes(db: AsyncConnection[Any], row: q.CorrectionListRow, patch: Any) -> list[Change]:
    """What it would change in what was deposited last. Raises `PatchError`, `NoSuchObject`."""
    work, base, _ = await json_tags(db, row.doi)
    if work.croid != row.croid or base is None:
        raise NoSuchObject(row.doi)
    patched = await asyncio.to_thread(
        patching.apply, base.body, patch, patching.JSON_PATCH, row.doi
    )
    before, after = orjson.dumps(base.body).decode(), orjson.dumps(patched).decode()
    return await asyncio.to_thread(wording.changes, before, after)


def _page(template: str, visitor: Visitor, **values: Any) -> Response[bytes]:
    known = {"visitor": visitor, "correction_words": words.CORRECTIONS}
    return page(f"self/{template}.html", known | values, headers=PRIVATE)
