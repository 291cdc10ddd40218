"""Acceptance: all or none, one wins, no update is lost."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import accept
from nexus_hub.catalog import editing
from nexus_hub.catalog.errors import (
    EditgroupClosed,
    IdentifierTaken,
    NoSuchEditgroup,
    StaleBase,
    WrongState,
)
from nexus_hub.catalog.queries import ident as idents
from nexus_hub.croid.codec import encode


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def worker(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect() as connection:
        connection.autocommit = True
        yield connection


def propose(connection: psycopg.Connection[Any], bodies: dict[UUID, Any]) -> UUID:
    """An editgroup that gives objects this content."""
    return flow.propose(connection, bodies)[0].editgroup_id


def release(doi: str, title: str = "One") -> dict[str, Any]:
    return {"DOI": doi, "type": "book", "title": [title]}


def titles(connection: psycopg.Connection[Any], croids: Sequence[UUID]) -> list[str | None]:
    rows = connection.execute(
        "SELECT u.croid, r.title FROM unnest(%s::uuid[]) WITH ORDINALITY AS u (croid, n)"
        " LEFT JOIN catalog.release AS r USING (croid) ORDER BY u.n",
        [list(croids)],
    ).fetchall()
    return [title for _, title in rows]


def status(connection: psycopg.Connection[Any], editgroup: UUID) -> str:
    query = "SELECT status::text FROM catalog.editgroup WHERE editgroup_id = %s"
    return flow.one(connection, query, editgroup)


def together(*actions: Callable[[], Any]) -> list[Any]:
    """Run at the same moment; each result, or the error that came instead."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return action()
        except psycopg.Error as error:
            return error

    with ThreadPoolExecutor(len(actions)) as clients:
        return list(clients.map(run, actions))


def test_proposed_object_is_not_live(worker) -> None:
    croid = uuid4()
    doi = f"10.5555/{croid}"
    [edit] = flow.propose(worker, {croid: release(doi)})
    assert edit.action == "create"
    found = idents.ident_get(worker, croid=croid)
    assert found is not None
    assert (found.state, found.revision_id, found.body) == ("wip", None, None)
    assert flow.one(worker, "SELECT croid.resolve('doi', %s)", doi) is None


def test_accepted_editgroup_is_frozen(worker) -> None:
    croid = uuid4()
    editgroup = propose(worker, {croid: release(f"10.5555/{croid}")})
    accept(worker, editgroup)
    with pytest.raises(psycopg.Error) as refused:
        accept(worker, editgroup)
    assert refused.value.sqlstate == EditgroupClosed.sqlstate
    assert str(editgroup) in (refused.value.diag.message_detail or "")


def test_unknown_editgroup_is_refused(worker) -> None:
    with pytest.raises(psycopg.Error) as refused:
        accept(worker, uuid4())
    assert refused.value.sqlstate == NoSuchEditgroup.sqlstate


def test_of_two_who_accept_one_editgroup_at_once_one_wins(shared, worker) -> None:
    for _ in range(5):
        croid = uuid4()
        editgroup = propose(worker, {croid: release(f"10.5555/{croid}")})

        def once(editgroup: UUID = editgroup) -> int:
            with shared.connect() as connection:
                return accept(connection, editgroup)

        told = together(once, once)
        won = [found for found in told if isinstance(found, int)]
        [lost] = [found for found in told if not isinstance(found, int)]
        assert len(won) == 1
        assert lost.sqlstate == EditgroupClosed.sqlstate
        rows = "SELECT count(*) FROM catalog.changelog WHERE editgroup_id = %s"
        assert flow.one(worker, rows, editgroup) == 1


def test_stale_base_is_refused_and_names_the_objects(worker) -> None:
    changed, gone, same = uuid4(), uuid4(), uuid4()
    croids = (changed, gone, same)
    accept(worker, propose(worker, {c: release(f"10.5555/{c}") for c in croids}))
    late = propose(worker, {c: release(f"10.5555/{c}", "Late") for c in croids})
    first = propose(worker, {c: release(f"10.5555/{c}", "First") for c in (changed, gone)})
    accept(worker, first)
    with pytest.raises(psycopg.Error) as refused:
        accept(worker, late)
    assert refused.value.sqlstate == StaleBase.sqlstate
    named = (refused.value.diag.message_detail or "").split()
    assert sorted(named) == sorted([encode(changed), encode(gone)])
    assert status(worker, late) == "open"
    assert titles(worker, croids) == ["First", "First", "One"]


def test_two_who_create_one_object_do_not_both(worker) -> None:
    croid = uuid4()
    editgroup = propose(worker, {croid: release(f"10.5555/{croid}", "One")})
    again = editing.open_editgroup(worker, flow.VULCANUS).editgroup_id
    body = release(f"10.5555/{croid}", "Two")
    with pytest.raises(psycopg.Error) as refused:
        editing.add_edits(
            worker, again, flow.VULCANUS, [editing.Edit("create", croid, "release", body)]
        )
    assert refused.value.sqlstate == WrongState.sqlstate
    accept(worker, editgroup)
    assert titles(worker, [croid]) == ["One"]


