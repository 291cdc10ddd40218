"""What clients were told, held against what the database has: nothing lost, nothing twice."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from api.keyring import make_editor
from faults import flow, storm
from nexus_hub.catalog import editing, verification
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.queries.models import EditorRole
from nexus_hub.cli.rooms import consumers
from nexus_hub.nauvis.queries import deposit as deposits
from nexus_hub.platform import frames
from nexus_hub.platform.queries import queue as queues
from nexus_hub.platform.queues import Worker

Connection = psycopg.Connection[Any]
EDITGROUPS = """
SELECT g.idempotency_key, g.editgroup_id::text, g.status::text, l.index
FROM catalog.editgroup AS g LEFT JOIN catalog.changelog AS l USING (editgroup_id)
WHERE g.editor_id = %s AND g.idempotency_key IS NOT NULL
"""
DEPOSITS = "SELECT idempotency_key, deposit_id::text FROM nauvis.deposit ORDER BY deposit_id"
GAPS = """
SELECT count(*) FROM (
  SELECT index, row_number() OVER (ORDER BY index) AS n FROM catalog.changelog
) AS l WHERE index <> n
"""
PLACES = """
SELECT (SELECT count(*) FROM catalog.changelog), (SELECT c.index FROM catalog.clock AS c),
       (SELECT count(*) FROM catalog.editgroup WHERE status = 'accepted')
