"""Limits hold for all server processes together, and keys cannot be tried at random."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.keyring import bearer, make_editor, make_key
from api.servers import servers
from nexus_api.limits import Limiter
from nexus_api.problems import Refused
from nexus_hub.catalog.credentials import Key, make_secret
from nexus_hub.platform import db

HOME = {"X-Real-IP": "192.0.2.1"}
LIMIT = 40


def limit(database: Any, pool: str, requests: int, interval_s: int) -> None:
    with database.connect(None) as connection:
        connection.execute(
            "UPDATE aquilo.pool SET requests = %s, interval_s = %s WHERE pool = %s",
            [requests, interval_s, pool],
        )


def test_four_servers_together_keep_to_the_limit(fresh_database, tmp_path):
    limit(fresh_database, "public", LIMIT, 3600)
    limit(fresh_database, "polite", LIMIT * 2, 3600)
    with servers(fresh_database, tmp_path, 4, NEXUS_CLIENT_HEADER="X-Real-IP") as urls:

        async def ask(n: int, path: str, headers: dict[str, str]) -> Counter[int]:
            async with httpx.AsyncClient(timeout=60) as client:
                asked = [client.get(f"{urls[i % 4]}{path}", headers=headers) for i in range(n)]
                return Counter(answer.status_code for answer in await asyncio.gather(*asked))

        answers = asyncio.run(ask(LIMIT * 2, "/10.5555/a", HOME))
        assert sum(answers.values()) == answers[404] + answers[429] == LIMIT * 2
        # Each process may hold most of its last tenth when the limit is reached.
        assert LIMIT - 4 * (LIMIT // 10) < answers[404] <= LIMIT
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
