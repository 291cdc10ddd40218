"""The service on a real database: health, metrics, errors raised in SQL, transactions."""

from typing import Any

import psycopg
import pytest
from litestar import get, post

from nexus_api.database import Database


@post("/raise", operation_id="raise_create")
async def raise_create(db: Database) -> None:
    await db.execute("SELECT platform.raise_error('held', 'someone holds it')")


@post("/settings", operation_id="setting_create")
async def setting_create(db: Database) -> dict[str, Any]:
    row = await (await db.execute("SELECT current_user, txid_current_if_assigned()")).fetchone()
    return {"role": row[0] if row else None}


@get("/sleep", operation_id="sleep_get")
async def sleep_get(db: Database) -> None:
    await db.execute("SET LOCAL statement_timeout = 1")
    await db.execute("SELECT pg_sleep(5)")


@get("/text", operation_id="text_get")
async def text_get(db: Database) -> None:
    await db.execute("SELECT %s::text", ["\0"])


@get("/json", operation_id="json_get")
async def json_get(db: Database) -> None:
    await db.execute("SELECT %s::jsonb", [r'{"a": "\u0000"}'])


@get("/write", operation_id="write_get")
async def write_get(db: Database) -> None:
    await db.execute("SET TRANSACTION READ ONLY")
    await db.execute("CREATE TEMPORARY TABLE t (a int)")
    await db.execute("SELECT nextval('s')")


@pytest.fixture
def client(serve, database):
    def make(*handlers):
        return serve(*handlers, database_url=database.settings.database_url)

    return make


def test_health_tells_of_the_schema_and_the_queues(client):
    response = client().get("/health")
    assert response.status_code == 200, response.text
    told = response.json()
    assert told["status"] == "ok"
    assert told["step"]
    assert {"vulcanus_deposit_received"} <= {queue["queue"] for queue in told["queues"]}
    assert all(queue["waiting"] >= 0 for queue in told["queues"])


def test_a_schema_of_another_step_is_a_problem(serve, fresh_database):
    with psycopg.connect(fresh_database.owner_uri) as connection:
        connection.execute("UPDATE platform.alembic_version SET version_num = 'older'")
    response = serve(database_url=fresh_database.settings.database_url).get("/health")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/schema-behind"
    assert "older" in response.json()["detail"]


def test_metrics_tell_how_full_the_queues_are(client):
    text = client().get("/metrics").text
    line = 'nexus_queue_messages{queue="vulcanus_deposit_received",state="waiting"}'
    assert line in text


def test_an_error_raised_in_sql_arrives_with_its_detail(client):
    response = client(raise_create).post("/raise")
    assert response.status_code == 409
    problem = response.json()
    assert problem["type"] == "/problems/held"
    assert problem["detail"] == "someone holds it"


def test_handlers_act_as_the_role_of_the_api(client):
    assert client(setting_create).post("/settings").json() == {"role": "nexus_api"}


@pytest.mark.parametrize("path", ["/text", "/json"])
def test_a_value_no_column_can_hold_is_the_clients_fault(client, path):
    response = client(text_get, json_get).get(path)
    assert response.status_code == 400
    assert response.json()["type"] == "/problems/validation-failed"


def test_a_statement_that_takes_too_long_is_given_up(client):
    response = client(sleep_get).get("/sleep")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/busy"
    assert response.headers["retry-after"] == "1"


def test_every_row_of_the_error_table_has_its_class_and_its_page(client, db):
    rows = db.execute("SELECT slug, http_status, meaning, hint FROM platform.error").fetchall()
    pages = {page["slug"]: page for page in client().get("/problems").json()["items"]}
    told = {
        slug: (page["status"], page["title"], page["hint"])
        for slug, page in pages.items()
        if slug != "internal"
    }
    assert told == {slug: tuple(rest) for slug, *rest in rows if slug != "internal"}
