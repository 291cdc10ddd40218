"""A second PostgreSQL follows the catalogue through cuts, upgrades, conflicts; both end equal."""

from __future__ import annotations

import json
import signal
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psutil
import psycopg
import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner, Result

from faults import flow
from nexus_api.app import create_app
from nexus_hub.catalog import replica, replica_status, verification
from nexus_hub.cli import session
from nexus_hub.cli.main import app
from nexus_hub.cli.rooms import consumers
from nexus_hub.platform import db as platform_db
from nexus_hub.platform import migration
from nexus_hub.platform.config import Settings, settings
from nexus_hub.platform.error_classes import ReplicaUnfit
from nexus_hub.platform.queues import Worker
from nexus_hub.platform.server import EmbeddedServer

PUBLISHED = "SELECT table_name, columns FROM platform.list_published()"
OBJECTS = 150


@dataclass
class Pair:
    """A catalogue and its replica, each on a PostgreSQL of its own."""

    first: EmbeddedServer
    second: EmbeddedServer

    @property
    def publisher(self) -> str:
        return self.first.uri("nexus", "postgres")

    @property
    def target(self) -> str:
        return self.second.uri("nexus", "postgres")

    def revise(self, objects: dict[UUID, dict[str, Any]]) -> None:
        with psycopg.connect(platform_db.as_role(self.first.uri(), "nexus_worker")) as connection:
            flow.revise(connection, objects)

    def execute(self, uri: str, statement: str, **options: str) -> list[Any]:
        with psycopg.connect(platform_db.as_role(uri, None, **options)) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def status(self) -> replica_status.Replica:
        return replica_status.status(self.publisher, self.target)

    def settle(self) -> None:
        replica.wait_until_copied(self.target)
        replica.wait_until_applied(self.publisher, self.target, 60)

    def expect_stop(self) -> None:
        end = time.monotonic() + 60
        while self.status().apply_errors == 0:
            assert time.monotonic() < end, "the replica went on"
            time.sleep(0.1)

    def expect_equal(self) -> None:
        """Both hold the same rows, the same chain, and rows by column that follow from it."""
        for table, columns in self.execute(self.publisher, PUBLISHED):
            rows = f'SELECT {columns} FROM {table} AS t ORDER BY t::text COLLATE "C"'
            here = self.execute(self.publisher, rows)
            assert here == self.execute(self.target, rows), table
        clocks = "SELECT index, hash FROM catalog.clock"
        assert self.execute(self.publisher, clocks) == self.execute(self.target, clocks)
        index = self.execute(self.publisher, clocks)[0][0]
        assert replica.compare_chains(self.publisher, self.target) == index > 0
        conninfo = platform_db.as_role(self.second.uri(), "nexus_worker", **platform_db.WRITABLE)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            assert [f for step in verification.verify(connection) for f in step.faults] == []


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    for parent in (folder, *folder.parents[:-1]):
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    pair = Pair(
        EmbeddedServer(folder / "first", fsync=False).start(),
        EmbeddedServer(folder / "second", fsync=True).start(),
    )
    try:
        # So that a replica that lost something tries again at once.
        with psycopg.connect(
            pair.second.uri("postgres", "postgres"), autocommit=True
        ) as connection:
            connection.execute("ALTER SYSTEM SET wal_retrieve_retry_interval = '300ms'")
            connection.execute("SELECT pg_reload_conf()")
        yield pair
    finally:
        pair.first.stop()
        pair.second.stop()


@pytest.fixture
def pair(servers: Pair) -> Iterator[Pair]:
    """An empty catalogue, and an empty database beside it."""
    for server in (servers.first, servers.second):
        platform_db.create_database(server.uri("postgres", "postgres"))
    migration.upgrade(servers.publisher)
    yield servers
    if is_followed(servers.target):
        replica.drop(servers.publisher, servers.target, lambda said: None)
    for server in (servers.first, servers.second):
        with psycopg.connect(server.uri("postgres", "postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE nexus WITH (FORCE)")


def is_followed(uri: str) -> bool:
    """Whether a subscription would keep the database from being dropped."""
    with psycopg.connect(uri) as connection:
        return flow.one(connection, "SELECT count(*) FROM pg_subscription") > 0


def body(n: int, round_no: int = 0) -> dict[str, Any]:
    return flow.work(
        f"10.5555/r.{n}",
        f"On salt {round_no}",
        author=[{"family": "Ng", "sequence": "first"}, {"family": f"Name {n}"}],
    )


def kill(server: EmbeddedServer) -> None:
    pid = server.postmaster()
    assert pid is not None
    postmaster = psutil.Process(pid)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, timeout=20)


