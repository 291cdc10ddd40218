"""Deposits sent over HTTP: once each, however often the connection breaks, until the verdict.

A batch is sent under a key made from its content, so that sending it again finds the deposit that
was made of it. What the service cannot take now is sent again later, with growing pauses; what it
does not take as a whole is sent in halves, until the record that is in the way stands alone.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from nexus_hub import __version__
from nexus_hub.nauvis.errors import DepositRefused, ServiceAway

AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
WHOLE = frozenset({400, 403, 413, 422})
FOREIGN = 403
_PAUSES_S = (0.25, 30.0)
_WAIT_S = 5
_ROWS = 1000


class Interrupted(Exception):
    """The sender was told to stop."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that are sent together: their text, and which of a file each is."""

    file: str
    lines: Sequence[int]
    raws: Sequence[bytes]
    key: str

    def halves(self) -> Iterator[Batch]:
        """The batch in two, each under a key of its own."""
        middle = len(self.raws) // 2
        for part, at in (("a", slice(None, middle)), ("b", slice(middle, None))):
            yield Batch(self.file, self.lines[at], self.raws[at], f"{self.key}{part}")


def key_of(raws: Sequence[bytes], *, is_test: bool, salt: str = "") -> str:
    """The `Idempotency-Key` of records that are sent together.

    >>> key_of([b"{}"], is_test=False) == key_of([b"{}"], is_test=False)
    True
    >>> key_of([b"{}"], is_test=False) == key_of([b"{}"], is_test=True)
    False
    """
    told = hashlib.sha256(f"{is_test} {salt}".encode())
    for raw in raws:
        told.update(b"%d:" % len(raw) + raw)
    return f"file-{told.hexdigest()[:40]}"


@dataclass(slots=True)
class Sender:
    """Sends batches to one service; any number of threads may use it.

    `patience_s` is how long one batch is tried for while the service cannot be reached, or has
    too much to do. `stopping` ends all waiting at once.
    """

    client: httpx.Client
    is_test: bool = False
    patience_s: float = 600.0
    stopping: threading.Event = field(default_factory=threading.Event)

    def send(self, batch: Batch) -> list[dict[str, Any]]:
        """The verdicts on the records of a batch, in their order.

        Raises `DepositRefused` where the key is not good or the service is none, `ServiceAway`
        when patience is over, `Interrupted`.
        """
        body = b'{"records":[' + b",".join(batch.raws) + b"]}"
        answer = self._ask(
            "POST",
            "/deposits",
            params={"test": "true"} if self.is_test else {},
            content=body,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": batch.key,
                "Prefer": f"wait={_WAIT_S}",
            },
        )
        if answer.status_code in WHOLE:
            if answer.status_code == FOREIGN:
                return [_line(batch, i, _refusal(answer), None) for i in range(len(batch.raws))]
            if len(batch.raws) > 1:
                return [one for half in batch.halves() for one in self.send(half)]
            return [_line(batch, 0, _refusal(answer), None)]
        return self._verdicts(batch, _document(answer)["id"])

    def _verdicts(self, batch: Batch, deposit_id: str) -> list[dict[str, Any]]:
        pause = _PAUSES_S[0]
        while True:
            told = _document(self._ask("GET", f"/deposits/{deposit_id}", params={"rows": _ROWS}))
            if told["settled-at"] is not None:
                break
            self._rest(pause)
            pause = min(pause * 1.5, 5.0)
        records = told["records"]
        while told["next-cursor"]:
            more = {"rows": _ROWS, "cursor": told["next-cursor"]}
            told = _document(self._ask("GET", f"/deposits/{deposit_id}", params=more))
            records += told["records"]
        return [_line(batch, i, record, deposit_id) for i, record in enumerate(records)]

    def _ask(self, method: str, path: str, **call: Any) -> httpx.Response:
        """The answer of the service, asked again while it is away or has too much to do."""
        until = time.monotonic() + self.patience_s
        pause, longest = _PAUSES_S
        while True:
            self._rest(0)
            try:
                answer = self.client.request(method, path, **call)
            except httpx.TransportError as error:
                reason, after = f"{type(error).__name__}: {error}", 0.0
            else:
                if answer.status_code not in AGAIN:
                    return _checked(answer)
                reason, after = _reason(answer), _retry_after(answer)
            # Many who were told the same pause are not to come back at the same moment.
            wait = max(after, pause * random.uniform(0.5, 1.0))  # noqa: S311
            if time.monotonic() + wait > until:
                raise ServiceAway(f"{self.client.base_url}: {reason}")
            self._rest(wait)
            pause = min(pause * 2, longest)

    def _rest(self, seconds: float) -> None:
        if self.stopping.wait(seconds):
            raise Interrupted


def client_of(url: str, key: str | None, concurrency: int) -> httpx.Client:
    """A client for one service, which shows the key with every request."""
    headers = {"User-Agent": f"nexus-hub/{__version__}"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    timeout = httpx.Timeout(60.0 + _WAIT_S, connect=10.0)
    return httpx.Client(base_url=url, headers=headers, limits=limits, timeout=timeout)


def _checked(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is one to a deposit. Raises `DepositRefused` for any other."""
    if answer.status_code in WHOLE and "problem+json" in answer.headers.get("content-type", ""):
        if _document(answer).get("type") != "/problems/forbidden":
            return answer
    elif answer.status_code in (200, 202):
        return answer
    raise DepositRefused(_reason(answer))


def _reason(answer: httpx.Response) -> str:
    try:
        problem = _document(answer)
        return (
            f"HTTP {answer.status_code}, {problem['type'].rpartition('/')[2]}: {problem['detail']}"
        )
    except (DepositRefused, KeyError, AttributeError):
        return f"HTTP {answer.status_code} from {answer.url}"


def _document(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise DepositRefused(f"HTTP {answer.status_code} from {answer.url}, not as NEXUS answers")
    return told


def _retry_after(answer: httpx.Response) -> float:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _refusal(answer: httpx.Response) -> dict[str, Any]:
    """A record that was refused before it was taken, as one with a verdict."""
    problem = _document(answer)
    code = str(problem.get("type", "")).rpartition("/")[2]
    detail = str(problem.get("detail", ""))
    return {
        "result": "rejected",
        "problems": [{"code": code, "pointer": "", "detail": detail, "severity": "error"}],
    }


def _line(batch: Batch, i: int, record: dict[str, Any], deposit_id: str | None) -> dict[str, Any]:
    return {
        "file": batch.file,
        "line": batch.lines[i],
        "doi": record.get("doi"),
        "croid": record.get("croid"),
        "result": record["result"],
        "problems": record["problems"],
        "deposit": deposit_id,
    }