"""
DOUBLED = (
    "SELECT count(*) FROM (SELECT 1 FROM pgmq.{} GROUP BY message - 'at' HAVING count(*) > 1) AS m"
)
NAMES = """
SELECT count(*), count(DISTINCT e.body ->> 'display_name')
FROM catalog.ident AS i JOIN catalog.revision AS e USING (croid, revision_id)
WHERE i.kind = 'creator'
"""
COUNTER = "SELECT volume::integer FROM catalog.release WHERE croid = %s"


@dataclass
class Ledger:
    """The books about the clients of one database."""

    database: Any
    folder: Path
    editor: UUID
    counter: UUID
    read: set[str] = field(default_factory=set)
    """Keys of deposits whose bytes were read back."""

    @classmethod
    def opened(cls, database: Any, folder: Path) -> Ledger:
        """Books for a database in which nothing was accepted yet: an admin, and a counter at 0."""
        folder.mkdir()
        counter = uuid4()
        with database.connect() as connection:
            editor = make_editor(connection, "storm", EditorRole.ADMIN)
            body = {"type": "book", "title": ["Counter"], "volume": "0"}
            editing.apply(connection, editor, [Edit("create", counter, "release", body)])
        return cls(database, folder, editor, counter)

    def client(self, name: str) -> Any:
        """A client of this name, not yet started."""
        arguments = (self.database.settings.database_url, str(self.folder), name)
        return storm.FORKS.Process(
            target=storm.commit_until_killed, args=(*arguments, self.editor, self.counter)
        )

    def worker(self, name: str) -> Any:
        """A worker for all rooms, not yet started."""
        settings = self.database.settings
        return storm.FORKS.Process(
            target=flow.work_until_killed, args=(settings.database_url, str(settings.home), ())
        )

    def places(self) -> dict[str, int]:
        """How long the journal of each client is."""
        return {path.stem: path.stat().st_size for path in self.folder.glob("*.jsonl")}

    def await_answer(self, name: str, place: int) -> None:
        """Until a client was told of a change after this place of its journal."""
        path = self.folder / f"{name}.jsonl"
        patience = time.monotonic() + 30
        while True:
            if path.exists():
                with path.open("rb") as file:
                    file.seek(place)
                    if b'"made": ' in file.read():
                        return
            assert time.monotonic() < patience, f"{name} was told nothing"
            time.sleep(0.02)

    def audit(self) -> int:
        """Hold everything against everything; how many changes were acknowledged so far."""
        told = [one for _, known in storm.journals(self.folder) for one in known]
        with self.database.connect() as connection:
            self._audit_editgroups(connection, [one for one in told if one.kind != "deposit"])
            self._audit_deposits(connection, [one for one in told if one.kind == "deposit"])
            audit_changelog(connection)
        with self.database.connect(None) as owner:
            audit_queues(owner)
        return sum(one.made is not None for one in told)

    def _audit_editgroups(self, connection: Connection, told: Iterable[storm.Told]) -> None:
        rows = connection.execute(EDITGROUPS, [self.editor]).fetchall()
        found = {key: (made, status, index) for key, made, status, index in rows}
        assert len(found) == len(rows)
        known = {one.key: one for one in told}
        assert found.keys() <= known.keys()
        for key, one in known.items():
            if one.made is not None:
                assert found[key] == (one.made, "accepted", one.index), key
        volume = flow.one(connection, COUNTER, self.counter)
        counted = [key for key, row in found.items() if row[1] == "accepted" and "count" in key]
        assert volume == len(counted)

    def _audit_deposits(self, connection: Connection, told: Iterable[storm.Told]) -> None:
        rows = connection.execute(DEPOSITS.encode()).fetchall()
        found = dict(rows)
        assert len(found) == len(rows)
        known = {one.key: one for one in told}
        assert found.keys() <= known.keys()
        for key, one in known.items():
            if one.made is None:
                continue
            assert found[key] == one.made
            if key not in self.read:
                assert kept(connection, UUID(one.made)) == storm.deposited(key)
                self.read.add(key)

    def close(self) -> dict[str, int]:
        """Work off what is left when all clients have ended in order, and look at everything."""
        told = [one for _, known in storm.journals(self.folder) for one in known]
        assert all(one.made for one in told)
        settings = self.database.settings.model_copy(update={"visibility_s": 30})
        Worker(settings, consumers([])).run(drain=True)
        assert self.audit() == len(told)
        batches = sum(one.kind in ("batch", "steps") for one in told)
        with self.database.connect() as connection:
            for row in queues.queue_list(connection):
                assert (row.waiting, row.in_flight, row.dead) == (0, 0, 0), row
            for one in told:
                if one.kind == "deposit" and one.made:
                    results = flow.results(connection, UUID(one.made))
                    assert results == ["created"] * storm.RECORDS
            assert connection.execute(NAMES).fetchone() == (2 * batches, 2 * batches)
            live = flow.one(connection, "SELECT count(*) FROM catalog.release")
            deposited = storm.RECORDS * sum(one.kind == "deposit" for one in told)
            assert live == 1 + batches + deposited
            connection.autocommit = True
            steps = list(verification.verify(connection))
            assert [fault for step in steps for fault in step.faults] == []
            head = flow.one(connection, "SELECT index FROM catalog.clock")
        return {"acknowledged": len(told), "indexes": head, "objects": live + 2 * batches}


def audit_changelog(connection: Connection) -> None:
    """No gap, nothing twice, the chain whole, and each accepted editgroup has its index."""
    assert flow.one(connection, GAPS) == 0
    assert flow.changelog_faults(connection) == []
    # Workers may be at it already: all three are read at the same moment.
    entries, head, accepted = connection.execute(PLACES).fetchone() or (0, 1, 2)
    assert entries == head == accepted


def audit_queues(owner: Connection) -> None:
    """No event lies in a queue twice."""
    for (name,) in owner.execute("SELECT queue_name FROM pgmq.meta").fetchall():
        assert flow.one(owner, DOUBLED.format(f"q_{name}")) == 0, name


def kept(connection: Connection, deposit: UUID) -> bytes:
    """The bytes of a deposit as they were kept."""
    rows = deposits.deposit_chunk_list(
        connection, deposit_id=deposit, first_chunk=0, last_chunk=10_000
    )
    return b"".join(frames.decompress(row.body) for row in rows)