@pytest.mark.timeout(240)
def test_a_replica_ends_equal_after_cuts(pair: Pair) -> None:
    croids = [uuid4() for _ in range(OBJECTS)]
    pair.revise({croid: body(n) for n, croid in enumerate(croids)})
    said: list[str] = []
    replica.create(pair.publisher, pair.target, tell=said.append)
    pair.settle()
    pair.expect_equal()
    # Rows arrive while the replica is dead, and while the stream is cut.
    kill(pair.second)
    pair.revise({croid: body(n, 1) for n, croid in enumerate(croids)})
    (slot,) = replica_status.slots(pair.publisher)
    assert not slot.is_connected
    assert slot.lag_bytes > 0
    assert slot.advice
    pair.second.start()
    for round_no in range(2, 5):
        pair.revise({croid: body(n, round_no) for n, croid in enumerate(croids)})
        pair.execute(pair.publisher, "SELECT pg_terminate_backend(pid) FROM pg_stat_replication")
    with psycopg.connect(platform_db.as_role(pair.first.uri(), "nexus_worker")) as connection:
        flow.accept(connection, flow.propose(connection, {uuid4(): body(OBJECTS)})[0].editgroup_id)
    pair.settle()
    pair.expect_equal()
    found = pair.status()
    assert (found.lag_indexes, found.advice, found.conflicts) == (0, "", {})
    assert set(found.tables.values()) == {"following"}
    # Run again, creation goes on with what is there.
    assert replica.create(pair.publisher, pair.target, tell=said.append) == found.name
    assert said[-1].endswith("goes on, with all that is published now")


@pytest.mark.timeout(240)
def test_a_schema_upgrade_on_both_sides_loses_no_row(pair: Pair) -> None:
    croids = [uuid4() for _ in range(20)]
    pair.revise({croid: body(n) for n, croid in enumerate(croids)})
    replica.create(pair.publisher, pair.target, tell=lambda said: None)
    pair.settle()
    declare = (
        "SET ROLE nexus_owner;"
        "ALTER TABLE catalog.release ADD COLUMN shelf text;"
        "CREATE TABLE catalog.note (croid uuid PRIMARY KEY, note text);"
        "GRANT SELECT ON catalog.note TO nexus_dba;"
        "INSERT INTO platform.replicated_table VALUES ('catalog.note');"
        "INSERT INTO platform.published_column VALUES ('catalog.release', 'shelf', true),"
        " ('catalog.note', 'croid', true), ('catalog.note', 'note', true);"
        "SELECT platform.refresh_publication();"
        # What a step fills is published before it is filled.
        "UPDATE catalog.release SET shelf = 'upper ' || doi;"
        "INSERT INTO catalog.note SELECT croid, 'made by the step' FROM catalog.release;"
    )
    # The publisher first: the replica stops at the column it does not have, and loses nothing.
    pair.execute(pair.publisher, declare)
    pair.expect_stop()
    pair.revise({croid: body(n, 1) for n, croid in enumerate(croids)})
    pair.execute(pair.target, declare)
    replica.follow(pair.target)
    pair.settle()
    shelves = "SELECT croid, shelf, title FROM catalog.release ORDER BY 1"
    notes = "SELECT croid, note FROM catalog.note ORDER BY 1"
    for rows in (shelves, notes):
        assert pair.execute(pair.publisher, rows) == pair.execute(pair.target, rows)
        assert len(pair.execute(pair.target, rows)) == 20
    # The replica first: it waits with what is new until the publisher has it as well.
    again = (
        "SET ROLE nexus_owner;"
        "ALTER TABLE catalog.note ADD COLUMN colour text;"
        "INSERT INTO platform.published_column VALUES ('catalog.note', 'colour', true);"
        "SELECT platform.refresh_publication();"
        "UPDATE catalog.note SET colour = 'red';"
    )
    pair.execute(pair.target, again)
    insert = "INSERT INTO catalog.note VALUES (uuidv7(), 'between')"
    pair.execute(pair.publisher, insert)
    pair.execute(pair.publisher, again)
    pair.settle()
    colours = "SELECT croid, note, colour FROM catalog.note ORDER BY 1"
    assert pair.execute(pair.publisher, colours) == pair.execute(pair.target, colours)
    assert len(pair.execute(pair.target, colours)) == 21
    migration.apply_repeatables(pair.target, again=True)
    assert replica.is_one(pair.target)
    pair.revise({uuid4(): body(21)})
    pair.settle()
    assert pair.status().is_enabled


@pytest.mark.timeout(240)
def test_a_forced_conflict_is_repaired(pair: Pair) -> None:
    croids = [uuid4() for _ in range(20)]
    pair.revise({croid: body(n) for n, croid in enumerate(croids)})
    replica.create(pair.publisher, pair.target, tell=lambda said: None)
    pair.settle()
    fresh = uuid4()
    pair.execute(
        pair.target,
        # The object itself, and another that holds its DOI: a key and a unique index.
        f"INSERT INTO catalog.ident (croid, kind) VALUES ('{fresh}', 'creator');"
        " INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)"
        " VALUES ('doi', '10.5555/r.500', uuidv7(), 'release', true)",
    )
    pair.revise({fresh: body(500)})
    pair.expect_stop()
    found = pair.status()
    assert "repair" in found.advice
    assert sum(found.conflicts.values()) > 0
    pair.revise({croid: body(n, 1) for n, croid in enumerate(croids)})
    assert replica.repair(pair.publisher, pair.target, lambda said: None, 60) == 2
    pair.expect_equal()
    assert pair.status().advice == ""


