"""Who is signed in: a key that was shown once stands behind a signed cookie for a while.

The cookie names the key and when it ends; the secret of the key is not in it. Each request looks
the key up, so that a session ends with its key. Forms carry a token that is made for the session
(OWASP: signed double submit), and requests that browsers call cross-site are refused.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from nexus_api.database import Database
from nexus_api.nauvis.membership import Membership
from nexus_hub.catalog.errors import Forbidden
from nexus_hub.nauvis.queries.api_key import api_key_find_async
from nexus_hub.nauvis.queries.member import member_get_async

AnyRequest = Request[Any, Any, Any]
COOKIE = "nexus-self"
FORM_COOKIE = "nexus-form"
TOKEN = "token"  # noqa: S105
PATH = "/self"
LASTS_S = 8 * 3600
_MAC_BYTES = 32
_SAME = frozenset({"same-origin", "none"})


class SignInNeeded(Exception):
    """Nobody is signed in, or no longer."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person of a member's, by the key that was shown."""

    member: Membership
    bot_id: UUID
    token_id: UUID
    form_token: str


Visiting = NamedDependency[SkipValidation[Visitor]]
"""The type of a handler's parameter `visitor`."""


class Sessions:
    """Makes and reads the cookies of one service; all its processes share the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def begin(self, token_id: UUID) -> str:
        """The value of the cookie for a key from now on."""
        end = int(time.time()) + LASTS_S
        payload = token_id.bytes + end.to_bytes(8, "big")
        return _written(self._mac("session", payload) + payload)

    def read(self, cookie: str) -> UUID | None:
        """Whose session this is; None where it is over or was not begun here."""
        raw = _read(cookie)
        mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if len(payload) != 24 or not hmac.compare_digest(mac, self._mac("session", payload)):
            return None
        if int.from_bytes(payload[16:], "big") < time.time():
            return None
        return UUID(bytes=payload[:16])

    def form_token(self, cookie: str) -> str:
        """What the forms carry that are made for who holds this cookie."""
        return _written(self._mac("form", cookie.encode()))

    def fits(self, cookie: str, token: str) -> bool:
        """Whether a form was made for who holds the cookie."""
        made = self.form_token(cookie).encode()
        return bool(cookie) and hmac.compare_digest(made, token.encode(errors="replace"))

    def _mac(self, purpose: str, payload: bytes) -> bytes:
        return hmac.digest(self._secret, f"{purpose}\0".encode() + payload, "sha256")


async def visitor(request: AnyRequest, db: Database) -> Visitor:
    """Who is signed in. Raises `SignInNeeded`."""
    sessions: Sessions = request.app.state.sessions
    cookie = request.cookies.get(COOKIE, "")
    token_id = sessions.read(cookie)
    if token_id is None:
        raise SignInNeeded("your session is over")
    key = await api_key_find_async(db, token_id=token_id)
    member = None if key is None else await member_get_async(db, member_id=key.member_id)
    if key is None or member is None:
        raise SignInNeeded("the key you signed in with is no longer good")
    found = Membership(key.member_id, key.name, key.role)
    return Visitor(found, member.bot_id, token_id, sessions.form_token(cookie))


async def read_form(request: AnyRequest, cookie: str = COOKIE) -> Mapping[str, str]:
    """The fields of a form that this service made for who sends it. Raises `Forbidden`."""
    sessions: Sessions = request.app.state.sessions
    fields = {name: value for name, value in (await request.form()).items() if _is_text(value)}
    foreign = request.headers.get("sec-fetch-site", "none") not in _SAME
    if foreign or not sessions.fits(request.cookies.get(cookie, ""), fields.get(TOKEN, "")):
        raise Forbidden("the form is too old, or is not one of this service; open the page again")
    return fields


def kept(request: AnyRequest, name: str, value: str, seconds: int = LASTS_S) -> Cookie:
    """A cookie that only this service's pages are sent, that no script reads."""
    forwarded = request.headers.get("x-forwarded-proto", "")
    is_https = "https" in (request.scope["scheme"], forwarded)
    return Cookie(
        key=name,
        value=value,
        path=PATH,
        max_age=seconds,
        secure=is_https,
        httponly=True,
        samesite="strict",
    )


def fresh_mark() -> str:
    """What stands for somebody who is not signed in yet."""
    return secrets.token_urlsafe(16)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
