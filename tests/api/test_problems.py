"""Failures: always a problem, never HTML, never 500 for bad input."""

import json
from typing import Any

import msgspec
import psycopg
import pytest
from litestar import Request, get, post
from litestar.params import FromQuery, JSONBody
from structlog.testing import capture_logs

from nexus_api.database import Database
from nexus_api.problems import Fault, Refused, from_database
from nexus_hub.aquilo.errors import Busy, CursorMismatch, KeyRequired, ValidationFailed
from nexus_hub.platform.error_classes import DatabaseUnavailable


class Record(msgspec.Struct):
    doi: str


class Records(msgspec.Struct):
    records: list[Record]


@get("/number", operation_id="number_get")
async def number_get(rows: FromQuery[int] = 20) -> dict[str, Any]:
    return {"rows": rows}


@post("/records", operation_id="record_create")
async def record_create(data: JSONBody[Records]) -> dict[str, Any]:
    return {"count": len(data.records)}


@get("/mismatch", operation_id="mismatch_get")
async def mismatch_get() -> None:
    raise CursorMismatch("made for another query")


@get("/refused", operation_id="refused_get")
async def refused_get() -> None:
    fault = Fault("date-not-valid", "no such day", "2000-02-30", "/issued")
    raise Refused(ValidationFailed("one fault"), [fault], {"X-Told": "yes"})


@get("/secret", operation_id="secret_get")
async def secret_get() -> None:
    raise KeyRequired


@get("/broken", operation_id="broken_get")
async def broken_get() -> None:
    raise RuntimeError("the secret is 1234")


@get("/rows", operation_id="row_list")
async def row_list(db: Database) -> dict[str, Any]:
    return {"status": db.info.status}


def check(response, status, slug):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == f"/problems/{slug}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["message-version"] == "1.0.0"
    assert all({"type", "value", "message", "pointer"} <= set(m) for m in problem["message"])
    return problem


def test_an_error_becomes_a_problem_with_crossrefs_members(serve):
    problem = check(serve(mismatch_get).get("/mismatch?b=%C3%A4"), 400, "cursor-mismatch")
    assert problem["detail"] == "made for another query"
    assert problem["instance"] == "/mismatch?b=%C3%A4"
    assert problem["message-type"] == "validation-failure"
    assert problem["message"] == [
        {
            "type": "cursor-mismatch",
            "value": "/mismatch?b=%C3%A4",
            "message": "made for another query",
            "pointer": "",
        }
    ]


def test_the_type_of_a_problem_leads_to_its_page(serve):
    client = serve()
    told = client.get("/problems/cursor-mismatch").json()
    assert (told["slug"], told["status"], told["code"]) == ("cursor-mismatch", 400, "NX703")
    page = client.get("/problems/cursor-mismatch", headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>cursor-mismatch</h1>" in page.text
    assert "internal" in {item["slug"] for item in client.get("/problems").json()["items"]}
    check(client.get("/problems/zebra"), 404, "no-such-route")


def test_faults_and_headers_of_a_refusal_are_told(serve):
    response = serve(refused_get).get("/refused")
    problem = check(response, 400, "validation-failed")
    assert problem["message"][0]["pointer"] == "/issued"
    assert response.headers["x-told"] == "yes"


@pytest.mark.parametrize("path", ["/zebra", "/openapi", "/openapi/x", "/favicon.ico", "/a/%2e%2e"])
def test_an_unknown_route_is_a_json_404_even_for_browsers(serve, path):
    check(serve(number_get).get(path, headers={"Accept": "text/html"}), 404, "no-such-route")


def test_a_method_that_is_not_answered_is_told_which_are(serve):
    response = serve(number_get).post("/number")
    check(response, 405, "method-not-allowed")
    assert {"GET", "HEAD"} <= set(response.headers["allow"].split(", "))


@pytest.mark.parametrize("query", ["rows=x", "rows=1.5", "rows=", "rows=99999999999999999999x"])
def test_a_parameter_of_the_wrong_type_is_named(serve, query):
    problem = check(serve(number_get).get(f"/number?{query}"), 400, "validation-failed")
    assert problem["message"][0]["parameter"] == "rows"


@pytest.mark.parametrize(
    ("path", "slug"), [("/number?x=%00", "malformed-request"), ("/nu%00", "malformed-path")]
)
def test_a_nul_character_is_refused_at_the_door(serve, path, slug):
    check(serve(number_get).get(path), 400, slug)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"", ""),
        (b"{", ""),
        (b"[]", ""),
        (b"\xff", ""),
        (rb'{"records": [{"doi": "\ud800"}]}', ""),
        (b'{"records": [{"doi": "a"}, {"doi": 1}]}', "/records/1/doi"),
        (b'{"records": {}}', "/records"),
        (b"[" * 100_000, ""),
    ],
)
def test_a_body_that_is_not_valid_is_told_where(serve, body, pointer):
    problem = check(serve(record_create).post("/records", content=body), 400, "validation-failed")
    assert problem["message"][0]["pointer"] == pointer


def test_a_lacking_key_asks_for_one(serve):
    response = serve(secret_get).get("/secret")
    check(response, 401, "key-required")
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_the_unforeseen_is_logged_once_under_the_reference_it_is_told_by(serve):
    with capture_logs() as logs:
        problem = check(serve(broken_get).get("/broken"), 500, "internal")
    assert "1234" not in json.dumps(problem)
    assert problem["message-type"] == "exception"
    [line] = [entry for entry in logs if entry["event"] == "request failed"]
    assert problem["detail"] == f"reference {line['reference']}"
    assert "the secret is 1234" in line["error"]


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_again(serve):
    response = serve(row_list).get("/rows")
    check(response, 503, "database-unavailable")
    assert int(response.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (psycopg.errors.ReadOnlySqlTransaction(), DatabaseUnavailable),
        (psycopg.errors.AdminShutdown(), DatabaseUnavailable),
        (psycopg.errors.TooManyConnections(), DatabaseUnavailable),
        (psycopg.OperationalError("connection refused"), DatabaseUnavailable),
        (psycopg.errors.DeadlockDetected(), Busy),
        (psycopg.errors.QueryCanceled(), Busy),
        (psycopg.errors.UntranslatableCharacter(), ValidationFailed),
        (
            psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"),
            ValidationFailed,
        ),
        (psycopg.errors.UndefinedTable(), type(None)),
        (psycopg.errors.UniqueViolation(), type(None)),
        (psycopg.ProgrammingError(), type(None)),
    ],
)
def test_failures_of_the_database_are_told_apart(failure, expected):
    assert type(from_database(failure)) is expected


@get("/echo", operation_id="echo_get")
async def echo_get(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return {"q": request.query_params.get("q")}


def test_a_query_that_is_not_utf_8_does_not_break_anything(serve):
    assert serve(echo_get).get("/echo?q=%ff%ed%a0%80").status_code == 200
