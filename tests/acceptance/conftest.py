"""A service on a port of the loopback, over a database of its own, for clients as they are."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def service(shared_database, tmp_path_factory) -> Iterator[str]:
    """The URL of the running service."""
    port, home = _free_port(), tmp_path_factory.mktemp("service")
    settings = shared_database.settings
    environment = os.environ | {
        "NEXUS_HOME": str(home),
        "NEXUS_DATABASE_URL": str(settings.database_url),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), "nexus_api.serve:create"]
    with open(home / "log", "wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, home / "log")
        yield url
    finally:
        server.terminate()
        server.wait(20)


def _await(url: str, log) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            assert httpx.get(f"{url}/health", timeout=10).status_code == 200
            return
        except httpx.TransportError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
