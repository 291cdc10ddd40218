"""The schema arrives at the same place by whichever way it is made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
from alembic.script import ScriptDirectory

from nexus_hub.platform import db, migration
from nexus_tools.schema_snapshot import normalised_dump


def test_an_upgrade_of_an_upgraded_database_changes_nothing(fresh_database):
    assert not migration.upgrade(fresh_database.owner_uri).changed
    assert migration.pending(fresh_database.owner_uri) == []


def test_a_changed_function_is_applied_again(fresh_database):
    with psycopg.connect(fresh_database.owner_uri) as connection:
        connection.execute(
            "UPDATE platform.applied SET sha256 = '\\x00' WHERE name LIKE '%announce.sql'"
        )
    assert migration.pending(fresh_database.owner_uri) == [
        "apply platform/40_functions/announce.sql again"
    ]
    assert migration.upgrade(fresh_database.owner_uri).repeatables == 1
    assert migration.pending(fresh_database.owner_uri) == []


def test_the_steps_arrive_at_what_sql_defines(fresh_database, empty_database):
    with psycopg.connect(fresh_database.owner_uri) as connection:
        connection.execute("DROP TABLE platform.alembic_version")
    migration.build(empty_database)
    assert normalised_dump(fresh_database.owner_uri) == normalised_dump(empty_database)


def test_the_newest_step_is_the_one_that_alembic_runs_last():
    steps = ScriptDirectory.from_config(migration._config())
    assert steps.get_heads() == [migration.head()]


def test_of_upgrades_at_once_one_does_it_and_the_others_find_it_done(empty_database):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(migration.upgrade, [empty_database] * 4))
    assert {one.after for one in done} == {migration.head()}
    assert [one.before for one in done if one.changed] == [None]


def test_a_database_is_created_once(empty_database):
    server = empty_database.replace(empty_database.split("/")[3].partition("?")[0], "postgres", 1)
    name = f"made_{uuid4().hex[:12]}"
    try:
        with ThreadPoolExecutor(6) as pool:
            made = list(pool.map(lambda _: db.create_database(server, name), range(6)))
        assert sorted(made) == [False] * 5 + [True]
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