def test_two_who_create_one_object_at_once_do_not_both(shared, worker) -> None:
    for _ in range(3):
        croid = uuid4()

        def create(title: str, croid: UUID = croid) -> int:
            with shared.connect() as connection:
                group = editing.open_editgroup(connection, flow.VULCANUS).editgroup_id
                body = release(f"10.5555/{croid}", title)
                edit = editing.Edit("create", croid, "release", body)
                editing.add_edits(connection, group, flow.VULCANUS, [edit])
                return accept(connection, group)

        told = together(lambda: create("One"), lambda: create("Two"))
        assert sorted(isinstance(found, int) for found in told) == [False, True]
        [lost] = [found for found in told if not isinstance(found, int)]
        assert lost.sqlstate == WrongState.sqlstate


def test_taken_identifier_leaves_the_editgroup_open_and_the_object_unborn(worker) -> None:
    holder, second, beside = uuid4(), uuid4(), uuid4()
    doi = f"10.5555/{holder}"
    accept(worker, propose(worker, {holder: release(doi)}))
    editgroup = propose(worker, {second: release(doi), beside: release(f"10.5555/{beside}")})
    with pytest.raises(psycopg.Error) as refused:
        accept(worker, editgroup)
    assert refused.value.sqlstate == IdentifierTaken.sqlstate
    assert refused.value.diag.message_detail == f"doi:{doi}"
    assert status(worker, editgroup) == "open"
    assert titles(worker, [second, beside]) == [None, None]
    # Once the holder goes by another name, the same editgroup can be accepted.
    accept(worker, propose(worker, {holder: release(f"{doi}.new")}))
    accept(worker, editgroup)
    assert titles(worker, [second, beside]) == ["One", "One"]


def test_of_two_objects_that_claim_one_identifier_at_once_one_gets_it(shared, worker) -> None:
    for _ in range(3):
        doi = f"10.5555/{uuid4()}"
        editgroups = [propose(worker, {uuid4(): release(doi)}) for _ in range(2)]

        def take(editgroup: UUID) -> int:
            with shared.connect() as connection:
                return accept(connection, editgroup)

        told = together(*[lambda e=editgroup: take(e) for editgroup in editgroups])
        assert sorted(isinstance(found, int) for found in told) == [False, True]
        [lost] = [found for found in told if not isinstance(found, int)]
        assert lost.sqlstate == IdentifierTaken.sqlstate


def test_two_of_one_editgroup_that_claim_one_identifier_are_refused(worker) -> None:
    doi = f"10.5555/{uuid4()}"
    editgroup = propose(worker, {uuid4(): release(doi), uuid4(): release(doi)})
    with pytest.raises(psycopg.Error) as refused:
        accept(worker, editgroup)
    assert refused.value.sqlstate == IdentifierTaken.sqlstate


@pytest.mark.parametrize("revising", [None, 1])
def test_overlapping_editgroups_accepted_at_once_do_not_deadlock_nor_lose_an_update(
    shared, worker, revising: int | None
) -> None:
    croids = [uuid4() for _ in range(40)]
    accept(worker, propose(worker, {c: release(f"10.5555/{c}", "0") for c in croids}))

    def client(number: int) -> int:
        accepted = 0
        mine = croids[number * 5 : number * 5 + 25]
        order = mine if number % 2 else mine[::-1]
        with shared.connect() as connection:
            connection.autocommit = True
            for n in range(6):
                bodies = {c: release(f"10.5555/{c}", f"{number}.{n}") for c in order}
                try:
                    if number == revising:
                        flow.revise(connection, bodies)
                    else:
                        accept(connection, propose(connection, bodies))
                    accepted += 1
                except psycopg.Error as error:
                    if error.sqlstate != StaleBase.sqlstate:
                        raise
        return accepted

    told = together(*[lambda n=number: client(n) for number in range(4)])
    assert all(isinstance(found, int) for found in told), told
    assert sum(told) > 0
    # Every accepted edit followed the one before it.
    broken = worker.execute(
        "SELECT count(*) FROM (SELECT e.previous_revision_id AS said,"
        "  lag(e.revision_id) OVER (PARTITION BY e.croid ORDER BY l.index) AS was"
        "  FROM catalog.edit AS e JOIN catalog.changelog AS l USING (editgroup_id)"
        "  WHERE e.croid = ANY (%s)) AS chain WHERE said IS DISTINCT FROM was",
        [croids],
    ).fetchone()
    assert broken == (0,)


def test_acceptance_announces_its_objects_and_index_in_the_same_transaction(shared, worker) -> None:
    croid = uuid4()
    with shared.connect(None) as owner:
        owner.execute("SELECT pgmq.purge_queue('aquilo_accepted')")
    with shared.connect() as connection:
        editgroup = propose(connection, {croid: release(f"10.5555/{croid}")})
        accept(connection, editgroup)
        connection.rollback()
    editgroup = propose(worker, {croid: release(f"10.5555/{croid}")})
    index = accept(worker, editgroup)
    with shared.connect(None) as owner:
        rows = owner.execute("SELECT message FROM pgmq.q_aquilo_accepted").fetchall()
    assert [(m["croids"], m["index"]) for (m,) in rows] == [([str(croid)], index)]


def test_thousands_of_edits_are_one_acceptance(worker) -> None:
    croids = [uuid4() for _ in range(3000)]
    editgroup = propose(worker, {c: {"DOI": f"10.5555/{c}", "type": "book"} for c in croids})
    index = accept(worker, editgroup)
    row = worker.execute(
        "SELECT edit_count FROM catalog.changelog WHERE index = %s", [index]
    ).fetchone()
    assert row == (3000,)
