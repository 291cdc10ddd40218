"""Signing in with a key of a member, and out."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.response import Redirect

from nexus_api.auth import identify
from nexus_api.database import Database
from nexus_api.pages.page import PRIVATE, page
from nexus_api.pages.session import (
    COOKIE,
    FORM_COOKIE,
    Sessions,
    Visiting,
    fresh_mark,
    kept,
    read_form,
)
from nexus_hub.aquilo.errors import BadKey
from nexus_hub.nauvis.queries.api_key import api_key_find_async

AnyRequest = Request[Any, Any, Any]
_NOT_A_KEY = "This is no key that is good here. Look for a missing character, or ask for a new key."
_NOT_A_MEMBERS = "This is the key of an editor, not one of a member. Use a key of your member's."


@get("/self/sign-in", include_in_schema=False, sync_to_thread=False)
def sign_in_form(request: AnyRequest) -> Response[Any]:
    """The form that takes a key."""
    over = "You are signed out: the session is over, or its key is no longer good."
    return _form(request, note=over if "over" in request.query_params else None)


@post("/self/sign-in", include_in_schema=False, status_code=303)
async def sign_in(request: AnyRequest, db: Database) -> Response[Any]:
    """Begin a session with the key in the form."""
    fields = await read_form(request, FORM_COOKIE)
    text = fields.get("key", "").strip()
    # It counts as shown in a header, with all that holds for keys there.
    scope: Any = {**request.scope, "headers": [(b"authorization", f"Bearer {text}".encode())]}
    scope["state"] = {}
    try:
        agent = await identify(ASGIConnection(scope))
    except BadKey:
        agent = None
    if agent is None or agent.token_id is None:
        return _form(request, error=_NOT_A_KEY)
    if await api_key_find_async(db, token_id=agent.token_id) is None:
        return _form(request, error=_NOT_A_MEMBERS)
    sessions: Sessions = request.app.state.sessions
    answer = Redirect("/self", status_code=303, headers=dict(PRIVATE))
    answer.cookies = [kept(request, COOKIE, sessions.begin(agent.token_id))]
    return answer


@post("/self/sign-out", include_in_schema=False, status_code=303)
async def sign_out(request: AnyRequest, visitor: Visiting) -> Response[Any]:
    """End the session of this browser; the key stays good."""
    await read_form(request)
    answer = Redirect("/self/sign-in", status_code=303, headers=dict(PRIVATE))
    answer.cookies = [kept(request, COOKIE, "", 0)]
    return answer


def _form(
    request: AnyRequest, *, note: str | None = None, error: str | None = None
) -> Response[Any]:
    sessions: Sessions = request.app.state.sessions
    mark = request.cookies.get(FORM_COOKIE) or fresh_mark()
    values = {
        "visitor": None,
        "token": sessions.form_token(mark),
        "note": note,
        "error": error,
    }
    answer = page("self/sign_in.html", values, status=401 if error else 200, headers=PRIVATE)
    answer.cookies = [kept(request, FORM_COOKIE, mark)]
    return answer
