"""`nexus serve` answers, works if told to, and leaves nothing running."""

from __future__ import annotations

import os
import re
import signal
import socket
import time

import httpx
import psycopg

from nexus_hub.platform.server import EmbeddedServer


def address(process) -> str:
    """Where the command says it answers."""
    for line in process.stdout:
        if found := re.search(r"http://\S+/", line):
            return found[0]
    raise AssertionError(process.stderr.read())


def get(url: str) -> httpx.Response:
    """The first answer; a server that has just begun may not listen yet."""
    end = time.monotonic() + 30
    while True:
        try:
            return httpx.get(url, timeout=10)
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_server_answers_until_interrupted_and_nothing_is_left(program):
    serving = program.start("serve", "--port", "0", "--with-workers")
    health = get(address(serving) + "health")
    assert health.status_code == 200, health.text
    _, said = program.interrupt(serving)
    assert serving.returncode == 0, said
    assert "Traceback" not in said
    assert program.leftovers() == []


def test_stopped_server_can_be_started_again(ready):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    for _ in range(2):
        serving = ready.start("serve", "--port", port)
        assert get(address(serving) + "health").status_code == 200
        ready.interrupt(serving)
        assert serving.returncode == 0


def test_workers_of_a_server_work_and_keep_the_schedules(ready):
    serving = ready.start("serve", "--port", "0", "--with-workers")
    assert get(address(serving) + "health").status_code == 200
    uri = EmbeddedServer(ready.home).uri("nexus", "postgres")
    end = time.monotonic() + 60
    with psycopg.connect(uri, autocommit=True) as connection:
        stale = "SELECT count(*) FROM gleba.report_age WHERE is_stale"
        while connection.execute(stale).fetchone()[0] and time.monotonic() < end:
            time.sleep(0.2)
        assert connection.execute(stale).fetchone()[0] == 0
    ready.interrupt(serving)


def test_killed_server_takes_its_processes_with_it(ready):
    serving = ready.start("serve", "--port", "0", "--with-workers")
    get(address(serving) + "health")
    os.kill(serving.pid, signal.SIGKILL)
    serving.wait(10)
    assert ready.leftovers() == []


def test_port_in_use_is_told(ready):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = ready.run("serve", "--port", port)
    assert done.returncode == 1
    assert f"address-in-use: 127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr
    assert ready.leftovers() == []


def test_address_of_another_machine_is_told(ready):
    done = ready.run("serve", "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 1
    assert "address-in-use: 192.0.2.1" in done.stderr
