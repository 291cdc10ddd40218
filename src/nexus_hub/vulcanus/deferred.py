"""Layers that are made after an acceptance: stored at once, and merged only where they say more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from nexus_hub.platform.queues import Context
from nexus_hub.vulcanus import strategies
from nexus_hub.vulcanus.queries import layer as layers_q
from nexus_hub.vulcanus.queries import strategy as strategies_q
from nexus_hub.vulcanus.service import hold, process
from nexus_hub.vulcanus.strategy import Elements

OFF_HASH = b""


@dataclass(frozen=True, slots=True)
class Standing:
    """A strategy as it stands, and its layers that are in force on some objects."""

    row: strategies.Row
    layers: Mapping[UUID, layers_q.LayerListRow]

    @property
    def at_index(self) -> int:
        """The inputs index that a layer made now has."""
        return self.row.inputs_index if self.row.is_enabled else strategies.OFF

    def hash_of(self, digest: bytes) -> bytes:
        """The input hash that a layer made now has; while the strategy is off nothing is read."""
        return digest if self.row.is_enabled else OFF_HASH

    def is_done(self, croid: UUID, digest: bytes) -> bool:
        """Whether an object's layer was made of this, and nothing changed since."""
        layer = self.layers.get(croid)
        return (
            layer is not None
            and strategies.is_current(layer, self.row, self.at_index)
            and layer.input_hash == self.hash_of(digest)
        )


def read_standing(connection: Connection[Any], strategy: str, croids: list[UUID]) -> Standing:
    """Lock these objects, in their order, and read a strategy with their layers of it."""
    hold(connection, croids)
    row = next(r for r in strategies_q.strategy_list(connection) if r.strategy == strategy)
    current = strategies.list_current(connection, strategy, croids)
    return Standing(row, {layer.croid: layer for layer in current})


def settle_layers(
    context: Context,
    standing: Standing,
    reason: str,
    digests: Mapping[UUID, bytes],
    found: Mapping[UUID, Elements],
) -> list[UUID]:
    """Put the layers of these objects in force, and derive those again that they change.

    `digests` has what each was made of; without elements in `found` the layer says that nothing
    was found. Returns the objects that were derived again.
    """
    row = standing.row
    asserted = strategies.Asserted(row.strategy, row.version, row.rank, standing.at_index)
    changed: list[UUID] = []
    for croid, digest in digests.items():
        layer, elements = standing.layers.get(croid), found.get(croid, [])
        digest = standing.hash_of(digest)
        if layer is not None and strategies.holds(layer, row, digest, elements):
            asserted.confirmed.append(croid)
            continue
        asserted.assert_layer(croid, digest, elements)
        if elements != (layer.patch if layer is not None else []):
            changed.append(croid)
    run_id = strategies_q.run_open(context.connection, reason=reason, object_count=len(digests))
    strategies.store_asserted(context.connection, run_id, asserted)
    process(context, changed, reason)
    return changed
