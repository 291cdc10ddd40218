"""What becomes of a correction: the owner accepts or rejects it, who proposed it takes it back.

An accepted correction is a deposit of the owner: the last one with the patch applied. So it is the
owner's word from then on, and no later merge undoes it. Where nobody owns the prefix, it is an edit
of the catalogue by an admin, which stays on top of whatever the sources say later.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, post
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.aquilo.works import json_tags
from nexus_api.auth import agent_of, keyed
from nexus_api.catalog import edit_bodies, proposing
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_api.nauvis import correction_examples as examples
from nexus_api.nauvis import corrections
from nexus_api.nauvis.patches import Patched, take
from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import Gone
from nexus_hub.aquilo.queries.work import work_get_async
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nauvis import carrying, patching
from nexus_hub.nauvis.errors import NothingDeposited
from nexus_hub.nauvis.queries import correction as q
from nexus_hub.nauvis.queries.deposit import deposit_hold_async
from nexus_hub.nauvis.queries.models import CorrectionState
from nexus_hub.vulcanus.merge import Base

AnyRequest = Request[Any, Any, Any]


class Decision(msgspec.Struct, forbid_unknown_fields=True):
    """What the owner says of a decision."""

    comment: Annotated[str, msgspec.Meta(max_length=10_000)] | None = None


class Decider(NamedTuple):
    """Whose key decides."""

    editor_id: UUID
    token_id: UUID | None


class Done(NamedTuple):
    """What an accepted correction has become."""

    deposit_id: UUID | None = None
    editgroup_id: UUID | None = None


def _described() -> Any:
    return described(
        {JSON: examples.CORRECTION},
        headers=("Cache-Control",),
        nullable=examples.NULLABLE,
        body=examples.DECISION,
        takes=Decision,
        may_lack=True,
        others={
            403: "`not-your-prefix`: a depositor of the member that owns the prefix decides, or, "
            "where nobody does, an admin's key with the scope `accept`.",
            404: "`no-such-correction`",
            409: "`correction-decided` or `not-settled`; nothing was done.",
        },
    )


@post(
    "/corrections/{correction:str}/accept",
    operation_id="correction_accept",
    tags=["corrections"],
    status_code=200,
    **keyed(),
    operation_class=_described(),
)
async def correction_accept(
    correction: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Deposit the work with the correction applied, in the name of its owner.

    `deposit` leads to the verdict. Where nobody owns the prefix, an admin's key makes an edit of
    the catalogue of it, which `editgroup` leads to. Where the patch fits no longer, the state is
    `superseded`.
    """
    asked = read_body(await read_json(request, may_lack=True), Decision)
    number = corrections.number_of(correction)
    await accept(db, _decider(request), number, asked.comment)
    return corrections.answer(await corrections.read(db, number))


