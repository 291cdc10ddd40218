"""Every order in which the steps of two and three editors can meet comes to what one order of whole
steps, one after the other, comes to: nothing is lost, nothing is in between, nobody in a circle.

An editor proposes, accepts and commits. Who has to wait for another's commit waits, and goes on
when it comes; the others take their steps meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit

Connection = psycopg.Connection[Any]
Outcome = tuple[tuple[str, ...], tuple[tuple[str, str | None, str | None], ...]]

EDITS: dict[str, Callable[[World], Edit]] = {
    "update a": lambda w: Edit("update", w["a"], body=w.body("a", "2")),
    "update b": lambda w: Edit("update", w["b"], body=w.body("b", "2")),
    "delete a": lambda w: Edit("delete", w["a"]),
    "delete b": lambda w: Edit("delete", w["b"]),
    "a into b": lambda w: Edit("redirect", w["a"], target=w["b"]),
    "b into a": lambda w: Edit("redirect", w["b"], target=w["a"]),
    "b into c": lambda w: Edit("redirect", w["b"], target=w["c"]),
    "c into a": lambda w: Edit("redirect", w["c"], target=w["a"]),
    "split m": lambda w: Edit("update", w["m"], body=w.body("m", "2")),
    "m into c": lambda w: Edit("redirect", w["m"], target=w["c"]),
    "delete k": lambda w: Edit("delete", w["k"]),
    "delete m": lambda w: Edit("delete", w["m"]),
    "undelete d": lambda w: Edit("update", w["d"], body=w.body("d", "2")),
    "take d's name": lambda w: Edit("update", w["c"], body=w.body("d", "9")),
    "take m's name": lambda w: Edit("update", w["k"], body=w.body("m", "9")),
}
"""What editors do: a, b, c and k are live, m was merged into k, d was deleted."""

PAIRS = [
    ("update a", "update a"),
    ("update a", "delete a"),
    ("update a", "a into b"),
    ("update b", "a into b"),
    ("delete a", "delete a"),
    ("delete b", "a into b"),
    ("delete a", "a into b"),
    ("a into b", "a into b"),
    ("a into b", "b into a"),
    ("a into b", "c into a"),
    ("split m", "m into c"),
    ("split m", "delete m"),
    ("split m", "delete k"),
    ("split m", "take m's name"),
    ("m into c", "c into a"),
    ("m into c", "delete k"),
    ("m into c", "take m's name"),
    ("undelete d", "take d's name"),
]
TRIPLES = [
    ("a into b", "c into a", "b into c"),
    ("update a", "a into b", "delete b"),
    ("split m", "m into c", "take m's name"),
]


@dataclass
class World:
    """Objects of one run, named by letters, with identifiers of their own."""

    names: dict[str, UUID] = field(default_factory=lambda: {x: uuid4() for x in "abckmd"})

    def __getitem__(self, name: str) -> UUID:
        return self.names[name]

    def body(self, name: str, volume: str) -> dict[str, Any]:
        return {"DOI": f"10.5555/{self.names[name]}", "volume": volume}


class Session:
    """An editor at a connection of its own, who takes one step after the other."""

    def __init__(self, connection: Connection, person: UUID) -> None:
        self.connection = connection
        self.person = person
        self.pid = connection.info.backend_pid
        self.hand = ThreadPoolExecutor(1)
        self.begin()

    def begin(self) -> None:
        self.group: UUID | None = None
        self.result = "never accepted"
        self.taken: list[Future[None]] = []

    def propose(self, edit: Edit) -> None:
        """Propose, and commit at once."""
        try:
            with self.connection.transaction():
                group = editing.open_editgroup(self.connection, self.person).editgroup_id
                editing.add_edits(self.connection, group, self.person, [edit])
            self.group = group
        except psycopg.Error as error:
            self.result = f"proposed: {error.diag.message_primary}"
        self.connection.commit()

    def accept(self) -> None:
        """Accept, and hold what that takes until the commit."""
        if self.group is None:
            return
        try:
            editing.accept(self.connection, self.group, self.person)
            self.result = "accepted"
        except psycopg.Error as error:
            self.result = error.diag.message_primary or repr(error)
            self.connection.rollback()

    def take(self, step: Callable[[], None]) -> None:
        self.taken.append(self.hand.submit(step))

    @property
    def is_idle(self) -> bool:
        return all(step.done() for step in self.taken)


@dataclass
class Table:
    """Three editors, and somebody who watches them."""

    watcher: Connection
    person: UUID
    sessions: list[Session]

    def set_out(self) -> World:
        """The objects as every run begins."""
        world = World()
        first = [Edit("create", world[x], "release", world.body(x, "1")) for x in "abckmd"]
        editing.apply(self.watcher, self.person, first)
        then = [Edit("redirect", world["m"], target=world["k"]), Edit("delete", world["d"])]
        editing.apply(self.watcher, self.person, then)
        return world

    def settle(self, session: Session) -> None:
        """Wait until a session has taken its steps, or waits for another."""
        deadline = time.monotonic() + 10
        while not session.is_idle:
            assert time.monotonic() < deadline, "neither done nor waiting"
            time.sleep(0.001)
            if session.is_idle:
                return
            row = self.watcher.execute("SELECT pg_blocking_pids(%s)", [session.pid]).fetchone()
            assert row is not None
            if row[0] and not session.is_idle:
                return

    def look(self, world: World, count: int) -> Outcome:
        """What came of a run."""
        letters = {croid: name for name, croid in world.names.items()}
        rows = self.watcher.execute(
            "SELECT i.croid, i.state::text, i.redirect_to, r.body ->> 'volume',"
            " d.croid IS NOT NULL"
            " FROM catalog.ident AS i LEFT JOIN catalog.revision AS r USING (croid, revision_id)"
            " LEFT JOIN croid.identifier AS d"
            "  ON d.croid = i.croid AND d.scheme = 'doi' AND d.value = lower(r.body ->> 'DOI')"
            " WHERE i.croid = ANY (%s)",
            [list(letters)],
        ).fetchall()
        states = {}
        for croid, state, target, volume, has_its_name in rows:
            assert has_its_name == (state == "active"), "what is live has the name it says"
            states[letters[croid]] = (state, letters.get(target), volume)
        told = tuple(session.result for session in self.sessions[:count])
        return told, tuple(states[name] for name in sorted(states))

    def run(self, edits: Sequence[str], order: Sequence[int], steps: int) -> Outcome:
        """One order of steps; of three steps the first proposes, of two all is proposed before."""
        world = self.set_out()
        made = [EDITS[name](world) for name in edits]
        for session in self.sessions:
            session.begin()
        if steps == 2:
            for session, edit in zip(self.sessions, made, strict=False):
                session.propose(edit)
        done = [3 - steps] * len(edits)
        for number in order:
            session = self.sessions[number]
            todo = (
                lambda s=session, e=made[number]: s.propose(e),
                session.accept,
                session.connection.commit,
            )
            session.take(todo[done[number]])
            done[number] += 1
            self.settle(session)
        for session in self.sessions:
            for step in session.taken:
                step.result(10)
        return self.look(world, len(edits))

    def serial(self, edits: Sequence[str], steps: int) -> set[Outcome]:
        """What can come of it when every proposal and every acceptance is by itself."""
        orders = distinct([n for n in range(len(edits)) for _ in range(steps - 1)])
        found = set()
        for order in orders:
            whole: list[int] = []
            for place, number in enumerate(order):
                is_last = number not in order[place + 1 :]
                whole += [number, number] if is_last else [number]
            found.add(self.run(edits, whole, steps))
        return found


def distinct(items: Sequence[int]) -> list[tuple[int, ...]]:
    """The different orders of these items.

    >>> distinct([0, 0, 1])
    [(0, 0, 1), (0, 1, 0), (1, 0, 0)]
    """
    return sorted(set(permutations(items)))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        with database.connect(None) as owner:
            row = owner.execute(
                "INSERT INTO catalog.editor (username, role) VALUES ('ann', 'admin')"
                " RETURNING editor_id"
            ).fetchone()
        assert row is not None
        sessions = [Session(database.connect("nexus_api"), row[0]) for _ in range(3)]
        with database.connect() as watcher:
            watcher.autocommit = True
            yield Table(watcher, row[0], sessions)
        for session in sessions:
            session.hand.shutdown()
            session.connection.close()


@pytest.mark.parametrize("edits", PAIRS, ids=" - ".join)
def test_two_who_accept(table: Table, edits: tuple[str, ...]) -> None:
    allowed = table.serial(edits, 2)
    for order in distinct([0, 0, 1, 1]):
        assert table.run(edits, order, 2) in allowed, order


@pytest.mark.parametrize("edits", PAIRS[2::3], ids=" - ".join)
def test_two_who_propose_and_accept(table: Table, edits: tuple[str, ...]) -> None:
    allowed = table.serial(edits, 3)
    for order in distinct([0, 0, 0, 1, 1, 1]):
        assert table.run(edits, order, 3) in allowed, order


@pytest.mark.parametrize("edits", TRIPLES, ids=" - ".join)
def test_three_who_accept(table: Table, edits: tuple[str, ...]) -> None:
    allowed = table.serial(edits, 2)
    for order in distinct([0, 0, 1, 1, 2, 2]):
        assert table.run(edits, order, 2) in allowed, order


def test_of_two_merges_in_a_circle_one_goes_through(table: Table) -> None:
    told, _ = table.run(("a into b", "b into a"), (0, 1, 0, 1), 2)
    assert told == ("accepted", "stale-base")


def test_waiting_is_noticed(table: Table) -> None:
    told, states = table.run(("update a", "delete a"), (1, 0, 0, 1), 2)
    assert told == ("stale-base", "accepted")
    assert states[0] == ("deleted", None, None)
