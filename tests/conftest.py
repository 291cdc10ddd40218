"""One PostgreSQL 18 for the whole run, a template that is migrated once, and clones of it.

The controller starts the server; workers of pytest-xdist find it through `NEXUS_TEST_SERVER`.
Where there is room, all temporary files are kept in memory: a clone is a thousand small files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

from databases import TEMPLATE, Database, administer, cloned, new_name, server
from nexus_hub.platform import db as platform_db
from nexus_hub.platform import migration
from nexus_hub.platform.server import EmbeddedServer

MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 2**30
# How long an example takes is the machine's affair. Explaining a failure traces every line under
# Python 3.11, which can outlast the time a test has, and hides the example behind a time-out.
PHASES = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain]
hypothesis.settings.register_profile(
    "nexus", deadline=None, derandomize=True, phases=PHASES, print_blob=True
)
hypothesis.settings.register_profile(
    "nexus-long", deadline=None, phases=PHASES, print_blob=True, max_examples=1_000
)
hypothesis.settings.load_profile(
    "nexus-long" if os.environ.get("NEXUS_FAULTS") == "long" else "nexus"
)
_SERVER: EmbeddedServer | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before any worker, and migrate the template."""
    for name in [name for name in os.environ if name.startswith("NEXUS_")]:
        if name not in {"NEXUS_FAULTS", "NEXUS_REAL_DATA", "NEXUS_TEST_SERVER"}:
            del os.environ[name]
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    global _SERVER
    folder = Path(tempfile.mkdtemp(prefix="nexus-tests-", dir=_roomy_folder()))
    folder.chmod(0o755)
    # What tests and the programs they start keep for a while lies there as well, and goes with it.
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    if config.option.basetemp is None:
        # Each worker closes pytest's own folder to others, servers run by another user among them.
        config.option.basetemp = str(folder / "tmp")
    _SERVER = EmbeddedServer(folder / "server", fsync=False).start()
    os.environ["NEXUS_TEST_SERVER"] = str(folder / "server")
    # Little of the log is kept, for it may lie in memory.
    for setting in ("min_wal_size = '96MB'", "max_wal_size = '1GB'"):
        administer(f"ALTER SYSTEM SET {setting}")
    administer("SELECT pg_reload_conf()")
    platform_db.create_database(_SERVER.uri("postgres", "postgres"), TEMPLATE)
    migration.upgrade(_SERVER.uri(TEMPLATE, "postgres"))


def _roomy_folder() -> Path | None:
    """The folder in memory where there is one with room; None is the system's temporary one."""
    try:
        is_roomy = shutil.disk_usage(MEMORY).free >= ROOM_BYTES and os.access(MEMORY, os.W_OK)
    except OSError:
        return None
    return MEMORY if is_roomy else None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what it wrote."""
    global _SERVER
    if _SERVER is not None:
        _SERVER.stop()
        shutil.rmtree(_SERVER.home.parent, ignore_errors=True)
        _SERVER = None


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The worker's database, for tests that roll back."""
    with cloned(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def db(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection in a transaction that is rolled back after the test."""
    with psycopg.connect(database.owner_uri) as connection:
        # Begun here, so that a transaction() of the code under test is a savepoint, not a commit.
        connection.execute("SELECT 1")
        yield connection
        connection.rollback()


@pytest.fixture
def fresh_database(tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own, for tests that commit."""
    with cloned(tmp_path) as database:
        yield database


@pytest.fixture(scope="module")
def shared_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of the module's own, for services whose tests commit beside each other."""
    with cloned(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The owner's connection string of a database with nothing in it."""
    name = new_name()
    platform_db.create_database(server().uri("postgres", "postgres"), name)
    yield server().uri(name, "postgres")
    administer("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def real_data() -> Path:
    """The folder of real data; the test is skipped where there is none."""
    folder = os.environ.get("NEXUS_REAL_DATA")
    if not folder:
        pytest.skip("NEXUS_REAL_DATA is not set: no real data on this machine")
    return Path(folder)
