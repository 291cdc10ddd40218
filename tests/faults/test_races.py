"""Several people at the same moment, through the service and beside it: one wins, each is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from api.keyring import bearer, make_editor, make_key
from api.people import Person, create, people, slug
from faults import flow
from faults.ledger import audit_changelog
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.catalog.queries.models import EditorRole
from stories.hub import Hub, hub

__all__ = ["hub", "people"]
HOW_MANY = 50


def boss(hub: Hub) -> Person:
    """A second admin."""
    with hub.database.connect() as connection:
        key = make_key(connection, make_editor(connection, "boss", EditorRole.ADMIN))
    return Person(hub.client, bearer(key))


@contextmanager
def together(*requests: Callable[[], Any]) -> Any:
    """Requests that are sent at the same moment; their answers, once all are there."""
    start = threading.Barrier(len(requests))

    def send(request: Callable[[], Any]) -> Any:
        start.wait(30)
        return request()

    with ThreadPoolExecutor(len(requests)) as clients:
        yield [clients.submit(send, request) for request in requests]


def await_waiting(owner: Any, count: int) -> None:
    """Until so many of the server's processes wait for a lock."""
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    until = time.monotonic() + 20
    while flow.one(owner, query) != count:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("prefix", ["", "/v0"])
def test_of_two_who_accept_one_editgroup_at_once_the_other_is_told_so(
    hub: Hub, people: Any, prefix: str
) -> None:
    ada, root = people
    path = ada.editgroup(create())
    group = path.removeprefix("/editgroups/")
    if prefix:
        path = f"/v0/editgroup/{to_ident(UUID(group))}"
    answers: list[Future[Any]]
    with hub.database.connect(None) as owner, hub.database.connect(None) as watcher:
        # Both stand in the database, in sessions of their own, before either goes on.
        owner.execute("SELECT FROM catalog.editgroup WHERE editgroup_id = %s FOR UPDATE", [group])
        admins = (root, boss(hub))
        asked = [lambda a=a: hub.client.post(f"{path}/accept", headers=a.headers) for a in admins]
        with together(*asked) as answers:
            await_waiting(watcher, 2)
            owner.commit()
        told = sorted((answer.result(20) for answer in answers), key=lambda one: one.status_code)
    won, lost = told
    assert (won.status_code, lost.status_code) == (200, 400)
    if prefix:
        assert lost.json()["success"] is False
        assert lost.json()["error"] == "editgroup-closed"
    else:
        assert slug(lost) == "editgroup-closed"
        assert won.headers["x-nexus-index"] == "1"
    assert "is accepted" in lost.text
    with hub.database.connect() as connection:
        assert flow.one(connection, "SELECT count(*) FROM catalog.changelog") == 1
        audit_changelog(connection)


def test_of_fifty_clients_who_want_one_doi_one_gets_it(hub: Hub, people: Any) -> None:
    ada, root = people
    doi = f"10.5555/{uuid4()}"
    paths = [ada.editgroup(release(doi, n)) for n in range(HOW_MANY)]
    asked = [lambda p=path: hub.client.post(f"{p}/accept", headers=root.headers) for path in paths]
    with together(*asked) as answers:
        told = [answer.result(60) for answer in answers]
    codes = sorted(answer.status_code for answer in told)
    assert codes == [200] + [409] * (HOW_MANY - 1)
    assert {slug(a) for a in told if a.status_code == 409} == {"identifier-taken"}
    winner = next(n for n, answer in enumerate(told) if answer.status_code == 200)
    assert hub.get(f"/id/doi/{doi}")["record"]["volume"] == str(winner)
    states = [hub.get(path)["status"] for path in paths]
    assert states == ["accepted" if n == winner else "open" for n in range(HOW_MANY)]


def test_of_fifty_clients_who_deposit_one_doi_all_write_one_object(hub: Hub) -> None:
    body = {"records": [flow.record("10.5555/wanted")]}
    with together(*[lambda: hub.client.post("/deposits", json=body)] * HOW_MANY) as answers:
        told = [answer.result(60) for answer in answers]
    assert {answer.status_code for answer in told} == {202}
    assert len({answer.json()["records"][0]["croid"] for answer in told}) == 1
    hub.work()
    with hub.database.connect() as connection:
        assert flow.one(connection, "SELECT count(*) FROM catalog.release") == 1
        assert flow.one(connection, "SELECT count(*) FROM catalog.edit") == 1


def release(doi: str, n: int) -> dict[str, Any]:
    record = {"DOI": doi, "type": "book", "title": ["Wanted"], "volume": str(n)}
    return {"action": "create", "kind": "release", "record": record}


def test_change_that_comes_between_the_look_at_an_object_and_the_edit_is_not_lost(
    fresh_database: Any,
) -> None:
    with (
        fresh_database.connect() as connection,
        fresh_database.connect() as other,
        fresh_database.connect("nexus_api") as late,
        fresh_database.connect(None) as owner,
        ThreadPoolExecutor(1) as beside,
    ):
        connection.autocommit = late.autocommit = True
        editor = make_editor(connection, "storm", EditorRole.ADMIN)
        croid, wanted = uuid4(), uuid4()
        body = {"type": "book", "title": ["On Salt"]}
        editing.apply(connection, editor, [Edit("create", croid, "release", body)])
        current = "SELECT revision_id FROM catalog.ident WHERE croid = %s"
        seen = flow.one(connection, current, croid)
        # Another who creates the same object makes the late one wait after it looked.
        group = editing.open_editgroup(other, editor).editgroup_id
        editing.add_edits(other, group, editor, [Edit("create", wanted, "release", body)])
        edits = [
            Edit("update", croid, body=body | {"volume": "late"}, expected_id=seen),
            Edit("create", wanted, "release", body),
        ]
        answer = beside.submit(editing.apply, late, editor, edits)
        await_waiting(owner, 1)
        first = Edit("update", croid, body=body | {"volume": "first"}, expected_id=seen)
        editing.apply(connection, editor, [first])
        other.rollback()
        with pytest.raises(psycopg.Error) as refused:
            answer.result(20)
        assert refused.value.diag.message_primary == "stale-base"
        volume = "SELECT volume FROM catalog.release WHERE croid = %s"
        assert flow.one(connection, volume, croid) == "first"
