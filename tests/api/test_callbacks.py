"""Callbacks to who deposits, received here."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from api.keyring import bearer
from api.people import slug
from api.test_members import make_member
from nexus_hub.catalog.credentials import Key
from nexus_hub.nauvis.callbacks import MOST_ATTEMPTS, send_due
from serving import serving
from stories.hub import Hub, record


@dataclass
class Receiver:
    """What was received, and how it is answered: with the next status, or the last one on."""

    host: str
    statuses: list[int] = field(default_factory=lambda: [204])
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    kills: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.host}/told?for=us"

    @property
    def events(self) -> list[str]:
        return [headers["nexus-event"] for headers, _ in self.received]


@contextmanager
def receiving() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(({k.lower(): v for k, v in self.headers.items()}, body))
            for pid in receiver.kills:
                os.kill(pid, signal.SIGKILL)
            left = receiver.statuses
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Tests read what was received instead."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Told:
    """A hub, a member of it with a secret, and where it is told."""

    hub: Hub
    key: Key
    secret: str
    receiver: Receiver

    def deposit(self, *records: Any, **more: Any) -> str:
        body = {"records": records or [record("10.5555/a")], "callback": self.receiver.url} | more
        answer = self.hub.client.post("/deposits", json=body, headers=bearer(self.key))
        assert answer.status_code == 202, answer.text
        return answer.headers["location"]

    def send(self) -> None:
        send_due(self.hub.settings, threading.Event())

    def wait_over(self) -> None:
        with self.hub.database.connect(None) as connection:
            connection.execute("UPDATE nauvis.callback SET next_at = now() WHERE state = 'due'")

    def callback(self, path: str) -> dict[str, Any]:
        answer = self.hub.client.get(f"{path}/callbacks", headers=bearer(self.key))
        assert answer.status_code == 200, answer.text
        [found] = answer.json()["items"]
        return found


@pytest.fixture
def told(fresh_database) -> Iterator[Told]:
    with receiving() as receiver:
        settings = fresh_database.settings.model_copy(update={"callback_hosts": (receiver.host,)})
        with serving(settings) as client:
            hub = Hub(client, settings, fresh_database)
            with fresh_database.connect() as connection:
                number, key = make_member(connection, "Press", "10.5555")
            path = f"/members/{number}/callback-secret"
            made = client.post(path, json={}, headers=bearer(key))
            assert made.status_code == 201, made.text
            assert made.headers["cache-control"] == "no-store"
            yield Told(hub, key, made.json()["secret"], receiver)


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Computed from what the documentation says, not with our own code."""
    at, *signatures = headers["nexus-signature"].split(",")
    signed = at.removeprefix("t=").encode() + b"." + body
    wanted = "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return wanted in signatures and abs(int(at[2:]) - time.time()) < 60


def test_who_deposits_is_told_once_all_have_their_verdict(told):
    path = told.deposit(record("10.5555/a"), {"doi": "10.5/x", "metadata": {}})
    told.send()
    assert told.receiver.received == []
    assert told.callback(path)["state"] == "waiting"
    told.hub.work()
    assert told.callback(path)["state"] == "due"
    told.send()
    [(headers, body)] = told.receiver.received
    assert is_signed(headers, body, told.secret)
    assert not is_signed(headers, body + b" ", told.secret)
    event = json.loads(body)
    assert event["path"] == path
    assert event["state"] == "completed-with-errors"
    assert event["counts"] == {"records": 2, "rejected": 1}
    callback = told.callback(path)
    assert (callback["state"], callback["event"]) == ("sent", event["event"])
    assert [one["status"] for one in callback["tried"]] == [204]
    told.send()
    assert len(told.receiver.received) == 1


def test_what_is_settled_at_once_is_told_at_once(told):
    path = told.deposit({"doi": "10.5/x", "metadata": {}})
    told.send()
    assert len(told.receiver.received) == 1
    assert told.callback(path)["state"] == "sent"


def test_it_is_sent_again_until_it_is_taken(told):
    told.receiver.statuses = [500, 302, 200]
    path = told.deposit()
    told.hub.work()
    for expected in ("due", "due", "sent"):
        told.send()
        assert told.callback(path)["state"] == expected
        told.send()
        told.wait_over()
    assert len(set(told.receiver.events)) == 1
    assert [one["status"] for one in told.callback(path)["tried"]] == [200, 302, 500]
    assert [headers["nexus-attempt"] for headers, _ in told.receiver.received] == ["1", "2", "3"]
    assert len({body for _, body in told.receiver.received}) == 1


