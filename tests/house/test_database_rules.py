"""Each rule about the database is broken once in a schema of its own, and seen to speak."""

import psycopg
import pytest

from nexus_tools.house import database_rules

SECURE = "LANGUAGE sql SECURITY DEFINER"
PATH = "SET search_path = pg_catalog, pg_temp"

BROKEN = [
    ("CREATE TABLE crooked.plan (x text)", "comment-missing", "table or view crooked.plan"),
    ("CREATE VIEW crooked.plan AS SELECT 1 AS x", "comment-missing", "table or view crooked.plan"),
    ("CREATE TYPE crooked.mood AS ENUM ('a')", "comment-missing", "type crooked.mood"),
    ("CREATE TYPE crooked.pair AS (a text)", "comment-missing", "type crooked.pair"),
    (
        "CREATE FUNCTION crooked.act() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "comment-missing",
        "function crooked.act()",
    ),
    (
        "CREATE TABLE crooked.plan (x text); CREATE INDEX plan_x_idx ON crooked.plan (x)",
        "comment-missing",
        "index crooked.plan_x_idx",
    ),
    (
        "CREATE TABLE crooked.plan (body jsonb)",
        "column-comment-missing",
        "column crooked.plan.body",
    ),
    (
        "CREATE TABLE crooked.plan (names text[])",
        "column-comment-missing",
        "column crooked.plan.names",
    ),
    (
        f"CREATE FUNCTION crooked.act() RETURNS int {SECURE} AS 'SELECT 1'",
        "search-path-missing",
        "function crooked.act()",
    ),
    (
        f"CREATE FUNCTION crooked.act() RETURNS int {SECURE} {PATH} AS 'SELECT 1'",
        "public-execute",
        "function crooked.act()",
    ),
    (
        "CREATE FUNCTION crooked.act() RETURNS void LANGUAGE plpgsql AS"
        " 'DECLARE _a int; found int := 1; BEGIN END'",
        "local-without-underscore",
        "function crooked.act(), local found",
    ),
    (
        "CREATE FUNCTION crooked.act() RETURNS void LANGUAGE plpgsql AS"
        " 'BEGIN FOR i IN 1..2 LOOP END LOOP; END'",
        "local-without-underscore",
        "function crooked.act(), local i",
    ),
    (
        "CREATE TABLE crooked.plan (x text); CREATE INDEX by_x ON crooked.plan (x)",
        "index-name",
        "index crooked.by_x",
    ),
    (
        "CREATE TABLE crooked.plan (x int CHECK (x > 0))",
        "check-name",
        "constraint plan_x_check of crooked.plan",
    ),
    ("CREATE TABLE crooked.plans (x text)", "table-name", "table crooked.plans"),
    (
        "CREATE FUNCTION crooked.crooked_act() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "function-name",
        "function crooked.crooked_act()",
    ),
    (
        "CREATE TABLE crooked.plan (x text);"
        " CREATE FUNCTION crooked.plan_make() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "function-name",
        "function crooked.plan_make()",
    ),
    (
        "CREATE TABLE crooked.plan (made timestamptz)",
        "time-name",
        "column crooked.plan.made",
    ),
    (
        "CREATE TABLE crooked.plan (made_at timestamp)",
        "time-name",
        "column crooked.plan.made_at",
    ),
]

IN_ORDER = f"""
CREATE TABLE crooked.plan (
  x text CONSTRAINT x_is_given CHECK (x <> ''), body jsonb, content_hash bytea, made_at timestamptz
);
COMMENT ON TABLE crooked.plan IS 'What is meant to happen.';
COMMENT ON COLUMN crooked.plan.body IS 'Array of steps.';
CREATE INDEX plan_x_idx ON crooked.plan (x);
COMMENT ON INDEX crooked.plan_x_idx IS 'Serves plan_get.';
CREATE TABLE crooked.series (x text PRIMARY KEY);
COMMENT ON TABLE crooked.series IS 'Singular and plural alike.';
CREATE FUNCTION crooked.act() RETURNS void LANGUAGE plpgsql SECURITY DEFINER {PATH}
AS 'DECLARE _a int; /* ; */ -- a; b
BEGIN FOR _i IN 1..2 LOOP END LOOP; END';
COMMENT ON FUNCTION crooked.act() IS 'Act.';
REVOKE EXECUTE ON FUNCTION crooked.act() FROM PUBLIC;
CREATE FUNCTION crooked.list_plans() RETURNS TABLE (plan text) LANGUAGE plpgsql AS
'BEGIN FOR plan IN SELECT p.x FROM crooked.plan AS p LOOP RETURN NEXT; END LOOP; END';
COMMENT ON FUNCTION crooked.list_plans() IS 'Every plan.';
"""


@pytest.fixture
def crooked(db: psycopg.Connection) -> psycopg.Connection:
    db.execute("CREATE SCHEMA crooked")
    db.execute("COMMENT ON SCHEMA crooked IS 'Where rules are broken.'")
    return db


def findings(connection: psycopg.Connection) -> list[tuple[str, str]]:
    return [(f.rule, f.path) for f in database_rules.check(connection) if "crooked" in f.path]


@pytest.mark.parametrize(("script", "rule", "found"), BROKEN)
def test_broken_rule_names_the_object(
    crooked: psycopg.Connection, script: str, rule: str, found: str
) -> None:
    crooked.execute(script.encode())
    assert (rule, found) in findings(crooked)


def test_what_is_in_order_passes(crooked: psycopg.Connection) -> None:
    crooked.execute(IN_ORDER.encode())
    assert findings(crooked) == []


def test_schema_without_comment_is_found(crooked: psycopg.Connection) -> None:
    crooked.execute("COMMENT ON SCHEMA crooked IS NULL")
    assert findings(crooked) == [("comment-missing", "schema crooked")]


def test_every_rule_says_what_to_do() -> None:
    for rule in database_rules.RULES.glob("*.sql"):
        assert rule.read_text().startswith("-- "), rule.name
