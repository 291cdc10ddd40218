"""A load generator over plain sockets: each connection asks again as soon as it has its answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_FINE = re.compile(rb"HTTP/1.1 20[02] ")
_UNCHANGED = re.compile(rb"HTTP/1.1 304 ")


class BadAnswer(Exception):
    """A request was not answered with 200 or 202 and a body of known length, nor with 304."""


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
    """One connection that asks what follows as soon as it has its answer, until nothing does."""

    following: Callable[[], bytes | None]
    latencies: list[float]
    closed: asyncio.Future[None]
    received: bytearray = field(default_factory=bytearray)
    missing: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask_next()

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.missing is None:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self.received[:end])
            size = 0 if _UNCHANGED.match(head) else _body_bytes(head)
            if size is None:
                self._fail(head.decode("latin-1"))
                return
            self.missing = end + 4 + size
        if len(self.received) >= self.missing:
            self._take()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self._fail(f"the server hung up: {exc}")

    def _ask_next(self) -> None:
        request = self.following()
        if request is None:
            if not self.closed.done():
                self.closed.set_result(None)
            self.transport.close()
            return
        self.asked_at = time.perf_counter()
        self.transport.write(request)

    def _take(self) -> None:
        self.latencies.append(time.perf_counter() - self.asked_at)
        self.received.clear()
        self.missing = None
        self._ask_next()

    def _fail(self, reason: str) -> None:
        if not self.closed.done():
            self.closed.set_exception(BadAnswer(reason))
        self.transport.close()


def get(path: str, port: int, held: str = "") -> bytes:
    """A request for a path, to be sent over a connection that stays open; `held` is an ETag."""
    more = f"If-None-Match: {held}\r\n" if held else ""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n{more}\r\n"
    return head.encode()


def post(path: str, port: int, body: bytes) -> bytes:
    """A request with JSON, to be sent over a connection that stays open."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def ask(port: int, requests: Sequence[bytes], *, concurrency: int, seconds: float) -> Answered:
    """Send requests over so many connections for so long; what is under way is waited for."""
    ends_at = time.perf_counter() + seconds

    def following(number: int) -> Callable[[], bytes | None]:
        turns = count(number * len(requests) // concurrency)

        def next_request() -> bytes | None:
            if time.perf_counter() >= ends_at:
                return None
            return requests[next(turns) % len(requests)]

        return next_request

    return asyncio.run(_run(port, [following(number) for number in range(concurrency)]))


def send(port: int, requests: Sequence[bytes], *, concurrency: int) -> Answered:
    """Send each request once, over so many connections."""
    left = iter(requests)
    return asyncio.run(_run(port, [lambda: next(left, None)] * concurrency))


async def _run(port: int, lines: Sequence[Callable[[], bytes | None]]) -> Answered:
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    started_at = time.perf_counter()
    ends: list[asyncio.Future[None]] = []
    for following in lines:
        closed = loop.create_future()
        ends.append(closed)
        asker = _Asker(following, latencies, closed)
        await loop.create_connection(lambda asker=asker: asker, "127.0.0.1", port)
    await asyncio.gather(*ends)
    return Answered(len(latencies), time.perf_counter() - started_at, latencies)


@dataclass(frozen=True, slots=True)
class Line:
    """One connection that is asked now and then."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, port: int) -> Line:
        """Connect."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer; raises BadAnswer."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        size = _body_bytes(head)
        if size is None:
            raise BadAnswer(head.decode("latin-1"))
        return await self.reader.readexactly(size)

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


def _body_bytes(head: bytes) -> int | None:
    """How long the body of a good answer is; None where the answer is not good."""
    length = _LENGTH.search(head)
    return int(length[1]) if length and _FINE.match(head) else None
