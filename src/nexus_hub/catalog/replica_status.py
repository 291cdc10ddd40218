"""How the replicas of a catalogue are, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg import Connection

from nexus_hub.catalog.queries import dump as catalogue
from nexus_hub.catalog.replica import STOPPING, connection_to
from nexus_hub.platform import migration
from nexus_hub.platform.error_classes import ReplicaUnfit
from nexus_hub.platform.queries import replication as q


@dataclass(frozen=True, slots=True)
class Slot:
    """A replica as the publisher sees it."""

    name: str
    is_connected: bool
    wal_status: str
    lag_bytes: int
    safe_bytes: int | None
    inactive_since: datetime | None
    advice: str


@dataclass(frozen=True, slots=True)
class Replica:
    """A replica as it sees itself; lags are those of the moment."""

    name: str
    is_enabled: bool
    is_working: bool
    step: str | None
    index: int
    lag_indexes: int
    apply_errors: int
    sync_errors: int
    slot: Slot | None
    advice: str
    conflicts: dict[str, int] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)


def slots(publisher: str) -> list[Slot]:
    """Every replica that has a slot here."""
    with connection_to(publisher) as source:
        return slots_of(source)


def slots_of(source: Connection[Any]) -> list[Slot]:
    """The same on a connection that is there."""
    return [
        Slot(
            row.name,
            row.is_active,
            row.wal_status,
            row.lag_bytes,
            row.safe_bytes,
            row.inactive_since,
            _slot_advice(row),
        )
        for row in q.replication_slot_list(source)
    ]


def _slot_advice(row: q.ReplicationSlotListRow) -> str:
    if row.wal_status == "lost":
        return (
            f"the WAL it needs is gone ({row.invalidation_reason or 'removed'}): "
            "nexus replica drop, then create it in an empty database"
        )
    if row.wal_status in ("unreserved", "extended") and not row.is_active:
        return f"it keeps much WAL: start it soon, or nexus replica drop --slot {row.name}"
    if not row.is_active:
        return "it is not connected: nexus replica status with its URL tells why"
    return ""


def status(publisher: str, target: str) -> Replica:
    """How one replica is; raises ReplicaUnfit where the database follows no other."""
    step = migration.current(target)
    with connection_to(publisher) as source, connection_to(target) as sink:
        found = q.replication_subscription_get(sink)
        if found is None:
            raise ReplicaUnfit("the database follows no other")
        index = catalogue.dump_clock(sink).index
        conflicts = {row.conflict: row.count for row in q.replication_conflict_list(sink)}
        tables = {row.table_name: row.state for row in q.replication_table_list(sink)}
        slot = next((slot for slot in slots_of(source) if slot.name == found.name), None)
        return Replica(
            found.name,
            found.is_enabled,
            found.is_working,
            step,
            index,
            catalogue.dump_clock(source).index - index,
            found.apply_errors,
            found.sync_errors,
            slot,
            _advice(found, tables, set(conflicts), slot, (step, migration.current(publisher))),
            conflicts,
            tables,
        )


def _advice(
    found: q.ReplicationSubscriptionGetRow,
    tables: dict[str, str],
    conflicts: set[str],
    slot: Slot | None,
    steps: tuple[str | None, str | None],
) -> str:
    """What to do next; empty where nothing is."""
    step, ours = steps
    if slot is None:
        return "its slot is gone: nexus replica drop, then create it in an empty database"
    if slot.wal_status == "lost":
        return slot.advice
    if (step or "") < (ours or ""):
        return f"its schema is at step {step}, {ours} here: nexus db upgrade there"
    if conflicts & STOPPING:
        return "a row of its own is in the way of a change: nexus replica repair"
    if not found.is_enabled:
        return "it is stopped: nexus replica create starts it"
    states = set(tables.values())
    if "not followed" in states:
        return "tables are published that it does not follow: nexus replica create takes them up"
    if states - {"following"}:
        return "it copies; serve from it when every table follows"
    if not found.is_working:
        return "it is starting, or fails: the log of its PostgreSQL tells why"
    return "rows were not what was expected: nexus db verify there" if conflicts else ""
