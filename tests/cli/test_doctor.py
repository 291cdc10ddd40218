"""`nexus doctor` says what is amiss and what to do, and makes nothing."""

from __future__ import annotations

import re

import psycopg
import pytest

from nexus_hub.cli.doctor import hidden
from nexus_hub.platform import db as platform_db
from nexus_hub.platform.blobs import BlobStore
from nexus_hub.platform.config import Settings

CHECKS = {
    "settings", "home", "disk", "blobs", "version", "locale", "locks", "wal level", "roles",
    "rights", "schema", "dead letters", "replicas",
}  # fmt: skip


def states(output: str) -> dict[str, str]:
    """How each check ended, as the table of checks says."""
    table = output.partition("Checks")[2].partition("Embedded server")[0]
    rows = [line.split("│") for line in table.splitlines() if line.startswith("│")]
    return {cells[1].strip(): cells[2].strip() for cells in rows if cells[1].strip()}


def amiss(result) -> set[str]:
    assert result.exit_code == 1, result.output
    return {name for name, state in states(result.stdout).items() if state == "failed"}


def test_all_is_well_where_nothing_is_amiss(nexus):
    result = nexus("doctor")
    assert result.exit_code == 0, result.output
    assert states(result.stdout) == dict.fromkeys(CHECKS, "good")
    assert result.stdout.endswith("all is well\n")


def test_every_setting_is_shown_with_its_origin_and_meaning(nexus, home, monkeypatch):
    (home / "nexus.toml").write_text("port = 8099\nbatch_size = 10\n")
    monkeypatch.setenv("NEXUS_BATCH_SIZE", "20")
    rows = {
        line.split("│")[1].strip(): [cell.strip() for cell in line.split("│")[2:5]]
        for line in nexus("doctor").stdout.splitlines()
        if line.startswith("│ NEXUS_")
    }
    assert set(rows) == {f"NEXUS_{name.upper()}" for name in Settings.model_fields}
    assert rows["NEXUS_PORT"] == ["8099", "nexus.toml", "Port the server listens on."]
    assert rows["NEXUS_BATCH_SIZE"][:2] == ["20", "environment"]
    assert rows["NEXUS_HOST"][:2] == ["127.0.0.1", "default"]


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("postgresql://u:***@h/d", "postgresql://u:se%40cret@h/d"),
        ("host=h password=*** user=u", "host=h password=secret user=u"),
        ("s3://bucket/?secret=***&region=x", "s3://bucket/?secret=abc&region=x"),
        ("postgresql://u@/d?host=/run/x", "postgresql://u@/d?host=/run/x"),
        ("https://example.org:8088/a", "https://example.org:8088/a"),
    ],
)
def test_secrets_are_not_shown(shown, value):
    assert hidden(value) == shown


def test_empty_home_stays_empty(run, home):
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert states(result.stdout)["database"] == "skipped"
    assert list(home.iterdir()) == []


def test_home_that_is_not_there_is_not_made(run, home, monkeypatch):
    monkeypatch.setenv("NEXUS_HOME", str(home / "deep" / "down"))
    assert run("doctor").exit_code == 0
    assert list(home.iterdir()) == []


def test_line_that_is_no_setting_is_named(nexus, home):
    (home / "nexus.toml").write_text("prot = 8099\n")
    result = nexus("doctor")
    assert amiss(result) == {"settings"}
    assert "prot" in result.stderr


def test_wrong_value_is_named(run, monkeypatch):
    monkeypatch.setenv("NEXUS_POOL_SIZE", "0")
    result = run("doctor")
    assert result.exit_code == 1
    assert "NEXUS_POOL_SIZE" in result.stderr


def test_database_that_is_away_is_told_with_what_to_check(run, monkeypatch):
    monkeypatch.setenv("NEXUS_DATABASE_URL", "postgresql://nobody@/nowhere?host=/nonexistent")
    result = run("doctor")
    assert amiss(result) == {"database"}
    assert "Check NEXUS_DATABASE_URL" in result.stderr


def test_login_that_may_not_own_the_schema_is_told(nexus, fresh_database, monkeypatch):
    monkeypatch.setenv("NEXUS_DATABASE_URL", fresh_database.settings.database_url)
    result = nexus("doctor")
    assert amiss(result) == {"roles"}
    assert "GRANT nexus_owner TO nexus;" in result.stderr


@pytest.mark.parametrize(
    ("check", "statement", "told"),
    [
        ("rights", "GRANT DELETE ON catalog.ident TO nexus_api", "nexus_api writes catalog.ident"),
        ("rights", "GRANT INSERT ON croid.identifier TO nexus_dba", "croid.identifier"),
        ("schema", "UPDATE platform.applied SET sha256 = '\\x00'", "nexus db upgrade"),
        ("schema", "UPDATE platform.alembic_version SET version_num = '0000'", "step 0000"),
        (
            "dead letters",
            "SELECT pgmq.send('vulcanus_accepted_dead', '{}')",
            "nexus queues --dead vulcanus_accepted",
        ),
    ],
)
def test_what_is_amiss_in_the_database_is_told(nexus, fresh_database, check, statement, told):
    with psycopg.connect(fresh_database.owner_uri) as owner:
        owner.execute(statement)
    result = nexus("doctor")
    assert amiss(result) == {check}
    assert told in result.stderr


def test_empty_database_is_to_be_upgraded(nexus, fresh_database):
    with psycopg.connect(fresh_database.owner_uri) as owner:
        owner.execute("DROP SCHEMA platform CASCADE")
    result = nexus("doctor")
    assert amiss(result) == {"schema", "dead letters"}
    assert "the database is empty" in result.stderr


def test_locale_that_knows_only_ascii_is_told(nexus, fresh_database, monkeypatch):
    name = "nexus_ascii"
    with psycopg.connect(fresh_database.owner_uri, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
        try:
            uri = fresh_database.owner_uri.replace(f"/{owner.info.dbname}?", f"/{name}?")
            monkeypatch.setenv("NEXUS_DATABASE_URL", uri)
            result = nexus("doctor")
        finally:
            owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert "locale" in amiss(result)
    assert "PG_UNICODE_FAST" in result.stderr


def test_blob_store_that_cannot_be_used_is_told(nexus, monkeypatch):
    monkeypatch.setenv("NEXUS_BLOB_URL", "memory-of-nothing://x")
    result = nexus("doctor")
    assert amiss(result) == {"blobs"}
    assert "NEXUS_BLOB_URL" in result.stderr


def test_blob_store_is_left_as_it_was(nexus, home):
    BlobStore((home / "blobs").as_uri()).put("kept", b"1")
    assert nexus("doctor").exit_code == 0
    assert [path.name for path in (home / "blobs").rglob("*") if path.is_file()] == ["kept"]


def test_embedded_server_is_shown_with_its_tuning_and_checked(run, home, monkeypatch):
    home.chmod(0o755)
    monkeypatch.setenv("NEXUS_FSYNC", "false")
    assert run("db", "upgrade").exit_code == 0
    platform_db._servers[str(home)].stop()
    with (home / "postgres" / "postgresql.conf").open("a") as file:
        file.write("max_locks_per_transaction = 64\nwal_level = replica\n")
    result = run("doctor")
    assert amiss(result) == {"locks", "wal level"}
    assert "max_locks_per_transaction = 1024" in result.stderr
    tuning = result.stdout.partition("Embedded server")[2]
    assert re.search(r"│ wal_level +│ logical", tuning)
    assert "replica" in tuning
