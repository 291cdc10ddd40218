"""Processes a batch of objects: lock, read layers, merge, enrich, propose, accept, give verdicts.

All of it is one transaction, so a worker that dies leaves nothing half done. A record that cannot
be taken never holds back the others: the batch is cut in halves until it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson
import psycopg

from nexus_hub.catalog.canonical import Problem, encode
from nexus_hub.catalog.queries import editgroup as catalog
from nexus_hub.catalog.queries import ident as idents
from nexus_hub.croid.queries import mint as croids_q
from nexus_hub.platform.logging import logger
from nexus_hub.platform.queues import Context
from nexus_hub.vulcanus import strategies
from nexus_hub.vulcanus.bases import Answer, Known, Place, read_bases
from nexus_hub.vulcanus.merge import merge
from nexus_hub.vulcanus.queries import base_layer as q
from nexus_hub.vulcanus.queries import strategy as runs

VULCANUS = UUID("00000000-0000-7000-8000-000000000001")
log = logger(__name__)
Pending = q.BaseLayerPendingRow


@dataclass(slots=True)
class Outcome:
    """What became of one object in a run."""

    croid: UUID
    result: str
    revision_id: UUID | None = None
    index: int | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """One pass over a batch."""

    context: Context
    run_id: UUID
    reason: str
    outcomes: dict[UUID, Outcome] = field(default_factory=dict)

    def refuse(self, croid: UUID, *problems: Problem) -> None:
        """Note that an object got no new revision, and why."""
        self.outcomes[croid] = Outcome(croid, "rejected", problems=list(problems))


def process(
    context: Context, croids: Iterable[UUID], reason: str, answers: Sequence[Answer] = ()
) -> list[Outcome]:
    """Bring these objects up to date with their layers and settle the deposits that wait on them.

    Several deposits on one object are processed one after the other, each with its own verdict.
    """
    batch = sorted(set(croids))
    if not batch:
        return []
    connection = context.connection
    croids_q.croid_lock(connection, croids=batch)
    run = Run(context, runs.run_open(connection, reason=reason, object_count=len(batch)), reason)
    outcomes: list[Outcome] = []
    for pending in rounds(q.base_layer_pending(connection, croids=batch)):
        due = batch if not outcomes else sorted(pending)
        run.outcomes = {}
        derive(run, due, pending, answers)
        settle(run, pending)
        outcomes += run.outcomes.values()
    return outcomes


def rounds(rows: Iterable[Pending]) -> list[dict[UUID, Pending]]:
    """Records by object: the oldest of each in the first round, the next in the second, and so on.

    There is always a first round, since objects also change without a deposit.
    """
    found: list[dict[UUID, Pending]] = [{}]
    depth: dict[UUID, int] = {}
    for row in rows:
        if row.is_test:
            continue
        level = depth.get(row.croid, 0)
        depth[row.croid] = level + 1
        if level == len(found):
            found.append({})
        found[level][row.croid] = row
    return found


def derive(
    run: Run, croids: Sequence[UUID], pending: Mapping[UUID, Pending], answers: Sequence[Answer]
) -> None:
    """Merge and accept these objects; what cannot be is refused with its problems."""
    connection = run.context.connection
    before = {row.croid: row for row in idents.ident_hold(connection, croids=list(croids))}
    places = {croid: place(row) for croid, row in pending.items()}
    known = read_bases(connection, croids, places, answers)
    ready: dict[UUID, Known] = {}
    for croid in croids:
        item = known.get(croid)
        record = pending.get(croid)
        problems = item.problems if item else [Problem("no-record", "", "nothing is known of it")]
        if record is not None and (wrong := unexpected(record, before.get(croid))):
            problems = [*problems, wrong]
        if item is None or not item.bases or any(p.severity == "error" for p in problems):
            run.refuse(croid, *problems)
        else:
            ready[croid] = item
    refuse_atomic(run, ready, pending)
    for kind in sorted({item.kind for item in ready.values()}):
        accept(run, kind, {croid: item for croid, item in ready.items() if item.kind == kind})


def place(row: Pending) -> Place:
    """Where a pending record's bytes lie."""
    return Place(row.deposit_id, row.n, row.byte_offset, row.size_bytes, row.received_at)


