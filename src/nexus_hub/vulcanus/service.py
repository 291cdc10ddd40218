"""Processes a batch of objects: lock, read layers, merge, enrich, revise, give verdicts.

All of it is one transaction, so a worker that dies leaves nothing half done. A record that cannot
be taken never holds back the others: the batch is cut in halves until it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg import Connection, Rollback

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.parts import Layout
from nexus_hub.catalog.queries import editgroup as catalog
from nexus_hub.catalog.queries import ident as idents
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.croid.queries import mint as croids_q
from nexus_hub.platform import db
from nexus_hub.platform.logging import logger
from nexus_hub.platform.queues import Context
from nexus_hub.vulcanus import edits, states, strategies
from nexus_hub.vulcanus.bases import Answer, Known, Place, read_bases
from nexus_hub.vulcanus.merge import Merged, merge
from nexus_hub.vulcanus.queries import base_layer as q
from nexus_hub.vulcanus.queries import strategy as runs
from nexus_hub.vulcanus.queries.models import NauvisVerdict
from nexus_hub.vulcanus.strategy import VULCANUS

LOCK_LIMIT = 1000
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


Torn = dict[UUID, dict[UUID, list[Problem]]]
"""Atomic deposits that cannot be taken whole, and which of their objects are to blame."""


@dataclass(slots=True)
class Run:
    """One pass over a batch."""

    context: Context
    run_id: UUID
    reason: str
    outcomes: dict[UUID, Outcome] = field(default_factory=dict)
    settled: list[tuple[Pending, Outcome]] = field(default_factory=list)
    torn: Torn = field(default_factory=dict)

    def refuse(self, croid: UUID, *problems: Problem) -> None:
        """Note that an object got no new revision, and why."""
        self.outcomes[croid] = Outcome(croid, "rejected", problems=list(problems))


def process(
    context: Context, croids: Iterable[UUID], reason: str, answers: Sequence[Answer] = ()
) -> list[Outcome]:
    """Bring these objects up to date with their layers and settle the deposits that wait on them.

    Several deposits on one object are processed one after the other, each with its own verdict.
    What waits on an object may be a part of an atomic deposit: then all of it is processed here.
    """
    batch = sorted(set(croids))
    if not batch:
        return []
    connection = context.connection
    batch, waiting = hold(connection, batch)
    torn: Torn = {}
    while True:
        with connection.transaction() as attempt:
            run_id = runs.run_open(connection, reason=reason, object_count=len(batch))
            run = Run(context, run_id, reason, torn=torn)
            outcomes = work_off(run, batch, waiting, answers)
            newly = tear(run.settled)
            if newly.keys() - torn.keys():
                torn = newly | torn
                raise Rollback(attempt)
            # Last, and once: whoever locks deposits has the changelog's number already.
            settle(run)
            return [*outcomes, *derive_again(run, outcomes, answers)]


def hold(connection: Connection[Any], batch: list[UUID]) -> tuple[list[UUID], list[Pending]]:
    """Lock these objects and read what waits on them, with the rest of their atomic deposits."""
    for i in range(0, len(batch), LOCK_LIMIT):
        croids_q.croid_lock(connection, croids=batch[i : i + LOCK_LIMIT])
    rows = q.base_layer_pending(connection, croids=batch)
    waiting = [row for row in rows if not row.is_test]
    atomic = sorted({row.deposit_id for row in waiting if row.is_atomic})
    if atomic:
        parts = set(q.base_layer_atomic_list(connection, deposit_ids=atomic))
        if more := parts - set(batch):
            return hold(connection, sorted(more.union(batch)))
    return batch, waiting


def work_off(
    run: Run, batch: Sequence[UUID], waiting: Iterable[Pending], answers: Sequence[Answer]
) -> list[Outcome]:
    """Derive the objects, once for each of the records that wait on them."""
    outcomes: list[Outcome] = []
    for pending in rounds(waiting):
        due = batch if not outcomes else sorted(pending)
        run.outcomes = {}
        derive(run, due, pending, answers)
        run.settled += [(record, run.outcomes[croid]) for croid, record in pending.items()]
        outcomes += run.outcomes.values()
    return outcomes


def tear(settled: Iterable[tuple[Pending, Outcome]]) -> Torn:
    """The atomic deposits of which a record was refused."""
    torn: Torn = {}
    for record, outcome in settled:
        if record.is_atomic and outcome.result == "rejected":
            torn.setdefault(record.deposit_id, {})[record.croid] = outcome.problems
    return torn


def derive_again(run: Run, outcomes: Sequence[Outcome], answers: Sequence[Answer]) -> list[Outcome]:
    """Derive objects anew whose deposit was refused, where it was not the deposit they came for."""
    last = {outcome.croid: outcome.result for outcome in outcomes}
    pending = {record.croid for record, _ in run.settled}
    refused = sorted(croid for croid in pending if last[croid] == "rejected")
    if not refused or run.reason == "deposit":
        return []
    run.outcomes = {}
    derive(run, refused, {}, answers)
    return list(run.outcomes.values())


def rounds(rows: Iterable[Pending]) -> list[dict[UUID, Pending]]:
    """Records by object: the oldest of each in the first round, the next in the second, and so on.

    There is always a first round, since objects also change without a deposit.
    """
    found: list[dict[UUID, Pending]] = [{}]
    depth: dict[UUID, int] = {}
    for row in rows:
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
    # Held, so that nobody edits them from here on: what people changed is heard before the merge.
    edits.make_layers(connection, croids, run.run_id)
    places = {croid: place(row) for croid, row in pending.items()}
    known = read_bases(connection, croids, places, answers)
    edits.add_bases(connection, croids, known)
    standing = states.read_states(connection, pending)
    ready: dict[UUID, Known] = {}
    kept: dict[UUID, Known] = {}
    for croid in croids:
        item = known.get(croid, Known("release"))
        record = pending.get(croid)
        problems = list(item.problems)
        if record is not None and (faults := run.torn.get(record.deposit_id)) is not None:
            atomic = Problem("atomic", "", "another record of this deposit was refused")
            problems = faults.get(croid, [atomic])
        elif gone := edits.departed(before.get(croid), is_deposited=record is not None):
            problems.append(gone)
        elif record is not None and (
            wrong := unexpected(record, before.get(croid))
            or states.misplaced(record, standing.get(croid))
        ):
            problems.append(wrong)
        elif record is not None and record.state is not None:
            kept[croid] = item
            continue
        if item.bases and all(problem.severity != "error" for problem in problems):
            ready[croid] = item
        else:
            nothing = Problem("no-record", "", "nothing is known of it")
            run.refuse(croid, *(problems or item.faults or [nothing]))
    for kind in sorted({item.kind for item in ready.values()}):
        accept(run, kind, {croid: item for croid, item in ready.items() if item.kind == kind})
    if kept:
        judge(run, kept)
        states.hold_back(run, kept, pending, standing)


def judge(run: Run, known: Mapping[UUID, Known]) -> None:
    """Find out what would become of these objects, and do nothing."""
    good: dict[UUID, Known] = {}
    for croid, item in known.items():
        if item.bases and all(problem.severity != "error" for problem in item.problems):
            good[croid] = item
        else:
            run.refuse(croid, *item.problems)
    with run.context.connection.transaction() as attempt:
        for kind in sorted({item.kind for item in good.values()}):
            accept(run, kind, {croid: item for croid, item in good.items() if item.kind == kind})
        raise Rollback(attempt)


def place(row: Pending) -> Place:
    """Where a pending record's bytes lie."""
    return Place(row.deposit_id, row.n, row.byte_offset, row.size_bytes, row.received_at, row.media)


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


