"""A PostgreSQL of the benchmark's own, with fresh databases cloned from migrated templates."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from benchmarks.measure import tree_cpu_s
from nexus_hub.platform import db, migration
from nexus_hub.platform.config import Settings
from nexus_hub.platform.server import EmbeddedServer

SIZES = """
SELECT n.nspname || '.' || c.relname, pg_catalog.pg_total_relation_size(c.oid)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^(pg_|information_schema)'
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A running server and the folder in which the benchmark keeps everything."""

    server: EmbeddedServer
    home: Path
    _numbers: Iterator[int]

    def settings(self, database: str) -> Settings:
        """The settings of a process that works on this database."""
        return Settings(home=self.home, database_url=self.server.uri(database))

    def owner_uri(self, database: str = "postgres") -> str:
        """The connection string of the superuser."""
        return self.server.uri(database, "postgres")

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A superuser's connection on which every statement commits by itself."""
        return psycopg.connect(self.owner_uri(database), autocommit=True)

    def create(self, database: str) -> None:
        """Make an empty database without any schema of ours."""
        db.create_database(self.owner_uri(), database)

    def migrate(self, database: str) -> None:
        """Make a database with the schema of this code."""
        self.create(database)
        migration.upgrade(self.owner_uri(database))

    def clone(self, template: str) -> str:
        """Copy a database; returns the name of the copy."""
        name = f"{template}_{next(self._numbers)}"
        statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
        self._administer(statement, name, template)
        migration.prepare(self.owner_uri(name))  # grants on a database are not part of its template
        return name

    def drop(self, database: str) -> None:
        """Remove a database and who is connected to it."""
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def checkpoint(self) -> None:
        """Write everything out, so that no pass pays for the one before."""
        self._administer("CHECKPOINT")

    def vacuum(self, database: str) -> None:
        """Free what is dead in a database, and learn its statistics."""
        with self.connect(database) as connection:
            connection.execute("VACUUM (ANALYZE)")

    def sizes(self, database: str) -> dict[str, int]:
        """Bytes of each table with its indexes and long values."""
        with self.connect(database) as connection:
            return {str(name): int(size) for name, size in connection.execute(SIZES)}

    def cpu_s(self) -> float:
        """CPU seconds that the server used so far, background processes and all."""
        pid = self.server.postmaster()
        assert pid is not None
        return tree_cpu_s(pid)

    def version(self) -> str:
        """The version of the server."""
        with self.connect() as connection:
            return str(connection.info.parameter_status("server_version")).split(" ")[0]

    def file_system(self) -> str:
        """The kind of file system the data lies on."""
        mounts = psutil.disk_partitions(all=True)
        inside = [m for m in mounts if self.home.is_relative_to(m.mountpoint)]
        return max(inside, key=lambda m: len(m.mountpoint)).fstype if inside else "unknown"

    def _administer(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            query = sql.SQL(statement).format(*map(sql.Identifier, names))  # ty: ignore[invalid-argument-type]
            connection.execute(query)


@contextmanager
def running(folder: Path | None, *, fsync: bool) -> Generator[Place]:
    """A fresh server in a folder of its own below this one, gone at the end."""
    home = Path(tempfile.mkdtemp(prefix="nexus-bench-", dir=folder)).resolve()
    home.chmod(0o755)
    server = EmbeddedServer(home, fsync=fsync)
    try:
        yield Place(server.start(), home, count(1))
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
