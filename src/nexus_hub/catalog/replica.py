"""Replicas: databases that follow the catalogue by PostgreSQL's logical replication.

A replica is made in a migrated database without objects. It copies the published tables, then
follows them; nobody but the login that made it writes there. What is done is found in the
databases themselves, so every action can be interrupted and done again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection

from nexus_hub.catalog.queries import dump as catalogue
from nexus_hub.platform import db, migration
from nexus_hub.platform.error_classes import ReplicaStuck, ReplicaUnfinished, ReplicaUnfit
from nexus_hub.platform.queries import replication as q
from nexus_hub.platform.replication import read_pending

Tell = Callable[[str], None]
LOOK_S = 0.1
CHANGES = 20_000
"""How many changes are looked through at once for what is in the way."""
ERRORS = 3
"""After how many errors at one place a replica is stuck; a lost connection is one error."""
STOPPING = {"insert-exists", "update-exists", "multiple-unique-conflicts"}
"""The conflicts that PostgreSQL does not step over."""


@contextmanager
def connection_to(uri: str, **options: str) -> Generator[Connection[Any]]:
    """A connection of the login itself, in autocommit; its failures name no password."""
    try:
        conninfo = db.as_role(uri, None, **options)
        connection = psycopg.connect(conninfo, autocommit=True, application_name="nexus replica")
    except psycopg.ProgrammingError:
        raise ReplicaUnfit("what was given is no connection string of PostgreSQL") from None
    with connection:
        yield connection


def create(publisher: str, target: str, reach: str | None = None, tell: Tell = print) -> str:
    """Make the database at `target` a replica of that at `publisher`; the name of both its ends.

    `reach` is how the replica's server reaches the publisher, where that differs. Done again, it
    goes on with what is there: tables published since are followed, a stopped replica is started.
    Raises ReplicaUnfit, and `not-empty` where the target holds objects of its own.
    """
    with connection_to(publisher) as source, connection_to(target) as sink:
        name = _check(source, sink)
        _migrate(sink, target, tell)
        found = q.replication_subscription_get(sink)
        if found is None:
            _begin(source, sink, name, reach or publisher)
            tell(f"subscription and slot {name} made; nobody but its login writes in the replica")
            return name
        slot = next((row for row in q.replication_slot_list(source) if row.name == name), None)
        if found.name != name or slot is None or slot.wal_status == "lost":
            raise ReplicaStuck(f"the subscription {found.name} has no slot to go on with")
    follow(target)
    tell(f"subscription {name} goes on, with all that is published now")
    return name


def is_one(uri: str) -> bool:
    """Whether the database is a replica of another."""
    with connection_to(uri) as connection:
        return q.replication_is_replica(connection)


def check_whole(uri: str) -> None:
    """Raise ReplicaUnfinished for a replica that has yet to copy some table."""
    with connection_to(uri) as connection:
        if not q.replication_is_replica(connection):
            return
        for table in q.replication_table_list(connection):
            if table.state != "following":
                raise ReplicaUnfinished(f"{table.table_name} is {table.state}")


def follow(target: str) -> None:
    """Let a replica take up tables that are published since, and go on if it was stopped."""
    with connection_to(target, session_replication_role="replica") as sink:
        name = _subscription(sink).name
        # Rows that an upgrade made there will be copied.
        q.replication_copy_clear(sink, is_stopped=False)
        db.alter_subscription(sink, name, "ENABLE")
        db.alter_subscription(sink, name, "REFRESH PUBLICATION")


def _subscription(sink: Connection[Any]) -> q.ReplicationSubscriptionGetRow:
    found = q.replication_subscription_get(sink)
    if found is None:
        raise ReplicaUnfit(f"{q.replication_server_get(sink).database} follows no other database")
    return found


def _check(source: Connection[Any], sink: Connection[Any]) -> str:
    """The name of the replica; raises ReplicaUnfit where one of the servers is not fit."""
    ours, theirs = q.replication_server_get(source), q.replication_server_get(sink)
    faults = {
        "the replica is the database itself": ours.identity == theirs.identity,
        f"wal_level is {ours.wal_level} here: set it to logical and restart PostgreSQL":
            ours.wal_level != "logical",
        f"the login {ours.login} here lacks REPLICATION": not ours.may_replicate,
        f"the login {theirs.login} of the replica is no superuser": not theirs.is_superuser,
        "the replica is no PostgreSQL 18": theirs.version_num // 10_000 != 18,
    }  # fmt: skip
    for fault, holds in faults.items():
        if holds:
            raise ReplicaUnfit(fault)
    return "nexus_" + hashlib.sha256(theirs.identity.encode()).hexdigest()[:12]


def _migrate(sink: Connection[Any], target: str, tell: Tell) -> None:
    step = migration.current(target)
    if step is None:
        tell(f"schema made at step {migration.upgrade(target).after}")
    elif work := migration.pending(target):
        if q.replication_is_replica(sink) if step >= "0010" else False:
            advice = "upgrade it first: nexus db upgrade there"
        else:
            advice = "run nexus db upgrade there, by the same program"
        raise ReplicaUnfit(f"the schema of the replica is another ({work[0]}); {advice}")


def _begin(source: Connection[Any], sink: Connection[Any], name: str, reach: str) -> None:
    server = q.replication_server_get(sink)
    if not any(row.name == name for row in q.replication_slot_list(source)):
        if q.replication_server_get(source).free_slots < 1:
            raise ReplicaUnfit("no replication slot is free: raise max_replication_slots")
        # Made by itself: in one step with the subscription it would wait for itself on one server.
        q.replication_slot_create(source, name=name)
    try:
        with sink.transaction():
            catalogue.dump_restore_begin(sink)
            q.replication_copy_clear(sink, is_stopped=False)
            q.replication_log_quiet(sink)
            db.subscribe(sink, name, reach)
            db.set_read_only(sink, server.database, server.login, is_on=True)
    except BaseException:
        q.replication_slot_drop(source, name=name)
        raise


def wait_until_copied(
    target: str, on_tables: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Return when every published table follows; raises ReplicaStuck where one cannot."""
    with connection_to(target) as sink:
        watch = Watch(sink)
        while True:
            tables = q.replication_table_list(sink)
            done = sum(table.state == "following" for table in tables)
            on_tables(done, len(tables))
            if done == len(tables):
                return
            watch.look()
            time.sleep(LOOK_S)