def test_what_is_never_taken_is_given_up_and_can_be_sent_again(told):
    told.receiver.statuses = [503]
    path = told.deposit()
    told.hub.work()
    for _ in range(MOST_ATTEMPTS + 1):
        told.send()
        told.wait_over()
    assert len(told.receiver.received) == MOST_ATTEMPTS
    assert told.callback(path)["state"] == "dead"
    told.receiver.statuses = [200]
    replay = told.hub.client.post(f"{path}/callbacks/1/replay", headers=bearer(told.key))
    assert replay.status_code == 202, replay.text
    told.send()
    assert told.callback(path)["state"] == "sent"
    assert len(set(told.receiver.events)) == 1


def test_a_sender_that_dies_before_it_notes_leaves_it_to_be_sent_again(told):
    path = told.deposit()
    told.hub.work()
    code = (
        "import sys, threading\n"
        "from nexus_hub.nauvis.callbacks import send_due\n"
        "from nexus_hub.platform.config import settings\n"
        "sys.stdin.readline()\n"
        "send_due(settings(), threading.Event())\n"
    )
    environment = os.environ | {
        "NEXUS_HOME": str(told.hub.settings.home),
        "NEXUS_DATABASE_URL": str(told.hub.settings.database_url),
        "NEXUS_CALLBACK_HOSTS": json.dumps([told.receiver.host]),
    }
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE
    ) as sender:
        told.receiver.kills = [sender.pid]
        sender.communicate(b"\n", timeout=60)
    assert sender.returncode == -signal.SIGKILL
    told.receiver.kills = []
    assert len(told.receiver.received) == 1
    assert told.callback(path)["state"] == "due"
    told.send()
    assert len(told.receiver.received) == 1, "the lease is not over yet"
    told.wait_over()
    told.send()
    assert len(told.receiver.received) == 2
    assert len(set(told.receiver.events)) == 1
    assert told.callback(path)["state"] == "sent"


def test_a_new_secret_signs_beside_the_old_one_for_a_while(told):
    number = told.hub.client.post(
        "/members/1000000/callback-secret", json={"overlap-s": 60}, headers=bearer(told.key)
    ).json()
    told.deposit()
    told.hub.work()
    told.send()
    [(headers, body)] = told.receiver.received
    assert is_signed(headers, body, number["secret"])
    assert is_signed(headers, body, told.secret)
    with told.hub.database.connect(None) as connection:
        connection.execute("UPDATE nauvis.callback_secret SET previous_ends_at = now()")
    told.deposit(record("10.5555/b"))
    told.hub.work()
    told.send()
    assert not is_signed(*told.receiver.received[1], told.secret)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "ftp://example.org/",
        "https://user:pass@example.org/",
        "example.org",
        "https://example.org/#part",
        "https://example.org/" + "a" * 2000,
        7,
    ],
)
def test_an_address_that_must_not_be_called_is_refused(told, url):
    body = {"records": [record("10.5555/a")], "callback": url}
    answer = told.hub.client.post("/deposits", json=body, headers=bearer(told.key))
    assert (answer.status_code, slug(answer)) == (400, "bad-callback"), answer.text


def test_a_name_that_leads_inside_is_not_called(told):
    port = told.receiver.host.partition(":")[2]
    path = told.deposit(callback=f"http://localhost:{port}/told")
    told.hub.work()
    told.send()
    assert told.receiver.received == []
    [tried] = told.callback(path)["tried"]
    assert tried["error"].startswith("address-refused")


def test_nobody_but_members_with_a_secret_is_called_back(told):
    body = {"records": [record("10.7777/a")], "callback": told.receiver.url}
    assert slug(told.hub.client.post("/deposits", json=body)) == "callback-needs-member"
    with told.hub.database.connect() as connection:
        _, other = make_member(connection, "Other", "10.6666")
    answer = told.hub.client.post(
        "/deposits?callback=https://example.org/told",
        json={"records": [record("10.6666/a")]},
        headers=bearer(other),
    )
    assert slug(answer) == "no-callback-secret"
    with told.hub.database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM nauvis.deposit").fetchone() == (0,)
    path = told.deposit()
    for method, rest in (("GET", "callbacks"), ("POST", "callbacks/1/replay")):
        refused = told.hub.client.request(method, f"{path}/{rest}", headers=bearer(other))
        assert slug(refused) == "not-your-member"
    missing = told.hub.client.post(f"{path}/callbacks/2/replay", headers=bearer(told.key))
    assert slug(missing) == "no-such-callback"
    assert told.hub.client.get(f"{path}/callbacks").status_code == 401
