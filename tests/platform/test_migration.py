"""The schema arrives at the same place by whichever way it is made."""

from __future__ import annotations

import psycopg
from alembic.script import ScriptDirectory

from nexus_hub.platform import migration
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