@post(
    "/corrections/{correction:str}/reject",
    operation_id="correction_reject",
    tags=["corrections"],
    status_code=200,
    **keyed(),
    operation_class=_described(),
)
async def correction_reject(
    correction: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Decline a correction; it stays to be seen, with what was said of it."""
    asked = read_body(await read_json(request, may_lack=True), Decision)
    number = corrections.number_of(correction)
    await reject(db, _decider(request), number, asked.comment)
    return corrections.answer(await corrections.read(db, number))


@post(
    "/corrections/{correction:str}/withdraw",
    operation_id="correction_withdraw",
    tags=["corrections"],
    status_code=200,
    **keyed(),
    operation_class=described(
        {JSON: examples.CORRECTION},
        headers=("Cache-Control",),
        nullable=examples.NULLABLE,
        others={
            403: "`not-your-correction`: somebody else proposed it.",
            404: "`no-such-correction`",
            409: "`correction-decided`: nothing was done.",
        },
    ),
)
async def correction_withdraw(
    correction: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Take back what one proposed with a key, while it is open."""
    number = corrections.number_of(correction)
    await q.correction_withdraw_async(
        db, correction_id=number, with_token_id=agent_of(request).token_id
    )
    return corrections.answer(await corrections.read(db, number))


async def accept(
    db: AsyncConnection[Any], decider: Decider, number: UUID, comment: str | None
) -> None:
    """Do what a correction asks for, or note that it fits no longer."""
    row = await q.correction_hold_async(db, correction_id=number, with_token_id=decider.token_id)
    assert row is not None  # noqa: S101
    done, reason = Done(), None
    try:
        done = await (_deposit if row.is_owned else _edit)(db, decider.editor_id, row, comment)
    except patching.PatchError as refused:
        reason = f"operation {refused.pointer}: {refused.error.detail}"
    except (NoSuchObject, NothingDeposited) as error:
        reason = error.detail
    except Refused as refused:
        if not isinstance(refused.error, Gone):
            raise
        reason = refused.error.detail
    await q.correction_decide_async(
        db,
        correction_id=number,
        with_token_id=decider.token_id,
        state=CorrectionState.SUPERSEDED if reason else CorrectionState.ACCEPTED,
        comment=f"it fits no longer: {reason}" if reason else comment,
        deposit_id=done.deposit_id,
        editgroup_id=done.editgroup_id,
    )


async def reject(
    db: AsyncConnection[Any], decider: Decider, number: UUID, comment: str | None
) -> None:
    """Decline a correction."""
    await q.correction_decide_async(
        db,
        correction_id=number,
        with_token_id=decider.token_id,
        state=CorrectionState.REJECTED,
        comment=comment,
        deposit_id=None,
        editgroup_id=None,
    )


def _decider(request: AnyRequest) -> Decider:
    agent = agent_of(request)
    if "accept" not in agent.scopes:
        agent.require("deposit")
    return Decider(agent.editor_id, agent.token_id)


async def _deposit(
    db: AsyncConnection[Any], editor_id: UUID, row: q.CorrectionHoldRow, comment: str | None
) -> Done:
    """The deposit of the owner that does what a correction asks for."""
    document = orjson.loads(row.patch)
    await deposit_hold_async(db, editor_id=editor_id, doi=row.doi, croid=row.croid)
    base = await _base(db, row)
    await asyncio.to_thread(corrections.check_proposal, base.body, document, row.doi)
    raw = orjson.dumps(document)
    said = _said(row, comment)
    patched = Patched(row.doi, document, patching.JSON_PATCH, raw, comment=said)
    return Done(deposit_id=await take(db, patched, base, editor_id=editor_id))


async def _edit(
    db: AsyncConnection[Any], editor_id: UUID, row: q.CorrectionHoldRow, comment: str | None
) -> Done:
    """The edit of the work as it is now that does what a correction of its deposit asks for."""
    work = await work_get_async(db, doi=row.doi, with_body=True)
    if work is None or work.croid != row.croid or work.body is None:
        raise NoSuchObject(f"doi:{row.doi} names another work now, or none")
    base = await _base(db, row)
    document = orjson.loads(row.patch)
    patched = await asyncio.to_thread(
        carrying.carry, base.body, orjson.loads(work.body), document, row.doi
    )
    draft = {"action": "update", "kind": "release", "croid": encode(row.croid), "record": patched}
    if work.revision_id is not None:
        draft["expect"] = str(work.revision_id)
    edits, _ = await proposing.read(db, [edit_bodies.read_draft(draft)])
    applied, _ = await proposing.apply(db, editor_id, edits, (_said(row, comment), None), None, "")
    return Done(editgroup_id=applied.editgroup_id)


def _said(row: q.CorrectionHoldRow, comment: str | None) -> str:
    return f"correction {row.correction_id}" + (f": {comment}" if comment else "")


async def _base(db: AsyncConnection[Any], row: q.CorrectionHoldRow) -> Base:
    work, base, _ = await json_tags(db, row.doi)
    if work.croid != row.croid or work.redirect_to is not None:
        raise NoSuchObject(f"doi:{row.doi} names another work now")
    if base is None:
        raise NothingDeposited(f"doi:{row.doi}")
    return base
