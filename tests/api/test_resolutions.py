"""What is counted of resolutions: bounded, without who asked, and whole across processes."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import httpx
import pytest
from psycopg_pool import AsyncConnectionPool

from api.servers import PROCESSES, servers
from nexus_api import resolutions
from nexus_api.resolutions import NOTHING, OTHERS, ResolutionLog, agent_class

EACH = 40


class Asking:
    """A request as far as the log looks at it."""

    headers: ClassVar = {"user-agent": "curl/8"}


def count(database: Any) -> list[tuple[Any, ...]]:
    with database.connect("nexus_dba") as connection:
        return connection.execute(
            "SELECT doi, agent::text, sum(count)::integer FROM gleba.resolution"
            " GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()


def test_what_cannot_be_written_is_kept_for_the_next_time(fresh_database, monkeypatch):
    monkeypatch.setattr(resolutions, "MOST_KEYS", 3)
    from nexus_hub.platform import db

    async def run() -> None:
        away = AsyncConnectionPool("postgresql://127.0.0.1:1/nothing", open=False)
        log = ResolutionLog(away)
        for doi in ("10.5555/a", "10.5555/a", "10.5555/" + "x" * 300, "10.5555/b", "10.5555/c"):
            log.note(Asking(), "unknown", doi=doi)  # ty: ignore[invalid-argument-type]
        await log.flush()
        async with db.async_pool(fresh_database.settings, role="nexus_api") as pool:
            log._pool = pool
            await log.flush()
            await log.flush()
        assert log.dropped == 0

    asyncio.run(run())
    assert count(fresh_database) == [
        (OTHERS, "program", 2),
        ("10.5555/a", "program", 2),
        ("10.5555/b", "program", 1),
    ]


@pytest.mark.parametrize("user_agent", ["", "x" * 10_000, "Mozilla/5.0 bingbot"])
def test_every_agent_has_a_class(user_agent):
    assert agent_class(user_agent) in {"browser", "program", "robot"}


def test_servers_together_count_every_resolution(fresh_database, tmp_path):
    with servers(fresh_database, tmp_path) as urls, httpx.Client() as client:
        for n in range(EACH):
            for url in urls:
                assert client.get(f"{url}/10.5555/{n % 3}").status_code == 404
    with fresh_database.connect("nexus_dba") as connection:
        rows = connection.execute(
            "SELECT doi, sum(count)::integer FROM gleba.resolution WHERE croid = %s"
            " GROUP BY doi ORDER BY doi",
            [NOTHING],
        ).fetchall()
    assert rows == [(f"10.5555/{n}", len(range(n, EACH, 3)) * PROCESSES) for n in range(3)]
