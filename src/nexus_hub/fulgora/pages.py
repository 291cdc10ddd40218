"""Pages of an API, gathered in a file: each page names the next, and a cut goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec

from nexus_hub.fulgora.declaration import Pages
from nexus_hub.fulgora.errors import SourceUnreachable
from nexus_hub.platform.error_classes import FetchFailed
from nexus_hub.platform.fetch import Limits, fetch

PAGE = Limits(max_bytes=256 << 20, total_s=600.0)
MAX_PAGES = 1_000_000
OnBytes = Callable[[int, int | None], None]


class _Message(msgspec.Struct):
    items: list[msgspec.Raw] = []
    next_cursor: str = msgspec.field(default="", name="next-cursor")


class _Crossref(msgspec.Struct):
    message: _Message


class _Links(msgspec.Struct):
    next: str | None = None


class _DataCite(msgspec.Struct):
    data: list[msgspec.Raw] = []
    links: _Links = msgspec.field(default_factory=_Links)


class State(msgspec.Struct):
    """How far the gathering has come: the pages, their rows and bytes, and where to go on."""

    asked: str
    label: str
    next_url: str
    pages: int = 0
    rows: int = 0
    size_bytes: int = 0
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """The file with the rows of all pages, one a line."""

    path: Path
    label: str
    rows: int
    state_path: Path

    def forget(self) -> None:
        """Throw the pages away, which were taken in: the next sync asks for what came since."""
        self.state_path.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def fetch_pages(
    fetcher: Pages, since: str, folder: Path, trusted: Collection[str], on_bytes: OnBytes
) -> Gathered:
    """Gather every page of what changed since a day (YYYY-MM-DD).

    A gathering that was cut goes on after its last whole page; where the server no longer knows its
    cursor, it begins again, once. Raises FetchFailed, and SourceUnreachable for what is no page.
    """
    path, state_path = folder / "pages.jsonl", folder / "pages.state.json"
    first = fetcher.url.format(since=since, cursor=quote("*"))
    state = _resume(path, state_path, fetcher.url)
    is_resumed = state is not None
    state = state or _begin(path, first, fetcher.url, since)
    while not state.is_done:
        try:
            content = _fetch_page(state, folder, trusted)
        except FetchFailed:
            if not is_resumed:
                raise
            state, is_resumed = _begin(path, first, fetcher.url, since), False
            continue
        _add(state, path, state_path, content, fetcher, since)
        on_bytes(state.size_bytes, None)
    return Gathered(path, state.label, state.rows, state_path)


def _begin(path: Path, first: str, asked: str, since: str) -> State:
    path.write_bytes(b"")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return State(asked, f"since {since}, as of {now}", first)


def _resume(path: Path, state_path: Path, asked: str) -> State | None:
    try:
        state = msgspec.json.decode(state_path.read_bytes(), type=State)
        size = path.stat().st_size
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    if state.asked != asked or size < state.size_bytes:
        return None
    # What a kill left of a page that was not noted is dropped.
    with path.open("rb+") as file:
        file.truncate(state.size_bytes)
    return state


def _fetch_page(state: State, folder: Path, trusted: Collection[str]) -> bytes:
    target = folder / "page.json"
    target.unlink(missing_ok=True)
    content = fetch(state.next_url, target, allow_hosts=trusted, limits=PAGE).path.read_bytes()
    target.unlink()
    return content


def _add(
    state: State, path: Path, state_path: Path, content: bytes, fetcher: Pages, since: str
) -> None:
    rows, following = _read(content, fetcher, since, state.next_url)
    with path.open("ab") as file:
        for row in rows:
            file.write(bytes(row).replace(b"\n", b" ") + b"\n")
    state.pages += 1
    state.rows += len(rows)
    state.size_bytes = path.stat().st_size
    state.is_done = not rows or not following or state.pages >= MAX_PAGES
    state.next_url = following or state.next_url
    draft = state_path.with_suffix(".draft")
    draft.write_bytes(msgspec.json.encode(state))
    draft.replace(state_path)


def _read(
    content: bytes, fetcher: Pages, since: str, asked: str
) -> tuple[list[msgspec.Raw], str | None]:
    """The rows of a page and the address of the next one."""
    try:
        if fetcher.shape == "crossref":
            page = msgspec.json.decode(content, type=_Crossref).message
            cursor = page.next_cursor
            following = fetcher.url.format(since=since, cursor=quote(cursor, safe=""))
            return page.items, following if cursor else None
        found = msgspec.json.decode(content, type=_DataCite)
    except msgspec.MsgspecError as error:
        raise SourceUnreachable(f"{asked} did not answer with a page: {error}") from error
    following = found.links.next
    if following and urlsplit(following).netloc != urlsplit(asked).netloc:
        raise SourceUnreachable(f"{asked} names another server as the next page")
    return found.data, following