def accept(run: Run, kind: str, known: Mapping[UUID, Known]) -> None:
    """Accept a batch of one kind, or its halves where the whole cannot be."""
    connection = run.context.connection
    try:
        with connection.transaction():
            outcomes = enrich_and_revise(run, kind, known)
    except Exception as error:
        if db.is_passing(error):
            raise
        croids = list(known)
        if len(croids) == 1:
            run.refuse(croids[0], refusal(error))
            log.warning("record refused", croid=str(croids[0]), error=repr(error))
            return
        half = len(croids) // 2
        for part in (croids[:half], croids[half:]):
            accept(run, kind, {croid: known[croid] for croid in part})
        return
    for outcome in outcomes:
        run.outcomes[outcome.croid] = outcome


def refusal(error: Exception) -> Problem:
    """What to tell of an object that could not be merged or stored."""
    if isinstance(error, psycopg.Error):
        slug, detail = error.diag.message_primary or "", error.diag.message_detail
        if (error.sqlstate or "").startswith("NX"):
            return Problem(slug, "", detail or slug)
        return Problem("not-storable", "", " ".join(filter(None, (slug, detail)))[:500])
    return Problem("failed", "", f"{type(error).__name__}: {error}"[:500])


def enrich_and_revise(run: Run, kind: str, known: Mapping[UUID, Known]) -> list[Outcome]:
    """Merge with all layers, and make one editgroup of what changed."""
    connection = run.context.connection
    merged = {croid: merge(kind, item.bases) for croid, item in known.items()}
    enriched = strategies.Enriched()
    if kind == "release":
        bodies = {croid: item.body for croid, item in merged.items()}
        enriched = strategies.run_strategies(connection, run.context.memory, bodies)
    else:
        enriched.patches = strategies.read_patches(connection, list(merged))
    for croid, patches in enriched.patches.items():
        merged[croid] = merge(kind, known[croid].bases, patches)
    strategies.store(connection, run.run_id, enriched)
    rows = revise(run, kind, merged)
    results = {"create": "created", "update": "updated", "unchanged": "unchanged"}
    return [
        Outcome(
            row.croid, results[row.action], row.revision_id, row.index, known[row.croid].problems
        )
        for row in rows
    ]


