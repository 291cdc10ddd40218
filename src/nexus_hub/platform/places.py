"""What a reader of files hands out: a record with its place, or a problem with its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import msgspec


class Located(msgspec.Struct, frozen=True, gc=False):
    """The exact bytes of one record, a whole JSON object, and where it was found.

    `offset` counts bytes of the uncompressed text from 0, `line` and `number` (the ordinal of the
    record in the file) from 1. `member` is the name inside an archive, else empty.
    """

    line: int
    offset: int
    raw: bytes
    number: int
    member: str = ""


class FileProblem(msgspec.Struct, frozen=True, gc=False):
    """What is wrong with a file at one place of it.

    `fatal` means that nothing after the place could be read; otherwise one record is lost and the
    rest goes on. `number` is the record's ordinal, `None` where the file as a whole is meant.
    """

    path: str
    line: int | None
    number: int | None
    code: str
    detail: str
    member: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        """Say where and what, in one line for a person."""
        place = f"{self.path}!{self.member}" if self.member else self.path
        if self.line is not None:
            place += f":{self.line}"
        record = f" (record {self.number})" if self.number is not None else ""
        return f"{place}{record}: {self.code}: {self.detail}"


class BrokenFileError(Exception):
    """A file that cannot be read on from here; the reader turns it into a fatal `FileProblem`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Site:
    """One file, or one member of an archive, being read: makes the items and numbers them."""

    def __init__(self, path: str, member: str, numbers: Iterator[int], max_bytes: int) -> None:
        self.path = path
        self.member = member
        self.max_bytes = max_bytes
        self._numbers = numbers

    def record(self, line: int, offset: int, raw: bytes) -> Located | FileProblem:
        """Judge one record's syntax: a whole JSON object within the size limit, or the problem."""
        number = next(self._numbers)
        if len(raw) > self.max_bytes:
            return self._problem(line, number, *self._too_large)
        try:
            _WHOLE.decode(raw)
        except RecursionError:
            pass  # how deep is too deep is the decoder's to say
        except msgspec.MsgspecError as failure:
            return self._problem(line, number, "malformed-json", str(failure))
        if not raw.startswith(b"{"):
            return self._problem(line, number, "not-an-object", f"found {shown(raw)}")
        return Located(line, offset, raw, number, self.member)

    def parsed_record(self, line: int, offset: int, raw: bytes) -> Located | FileProblem:
        """Judge bytes that a JSON parser has already accepted as one value."""
        if len(raw) > self.max_bytes or not raw.startswith(b"{"):
            return self.record(line, offset, raw)
        return Located(line, offset, raw, next(self._numbers), self.member)

    def too_large(self, line: int) -> FileProblem:
        """Name a record that was passed over because it exceeds the size limit."""
        return self._problem(line, next(self._numbers), *self._too_large)

    def bad(self, line: int, code: str, detail: str) -> FileProblem:
        """Name a record that is lost while the rest goes on."""
        return self._problem(line, next(self._numbers), code, detail)

    def broken(self, line: int | None, failure: BrokenFileError) -> FileProblem:
        """Name what ended the reading."""
        return FileProblem(
            self.path, line, None, failure.code, failure.detail, self.member, fatal=True
        )

    def _problem(self, line: int, number: int, code: str, detail: str) -> FileProblem:
        return FileProblem(self.path, line, number, code, detail, self.member)

    @property
    def _too_large(self) -> tuple[str, str]:
        return "record-too-large", f"a record may have {self.max_bytes:,} bytes"


def record_numbers() -> Iterator[int]:
    """Number records from 1, through all members of a file."""
    return count(1)


def shown(raw: bytes) -> str:
    """Show the first bytes of something unexpected in a message.

    >>> shown(b"<html>")
    "'<html>'"
    """
    return repr(raw[:24].decode("utf-8", "replace"))


def is_whole(raw: bytes) -> bool:
    """Know a whole JSON value, as against one that was cut short or is none."""
    try:
        _WHOLE.decode(raw)
    except RecursionError:
        return True
    except msgspec.MsgspecError:
        return False
    return True


_WHOLE = msgspec.json.Decoder(msgspec.Raw)
