"""What becomes of a correction: the owner accepts or rejects it, who proposed it takes it back.

An accepted correction is a deposit of the owner: the last one with the patch applied. So it is the
owner's word from then on, and no later merge undoes it.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, post
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.aquilo.works import json_tags
from nexus_api.auth import Agent, agent_of, keyed
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_api.nauvis import correction_examples as examples
from nexus_api.nauvis import corrections
from nexus_api.nauvis.patches import Patched, take
from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import Gone
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nauvis import patching
from nexus_hub.nauvis.errors import NothingDeposited
from nexus_hub.nauvis.queries import correction as q
from nexus_hub.nauvis.queries.deposit import deposit_hold_async
from nexus_hub.nauvis.queries.models import CorrectionState
from nexus_hub.vulcanus.merge import Base

AnyRequest = Request[Any, Any, Any]


class Decision(msgspec.Struct, forbid_unknown_fields=True):
    """What the owner says of a decision."""

    comment: Annotated[str, msgspec.Meta(max_length=10_000)] | None = None


def _described() -> Any:
    return described(
        {JSON: examples.CORRECTION},
        headers=("Cache-Control",),
        nullable=examples.NULLABLE,
        body=examples.DECISION,
        takes=Decision,
        may_lack=True,
        others={
            403: "`not-your-prefix`: a depositor of the member that owns the prefix decides.",
            404: "`no-such-correction`",
            409: "`correction-decided` or `not-settled`; nothing was done.",
        },
    )


@post(
    "/corrections/{correction:str}/accept",
    operation_id="correction_accept",
    tags=["corrections"],
    status_code=200,
    **keyed("deposit"),
    operation_class=_described(),
)
async def correction_accept(
    correction: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Deposit the work with the correction applied, in the name of its owner.

    `deposit` leads to the verdict. Where the patch fits no longer, the state is `superseded`.
    """
    asked = read_body(await read_json(request, may_lack=True), Decision)
    agent = agent_of(request)
    number = corrections.number_of(correction)
    row = await q.correction_hold_async(db, correction_id=number, with_token_id=agent.token_id)
    assert row is not None  # noqa: S101
    deposit_id, reason = await _deposit(db, agent, row, asked.comment)
    await q.correction_decide_async(
        db,
        correction_id=number,
        with_token_id=agent.token_id,
        state=CorrectionState.SUPERSEDED if reason else CorrectionState.ACCEPTED,
        comment=reason or asked.comment,
        deposit_id=deposit_id,
    )
    return corrections.answer(await corrections.read(db, number))


@post(
    "/corrections/{correction:str}/reject",
    operation_id="correction_reject",
    tags=["corrections"],
    status_code=200,
    **keyed("deposit"),
    operation_class=_described(),
)
async def correction_reject(
    correction: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Decline a correction; it stays to be seen, with what the owner says."""
    asked = read_body(await read_json(request, may_lack=True), Decision)
    number = corrections.number_of(correction)
    await q.correction_decide_async(
        db,
        correction_id=number,
        with_token_id=agent_of(request).token_id,
        state=CorrectionState.REJECTED,
        comment=asked.comment,
        deposit_id=None,
    )
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


async def _deposit(
    db: AsyncConnection[Any], agent: Agent, row: q.CorrectionHoldRow, comment: str | None
) -> tuple[UUID | None, str | None]:
    """The deposit that does what a correction asks for, or why it cannot be done any more."""
    document = orjson.loads(row.patch)
    await deposit_hold_async(db, editor_id=agent.editor_id, doi=row.doi, croid=row.croid)
    try:
        base = await _base(db, row)
        await asyncio.to_thread(corrections.check_proposal, base.body, document, row.doi)
    except patching.PatchError as refused:
        return None, f"it fits no longer: operation {refused.pointer}: {refused.error.detail}"
    except (NoSuchObject, NothingDeposited) as error:
        return None, f"it fits no longer: {error.detail}"
    except Refused as refused:
        if isinstance(refused.error, Gone):
            return None, f"it fits no longer: {refused.error.detail}"
        raise
    said = f"correction {row.correction_id}" + (f": {comment}" if comment else "")
    raw = orjson.dumps(document)
    patched = Patched(row.doi, document, patching.JSON_PATCH, raw, comment=said)
    return await take(db, patched, base, editor_id=agent.editor_id), None


async def _base(db: AsyncConnection[Any], row: q.CorrectionHoldRow) -> Base:
    work, base, _ = await json_tags(db, row.doi)
    if work.croid != row.croid or work.redirect_to is not None:
        raise NoSuchObject(f"doi:{row.doi} names another work now")
    if base is None:
        raise NothingDeposited(f"doi:{row.doi}")
    return base
