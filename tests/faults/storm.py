"""Clients in processes of their own, which commit one change after the other and may die at any
moment, as may the server. Each keeps a journal of what it began and what it was told.

A change has a key. Whoever comes back sends the last one again where it does not know what became
of it, so that in the end each key was answered, and each may have had one effect alone.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from faults.flow import VULCANUS, document, record
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.queries.edit import edit_list_by_editgroup
from nexus_hub.catalog.queries.editgroup import editgroup_get
from nexus_hub.nauvis import service as nauvis
from nexus_hub.nauvis.queries import deposit as deposits
from nexus_hub.platform import db as platform_db

PRELOAD = ["nexus_hub.cli.rooms", "faults.flow", "faults.storm"]
FORKS = multiprocessing.get_context("forkserver")
KINDS = ("batch", "steps", "count", "batch", "count", "deposit")
STOP = "stop"
RECORDS = 2
PAUSE_S = 0.012
"""The longest a client waits between two changes."""


def accept_and_wait(uri: str, group: UUID, told: Any, *, at_one_go: bool) -> None:
    """A client that accepts; unless at one go, it goes to sleep before it commits."""
    conninfo = platform_db.as_role(uri, "nexus_api")
    with psycopg.connect(conninfo, autocommit=at_one_go) as connection:
        told.put(connection.info.backend_pid)
        editing.accept(connection, group, VULCANUS)
        told.put("accepted")
        time.sleep(600)


@dataclass
class Told:
    """What a client knows of one change: what it asked for, and the answer, if one came."""

    key: str
    kind: str
    n: int
    asked: dict[str, Any] = field(default_factory=dict)
    made: str | None = None
    index: int | None = None


class Journal:
    """A file of lines, each on the disk before the client goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, **members: Any) -> None:
        """Add a line."""
        with self.path.open("a") as file:
            file.write(json.dumps(members) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[Told]:
        """All changes in order; a line that death cut short was never acted upon."""
        if not self.path.exists():
            return []
        found: dict[str, Told] = {}
        for line in self.path.read_text().split("\n")[:-1]:
            members = json.loads(line)
            if "asked" in members:
                found[members["key"]] = Told(**members)
            else:
                told = found[members["key"]]
                told.made, told.index = members["made"], members["index"]
        return list(found.values())

    def mend(self) -> None:
        """Cut off a last line that was not written whole."""
        if self.path.exists():
            os.truncate(self.path, self.path.read_bytes().rfind(b"\n") + 1)


@dataclass
class Client:
    """One editor and depositor at a connection."""

    connection: psycopg.Connection[Any]
    journal: Journal
    name: str
    editor: UUID
    counter: UUID

    def go_on(self) -> None:
        """Finish what was begun, then make changes until told to stop."""
        known = self.journal.read()
        n = known[-1].n + 1 if known else 0
        if known and known[-1].made is None:
            self.send(known[-1])
        while not (self.journal.path.parent / STOP).exists():
            kind = KINDS[n % len(KINDS)]
            self.send(self.begin(Told(f"{self.name}.{n}.{kind}", kind, n)))
            time.sleep(random.uniform(0, PAUSE_S))
            n += 1

    def begin(self, told: Told) -> Told:
        """Note what is going to be asked for."""
        if told.kind == "count":
            row = self.connection.execute(
                "SELECT r.volume::integer, i.revision_id::text FROM catalog.ident AS i"
                " JOIN catalog.release AS r USING (croid) WHERE i.croid = %s",
                [self.counter],
            ).fetchone()
            assert row is not None
            told.asked = {"volume": row[0] + 1, "expected": row[1]}
        self.journal.note(key=told.key, kind=told.kind, n=told.n, asked=told.asked)
        return told

    def send(self, told: Told) -> None:
        """Ask for it, and note the answer."""
        act: Callable[[Told], tuple[UUID, int | None]] = getattr(self, told.kind)
        made, index = act(told)
        self.journal.note(key=told.key, made=str(made), index=index)

    def edits(self, told: Told) -> list[Edit]:
        """A release that nobody else may have the name of, and creators that anybody could make."""
        names = [f"{told.key} {k}" for k in range(2)]
        made = [Edit("create", None, "creator", {"display_name": name}) for name in names]
        body = {"DOI": f"10.5555/{told.key}", "type": "book", "title": [told.key]}
        return [Edit("create", None, "release", body), *made]

    def batch(self, told: Told) -> tuple[UUID, int]:
        """Everything at one go."""
        applied = editing.apply(
            self.connection, self.editor, self.edits(told), "a batch", key=told.key
        )
        return applied.editgroup_id, applied.index

    def steps(self, told: Told) -> tuple[UUID, int]:
        """The same in three commits: open, fill, accept."""
        group, status, _ = editing.open_editgroup(
            self.connection, self.editor, "in steps", key=told.key
        )
        if status == "accepted":
            found = editgroup_get(self.connection, editgroup_id=group)
            assert found is not None
            assert found.index is not None
            return group, found.index
        if not edit_list_by_editgroup(self.connection, editgroup_ids=[group]):
            editing.add_edits(self.connection, group, self.editor, self.edits(told))
        return group, editing.accept(self.connection, group, self.editor)

    def count(self, told: Told) -> tuple[UUID, int]:
        """One more on the counter that all share, from what was read there and nothing else."""
        while True:
            body = {"type": "book", "title": ["Counter"], "volume": str(told.asked["volume"])}
            edit = Edit("update", self.counter, body=body, expected_id=UUID(told.asked["expected"]))
            try:
                applied = editing.apply(
                    self.connection, self.editor, [edit], "one more", key=told.key
                )
                return applied.editgroup_id, applied.index
            except psycopg.Error as error:
                if error.diag.message_primary != "stale-base":
                    raise
            self.begin(told)

    def deposit(self, told: Told) -> tuple[UUID, None]:
        """A few records for the workers."""
        call = nauvis.prepare_document(deposited(told.key), key=told.key)
        made = deposits.deposit_take(self.connection, **call)
        assert made is not None
        return made, None


def deposited(key: str) -> bytes:
    """The bytes of the deposit of this key."""
    return document([record(f"10.5555/{key}.{k}", "x" * 500) for k in range(RECORDS)])


def commit_until_killed(uri: str, folder: str, name: str, editor: UUID, counter: UUID) -> None:
    """The life of a client; it ends in order with the server, or when told to stop."""
    journal = Journal(Path(folder) / f"{name}.jsonl")
    journal.mend()
    conninfo = platform_db.as_role(uri, "nexus_api")
    try:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            Client(connection, journal, name, editor, counter).go_on()
    except psycopg.OperationalError as error:
        if platform_db.is_conflict(error):
            raise


@dataclass
class Crowd:
    """Processes by name; who is gone is started again by `fill`."""

    life: Callable[[str], Any]
    names: list[str]
    processes: dict[str, Any] = field(default_factory=dict)

    def fill(self) -> None:
        """Start those who are not there; raises where one ended otherwise than it should."""
        for name in self.names:
            process = self.processes.get(name)
            if process is not None and process.is_alive():
                continue
            self.bury(name)
            self.processes[name] = self.life(name)
            self.processes[name].start()

    def bury(self, name: str) -> None:
        """See how one ended: by itself, or killed."""
        process = self.processes.pop(name, None)
        if process is not None:
            process.join(30)
            assert process.exitcode in (0, -9), f"{name} ended with {process.exitcode}"

    def kill(self, name: str) -> None:
        """Kill one of them in the midst of what it does."""
        self.processes[name].kill()
        self.processes[name].join()

    def wait(self) -> None:
        """Until all have ended by themselves."""
        for name in self.names:
            self.bury(name)

    def end(self) -> None:
        """Kill whoever is left."""
        for process in self.processes.values():
            process.kill()
            process.join()


def journals(folder: Path) -> Iterator[tuple[str, list[Told]]]:
    """What every client knows, by its name."""
    for path in sorted(folder.glob("*.jsonl")):
        yield path.stem, Journal(path).read()
