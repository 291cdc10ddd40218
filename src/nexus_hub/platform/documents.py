"""Records out of JSON documents of any size: arrays, objects around arrays, single objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from nexus_hub.platform.places import BrokenFileError, FileProblem, Located, Site, shown
from nexus_hub.platform.window import SPACE, Window

_RUN = msgspec.json.Decoder(list[msgspec.Raw])
_GUESSES = 8
_FIRST_KEY = re.compile(rb'\{[ \t\r\n]*+"[^"\\]*+"')


class Document:
    """A text of JSON values, each a record, an array of records or an object around such arrays."""

    def __init__(self, site: Site, window: Window, array_members: Sequence[str]) -> None:
        self._site = site
        self._window = window
        self._array_members = frozenset(array_members)
        self._separator: bytes | None = None
        self._tries = (-1, 0)

    @property
    def line(self) -> int:
        """Say in which line the reading stands."""
        return self._window.line

    def records(self) -> Iterator[Located | FileProblem]:
        """Give every record in order; raises `BrokenFileError` where the text cannot go on."""
        window = self._window
        while byte := window.peek():
            if byte == b"[":
                yield from self._array()
            elif byte == b"{":
                yield from self._object()
            else:
                raise BrokenFileError("not-json", f"found {shown(window.data[window.pos :])}")

    def _array(self) -> Iterator[Located | FileProblem]:
        """Give the elements of the array that begins here."""
        window = self._window
        window.pos += 1
        self._separator = None
        if window.expect() == b"]":
            window.pos += 1
            return
        while True:
            window.expect()
            if self._separator is not None:
                yield from self._run(self._separator)
            else:
                yield from self._element()
            byte = window.expect()
            window.pos += 1
            if byte == b"]":
                return
            if byte != b",":
                raise BrokenFileError("malformed-json", f"no comma but {byte!r} in an array")
            self._learn()

    def _element(self) -> Iterator[Located | FileProblem]:
        window = self._window
        line, offset = window.line, window.offset
        length = window.value_length(0, self._site.max_bytes)
        if length is None:
            yield self._site.too_large(line)
            return
        raw = window.data[window.pos : window.pos + length]
        window.pos += length
        yield self._site.record(line, offset, raw)

    def _learn(self) -> None:
        """Remember what stands between two records, from the one's last brace to the other's key.

        Records written by one program begin alike, so that the last such place in the window
        is where the last whole record ends. A few guesses for each filling of the window.
        """
        window = self._window
        fills, tries = self._tries
        tries = tries + 1 if fills == window.fills else 0
        if self._separator is not None or tries > _GUESSES:
            return
        self._tries = window.fills, tries
        start, _ = window.skip(0, SPACE)
        key = _FIRST_KEY.match(window.data, window.pos + start)
        brace = window.data.rfind(b"}", 0, window.pos)
        if key is not None and brace >= 0:
            self._separator = window.data[brace : key.end()]

    def _run(self, separator: bytes) -> Iterator[Located | FileProblem]:
        """Give all whole records in the window at once, or one where that is not possible.

        What lies between two places is a run of whole records exactly if it parses as an array.
        """
        window = self._window
        end = window.data.rfind(separator, window.pos) + 1
        raws: list[msgspec.Raw] = []
        if end > window.pos:
            try:
                raws = _RUN.decode(b"[" + window.data[window.pos : end] + b"]")
            except (msgspec.MsgspecError, RecursionError):
                raws = []
        for raw in raws:
            window.expect()
            line, offset, record = window.line, window.offset, bytes(raw)
            window.pos += len(record)
            yield self._site.parsed_record(line, offset, record)
            if window.pos < end:
                window.expect()
                window.pos += 1
        if not raws:
            self._separator = None
            yield from self._element()

    def _object(self) -> Iterator[Located | FileProblem]:
        """Give the records in an object's array members; of an object without any, itself."""
        window, max_bytes = self._window, self._site.max_bytes
        line, offset = window.line, window.offset
        is_wrapper, is_lost = False, False
        ahead, byte = window.skip(1, SPACE + b",")
        while byte != b"}":
            name, ahead = window.key(ahead, max_bytes)
            at = window.pos + ahead
            if name in self._array_members and window.data[at : at + 1] == b"[":
                window.pos, ahead, is_wrapper = at, 0, True
                yield from self._array()
            else:
                length = window.value_length(ahead, max_bytes)
                is_lost |= length is None
                ahead = 0 if length is None else ahead + length
                if is_wrapper or is_lost:
                    window.pos, ahead = window.pos + ahead, 0
            ahead, byte = window.skip(ahead, SPACE + b",")
        raw = window.data[window.pos : window.pos + ahead + 1]
        window.pos += ahead + 1
        if is_lost and not is_wrapper:
            yield self._site.too_large(line)
        elif not is_wrapper:
            yield self._site.record(line, offset, raw)
