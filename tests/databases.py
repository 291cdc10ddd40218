"""Migrated databases on the server of the whole run, each a clone of the template."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from nexus_hub.platform import db as platform_db
from nexus_hub.platform import migration
from nexus_hub.platform.config import Settings
from nexus_hub.platform.server import EmbeddedServer

TEMPLATE = "nexus_template"
_numbers = count(1)


@dataclass(frozen=True)
class Database:
    """A migrated database of its own, with everything a service needs to use it."""

    settings: Settings
    owner_uri: str

    def connect(self, role: str | None = "nexus_worker") -> psycopg.Connection[Any]:
        """A connection that acts as `role`; None is the superuser."""
        if role is None:
            return psycopg.connect(self.owner_uri)
        return platform_db.connect(self.settings, role)


def server() -> EmbeddedServer:
    """The server of the run."""
    return EmbeddedServer(Path(os.environ["NEXUS_TEST_SERVER"]), fsync=False)


def administer(statement: str, name: str = "") -> None:
    """Run a statement about a database, whose name stands for `{}`, on the server."""
    with psycopg.connect(server().uri("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def new_name() -> str:
    """A name that no other database of the run has."""
    return f"nexus_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_numbers)}"


@contextmanager
def cloned(home: Path) -> Iterator[Database]:
    """A clone of the template, for as long as the context lasts."""
    name = new_name()
    administer(f"CREATE DATABASE {{}} TEMPLATE {TEMPLATE} STRATEGY file_copy", name)
    uri = server().uri(name, "postgres")
    # What is granted on a database is not part of its template.
    migration.prepare(uri)
    yield Database(Settings(home=home, database_url=server().uri(name)), uri)
    administer("DROP DATABASE {} WITH (FORCE)", name)
