"""Which layers a change concerns: found by the texts they were made of, and no others."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from nexus_hub.vulcanus.queries import layer as layers
from nexus_hub.vulcanus.queries import strategy as strategies
from nexus_hub.vulcanus.strategies import Memory, strategies_of
from nexus_hub.vulcanus.strategy import Traced
from nexus_hub.vulcanus.texts import array


def trace_changes(connection: Connection[Any], memory: Memory) -> int | None:
    """Have the layers looked at again that the newest changes concern; how many they are.

    None where there was nothing to trace. Nobody stores layers meanwhile: what is made of older
    inputs and stored later is looked at again. It waits for nobody, and comes back later instead.
    """
    made = strategies_of(memory)
    concerned: int | None = None
    for row in strategies.strategy_list(connection):
        strategy = made.get(row.strategy)
        is_due = row.is_enabled and row.traced_index < row.inputs_index
        if strategy is None or not is_due or not isinstance(strategy, Traced):
            continue
        at_index = strategy.prepare(connection, row.inputs_index)
        if not layers.layer_trace_lock(connection):
            return concerned
        concern = strategy.trace(connection, row.traced_index)
        concerned = (concerned or 0) + layers.layer_trace(
            connection,
            strategy=row.strategy,
            index=at_index,
            terms=sorted(concern.terms),
            text_ids=concern.text_ids,
            text_terms=[array(terms) for terms in concern.text_terms],
            answers=concern.answers,
        )
    return concerned
