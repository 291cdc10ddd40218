"""The callbacks of a deposit and the secret that signs them, for the people of its member."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.auth import agent_of, keyed
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.catalog.editors import PRIVATE
from nexus_api.database import Database
from nexus_api.describing import JSON, Mailto, check_parameters, described
from nexus_api.ids import read_id
from nexus_api.nauvis import member_examples as examples
from nexus_api.nauvis import status
from nexus_api.nauvis.keys import Rotation
from nexus_api.nauvis.membership import membership_of, require_member
from nexus_hub.nauvis.callbacks import make_secret
from nexus_hub.nauvis.errors import NoSuchCallback, NotYourMember
from nexus_hub.nauvis.queries import callback as q
from nexus_hub.nauvis.queries.models import MemberRole

AnyRequest = Request[Any, Any, Any]
MOST_ATTEMPTS_TOLD = 100
_NULLABLE = ("next-at", "sent-at", "status", "error", "duration-ms")


@get(
    "/deposits/{deposit_id:str}/callbacks",
    operation_id="callback_list",
    tags=["deposits"],
    **keyed("member"),
    operation_class=described(
        {JSON: examples.CALLBACKS}, headers=("Cache-Control",), nullable=_NULLABLE
    ),
)
async def callback_list(
    deposit_id: FromPath[str], request: AnyRequest, db: Database, mailto: Mailto = None
) -> Response[bytes]:
    """Whom the deposit's member is told by, how often that was tried, and how it went.

    Needs a key of that member. Of the attempts the newest 100 are told.
    """
    check_parameters(request, {"mailto"})
    row = await status.find(db, read_id(deposit_id))
    return await _answer(request, db, row.deposit_id)


@post(
    "/deposits/{deposit_id:str}/callbacks/{n:str}/replay",
    operation_id="callback_replay",
    tags=["deposits"],
    status_code=202,
    **keyed("deposit"),
    operation_class=described(
        {JSON: examples.CALLBACKS},
        status=202,
        headers=("Cache-Control",),
        nullable=_NULLABLE,
        others={404: "`no-such-callback`: the deposit has none of this number."},
    ),
)
async def callback_replay(
    deposit_id: FromPath[str], n: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Send a callback again, whatever became of it; it is the same event, with the same id."""
    row = await status.find(db, read_id(deposit_id))
    if not (n.isascii() and n.isdigit() and len(n) < 10):
        raise NoSuchCallback(n[:100])
    await q.callback_replay_async(
        db, deposit_id=row.deposit_id, n=int(n), with_token_id=agent_of(request).token_id
    )
    answer = await _answer(request, db, row.deposit_id)
    answer.status_code = 202
    return answer


@post(
    "/members/{member:str}/callback-secret",
    operation_id="member_callback_secret_make",
    tags=["members"],
    **keyed("member"),
    operation_class=described(
        {JSON: examples.CALLBACK_SECRET},
        status=201,
        headers=("Cache-Control",),
        body=examples.ROTATION,
        takes=Rotation,
    ),
)
async def member_callback_secret_make(
    member: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Make the secret that signs callbacks to the member; needs an owner's key. It is shown once.

    Where there was one, callbacks are signed with both for `overlap-s` seconds.
    """
    data = read_body(await read_json(request), Rotation)
    found = await require_member(request, db, member, MemberRole.OWNER)
    secret = make_secret()
    await q.callback_secret_set_async(
        db,
        member_id=found.member_id,
        secret=secret,
        overlap=timedelta(seconds=data.overlap_s),
        with_token_id=agent_of(request).token_id,
    )
    content = msgspec.json.encode({"member": found.member_id, "secret": secret})
    return Response(content, status_code=201, media_type=JSON, headers=PRIVATE)


async def _answer(
    request: AnyRequest, db: AsyncConnection[Any], deposit_id: UUID
) -> Response[bytes]:
    member = await membership_of(request, db)
    rows = await q.callback_list_async(db, deposit_id=deposit_id)
    if any(member is None or row.member_id != member.member_id for row in rows):
        raise NotYourMember("the deposit is another member's")
    tried = await q.callback_attempt_list_async(
        db, deposit_id=deposit_id, limit_count=MOST_ATTEMPTS_TOLD
    )
    items = [
        {
            "n": row.n,
            "event": row.callback_id,
            "url": row.url,
            "state": row.state,
            "attempts": row.attempts,
            "next-at": row.next_at,
            "sent-at": row.sent_at,
            "tried": [
                {
                    "at": one.attempted_at,
                    "status": one.status,
                    "error": one.error,
                    "duration-ms": one.duration_ms,
                }
                for one in tried
                if one.callback_id == row.callback_id
            ],
        }
        for row in rows
    ]
    return Response(msgspec.json.encode({"items": items}), media_type=JSON, headers=PRIVATE)


route_handlers = [callback_list, callback_replay, member_callback_secret_make]
