"""What holds for every route: HEAD, size limits, metrics, who writes, the contract."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from nexus_api.app import is_head
from nexus_api.auth import ANONYMOUS, agent_of, keyed


@get("/thing/{name:str}", operation_id="thing_get")
async def thing_get(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
    """One thing."""
    return Response({"name": name}, headers={"X-Head": str(is_head(request))})


@get("/stream", operation_id="stream_get")
async def stream_get() -> Stream:
    async def lines() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"line\n"

    return Stream(lines())


@post("/thing", operation_id="thing_create")
async def thing_create(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Make a thing of a body that is only counted."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return {"size": size}


@post("/writer", operation_id="writer_get", **keyed("deposit", is_open=True))
async def writer_get(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return {"editor": agent_of(request).username}


@pytest.mark.parametrize("path", ["/thing/a", "/stream", "/zebra"])
def test_head_answers_like_get_without_a_body(serve, path):
    client = serve(thing_get, stream_get)
    got, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == got.status_code
    assert head.headers.get("content-type") == got.headers.get("content-type")
    assert head.headers.get("content-length") == got.headers.get("content-length")


def test_a_handler_knows_that_only_the_head_is_wanted(serve):
    client = serve(thing_get)
    assert client.get("/thing/a").headers["x-head"] == "False"
    assert client.head("/thing/a").headers["x-head"] == "True"


def test_options_tells_of_head(serve):
    allowed = serve(thing_get).options("/thing/a").headers["allow"]
    assert {"GET", "HEAD"} <= set(allowed.split(", "))


def test_head_where_only_post_is_answered_is_refused(serve):
    response = serve(thing_create).head("/thing")
    assert response.status_code == 405
    assert "GET" not in response.headers["allow"]


async def drained(app, headers, chunks):
    """What an app answers, and how many of the chunks it asked for."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/thing",
        "raw_path": b"/thing",
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    asked, sent = 0, []

    async def receive():
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": asked < chunks}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], asked


@pytest.mark.parametrize(
    ("headers", "most"),
    [([(b"content-length", b"60000000")], 0), ([], 51)],
    ids=["told", "chunked"],
)
def test_sixty_megabytes_are_refused_without_being_read_to_the_end(serve, headers, most):
    client = serve(thing_create)
    status, asked = client.portal().__enter__().call(drained, client.app, headers, 60)
    assert status == 413
    assert asked <= most


def test_what_is_within_the_limit_is_taken(serve):
    assert serve(thing_create).post("/thing", content=b"x" * 50_000_000).json() == {
        "size": 50_000_000
    }


def test_answers_are_counted_by_route_and_not_by_path(serve):
    client = serve(thing_get)
    client.get("/thing/a")
    client.head("/thing/b")
    client.get("/zebra/1")
    numbers = client.app.state.metrics.text().decode()
    labels = 'method="GET",route="/thing/{name}",status="200"'
    assert f"nexus_http_requests_total{{{labels}}} 1.0" in numbers
    assert 'method="HEAD",route="/thing/{name}",status="200"' in numbers
    assert 'route="(none)",status="404"' in numbers
    assert "zebra" not in numbers


def test_metrics_are_served_while_the_database_is_away(serve):
    response = serve().get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert 'nexus_database_pool{what="available"} 0.0' in response.text


def test_health_is_a_problem_while_the_database_is_away(serve):
    response = serve().get("/health")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/database-unavailable"


def test_where_deposits_are_open_everyone_is_the_anonymous_depositor(serve):
    assert serve(writer_get).post("/writer").json() == {"editor": ANONYMOUS.username}


@pytest.mark.parametrize(
    ("is_open", "headers", "slug"),
    [
        (False, {}, "key-required"),
        (True, {"Authorization": "Bearer nx_a_b"}, "bad-key"),
        (False, {"Authorization": "Basic eDp5"}, "bad-key"),
    ],
)
def test_others_are_told_what_is_wrong_with_their_key(serve, is_open, headers, slug):
    response = serve(writer_get, open_deposits=is_open).post("/writer", headers=headers)
    assert response.status_code == 401
    assert response.json()["type"] == f"/problems/{slug}"


def test_the_contract_tells_of_head_and_of_failures_for_every_route(serve):
    contract = serve().get("/openapi.json").json()
    assert contract["openapi"].startswith("3.1")
    for path in contract["paths"].values():
        assert "head" in path or "get" not in path
        for method, operation in path.items():
            assert {"400", "404", "500", "503"} <= set(operation["responses"])
            if method == "head":
                assert not any("content" in answer for answer in operation["responses"].values())
    ids = [one["operationId"] for path in contract["paths"].values() for one in path.values()]
    assert len(ids) == len(set(ids))
    problem = contract["components"]["responses"]["NotFound"]["content"]
    assert list(problem) == ["application/problem+json"]
