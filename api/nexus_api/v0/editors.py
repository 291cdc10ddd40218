"""Editors, what they did and said, and whether a key is good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.auth import agent_of, keyed
from nexus_api.database import Database
from nexus_api.problems import invalid
from nexus_api.v0 import telling
from nexus_api.v0.asking import AnyRequest, body_of, ident_of, limit, member, moment, whole, word
from nexus_hub.aquilo.errors import NoLogIn, ValidationFailed
from nexus_hub.catalog.credentials import Key, digest, make_secret
from nexus_hub.catalog.errors import BadRecord, Forbidden, NoSuchEditor
from nexus_hub.catalog.queries import editor as q
from nexus_hub.catalog.queries import review
from nexus_hub.catalog.queries import token as tokens
from nexus_hub.catalog.queries.models import EditorRole

LONGEST_TOKEN_S = 10 * 366 * 86_400


@get("/v0/editor/lookup", include_in_schema=False)
async def editor_lookup(request: AnyRequest, db: Database) -> Response[bytes]:
    """An editor by name, in any case."""
    username = word(request, "username")
    if username is None:
        raise ValidationFailed("the parameter username is expected")
    found = await q.editor_find_async(db, editor_id=None, username=username)
    if found is None:
        raise NoSuchEditor(username[:100])
    return telling.reply(telling.editor(found))


@get("/v0/editor/{editor:str}", include_in_schema=False)
async def editor_get(editor: FromPath[str], db: Database) -> Response[bytes]:
    """An editor."""
    return telling.reply(telling.editor(await _find(db, ident_of(editor, "editor_id"))))


@put("/v0/editor/{editor:str}", include_in_schema=False, **keyed("account"))
async def editor_update(
    editor: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Take another name, or as an admin change what another editor is and may do."""
    editor_id, agent = ident_of(editor, "editor_id"), agent_of(request)
    before, body = await _find(db, editor_id), await body_of(request)
    whose: dict[str, Any] = {"editor_id": editor_id, "agent_id": agent.editor_id}
    if body.get("is_bot", before.is_bot) != before.is_bot:
        raise BadRecord("/is_bot: whether an editor is a bot stays as it was made")
    username = member(body, "username", str) or before.username
    is_admin, is_active = member(body, "is_admin", bool), member(body, "is_active", bool)
    role = before.role if is_admin is None else _role(is_admin, before.role)
    if agent.editor_id != editor_id or role != before.role:
        agent.require("admin")
    if username != before.username:
        await q.editor_rename_async(db, username=username, **whose)
    if role != before.role:
        await q.editor_set_role_async(db, role=role, **whose)
    if is_active is not None and is_active != before.is_active:
        agent.require("admin")
        await q.editor_set_active_async(db, is_active=is_active, **whose)
    return telling.reply(telling.editor(await _find(db, editor_id)))


@get("/v0/editor/{editor:str}/editgroups", include_in_schema=False)
async def editor_editgroups(
    editor: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """The editgroups of an editor, the newest first."""
    editor_id = (await _find(db, ident_of(editor, "editor_id"))).editor_id
    rows = await review.review_list_by_editor_async(
        db,
        editor_id=editor_id,
        before=moment(request, "before"),
        since=moment(request, "since"),
        limit_count=limit(request),
    )
    return telling.reply([telling.editgroup(row, with_editor=False) for row in rows])


@get("/v0/editor/{editor:str}/annotations", include_in_schema=False)
async def editor_annotations(
    editor: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """What an editor said about editgroups, the newest first."""
    editor_id = (await _find(db, ident_of(editor, "editor_id"))).editor_id
    rows = await review.review_annotation_list_async(
        db,
        editgroup_id=None,
        editor_id=editor_id,
        annotation_id=None,
        before=moment(request, "before"),
        since=moment(request, "since"),
        limit_count=limit(request),
    )
    return telling.reply([telling.annotation(row, with_editor=False) for row in rows])


@get("/v0/auth/check", include_in_schema=False, **keyed())
async def auth_check(request: AnyRequest) -> Response[bytes]:
    """Whether a key is good, and its editor has a role."""
    agent, role = agent_of(request), word(request, "role")
    if role is not None and role.lower() not in ("editor", "admin"):
        raise invalid("role", role[:100], "editor or admin")
    if role is not None and role.lower() == "admin" and agent.role != EditorRole.ADMIN:
        raise Forbidden(f"{agent.username} is no admin")
    return telling.success(f"the key is that of {agent.username}")


@post("/v0/auth/oidc", include_in_schema=False, **keyed())
async def auth_oidc(request: AnyRequest) -> Response[bytes]:
    """Refused: nobody logs in by OpenID Connect here, and an account is no answer to a name."""
    raise NoLogIn("editors are made by POST /editors or nexus editor create, which give a key")


@post("/v0/auth/token/{editor:str}", include_in_schema=False, status_code=200, **keyed("account"))
async def auth_token_create(
    editor: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Make a key of one's own, good for no more than the one it is asked with."""
    editor_id, agent = ident_of(editor, "editor_id"), agent_of(request)
    if editor_id != agent.editor_id:
        raise Forbidden("keys are made by the editor who has them")
    seconds = whole(request, "duration_seconds", LONGEST_TOKEN_S)
    secret = make_secret()
    token_id = await tokens.token_issue_async(
        db,
        editor_id=editor_id,
        secret_sha256=digest(secret),
        scopes=None,
        expires_at=None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds),
        description=None,
        with_token_id=agent.token_id,
    )
    answered = telling.reply({"token": Key(token_id, secret).text()})
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _role(is_admin: bool, before: EditorRole) -> EditorRole:
    if is_admin:
        return EditorRole.ADMIN
    return EditorRole.EDITOR if before == EditorRole.ADMIN else before


async def _find(db: AsyncConnection[Any], editor_id: UUID) -> q.EditorFindRow:
    found = await q.editor_find_async(db, editor_id=editor_id, username=None)
    if found is None:
        raise NoSuchEditor(str(editor_id))
    return found


route_handlers = [
    editor_lookup,
    editor_get,
    editor_update,
    editor_editgroups,
    editor_annotations,
    auth_check,
    auth_oidc,
    auth_token_create,
]
