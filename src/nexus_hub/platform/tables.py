"""Records out of tables in text: CSV and its kin, one JSON object a row, bad rows named by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from nexus_hub.platform.files import MAX_RECORD_BYTES, read_texts
from nexus_hub.platform.places import BrokenFileError, FileProblem, Located, Site, record_numbers
from nexus_hub.platform.unpacking import Progress

_BOM = b"\xef\xbb\xbf"
_MAX_CELL = 1 << 20


class WrongHeaderError(BrokenFileError):
    """The first line is not that of the table that is wanted."""

    def __init__(self, detail: str) -> None:
        super().__init__("wrong-header", detail)


def read_table(
    path: str,
    *,
    columns: Sequence[str] | None = None,
    required: Sequence[str] = (),
    delimiter: str = ",",
    is_quoted: bool = True,
    progress: Progress | None = None,
) -> Iterator[Located | FileProblem]:
    """Give every row of a table as a JSON object of texts by column, and its first line's number.

    `columns` name the columns of a table without a header; of one with a header, `required` have
    to be there (`wrong-header`, fatal). A row of another width (`wrong-width`), one that is not
    UTF-8 or not readable is a problem and the rest goes on: a quote that is never closed costs no
    more than a mebibyte. Columns without a name are left out.
    """
    numbers = record_numbers()
    for member, chunks in read_texts(path, pick_table, progress):
        site = Site(path, member, numbers, MAX_RECORD_BYTES)
        if isinstance(chunks, BrokenFileError):
            yield site.broken(None, chunks)
            return
        table = _Table(site, list(columns) if columns else None, required, delimiter)
        try:
            yield from table.rows(chunks, is_quoted=is_quoted)
        except BrokenFileError as failure:
            yield site.broken(table.line + 1, failure)
            return


def pick_table(names: Sequence[str]) -> list[str]:
    """Choose every table of an archive.

    >>> pick_table(["readme.md", "a.csv", "__MACOSX/a.csv", "b.tsv.gz"])
    ['a.csv', 'b.tsv.gz']
    """
    endings = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
    return [n for n in names if n.lower().endswith(endings) and not n.startswith("__MACOSX/")]


class _Table:
    def __init__(
        self, site: Site, header: list[str] | None, required: Sequence[str], delimiter: str
    ) -> None:
        self.line = 0
        self._site = site
        self._header = header
        self._required = required
        self._delimiter = delimiter

    def rows(self, chunks: Iterator[bytes], *, is_quoted: bool) -> Iterator[Located | FileProblem]:
        csv.field_size_limit(_MAX_CELL)
        lines = self._count(split_lines(chunks))
        quoting: Any = csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
        reader = csv.reader(lines, delimiter=self._delimiter, quoting=quoting)
        while True:
            first = self.line + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as failure:
                yield self._site.bad(first, "unreadable-row", str(failure))
                continue
            if not cells or cells == [""]:
                continue
            if self._header is None:
                self._header = self._read_header(cells)
                continue
            yield self._row(first, cells)

    def _read_header(self, cells: list[str]) -> list[str]:
        names = [cell.strip() for cell in cells]
        missing = [name for name in self._required if name not in names]
        if missing:
            raise WrongHeaderError(f"no column {', '.join(missing)} among {', '.join(names)[:200]}")
        return names

    def _row(self, line: int, cells: list[str]) -> Located | FileProblem:
        header = self._header or []
        if len(cells) != len(header):
            detail = f"{len(cells)} cells where {len(header)} are expected"
            return self._site.bad(line, "wrong-width", detail)
        row = {name: cell for name, cell in zip(header, cells, strict=True) if name}
        try:
            raw = orjson.dumps(row)
        except (orjson.JSONEncodeError, UnicodeEncodeError):
            return self._site.bad(line, "not-utf8", "the row is not UTF-8")
        return self._site.parsed_record(line, 0, raw)

    def _count(self, lines: Iterator[bytes]) -> Iterator[str]:
        for line in lines:
            self.line += 1
            # A byte that is no UTF-8 stays a lone surrogate, which refuses this row alone.
            yield line.decode("utf-8", "surrogateescape").replace("\0", "\udc00")


def split_lines(chunks: Iterator[bytes], max_bytes: int = MAX_RECORD_BYTES) -> Iterator[bytes]:
    """Give the lines of a text with their ends, without a byte order mark at the start.

    A line longer than `max_bytes` is given in pieces.
    """
    rest, is_first = b"", True
    for chunk in chunks:
        data = rest + chunk
        if is_first and len(data) >= len(_BOM):
            data, is_first = data.removeprefix(_BOM), False
        lines = data.split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield line + b"\n"
        if len(rest) > max_bytes:
            yield rest
            rest = b""
    if rest:
        yield rest
