"""Works that are asked for plainly, answered before the framework is asked.

What most clients send, `GET /works/{doi}` without a query, needs no routing, no injection and no
validation. Whether an answer is current is always asked of the database, for all who ask at once
together: its tag is read, or where that was done before, whether anything was committed since. What
was rendered is kept by its tag, so that it is read and written again only when the tag is another
one. Every other request, and every work that is not simply there, goes on to
`nexus_api.aquilo.works`, which renders here as well.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from litestar import Litestar
from litestar.types import HTTPScope, Send

from nexus_api.aquilo import formats, rendering
from nexus_api.aquilo.work_reading import Row, reader_of
from nexus_api.clock import clock_of
from nexus_api.conditional import holds
from nexus_api.moments import Moments
from nexus_hub.aquilo.errors import NotAcceptable

TEMPLATE = "/works/{doi}"
"""The route whose plain requests are answered here."""

MOST_BYTES = 32_000_000
"""How much of what was rendered a process keeps."""

LARGEST = 500_000
"""A longer answer is rendered each time."""

_OTHERS = frozenset({b"x-nexus-min-index"})
"""Who sends one of these headers asks for more than is answered here."""


Key = tuple[str, str]
"""A DOI, and the key of a format."""

Read = tuple[str, Row]
"""The tag of a work in a format, and what it was made of."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer as it is sent, but for what is told of the moment and of the client."""

    etag: str
    headers: tuple[tuple[bytes, bytes], ...]
    content: bytes


class Kept:
    """What was rendered lately, by DOI and format; what was used longest ago goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._found: OrderedDict[Key, Rendered] = OrderedDict()

    def get(self, key: Key) -> Rendered | None:
        """What is kept of a work in a format, of whatever tag it is."""
        found = self._found.get(key)
        if found is not None:
            self._found.move_to_end(key)
        return found

    def put(self, key: Key, rendered: Rendered) -> None:
        """Keep an answer in the place of the one before."""
        if (old := self._found.pop(key, None)) is not None:
            self._bytes -= len(old.content)
        if len(rendered.content) > LARGEST:
            return
        self._found[key] = rendered
        self._bytes += len(rendered.content)
        while self._bytes > self._most_bytes:
            self._bytes -= len(self._found.popitem(last=False)[1].content)


class Desk:
    """What one process knows of works: their tags, and what was rendered of them."""

    def __init__(self, app: Litestar) -> None:
        self.reader = reader_of(app)
        self.clock = clock_of(app)
        self.kept = Kept()
        self.tags: Moments[Key] = Moments(app.state.pool)

    async def read(self, key: Key, chosen: formats.Chosen, *, with_body: bool) -> Read | None:
        """A live work as it is now, whose tag is known from then on; None where there is none."""
        row = await self.reader.find(key[0], with_body=with_body)
        if row is None or not row.revision_id:
            return None
        etag = rendering.etag_of(row, "enriched", "", chosen.key)
        self.tags.note(row.moment, key, etag)
        return etag, row

    async def render(self, key: Key, chosen: formats.Chosen, read: Read) -> Rendered:
        """What was read with its body, written out and kept."""
        etag, row = read
        body = (row.body or "{}").encode()
        content, told = await rendering.rendered(key[0], row, chosen, body, etag)
        told |= {"Content-Type": _sent_type(chosen), "Content-Length": str(len(content))}
        headers = tuple((name.lower().encode(), value.encode()) for name, value in told.items())
        rendered = Rendered(etag, headers, content)
        self.kept.put(key, rendered)
        return rendered


async def answer(app: Litestar, scope: HTTPScope, send: Send) -> bool:
    """Answer a plain request for a work; False where somebody else has to.

    Raises what reading and rendering raise, before anything is sent.
    """
    if scope["query_string"] or scope["path"].count("/") != 2:
        return False
    accept, held = b"", None
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = accept + b"," + value if accept else value
        elif name == b"if-none-match":
            held = value
        elif name in _OTHERS:
            return False
    chosen = _chosen(accept)
    if chosen is None:
        return False
    desk = desk_of(app)
    # Noted before anything is read: the answer is at least as new as it says.
    index = await desk.clock.index()
    doi = unquote(scope["path"][len("/works/") :])
    found = await _found(desk, doi, chosen, None if held is None else held.decode("latin-1"))
    if found is None:
        return False
    scope["path_template"] = TEMPLATE
    status, rendered = found
    headers = [*rendered.headers, (b"x-nexus-index", b"%d" % index)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": rendered.content, "more_body": False})
    return True


async def _found(
    desk: Desk, doi: str, chosen: formats.Chosen, held: str | None
) -> tuple[int, Rendered] | None:
    """The status and the answer; None where no live work has this DOI."""
    key = doi, chosen.key
    etag, read = await desk.tags.current(key), None
    known = desk.kept.get(key)
    if etag is None:
        read = await desk.read(key, chosen, with_body=known is None and held is None)
        if read is None:
            return None
        etag = read[0]
    if held is not None and holds(held, etag):
        return 304, Rendered(etag, ((b"etag", etag.encode()), (b"vary", b"Accept")), b"")
    if known is not None and known.etag == etag:
        return 200, known
    if read is None or read[1].body is None:
        read = await desk.read(key, chosen, with_body=True)
    return None if read is None else (200, await desk.render(key, chosen, read))


def desk_of(app: Litestar) -> Desk:
    """The desk of this process."""
    desk: Desk | None = app.state.get("desk")
    if desk is None:
        desk = app.state.desk = Desk(app)
    return desk


@lru_cache(maxsize=512)
def _chosen(accept: bytes) -> formats.Chosen | None:
    """The format an `Accept` prefers; None for a page, and where nothing suits."""
    try:
        chosen = formats.accepted(accept.decode("latin-1"))
    except NotAcceptable:
        return None
    return None if chosen.form.media_type == formats.HTML else chosen


def _sent_type(chosen: formats.Chosen) -> str:
    """The media type as the framework sends it: of text, with its encoding."""
    is_text = chosen.content_type.startswith("text/")
    return f"{chosen.content_type}; charset=utf-8" if is_text else chosen.content_type
