"""Who edits: reading of anybody, changing oneself, and for admins all the others."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.auth import agent_of, keyed
from nexus_api.catalog import editor_examples as examples
from nexus_api.catalog.edit_bodies import read_body, read_json
from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_api.ids import read_id
from nexus_hub.catalog.credentials import Key, digest, make_secret
from nexus_hub.catalog.errors import NoSuchEditor
from nexus_hub.catalog.queries import editor as q
from nexus_hub.catalog.queries import token as tokens
from nexus_hub.catalog.queries.models import EditorRole

AnyRequest = Request[Any, Any, Any]
PRIVATE = {"Cache-Control": "no-store"}
_TAKEN = {409: "`username-taken`: another editor has this name, whatever its case."}
Username = Annotated[str, msgspec.Meta(max_length=100, description="3 to 25 characters.")]


class Renaming(msgspec.Struct, forbid_unknown_fields=True):
    """How an editor wants to be called."""

    username: Username


class NewEditor(msgspec.Struct, forbid_unknown_fields=True):
    """An editor that is to be."""

    username: Username
    role: EditorRole = EditorRole.EDITOR
    bot: bool = False


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be different about an editor; what is left out stays."""

    username: Username | None = None
    role: EditorRole | None = None
    active: bool | None = None


@get(
    "/editors/me",
    operation_id="editor_get_me",
    tags=["editors"],
    **keyed(),
    operation_class=described({JSON: examples.ME}, headers=("Cache-Control",)),
)
async def editor_get_me(request: AnyRequest, db: Database) -> Response[bytes]:
    """Whose key this is, and what it is good for."""
    agent = agent_of(request)
    told = tell(await find(db, str(agent.editor_id))) | {"scopes": sorted(agent.scopes)}
    return _answer(told)


@patch(
    "/editors/me",
    operation_id="editor_rename_me",
    tags=["editors"],
    **keyed("account"),
    operation_class=described(
        {JSON: examples.EDITOR},
        headers=("Cache-Control",),
        body=examples.RENAMING,
        takes=Renaming,
        others=_TAKEN,
    ),
)
async def editor_rename_me(request: AnyRequest, db: Database) -> Response[bytes]:
    """Take another name; what was done under the old one is told under the new one."""
    data = read_body(await read_json(request), Renaming)
    me = agent_of(request).editor_id
    await q.editor_rename_async(db, editor_id=me, username=data.username, agent_id=me)
    return _answer(tell(await find(db, str(me))))


@get(
    "/editors/{editor:str}",
    operation_id="editor_get",
    tags=["editors"],
    operation_class=described({JSON: examples.EDITOR}, headers=()),
)
async def editor_get(editor: FromPath[str], db: Database) -> Response[bytes]:
    """An editor, by name in any case or by id."""
    return Response(msgspec.json.encode(tell(await find(db, editor))), media_type=JSON)


@post(
    "/editors",
    operation_id="editor_create",
    tags=["editors"],
    **keyed("admin"),
    operation_class=described(
        {JSON: examples.MADE},
        status=201,
        headers=("Location", "Cache-Control"),
        body=examples.NEW_EDITOR,
        takes=NewEditor,
        others=_TAKEN,
    ),
)
async def editor_create(request: AnyRequest, db: Database) -> Response[bytes]:
    """Make an editor; its first key is in the answer, and is shown this once."""
    data = read_body(await read_json(request), NewEditor)
    editor_id = await q.editor_create_async(
        db,
        username=data.username,
        role=data.role,
        is_bot=data.bot,
        agent_id=agent_of(request).editor_id,
    )
    secret = make_secret()
    token_id = await tokens.token_issue_async(
        db,
        editor_id=editor_id,
        secret_sha256=digest(secret),
        scopes=None,
        expires_at=None,
        description=None,
        with_token_id=None,
    )
    told = tell(await find(db, str(editor_id))) | {"token": Key(token_id, secret).text()}
    return _answer(told, 201, {"Location": f"/editors/{data.username}"})


@patch(
    "/editors/{editor:str}",
    operation_id="editor_change",
    tags=["editors"],
    **keyed("admin"),
    operation_class=described(
        {JSON: examples.EDITOR},
        headers=("Cache-Control",),
        body=examples.CHANGE,
        takes=Change,
        others=_TAKEN,
    ),
)
async def editor_change(
    editor: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Give an editor another name or role, keep it out, or let it in again."""
    data = read_body(await read_json(request), Change)
    found = await find(db, editor)
    whose = {"editor_id": found.editor_id, "agent_id": agent_of(request).editor_id}
    if data.username is not None:
        await q.editor_rename_async(db, username=data.username, **whose)
    if data.role is not None:
        await q.editor_set_role_async(db, role=data.role, **whose)
    if data.active is not None:
        await q.editor_set_active_async(db, is_active=data.active, **whose)
    return _answer(tell(await find(db, str(found.editor_id))))


@delete(
    "/editors/{editor:str}/tokens",
    operation_id="token_revoke_all",
    tags=["editors"],
    **keyed("admin"),
)
async def token_revoke_all(editor: FromPath[str], request: AnyRequest, db: Database) -> None:
    """Revoke all keys of an editor at one go."""
    found = await find(db, editor)
    agent = agent_of(request)
    await tokens.token_revoke_all_async(db, editor_id=found.editor_id, agent_id=agent.editor_id)


async def find(connection: AsyncConnection[Any], editor: str) -> q.EditorFindRow:
    """The editor of this name or id. Raises `NoSuchEditor`."""
    editor_id = read_id(editor)
    name = editor if editor_id is None else None
    found = await q.editor_find_async(connection, editor_id=editor_id, username=name)
    if found is None:
        raise NoSuchEditor(editor[:100])
    return found


def tell(row: q.EditorFindRow) -> dict[str, Any]:
    """An editor as everybody may see it."""
    return {
        "id": row.editor_id,
        "username": row.username,
        "role": row.role,
        "bot": row.is_bot,
        "active": row.is_active,
        "created-at": row.created_at,
    }


def _answer(
    told: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return Response(
        msgspec.json.encode(told),
        status_code=status,
        media_type=JSON,
        headers=PRIVATE | (headers or {}),
    )


route_handlers = [
    editor_get_me,
    editor_rename_me,
    editor_get,
    editor_create,
    editor_change,
    token_revoke_all,
]
