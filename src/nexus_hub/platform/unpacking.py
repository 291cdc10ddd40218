"""Compressed files as a stream of plain bytes, in bounded memory and never silently short."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import zstandard

from nexus_hub.platform.places import BrokenFileError

Progress = Callable[[int, int | None], None]
"""Is told the compressed bytes read so far and, where known, their total."""

READ_BYTES = 1 << 18
CHUNK_BYTES = 1 << 20
# One block of zstd is at best 4 bytes for 128 KiB: so much input expands to 32 MiB at most.
_ZSTD_INPUT_BYTES = 1 << 10
_ZSTD_WINDOW_BYTES = 1 << 27
# Below this size a high ratio harms nobody, and tiny files of repeated text do reach it.
_RATIO_FREE_BYTES = 1 << 26

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_FOREIGN = {
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
}


def read_chunks(
    stream: BinaryIO, progress: Progress | None, total: int | None, head: bytes
) -> Iterator[bytes]:
    """Read a stream in pieces of about `READ_BYTES`, saying how far it got.

    The first bytes, already read, are `head`.
    """
    done = 0
    while chunk := head + stream.read(READ_BYTES):
        head = b""
        done += len(chunk)
        if progress is not None:
            progress(done, total)
        yield chunk


def unpack(chunks: Iterator[bytes], *, max_ratio: int, max_bytes: int) -> Iterator[bytes]:
    """Give the plain bytes of a gzip, zstd or uncompressed stream, told apart by their first bytes.

    Several gzip members or zstd frames in a row are one stream. Raises `BrokenFileError`, after
    everything before the break was given: `truncated`, `corrupt-compression`, `trailing-garbage`,
    `decompression-bomb`, `unknown-compression`.
    """
    head = next(chunks, b"")
    while 0 < len(head) < 6 and (more := next(chunks, b"")):
        head += more
    for magic, name in _FOREIGN.items():
        if head.startswith(magic):
            raise BrokenFileError("unknown-compression", f"{name} files are not read")
    counted = _Counted(head, chunks)
    if head.startswith(_GZIP):
        plain = _members(counted, _Inflater)
    elif _is_zstd(head):
        plain = _members(counted, _ZstdDecompressor)
    else:
        plain = iter(counted)
    done = 0
    for chunk in plain:
        done += len(chunk)
        if done > _RATIO_FREE_BYTES and done > max_ratio * counted.done:
            raise BrokenFileError("decompression-bomb", f"expands more than {max_ratio}-fold")
        if done > max_bytes:
            raise BrokenFileError("file-too-large", f"more than {max_bytes:,} bytes of text")
        for start in range(0, len(chunk), CHUNK_BYTES):
            yield chunk[start : start + CHUNK_BYTES]


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip archive; raises `BrokenFileError` for one that is cut short or damaged."""
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as failure:
        raise BrokenFileError("corrupt-compression", f"zip: {failure}") from None


def read_member(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Give one member's bytes in pieces; raises `BrokenFileError` where they end too early."""
    try:
        with archive.open(name) as member:
            while chunk := member.read(READ_BYTES):
                yield chunk
    except EOFError:
        raise BrokenFileError("truncated", "the archive ends inside the member") from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError) as failure:
        raise BrokenFileError("corrupt-compression", f"zip: {failure}") from None


def pick_json(names: Sequence[str]) -> list[str]:
    """Choose every JSON member of an archive, in its order.

    >>> pick_json(["readme.txt", "a.json", "__MACOSX/a.json", "b.jsonl.gz"])
    ['a.json', 'b.jsonl.gz']
    """
    endings = (".json", ".jsonl", ".ndjson")
    return [
        name
        for name in names
        if name.removesuffix(".gz").removesuffix(".zst").lower().endswith(endings)
        and not name.startswith("__MACOSX/")
    ]


class _Counted:
    """An iterator over compressed pieces that knows how many bytes it gave."""

    def __init__(self, head: bytes, rest: Iterator[bytes]) -> None:
        self.done = 0
        self._head = head
        self._rest = rest

    def __iter__(self) -> Iterator[bytes]:
        self.done = len(self._head)
        if self._head:
            yield self._head
        for chunk in self._rest:
            self.done += len(chunk)
            yield chunk


class _Inflater:
    """One gzip member; never gives more than `CHUNK_BYTES` at a time."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(31)

    def decompress(self, data: bytes) -> Iterator[bytes]:
        inflater = self._inflater
        is_pending = True
        while is_pending:
            piece = inflater.decompress(data, CHUNK_BYTES)
            yield piece
            data = inflater.unconsumed_tail
            is_pending = not inflater.eof and (bool(data) or len(piece) == CHUNK_BYTES)

    @property
    def eof(self) -> bool:
        return self._inflater.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflater.unused_data


class _ZstdDecompressor:
    """One zstd frame; fed in small pieces, since the library bounds input and not output."""

    def __init__(self) -> None:
        context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
        self._decompressor = context.decompressobj(write_size=CHUNK_BYTES)
        self._left = b""

    def decompress(self, data: bytes) -> Iterator[bytes]:
        gathered: list[bytes] = []
        size = 0
        for start in range(0, len(data), _ZSTD_INPUT_BYTES):
            piece = self._decompressor.decompress(data[start : start + _ZSTD_INPUT_BYTES])
            gathered.append(piece)
            size += len(piece)
            if self._decompressor.eof:
                self._left = self._decompressor.unused_data + data[start + _ZSTD_INPUT_BYTES :]
                break
            if size >= CHUNK_BYTES:
                yield b"".join(gathered)
                gathered.clear()
                size = 0
        yield b"".join(gathered)

    @property
    def eof(self) -> bool:
        return self._decompressor.eof

    @property
    def unused_data(self) -> bytes:
        return self._left


def _members(chunks: _Counted, new: Callable[[], _Inflater | _ZstdDecompressor]) -> Iterator[bytes]:
    """Decompress member after member; zero padding between them is passed over, as gzip does."""
    member = new()
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if member.eof:
                    data = data.lstrip(b"\0")
                    if not data:
                        break
                    if not _is_compressed(data):
                        raise BrokenFileError("trailing-garbage", "bytes after the compressed data")
                    member = new()
                yield from filter(None, member.decompress(data))
                data = member.unused_data if member.eof else b""
    except (zlib.error, zstandard.ZstdError) as failure:
        raise BrokenFileError("corrupt-compression", str(failure)) from None
    if not member.eof:
        raise BrokenFileError("truncated", "the compressed data ends too early")


def _is_compressed(data: bytes) -> bool:
    """Know the start of a member, of which only the first byte may have been read yet."""
    return data[0] == _GZIP[0] or data[0] == _ZSTD[0] or _is_zstd(data)


def _is_zstd(head: bytes) -> bool:
    """Know a zstd frame, or a skippable one (RFC 8878, 3.1)."""
    return head.startswith(_ZSTD) or (
        head[1:4] == b"\x2a\x4d\x18" and head[:1] in b"PQRSTUVWXYZ[\\]^_"
    )
