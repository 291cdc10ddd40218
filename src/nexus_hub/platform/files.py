"""Records out of files: JSON lines, arrays and objects, plain or compressed, of any size.

Nothing is passed through text: what comes out are the exact bytes of each record, with the line
and offset where it stood. Memory is bounded by the largest record allowed, not by the file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from nexus_hub.platform.documents import Document
from nexus_hub.platform.lines import Lines
from nexus_hub.platform.places import (
    BrokenFileError,
    FileProblem,
    Located,
    Site,
    is_whole,
    record_numbers,
    shown,
)
from nexus_hub.platform.unpacking import (
    Progress,
    open_archive,
    pick_json,
    read_chunks,
    read_member,
    unpack,
)
from nexus_hub.platform.window import Window

__all__ = ["FileProblem", "Located", "batch_records", "pick_json", "read_records", "read_texts"]

MAX_RECORD_BYTES = 16 << 20
MAX_FILE_BYTES = 1 << 40
MAX_RATIO = 200

_HEAD_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"
_OTHER_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_WHOLE = msgspec.json.Decoder(msgspec.Raw)


def read_records(
    source: str | Path | BinaryIO,
    *,
    array_members: Sequence[str] = ("items", "records"),
    max_record_bytes: int = MAX_RECORD_BYTES,
    max_file_bytes: int = MAX_FILE_BYTES,
    max_ratio: int = MAX_RATIO,
    pick: Callable[[Sequence[str]], Sequence[str]] = pick_json,
    progress: Progress | None = None,
) -> Iterator[Located | FileProblem]:
    r"""Give every record of a file, in order, and in its place every problem.

    The form is found out by looking, not by the name: JSON lines, an array, an object with array
    members named `array_members`, or one object; plain, gzip, zstd or zip, of which `pick` chooses
    the members by name. `-` is the standard input. A record is a whole JSON object; whether its
    text is clean is for its decoder to say.

    A bad line or element is a `FileProblem` and the rest goes on. What ends the reading comes last,
    with `fatal` set, after every good record before it: `unreadable`, `empty-file`, `truncated`,
    `corrupt-compression`, `trailing-garbage`, `decompression-bomb`, `file-too-large`, `not-utf8`,
    `not-json`, `malformed-json`, `unknown-compression`, `no-such-member`.
    `progress` hears the compressed bytes read so far and their total, if known.

    >>> import io
    >>> [(r.line, r.offset, r.raw) for r in read_records(io.BytesIO(b'[{"a": 1},\n {}]'))]
    [(1, 1, b'{"a": 1}'), (2, 12, b'{}')]
    """
    numbers = record_numbers()
    name = str(source if isinstance(source, str | Path) else getattr(source, "name", "<bytes>"))
    try:
        with _Input(source) as (stream, total):
            for member, chunks in _parts(stream, total, pick, progress):
                site = Site(name, member, numbers, max_record_bytes)
                plain = unpack(chunks, max_ratio=max_ratio, max_bytes=max_file_bytes)
                yield from _read_part(site, plain, array_members)
    except BrokenFileError as failure:
        yield Site(name, "", numbers, max_record_bytes).broken(None, failure)
    except OSError as failure:
        detail = failure.strerror or str(failure)
        broken = BrokenFileError("unreadable", detail)
        yield Site(name, "", numbers, max_record_bytes).broken(None, broken)


def read_texts(
    source: str | Path | BinaryIO,
    pick: Callable[[Sequence[str]], Sequence[str]],
    progress: Progress | None = None,
    *,
    max_ratio: int = MAX_RATIO,
    max_bytes: int = MAX_FILE_BYTES,
) -> Iterator[tuple[str, Iterator[bytes] | BrokenFileError]]:
    """Give each text of a file that is no JSON: the name of the member, and its plain bytes.

    Compression and archives are as in `read_records`. A break inside a text is raised by its bytes;
    what kept the file from being opened stands in place of a last text.
    """
    try:
        with _Input(source) as (stream, total):
            for member, chunks in _parts(stream, total, pick, progress):
                yield member, unpack(chunks, max_ratio=max_ratio, max_bytes=max_bytes)
    except BrokenFileError as failure:
        yield "", failure
    except OSError as failure:
        yield "", BrokenFileError("unreadable", failure.strerror or str(failure))


def batch_records(
    items: Iterable[Located | FileProblem], *, count: int = 1000, size_bytes: int = 32 << 20
) -> Iterator[tuple[list[Located], list[FileProblem]]]:
    """Gather records for batch work, at most `count` of them and about `size_bytes`.

    Each batch comes with the problems met on its stretch of the file.
    """
    records: list[Located] = []
    problems: list[FileProblem] = []
    size = 0
    for item in items:
        if isinstance(item, FileProblem):
            problems.append(item)
            continue
        records.append(item)
        size += len(item.raw)
        if len(records) >= count or size >= size_bytes:
            yield records, problems
            records, problems, size = [], [], 0
    if records or problems:
        yield records, problems


class _Input:
    """The stream behind a path, `-` or a stream, closed if opened here, and its size if known."""

    def __init__(self, source: str | Path | BinaryIO) -> None:
        self._source = source
        self._opened: BinaryIO | None = None

    def __enter__(self) -> tuple[BinaryIO, int | None]:
        if self._source == "-":
            return sys.stdin.buffer, None
        if not isinstance(self._source, str | Path):
            return self._source, None
        path = Path(self._source)
        self._opened = path.open("rb")
        return self._opened, path.stat().st_size

    def __exit__(self, *failure: object) -> None:
        if self._opened is not None:
            self._opened.close()


def _parts(
    stream: BinaryIO,
    total: int | None,
    pick: Callable[[Sequence[str]], Sequence[str]],
    progress: Progress | None,
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Give the one text of a file, or each chosen member of an archive, as pieces of bytes."""
    head = stream.read(4)
    if head not in (b"PK\x03\x04", b"PK\x05\x06"):
        yield "", read_chunks(stream, progress, total, head)
        return
    if not stream.seekable():
        raise BrokenFileError("unreadable", "a zip archive cannot be read from a pipe")
    stream.seek(0)
    with open_archive(stream) as archive:
        names = pick([i.filename for i in archive.infolist() if not i.is_dir()])
        if not names:
            raise BrokenFileError("no-such-member", "the archive has no member to read")
        for name in names:
            yield name, read_member(archive, name)
            if progress is not None:
                progress(stream.tell(), total)


