"""Received bytes as Zstandard frames of 64 KiB, so that one record is read without the others."""

from __future__ import annotations

from collections.abc import Mapping

import zstandard

CHUNK_BYTES = 1 << 16
LEVEL = 1


def compress(body: bytes) -> list[bytes]:
    """One frame per 64 KiB of the body, in order; an empty body has none."""
    compressor = zstandard.ZstdCompressor(level=LEVEL)
    view = memoryview(body)
    return [
        compressor.compress(view[i : i + CHUNK_BYTES]) for i in range(0, len(body), CHUNK_BYTES)
    ]


def decompress(frame: bytes) -> bytes:
    """The bytes of one frame, at most 64 KiB."""
    return zstandard.ZstdDecompressor().decompress(frame, max_output_size=CHUNK_BYTES)


def numbers(offset: int, size_bytes: int) -> range:
    """Which frames hold these bytes.

    >>> numbers(65_000, 1_000)
    range(0, 2)
    """
    return range(offset // CHUNK_BYTES, (offset + max(size_bytes, 1) - 1) // CHUNK_BYTES + 1)


def cut(pieces: Mapping[int, bytes], offset: int, size_bytes: int) -> bytes:
    """Bytes of the body out of its decompressed frames by number."""
    wanted = numbers(offset, size_bytes)
    start = offset - wanted.start * CHUNK_BYTES
    if len(wanted) == 1:
        return pieces[wanted.start][start : start + size_bytes]
    return b"".join(pieces[number] for number in wanted)[start : start + size_bytes]