def revise(run: Run, kind: str, merged: Mapping[UUID, Merged]) -> list[catalog.EditgroupReviseRow]:
    """Make one editgroup of what changed, its large members stored as parts."""
    connection = run.context.connection
    layout = run.context.memory.get(f"parts of {kind}")
    if layout is None:
        rows = catalog.editgroup_part_member_list(connection, kind=Kind(kind))
        layout = Layout((row.member, row.part) for row in rows)
        run.context.memory[f"parts of {kind}"] = layout
    bodies: list[str] = []
    parts: list[tuple[UUID, str, str]] = []
    for croid, item in merged.items():
        body, apart = layout.split(item.body)
        bodies.append(body)
        parts += [(croid, name, text) for name, text in apart]
    return catalog.editgroup_revise(
        connection,
        editor_id=VULCANUS,
        description=run.reason,
        extra=orjson.dumps({"run_id": str(run.run_id)}).decode(),
        kind=Kind(kind),
        croids=list(merged),
        bodies=bodies,
        edit_extras=[
            orjson.dumps({"layers": item.layers, "run_id": str(run.run_id)} | _lent(item)).decode()
            for item in merged.values()
        ],
        part_croids=[croid for croid, _, _ in parts],
        part_members=[name for _, name, _ in parts],
        part_bodies=[text for _, _, text in parts],
    )


def _lent(item: Merged) -> dict[str, Any]:
    return {"lent": item.lent} if item.lent else {}


def settle(run: Run) -> None:
    """Write the verdicts of a run, and give up the names of what nothing is known of."""
    if not run.settled:
        return
    connection = run.context.connection
    q.base_layer_settle(
        connection,
        croids=[record.croid for record, _ in run.settled],
        deposit_ids=[record.deposit_id for record, _ in run.settled],
        ns=[record.n for record, _ in run.settled],
        results=[verdict(outcome) for _, outcome in run.settled],
        revision_ids=[outcome.revision_id for _, outcome in run.settled],
        indexes=[outcome.index for _, outcome in run.settled],
        problems=[problems_text(outcome.problems) for _, outcome in run.settled],
        patches=[None] * len(run.settled),
    )
    refused = {record.croid for record, outcome in run.settled if outcome.result == "rejected"}
    if refused:
        q.base_layer_free(connection, croids=sorted(refused))


def verdict(outcome: Outcome) -> NauvisVerdict:
    """The result a depositor sees: a record that was taken but has warnings says so."""
    if outcome.result in ("created", "updated") and outcome.problems:
        return NauvisVerdict.WARNING
    return NauvisVerdict(outcome.result)


def problems_text(problems: Sequence[Problem]) -> str | None:
    """Problems as JSON, or None where there are none."""
    return orjson.dumps(problems).decode() if problems else None
