"""The whole records known of a batch of objects: fetched, decompressed and read, once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import zstandard
from psycopg import Connection

from nexus_hub.catalog.canonical import Problem, RefusedRecordError
from nexus_hub.catalog.crossref import read_work
from nexus_hub.catalog.organisation import read_organisation
from nexus_hub.catalog.records import Reading, read_deposit
from nexus_hub.platform import frames
from nexus_hub.vulcanus.merge import Base
from nexus_hub.vulcanus.queries import base_layer as q

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "deposit": read_deposit,
    "crossref": read_work,
    "ror": read_organisation,
}
"""How the records of each source become bodies."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said of one object when it was asked."""

    croid: UUID
    source: str
    source_version: str
    rank: int
    record: bytes
    retrieved_at: datetime


@dataclass(slots=True)
class Known:
    """What is known of one object: its bases, and the faults found in reading them."""

    kind: str
    bases: list[Base] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a deposited record lie."""

    deposit_id: UUID
    n: int
    byte_offset: int
    size_bytes: int
    received_at: datetime


Frames = dict[UUID, dict[int, bytes]]


def read_bases(
    connection: Connection[Any],
    croids: Sequence[UUID],
    pending: Mapping[UUID, Place],
    answers: Iterable[Answer] = (),
) -> dict[UUID, Known]:
    """Read all bases of these objects; a pending record stands in for the deposits before it.

    A record that cannot be read contributes its problems and no base.
    """
    answered = list(answers)
    sources = sorted({answer.source for answer in answered})
    rows = q.base_layer_list(connection, croids=list(croids), but_sources=sources)
    places = {
        row.croid: Place(row.deposit_id, row.n, row.byte_offset, row.size_bytes, row.asserted_at)
        for row in rows
        if row.source == "deposit"
    } | dict(pending)
    known: dict[UUID, Known] = {}
    pieces = _fetch(connection, places.values())
    for croid, place in places.items():
        raw = frames.cut(pieces[place.deposit_id], place.byte_offset, place.size_bytes)
        version = f"{place.deposit_id}/{place.n}"
        item = known.setdefault(croid, Known("release"))
        _add(item, "deposit", version, 30, (str(place.deposit_id), place.n), raw, place.received_at)
    for row in rows:
        if row.record is not None:
            raw = decompress(row.record)
            item = known.setdefault(row.croid, Known(row.kind))
            version = int(row.source_version)
            _add(item, row.source, row.source_version, row.rank, version, raw, row.asserted_at)
    for answer in answered:
        kind = "organisation" if answer.source == "ror" else "release"
        item = known.setdefault(answer.croid, Known(kind))
        version = int(answer.source_version)
        _add(
            item, answer.source, answer.source_version, answer.rank, version, answer.record,
            answer.retrieved_at,
        )  # fmt: skip
    return known


def decompress(record: bytes) -> bytes:
    """The JSON of a stored row."""
    return zstandard.ZstdDecompressor().decompress(record, max_output_size=1 << 26)


def _add(
    item: Known, source: str, source_version: str, rank: int, version: Any, raw: bytes, at: datetime
) -> None:
    try:
        body, problems = READERS[source](raw)
    except RefusedRecordError as refused:
        item.problems.append(refused.problem)
        return
    item.problems += problems
    if not any(problem.severity == "error" for problem in problems):
        layer_id = f"{source}:{source_version}"
        item.bases.append(Base(layer_id, source, source_version, rank, version, body, at))


def _fetch(connection: Connection[Any], places: Iterable[Place]) -> Frames:
    wanted = {
        (place.deposit_id, number)
        for place in places
        for number in frames.numbers(place.byte_offset, place.size_bytes)
    }
    found: Frames = {}
    if not wanted:
        return found
    rows = q.base_layer_chunk_list(
        connection,
        deposit_ids=[deposit_id for deposit_id, _ in wanted],
        chunk_nos=[number for _, number in wanted],
    )
    for row in rows:
        found.setdefault(row.deposit_id, {})[row.chunk_no] = frames.decompress(row.body)
    return found
