"""The server is killed with all its processes under load: what was acknowledged is there."""

import signal
import stat
import threading
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import psycopg
import pytest

from faults import flow
from faults.flow import document, record, results
from nexus_hub.cli.rooms import consumers
from nexus_hub.nauvis import service as nauvis
from nexus_hub.nauvis.queries import deposit as deposits
from nexus_hub.platform import db as platform_db
from nexus_hub.platform import frames, migration
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queues import Worker
from nexus_hub.platform.server import EmbeddedServer


def kill_all(server: EmbeddedServer) -> None:
    pid = server.postmaster()
    assert pid is not None
    postmaster = psutil.Process(pid)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, timeout=20)


class Client(threading.Thread):
    """Deposits one document after the other until the server is gone, and notes every answer."""

    def __init__(self, number: int, uri: str) -> None:
        super().__init__()
        self.number = number
        self.uri = uri
        self.acknowledged: dict[str, UUID] = {}
        self.unknown: str | None = None

    def body(self, key: str) -> bytes:
        return document([record(f"10.5555/{key}.{k}", "x" * 2000) for k in range(5)])

    def run(self) -> None:
        with platform_connection(self.uri, "nexus_api") as connection:
            for n in range(10_000):
                key = f"client.{self.number}.{n}"
                try:
                    self.acknowledged[key] = take(connection, self.body(key), key)
                except psycopg.Error:
                    self.unknown = key
                    return


def platform_connection(uri: str, role: str) -> psycopg.Connection[Any]:
    return psycopg.connect(platform_db.as_role(uri, role))


def take(connection: psycopg.Connection[Any], body: bytes, key: str) -> UUID:
    deposit = deposits.deposit_take(connection, **nauvis.prepare_document(body, key=key))
    connection.commit()
    assert deposit is not None
    return deposit


@pytest.mark.timeout(180)
def test_nothing_acknowledged_is_lost_when_the_server_dies_under_load(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("mortal")
    for parent in (folder, *folder.parents[:-1]):
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    server = EmbeddedServer(folder / "home", fsync=True).start()
    try:
        platform_db.create_database(server.uri("postgres", "postgres"))
        migration.upgrade(server.uri("nexus", "postgres"))
        survive(server, Path(folder))
    finally:
        server.stop()


def survive(server: EmbeddedServer, home: Path) -> None:
    chosen = Settings(home=home, database_url=server.uri(), visibility_s=1, batch_size=50)
    worker = Worker(chosen, consumers([]))
    working = threading.Thread(target=worker.run)
    working.start()
    clients = [Client(number, server.uri()) for number in range(3)]
    for client in clients:
        client.start()
    time.sleep(1.5)
    kill_all(server)
    for client in clients:
        client.join(20)
    server.start()
    acknowledged = {key: found for c in clients for key, found in c.acknowledged.items()}
    assert len(acknowledged) > 10
    with platform_connection(server.uri(), "nexus_worker") as connection:
        for client in clients:
            for key, deposit in client.acknowledged.items():
                assert kept(connection, deposit) == client.body(key)
            # Nobody knows whether the last one arrived; sent again, it is there once.
            if client.unknown is not None:
                acknowledged[client.unknown] = take(
                    connection, client.body(client.unknown), client.unknown
                )
        worker.stopping.wait(1.5)
        worker.stopping.set()
        working.join(20)
        assert not working.is_alive()
        Worker(chosen, consumers([])).run(drain=True)
        assert flow.one(connection, "SELECT count(*) FROM nauvis.deposit") == len(acknowledged)
        for deposit in acknowledged.values():
            assert results(connection, deposit) == ["created"] * 5
        assert flow.changelog_faults(connection) == []
        live = "SELECT count(*) FROM catalog.release"
        assert flow.one(connection, live) == 5 * len(acknowledged)


def kept(connection: psycopg.Connection[Any], deposit: UUID) -> bytes:
    rows = deposits.deposit_chunk_list(
        connection, deposit_id=deposit, first_chunk=0, last_chunk=10_000
    )
    connection.commit()
    return b"".join(frames.decompress(row.body) for row in rows)