def wait_until_applied(publisher: str, target: str, timeout_s: float = 600) -> None:
    """Return when a replica has applied what the publisher holds now.

    Raises ReplicaStuck where it cannot go on, ReplicaUnfinished when the time is over.
    """
    end = time.monotonic() + timeout_s
    with connection_to(publisher) as source, connection_to(target) as sink:
        watch = Watch(sink)
        wanted = q.replication_position(source)
        while not _confirmed(source, watch.name, wanted):
            watch.look()
            if time.monotonic() > end:
                raise ReplicaUnfinished(f"it has not caught up in {timeout_s:g} seconds")
            time.sleep(LOOK_S)


class Watch:
    """Tells a replica that cannot go on from one that takes its time, or lost a connection."""

    def __init__(self, sink: Connection[Any]) -> None:
        self.sink = sink
        found = _subscription(sink)
        self.name = found.name
        self.applied_lsn = found.applied_lsn
        self.errors = _errors(found)
        self.conflicts = _conflicts(sink)

    def look(self) -> None:
        """Raise ReplicaStuck after a conflict, or several errors at the same place."""
        found = _subscription(self.sink)
        if not found.is_enabled:
            raise ReplicaStuck("it is stopped")
        if _conflicts(self.sink) > self.conflicts:
            raise ReplicaStuck("a row of its own is in the way of a change")
        if found.applied_lsn != self.applied_lsn:
            self.applied_lsn, self.errors = found.applied_lsn, _errors(found)
        if _errors(found) >= self.errors + ERRORS:
            raise ReplicaStuck("it fails again and again at the same change")


def _errors(found: q.ReplicationSubscriptionGetRow) -> int:
    return found.apply_errors + found.sync_errors


def _conflicts(sink: Connection[Any]) -> int:
    return sum(row.count for row in q.replication_conflict_list(sink) if row.conflict in STOPPING)


def _confirmed(source: Connection[Any], name: str, wanted: int) -> bool:
    """Whether the replica has told that all is applied up to a place."""
    here = q.replication_position(source)
    lags = [row.lag_bytes for row in q.replication_slot_list(source) if row.name == name]
    if not lags:
        raise ReplicaStuck(f"the slot {name} is gone")
    return here - lags[0] >= wanted