def unexpected(record: Pending, before: idents.IdentHoldRow | None) -> Problem | None:
    """Whether the depositor expected something else to be there."""
    is_live = before is not None and before.state != "wip"
    if record.expect == "new" and is_live:
        return Problem("already-exists", "/expect", "the object exists already")
    if record.expect not in (None, "new"):
        current = str(before.revision_id) if before and before.revision_id else "none"
        if record.expect != current:
            return Problem("revision-mismatch", "/expect", f"the current revision is {current}")
    return None


def refuse_atomic(run: Run, ready: dict[UUID, Known], pending: Mapping[UUID, Pending]) -> None:
    """Refuse all records of an atomic deposit of which one was refused."""
    broken = {
        pending[croid].deposit_id
        for croid, outcome in run.outcomes.items()
        if croid in pending and pending[croid].is_atomic and outcome.result == "rejected"
    }
    for croid in [croid for croid in ready if croid in pending]:
        if pending[croid].deposit_id in broken:
            del ready[croid]
            run.refuse(croid, Problem("atomic", "", "another record of this deposit was refused"))


def accept(run: Run, kind: str, known: Mapping[UUID, Known]) -> None:
    """Accept a batch of one kind, or its halves where the whole cannot be."""
    connection = run.context.connection
    try:
        with connection.transaction():
            outcomes = propose_and_accept(run, kind, known)
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        croids = list(known)
        if len(croids) == 1:
            detail = error.diag.message_detail or str(error)
            run.refuse(croids[0], Problem(error.diag.message_primary or "failed", "", detail))
            log.warning("record refused", croid=str(croids[0]), error=str(error))
            return
        half = len(croids) // 2
        for part in (croids[:half], croids[half:]):
            accept(run, kind, {croid: known[croid] for croid in part})
        return
    for outcome in outcomes:
        run.outcomes[outcome.croid] = outcome


def propose_and_accept(run: Run, kind: str, known: Mapping[UUID, Known]) -> list[Outcome]:
    """Merge with all layers, and make one editgroup of what changed."""
    connection = run.context.connection
    bodies = {croid: merge(kind, item.bases).body for croid, item in known.items()}
    enriched = strategies.Enriched()
    if kind == "release":
        enriched = strategies.run_strategies(connection, run.context.memory, bodies)
    merged = {
        croid: merge(kind, item.bases, enriched.patches.get(croid, ()))
        for croid, item in known.items()
    }
    strategies.store(connection, run.run_id, enriched)
    rows = catalog.editgroup_propose(
        connection,
        editor_id=VULCANUS,
        description=run.reason,
        extra=orjson.dumps({"run_id": str(run.run_id)}).decode(),
        croids=list(merged),
        kind=kind,
        bodies=[encode(item.body).decode() for item in merged.values()],
        edit_extras=[
            orjson.dumps({"layers": item.layers, "run_id": str(run.run_id)}).decode()
            for item in merged.values()
        ],
    )
    changed = [row for row in rows if row.action != "unchanged"]
    index = None
    if changed:
        index = catalog.editgroup_accept(
            connection, editgroup_id=changed[0].editgroup_id, editor_id=VULCANUS
        )
    results = {"create": "created", "update": "updated", "unchanged": "unchanged"}
    return [
        Outcome(
            row.croid,
            results[row.action],
            row.revision_id,
            index if row.action != "unchanged" else None,
            known[row.croid].problems,
        )
        for row in rows
    ]


def settle(run: Run, pending: Mapping[UUID, Pending]) -> None:
    """Write the verdict on each record of this round."""
    settled = [(record, run.outcomes[croid]) for croid, record in pending.items()]
    if not settled:
        return
    indexes = [outcome.index for _, outcome in settled if outcome.index is not None]
    q.base_layer_settle(
        run.context.connection,
        croids=[record.croid for record, _ in settled],
        deposit_ids=[record.deposit_id for record, _ in settled],
        ns=[record.n for record, _ in settled],
        results=[verdict(outcome) for _, outcome in settled],
        revision_ids=[outcome.revision_id for _, outcome in settled],
        index=max(indexes, default=None),
        problems=[problems_text(outcome.problems) for _, outcome in settled],
        patches=[None] * len(settled),
    )


def verdict(outcome: Outcome) -> str:
    """The result a depositor sees: a record that was taken but has warnings says so."""
    if outcome.result in ("created", "updated") and outcome.problems:
        return "warning"
    return outcome.result


def problems_text(problems: Sequence[Problem]) -> str | None:
    """Problems as JSON, or None where there are none."""
    return orjson.dumps(problems).decode() if problems else None
