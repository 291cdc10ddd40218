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
from typer.testing import CliRunner, Result

from faults import flow
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
from serving import serving

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
        EmbeddedServer(folder / "second", fsync=False).start(),
    )
    try:
        # So that a replica that lost something tries again at once.
        administer(pair.second, "ALTER SYSTEM SET wal_retrieve_retry_interval = '300ms'")
        administer(pair.second, "SELECT pg_reload_conf()")
        for server in (pair.first, pair.second):
            platform_db.create_database(server.uri("postgres", "postgres"), "made")
            migration.upgrade(server.uri("made", "postgres"))
        yield pair
    finally:
        pair.first.stop()
        pair.second.stop()


def administer(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(server.uri("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def pair(servers: Pair) -> Iterator[Pair]:
    """A catalogue without objects, and another beside it."""
    for server in (servers.first, servers.second):
        administer(server, "CREATE DATABASE nexus TEMPLATE made STRATEGY file_copy")
        migration.prepare(server.uri("nexus", "postgres"))
    yield servers
    if is_followed(servers.target):
        replica.drop(servers.publisher, servers.target, quiet)
    for server in (servers.first, servers.second):
        administer(server, "DROP DATABASE nexus WITH (FORCE)")


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


def quiet(said: str) -> None:
    """What is told is looked at elsewhere."""


@pytest.mark.timeout(300)
def test_a_replica_ends_equal_after_cuts_an_upgrade_and_a_conflict(pair: Pair) -> None:
    croids = [uuid4() for _ in range(OBJECTS)]
    pair.revise({croid: body(n) for n, croid in enumerate(croids)})
    name = replica.create(pair.publisher, pair.target, tell=quiet)
    survive_cuts(pair, croids)
    said: list[str] = []
    assert replica.create(pair.publisher, pair.target, tell=said.append) == name
    assert said == [f"subscription {name} goes on, with all that is published now"]
    upgrade_both(pair, croids[:20])
    repair_conflict(pair, croids[:20])
    found = pair.status()
    assert (found.lag_indexes, found.advice, found.conflicts) == (0, "", {})
    assert set(found.tables.values()) == {"following"}
    pair.expect_equal()


def survive_cuts(pair: Pair, croids: list[UUID]) -> None:
    """Rows arrive while the first are copied, while the replica is dead, while the line is cut."""
    pair.revise({croid: body(n, 1) for n, croid in enumerate(croids)})
    pair.settle()
    kill(pair.second)
    pair.revise({croid: body(n, 2) for n, croid in enumerate(croids)})
    (slot,) = replica_status.slots(pair.publisher)
    assert not slot.is_connected
    assert slot.lag_bytes > 0
    assert slot.advice
    pair.second.start()
    for round_no in range(3, 6):
        pair.revise({croid: body(n, round_no) for n, croid in enumerate(croids)})
        pair.execute(pair.publisher, "SELECT pg_terminate_backend(pid) FROM pg_stat_replication")
    with psycopg.connect(platform_db.as_role(pair.first.uri(), "nexus_worker")) as connection:
        flow.accept(connection, flow.propose(connection, {uuid4(): body(OBJECTS)})[0].editgroup_id)
    pair.settle()
    pair.expect_equal()


TO_NOTES = """
SET ROLE nexus_owner;
ALTER TABLE catalog.edit ADD COLUMN shelf text;
CREATE TABLE catalog.note (note_id uuid PRIMARY KEY, note text);
INSERT INTO platform.replicated_table VALUES ('catalog.note');
INSERT INTO platform.published_column VALUES
('catalog.edit', 'shelf', true), ('catalog.note', 'note_id', true), ('catalog.note', 'note', true);
-- What a step fills is published before it is filled.
SELECT platform.refresh_publication();
UPDATE catalog.edit SET shelf = 'upper ' || action;
INSERT INTO catalog.note SELECT edit_id, 'made by the step' FROM catalog.edit;
"""
TO_COLOURS = """
SET ROLE nexus_owner;
ALTER TABLE catalog.note ADD COLUMN colour text;
INSERT INTO platform.published_column VALUES ('catalog.note', 'colour', true);
SELECT platform.refresh_publication();
UPDATE catalog.note SET colour = 'red';
"""


def upgrade_both(pair: Pair, croids: list[UUID]) -> None:
    """Tables and columns come on either side first, with rows written before, between and after."""
    # The publisher first: the replica stops at the column it does not have, and loses nothing.
    pair.execute(pair.publisher, TO_NOTES)
    pair.expect_stop()
    pair.revise({croid: body(n, 6) for n, croid in enumerate(croids)})
    pair.execute(pair.target, TO_NOTES)
    replica.follow(pair.target)
    pair.settle()
    shelves = "SELECT count(*) FROM catalog.edit WHERE shelf IS NOT NULL"
    assert pair.execute(pair.target, shelves) == pair.execute(pair.publisher, shelves) != [(0,)]
    # The replica first: it waits with what is new until the publisher has it as well.
    pair.execute(pair.target, TO_COLOURS)
    pair.execute(pair.publisher, "INSERT INTO catalog.note VALUES (uuidv7(), 'between')")
    pair.execute(pair.publisher, TO_COLOURS)
    pair.revise({uuid4(): body(OBJECTS + 1)})
    pair.settle()
    uncoloured = "SELECT count(*) FROM catalog.note WHERE colour IS NULL"
    assert pair.execute(pair.target, uncoloured) == [(0,)]
    # An upgrade makes no rows in a replica that it will be sent.
    migration.apply_repeatables(pair.target, again=True)
    pair.expect_equal()


def repair_conflict(pair: Pair, croids: list[UUID]) -> None:
    """What was written into the replica is in the way, until it is repaired."""
    fresh = uuid4()
    pair.execute(
        pair.target,
        # The object itself, and another that holds its DOI: a key and a unique index.
        f"INSERT INTO catalog.ident (croid, kind) VALUES ('{fresh}', 'creator');"
        " INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)"
        " VALUES ('doi', '10.5555/r.500', uuidv7(), 'release', true)",
    )
    pair.revise({fresh: body(500)})
    end = time.monotonic() + 60
    while "repair" not in pair.status().advice:
        assert time.monotonic() < end, "no conflict was met"
        time.sleep(0.1)
    assert sum(pair.status().conflicts.values()) > 0
    pair.revise({croid: body(n, 7) for n, croid in enumerate(croids)})
    assert replica.repair(pair.publisher, pair.target, quiet, 60) == 2


@pytest.mark.timeout(300)
def test_what_can_be_a_replica_is_not_written_to_until_it_is_promoted(pair: Pair) -> None:
    refuse_unfit(pair)
    pair.revise({uuid4(): body(n) for n in range(5)})
    replica.create(pair.publisher, pair.target, tell=quiet)
    pair.settle()
    service = platform_db.as_role(pair.second.uri(), "nexus_worker")
    with (
        psycopg.connect(service) as connection,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        flow.revise(connection, {uuid4(): body(9)})
    before = replica.compare_chains(pair.publisher, pair.target)
    assert replica.promote(pair.target, quiet) == before
    with psycopg.connect(service) as connection:
        flow.revise(connection, {uuid4(): body(9)})
        connection.commit()
        assert flow.changelog_faults(connection) == []
        assert flow.one(connection, "SELECT index FROM catalog.clock") == before + 1
    (slot,) = replica_status.slots(pair.publisher)
    replica.drop_slot(pair.publisher, slot.name)
    assert replica_status.slots(pair.publisher) == []


def refuse_unfit(pair: Pair) -> None:
    """Each database that cannot be a replica is told why, and keeps nothing of the attempt."""
    for target, reason in (
        (pair.publisher, "the database itself"),
        (pair.second.uri(), "superuser"),
        ("postgresql://a:secret@[", "no connection string"),
    ):
        with pytest.raises(ReplicaUnfit, match=reason) as refused:
            replica.create(pair.publisher, target, tell=quiet)
        assert "secret" not in str(refused.value)
    step = "UPDATE platform.alembic_version SET version_num = "
    pair.execute(pair.target, f"{step} '0009'")
    with pytest.raises(ReplicaUnfit, match="step 0009"):
        replica.create(pair.publisher, pair.target, tell=quiet)
    pair.execute(pair.target, f"{step} '{migration.head()}'")
    pair.execute(pair.target, "INSERT INTO catalog.ident (croid, kind) VALUES (uuidv7(), 'work')")
    with pytest.raises(psycopg.Error, match="not-empty"):
        replica.create(pair.publisher, pair.target, tell=quiet)
    pair.execute(pair.target, "DELETE FROM catalog.ident")
    assert replica_status.slots(pair.publisher) == []


@pytest.mark.timeout(300)
def test_the_command_line_leads_through(pair: Pair, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    monkeypatch.setenv("NEXUS_DATABASE_URL", pair.publisher)
    for screen in (session.console, session.errors):
        monkeypatch.setattr(screen, "width", 200)

    def nexus(*arguments: str) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(app, arguments)

    pair.revise({uuid4(): body(n) for n in range(5)})
    # The replica begins as a database with nothing in it.
    administer(pair.second, "DROP DATABASE nexus")
    platform_db.create_database(pair.second.uri("postgres", "postgres"))
    secret = "password=hush-hush"
    away = nexus("replica", "create", pair.target, "--publisher", f"host=/nowhere {secret}")
    assert away.exit_code == 1
    assert "no replica follows" in nexus("replica", "status").output
    reach = f"host={pair.first.socket_folder} user=postgres dbname=nexus {secret}"
    made = nexus("replica", "create", pair.target, "--publisher", reach)
    assert made.exit_code == 0, made.output
    statements = str(pair.execute(pair.target, "SELECT query FROM public.pg_stat_statements"))
    for said in (away.output, made.output, pair.second.log.read_text(), statements):
        assert "hush" not in said
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
    with serving(Settings(home=home, database_url=pair.second.uri())) as client:
        assert client.get("/works/10.5555/r.1").json()["message"]["title"] == ["On salt 0"]
        found = client.get("/works", params={"query": "salt"}).json()["message"]
        assert found["total-results"] == 5
        assert client.get("/changes").status_code == 200
        refused = client.post("/deposits", json={"records": [flow.record("10.5555/new")]})
        assert refused.status_code == 503
        assert refused.json()["type"].endswith("/database-unavailable")
