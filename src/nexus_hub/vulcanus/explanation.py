"""Why a revision says what it says: the very layers it was made of, read again and folded again.

Every edit names its layers, so the explanation of an old revision stays true for ever: layers that
were retired since, strategies that were switched off and deposits that were followed by others are
read as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from psycopg import AsyncConnection

from nexus_hub.catalog.queries import changelog, revision
from nexus_hub.platform import frames
from nexus_hub.vulcanus.bases import DEPOSIT_READERS, READERS, Place, decompress
from nexus_hub.vulcanus.merge import Base, FieldOrigin, Patch, explain
from nexus_hub.vulcanus.policy import BaseRank
from nexus_hub.vulcanus.queries import base_layer as bases_q
from nexus_hub.vulcanus.queries import edit_layer as edits_q
from nexus_hub.vulcanus.queries import explanation as q
from nexus_hub.vulcanus.queries import layer as layers_q

DEPOSIT = "deposit"
REVISION = "revision"
DEPOSIT_RANK = 30
_EDITOR_RANK = 50


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where every field of a revision comes from, in the order of the JSON pointers."""

    revision_id: UUID
    index: int
    accepted_at: datetime
    agent: str
    fields: list[FieldOrigin]


@dataclass(slots=True)
class Names:
    """The layers of an edit, sorted by where they lie."""

    deposits: list[tuple[UUID, int]] = field(default_factory=list)
    releases: list[tuple[str, int]] = field(default_factory=list)
    revisions: list[UUID] = field(default_factory=list)
    layers: list[UUID] = field(default_factory=list)


def sort_names(names: Iterable[str]) -> Names:
    """Tell the names of layers apart.

    They are `deposit:<id>/<n>`, `revision:<id>`, `<source>:<release>`, or the id of a patch.

    >>> sort_names(["ror:3", "deposit:0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b/7"]).releases
    [('ror', 3)]
    """
    found = Names()
    for name in names:
        source, colon, version = name.partition(":")
        if not colon:
            found.layers.append(UUID(name))
        elif source == DEPOSIT:
            deposit_id, _, n = version.partition("/")
            found.deposits.append((UUID(deposit_id), int(n)))
        elif source == REVISION:
            found.revisions.append(UUID(version))
        else:
            found.releases.append((source, int(version)))
    return found


def revision_base(
    revision_id: UUID,
    editor_id: UUID | None,
    index: int | None,
    body: dict[str, Any],
    at: datetime | None,
    *,
    is_import: bool = False,
) -> Base:
    """A revision that a person made, or a bot that takes in what others have, as a base."""
    assert at is not None  # noqa: S101
    name = f"{REVISION}:{revision_id}"
    source = f"import:{editor_id}" if is_import else f"editor:{editor_id}"
    rank = int(BaseRank.OTHER if is_import else BaseRank.EDITOR)
    return Base(name, source, str(revision_id), rank, index or 0, body, at)


async def explain_revision(
    connection: AsyncConnection[Any], kind: str, croid: UUID, revision_id: UUID
) -> Explanation | None:
    """Where the fields of an accepted revision come from; None where there is no such revision.

    A revision that names no layers, as an editor's may, is its own and only layer.
    """
    place = await changelog.changelog_of_revision_async(
        connection, croid=croid, revision_id=revision_id
    )
    if place is None:
        return None
    names = (orjson.loads(place.extra) if place.extra else {}).get("layers")
    if names:
        known = sort_names(names)
        bases = await read_deposits(connection, croid, known.deposits)
        bases += await _read_releases(connection, croid, known.releases)
        bases += await _read_revisions(connection, croid, known.revisions)
        patches = await _read_patches(connection, croid, known.layers)
    else:
        bases, patches = await _read_revision(connection, croid, revision_id, place), []
    fields = explain(kind, bases, patches)
    return Explanation(revision_id, place.index, place.accepted_at, place.agent, fields)


