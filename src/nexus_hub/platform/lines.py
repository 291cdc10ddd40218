"""Records out of JSON lines: one object a line, whatever else the lines hold."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_hub.platform.places import BrokenFileError, FileProblem, Located, Site, is_whole
from nexus_hub.platform.window import Window

_BLANK = b" \t\r"


class Lines:
    """A text of one record per line; blank lines and carriage returns do not matter."""

    def __init__(self, site: Site, window: Window) -> None:
        self._site = site
        self._window = window
        self._line = 0

    @property
    def line(self) -> int:
        """Say in which line the reading stands."""
        return self._line + 1

    def records(self) -> Iterator[Located | FileProblem]:
        """Give every line's record or problem; raises `BrokenFileError` where the text breaks off.

        A line that the break cut short is given if it is whole.
        """
        window = self._window
        rest, is_lost, failure = b"", False, None
        while True:
            try:
                if not window.fill():
                    break
            except BrokenFileError as broken:
                failure = broken
                break
            offset = window.offset
            parts = window.data.split(b"\n")
            rest = parts.pop()
            if parts and is_lost:
                offset += len(parts.pop(0)) + 1
                self._line += 1
                is_lost = False
            for part in parts:
                self._line += 1
                if raw := part.strip(_BLANK):
                    yield self._record(part, raw, offset)
                offset += len(part) + 1
            if is_lost or len(rest) > self._site.max_bytes:
                if not is_lost:
                    yield self._site.too_large(self._line + 1)
                is_lost, rest = True, b""
            window.pos = len(window.data) - len(rest)
        raw = rest.strip(_BLANK)
        if raw and (failure is None or is_whole(raw)):
            self._line += 1
            yield self._record(rest, raw, window.offset)
        if failure is not None:
            raise failure

    def _record(self, part: bytes, raw: bytes, offset: int) -> Located | FileProblem:
        if raw is not part:
            offset += part.index(raw[:1])
        return self._site.record(self._line, offset, raw)
