"""The keys of whoever asks: issue, list, revoke. What is secret of one is answered once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.params import FromPath

from nexus_api.auth import agent_of, keyed
from nexus_api.catalog import editor_examples as examples
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.catalog.editors import PRIVATE
from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, Rows, check_parameters, described
from nexus_api.ids import read_id
from nexus_api.listing import head_only, page_answer, wants_head
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of
from nexus_hub.catalog.credentials import Key, digest, make_secret
from nexus_hub.catalog.errors import NoSuchToken
from nexus_hub.catalog.queries import token as q
from nexus_hub.croid.codec import encode

AnyRequest = Request[Any, Any, Any]
PARAMETERS = frozenset({"rows", "cursor", "mailto"})
_NEWEST = UUID(int=2**128 - 1)


class WantedToken(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """What a key is to be good for, and until when; without scopes, for all the asking one is."""

    description: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    scopes: (
        Annotated[
            list[Annotated[str, msgspec.Meta(max_length=20)]],
            msgspec.Meta(min_length=1, max_length=20),
        ]
        | None
    ) = None
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


@post(
    "/editors/me/tokens",
    operation_id="token_issue",
    tags=["editors"],
    **keyed("account"),
    operation_class=described(
        {JSON: examples.ISSUED},
        status=201,
        headers=("Location", "Cache-Control"),
        nullable=examples.NULLABLE,
        body=examples.WANTED_TOKEN,
        takes=WantedToken,
    ),
)
async def token_issue(request: AnyRequest, db: Database) -> Response[bytes]:
    """Make a key, good for no more than the one it is asked with; it is shown this once."""
    data = read_body(await read_json(request), WantedToken)
    agent = agent_of(request)
    secret = make_secret()
    token_id = await q.token_issue_async(
        db,
        editor_id=agent.editor_id,
        secret_sha256=digest(secret),
        scopes=data.scopes,
        expires_at=data.expires_at,
        description=data.description,
        with_token_id=agent.token_id,
    )
    row = await q.token_get_async(db, token_id=token_id, editor_id=agent.editor_id)
    if row is None:
        raise NoSuchToken(encode(token_id))
    told = tell(row) | {"token": Key(token_id, secret).text()}
    headers = PRIVATE | {"Location": f"/editors/me/tokens/{encode(token_id)}"}
    content = msgspec.json.encode(told)
    return Response(content, status_code=201, media_type=JSON, headers=headers)


@get(
    "/editors/me/tokens",
    operation_id="token_list",
    tags=["editors"],
    **keyed("account"),
    operation_class=described(
        {JSON: examples.TOKENS}, headers=("Cache-Control", "Link"), nullable=examples.NULLABLE
    ),
)
async def token_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Any:
    """One's own keys, newest first, without what is secret."""
    check_parameters(request, PARAMETERS)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    if wants_head(request):
        return head_only(JSON, PRIVATE)
    found = await q.token_list_by_editor_async(
        db,
        editor_id=agent_of(request).editor_id,
        before_token_id=UUID(page.after[0]) if page.after else _NEWEST,
        limit_count=page.probe,
    )
    shown, following = pager.cut(found, page, parameters, "token_id")
    content = {"items": [tell(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following, headers=PRIVATE)


@get(
    "/editors/me/tokens/{token:str}",
    operation_id="token_get",
    tags=["editors"],
    **keyed("account"),
    operation_class=described(
        {JSON: examples.TOKEN}, headers=("Cache-Control",), nullable=examples.NULLABLE
    ),
)
async def token_get(token: FromPath[str], request: AnyRequest, db: Database) -> Response[bytes]:
    """One of one's own keys, without what is secret."""
    me = agent_of(request).editor_id
    row = await q.token_get_async(db, token_id=_id(token), editor_id=me)
    if row is None:
        raise NoSuchToken(token[:100])
    return Response(msgspec.json.encode(tell(row)), media_type=JSON, headers=PRIVATE)


@delete(
    "/editors/me/tokens/{token:str}",
    operation_id="token_revoke",
    tags=["editors"],
    **keyed("account"),
)
async def token_revoke(token: FromPath[str], request: AnyRequest, db: Database) -> None:
    """Revoke one of one's own keys; it may be the one that this is asked with."""
    me = agent_of(request).editor_id
    await q.token_revoke_async(db, editor_id=me, token_id=_id(token), agent_id=me)


@delete(
    "/editors/me/tokens",
    operation_id="token_revoke_mine",
    tags=["editors"],
    **keyed("account"),
)
async def token_revoke_mine(request: AnyRequest, db: Database) -> None:
    """Revoke all one's own keys at one go, the one that this is asked with among them."""
    me = agent_of(request).editor_id
    await q.token_revoke_all_async(db, editor_id=me, agent_id=me)


def tell(row: q.TokenGetRow | q.TokenListByEditorRow) -> dict[str, Any]:
    """A key as its editor may see it again."""
    return {
        "id": encode(row.token_id),
        "scopes": row.scopes,
        "description": row.description,
        "created-at": row.created_at,
        "expires-at": row.expires_at,
        "revoked-at": row.revoked_at,
        "last-used-at": row.last_used_at,
    }


def _id(token: str) -> UUID:
    token_id = read_id(token)
    if token_id is None:
        raise NoSuchToken(token[:100])
    return token_id


route_handlers = [
    token_issue,
    token_list,
    token_get,
    token_revoke,
    token_revoke_mine,
]