async def read_deposited(connection: AsyncConnection[Any], croid: UUID) -> Base | None:
    """The base of an object alone: its latest deposit, or what the strongest source says of it."""
    row = await q.explanation_latest_deposit_async(connection, croid=croid)
    if row is not None:
        place = Place(
            row.deposit_id, row.n, row.byte_offset, row.size_bytes, row.received_at, row.media
        )
        return await _read_place(connection, place)
    rows = await bases_q.base_layer_list_async(connection, croids=[croid], but_sources=[DEPOSIT])
    for base in sorted(rows, key=lambda found: (-(found.rank or 0), found.source or "")):
        if base.record is not None and base.source and base.source_version:
            body, _ = READERS[base.source](decompress(base.record))
            version = base.source_version
            layer_id = f"{base.source}:{version}"
            at = base.asserted_at
            assert at is not None  # noqa: S101
            return Base(layer_id, base.source, version, base.rank or 0, int(version), body, at)
    return None


async def read_deposits(
    connection: AsyncConnection[Any], croid: UUID, names: Sequence[tuple[UUID, int]]
) -> list[Base]:
    """These deposited records of an object as bases, read from the bytes received."""
    if not names:
        return []
    rows = await q.explanation_deposit_list_async(
        connection,
        croid=croid,
        deposit_ids=[deposit_id for deposit_id, _ in names],
        ns=[n for _, n in names],
    )
    places = [
        Place(r.deposit_id, r.n, r.byte_offset, r.size_bytes, r.received_at, r.media) for r in rows
    ]
    return [await _read_place(connection, place) for place in places]


async def _read_place(connection: AsyncConnection[Any], place: Place) -> Base:
    numbers = frames.numbers(place.byte_offset, place.size_bytes)
    rows = await bases_q.base_layer_chunk_list_async(
        connection, deposit_ids=[place.deposit_id] * len(numbers), chunk_nos=list(numbers)
    )
    pieces = {row.chunk_no: frames.decompress(row.body) for row in rows}
    raw = frames.cut(pieces, place.byte_offset, place.size_bytes)
    body, _ = DEPOSIT_READERS[place.media](raw)
    told = f"{place.deposit_id}/{place.n}"
    version = (str(place.deposit_id), place.n)
    return Base(f"{DEPOSIT}:{told}", DEPOSIT, told, DEPOSIT_RANK, version, body, place.received_at)


async def _read_releases(
    connection: AsyncConnection[Any], croid: UUID, names: Sequence[tuple[str, int]]
) -> list[Base]:
    if not names:
        return []
    rows = await q.explanation_record_list_async(
        connection,
        croid=croid,
        sources=[source for source, _ in names],
        release_nos=[release_no for _, release_no in names],
    )
    found = []
    for row in rows:
        body, _ = READERS[row.source](decompress(row.record))
        told, number = str(row.release_no), row.release_no
        at = row.completed_at
        assert at is not None  # noqa: S101
        found.append(Base(f"{row.source}:{told}", row.source, told, row.rank, number, body, at))
    return found


async def _read_patches(
    connection: AsyncConnection[Any], croid: UUID, layer_ids: Sequence[UUID]
) -> list[Patch]:
    if not layer_ids:
        return []
    rows = await layers_q.layer_list_by_id_async(connection, croid=croid, layer_ids=list(layer_ids))
    # Retired or not: when the revision was made they were in force.
    return [
        Patch(
            layer_id=str(row.layer_id),
            source=row.source,
            source_version=row.source_version,
            strategy=row.strategy,
            rank=row.rank,
            elements=row.patch,
            evidence=row.evidence,
            confidence=row.confidence,
            asserted_at=row.asserted_at,
        )
        for row in rows
    ]


async def _read_revisions(
    connection: AsyncConnection[Any], croid: UUID, revision_ids: Sequence[UUID]
) -> list[Base]:
    """The revisions of people that are bases of an object, but for redacted ones."""
    if not revision_ids:
        return []
    rows = await edits_q.edit_layer_base_list_async(connection, croids=[croid])
    return [
        revision_base(
            row.revision_id,
            row.editor_id,
            row.index,
            orjson.loads(row.body),
            row.accepted_at,
            is_import=row.is_import,
        )
        for row in rows
        if row.revision_id in revision_ids
    ]


async def _read_revision(
    connection: AsyncConnection[Any],
    croid: UUID,
    revision_id: UUID,
    place: changelog.ChangelogOfRevisionRow,
) -> list[Base]:
    row = await revision.revision_get_async(connection, croid=croid, revision_id=revision_id)
    if row is None or row.body is None:
        return []
    name, source = f"revision:{revision_id}", f"editor:{place.agent}"
    body = orjson.loads(row.body)
    return [Base(name, source, str(place.index), _EDITOR_RANK, 0, body, place.accepted_at)]