def _read_part(
    site: Site, chunks: Iterator[bytes], array_members: Sequence[str]
) -> Iterator[Located | FileProblem]:
    """Read one text in the form its beginning shows."""
    reader: Lines | Document | None = None
    try:
        head, rest = _read_head(chunks)
        text = head.removeprefix(_BOM)
        window = Window(chain([text], rest), offset=len(head) - len(text))
        is_lines = _is_lines(text)
        reader = Lines(site, window) if is_lines else Document(site, window, array_members)
        yield from reader.records()
    except BrokenFileError as failure:
        yield site.broken(reader.line if reader else None, failure)


def _read_head(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Read enough of a text to know its form by; raises `BrokenFileError` if there is none."""
    pieces: list[bytes] = []
    size = 0
    rest = chunks
    try:
        for chunk in chunks:
            pieces.append(chunk)
            size += len(chunk)
            if size >= _HEAD_BYTES:
                break
    except BrokenFileError as failure:
        if not size:
            raise
        rest = _failing(failure)
    head = b"".join(pieces)
    if head.startswith(_OTHER_TEXT) or head[:2].count(b"\0") == 1:
        raise BrokenFileError("not-utf8", "the text seems to be UTF-16 or UTF-32")
    if not head.removeprefix(_BOM).strip() and size < _HEAD_BYTES:
        raise BrokenFileError("empty-file", "there is no record in it")
    return head, rest


def _failing(failure: BrokenFileError) -> Iterator[bytes]:
    """Fail where the text ended, once all before it has been read."""
    yield from ()
    raise failure


def _is_lines(head: bytes) -> bool:
    """Tell JSON lines from one document: the first lines together do not begin a JSON value."""
    lines = [line for line in head.split(b"\n", 8)[:8] if line.strip()]
    first = lines[0].lstrip() if lines else b""
    if first.startswith((b"[", b"{")):
        is_array = first.startswith(b"[") and not (is_whole(first) and len(lines) > 1)
        return not is_array and any(map(_is_object, lines)) and not _is_beginning(lines)
    if any(map(_is_object, lines)):
        return True
    raise BrokenFileError("not-json", f"it begins with {shown(first)}")


def _is_object(line: bytes) -> bool:
    """Know a line that is a whole JSON object."""
    return line.lstrip().startswith(b"{") and is_whole(line)


def _is_beginning(lines: list[bytes]) -> bool:
    """Know the first lines of one JSON value, or a whole one."""
    try:
        _WHOLE.decode(b"\n".join(lines[:4]))
    except msgspec.DecodeError as failure:
        return "truncated" in str(failure)
    except RecursionError:
        pass
    return True
