"""A load generator over plain sockets: each connection asks again as soon as it has its answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class BadAnswer(Exception):
    """A request was not answered with 200 and a body of known length."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How many requests were answered, in how long, and the latency of each in seconds."""

    requests: int
    wall_s: float
    latencies: list[float] = field(repr=False)

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.wall_s


@dataclass
class _Asker(asyncio.Protocol):
    """One connection that goes through the requests in turn, from a place of its own."""

    requests: Sequence[bytes]
    turn: int
    ends_at: float
    latencies: list[float]
    closed: asyncio.Future[None]
    received: bytearray = field(default_factory=bytearray)
    missing: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.missing is None:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self.received[:end])
            length = _LENGTH.search(head)
            if b" 200 " not in head[:16] or length is None:
                self._fail(head.decode("latin-1"))
                return
            self.missing = end + 4 + int(length[1])
        if len(self.received) >= self.missing:
            self._take()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self._fail(f"the server hung up: {exc}")

    def _ask(self) -> None:
        self.asked_at = time.perf_counter()
        self.transport.write(self.requests[self.turn % len(self.requests)])

    def _take(self) -> None:
        now = time.perf_counter()
        self.latencies.append(now - self.asked_at)
        self.received.clear()
        self.missing = None
        self.turn += 1
        if now < self.ends_at:
            self._ask()
        else:
            self.closed.set_result(None)
            self.transport.close()

    def _fail(self, reason: str) -> None:
        if not self.closed.done():
            self.closed.set_exception(BadAnswer(reason))
        self.transport.close()


def get(path: str, port: int) -> bytes:
    """A request for a path, to be sent over a connection that stays open."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n".encode()


def ask(port: int, requests: Sequence[bytes], *, concurrency: int, seconds: float) -> Answered:
    """Send requests over so many connections for so long; what is under way is waited for."""
    return asyncio.run(_ask(port, requests, concurrency, seconds))


async def _ask(port: int, requests: Sequence[bytes], concurrency: int, seconds: float) -> Answered:
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    started_at = time.perf_counter()
    ends: list[asyncio.Future[None]] = []
    for number in range(concurrency):
        closed = loop.create_future()
        ends.append(closed)
        turn = number * len(requests) // concurrency
        asker = _Asker(requests, turn, started_at + seconds, latencies, closed)
        await loop.create_connection(lambda asker=asker: asker, "127.0.0.1", port)
    await asyncio.gather(*ends)
    return Answered(len(latencies), time.perf_counter() - started_at, latencies)