@pytest.mark.timeout(240)
def test_nobody_writes_in_a_replica_until_it_is_promoted(pair: Pair) -> None:
    pair.revise({uuid4(): body(n) for n in range(5)})
    replica.create(pair.publisher, pair.target, tell=lambda said: None)
    pair.settle()
    service = platform_db.as_role(pair.second.uri(), "nexus_worker")
    with (
        psycopg.connect(service) as connection,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        flow.revise(connection, {uuid4(): body(9)})
    before = replica.compare_chains(pair.publisher, pair.target)
    assert replica.promote(pair.target, lambda said: None) == before
    with psycopg.connect(service) as connection:
        flow.revise(connection, {uuid4(): body(9)})
        connection.commit()
        assert flow.changelog_faults(connection) == []
        assert flow.one(connection, "SELECT index FROM catalog.clock") == before + 1
    (slot,) = replica_status.slots(pair.publisher)
    replica.drop_slot(pair.publisher, slot.name)
    assert replica_status.slots(pair.publisher) == []


def test_what_cannot_be_a_replica_is_refused(pair: Pair) -> None:
    with pytest.raises(ReplicaUnfit, match="the database itself"):
        replica.create(pair.publisher, pair.publisher, tell=lambda said: None)
    with pytest.raises(ReplicaUnfit, match="superuser"):
        replica.create(pair.publisher, pair.second.uri(), tell=lambda said: None)
    with pytest.raises(ReplicaUnfit) as refused:
        replica.create(pair.publisher, "postgresql://a:secret@[", tell=lambda said: None)
    assert "secret" not in str(refused.value)
    migration.upgrade(pair.target)
    pair.execute(pair.target, "UPDATE platform.alembic_version SET version_num = '0009'")
    with pytest.raises(ReplicaUnfit, match="step 0009"):
        replica.create(pair.publisher, pair.target, tell=lambda said: None)
    pair.execute(
        pair.target, f"UPDATE platform.alembic_version SET version_num = '{migration.head()}'"
    )
    pair.execute(pair.target, "INSERT INTO catalog.ident (croid, kind) VALUES (uuidv7(), 'work')")
    with pytest.raises(psycopg.Error, match="not-empty"):
        replica.create(pair.publisher, pair.target, tell=lambda said: None)
    assert replica_status.slots(pair.publisher) == []


@pytest.mark.timeout(240)
def test_the_command_line_leads_through(pair: Pair, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    monkeypatch.setenv("NEXUS_DATABASE_URL", pair.publisher)
    for screen in (session.console, session.errors):
        monkeypatch.setattr(screen, "width", 200)

    def nexus(*arguments: str) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(app, arguments)

    pair.revise({uuid4(): body(n) for n in range(5)})
    made = nexus("replica", "create", pair.target)
    assert made.exit_code == 0, made.output
    assert "every table follows, up to index 1" in made.output
    assert "nexus replica status" in made.output
    shown = nexus("replica", "status", pair.target)
    assert "nothing to do" in shown.output
    slots = json.loads(nexus("replica", "status", "--json").output)
    told = json.loads(nexus("replica", "status", pair.target, "--json").output)
    assert told["slot"]["name"] == slots[0]["name"] == told["name"]
    assert told["lag_indexes"] == 0
    repaired = nexus("replica", "repair", pair.target)
    assert repaired.exit_code == 0, repaired.output
    assert "contents: 5 looked at, whole" in repaired.output
    monkeypatch.setenv("NEXUS_DATABASE_URL", pair.target)
    assert "chain: 1 looked at, whole" in nexus("db", "verify").output
    monkeypatch.setenv("NEXUS_DATABASE_URL", pair.publisher)
    read(pair, tmp_path)
    assert nexus("replica", "drop", pair.target).exit_code == 0
    assert "no replica follows" in nexus("replica", "status").output
    settings.cache_clear()


def read(pair: Pair, home: Path) -> None:
    """The API reads from the replica, finds by what the first one indexed, and writes nothing."""
    Worker(Settings(home=home, database_url=pair.first.uri()), consumers(["aquilo"])).run(
        drain=True
    )
    pair.settle()
    replica.check_whole(pair.target)
    with TestClient(create_app(Settings(home=home, database_url=pair.second.uri()))) as client:
        assert client.get("/works/10.5555/r.1").json()["message"]["title"] == ["On salt 0"]
        found = client.get("/works", params={"query": "salt"}).json()["message"]
        assert found["total-results"] == 5
        assert client.get("/changes").status_code == 200
        refused = client.post("/deposits", json={"records": [flow.record("10.5555/new")]})
        assert refused.status_code == 503
        assert refused.json()["type"].endswith("/database-unavailable")
