"""Records that ask for more than to be findable: a new DOI, a state, the state alone.

What such a record is to say is made whole before it is taken: a minted DOI is put into it, and one
that names a state alone is given the metadata that was deposited before. What is made so lies
behind the bytes received, which stay as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from psycopg import AsyncConnection, Connection

from nexus_hub.catalog.canonical import Problem, RefusedRecordError
from nexus_hub.catalog.csl import read_csl
from nexus_hub.catalog.datacite import read_datacite
from nexus_hub.nauvis.envelope import Incoming, Wish
from nexus_hub.nauvis.queries import deposit as deposits
from nexus_hub.nauvis.queries import handle as q
from nexus_hub.platform import frames

Kept = q.HandleRecordListRow
_READERS = {"csl": read_csl, "datacite": read_datacite}


@dataclass(slots=True)
class Prepared:
    """A deposit as it was read: what `deposit_take` takes, and the records it is made of.

    `behind` is what was made of the body and lies behind it, from the next chunk on.
    """

    call: dict[str, Any]
    body: bytes
    records: list[Incoming]
    behind: bytes = b""

    @property
    def start(self) -> int:
        """Where what lies behind the body begins."""
        return len(frames.numbers(0, len(self.body))) * frames.CHUNK_BYTES

    def read(self, record: Incoming) -> bytes:
        """The bytes of a record, wherever they lie."""
        if record.offset < self.start:
            return self.body[record.offset : record.offset + record.size_bytes]
        offset = record.offset - self.start
        return self.behind[offset : offset + record.size_bytes]

    def wishes(self) -> list[tuple[Incoming, Wish]]:
        """The records that are to be completed."""
        return [
            (record, record.wish)
            for record in self.records
            if record.wish is not None and not record.is_refused
        ]


def complete(connection: Connection[Any], deposit: Prepared) -> None:
    """Complete the records of a deposit, in the transaction in which it is taken."""
    wishes = deposit.wishes()
    if not wishes:
        return
    q.handle_hold(connection, dois=_dois(wishes))
    coined = q.handle_coin(
        connection, editor_id=deposit.call["editor_id"], prefixes=_prefixes(wishes)
    )
    kept: dict[str, tuple[Kept, bytes]] = {}
    for row in q.handle_record_list(connection, dois=_bare(wishes)):
        chunks = deposits.deposit_chunk_list(connection, **_place(row))
        kept[row.doi] = row, _cut(row, chunks)
    _apply(deposit, wishes, [row.doi for row in coined], kept)


async def complete_async(connection: AsyncConnection[Any], deposit: Prepared) -> None:
    """Complete the records of a deposit, in the transaction in which it is taken."""
    wishes = deposit.wishes()
    if not wishes:
        return
    await q.handle_hold_async(connection, dois=_dois(wishes))
    coined = await q.handle_coin_async(
        connection, editor_id=deposit.call["editor_id"], prefixes=_prefixes(wishes)
    )
    kept: dict[str, tuple[Kept, bytes]] = {}
    for row in await q.handle_record_list_async(connection, dois=_bare(wishes)):
        chunks = await deposits.deposit_chunk_list_async(connection, **_place(row))
        kept[row.doi] = row, _cut(row, chunks)
    _apply(deposit, wishes, [row.doi for row in coined], kept)


async def read_record_async(
    connection: AsyncConnection[Any], doi: str
) -> tuple[Kept, bytes] | None:
    """The newest record that was deposited of a DOI and not refused, and its bytes."""
    for row in await q.handle_record_list_async(connection, dois=[doi]):
        chunks = await deposits.deposit_chunk_list_async(connection, **_place(row))
        return row, _cut(row, chunks)
    return None


def read_kept(row: Kept, raw: bytes) -> Any:
    """The record that was deposited of a DOI in our own form, whatever form it came in."""
    if row.media in _READERS:
        return {"metadata": _READERS[row.media](raw)[0]}
    return orjson.loads(raw)


def refuse_all(records: Sequence[Incoming]) -> None:
    """Refuse all records of an atomic deposit of which one is refused."""
    if any(record.is_refused for record in records):
        for record in records:
            if not record.is_refused:
                detail = "another record of this atomic deposit was refused"
                record.problems.append(Problem("atomic", "", detail))


def tell_problems(problems: Sequence[Problem]) -> str | None:
    """Problems as JSON, or None where there are none."""
    return orjson.dumps(problems).decode() if problems else None


def _dois(wishes: Iterable[tuple[Incoming, Wish]]) -> list[str]:
    return [record.doi for record, _ in wishes if record.doi is not None]


def _bare(wishes: Iterable[tuple[Incoming, Wish]]) -> list[str]:
    return [record.doi for record, wish in wishes if record.doi and not wish.has_metadata]


def _prefixes(wishes: Iterable[tuple[Incoming, Wish]]) -> list[str | None]:
    return [wish.prefix for _, wish in wishes if wish.is_minted]


def _place(row: Kept) -> dict[str, Any]:
    numbers = frames.numbers(row.byte_offset, row.size_bytes)
    return {
        "deposit_id": row.deposit_id,
        "first_chunk": numbers.start,
        "last_chunk": numbers.stop - 1,
    }


def _cut(row: Kept, chunks: Iterable[deposits.DepositChunkListRow]) -> bytes:
    pieces = {chunk.chunk_no: frames.decompress(chunk.body) for chunk in chunks}
    return frames.cut(pieces, row.byte_offset, row.size_bytes)


def _apply(
    deposit: Prepared,
    wishes: Sequence[tuple[Incoming, Wish]],
    coined: Iterable[str | None],
    kept: dict[str, tuple[Kept, bytes]],
) -> None:
    """Put what was found into what is taken."""
    chunks, start = frames.compress(deposit.body), deposit.start
    made = bytearray(deposit.behind)
    dois = iter(coined)
    for record, wish in wishes:
        if wish.is_minted:
            record.doi = next(dois)
            if record.doi is None:
                detail = "minting needs a key of a member that owns a prefix today"
                record.problems.append(Problem("mint-needs-member", "/mint", detail))
                continue
        raw = _whole(record, wish, deposit, kept.get(record.doi or ""))
        if raw is not None:
            record.offset, record.size_bytes = start + len(made), len(raw)
            record.sha256 = sha256(raw).digest()
            made += raw
    if deposit.call["is_atomic"]:
        refuse_all(deposit.records)
    _renew(deposit)
    deposit.call["chunks"] = chunks + frames.compress(bytes(made))


def _whole(
    record: Incoming, wish: Wish, deposit: Prepared, kept: tuple[Kept, bytes] | None
) -> bytes | None:
    """The record as it is to be read; None where its own bytes say it all."""
    try:
        if wish.is_minted:
            told = orjson.loads(deposit.read(record))
            inner = told.get("attributes")
            if deposit.call["media"] == "datacite" and isinstance(inner, dict):
                return orjson.dumps(told | {"attributes": inner | {"doi": record.doi}})
            return orjson.dumps(told | {"DOI" if wish.is_bare else "doi": record.doi})
        if not wish.has_metadata and kept is not None:
            return orjson.dumps(_again(read_kept(*kept), record.doi, wish.state))
    except (orjson.JSONDecodeError, RefusedRecordError):
        # It is refused where it is read.
        return None
    return None


def _again(kept: Any, doi: str | None, state: str) -> Any:
    if "metadata" in kept:
        return kept | {"doi": doi, "state": state}
    return {"doi": doi, "state": state, "metadata": kept.get("message", kept)}


def _renew(deposit: Prepared) -> None:
    """What is taken, as the records are now."""
    records, call = deposit.records, deposit.call
    states = [record.wish.state if record.wish else None for record in records]
    call |= {
        "dois": [record.doi for record in records],
        "byte_offsets": [record.offset for record in records],
        "sizes": [record.size_bytes for record in records],
        "sha256s": [record.sha256 for record in records],
        "refused": [record.is_refused for record in records],
        "problems": [tell_problems(record.problems) for record in records],
        "states": [None if state == "findable" else state for state in states],
        "minted": [record.wish is not None and record.wish.is_minted for record in records],
    }
