"""Takes deposits in: keeps the bytes, finds out which object each record is about, announces it.

What the records say is read later, by whoever processes them; taking in is quick and loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

import msgspec
import psycopg
from psycopg import Connection

from nexus_hub.catalog.canonical import Problem
from nexus_hub.nauvis import handles
from nexus_hub.nauvis.envelope import NOTHING, Asked, Incoming, read_incoming
from nexus_hub.nauvis.errors import DepositTooLarge, MalformedDeposit, NotYourPrefix
from nexus_hub.nauvis.formats import Document, Media, read_document, read_record
from nexus_hub.nauvis.handles import Prepared, refuse_all, tell_problems
from nexus_hub.nauvis.queries import deposit as q
from nexus_hub.platform import frames
from nexus_hub.platform.files import batch_records, read_records

ANONYMOUS = UUID("00000000-0000-7000-8000-000000000002")
MAX_RECORDS = 10_000
MAX_BYTES = 50_000_000
MOST_DEPTH = 200
MOST_FLATTENED_BYTES = 500_000


@dataclass(slots=True)
class Taken:
    """What loading a file came to: deposits made, records in them, and all problems in words.

    `unread` are those of the problems that name a place of which nothing is in a deposit: a line
    that is no record, or where the file breaks off.
    """

    deposits: list[UUID] = field(default_factory=list)
    records: int = 0
    refused: int = 0
    problems: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|$)|[\[\]{}]', re.DOTALL)
_ESCAPE = re.compile(
    rb"(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)


def prepare_document(
    body: bytes,
    *,
    editor_id: UUID = ANONYMOUS,
    test: bool = False,
    key: str | None = None,
    media: Media = "deposit",
) -> dict[str, Any]:
    """What `deposit_take` takes of a body whose records all say which DOI they are of."""
    return read(body, editor_id=editor_id, test=test, key=key, media=media).call


def read(
    body: bytes,
    *,
    editor_id: UUID = ANONYMOUS,
    test: bool = False,
    key: str | None = None,
    media: Media = "deposit",
    asked: Asked = NOTHING,
) -> Prepared:
    """Read the body of a deposit into what `deposit_take` takes.

    Raises MalformedDeposit with the place, or DepositTooLarge. A bad record raises nothing: its
    problems are noted with it and the others go through, unless the deposit is atomic.
    """
    if len(body) > MAX_BYTES:
        raise DepositTooLarge(f"{len(body)} bytes")
    document, whole = _read_document(body, media)
    if not document.records:
        raise MalformedDeposit("records is empty")
    if len(document.records) > MAX_RECORDS:
        raise DepositTooLarge(f"{len(document.records)} records")
    records = [
        read_record(body[offset : offset + size], n, offset, media, asked)
        for n, (offset, size) in enumerate(_locate(whole, document), 1)
    ]
    refuse_duplicates(records)
    if document.atomic:
        refuse_all(records)
    call = arguments(
        body,
        records,
        editor_id=editor_id,
        media=media,
        origin="http",
        is_test=test or document.test,
        is_atomic=document.atomic,
        key=key,
    )
    return Prepared(call, body, records)


def read_made(raw: bytes, document: bytes, *, editor_id: UUID, key: str | None = None) -> Prepared:
    """A deposit whose records were made of a request, which is kept as it was received.

    The document with the records lies behind the bytes of the request.
    """
    made = read(document, editor_id=editor_id, key=key)
    prepared = Prepared(made.call, raw, made.records, behind=document)
    for record in made.records:
        record.offset += prepared.start
    made.call |= {
        "media": "dois",
        "sha256": sha256(raw).digest(),
        "size_bytes": len(raw),
        "chunks": frames.compress(raw) + frames.compress(document),
        "byte_offsets": [record.offset for record in made.records],
    }
    return prepared


def _read_document(body: bytes, media: Media) -> tuple[Document, bytes]:
    """The document, and the bytes it was read from, which are as long as those received.

    A lone surrogate would make all of it unreadable: it is read as U+FFFD, so that the record with
    it is refused alone.
    """
    try:
        return read_document(body, media), body
    except RecursionError:
        mended = _flattened(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        mended = _ESCAPE.sub(lambda found: b"\\ufffd" if found["lone"] else found[0], body)
        if mended == body:
            raise MalformedDeposit(str(error)) from None
    try:
        return read_document(mended, media), mended
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedDeposit(str(error)) from None


def _flattened(body: bytes) -> bytes:
    """The same document with blanks for all that lies deeper than any parser follows.

    Where the records lie does not change, so that the one that is too deep is refused alone.
    Raises `MalformedDeposit` where there is more of it than is worth the time.
    """
    if len(body) > MOST_FLATTENED_BYTES:
        raise MalformedDeposit("something in it is nested too deeply; send its records apart")
    flat = bytearray(body)
    depth = begin = 0
    for token in _BRACKET.finditer(body):
        if token[0] in b"[{":
            depth += 1
            if depth == MOST_DEPTH:
                begin = token.end()
        elif token[0] in b"]}":
            if depth == MOST_DEPTH:
                flat[begin : token.start()] = b" " * (token.start() - begin)
            depth -= 1
    return bytes(flat)


def _locate(body: bytes, document: Document) -> Iterator[tuple[int, int]]:
    """Where each record lies: its first byte and its size."""
    # Between two elements stand only white space and a comma: the first find is the place.
    end = 0
    for raw in document.records:
        record = bytes(raw)
        offset = body.index(record, end)
        end = offset + len(record)
        yield offset, len(record)


def refuse_duplicates(records: Sequence[Incoming]) -> None:
    """Let the first record of a DOI stand and refuse the others, naming the first."""
    seen: dict[str, int] = {}
    for record in records:
        if record.doi is None or record.is_refused:
            continue
        first = seen.setdefault(record.doi, record.n)
        if first != record.n:
            detail = f"record {first} of this deposit has the DOI {record.doi} already"
            record.problems.append(Problem("duplicate-in-deposit", "/doi", detail))


def arguments(
    body: bytes,
    records: Sequence[Incoming],
    *,
    editor_id: UUID,
    media: Media | Literal["deposit-lines"],
    origin: str,
    is_test: bool = False,
    is_atomic: bool = False,
    key: str | None = None,
) -> dict[str, Any]:
    """The arguments of `deposit_take`, sync or async, for these bytes and their records."""
    return {
        "editor_id": editor_id,
        "media": media,
        "origin": origin,
        "sha256": sha256(body).digest(),
        "size_bytes": len(body),
        "is_test": is_test,
        "is_atomic": is_atomic,
        "idempotency_key": key,
        "chunks": frames.compress(body),
        "ns": [record.n for record in records],
        "dois": [record.doi for record in records],
        "byte_offsets": [record.offset for record in records],
        "sizes": [record.size_bytes for record in records],
        "sha256s": [record.sha256 for record in records],
        "expects": [record.expect for record in records],
        "refused": [record.is_refused for record in records],
        "problems": [tell_problems(record.problems) for record in records],
        "states": None,
        "minted": None,
    }


def load(
    connection: Connection[Any],
    paths: Iterable[str],
    *,
    on_bytes: Callable[[str, int, int | None], None] = lambda path, done, total: None,
    batch_size: int = 1000,
    key: str | None = None,
    editor_id: UUID = ANONYMOUS,
) -> Iterator[Taken]:
    """Deposit the records of files, so many a time, and tell after each what it came to.

    Each batch is a deposit of its own in a transaction of its own: a load that was interrupted is
    run again, and what was taken is unchanged. With a `key`, a batch that was taken under it before
    is found and not taken again.
    """
    for path in paths:
        name = "standard input" if path == "-" else path.rsplit("/", 1)[-1]

        def progress(done: int, total: int | None, path: str = path) -> None:
            on_bytes(path, done, total)

        items = read_records(path, progress=progress)
        for i, (located, problems) in enumerate(batch_records(items, count=batch_size)):
            unread = [str(problem) for problem in problems]
            taken = Taken(problems=unread.copy(), unread=unread)
            if located:
                lines = [(item.number, item.line, item.raw) for item in located]
                _take(connection, name, lines, taken, f"{key}/{i}" if key else None, editor_id)
            yield taken


def _take(
    connection: Connection[Any],
    name: str,
    lines: Sequence[tuple[int, int, bytes]],
    taken: Taken,
    key: str | None,
    editor_id: UUID,
) -> None:
    records: list[Incoming] = []
    offset = 0
    for number, _, raw in lines:
        records.append(read_incoming(raw, number, offset))
        offset += len(raw) + 1
    body = b"\n".join([raw for _, _, raw in lines]) + b"\n"
    call = arguments(
        body, records, editor_id=editor_id, media="deposit-lines", origin=name, key=key
    )
    try:
        with connection.transaction():
            handles.complete(connection, Prepared(call, body, records))
            deposit_id = q.deposit_take(connection, **call)
    except psycopg.Error as error:
        if error.sqlstate != NotYourPrefix.sqlstate:
            raise
        taken.refused += len(records)
        place = f"{name}:{lines[0][1]} to {lines[-1][1]}"
        detail = f"{error.diag.message_detail}; nothing of it was taken"
        taken.problems.append(f"{place}: {NotYourPrefix.slug}: {detail}")
        return
    assert deposit_id is not None  # noqa: S101
    taken.deposits.append(deposit_id)
    taken.records += len(records)
    for record, (number, line, _) in zip(records, lines, strict=True):
        if record.is_refused:
            taken.refused += 1
            taken.problems += [
                f"{name}:{line} (record {number}): {p.code}: {p.detail}" for p in record.problems
            ]
