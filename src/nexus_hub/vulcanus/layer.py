"""What one source says about one object, and the order in which layers are heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nexus_hub.vulcanus.patch import Element

Version = int | str | tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A whole record: a deposit, a registry row, another agency's record.

    `version` orders the records of one source; only the newest of a source is heard.
    """

    layer_id: str
    source: str
    source_version: str
    rank: int
    version: Version
    body: dict[str, Any]
    asserted_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """What a strategy or an editor adds to or changes in a record.

    `confidence` and `evidence` speak for every element that has none of its own.
    """

    layer_id: str
    source: str
    source_version: str
    strategy: str | None
    rank: int
    elements: Sequence[Mapping[str, Any]]
    evidence: Any
    confidence: float | None
    asserted_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An element that was not applied.

    `reason`: `stale` (something else stands there), `outranked` (a stronger layer wrote there),
    `protected` (the field is the base's alone) or `malformed`. `position` counts from 0.
    """

    layer_id: str
    position: int
    element: Any
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """A value that lost, and who said it."""

    layer: str
    source: str
    source_version: str
    strategy: str | None
    value: Any
    asserted_at: datetime


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Why a value stands where it stands. `value` is None where the layer took one away."""

    pointer: str
    value: Any
    layer: str
    source: str
    source_version: str
    strategy: str | None
    confidence: float | None
    evidence: Any
    asserted_at: datetime
    overridden: tuple[Overridden, ...] = field(default=())


Layer = Base | Patch


def _version_key(version: Version) -> tuple[tuple[int, int | str], ...]:
    """An order that never fails: numbers before text, part by part."""
    parts = version if isinstance(version, tuple) else (version,)
    return tuple((1, part) if isinstance(part, str) else (0, part) for part in parts)


def heard_bases(bases: Iterable[Base]) -> list[Base]:
    """The bases that count, strongest first: of each source the newest, retired ones left out.

    Bases of one rank stand in the order of their source's name, not of their dates: a source that
    is loaded again must not overtake another and change every record.
    """
    newest: dict[str, Base] = {}
    for base in bases:
        if base.retired_at is not None:
            continue
        rival = newest.get(base.source)
        if rival is None or _age(rival) < _age(base):
            newest[base.source] = base
    return sorted(newest.values(), key=lambda base: (-base.rank, base.source, base.layer_id))


def _age(base: Base) -> tuple[Any, ...]:
    return (_version_key(base.version), base.asserted_at, base.layer_id)


def heard_patches(patches: Iterable[Patch]) -> list[Patch]:
    """The patches that count, weakest first; of one rank the one asserted last is the strongest."""
    live = [patch for patch in patches if patch.retired_at is None and patch.elements]
    if len(live) > 1:
        live.sort(key=lambda patch: (patch.rank, patch.asserted_at, patch.source, patch.layer_id))
    return live


def origin(
    pointer: str, value: Any, layer: Layer, element: Element | None, lost: Iterable[Overridden]
) -> FieldOrigin:
    """The origin of a value; an element's own confidence and evidence go before its patch's."""
    strategy = confidence = evidence = None
    if isinstance(layer, Patch):
        strategy, confidence, evidence = layer.strategy, layer.confidence, layer.evidence
        if element is not None:
            confidence = element.raw.get("confidence", confidence)
            evidence = element.raw.get("evidence", evidence)
    return FieldOrigin(
        pointer=pointer,
        value=value,
        layer=layer.layer_id,
        source=layer.source,
        source_version=layer.source_version,
        strategy=strategy,
        confidence=confidence,
        evidence=evidence,
        asserted_at=layer.asserted_at,
        overridden=tuple(lost),
    )


def overridden(layer: Layer, value: Any) -> Overridden:
    """A value that lost, with its layer."""
    strategy = layer.strategy if isinstance(layer, Patch) else None
    return Overridden(
        layer.layer_id, layer.source, layer.source_version, strategy, value, layer.asserted_at
    )
