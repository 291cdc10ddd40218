"""The keys of a member: its owners issue, list, rotate and revoke them; each is shown once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.params import FromPath

from nexus_api.auth import agent_of, keyed
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.catalog.editors import PRIVATE
from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, Rows, check_parameters, described
from nexus_api.ids import read_id
from nexus_api.listing import head_only, page_answer, wants_head
from nexus_api.nauvis import member_examples as examples
from nexus_api.nauvis.membership import Membership, require_member
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of
from nexus_hub.catalog.credentials import Key, digest, make_secret
from nexus_hub.croid.codec import encode
from nexus_hub.nauvis.errors import NoSuchKey
from nexus_hub.nauvis.queries import api_key as q
from nexus_hub.nauvis.queries.models import MemberRole

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset({"rows", "cursor", "mailto"})
_NEWEST = UUID(int=2**128 - 1)
_LONGEST_OVERLAP_S = 90 * 24 * 3600
_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class WantedKey(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """What a key is to be good for, who is to hold it, and until when."""

    role: MemberRole = MemberRole.DEPOSITOR
    person: _Words | None = None
    description: _Words | None = None
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Rotation(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """For how many seconds the old key stays good beside the new one."""

    overlap_s: Annotated[int, msgspec.Meta(ge=0, le=_LONGEST_OVERLAP_S)] = 0


@post(
    "/members/{member:str}/keys",
    operation_id="member_key_issue",
    tags=["members"],
    **keyed("member"),
    operation_class=described(
        {JSON: examples.ISSUED},
        status=201,
        headers=("Location", "Cache-Control"),
        nullable=examples.NULLABLE,
        body=examples.WANTED_KEY,
        takes=WantedKey,
    ),
)
async def member_key_issue(
    member: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Make a key of the member; needs an owner's. It is shown this once."""
    data = read_body(await read_json(request), WantedKey)
    found = await require_member(request, db, member, MemberRole.OWNER)
    secret = make_secret()
    token_id = await q.api_key_issue_async(
        db,
        member_id=found.member_id,
        role=data.role,
        secret_sha256=digest(secret),
        person=data.person,
        description=data.description,
        expires_at=data.expires_at,
        with_token_id=agent_of(request).token_id,
    )
    return await _issued(db, found, token_id, secret)


@post(
    "/members/{member:str}/keys/{key:str}/rotate",
    operation_id="member_key_rotate",
    tags=["members"],
    **keyed("member"),
    operation_class=described(
        {JSON: examples.ISSUED},
        status=201,
        headers=("Location", "Cache-Control"),
        nullable=examples.NULLABLE,
        body=examples.ROTATION,
        takes=Rotation,
    ),
)
async def member_key_rotate(
    member: FromPath[str],
    key: FromPath[str],
    request: AnyRequest,
    db: Database,
) -> Response[bytes]:
    """Put a new key in the place of one: of one's own, or as an owner of any. It is shown once."""
    data = read_body(await read_json(request), Rotation)
    found = await require_member(request, db, member)
    secret = make_secret()
    token_id = await q.api_key_rotate_async(
        db,
        member_id=found.member_id,
        token_id=_id(key),
        secret_sha256=digest(secret),
        overlap=timedelta(seconds=data.overlap_s),
        with_token_id=agent_of(request).token_id,
    )
    return await _issued(db, found, token_id, secret)


@get(
    "/members/{member:str}/keys",
    operation_id="member_key_list",
    tags=["members"],
    **keyed("member"),
    operation_class=described(
        {JSON: examples.KEYS}, headers=("Cache-Control", "Link"), nullable=examples.NULLABLE
    ),
)
async def member_key_list(
    member: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Any:
    """The keys of the member, newest first, without what is secret."""
    check_parameters(request, PARAMETERS)
    found = await require_member(request, db, member)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    if wants_head(request):
        return head_only(JSON, PRIVATE)
    listed = await q.api_key_list_async(
        db,
        member_id=found.member_id,
        before_token_id=UUID(page.after[0]) if page.after else _NEWEST,
        limit_count=page.probe,
    )
    shown, following = pager.cut(listed, page, parameters, "token_id")
    content = {"items": [tell(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following, headers=PRIVATE)


@get(
    "/members/{member:str}/keys/{key:str}",
    operation_id="member_key_get",
    tags=["members"],
    **keyed("member"),
    operation_class=described(
        {JSON: examples.KEY}, headers=("Cache-Control",), nullable=examples.NULLABLE
    ),
)
async def member_key_get(
    member: FromPath[str], key: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """One key of the member, without what is secret."""
    found = await require_member(request, db, member)
    row = await q.api_key_get_async(db, token_id=_id(key), member_id=found.member_id)
    if row is None:
        raise NoSuchKey(key[:100])
    return Response(msgspec.json.encode(tell(row)), media_type=JSON, headers=PRIVATE)


@delete(
    "/members/{member:str}/keys/{key:str}",
    operation_id="member_key_revoke",
    tags=["members"],
    **keyed("member"),
)
async def member_key_revoke(
    member: FromPath[str], key: FromPath[str], request: AnyRequest, db: Database
) -> None:
    """Revoke a key: one's own, or as an owner any, the one that this is asked with too."""
    found = await require_member(request, db, member)
    await q.api_key_revoke_async(
        db,
        member_id=found.member_id,
        token_id=_id(key),
        with_token_id=agent_of(request).token_id,
    )


def tell(row: q.ApiKeyGetRow | q.ApiKeyListRow) -> dict[str, Any]:
    """A key as the people of its member may see it again."""
    return {
        "id": encode(row.token_id),
        "role": row.role,
        "person": row.person,
        "description": row.description,
        "rotated-from": encode(row.rotated_from) if row.rotated_from else None,
        "created-at": row.created_at,
        "expires-at": row.expires_at,
        "revoked-at": row.revoked_at,
    }


async def _issued(db: Any, member: Membership, token_id: UUID, secret: bytes) -> Response[bytes]:
    row = await q.api_key_get_async(db, token_id=token_id, member_id=member.member_id)
    if row is None:
        raise NoSuchKey(encode(token_id))
    told = tell(row) | {"key": Key(token_id, secret).text()}
    place = f"/members/{member.member_id}/keys/{encode(token_id)}"
    return Response(
        msgspec.json.encode(told),
        status_code=201,
        media_type=JSON,
        headers=PRIVATE | {"Location": place},
    )


def _id(key: str) -> UUID:
    token_id = read_id(key)
    if token_id is None:
        raise NoSuchKey(key[:100])
    return token_id


route_handlers = [
    member_key_issue,
    member_key_rotate,
    member_key_list,
    member_key_get,
    member_key_revoke,
]
