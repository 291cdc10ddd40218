"""A member's own deposits: listed newest first, found by what is in them, nobody else's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from api.keyring import bearer, make_editor, make_key
from api.people import slug
from api.test_members import make_member
from nexus_hub.nauvis.queries import deposit_list as q
from stories.hub import Hub, hub, record

__all__ = ["hub"]


@pytest.fixture
def press(hub: Hub) -> dict[str, str]:
    with hub.database.connect() as connection:
        return bearer(make_member(connection, "Press", "10.5555")[1])


@pytest.fixture
def rival(hub: Hub) -> dict[str, str]:
    with hub.database.connect() as connection:
        return bearer(make_member(connection, "Rival", "10.6666")[1])


def found(hub: Hub, headers: dict[str, str], query: str = "") -> list[str]:
    answer = hub.client.get(f"/deposits{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_a_member_sees_its_own_deposits_newest_first(hub, press, rival):
    first = hub.deposit(record("10.5555/a"), headers=press)["id"]
    second = hub.deposit(record("10.5555/b"), headers=press)["id"]
    other = hub.deposit(record("10.6666/a"), headers=rival)["id"]
    assert found(hub, press) == [second, first]
    assert found(hub, rival) == [other]
    item = hub.client.get("/deposits", headers=press).json()["items"][0]
    assert item["state"] == "completed"
    assert item["counts"] == {"records": 1, "settled": 1, "rejected": 0}
    assert slug(hub.client.get("/deposits")) == "key-required"
    headed = hub.client.head("/deposits", headers=press)
    assert (headed.status_code, headed.content) == (200, b"")


def test_an_editor_sees_its_own(hub, press):
    hub.deposit(record("10.5555/a"), headers=press)
    with hub.database.connect() as connection:
        connection.autocommit = True
        ada = bearer(make_key(connection, make_editor(connection, "ada")))
    assert found(hub, ada) == []
    own = hub.deposit(record("10.7777/a"), headers=ada)["id"]
    assert found(hub, ada) == [own]


def test_deposits_are_found_by_doi_whatever_became_of_them(hub, press, rival):
    made = hub.deposit(record("10.5555/a"), headers=press)["id"]
    refused = hub.deposit(record("10.5555/b"), record("10.6666/x"), headers=press)["id"]
    tested = hub.deposit(record("10.5555/new"), headers=press, test=True)["id"]
    hub.deposit(record("10.6666/x"), headers=rival)
    assert found(hub, press, "?doi=https://doi.org/10.5555/A") == [made]
    assert found(hub, press, "?doi=10.6666/x") == [refused]
    assert found(hub, press, "?doi=10.6666/x&result=rejected") == [refused]
    assert found(hub, press, "?doi=10.6666/x&result=created") == []
    assert found(hub, press, "?doi=10.5555/new") == [tested]
    assert found(hub, press, "?doi=10.5555/nothing") == []


def test_deposits_are_found_by_state_result_prefix_time_and_test(hub, press):
    made = hub.deposit(record("10.5555/a"), headers=press)["id"]
    refused = hub.deposit(record("10.5555/b"), record("10.5555/b"), headers=press)["id"]
    tested = hub.deposit(record("10.5555/a"), headers=press, test=True)["id"]
    waiting = hub.client.post(
        "/deposits", json={"records": [record("10.5555/c")]}, headers=press
    ).json()["id"]
    assert found(hub, press, "?state=received") == [waiting]
    assert found(hub, press, "?state=completed-with-errors") == [refused]
    assert found(hub, press, "?result=rejected") == [refused]
    assert found(hub, press, "?result=created&test=false") == [refused, made]
    assert found(hub, press, "?test=true") == [tested]
    assert found(hub, press, "?prefix=10.5555&state=completed&test=false") == [made]
    assert found(hub, press, "?prefix=10.6666") == []
    today = datetime.now(UTC).date()
    assert len(found(hub, press, f"?from={today}&until={today}")) == 4
    assert found(hub, press, f"?from={today + timedelta(1)}") == []
    assert found(hub, press, f"?until={today - timedelta(1)}T12:00:00Z") == []


def test_pages_of_deposits_hold_each_once_while_more_come_in(hub, press):
    ids = [deposit_id(hub, press, n) for n in range(5)]
    seen: list[str] = []
    path = "/deposits?rows=2&cursor=*"
    while path:
        answer = hub.client.get(path, headers=press)
        seen += [item["id"] for item in answer.json()["items"]]
        deposit_id(hub, press, 10 + len(seen))
        link = re.match(r"<([^>]*)>", answer.headers.get("link", ""))
        path = link[1] if link else ""
    assert seen == ids[::-1]


def deposit_id(hub: Hub, headers: dict[str, str], n: int) -> str:
    body = {"records": [{"doi": f"10.5555/{n}", "metadata": {"type": "book", "title": ["A"]}}]}
    return hub.client.post("/deposits", json=body, headers=headers).json()["id"]


ODD = (
    "state=done",
    "result=good",
    "doi=x",
    "prefix=10.5",
    "from=yesterday",
    "until=2026-02-30",
    "test=maybe",
    "stat=completed",
    "rows=1001",
)


def test_odd_filters_are_refused_by_name(hub, press):
    for query in ODD:
        answer = hub.client.get(f"/deposits?{query}", headers=press)
        assert answer.status_code == 400, query
        assert answer.json()["message"][0]["parameter"] == query.partition("=")[0]
    assert slug(hub.client.get("/deposits?cursor=AAAA", headers=press)) == "malformed-cursor"


def test_no_search_reads_rows_of_other_members(hub, press, rival):
    """3,000 deposits of somebody else lie beside; what is read grows by none of them."""
    own = hub.deposit(record("10.5555/a"), headers=press)
    with hub.database.connect(None) as connection:
        _fill(connection, 3_000)
        bot = connection.execute(
            "SELECT editor_id FROM nauvis.deposit WHERE deposit_id = %s", (own["id"],)
        ).fetchone()[0]
        for doi in (None, "10.5555/a"):
            for result in (None, "rejected", "created"):
                assert _read(connection, bot, doi, result) <= 12, (doi, result)


def _fill(connection: psycopg.Connection[Any], count: int) -> None:
    """Deposits of another editor, with a refused and a created record each."""
    connection.execute(
        "WITH d AS (INSERT INTO nauvis.deposit (editor_id, media, origin, size_bytes, sha256,"
        " record_count, settled_count, rejected_count, settled_at)"
        " SELECT '00000000-0000-7000-8000-000000000002', 'deposit', 'http', 1, '', 2, 2, 1, now()"
        " FROM generate_series(1, %s) RETURNING deposit_id),"
        " r AS (INSERT INTO nauvis.deposit_record (croid, deposit_id, n, doi, byte_offset,"
        " size_bytes, sha256, is_refused) SELECT uuidv7(), deposit_id, n, '10.9999/' || n, 0, 1,"
        " '', n = 1 FROM d, generate_series(1, 2) AS n RETURNING croid, deposit_id, n)"
        " INSERT INTO nauvis.deposit_change (croid, deposit_id, n, result) SELECT croid,"
        " deposit_id, n, (ARRAY['rejected', 'created'])[n]::nauvis.verdict FROM r",
        (count,),
    )
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def _read(connection: Any, editor_id: Any, doi: str | None, result: str | None) -> int:
    """How many rows of the deposits' tables a search reads."""
    which: dict[str, Any] = {
        "editor_id": editor_id, "before_deposit_id": "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "is_test": None, "from_time": None, "until_time": None, "state": None, "result": result,
        "prefix": None, "limit_count": 21, "doi": doi,
    }  # fmt: skip
    text = q.DEPOSIT_LIST_BY_EDITOR_OF_DOI if doi else q.DEPOSIT_LIST_BY_EDITOR
    if not doi:
        del which["doi"]
    plan = connection.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + text, which).fetchone()[0]
    return _rows(plan[0]["Plan"])


def _rows(node: dict[str, Any]) -> int:
    filtered = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    of_deposits = str(node.get("Relation Name", "")).startswith("deposit")
    read = round((node["Actual Rows"] + filtered) * node["Actual Loops"]) if of_deposits else 0
    return read + sum(_rows(child) for child in node.get("Plans", ()))
