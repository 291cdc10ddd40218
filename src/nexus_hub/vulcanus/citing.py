"""Looks up what references mean once a release was accepted, or once a work came they waited for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import orjson

from nexus_hub.platform.queues import Context, Event
from nexus_hub.vulcanus import strategies
from nexus_hub.vulcanus.queries import citable as q
from nexus_hub.vulcanus.queries import strategy as strategies_q
from nexus_hub.vulcanus.reference import STRATEGY, Open, input_hash, look_up, open_references
from nexus_hub.vulcanus.service import hold, process

LIMIT: Final = 4000
"""References that are looked up in one transaction; it must end before its messages show again."""


def look_up_references(context: Context, events: Sequence[Event]) -> None:
    """Look up the references of releases that have no DOI, and derive those that gain one again."""
    connection = context.connection
    croids = sorted({croid for event in events for croid in event.croids})
    row = next(r for r in strategies_q.strategy_list(connection) if r.strategy == STRATEGY)
    hold(context, croids)
    layers = {one.croid: one for one in strategies.list_current(connection, STRATEGY, croids)}
    at_index = row.inputs_index if row.is_enabled else strategies.OFF
    wanted: dict[UUID, list[Open]] = {}
    later: list[UUID] = []
    room = LIMIT
    for croid, references in read_references(context, croids).items():
        layer = layers.get(croid)
        if layer is not None and strategies.is_current(layer, row, at_index):
            if layer.input_hash == (input_hash(references) if row.is_enabled else b""):
                continue
        if room > 0:
            wanted[croid] = references
            room -= len(references)
        else:
            later.append(croid)
    q.citable_want(connection, croids=later)
    if not wanted:
        return
    asserted = strategies.Asserted(STRATEGY, row.version, row.rank, at_index)
    found = look_up(connection, wanted) if row.is_enabled else {}
    changed: list[UUID] = []
    for croid, references in wanted.items():
        layer, elements = layers.get(croid), found.get(croid, [])
        digest = (input_hash(references) if row.is_enabled else None) or b""
        if layer is not None and strategies.holds(layer, row, digest, elements):
            asserted.confirmed.append(croid)
            continue
        asserted.assert_layer(croid, digest, elements)
        if elements != (layer.patch if layer is not None else []):
            changed.append(croid)
    run_id = strategies_q.run_open(connection, reason="references", object_count=len(wanted))
    strategies.store_asserted(connection, run_id, asserted)
    process(context, changed, "references")


def read_references(context: Context, croids: list[UUID]) -> dict[UUID, list[Open]]:
    """The references of live releases that nobody gave a DOI; releases without any are left out."""
    rows = q.citable_reference_list(context.connection, croids=croids)
    found = {row.croid: open_references(orjson.loads(row.body)) for row in rows}
    return {croid: references for croid, references in found.items() if references}
