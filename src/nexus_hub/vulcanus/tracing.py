"""Which layers a change concerns: found by what they share with it, and no others."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from nexus_hub.vulcanus.queries import layer as layers
from nexus_hub.vulcanus.queries import strategy as strategies
from nexus_hub.vulcanus.strategies import Memory, make_strategies
from nexus_hub.vulcanus.strategy import Strategy, Traced


def trace_changes(connection: Connection[Any], memory: Memory) -> int:
    """Have the layers looked at again that the newest changes concern; how many they are."""
    made: dict[str, Strategy] = memory.setdefault("strategies", make_strategies())
    concerned = 0
    for row in strategies.strategy_list(connection):
        strategy = made.get(row.strategy)
        is_due = row.is_enabled and row.traced_index < row.inputs_index
        if strategy is None or not is_due or not isinstance(strategy, Traced):
            continue
        at_index = strategy.prepare(connection, row.inputs_index)
        concerned += layers.layer_trace(
            connection,
            strategy=row.strategy,
            index=at_index,
            terms=strategy.changed_terms(connection, row.traced_index),
        )
    return concerned
