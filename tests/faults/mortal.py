"""A PostgreSQL of a test's own, to be killed, to be turned into a standby and back."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from nexus_hub.platform import db as platform_db
from nexus_hub.platform import migration
from nexus_hub.platform.config import Settings
from nexus_hub.platform.server import EmbeddedServer


@dataclass
class MortalServer:
    """A server whose commits are durable, with the migrated database of the hub."""

    embedded: EmbeddedServer
    settings: Settings

    @classmethod
    @contextmanager
    def made(cls, folder: Path) -> Iterator[MortalServer]:
        """The server under this folder, until the context is left."""
        server = EmbeddedServer(folder / "home", fsync=True).start()
        try:
            platform_db.create_database(server.uri("postgres", "postgres"))
            migration.upgrade(server.uri("nexus", "postgres"))
            yield cls(server, Settings(home=folder, database_url=server.uri(), visibility_s=1))
        finally:
            server.stop()

    @property
    def uri(self) -> str:
        """The connection string of services."""
        return self.embedded.uri()

    def connect(self, role: str | None = "nexus_worker") -> psycopg.Connection[Any]:
        """A connection that acts as `role`; None is the superuser."""
        if role is None:
            return psycopg.connect(self.embedded.uri("nexus", "postgres"))
        return platform_db.connect(self.settings, role)

    def kill(self) -> int:
        """Kill the postmaster and every child of it at one go; how many processes that were."""
        pid = self.embedded.postmaster()
        assert pid is not None
        postmaster = psutil.Process(pid)
        # Stopped first, so that it has no child that is not in the list.
        postmaster.send_signal(signal.SIGSTOP)
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        _, alive = psutil.wait_procs(processes, timeout=20)
        assert not alive
        return len(processes)

    def start(self) -> None:
        """Start again; what was committed is recovered from the log."""
        self.embedded.start()

    def stop(self) -> None:
        """Shut down in order, though the tests still use it."""
        self.embedded._control("stop", "-m", "fast")

    def configure(self, statement: str) -> None:
        """Change a setting of the running server, for the sessions there are as well."""
        uri = self.embedded.uri("postgres", "postgres")
        with psycopg.connect(uri, autocommit=True) as connection:
            # The setting may be that nothing is written.
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(statement.encode())
            connection.execute("SELECT pg_reload_conf()")

    def become_standby(self) -> None:
        """Start again as a standby: it answers, and writes nothing."""
        self.stop()
        (self.embedded.data / "standby.signal").touch()
        self.embedded.start()

    def promote(self) -> None:
        """Let the standby write."""
        with self.connect(None) as connection:
            assert connection.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)
