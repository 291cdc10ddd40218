"""Requests meant to harm: too large, too deep, packed, slow, under false names, all at once."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import zstandard

from api.keyring import bearer
from api.people import slug
from api.test_members import deposit, make_member
from nexus_api import bodies
from nexus_hub.catalog.credentials import Key
from stories.hub import Hub, hub

__all__ = ["hub"]

AT_ONCE = 50
JSON = {"Content-Type": "application/json"}
FOREIGN = [
    "10.5555/A",
    "10.5555/a",
    "https://DOI.org/10.5555%2FA",
    "doi:10.5555/%41",
    "\uff11\uff10.5555/a",
    "10.\u0665\u0665\u0665\u0665/a",
    "10\uff0e5555/a",
    "10.5555\uff0fa",
    "10.5555\u2044a",
    "10.5555/\u0430",
    "\u200b10.5555/a",
    "10.5555\u00ad/a",
    "10.5555%2fa",
    "10%2e5555/a",
    " 10.5555/a ",
    "10.05555/a",
]
"""Ways to write a DOI under 10.5555, or one that looks like it."""


@pytest.fixture
def press(hub: Hub) -> Key:
    with hub.database.connect() as connection:
        return make_member(connection, "Press", "10.5555")[1]


@pytest.fixture
def rival(hub: Hub) -> Key:
    with hub.database.connect() as connection:
        return make_member(connection, "Rival", "10.6666")[1]


def test_a_body_that_is_too_large_is_refused(hub, press):
    answer = hub.client.post("/deposits", content=b" " * 50_000_001, headers=bearer(press) | JSON)
    assert (answer.status_code, slug(answer)) == (413, "body-too-large")


@pytest.mark.parametrize("path", ["/deposits", "/editgroups", "/match", "/members/1000000/keys"])
def test_bodies_that_are_too_deep_fail_nothing(hub, press, path):
    for body in (b"[" * 100_000, b'{"records":' + b"[" * 5_000 + b"]" * 5_000 + b"}"):
        answer = hub.client.post(path, content=body, headers=bearer(press) | JSON)
        if answer.status_code == 202:
            assert [one["result"] for one in answer.json()["records"]] == ["rejected"]
        else:
            assert 400 <= answer.status_code < 500, answer.text


def test_a_deep_record_is_refused_alone(hub, press):
    deep = b'{"doi": "10.5555/b", "metadata": {"x": ' + b"[" * 2_000 + b"]" * 2_000 + b"}}"
    good = b'{"doi": "10.5555/a", "metadata": {"type": "book", "title": ["A"]}}'
    body = b'{"records": [' + good + b"," + deep + b"]}"
    answer = hub.client.post("/deposits", content=body, headers=bearer(press) | JSON)
    assert answer.status_code == 202, answer.text
    assert [one["result"] for one in answer.json()["records"]] == [None, "rejected"]


@pytest.mark.parametrize("name", ["gzip", "zstd", "deflate", "br", "GZIP", "gzip, gzip"])
def test_packed_bodies_are_refused_unread(hub, press, name):
    bomb = b" " * 10_000_000
    packed = {"zstd": zstandard.compress(bomb), "deflate": zlib.compress(bomb)}
    headers = bearer(press) | JSON | {"Content-Encoding": name}
    body = packed.get(name, gzip.compress(bomb))
    answer = hub.client.post("/deposits", content=body, headers=headers)
    assert (answer.status_code, slug(answer)) == (415, "unsupported-media-type")
    assert answer.headers["accept-encoding"] == "identity"
    plain = json.dumps({"records": [{"doi": "10.5555/a"}]}).encode()
    plainly = headers | {"Content-Encoding": "identity"}
    assert hub.client.post("/deposits", content=plain, headers=plainly).status_code == 202


def test_a_body_that_drips_in_is_given_up(serve, monkeypatch):
    monkeypatch.setattr(bodies, "GRACE_S", 0.3)
    app = serve(open_deposits=True).app
    sent: list[dict[str, Any]] = []

    async def drip() -> dict[str, Any]:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/deposits", "raw_path": b"/deposits",
        "query_string": b"", "headers": [(b"content-type", b"application/json")],
        "scheme": "http", "http_version": "1.1", "client": ("127.0.0.1", 1), "root_path": "",
        "server": ("127.0.0.1", 2), "extensions": {},
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(app(scope, drip, send), 10))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["type"] == "/problems/slow-body"


def test_no_spelling_of_a_foreign_doi_gets_past_its_owner(hub, press, rival):
    own = deposit(hub, press, "10.5555/a").json()["id"]
    hub.work()
    for doi in FOREIGN:
        answer = deposit(hub, rival, doi)
        if answer.status_code == 403:
            assert slug(answer) == "not-your-prefix"
        else:
            assert answer.json()["records"][0]["result"] == "rejected", doi
    hub.work()
    held = hub.get("/works/10.5555%2Fa/deposits")["items"]
    assert [one["deposit"] for one in held] == [own]
    with hub.database.connect() as connection:
        found = connection.execute("SELECT value FROM croid.identifier WHERE scheme = 'doi'")
        assert found.fetchall() == [("10.5555/a",)]


def test_a_key_is_not_reused_for_another_deposit(hub, press):
    headers = bearer(press) | {"Idempotency-Key": "k"}
    body = {"records": [{"doi": "10.5555/a", "metadata": {"type": "book", "title": ["A"]}}]}
    first = hub.client.post("/deposits", json=body, headers=headers)
    assert (
        hub.client.post("/deposits", json=body, headers=headers).json()["id"]
        == (first.json()["id"])
    )
    for other in ({"records": [{"doi": "10.5555/b"}]}, body | {"test": True}):
        answer = hub.client.post("/deposits", json=other, headers=headers)
        assert (answer.status_code, slug(answer)) == (422, "key-reused")


@pytest.mark.parametrize(("expect", "others"), [("any", "updated"), ("new", "rejected")])
def test_many_deposits_of_one_doi_at_once_make_one_object(hub, press, expect, others):
    def one(n: int) -> int:
        metadata = {"type": "book", "title": [f"A {n}"]}
        record = {"doi": "10.5555/a", "expect": expect, "metadata": metadata}
        body = {"records": [record]}
        return hub.client.post("/deposits", json=body, headers=bearer(press)).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(one, range(AT_ONCE))) == {202}
    hub.work()
    with hub.database.connect() as connection:
        sql = "SELECT result::text, count(*) FROM nauvis.deposit_change GROUP BY 1"
        counts = dict(connection.execute(sql).fetchall())
        idents = connection.execute(
            "SELECT count(*) FROM catalog.ident WHERE kind = 'release' AND state = 'active'"
        ).fetchone()
    assert idents == (1,)
    assert counts.pop("created") == 1
    assert sum(counts.values()) == AT_ONCE - 1
    assert set(counts) <= {others, "unchanged"}
