"""A database of the first step that holds something becomes one of today, and loses nothing.

What it holds is made by today's rooms and stripped of all that later steps added.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from psycopg import sql

from faults import flow
from nexus_hub.platform import migration

COLUMNS = """
SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY (%s) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
AND a.attgenerated = '' AND c.relname NOT IN ('alembic_version', 'applied')
GROUP BY n.nspname, c.relname
"""
OLD_FORMS = """
SET LOCAL ROLE nexus_owner;
CREATE FUNCTION catalog.clear_releases(uuid[]) RETURNS void LANGUAGE sql AS 'SELECT';
CREATE FUNCTION nauvis.find_deposit(uuid, text, bytea) RETURNS uuid
LANGUAGE sql AS 'SELECT NULL::uuid';
CREATE FUNCTION catalog.propose(uuid, text, jsonb, uuid[], catalog.kind, text[], text[])
RETURNS void LANGUAGE sql AS 'SELECT';
RESET ROLE;
"""

Name = tuple[str, str]
MADE_ANEW = {("platform", "subscription"), ("fulgora", "source")}
"""Tables whose rows every upgrade writes."""


def upgrade_to(uri: str, step: str) -> None:
    """Run the steps up to this one, and nothing that is repeatable."""
    migration.prepare(uri)
    engine = migration._engine(uri)
    try:
        with engine.connect() as connection:
            config = migration._config()
            config.attributes["connection"] = connection
            command.upgrade(config, step)
    finally:
        engine.dispose()


def columns(connection: psycopg.Connection[Any]) -> dict[Name, list[str]]:
    """The columns of every table of the rooms that hold something of their own."""
    rows = connection.execute(COLUMNS, [list(flow.ROOMS)]).fetchall()
    return {(schema, table): names for schema, table, names in rows}


def copy(
    source: psycopg.Connection[Any], target: psycopg.Connection[Any], names: dict[Name, list[str]]
) -> None:
    """Copy these columns of these tables as they stand."""
    target.execute("SET LOCAL session_replication_role = 'replica'")
    for table, chosen in names.items():
        listed = sql.SQL(", ").join(map(sql.Identifier, chosen))
        place = sql.SQL("{} ({})").format(sql.Identifier(*table), listed)
        with (
            source.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(place)) as reader,
            target.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(place)) as writer,
        ):
            for block in reader:
                writer.write(block)


def contents(
    connection: psycopg.Connection[Any], names: dict[Name, list[str]]
) -> dict[Name, list[Any]]:
    """The rows of these tables, as far as these columns go, in one order."""
    found = {}
    for table, chosen in names.items():
        query = sql.SQL("SELECT to_jsonb(t) FROM (SELECT {} FROM {}) AS t ORDER BY 1").format(
            sql.SQL(", ").join(map(sql.Identifier, chosen)), sql.Identifier(*table)
        )
        found[table] = [row for (row,) in connection.execute(query).fetchall()]
    return found


def fill(database: Any) -> None:
    """Deposits worked off, and an organisation; some of it needs columns of later steps."""
    with database.connect() as connection:
        flow.revise(connection, {uuid4(): flow.organisation(1, "X")}, "organisation")
        connection.commit()
        flow.take_records(
            connection,
            [
                flow.record(
                    f"10.5555/{n}",
                    author=[flow.author("Ng", "X")],
                    reference=[{"key": "1", "DOI": "10.5555/1"}],
                    abstract="<jats:p>Salt.</jats:p>",
                )
                for n in range(5)
            ],
        )
        flow.drain(database)
        flow.take_records(connection, [flow.record("10.5555/1", title="Again")])
        flow.drain(database)


@pytest.fixture
def old(fresh_database, empty_database) -> str:
    """The owner's connection string of a database of the first step, filled."""
    fill(fresh_database)
    upgrade_to(empty_database, "0001")
    with (
        psycopg.connect(fresh_database.owner_uri) as source,
        psycopg.connect(empty_database) as target,
    ):
        now, then = columns(source), columns(target)
        target.execute(OLD_FORMS.encode())
        kept = (then.keys() & now.keys()) - MADE_ANEW
        copy(source, target, {t: [c for c in now[t] if c in then[t]] for t in kept})
    return empty_database


