"""The database takes no writes, or is gone: 503 with the time to come again; what can be read is
read, and when the database is back, so is the service, without a restart of its own.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar.testing import TestClient

from api.keyring import bearer, make_editor, make_key
from faults import flow, form
from faults.ledger import audit_changelog
from faults.mortal import MortalServer
from nexus_api.database import Pool
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.catalog.queries.models import EditorRole
from nexus_hub.cli.rooms import consumers
from nexus_hub.croid.codec import decode
from nexus_hub.platform.queues import Worker
from serving import serving

OUTAGE_S = form.of(1, 20)
PATIENCE_S = 6.0
BOOK = {"type": "book", "title": ["On Salt"]}


@dataclass
class Service:
    """The whole application on a server that the test takes away, with an admin and a few rows."""

    client: TestClient[Any]
    server: MortalServer
    headers: dict[str, str]
    name: str
    known: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {} if body is None else {"json": body}
        return self.client.request(
            method, path, headers=self.headers | headers, follow_redirects=False, **sent
        )

    def fill(self) -> None:
        """A release by deposit, a creator by hand, and an open editgroup."""
        body = {"records": [flow.record(f"10.5555/{self.name}")]}
        deposit = self.ask("POST", "/deposits", body)
        assert deposit.status_code == 202
        Worker(self.server.settings, consumers([])).run(drain=True)
        edit = {"action": "create", "kind": "creator", "record": {"display_name": "Ada"}}
        made = self.ask("POST", "/editgroups/batch", {"edits": [edit]}).json()["edits"][0]
        group = self.ask("POST", "/editgroups", {}).headers["location"]
        self.ask("POST", f"{group}/edits", {"edits": [edit]})
        self.known = {
            "deposit": deposit.headers["location"],
            "creator": made["croid"],
            "creator_v0": to_ident(decode(made["croid"])),
            "group": group,
            "group_v0": to_ident(UUID(group.rpartition("/")[2])),
        }

    def writes(self) -> list[tuple[str, str, Any, dict[str, str]]]:
        """Requests that change something, each good by itself."""
        known = self.known
        creator, group = f"/cro/{known['creator']}", known["group"]
        edit = {"action": "create", "kind": "creator", "record": {"display_name": "Bo"}}
        match = {"If-Match": "*"}
        v0 = f"/v0/editgroup/{known['group_v0']}"
        return [
            ("POST", "/deposits", {"records": [flow.record(f"10.5555/{uuid4()}")]}, {}),
            ("POST", "/editgroups", {}, {}),
            ("POST", "/editgroups", {}, {"Idempotency-Key": uuid4().hex}),
            ("POST", "/editgroups/batch", {"edits": [edit]}, {}),
            ("POST", f"{group}/edits", {"edits": [edit]}, {}),
            ("POST", f"{group}/submit", None, {}),
            ("POST", f"{group}/annotations", {"markdown": "Sure?"}, {}),
            ("POST", f"{group}/accept", None, {}),
            ("POST", f"{group}/withdraw", None, {}),
            ("POST", "/cro", {"kind": "creator", "record": {"display_name": "Cy"}}, {}),
            ("PUT", creator, {"record": {"display_name": "Ada L."}}, match),
            ("DELETE", creator, None, match),
            ("POST", f"/leases/{known['creator']}", {"holder": "x", "ttl_s": 9}, {}),
            ("POST", "/editors", {"username": "dora"}, {}),
            ("POST", "/v0/editgroup", {}, {}),
            ("POST", f"{v0}/creator", {"display_name": "Di"}, {}),
            ("PUT", f"{v0}/creator/{known['creator_v0']}", {"display_name": "Di"}, {}),
            ("DELETE", f"{v0}/creator/{known['creator_v0']}", None, {}),
            ("POST", f"{v0}/annotation", {"comment_markdown": "Sure?"}, {}),
            ("PUT", v0, {"description": "else"}, {}),
            ("POST", f"{v0}/accept", None, {}),
        ]

    def reads(self) -> list[str]:
        """Paths that are only read."""
        known = self.known
        return [
            "/health",
            "/metrics",
            f"/works/10.5555/{self.name}",
            "/works",
            f"/works/10.5555/{self.name}/explain",
            f"/cro/{known['creator']}",
            f"/cro/{known['creator']}/revisions",
            "/changes",
            known["deposit"],
            f"{known['deposit']}/raw",
            "/editgroups",
            known["group"],
            "/editors/me",
            "/reports/doi-counts",
            "/v0/changelog",
            f"/v0/creator/{known['creator_v0']}",
            f"/v0/editgroup/{known['group_v0']}",
        ]


@contextmanager
def filled(server: MortalServer) -> Iterator[Service]:
    """The application, and what it needs to be asked."""
    name = f"p{uuid4().hex[:12]}"
    with server.connect() as connection:
        key = make_key(connection, make_editor(connection, name, EditorRole.ADMIN))
    with serving(server.settings) as client:
        service = Service(client, server, bearer(key), name)
        service.fill()
        yield service


@pytest.fixture
def service(mortal: MortalServer) -> Iterator[Service]:
    with filled(mortal) as found:
        yield found


def check_unavailable(answer: Any, path: str) -> None:
    """503 in the form of who asks, with the time to come again."""
    assert answer.status_code == 503, (path, answer.text)
    assert int(answer.headers["retry-after"]) > 0
    told = answer.json()
    if path.startswith("/v0/"):
        assert answer.headers["content-type"] == "application/json"
        assert told["success"] is False
        assert told["error"] == "database-unavailable"
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert told["type"] == "/problems/database-unavailable"


def check_only_read(service: Service) -> None:
    """No request changes anything or fails otherwise, and everything can be read."""
    for method, path, body, headers in service.writes():
        check_unavailable(service.ask(method, path, body, **headers), path)
    for path in service.reads():
        answer = service.ask("GET", path)
        assert answer.status_code == 200, (path, answer.text)


async def await_heard(pool: Pool) -> None:
    """Until every connection that is open has heard that nothing is written."""
    until = time.monotonic() + PATIENCE_S
    told = {"off"}
    while told != {"on"}:
        assert time.monotonic() < until, told
        async with AsyncExitStack() as taken:
            size = pool.get_stats()["pool_size"]
            opened = [await taken.enter_async_context(pool.connection()) for _ in range(size)]
            asked = [await one.execute("SHOW default_transaction_read_only") for one in opened]
            told = {value for answer in asked for (value,) in await answer.fetchall()}
        await asyncio.sleep(0.02)


def check_back(service: Service) -> None:
    """Reads and writes are answered again, and soon."""
    begun = time.monotonic()
    while True:
        written = service.ask("POST", "/editgroups", {}).status_code
        read = service.ask("GET", f"/cro/{service.known['creator']}").status_code
        waited = time.monotonic() - begun
        if (written, read) == (201, 200):
            return
        assert {written, read} <= {201, 200, 503}
        assert waited < PATIENCE_S, (written, read)
        time.sleep(0.1)


def test_read_only_database_is_read_and_refuses_writes_until_it_takes_them(
    service: Service,
) -> None:
    service.server.configure("ALTER SYSTEM SET default_transaction_read_only = on")
    try:
        service.client.blocking_portal.call(await_heard, service.client.app.state.pool)
        check_only_read(service)
    finally:
        service.server.configure("ALTER SYSTEM RESET default_transaction_read_only")
    check_back(service)
    for method, path, body, headers in service.writes():
        answer = service.ask(method, path, body, **headers)
        assert answer.status_code < 500, (path, answer.text)


def test_standby_is_read_and_refuses_writes_until_it_is_promoted(service: Service) -> None:
    service.server.become_standby()
    try:
        await_read(service)
        check_only_read(service)
    finally:
        service.server.promote()
    check_back(service)


def await_read(service: Service) -> None:
    """Until the pool has let go of the connections that the restart cut."""
    until = time.monotonic() + PATIENCE_S
    path = f"/cro/{service.known['creator']}"
    while (answer := service.ask("GET", path)).status_code != 200:
        assert time.monotonic() < until, answer.text
        time.sleep(0.1)


@pytest.mark.timeout(form.of(120, 300))
def test_service_without_a_database_says_so_and_is_back_with_it(service: Service) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    edit = {"action": "create", "kind": "creator", "record": {"display_name": "Once"}}
    batch = ("POST", "/editgroups/batch", {"edits": [edit]})
    service.server.kill()
    gone = time.monotonic()
    paths = ("/deposits", "/editgroups", "/v0/editgroup")
    requests = [("POST", path, {"records": [flow.record("10.5555/x")]}) for path in paths]
    requests += [("GET", path, None) for path in service.reads()] + [batch]
    with ThreadPoolExecutor(len(requests)) as clients:
        answers = clients.map(lambda r: (r[1], service.ask(*r, **key)), requests)
        for path, answer in answers:
            if path == "/metrics":
                assert answer.status_code == 200
            else:
                check_unavailable(answer, path)
    time.sleep(max(0.0, OUTAGE_S - (time.monotonic() - gone)))
    service.server.start()
    check_back(service)
    first = service.ask(*batch, **key)
    again = service.ask(*batch, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    with service.server.connect() as connection:
        audit_changelog(connection)


def test_service_that_was_not_asked_while_the_database_was_gone_notices_by_itself(
    service: Service,
) -> None:
    assert service.ask("GET", "/changes").status_code == 200
    service.server.kill()
    service.server.start()
    time.sleep(2.5)
    # Nobody gets one of the connections that died meanwhile.
    path = f"/cro/{service.known['creator']}"
    assert [service.ask("GET", path).status_code for _ in range(10)] == [200] * 10
    assert service.ask("POST", "/editgroups", {}).status_code == 201


def test_nothing_is_acknowledged_before_it_is_durable(service: Service) -> None:
    known = service.known
    requests = [
        ("POST", "/deposits", {"records": [flow.record(f"10.5555/{uuid4()}")]}),
        ("POST", "/editgroups", {}),
        ("POST", "/cro", {"kind": "creator", "record": {"display_name": "Cy"}}),
        ("POST", f"{known['group']}/accept", None),
        ("POST", "/v0/editgroup", {}),
    ]
    # A commit waits for a standby that is not there.
    service.server.configure("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    time.sleep(0.3)
    try:
        with ThreadPoolExecutor(len(requests)) as clients:
            asked = [clients.submit(service.ask, *request) for request in requests]
            time.sleep(1)
            assert [answer.done() for answer in asked] == [False] * len(asked)
            service.server.configure("ALTER SYSTEM RESET synchronous_standby_names")
            codes = [answer.result(20).status_code for answer in asked]
    finally:
        service.server.configure("ALTER SYSTEM RESET synchronous_standby_names")
    assert codes == [202, 201, 201, 200, 201]


def test_worker_outlives_a_database_that_takes_no_writes(mortal: MortalServer) -> None:
    stopping = threading.Event()
    worker = Worker(mortal.settings, consumers([]), stopping=stopping)
    thread = threading.Thread(target=worker.run)
    mortal.configure("ALTER SYSTEM SET default_transaction_read_only = on")
    try:
        thread.start()
        time.sleep(1.5)
        assert thread.is_alive()
    finally:
        mortal.configure("ALTER SYSTEM RESET default_transaction_read_only")
    try:
        with mortal.connect() as connection:
            deposit = flow.take_records(connection, [flow.record(f"10.5555/{uuid4()}")])
            until = time.monotonic() + 20
            while flow.results(connection, deposit) != ["created"]:
                assert time.monotonic() < until
                time.sleep(0.05)
    finally:
        stopping.set()
        thread.join(20)
