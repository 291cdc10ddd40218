"""Limits hold for all server processes together, and keys cannot be tried at random."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.keyring import bearer, make_editor, make_key
from api.servers import PROCESSES, servers
from nexus_api.limits import Limiter
from nexus_api.problems import Refused
from nexus_hub.catalog.credentials import Key, make_secret
from nexus_hub.catalog.queries.token import token_find_async
from nexus_hub.platform import db

HOME = {"X-Real-IP": "192.0.2.1"}
LIMIT = 40


def limit(database: Any, pool: str, requests: int, interval_s: int) -> None:
    with database.connect(None) as connection:
        connection.execute(
            "UPDATE aquilo.pool SET requests = %s, interval_s = %s WHERE pool = %s",
            [requests, interval_s, pool],
        )


def test_servers_together_keep_to_the_limit(fresh_database, tmp_path):
    limit(fresh_database, "public", LIMIT, 3600)
    limit(fresh_database, "polite", LIMIT * 2, 3600)
    with servers(fresh_database, tmp_path, NEXUS_CLIENT_HEADER="X-Real-IP") as urls:

        async def ask(n: int, path: str, headers: dict[str, str]) -> Counter[int]:
            async with httpx.AsyncClient(timeout=60) as client:
                asked = [
                    client.get(f"{urls[i % PROCESSES]}{path}", headers=headers) for i in range(n)
                ]
                return Counter(answer.status_code for answer in await asyncio.gather(*asked))

        answers = asyncio.run(ask(LIMIT * 2, "/10.5555/a", HOME))
        assert sum(answers.values()) == answers[404] + answers[429] == LIMIT * 2
        # Each process may hold most of its last tenth when the limit is reached.
        assert LIMIT - PROCESSES * (LIMIT // 10) < answers[404] <= LIMIT
        assert asyncio.run(ask(4, "/10.5555/a", {"X-Real-IP": "192.0.2.2"})) == {404: 4}
        assert asyncio.run(ask(4, "/10.5555/a?mailto=a@example.org", HOME)) == {404: 4}
        assert asyncio.run(ask(4, "/health", HOME)) == {200: 4}
        assert asyncio.run(ask(4, "/10.5555/a", {})) == {404: 4}
        refused = httpx.get(f"{urls[0]}/10.5555/a", headers=HOME)
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert refused.headers["x-rate-limit-limit"] == str(LIMIT)
        assert 0 < int(refused.headers["retry-after"]) <= 3600
        allowed = httpx.get(f"{urls[0]}/10.5555/a", headers={"X-Real-IP": "192.0.2.3"})
        assert allowed.headers["x-api-pool"] == "public"
        assert allowed.headers["x-rate-limit-interval"] == "3600s"


def test_keys_tried_at_random_are_held_up_and_good_ones_are_not(fresh_database, serve):
    limit(fresh_database, "stranger", 10, 3600)
    with fresh_database.connect() as connection:
        good = bearer(make_key(connection, make_editor(connection, "ada")))
    settings = fresh_database.settings
    client = serve(database_url=settings.database_url, client_header="X-Real-IP")
    for _ in range(15):
        assert client.post("/croids", json={}, headers=HOME | good).status_code == 201
    guesses = [bearer(Key(uuid4(), make_secret())) for _ in range(15)]
    statuses = [
        client.post("/croids", json={}, headers=HOME | guess).status_code for guess in guesses
    ]
    assert statuses == [401] * 10 + [429] * 5
    assert client.post("/croids", json={}, headers=HOME | good).status_code == 429
    elsewhere = {"X-Real-IP": "2001:db8::1"}
    assert client.post("/croids", json={}, headers=elsewhere | good).status_code == 201


def test_a_new_interval_is_a_new_limit(fresh_database):
    limit(fresh_database, "public", 5, 1)

    async def run() -> int:
        async with db.async_pool(fresh_database.settings, role="nexus_api") as pool:
            limiter = Limiter(pool, b"secret")
            key, taken = limiter.key("public", "192.0.2.1"), 0
            for _ in range(40):
                try:
                    await limiter.take(key)
                    taken += 1
                except Refused:
                    await asyncio.sleep(0.1)
            return taken

    # Forty tries, of which those refused take a tenth of a second each.
    assert 10 <= asyncio.run(run()) <= 35


@pytest.mark.parametrize("told", ["", "unknown", "127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_what_is_no_address_of_others_is_not_limited(fresh_database, serve, told):
    limit(fresh_database, "public", 1, 3600)
    client = serve(database_url=fresh_database.settings.database_url, client_header="X-Real-IP")
    statuses = {client.get("/10.5555/a", headers={"X-Real-IP": told}).status_code for _ in range(3)}
    assert statuses == {404}


def test_proposals_without_a_key_are_few_an_hour_whatever_server_takes_them(
    fresh_database, tmp_path
):
    limit(fresh_database, "proposer", 10, 3600)
    with fresh_database.connect() as connection:
        good = bearer(make_key(connection, make_editor(connection, "ada")))
    sent = {"doi": "10.5555/a", "patch": [{"op": "remove", "path": "/a"}], "evidence": "x"}
    with servers(fresh_database, tmp_path, NEXUS_CLIENT_HEADER="X-Real-IP") as urls:

        def ask(n: int, headers: dict[str, str]) -> Counter[int]:
            answers = [
                httpx.post(
                    f"{urls[i % PROCESSES]}/corrections", json=sent, headers=headers, timeout=60
                )
                for i in range(n)
            ]
            return Counter(answer.status_code for answer in answers)

        answers = ask(24, HOME)
        assert answers[404] + answers[429] == 24
        assert 10 - PROCESSES < answers[404] <= 10
        assert ask(1, {"X-Real-IP": "192.0.2.2"}) == {404: 1}
        assert ask(4, HOME | good) == {404: 4}
        refused = httpx.post(f"{urls[0]}/corrections", json=sent, headers=HOME)
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert int(refused.headers["retry-after"]) > 60


def test_every_answer_tells_its_pool_and_the_limit(fresh_database, serve):
    with fresh_database.connect() as connection:
        good = bearer(make_key(connection, make_editor(connection, "ada")))
    client = serve(database_url=fresh_database.settings.database_url)
    paths = ["/health", "/works", "/works/10.5555/none", "/nothing/here", "/changes", "/10.5555/a"]
    paths += ["/self/sign-in", "/v0/changelog", "/works/%ff", "/oai"]
    for path in paths:
        answer = client.get(path, follow_redirects=False)
        told = answer.headers
        assert told.get_list("x-api-pool") == ["public"], path
        assert told.get_list("x-rate-limit-limit") == ["50"], path
        assert told.get_list("x-rate-limit-interval") == ["1s"], path
    polite = [
        client.get("/works?mailto=a@example.org"),
        client.get("/works", headers={"User-Agent": "x/1 (mailto:a@example.org)"}),
        client.head("/works?mailto=a@example.org"),
    ]
    assert {one.headers["x-api-pool"] for one in polite} == {"polite"}
    assert {one.headers["x-rate-limit-limit"] for one in polite} == {"100"}
    plain = client.get("/works", headers={"User-Agent": "mailto"})
    assert plain.headers["x-api-pool"] == "public"
    plus = client.get("/works", headers=good).headers
    assert (plus["x-api-pool"], plus["x-rate-limit-limit"]) == ("plus", "500")
    for value in ("Bearer nx_x", "Basic eDp5", bearer(Key(uuid4(), make_secret()))):
        shown = value if isinstance(value, dict) else {"Authorization": value}
        answer = client.get("/works", headers=shown)
        assert (answer.status_code, answer.headers["x-api-pool"]) == (200, "public"), value


def test_a_key_that_is_not_good_gets_no_more_room(fresh_database, serve):
    limit(fresh_database, "public", 3, 3600)
    with fresh_database.connect() as connection:
        key = make_key(connection, make_editor(connection, "ada"))
    client = serve(database_url=fresh_database.settings.database_url, client_header="X-Real-IP")
    false = HOME | bearer(Key(key.token_id, make_secret()))
    statuses = [client.get("/10.5555/a", headers=false).status_code for _ in range(5)]
    assert statuses == [404] * 3 + [429] * 2
    good = HOME | bearer(key)
    assert [client.get("/10.5555/a", headers=good).status_code for _ in range(5)] == [404] * 5


def test_which_pool_a_key_is_in_is_asked_once_a_minute(fresh_database, serve, monkeypatch):
    with fresh_database.connect() as connection:
        good = bearer(make_key(connection, make_editor(connection, "ada")))
    asked = []

    async def counted(*arguments: Any, **named: Any) -> Any:
        asked.append(named)
        return await token_find_async(*arguments, **named)

    monkeypatch.setattr("nexus_api.pools.token_find_async", counted)
    client = serve(database_url=fresh_database.settings.database_url)
    bad = bearer(Key(uuid4(), make_secret()))
    for headers in (good, bad, good, bad, {}, {"Authorization": "x"}):
        client.get("/health", headers=headers)
    assert len(asked) == 2
