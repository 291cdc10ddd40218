"""A window that slides over JSON text and finds where values end, however long the text is."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from nexus_hub.platform.places import BrokenFileError, shown

SPACE = b" \t\r\n"

# Before 3.11.5 Python forgets where a possessive group of alternatives began: there a record
# that is far too large takes more memory until it is refused.
_LOOP = b"*+" if sys.version_info >= (3, 11, 5) else b"*"
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)' + _LOOP + rb'"'
_KEY = re.compile(rb"(" + _STRING + rb")[ \t\r\n]*+:[ \t\r\n]*+", re.DOTALL)
_TEXT = re.compile(_STRING, re.DOTALL)
_SCALAR = re.compile(rb'[^\s,:"\[\]{}]++')
_NAME_CUT = re.compile(
    _STRING + rb'[ \t\r\n]*+:?+[ \t\r\n]*+|"(?:[^"\\]++|\\.)' + _LOOP + rb"\\?+", re.DOTALL
)
_LONGEST_SCALAR = 1000
_INSIDE_TEXT = re.compile(rb'(?:[^"\\]++|\\.)' + _LOOP, re.DOTALL)
_GAPS = {chars: re.compile(b"[" + chars + b"]*+") for chars in (SPACE, SPACE + b",")}


def _nested(depth: int) -> bytes:
    """Match one bracketed value of at most `depth` levels, strings respected."""
    value = rb"(?!)"
    for _ in range(depth):
        inner = _STRING + rb"|" + value
        value = rb'[\[{][^\[\]{}"]*+(?:(?:' + inner + rb')[^\[\]{}"]*+)' + _LOOP + rb"[\]}]"
    return value


_BRACKETED = re.compile(_nested(24), re.DOTALL)
_BALANCED = re.compile(
    rb'(?:[^"\[\]{}]++|' + _STRING + rb"|" + _nested(24) + rb")" + _LOOP, re.DOTALL
)
_NOTHING = re.compile(rb"")


class Window:
    """What is in memory of a text: from `pos`, where the reader stands, to the last byte read.

    Places are given as distances `ahead` of `pos`, so that they outlive the reading of more text.
    """

    def __init__(self, chunks: Iterator[bytes], offset: int = 0) -> None:
        self.data = b""
        self.pos = 0
        self.fills = 0
        self._chunks = chunks
        self._base = offset
        self._line = 1
        self._counted = 0

    @property
    def offset(self) -> int:
        """Say how many bytes of the text lie before `pos`."""
        return self._base + self.pos

    @property
    def line(self) -> int:
        """Say in which line `pos` is."""
        self._line += self.data.count(b"\n", self._counted, self.pos)
        self._counted = self.pos
        return self._line

    def fill(self) -> bool:
        """Read more text and forget what lies before `pos`; false at the end of the text."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        _ = self.line
        self._base += self.pos
        self.data = self.data[self.pos :] + chunk
        self.pos = self._counted = 0
        self.fills += 1
        return True

    def peek(self) -> bytes:
        """Pass over white space and give the next byte; empty at the end of the text."""
        while True:
            self.pos = self._gap_end(self.pos, SPACE)
            if self.pos < len(self.data):
                return self.data[self.pos : self.pos + 1]
            if not self.fill():
                return b""

    def expect(self) -> bytes:
        """Do the same inside a value, where the text must not end."""
        return self.peek() or self._end()

    def skip(self, ahead: int, chars: bytes) -> tuple[int, bytes]:
        """Find the first byte from `ahead` on that is none of `chars`: how far, and which."""
        while True:
            at = self._gap_end(self.pos + ahead, chars)
            ahead = at - self.pos
            if at < len(self.data):
                return ahead, self.data[at : at + 1]
            if not self.fill():
                self._end()

    def key(self, ahead: int, max_bytes: int) -> tuple[str, int]:
        """Read a member's name: the name, and how far ahead its value begins."""
        while True:
            found = _KEY.match(self.data, self.pos + ahead)
            if found is not None and found.end() < len(self.data):
                name = found[1][1:-1].decode("utf-8", "replace")
                return name, found.end() - self.pos
            here = self.data[self.pos + ahead :]
            has_more = here.startswith(b'"') and len(here) <= max_bytes and self.fill()
            if not has_more and _NAME_CUT.fullmatch(here):
                self._end()
            if not has_more:
                self.pos += ahead
                raise BrokenFileError("malformed-json", f"no member name but {shown(here)}")

    def value_length(self, ahead: int, max_bytes: int) -> int | None:
        """Measure the value that begins `ahead`.

        One that takes the window beyond `max_bytes` is let go of: the answer is `None`, and `pos`
        is behind it. Raises `BrokenFileError` where the text ends first or there is no value.
        """
        first = self.data[self.pos + ahead : self.pos + ahead + 1]
        if first in b'"[{':
            pattern = _TEXT if first == b'"' else _BRACKETED
            for _ in range(2):
                found = pattern.match(self.data, self.pos + ahead)
                if found is not None:
                    return found.end() - self.pos - ahead
                if not self.fill():
                    break
            return self._walk(ahead, max_bytes)
        while True:
            found = _SCALAR.match(self.data, self.pos + ahead)
            length = found.end() - found.start() if found is not None else 0
            if not 0 < length <= _LONGEST_SCALAR:
                self.pos += ahead
                raise BrokenFileError(
                    "malformed-json", f"no value but {shown(self.data[self.pos :])}"
                )
            if self.pos + ahead + length < len(self.data) or not self.fill():
                return length

    def _walk(self, ahead: int, max_bytes: int) -> int | None:
        """Find a value's end step by step, for values deeper or longer than the pattern takes."""
        start, depth, in_text, is_lost = ahead, 0, False, False
        while True:
            step = _INSIDE_TEXT if in_text else _BALANCED if depth else _NOTHING
            at = _end_of(step.match(self.data, self.pos + ahead))
            ahead = at - self.pos
            mark = self.data[at : at + 1]
            if mark and (not in_text or mark == b'"'):
                ahead += 1
                in_text ^= mark == b'"'
                depth += (mark in b"[{") - (mark in b"]}")
                if depth <= 0 and not in_text:
                    break
                continue
            if ahead > max_bytes:
                self.pos, ahead, is_lost = self.pos + ahead, 0, True
            if not self.fill():
                self._end()
        if is_lost:
            self.pos += ahead
            return None
        return ahead - start

    def _gap_end(self, at: int, chars: bytes) -> int:
        return _end_of(_GAPS[chars].match(self.data, at))

    def _end(self) -> bytes:
        self.pos = len(self.data)
        raise BrokenFileError("truncated", "the text ends inside a JSON value")


def _end_of(found: re.Match[bytes] | None) -> int:
    """Give the end of a match that cannot fail, since its pattern takes the empty text too."""
    return found.end() if found is not None else 0
