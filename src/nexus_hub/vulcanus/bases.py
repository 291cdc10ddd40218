"""The whole records known of a batch of objects: fetched, decompressed and read, once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import zstandard
from psycopg import Connection

from nexus_hub.catalog.canonical import Problem, RefusedRecordError
from nexus_hub.catalog.crossref import read_work
from nexus_hub.catalog.csl import read_csl
from nexus_hub.catalog.datacite import read_datacite
from nexus_hub.catalog.funder import read_funder
from nexus_hub.catalog.journal import read_journal
from nexus_hub.catalog.organisation import read_organisation
from nexus_hub.catalog.person import read_person
from nexus_hub.catalog.records import Reading, read_deposit
from nexus_hub.platform import frames
from nexus_hub.vulcanus.merge import Base
from nexus_hub.vulcanus.queries import base_layer as q

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "crossref": read_work,
    "datacite": read_datacite,
    "doaj": read_journal,
    "funder-registry": read_funder,
    "orcid": read_person,
    "ror": read_organisation,
}
"""How the records of each source become bodies."""

DEPOSIT_READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "deposit": read_deposit,
    "deposit-lines": read_deposit,
    "csl": read_csl,
    "datacite": read_datacite,
    "dois": read_deposit,
}
"""How a deposited record becomes a body, by how the bytes of its deposit are laid out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said of one object when it was asked."""

    croid: UUID
    source: str
    source_version: str
    rank: int
    record: bytes
    retrieved_at: datetime
    kind: str = "release"


@dataclass(slots=True)
class Known:
    """What is known of one object: its bases, and what is wrong with them.

    `problems` are those of the deposit, `faults` those of the other sources.
    """

    kind: str
    bases: list[Base] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a deposited record lie."""

    deposit_id: UUID
    n: int
    byte_offset: int
    size_bytes: int
    received_at: datetime
    media: str


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
    answered = _renew(connection, list(answers))
    sources = sorted({answer.source for answer in answered})
    rows = q.base_layer_list(connection, croids=list(croids), but_sources=sources)
    deposited = {row.croid: place for row in rows if (place := _place(row)) is not None}
    places = deposited | dict(pending)
    known: dict[UUID, Known] = {}
    pieces = fetch_frames(connection, places.values())
    names = {deposit_id: str(deposit_id) for deposit_id in pieces}
    for croid, place in places.items():
        name = names[place.deposit_id]
        raw = frames.cut(pieces[place.deposit_id], place.byte_offset, place.size_bytes)
        item = known.setdefault(croid, Known("release"))
        add_base(
            item, "deposit", f"{name}/{place.n}", 30, (name, place.n), raw, place.received_at,
            media=place.media,
        )  # fmt: skip
    # Of several rows of one source the first counts: the order of their keys decides.
    told = (row for row in rows if row.record is not None)
    for row in sorted(told, key=lambda row: (row.source, row.key or "")):
        if row.record is not None:
            item = known.setdefault(row.croid, Known(row.kind))
            version = int(row.source_version)
            add_base(
                item, row.source, row.source_version, row.rank, version, row.record,
                row.asserted_at, is_compressed=True,
            )  # fmt: skip
    for answer in answered:
        item = known.setdefault(answer.croid, Known(answer.kind))
        version = int(answer.source_version)
        add_base(
            item, answer.source, answer.source_version, answer.rank, version, answer.record,
            answer.retrieved_at,
        )  # fmt: skip
    return known


def _place(row: q.BaseLayerListRow) -> Place | None:
    # Only deposits have a place in the bytes received.
    if row.deposit_id is None or row.n is None or row.byte_offset is None or row.size_bytes is None:
        return None
    assert row.media is not None  # noqa: S101
    return Place(row.deposit_id, row.n, row.byte_offset, row.size_bytes, row.asserted_at, row.media)


def _renew(connection: Connection[Any], answers: list[Answer]) -> list[Answer]:
    """The answers, each replaced where its source has said something newer since."""
    if not answers:
        return answers
    rows = q.base_layer_newer_list(
        connection,
        croids=[answer.croid for answer in answers],
        sources=sorted({answer.source for answer in answers}),
        release_no=min(int(answer.source_version) for answer in answers),
    )
    newer = {(row.croid, row.source): row for row in rows}
    return [_renewed(answer, newer.get((answer.croid, answer.source))) for answer in answers]


def _renewed(answer: Answer, row: q.BaseLayerNewerListRow | None) -> Answer:
    if row is None or row.release_no <= int(answer.source_version):
        return answer
    try:
        record = decompress(row.record)
    except zstandard.ZstdError:
        return answer
    at = row.completed_at or answer.retrieved_at
    return replace(answer, source_version=str(row.release_no), record=record, retrieved_at=at)


def decompress(record: bytes) -> bytes:
    """The JSON of a stored row."""
    return zstandard.ZstdDecompressor().decompress(record, max_output_size=1 << 26)


def add_base(
    item: Known, source: str, source_version: str, rank: int, version: Any, raw: bytes,
    at: datetime, *, is_compressed: bool = False, media: str | None = None,
) -> None:  # fmt: skip
    """Read one record and add it as a base, or say what is wrong with it.

    A deposited record is read by its `media`, any other by its source.
    """
    told = item.problems if source == "deposit" else item.faults
    try:
        read = READERS[source] if media is None else DEPOSIT_READERS[media]
        body, problems = read(decompress(raw) if is_compressed else raw)
    except RefusedRecordError as refused:
        told.append(refused.problem)
        return
    except zstandard.ZstdError as error:
        told.append(Problem("unreadable-row", "", str(error)))
        return
    told += problems
    if not any(problem.severity == "error" for problem in problems):
        layer_id = f"{source}:{source_version}"
        item.bases.append(Base(layer_id, source, source_version, rank, version, body, at))


def fetch_frames(connection: Connection[Any], places: Iterable[Place]) -> Frames:
    """The frames of deposits in which these records lie, by deposit and number."""
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
