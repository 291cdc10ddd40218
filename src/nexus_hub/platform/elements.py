"""Elements out of XML of any size, one at a time, as JSON values; no entities, no DTD, no network.

After the advice of the Python documentation on XML vulnerabilities: a document type declaration is
refused, so that nothing can be expanded or fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from nexus_hub.platform.places import BrokenFileError

MAX_DEPTH = 100
MAX_ELEMENTS = 1_000_000
"""Of one record: more is an attack or another format."""

Value = dict[str, Any] | str


def read_elements(
    chunks: Iterator[bytes], is_wanted: Callable[[str, int], bool]
) -> Iterator[tuple[int, str, Value]]:
    """Give each wanted element with its line and name, whole: its members by their names.

    `is_wanted` is asked with the local name of an element and its depth, 0 being the root's; what
    lies around wanted elements is passed over and not kept. An element that holds text alone is
    that text. Any other is an object: attributes and children by local name (several of one name
    are a list), its text under `value`. Raises BrokenFileError (`malformed-xml`, `entities-in-xml`,
    `too-deep`) where the reading ends.

    >>> text = b'<a><b id="1"><c>x</c><c>y</c></b></a>'
    >>> list(read_elements(iter([text]), lambda name, depth: name == "b"))
    [(1, 'b', {'id': '1', 'c': ['x', 'y']})]
    """
    reading = _Reading(is_wanted)
    try:
        for chunk in chunks:
            reading.parser.Parse(chunk, False)
            yield from reading.take()
        reading.parser.Parse(b"", True)
    except expat.ExpatError as failure:
        yield from reading.take()
        raise BrokenFileError("malformed-xml", str(failure)) from None
    yield from reading.take()


class _Reading:
    def __init__(self, is_wanted: Callable[[str, int], bool]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        self.parser = parser
        self._is_wanted = is_wanted
        self._depth = 0
        self._count = 0
        self._line = 0
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self._done: list[tuple[int, str, Value]] = []

    def take(self) -> list[tuple[int, str, Value]]:
        done, self._done = self._done, []
        return done

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def _refuse(self, *_: Any) -> None:
        raise BrokenFileError("entities-in-xml", "a document type declaration is not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._open or self._is_wanted(local, self._depth):
            if not self._open:
                self._line, self._count = self.line, 0
            self._count += 1
            if len(self._open) > MAX_DEPTH or self._count > MAX_ELEMENTS:
                raise BrokenFileError("too-deep", "a record with too many elements")
            members = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            self._open.append((local, members, []))
        self._depth += 1

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        name, members, texts = self._open.pop()
        text = "".join(texts).strip()
        value: Value = members
        if text and members:
            members["value"] = text
        elif not members:
            value = text
        if not self._open:
            self._done.append((self._line, name, value))
            return
        parent = self._open[-1][1]
        if name not in parent:
            parent[name] = value
        elif isinstance(held := parent[name], list):
            held.append(value)
        else:
            parent[name] = [held, value]
