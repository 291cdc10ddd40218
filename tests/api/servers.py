"""Several server processes over one database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

PROCESSES = 2
"""How many servers it takes to see that what one of them knows the others know too."""


@contextmanager
def servers(database: Any, home: Path, **environment: str) -> Iterator[list[str]]:
    """The URLs of `PROCESSES` servers; they are stopped in good order in the end."""
    ports = [_free_port() for _ in range(PROCESSES)]
    started = [_start(database, home, port, environment) for port in ports]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for url in urls:
            _await(url)
        yield urls
    finally:
        for server in started:
            server.terminate()
        for server in started:
            server.wait(30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _start(
    database: Any, home: Path, port: int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    whole = os.environ | environment
    whole |= {
        "NEXUS_HOME": str(home),
        "NEXUS_DATABASE_URL": str(database.settings.database_url),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), "nexus_api.serve:create"]
    return subprocess.Popen(command, env=whole, stderr=subprocess.DEVNULL)


def _await(url: str) -> None:
    end = time.monotonic() + 90
    while True:
        try:
            assert httpx.get(f"{url}/health", timeout=10).status_code == 200
            return
        except httpx.TransportError:
            assert time.monotonic() < end
            time.sleep(0.1)
