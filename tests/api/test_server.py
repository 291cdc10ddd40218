"""The service behind granian, the server it is run with."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, Request, get, post
from litestar.params import FromPath

from nexus_api.app import create_app
from nexus_hub.platform.config import settings


@get("/works/{doi:str}", operation_id="work_get")
async def work_get(doi: FromPath[str]) -> dict[str, Any]:
    return {"doi": doi}


@post("/deposits", operation_id="deposit_create")
async def deposit_create(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return {"size": len(await request.body())}


def create() -> Litestar:
    """The factory granian is pointed at."""
    return create_app(settings(), [work_get, deposit_create])


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The port of a running granian."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "NEXUS_HOME": str(home),
        "NEXUS_DATABASE_URL": "postgresql://127.0.0.1:1/nothing",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), "test_server:create"]
    with open(home / "log", "wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        await_port(port, home / "log")
        yield port
    finally:
        server.terminate()
        server.wait(20)


def await_port(port, log):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(log.read_text())


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/works/10.5555%2Fa%252Fb%2F", '{"doi":"10.5555/a%2fb/"}'),
        ("/works/10.5555//a(b);c/", '{"doi":"10.5555//a(b);c/"}'),
        ("/works/10.1002/(sici)1%3C2::a%3E3.0;2-a", '{"doi":"10.1002/(sici)1<2::a>3.0;2-a"}'),
        ("/works?id=doi:10.5555/A", '{"doi":"10.5555/a"}'),
    ],
)
def test_dois_arrive_as_they_were_sent(port, path, body):
    status, _, text = ask(port, "GET", path)
    assert (status, text) == (200, body)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/zebra", 404), ("DELETE", "/deposits", 405), ("GET", "/works/%zz", 400)],
)
def test_failures_are_problems(port, method, path, status):
    got, headers, _ = ask(port, method, path)
    assert (got, headers["content-type"]) == (status, "application/problem+json")


def test_head_has_the_length_and_no_body(port):
    status, headers, text = ask(port, "HEAD", "/works/10.5555/a")
    assert (status, headers["content-length"], text) == (200, "19", "")


def test_sixty_megabytes_are_refused_before_they_are_sent(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", "/deposits")
    connection.putheader("Content-Length", str(60_000_000))
    connection.endheaders(b"[")
    response = connection.getresponse()
    assert response.status == 413
    assert b"/problems/body-too-large" in response.read()
    connection.close()
