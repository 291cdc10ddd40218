"""What Vulcanus hears: deposits, releases of sources, answers, and what was accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from uuid import UUID

import jsonpatch
import orjson
import polars as pl
from psycopg import Rollback

from nexus_hub.catalog.queries import revision as revisions
from nexus_hub.croid.codec import decode, encode
from nexus_hub.platform.queries import task as tasks
from nexus_hub.platform.queues import Consumer, Context, Event
from nexus_hub.vulcanus import edits
from nexus_hub.vulcanus.bases import Answer
from nexus_hub.vulcanus.citing import look_up_references
from nexus_hub.vulcanus.grouping import group_releases
from nexus_hub.vulcanus.naming import derive_named
from nexus_hub.vulcanus.queries import base_layer as q
from nexus_hub.vulcanus.queries import citable as citables
from nexus_hub.vulcanus.queries import kin, named
from nexus_hub.vulcanus.queries import layer as layers
from nexus_hub.vulcanus.queries import merge_proposal as proposals
from nexus_hub.vulcanus.queries import strategy as strategies
from nexus_hub.vulcanus.queries import update_claim as claims
from nexus_hub.vulcanus.service import (
    Outcome,
    Pending,
    Run,
    Torn,
    derive,
    problems_text,
    process,
    tear,
    verdict,
)
from nexus_hub.vulcanus.strategies import strategies_of
from nexus_hub.vulcanus.tracing import trace_changes
from nexus_hub.vulcanus.updating import READERS, Told, apply_updates, hear_rows

ASK_LIMIT = 10_000


def receive_deposits(context: Context, events: Sequence[Event]) -> None:
    """Process the objects of deposits; test deposits run for real and are rolled back."""
    tests = {event.task for event in events if event.task and _is_test(context, event)}
    real = [croid for event in events if event.task not in tests for croid in event.croids]
    process(context, real, "deposit")
    for event in events:
        if event.task in tests:
            rehearse(context, event.task, event.croids)


def _is_test(context: Context, event: Event) -> bool:
    rows = q.base_layer_pending(context.connection, croids=event.croids[:1])
    return any(row.is_test for row in rows if row.deposit_id == event.task)


def rehearse(context: Context, deposit_id: UUID | None, croids: Sequence[UUID]) -> None:
    """Process a test deposit, note the changes it would make, undo them, and keep the verdicts."""
    connection = context.connection
    rows = q.base_layer_pending(connection, croids=list(croids))
    pending = {row.croid: row for row in rows if row.deposit_id == deposit_id}
    if deposit_id is not None and any(row.is_atomic for row in pending.values()):
        parts = q.base_layer_atomic_list(connection, deposit_ids=[deposit_id])
        rows = q.base_layer_pending(connection, croids=parts)
        pending = {row.croid: row for row in rows if row.deposit_id == deposit_id}
    if not pending:
        return
    outcomes, patches = _rehearse(context, pending, {})
    if torn := tear((pending[croid], outcome) for croid, outcome in outcomes.items()):
        outcomes, patches = _rehearse(context, pending, torn)
    q.base_layer_settle(
        connection,
        croids=list(pending),
        deposit_ids=[row.deposit_id for row in pending.values()],
        ns=[row.n for row in pending.values()],
        results=[verdict(outcomes[croid]) for croid in pending],
        revision_ids=[None] * len(pending),
        indexes=[None] * len(pending),
        problems=[problems_text(outcomes[croid].problems) for croid in pending],
        patches=[patches[croid] for croid in pending],
    )


def _rehearse(
    context: Context, pending: Mapping[UUID, Pending], torn: Torn
) -> tuple[dict[UUID, Outcome], dict[UUID, str | None]]:
    connection = context.connection
    patches: dict[UUID, str | None] = {}
    outcomes: dict[UUID, Outcome] = {}
    with connection.transaction() as transaction:
        run_id = strategies.run_open(connection, reason="test", object_count=len(pending))
        run = Run(context, run_id, "test", torn=torn)
        befores = _bodies(context, list(pending))
        derive(run, sorted(pending), pending, ())
        afters = _bodies(context, list(pending))
        outcomes = run.outcomes
        for croid in pending:
            patch = jsonpatch.make_patch(befores.get(croid, {}), afters.get(croid, {}))
            patches[croid] = orjson.dumps(patch.patch).decode() if patch else None
        raise Rollback(transaction)
    return outcomes, patches


def _bodies(context: Context, croids: list[UUID]) -> dict[UUID, dict]:
    rows = revisions.revision_body_list_current(context.connection, croids=croids)
    return {row.croid: orjson.loads(row.body) for row in rows if row.body is not None}


def ask_sources(context: Context, events: Sequence[Event]) -> None:
    """Ask Fulgora about every key that its new releases changed."""
    for source in q.base_layer_source_list(context.connection):
        while q.base_layer_ask(context.connection, source=source.source, limit_count=ASK_LIMIT):
            pass


def receive_answers(context: Context, events: Sequence[Event]) -> None:
    """Take what Fulgora answered as base layers of the objects it was asked about."""
    for event in events:
        if event.task is None:
            continue
        hear_updates(context, event.task, event.croids)
        answers = list(read_answers(context, event.task, event.croids))
        # Those without an answer are looked at too: something was said of them, or is no more.
        process(context, event.croids, "enrichment", answers)
        # What people claim is no part of their records here, so that no acceptance tells of it.
        named.named_note(context.connection, croids=event.croids)


def read_answers(context: Context, task_id: UUID, croids: Sequence[UUID]) -> Iterator[Answer]:
    """The whole records of these objects in a task's Parquet file.

    What was not found is left out, and so are rows that only say something about an object.
    """
    task = tasks.task_get(context.connection, task_id=task_id)
    if task is None or task.result_url is None:
        return
    sources = {row.source: row for row in q.base_layer_source_list(context.connection)}
    kinds = {
        row.croid: row.kind
        for row in q.base_layer_kind_list(context.connection, croids=list(croids))
    }
    table = pl.read_parquet(BytesIO(context.blobs.get(task.result_url)))
    asked = pl.col("croid").is_in([encode(croid) for croid in croids])
    wanted = table.filter(asked, "found", ~pl.col("source").is_in(list(READERS)))
    for row in wanted.iter_rows(named=True):
        croid, about = decode(row["croid"]), sources[row["source"]]
        if about.kind is not None and about.kind == kinds.get(croid):
            yield Answer(
                croid,
                about.source,
                row["source_version"],
                about.rank,
                row["record"].encode(),
                row["retrieved_at"],
                about.kind,
            )


def hear_updates(context: Context, task_id: UUID, croids: Sequence[UUID]) -> None:
    """Take what a task's Parquet file says of updates of these objects."""
    task = tasks.task_get(context.connection, task_id=task_id)
    if task is None or task.result_url is None:
        return
    table = pl.read_parquet(BytesIO(context.blobs.get(task.result_url)))
    asked = table.filter(pl.col("croid").is_in([encode(croid) for croid in croids]))
    for source in READERS:
        told = [
            Told(
                decode(row["croid"]),
                row["key"] or "",
                row["record"].encode() if row["found"] else None,
            )
            for row in asked.filter(pl.col("source") == source).iter_rows(named=True)
        ]
        if told:
            hear_rows(context.connection, source, told)


