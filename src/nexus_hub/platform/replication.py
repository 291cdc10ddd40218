"""What a replica has yet to apply, read from the messages of logical replication.

PostgreSQL stops a replica at the first change that meets a row of its own and tells only its log
which. So the changes themselves are asked for, from the slot that keeps them: each row that is to
be inserted or updated, and the keys of all rows that are touched.

Source: PostgreSQL 18, "Logical Replication Message Formats", protocol version 1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

Row = dict[str, str | None]


@dataclass(slots=True)
class Pending:
    """The rows of one table that are yet to be changed, as text by column.

    `inserted` are those whose keys nothing pending touches before: a row of such a key is in the
    way. `updated` take the place of rows that are there; `touched` are rows by their keys.
    """

    inserted: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    touched: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Relation:
    name: str
    columns: list[str]
    keys: list[str]

    def key(self, row: Row) -> tuple[str | None, ...]:
        return tuple(row.get(name) for name in self.keys)


class _Change(NamedTuple):
    relation: _Relation
    old: Row | None
    new: Row | None


class _Message:
    """The bytes of one message, read from its start on."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> int:
        size = struct.calcsize(form)
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += size
        return value

    def letter(self) -> bytes:
        self.at += 1
        return self.data[self.at - 1 : self.at]

    def word(self) -> str:
        end = self.data.index(b"\0", self.at)
        text = self.data[self.at : end].decode()
        self.at = end + 1
        return text

    def relation(self) -> tuple[int, _Relation]:
        number, schema, table = self.take("!I"), self.word(), self.word()
        self.letter()
        columns, keys = [], []
        for _ in range(self.take("!H")):
            is_key = self.letter() == b"\1"
            columns.append(self.word())
            keys += columns[-1:] if is_key else []
            self.at += 8
        return number, _Relation(f"{schema}.{table}", columns, keys)

    def row(self, columns: list[str]) -> Row:
        """A row; values that are large and did not change are not sent and left out."""
        row: Row = {}
        for column in columns[: self.take("!H")]:
            kind = self.letter()
            if kind == b"n":
                row[column] = None
            elif kind == b"t":
                size = self.take("!I")
                row[column] = self.data[self.at : self.at + size].decode()
                self.at += size
        return row


def read_pending(messages: Iterable[bytes], applied_lsn: int) -> dict[str, Pending]:
    """The changes by table of the transactions that end after a place of the WAL."""
    changes: list[_Change] = []
    relations: dict[int, _Relation] = {}
    transaction: list[_Change] = []
    for data in messages:
        message = _Message(data)
        kind = message.letter()
        if kind == b"B":
            transaction = []
        elif kind == b"R":
            number, relation = message.relation()
            relations[number] = relation
        elif kind in (b"I", b"U", b"D"):
            transaction.append(_change(message, kind, relations[message.take("!I")]))
        elif kind == b"C":
            message.at += 9
            if message.take("!Q") > applied_lsn:
                changes += transaction
    return _by_table(changes)


def _change(message: _Message, kind: bytes, relation: _Relation) -> _Change:
    rows: dict[bytes, Row] = {}
    while message.at < len(message.data):
        letter = message.letter()
        rows[letter] = message.row(relation.columns)
    new = rows.get(b"N")
    old = rows.get(b"K") or rows.get(b"O")
    # Of an update that leaves the key alone the old row is not sent.
    return _Change(relation, old or new if kind == b"U" else old, new)


def _by_table(changes: Iterable[_Change]) -> dict[str, Pending]:
    found: dict[str, Pending] = {}
    seen: dict[str, set[tuple[str | None, ...]]] = {}
    for relation, old, new in changes:
        pending = found.setdefault(relation.name, Pending())
        keys = seen.setdefault(relation.name, set())
        if new is not None:
            is_new = old is None and relation.key(new) not in keys
            (pending.inserted if is_new else pending.updated).append(new)
            keys.add(relation.key(new))
        if old is not None:
            pending.touched.append({name: old.get(name) for name in relation.keys})
            keys.add(relation.key(old))
    return found
