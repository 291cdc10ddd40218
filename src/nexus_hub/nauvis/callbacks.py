"""Tells members that their deposits are settled: signed, again until it is taken, or given up.

A callback becomes due in the transaction that settles the deposit. It is sent at least once: who
receives it tells by the event's id what came before. The signature is the HMAC-SHA256 (RFC 2104) of
`timestamp.body` with the member's secret, so that neither can be made up nor used again later.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

import httpx
import msgspec

from nexus_hub.nauvis.errors import BadCallback
from nexus_hub.nauvis.queries import callback as q
from nexus_hub.platform import addresses, db, posting
from nexus_hub.platform.config import Settings
from nexus_hub.platform.errors import NexusError
from nexus_hub.platform.logging import logger

MOST_ATTEMPTS = 10
"""After so many failures, about a day, a callback is given up."""
AT_ONCE = 8
LEASE = timedelta(minutes=2)
"""How long a sender has to say how it went."""
LONGEST_URL = 2000
log = logger(__name__)


class _Document(msgspec.Struct):
    callback: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """How an attempt went: with a status, or with what was wrong."""

    status: int | None
    error: str | None
    duration_ms: int


def read_url(body: bytes, parameter: str | None, allow_hosts: Collection[str] = ()) -> str | None:
    """Whom to tell, by the `callback` of a deposit document or of the query. Raises BadCallback.

    >>> read_url(b'{"records": [], "callback": "https://example.org/told"}', None)
    'https://example.org/told'
    """
    url = parameter
    if b'"callback"' in body:
        try:
            url = msgspec.json.decode(body, type=_Document).callback or url
        except msgspec.ValidationError:
            raise BadCallback("callback is a text") from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None  # What is no JSON is refused for that.
    if url is not None:
        check_url(url, allow_hosts)
    return url


def check_url(url: str, allow_hosts: Collection[str] = ()) -> None:
    """Refuse what can be seen to be no address to call, before it is looked up. Raises BadCallback.

    >>> check_url("https://example.org/told")
    """
    try:
        read = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise BadCallback(str(error)) from None
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable():
        raise BadCallback(f"it has more than {LONGEST_URL} characters, or others than ASCII")
    if read.scheme not in addresses.PORTS or not read.host or read.userinfo or read.fragment:
        raise BadCallback(f"{addresses.shown(read)} is not a plain http or https address")
    try:
        is_public = addresses.is_public(str(ip_address(read.host)))
    except ValueError:
        return  # A name: what it means is looked up, and checked, when it is called.
    port = read.port or addresses.PORTS[read.scheme]
    if not is_public and not {read.host, f"{read.host}:{port}"} & set(allow_hosts):
        raise BadCallback(f"{read.host} is not public")


def make_secret() -> str:
    """A new secret that signs the callbacks to a member."""
    return f"nxs_{secrets.token_urlsafe(32)}"


def sign(body: bytes, at: int, keys: Sequence[str]) -> str:
    """The signature of a callback at a time (Unix seconds), one `v1` for each secret in force.

    >>> sign(b"{}", 1, ["k"])[:12]
    't=1,v1=3dd49'
    """
    signed = f"{at}.".encode() + body
    told = [f"v1={hmac.digest(key.encode(), signed, 'sha256').hex()}" for key in keys]
    return ",".join([f"t={at}", *told])


def write_event(row: q.CallbackClaimRow) -> bytes:
    """What is sent: the same bytes each time."""
    state = "completed-with-errors" if row.rejected_count else "completed"
    return msgspec.json.encode(
        {
            "event": row.callback_id,
            "type": "deposit-settled",
            "deposit": row.deposit_id,
            "path": f"/deposits/{row.deposit_id}",
            "state": state,
            "test": row.is_test,
            "atomic": row.is_atomic,
            "counts": {"records": row.record_count, "rejected": row.rejected_count},
            "settled-at": row.settled_at,
        }
    )


def send_due(settings: Settings, stopping: threading.Event) -> None:
    """Send all callbacks that are due, and note how each went."""
    with db.connect(settings, "nexus_worker") as connection:
        connection.autocommit = True
        while not stopping.is_set():
            rows = q.callback_claim(
                connection, limit_count=AT_ONCE, most_attempts=MOST_ATTEMPTS, lease=LEASE
            )
            if not rows:
                return
            answers = asyncio.run(_send_all(rows, settings.callback_hosts))
            for row, answered in zip(rows, answers, strict=True):
                q.callback_note(
                    connection,
                    callback_id=row.callback_id,
                    attempt_id=row.attempt_id,
                    status=answered.status,
                    error=answered.error,
                    duration_ms=answered.duration_ms,
                    most_attempts=MOST_ATTEMPTS,
                )
                log.info(
                    "called back",
                    callback=str(row.callback_id),
                    attempt=row.attempt,
                    status=answered.status,
                    error=answered.error,
                )


async def _send_all(
    rows: Sequence[q.CallbackClaimRow], allow_hosts: Collection[str]
) -> list[Answered]:
    return await asyncio.gather(*(_send(row, allow_hosts) for row in rows))


async def _send(row: q.CallbackClaimRow, allow_hosts: Collection[str]) -> Answered:
    body = write_event(row)
    keys = [key for key in (row.secret, row.previous_secret) if key]
    headers = {
        "Content-Type": "application/json",
        "Nexus-Event": str(row.callback_id),
        "Nexus-Attempt": str(row.attempt),
        "Nexus-Signature": sign(body, int(time.time()), keys),
    }
    begun = time.monotonic()
    status, failure = None, None
    try:
        status = await posting.post(row.url, body, headers, allow_hosts=allow_hosts)
    except NexusError as error:
        failure = f"{error.slug}: {error.detail}"
    return Answered(status, failure, int((time.monotonic() - begun) * 1000))
