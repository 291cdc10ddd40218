"""A small server on the loopback that stands for the outside world, with its bad days."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What lies at a path, and how it is served."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    """Bytes of an answer after which the connection is lost; only the first `cuts` times."""
    cuts: int = 1
    takes_ranges: bool = True


@dataclass
class Outside:
    """The pages, every request made, and how each was answered."""

    host: str
    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path."""
        return [headers for asked, headers in self.requests if asked == path]


@contextmanager
def outside_server() -> Iterator[Outside]:
    """Run the server in a thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            outside.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = outside.pages.get(self.path.partition("?")[0], Page(status=404))
            _serve(self, page, outside.statuses)

        def log_message(self, *arguments: object) -> None:
            """Tests read the requests instead."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    outside = Outside(f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield outside
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _serve(request: BaseHTTPRequestHandler, page: Page, statuses: list[int]) -> None:
    etag = page.headers.get("ETag", f'"{hashlib.sha256(page.body).hexdigest()[:16]}"')
    body, status, headers = page.body, page.status, {"ETag": etag} | page.headers
    if status == 200 and request.headers.get("If-None-Match") == etag:
        body, status = b"", 304
    start = _range_start(request, page, etag)
    if status == 200 and start is not None:
        headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        body, status = body[start:], 206
    statuses.append(status)
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    if page.cut_after is not None and page.cuts > 0:
        page.cuts -= 1
        request.wfile.write(body[: page.cut_after])
        request.close_connection = True
        return
    request.wfile.write(body)


def _range_start(request: BaseHTTPRequestHandler, page: Page, etag: str) -> int | None:
    wanted = request.headers.get("Range", "")
    if not page.takes_ranges or not wanted or request.headers.get("If-Range") != etag:
        return None
    return int(wanted.removeprefix("bytes=").removesuffix("-"))
