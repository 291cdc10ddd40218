"""Bytes handed to an outside address."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import closing

import pytest

from nexus_hub.platform.error_classes import AddressRefused, FetchFailed
from nexus_hub.platform.posting import post


def send(url, **options):
    return asyncio.run(post(url, b"{}", {"Content-Type": "application/json"}, **options))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost:1/", "file:///etc/passwd", "http://[::1]/"]
)
def test_what_is_not_public_is_not_reached(url):
    with pytest.raises(AddressRefused):
        send(url)


def test_an_answer_that_trickles_in_is_given_up():
    """Each silence is short: only the time for the whole of it ends this."""
    stopping = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"

        def trickle():
            connection, _ = server.accept()
            with closing(connection):
                connection.recv(65536)
                while not stopping.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=trickle)
        thread.start()
        begun = time.monotonic()
        try:
            with pytest.raises(FetchFailed):
                send(f"http://{host}/", allow_hosts=[host], total_s=0.5)
        finally:
            stopping.set()
            thread.join()
        assert time.monotonic() - begun < 10


def test_nobody_there_is_a_failure():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(FetchFailed):
        send(f"http://{host}/", allow_hosts=[host])