def repair(publisher: str, target: str, tell: Tell = print, timeout_s: float = 600) -> int:
    """Take out of a replica the rows that stand in its way, and let it catch up; how many went.

    Only rows of changes that are yet to be applied are looked at: what replication brought stays.
    Raises ReplicaStuck where nothing is in the way and it stops all the same.
    """
    total = 0
    with (
        connection_to(publisher) as source,
        connection_to(target, session_replication_role="replica") as sink,
    ):
        name = _subscription(sink).name
        while True:
            applied = _stop(source, sink, name)
            cleared = _clear(source, sink, name)
            total += cleared
            if cleared:
                tell(f"{cleared:,} rows that stood in the way removed")
            db.alter_subscription(sink, name, "ENABLE")
            try:
                wait_until_copied(target)
                wait_until_applied(publisher, target, timeout_s)
            except ReplicaStuck:
                if not cleared and _subscription(sink).applied_lsn == applied:
                    raise
            else:
                q.replication_statistics_reset(sink)
                return total


def _stop(source: Connection[Any], sink: Connection[Any], name: str) -> int:
    """Stop a replica; the place it has come to."""
    db.alter_subscription(sink, name, "DISABLE")
    while _subscription(sink).is_working or any(
        row.is_active for row in q.replication_slot_list(source) if row.name == name
    ):
        time.sleep(LOOK_S)
    return _subscription(sink).applied_lsn


def _clear(source: Connection[Any], sink: Connection[Any], name: str) -> int:
    with sink.transaction():
        cleared = q.replication_copy_clear(sink, is_stopped=True)
        following = {t.table_name for t in q.replication_table_list(sink) if t.state == "following"}
        messages = q.replication_slot_peek(source, name=name, limit_count=CHANGES)
        pending = read_pending(messages, _subscription(sink).applied_lsn)
        for table in sorted(following & pending.keys()):
            rows = pending[table]
            cleared += q.replication_way_clear(
                sink,
                table_name=table,
                inserted=json.dumps(rows.inserted),
                updated=json.dumps(rows.updated),
                touched=json.dumps(rows.touched),
            )
    return cleared


def compare_chains(publisher: str, target: str) -> int:
    """The newest index of a replica, whose hash is the publisher's there; raises ReplicaStuck.

    As each hash covers the contents of its edits and the hash before, equal ones say that all up to
    there is equal; `verification.verify` says whether the replica's rows are what its chain says.
    """
    with connection_to(publisher) as source, connection_to(target) as sink:
        clock = catalogue.dump_clock(sink)
        ours = catalogue.dump_changelog_get(source, index=clock.index)
        if clock.index and ours != clock.hash:
            raise ReplicaStuck(f"index {clock.index} is another there than here")
        return clock.index


def drop(publisher: str | None, target: str, tell: Tell = print) -> None:
    """End a replica: its subscription, its slot, and that only its login writes there.

    Without `publisher` the slot stays; `drop_slot` removes it later.
    """
    with connection_to(target) as sink:
        name = _subscription(sink).name
        server = q.replication_server_get(sink)
        db.alter_subscription(sink, name, "DISABLE")
        while _subscription(sink).is_working:
            time.sleep(LOOK_S)
        with sink.transaction():
            db.unsubscribe(sink, name)
            db.set_read_only(sink, server.database, server.login, is_on=False)
    tell(f"subscription {name} dropped, the database can be written to")
    if publisher is not None:
        drop_slot(publisher, name)
        tell(f"slot {name} dropped")


def drop_slot(publisher: str, name: str) -> None:
    """Keep no WAL for a replica any more; raises ReplicaUnfit where none has the name."""
    with connection_to(publisher) as source:
        end = time.monotonic() + 10
        while True:
            rows = [row for row in q.replication_slot_list(source) if row.name == name]
            if not rows:
                raise ReplicaUnfit(f"no replica is called {name}")
            if not rows[0].is_active:
                return q.replication_slot_drop(source, name=name)
            if time.monotonic() > end:
                raise ReplicaUnfit(f"{name} is connected: drop the replica itself")
            time.sleep(LOOK_S)


def promote(target: str, tell: Tell = print) -> int:
    """Make a replica a catalogue of its own, which is written to; the index it goes on from.

    The publisher need not be there. Raises ReplicaUnfinished where tables are not copied yet.
    """
    with connection_to(target) as sink:
        _subscription(sink)
        waiting = [t.table_name for t in q.replication_table_list(sink) if t.state != "following"]
        if waiting:
            raise ReplicaUnfinished(f"{len(waiting)} tables, {waiting[0]} among them")
        drop(None, target, tell)
        # The rows that every catalogue has of its own, and what is published from here.
        migration.apply_repeatables(target, again=True)
        return catalogue.dump_clock(sink).index
