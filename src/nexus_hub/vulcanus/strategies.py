"""Runs the strategies over a batch and keeps what they match against in memory, fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from psycopg import Connection

from nexus_hub.catalog.queries import organisation as organisations
from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus.affiliation import affiliations, enrich, input_hash
from nexus_hub.vulcanus.merge import Patch
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.queries import layer as q
from nexus_hub.vulcanus.queries import strategy as strategies

AFFILIATION_ROR = "affiliation-ror"
_NOTHING = input_hash({})
OFF = -1
"""The inputs index of a layer that was made without looking, the strategy being off."""


@dataclass(slots=True)
class Registry:
    """The organisations in memory, and up to which index of the changelog they are known."""

    index: OrganisationIndex = field(default_factory=OrganisationIndex)
    at_index: int = 0

    def refresh(self, connection: Connection[Any], inputs_index: int) -> None:
        """Take in the organisations that changed since the last refresh."""
        if inputs_index <= self.at_index:
            return
        for gone in organisations.organisation_list_gone(connection, after_index=self.at_index):
            self.index.remove(encode(gone))
        for row in organisations.organisation_list_changed(connection, after_index=self.at_index):
            names = [
                (name, kind)
                for name, kinds in zip(row.names, row.name_types, strict=True)
                for kind in kinds.split(",")
            ]
            self.index.replace(
                Organisation(
                    croid=encode(row.croid),
                    ror=_url(row.ror),
                    status=row.status,
                    country_code=row.country_code,
                    city=row.city,
                    names=names,
                    successor_ror=_url(row.successor_ror) if row.successor_ror else None,
                    parent_rors=tuple(_url(ror) for ror in row.parent_rors),
                )
            )
        self.at_index = inputs_index


@dataclass(slots=True)
class Enriched:
    """The layers of a batch after the strategies ran: those in force, the new, the confirmed."""

    patches: dict[UUID, list[Patch]] = field(default_factory=dict)
    fresh: dict[UUID, Fresh] = field(default_factory=dict)
    confirmed: list[UUID] = field(default_factory=list)
    version: str = ""
    at_index: int = 0


@dataclass(frozen=True, slots=True)
class Fresh:
    """A layer to be stored."""

    layer_id: UUID
    input_hash: bytes
    elements: list[dict[str, Any]]
    evidence: Any
    confidence: float


def run_strategies(
    connection: Connection[Any], memory: dict[str, Any], bodies: Mapping[UUID, dict[str, Any]]
) -> Enriched:
    """The patches in force on these merged bases, the strategies' own brought up to date.

    A layer is made only where the strategy's input or what it matches against changed.
    """
    result = Enriched()
    rows = q.layer_list(connection, croids=list(bodies))
    current: dict[UUID, q.LayerListRow] = {}
    for row in rows:
        if row.strategy == AFFILIATION_ROR:
            current[row.croid] = row
        elif row.is_enabled:
            result.patches.setdefault(row.croid, []).append(_patch(row))
    strategy = next(
        s for s in strategies.strategy_list(connection) if s.strategy == AFFILIATION_ROR
    )
    result.version = strategy.version
    if not strategy.is_enabled:
        _stand_down(result, bodies, current)
        return result
    registry: Registry = memory.setdefault("registry", Registry())
    registry.refresh(connection, strategy.inputs_index)
    result.at_index = registry.at_index
    for croid, body in bodies.items():
        row = current.get(croid)
        digest = input_hash(body)
        if digest == _NOTHING and row is None:
            continue
        is_same = (
            row is not None and row.input_hash == digest and row.source_version == strategy.version
        )
        if row is not None and is_same and row.inputs_index >= registry.at_index:
            result.patches.setdefault(croid, []).append(_patch(row))
            continue
        elements = enrich(body, registry.index) if len(registry.index) else []
        if row is not None and is_same and row.patch == elements:
            result.confirmed.append(croid)
            result.patches.setdefault(croid, []).append(_patch(row))
            continue
        _assert_layer(result, croid, digest, elements, strategy.rank)
    return result


def read_patches(connection: Connection[Any], croids: list[UUID]) -> dict[UUID, list[Patch]]:
    """The patches in force on objects that no strategy looks at: what people changed."""
    found: dict[UUID, list[Patch]] = {}
    for row in q.layer_list(connection, croids=croids):
        if row.is_enabled:
            found.setdefault(row.croid, []).append(_patch(row))
    return found


def _stand_down(
    result: Enriched, bodies: Mapping[UUID, dict[str, Any]], current: Mapping[UUID, q.LayerListRow]
) -> None:
    """Put empty layers in force while the strategy is off, so that they are stale once it is on."""
    result.at_index = OFF
    for croid, body in bodies.items():
        row = current.get(croid)
        is_off = row is not None and row.inputs_index == OFF
        if not is_off and (row is not None or any(affiliations(body))):
            result.fresh[croid] = Fresh(uuid4(), b"", [], {"strategy": "off"}, 1.0)


def _assert_layer(
    result: Enriched, croid: UUID, digest: bytes, elements: list[dict[str, Any]], rank: int
) -> None:
    confidence = min((element.get("confidence", 1.0) for element in elements), default=1.0)
    evidence = {"values": len(elements), "registry_index": result.at_index}
    fresh = Fresh(uuid4(), digest, elements, evidence, confidence)
    result.fresh[croid] = fresh
    result.patches.setdefault(croid, []).append(
        Patch(
            layer_id=str(fresh.layer_id),
            source=f"strategy:{AFFILIATION_ROR}",
            source_version=result.version,
            strategy=AFFILIATION_ROR,
            rank=rank,
            elements=elements,
            evidence=evidence,
            confidence=confidence,
            asserted_at=datetime.now(UTC),
        )
    )


def store(connection: Connection[Any], run_id: UUID, result: Enriched) -> None:
    """Put new layers in force and note those that still hold."""
    if result.fresh:
        layers = result.fresh
        q.layer_store(
            connection,
            run_id=run_id,
            strategy=AFFILIATION_ROR,
            source_version=result.version,
            inputs_index=result.at_index,
            croids=list(layers),
            layer_ids=[layer.layer_id for layer in layers.values()],
            input_hashes=[layer.input_hash for layer in layers.values()],
            patches=[orjson.dumps(layer.elements).decode() for layer in layers.values()],
            evidences=[orjson.dumps(layer.evidence).decode() for layer in layers.values()],
            confidences=[layer.confidence for layer in layers.values()],
        )
    if result.confirmed:
        q.layer_confirm(
            connection,
            strategy=AFFILIATION_ROR,
            inputs_index=result.at_index,
            croids=result.confirmed,
        )


def _patch(row: q.LayerListRow | q.LayerListByIdRow) -> Patch:
    return Patch(
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


def _url(ror: str | None) -> str:
    return f"https://ror.org/{ror}"
