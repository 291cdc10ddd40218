"""A member's keys: issued and shown once, rotated, revoked after a question."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from psycopg import AsyncConnection

from nexus_api.database import Database
from nexus_api.ids import read_id
from nexus_api.pages.page import PRIVATE, page
from nexus_api.pages.session import COOKIE, Sessions, Visiting, Visitor, kept, read_form
from nexus_hub.catalog.credentials import Key, digest, make_secret
from nexus_hub.catalog.errors import TokenRefused
from nexus_hub.croid.codec import encode
from nexus_hub.nauvis.errors import NoSuchKey
from nexus_hub.nauvis.queries import api_key as q
from nexus_hub.nauvis.queries.models import MemberRole

AnyRequest = Request[Any, Any, Any]
ON_A_PAGE = 200
OVERLAPS = {
    "0": "at once",
    "3600": "in an hour",
    "86400": "in a day",
    "604800": "after a week",
}
_NEWEST = UUID(int=2**128 - 1)


@get("/self/keys", include_in_schema=False)
async def keys(db: Database, visitor: Visiting) -> Response[bytes]:
    """The keys of the member, and the form for a new one."""
    return await _list(db, visitor)


@post("/self/keys", include_in_schema=False, status_code=200)
async def issue(request: AnyRequest, db: Database, visitor: Visiting) -> Response[bytes]:
    """Make a key and show it."""
    fields = await read_form(request)
    role = fields.get("role", "")
    if role not in set(MemberRole):
        return await _list(db, visitor, error="Choose what the key is good for.")
    try:
        expires_at = _end(fields.get("until", "").strip())
    except ValueError:
        return await _list(db, visitor, error="The last day is a date, not before today.")
    secret = make_secret()
    token_id = await q.api_key_issue_async(
        db,
        member_id=visitor.member.member_id,
        role=MemberRole(role),
        secret_sha256=digest(secret),
        person=fields.get("person", "").strip()[:200] or None,
        description=fields.get("description", "").strip()[:200] or None,
        expires_at=expires_at,
        with_token_id=visitor.token_id,
    )
    return _shown(visitor, token_id, secret)


@get("/self/keys/{key:str}/rotate", include_in_schema=False)
async def rotate_form(key: FromPath[str], db: Database, visitor: Visiting) -> Response[bytes]:
    """The question until when the old key is to be good."""
    row = await _find(db, visitor, key)
    return _page("rotate", visitor, key=row, id=encode(row.token_id), overlaps=OVERLAPS)


@post("/self/keys/{key:str}/rotate", include_in_schema=False, status_code=200)
async def rotate(
    key: FromPath[str], request: AnyRequest, db: Database, visitor: Visiting
) -> Response[bytes]:
    """Put a new key in the place of one, and show it; the session goes on with the new one."""
    fields = await read_form(request)
    row = await _find(db, visitor, key)
    overlap = fields.get("overlap", "0")
    if overlap not in OVERLAPS:
        raise TokenRefused("the end of the old key is none of those to choose from")
    secret = make_secret()
    token_id = await q.api_key_rotate_async(
        db,
        member_id=visitor.member.member_id,
        token_id=row.token_id,
        secret_sha256=digest(secret),
        overlap=timedelta(seconds=int(overlap)),
        with_token_id=visitor.token_id,
    )
    if row.token_id != visitor.token_id or token_id is None:
        return _shown(visitor, token_id, secret)
    sessions: Sessions = request.app.state.sessions
    cookie = sessions.begin(token_id)
    new = Visitor(visitor.member, visitor.bot_id, token_id, sessions.form_token(cookie))
    answer = _shown(new, token_id, secret)
    answer.cookies = [kept(request, COOKIE, cookie)]
    return answer


@get("/self/keys/{key:str}/revoke", include_in_schema=False)
async def revoke_form(key: FromPath[str], db: Database, visitor: Visiting) -> Response[bytes]:
    """The question whether a key is really to be revoked."""
    row = await _find(db, visitor, key)
    return _page("revoke", visitor, key=row, id=encode(row.token_id))


@post("/self/keys/{key:str}/revoke", include_in_schema=False, status_code=303)
async def revoke(
    key: FromPath[str], request: AnyRequest, db: Database, visitor: Visiting
) -> Response[Any]:
    """Refuse a key from now on."""
    await read_form(request)
    row = await _find(db, visitor, key)
    await q.api_key_revoke_async(
        db,
        member_id=visitor.member.member_id,
        token_id=row.token_id,
        with_token_id=visitor.token_id,
    )
    return Redirect("/self/keys", status_code=303, headers=dict(PRIVATE))


async def _list(
    db: AsyncConnection[Any], visitor: Visitor, error: str | None = None
) -> Response[bytes]:
    rows = await q.api_key_list_async(
        db,
        member_id=visitor.member.member_id,
        before_token_id=_NEWEST,
        limit_count=ON_A_PAGE,
    )
    now = datetime.now(UTC)
    listed = [
        {
            "id": encode(row.token_id),
            "row": row,
            "is_own": row.token_id == visitor.token_id,
            "state": "revoked"
            if row.revoked_at
            else "expired"
            if row.expires_at and row.expires_at <= now
            else "good",
        }
        for row in rows
    ]
    return _page(
        "keys",
        visitor,
        status=400 if error else 200,
        keys=listed,
        error=error,
        roles=[role.value for role in MemberRole],
        today=now.date().isoformat(),
    )


async def _find(db: AsyncConnection[Any], visitor: Visitor, text: str) -> q.ApiKeyGetRow:
    token_id = read_id(text)
    if token_id is not None:
        row = await q.api_key_get_async(db, token_id=token_id, member_id=visitor.member.member_id)
        if row is not None and row.revoked_at is None:
            return row
    raise NoSuchKey(text[:100])


def _shown(visitor: Visitor, token_id: UUID | None, secret: bytes) -> Response[bytes]:
    if token_id is None:
        raise NoSuchKey("")
    return _page("key_shown", visitor, text=Key(token_id, secret).text())


def _end(text: str) -> datetime | None:
    """The end of the last day on which a key is good, in UTC; None without one."""
    if not text:
        return None
    end = datetime.combine(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC), time.max, UTC)
    if end < datetime.now(UTC):
        raise ValueError(text)
    return end


def _page(template: str, visitor: Visitor, *, status: int = 200, **values: Any) -> Response[bytes]:
    known = {"visitor": visitor} | values
    return page(f"self/{template}.html", known, status=status, headers=PRIVATE)
