"""Runs the strategies over a batch: which layers are in force, which are new, which still hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from psycopg import Connection

from nexus_hub.vulcanus.funder import FunderRor
from nexus_hub.vulcanus.genre import TYPE_VOCABULARY
from nexus_hub.vulcanus.language import LANGUAGE
from nexus_hub.vulcanus.licence import LICENCE_SPDX
from nexus_hub.vulcanus.merge import Patch
from nexus_hub.vulcanus.named import ContainerIssn, ContributorOrcid
from nexus_hub.vulcanus.published import DATES
from nexus_hub.vulcanus.queries import layer as q
from nexus_hub.vulcanus.queries import strategy as strategies
from nexus_hub.vulcanus.reference import ReferenceDoi
from nexus_hub.vulcanus.registry import AffiliationRor, Registry
from nexus_hub.vulcanus.strategy import Bodies, Elements, Looking, Strategy, Traced, lowest
from nexus_hub.vulcanus.texts import array
from nexus_hub.vulcanus.update import UpdateNotice
from nexus_hub.vulcanus.work import ReleaseWork

OFF = -1
"""The inputs index of a layer that was made without looking, the strategy being off."""

Memory = dict[str, Any]
Row = strategies.StrategyListRow
Current = Mapping[UUID, q.LayerListRow]


def make_strategies() -> dict[str, Strategy]:
    """The strategies by name, each with a memory of its own that lasts as long as a worker."""
    registry = Registry()
    made: tuple[Strategy, ...] = (
        AffiliationRor(registry),
        FunderRor(registry),
        ReferenceDoi(),
        UpdateNotice(),
        ReleaseWork(),
        ContributorOrcid(),
        ContainerIssn(),
        LICENCE_SPDX,
        TYPE_VOCABULARY,
        LANGUAGE,
        DATES,
    )
    return {strategy.name: strategy for strategy in made}


def strategies_of(memory: Memory) -> dict[str, Strategy]:
    """The strategies of a worker, which remember what they match against."""
    return memory.setdefault("strategies", make_strategies())


@dataclass(frozen=True, slots=True)
class Fresh:
    """A layer to be stored."""

    layer_id: UUID
    input_hash: bytes
    elements: Elements
    evidence: Any
    confidence: float


@dataclass(slots=True)
class Asserted:
    """What one strategy says of a batch: new layers, and objects whose layers still hold."""

    strategy: str
    version: str
    rank: int
    at_index: int
    fresh: dict[UUID, Fresh] = field(default_factory=dict)
    confirmed: list[UUID] = field(default_factory=list)
    terms: Mapping[UUID, Sequence[int]] = field(default_factory=dict)

    def assert_layer(self, croid: UUID, digest: bytes, elements: Elements) -> Patch:
        """Put a layer in force; the patch it is."""
        evidence = {"values": len(elements), "registry_index": self.at_index}
        fresh = Fresh(uuid4(), digest, elements, evidence, lowest(elements))
        self.fresh[croid] = fresh
        return Patch(
            layer_id=str(fresh.layer_id),
            source=f"strategy:{self.strategy}",
            source_version=self.version,
            strategy=self.strategy,
            rank=self.rank,
            elements=elements,
            evidence=evidence,
            confidence=fresh.confidence,
            asserted_at=datetime.now(UTC),
        )


@dataclass(slots=True)
class Enriched:
    """The layers of a batch after the strategies ran: those in force, and what each asserts."""

    patches: dict[UUID, list[Patch]] = field(default_factory=dict)
    asserted: list[Asserted] = field(default_factory=list)

    def add(self, croid: UUID, patch: Patch) -> None:
        """Have a patch heard."""
        self.patches.setdefault(croid, []).append(patch)


def run_strategies(connection: Connection[Any], memory: Memory, bodies: Bodies) -> Enriched:
    """The patches in force on these merged bases, the strategies' own brought up to date.

    A layer is made only where the strategy's input or what it matches against changed.
    """
    result = Enriched()
    made = strategies_of(memory)
    current: dict[str, dict[UUID, q.LayerListRow]] = {name: {} for name in made}
    for row in q.layer_list(connection, croids=list(bodies)):
        if row.strategy in current:
            current[row.strategy][row.croid] = row
        elif row.is_enabled:
            result.add(row.croid, _patch(row))
    strategies.strategy_hold(connection)
    for row in strategies.strategy_list(connection):
        strategy = made.get(row.strategy)
        if strategy is None:
            continue
        if row.is_enabled:
            _run(connection, strategy, row, bodies, current[row.strategy], result)
        else:
            result.asserted.append(_stand_down(strategy, row, current[row.strategy]))
    return result


def _run(
    connection: Connection[Any],
    strategy: Strategy,
    row: Row,
    bodies: Bodies,
    current: Current,
    result: Enriched,
) -> None:
    if row.is_deferred and not current:
        return
    at_index = strategy.prepare(connection, row.inputs_index)
    if isinstance(strategy, Looking):
        strategy.look(connection, bodies)
    asserted = Asserted(strategy.name, row.version, row.rank, at_index)
    result.asserted.append(asserted)
    due: dict[UUID, bytes] = {}
    for croid, body in bodies.items():
        layer = current.get(croid)
        if layer is None and row.is_deferred:
            continue
        digest = strategy.digest(body)
        if digest is None and layer is None:
            continue
        is_same = layer is not None and is_current(layer, row, at_index)
        # What was looked up after the acceptance is looked up again after the next one.
        if layer is not None and is_same and (row.is_deferred or layer.input_hash == digest):
            result.add(croid, _patch(layer))
        else:
            due[croid] = digest or b""
    found = strategy.run(connection, {croid: bodies[croid] for croid in due}) if due else {}
    if isinstance(strategy, Traced):
        seen = {croid: bodies[croid] for croid in due}
        asserted.terms = strategy.note(connection, at_index, seen) if seen else {}
    for croid, digest in due.items():
        layer, elements = current.get(croid), found.get(croid, [])
        if layer is not None and holds(layer, row, digest, elements):
            asserted.confirmed.append(croid)
            result.add(croid, _patch(layer))
        else:
            result.add(croid, asserted.assert_layer(croid, digest, elements))


def is_current(layer: q.LayerListRow, row: Row, at_index: int) -> bool:
    """Whether nothing that a layer was matched against changed, nor its strategy."""
    if layer.source_version != row.version or layer.inputs_index < 0:
        return False
    return not layer.is_due or layer.inputs_index >= at_index


def holds(layer: q.LayerListRow, row: Row, digest: bytes, elements: Elements) -> bool:
    """Whether a layer says what its strategy would say now."""
    return (
        layer.input_hash == digest
        and layer.source_version == row.version
        and layer.patch == elements
    )


def read_patches(connection: Connection[Any], croids: list[UUID]) -> dict[UUID, list[Patch]]:
    """The patches in force on objects that no strategy looks at: what people changed."""
    found: dict[UUID, list[Patch]] = {}
    for row in q.layer_list(connection, croids=croids):
        if row.is_enabled:
            found.setdefault(row.croid, []).append(_patch(row))
    return found


def _stand_down(strategy: Strategy, row: Row, current: Current) -> Asserted:
    """Put empty layers in force instead of those that a strategy made before it was off."""
    asserted = Asserted(strategy.name, row.version, row.rank, OFF)
    for croid, layer in current.items():
        if layer.inputs_index != OFF:
            asserted.fresh[croid] = Fresh(uuid4(), b"", [], {"strategy": "off"}, 1.0)
    return asserted


def store(connection: Connection[Any], run_id: UUID, result: Enriched) -> None:
    """Put new layers in force and note those that still hold."""
    for asserted in result.asserted:
        store_asserted(connection, run_id, asserted)


def store_asserted(connection: Connection[Any], run_id: UUID, asserted: Asserted) -> None:
    """Put the new layers of one strategy in force and note those that still hold."""
    if layers := asserted.fresh:
        q.layer_store(
            connection,
            run_id=run_id,
            strategy=asserted.strategy,
            source_version=asserted.version,
            inputs_index=asserted.at_index,
            croids=list(layers),
            layer_ids=[layer.layer_id for layer in layers.values()],
            input_hashes=[layer.input_hash for layer in layers.values()],
            patches=[orjson.dumps(layer.elements).decode() for layer in layers.values()],
            evidences=[orjson.dumps(layer.evidence).decode() for layer in layers.values()],
            confidences=[layer.confidence for layer in layers.values()],
            terms=_terms(asserted, layers),
        )
    if asserted.confirmed:
        q.layer_confirm(
            connection,
            strategy=asserted.strategy,
            inputs_index=asserted.at_index,
            croids=asserted.confirmed,
            terms=_terms(asserted, asserted.confirmed),
        )


def _terms(asserted: Asserted, croids: Iterable[UUID]) -> list[str | None]:
    """The terms of layers as SQL writes arrays; None for those that have none to tell."""
    found = [asserted.terms.get(croid) for croid in croids]
    return [None if one is None else array(one) for one in found]


def list_current(
    connection: Connection[Any], strategy: str, croids: list[UUID]
) -> Iterator[q.LayerListRow]:
    """The layers of one strategy that are in force on these objects."""
    for row in q.layer_list(connection, croids=croids):
        if row.strategy == strategy:
            yield row


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
