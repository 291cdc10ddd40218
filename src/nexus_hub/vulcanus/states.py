"""Records of DOIs that are not to be findable: judged like any other, kept out of the catalogue.

Such a record is processed for real and rolled back; what it would have been told is its verdict.
Only then is the DOI noted as draft or registered, and its record hidden if it was findable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.catalog.canonical import Problem
from nexus_hub.vulcanus.bases import Known
from nexus_hub.vulcanus.queries import base_layer as q

if TYPE_CHECKING:
    from nexus_hub.vulcanus.service import Outcome, Run

Pending = q.BaseLayerPendingRow
States = Mapping[UUID, q.BaseLayerStateListRow]


def read_states(connection: Connection[Any], pending: Mapping[UUID, Pending]) -> States:
    """How the DOIs stand whose records change a state, or are of a DOI that is not findable."""
    if not pending:
        return {}
    rows = q.base_layer_state_list(
        connection,
        croids=list(pending),
        wanted=[record.state for record in pending.values()],
    )
    return {row.croid: row for row in rows}


def misplaced(record: Pending, state: q.BaseLayerStateListRow | None) -> Problem | None:
    """Why a DOI cannot go where a record wants it to be."""
    if state is None:
        return None
    if state.is_alias:
        return Problem("is-alias", "/doi", "the DOI is an alias; deposit under the one it leads to")
    if not state.is_legal:
        wanted = record.state or "findable"
        return Problem("wrong-doi-state", "/state", f"a {state.state} DOI never becomes {wanted}")
    if record.expect == "new" and state.state is not None:
        return Problem("already-exists", "/expect", f"the DOI is {state.state} already")
    return None


def hold_back(
    run: Run, known: Mapping[UUID, Known], pending: Mapping[UUID, Pending], states: States
) -> None:
    """Note these objects, whose records were judged, as draft or registered; hide those findable.

    A draft is kept whatever its metadata is; its problems are told.
    """
    connection = run.context.connection
    held: list[UUID] = []
    for croid, item in known.items():
        outcome, record = run.outcomes[croid], pending[croid]
        outcome.revision_id = outcome.index = None
        if outcome.result == "rejected" and record.state != "draft":
            continue
        outcome.result = "created" if states[croid].state is None else "updated"
        outcome.problems = outcome.problems or item.problems
        held.append(croid)
    if not held:
        return
    findable = [croid for croid in held if states[croid].state == "findable"]
    if findable:
        _hide(connection, findable, run.outcomes)
    places = {croid: _places(known[croid]) for croid in held}
    q.base_layer_hold(
        connection,
        croids=held,
        deposit_ids=[pending[croid].deposit_id for croid in held],
        ns=[pending[croid].n for croid in held],
        urls=[places[croid][0] for croid in held],
        locations=[places[croid][1] for croid in held],
    )


def _hide(connection: Connection[Any], croids: list[UUID], outcomes: dict[UUID, Outcome]) -> None:
    index = q.base_layer_hide(connection, croids=croids, description="hidden by a deposit")
    for croid in croids:
        outcomes[croid].index = index


def _places(item: Known) -> tuple[str | None, str | None]:
    """Where the deposited record says that the DOI leads, and the further places."""
    for base in item.bases:
        if base.source == "deposit":
            resource = base.body.get("resource", {})
            secondary = resource.get("secondary")
            url = resource.get("primary", {}).get("URL")
            return url, orjson.dumps(secondary).decode() if secondary else None
    return None, None