def test_rows_of_the_first_step_are_those_of_today_once_projected(fresh_database, old: str) -> None:
    assert migration.current(old) == "0001"
    with psycopg.connect(old) as connection:
        held = {
            table: names for table, names in columns(connection).items() if table not in MADE_ANEW
        }
        before = contents(connection, held)
        assert len(before["catalog", "release"]) == 5
    upgraded = migration.upgrade(old)
    assert (upgraded.before, upgraded.after) == ("0001", migration.head())
    with psycopg.connect(old) as connection, psycopg.connect(fresh_database.owner_uri) as today:
        assert contents(connection, held) == before
        names = columns(today)
        assert columns(connection).keys() == names.keys()
        # These are found by who hears of what was accepted, which are all objects at first.
        del names["nexus", "relation"], names["vulcanus", "citable"]
        live = sorted(connection.execute("SELECT croid::text FROM catalog.ident WHERE is_live"))
        for queue in ("nexus_accepted", "vulcanus_accepted"):
            heard = f"SELECT jsonb_array_elements_text(message -> 'croids') FROM pgmq.q_{queue}"
            assert sorted(connection.execute(heard.encode())) == live != []
        # Texts are kept by who reads them next, which is whoever looks at a layer again.
        del names["vulcanus", "matched_text"]
        names["vulcanus", "layer"].remove("terms")
        names["vulcanus", "strategy"].remove("traced_index")
        # Nor is it known yet that strategies have seen all there is.
        names["vulcanus", "strategy"].remove("unseen_after")
        seen = "SELECT bool_and(is_deferred OR unseen_after = 0) FROM vulcanus.strategy"
        assert flow.one(connection, seen)
        expected = contents(today, names)
        assert flow.one(connection, "SELECT count(*) FROM catalog.abstract") == 0
        connection.execute("SELECT catalog.project(ARRAY(SELECT croid FROM catalog.ident))")
        # So are documents, and what is made with them.
        connection.execute("SELECT aquilo.index_documents(ARRAY(SELECT croid FROM catalog.ident))")
        assert contents(connection, names) == expected
        assert len(expected["catalog", "abstract"]) == 4
        assert connection.execute("SELECT to_regproc('catalog.propose')").fetchone() == (None,)
        # One form of each is left: a name with two would be none.
        for name in ("catalog.clear_releases", "nauvis.find_deposit"):
            assert flow.one(connection, f"SELECT to_regproc('{name}') IS NOT NULL")
        assert flow.changelog_faults(connection) == []


def test_an_upgraded_database_goes_on_from_where_it_was(old: str) -> None:
    migration.upgrade(old)
    with psycopg.connect(old) as connection:
        croid = flow.croid_of(connection, "10.5555/1")
        [row] = flow.revise(connection, {croid: flow.work("10.5555/1", "Later")})
        last = flow.one(connection, "SELECT max(index) FROM catalog.changelog")
        assert (row.action, row.index) == ("update", last)
        assert flow.bodies(connection)["10.5555/1"]["title"] == ["Later"]
        assert flow.changelog_faults(connection) == []


def test_a_new_strategy_looks_at_what_is_there_already(empty_database) -> None:
    upgrade_to(empty_database, "0025")
    with psycopg.connect(empty_database) as connection:
        croid = uuid4()
        connection.execute(
            "INSERT INTO vulcanus.strategy (strategy, version, kind, rank, description,"
            " inputs_index) VALUES ('affiliation-ror', '2', 'release', 10, '', 41)"
        )
        connection.execute("INSERT INTO catalog.funding VALUES (%s, 0, 'Salt Fund')", [croid])
    migration.upgrade(empty_database)
    with psycopg.connect(empty_database) as connection:
        stale = "SELECT croid FROM vulcanus.stale_layer WHERE strategy = 'funder-ror'"
        assert connection.execute(stale).fetchall() == [(croid,)]
        known = "SELECT inputs_index FROM vulcanus.strategy WHERE strategy = 'funder-ror'"
        assert flow.one(connection, known) == 41
