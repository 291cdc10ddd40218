"""Pages of lists: how many rows, from where, and the signed cursor that says where to go on.

A cursor is opaque to clients: it holds the keyset of the last row and a digest of the query it was
made for, under an HMAC, so that it can neither be made up nor moved to another query. Parameters
and limits are those of Crossref's REST API.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from nexus_api.problems import instance, invalid
from nexus_hub.aquilo.errors import CursorMismatch, MalformedCursor

DEFAULT_ROWS = 20
MAX_ROWS = 1000
MAX_OFFSET = 10_000
START = "*"
SECRET_BYTES = 32
_MAC_BYTES = 16
_QUERY_BYTES = 8
_NOT_OF_THE_QUERY = frozenset({"cursor", "rows", "offset", "mailto"})
Key = list[Any]
Parameters = Sequence[tuple[str, str]]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows a client asks for: at most `rows`, after `after`, or after `offset` others.

    `after` is the keyset of the last row of the page before; None on the first page. `has_cursor`
    says that a cursor was sent, so that the answer must tell the next one.
    """

    rows: int
    offset: int = 0
    after: Key | None = None
    has_cursor: bool = False

    @property
    def probe(self) -> int:
        """One row more than is shown: whether it is there says whether the list goes on."""
        return self.rows + 1


class Pager:
    """Makes and reads the cursors of one service; all its processes share the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def page(self, parameters: Parameters) -> Page:
        """The page that query parameters ask for.

        Raises `Refused` for numbers out of range or `offset` beside `cursor`, `MalformedCursor`
        and `CursorMismatch` for a cursor that is not of this service or not of this query.
        """
        given = dict(parameters)
        rows = _number(given, "rows", DEFAULT_ROWS, MAX_ROWS)
        offset = _number(given, "offset", 0, MAX_OFFSET)
        cursor = given.get("cursor")
        if cursor is None:
            return Page(rows, offset)
        if offset:
            raise invalid("offset", offset, "no offset beside a cursor")
        return Page(rows, 0, self.read(cursor, parameters), has_cursor=True)

    def write(self, key: Sequence[Any], parameters: Parameters) -> str:
        """The cursor to the rows after the one with this keyset, for this query.

        The keyset is made of what JSON holds: numbers, strings, null; a UUID becomes its text.
        """
        payload = _digest(parameters) + msgspec.json.encode(list(key))
        return base64.urlsafe_b64encode(self._mac(payload) + payload).rstrip(b"=").decode()

    def cut(
        self, found: Sequence[Row], page: Page, parameters: Parameters, *names: str
    ) -> tuple[Sequence[Row], str | None]:
        """The rows of a page of which `page.probe` were read, and the cursor to those after it.

        `names` are the members of a row that make its keyset. The cursor is None on the last page.
        """
        shown = found[: page.rows]
        if not shown or len(found) == len(shown):
            return shown, None
        return shown, self.write([getattr(shown[-1], name) for name in names], parameters)

    def read(self, cursor: str, parameters: Parameters) -> Key | None:
        """The keyset in a cursor; None for `*`, the start.

        Raises `MalformedCursor` when it was not made here, `CursorMismatch` when it was made for
        another query.
        """
        if cursor == START:
            return None
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise MalformedCursor("the cursor is not base64url text") from error
        mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(payload)):
            raise MalformedCursor("the signature of the cursor does not fit")
        if payload[:_QUERY_BYTES] != _digest(parameters):
            raise CursorMismatch("the cursor was made for other parameters")
        return msgspec.json.decode(payload[_QUERY_BYTES:], type=Key)

    def _mac(self, payload: bytes) -> bytes:
        return hmac.digest(self._secret, payload, "sha256")[:_MAC_BYTES]


Paging = NamedDependency[SkipValidation[Pager]]
"""The type of a handler's parameter `pager`."""


def parameters_of(request: Request[Any, Any, Any]) -> Parameters:
    """The query parameters of a request in a form `Pager` takes, the route among them.

    The path counts as a parameter, so that a cursor of one list is none of another.
    """
    path = instance(request).partition("?")[0].rstrip("/")
    return [("", path), *request.query_params.multi_items()]


def next_link(request: Request[Any, Any, Any], cursor: str) -> str:
    """The value of a `Link` header to the next page: the same parameters, the new cursor."""
    kept = [item for item in request.query_params.multi_items() if item[0] != "cursor"]
    path = instance(request).partition("?")[0]
    return f'<{path}?{urlencode([*kept, ("cursor", cursor)])}>; rel="next"'


def shared_secret(home: Path) -> bytes:
    """The secret that signs cursors here, made at the first start and kept in the home folder.

    Processes that start together agree on one: the file appears whole, and only once.
    """
    path = home / "secrets" / "cursor"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"cursor.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(SECRET_BYTES))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # Another process was first; its secret counts.
        finally:
            draft.unlink()
    return path.read_bytes()


def _number(given: dict[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
        raise invalid(name, text[:40], f"a whole number from 0 to {most}")
    return int(text)


def _digest(parameters: Parameters) -> bytes:
    kept = sorted(item for item in parameters if item[0] not in _NOT_OF_THE_QUERY)
    return hashlib.sha256(msgspec.json.encode(kept)).digest()[:_QUERY_BYTES]