def hear_accepted(context: Context, events: Sequence[Event]) -> None:
    """Note that what strategies match against changed; their layers are looked at when idle.

    References find new works from then on, and those that waited for one are looked up again.
    """
    for event in events:
        if event.index is not None:
            strategies.strategy_note_inputs(
                context.connection, croids=event.croids, index=event.index
            )
    croids = sorted({croid for event in events for croid in event.croids})
    citables.citable_admit(context.connection, croids=croids)
    claims.claim_note(context.connection, croids=croids)
    claims.claim_ask(context.connection, croids=croids)
    kin.kin_note(context.connection, croids=croids)
    named.named_note(context.connection, croids=croids)
    proposals.merge_proposal_organisation_store(context.connection, croids=croids)


def hear_edited(context: Context, events: Sequence[Event]) -> None:
    """Make layers of what people changed, each object once however often it was changed.

    What a bot took in is merged with what others say.
    """
    croids = {croid for event in events for croid in event.croids}
    process(context, edits.make_layers(context.connection, sorted(croids), None), "edited")


def sweep_stale(context: Context) -> int:
    """Look again at a batch of objects whose layers are stale; how many there were."""
    connection = context.connection
    if not layers.layer_sweep_lock(connection):
        return 0
    traced = trace_changes(connection, context.memory)
    if traced is not None:
        # Who stores layers waits for this to be committed, and may hold objects to be looked at.
        return max(1, traced)
    done = 0
    for strategy in strategies.strategy_list(connection):
        state = (strategy.strategy, strategy.version, strategy.inputs_index, strategy.is_enabled)
        # What cannot be derived stays stale, and is not tried again before something changes.
        before, in_vain = context.memory.get(f"in vain: {strategy.strategy}", (None, []))
        if before != state:
            in_vain = []
            context.memory[f"in vain: {strategy.strategy}"] = (state, in_vain)
        croids = layers.layer_stale_list(
            connection,
            strategy=strategy.strategy,
            but_croids=in_vain,
            limit_count=context.settings.batch_size,
        )
        outcomes = process(context, croids, "stale")
        in_vain += {outcome.croid for outcome in outcomes if outcome.result == "rejected"}
        done += len(croids)
    return done + look_at_unseen(context)


def look_at_unseen(context: Context) -> int:
    """Look at a batch of objects accepted while a strategy was off or not yet there.

    How many they are, 1 at least where there may be more of them.
    """
    unseen = strategies.strategy_take_unseen(
        context.connection,
        strategies=list(strategies_of(context.memory)),
        limit_count=context.settings.batch_size,
    )
    process(context, unseen.croids, "unseen")
    return max(len(unseen.croids), unseen.is_more)


CONSUMERS = [
    Consumer("vulcanus_source_released", ask_sources),
    Consumer("vulcanus_enrichment_answered", receive_answers),
    Consumer("vulcanus_deposit_received", receive_deposits),
    Consumer("vulcanus_edited", hear_edited),
    Consumer("vulcanus_accepted", hear_accepted, idle=sweep_stale, can_wait=True),
    Consumer("vulcanus_references_wanted", look_up_references, can_wait=True),
    Consumer("vulcanus_updates_wanted", apply_updates, can_wait=True),
    Consumer("vulcanus_kin_wanted", group_releases, can_wait=True),
    Consumer("vulcanus_named_wanted", derive_named, can_wait=True),
]
