"""The schema as text: what sqlc can read, and what two databases are compared by."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from pgmq.install import install_pgmq_from_sql

from nexus_tools import sqlc_run
from nexus_tools.schema_snapshot import SNAPSHOT, normalised_dump, snapshot

if TYPE_CHECKING:
    from tools.conftest import Workshop

MODERN = (Path(__file__).parent / "sample" / "modern.sql").read_text()
QUERIES = """\
-- name: stay_list :many
SELECT a.room, a.spoils_at, a.is_far, g.guest_id, g.name, s.doubled
FROM modern.stay_age AS a
JOIN modern.stay_guest AS g ON g.room = a.room
JOIN modern.stay AS s ON s.room = a.room;

-- name: message_send :many
SELECT pgmq.send(@queue, @message, @delay_s::integer)::bigint AS msg_id;

-- name: message_archive :many
SELECT pgmq.archive(@queue, @msg_ids::bigint []);
"""


@pytest.fixture(scope="module")
def modern_uri(make_database: Callable[[str], str]) -> str:
    """A database with what PostgreSQL 18 is ahead of sqlc in, and with pgmq."""
    uri = make_database("modern")
    with psycopg.connect(uri) as connection:
        connection.execute(MODERN.encode())
        install_pgmq_from_sql(conn=connection)
        connection.execute("SELECT pgmq.create('some_queue')")
    return uri


@pytest.fixture(scope="module")
def changing_uri(make_database: Callable[[str], str]) -> str:
    """A database that tests may change."""
    uri = make_database("changing")
    with psycopg.connect(uri) as connection:
        connection.execute(MODERN.encode())
    return uri


@pytest.fixture(scope="module")
def text(modern_uri: str) -> str:
    """The snapshot of that database."""
    return snapshot(modern_uri)


def test_snapshot_is_without_what_sqlc_cannot_read(text: str) -> None:
    for word in ("TRIGGER ", "POLICY", "GRANT", "OVERLAPS", "ENFORCED", "FOREIGN", "restrict"):
        assert not re.search(rf"^(?!--).*\b{word}", text.replace("RETURNS trigger", ""), re.M), word
    assert "doubled integer GENERATED ALWAYS AS ((room * 2)) STORED,\n" in text
    assert "tripled integer GENERATED ALWAYS AS ((room * 3)) STORED CONSTRAINT" in text
    assert "OWNER TO" not in text
    assert "SET " not in re.sub(r"(?s)\$\$.*?\$\$", "", text)


def test_snapshot_keeps_what_reviewers_want(text: str) -> None:
    assert "CREATE INDEX guest_name_idx" in text
    assert "IS 'Who slept where; it''s \"temporal\".';" in text
    assert "-- Name: not a heading\n" in text


def test_views_have_the_types_the_database_gives(text: str) -> None:
    assert (
        "CREATE TABLE modern.stay_age (\n    room integer NOT NULL,\n"
        "    spoils_at timestamp with time zone,\n"
        "    opened_at timestamp with time zone NOT NULL,\n    is_far boolean\n);"
    ) in text
    assert "CREATE TABLE modern.stay_room (\n    room integer NOT NULL\n);" in text
    assert (
        "modern.stay_guest (\n    room integer,\n    name text,\n    guest_id integer\n);" in text
    )
    assert "CREATE TABLE modern.guest_count (\n    guest_count bigint\n);" in text
    assert "COMMENT ON TABLE modern.stay_age IS 'How fresh.';" in text


def test_pgmq_is_reduced_to_what_queries_call(text: str) -> None:
    assert len(re.findall(r"CREATE FUNCTION pgmq\.send\(", text)) == 3
    assert "CREATE FUNCTION pgmq.send(queue_name text, msg jsonb, delay integer)" in text
    assert "CREATE FUNCTION pgmq.archive(queue_name text, msg_ids bigint[])" in text
    assert "some_queue" not in text
    assert not re.search(r"FUNCTION pgmq\.[^;]*\$\$", text)


def test_sqlc_reads_the_snapshot(
    workshop: Workshop, modern_uri: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / "schema.sql").write_text(text)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "stay.sql").write_text(QUERIES)
    made = type(workshop)(tmp_path, modern_uri)
    made.configure("out")
    done = made.run()
    assert done.returncode == 0, done.stderr
    module = (tmp_path / "out" / "stay.py").read_text()
    assert "    spoils_at: datetime.datetime | None\n    is_far: bool | None\n" in module
    assert "    guest_id: int | None\n    name: str | None\n    doubled: int | None\n" in module
    assert "message: str, delay_s: int" in module


def test_equal_schemas_have_equal_dumps(
    modern_uri: str, make_database: Callable[[str], str]
) -> None:
    other = make_database("modern_again")
    with psycopg.connect(other) as connection:
        connection.execute(re.sub(r"(?m)^GRANT .*$", "", MODERN).encode())
        connection.execute("GRANT SELECT ON modern.guest TO pg_read_all_stats")
        connection.execute("GRANT SELECT ON modern.guest TO pg_monitor")
    mine = normalised_dump(modern_uri, exclude_schemas=("pgmq",))
    assert normalised_dump(other, exclude_schemas=("pgmq",)) == mine


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER guest_is_stamped ON modern.guest",
        "ALTER TABLE modern.guest DROP CONSTRAINT guest_stays",
        "DROP POLICY everybody ON modern.guest",
        "REVOKE SELECT ON modern.guest FROM pg_monitor",
        "ALTER TABLE modern.guest OWNER TO pg_monitor",
        "ALTER TABLE modern.guest ALTER COLUMN name SET STORAGE EXTERNAL",
        "COMMENT ON VIEW modern.stay_age IS 'How old.'",
    ],
)
def test_any_difference_shows(changing_uri: str, change: str) -> None:
    before = normalised_dump(changing_uri)
    with psycopg.connect(changing_uri) as connection:
        connection.execute(change.encode())
    assert normalised_dump(changing_uri) != before


ROOM_QUERY = "-- name: {name} :many\nSELECT s.room FROM modern.stay AS s;\n"


@pytest.fixture
def checkout(text: str, tmp_path: Path) -> Path:
    """A tree with a snapshot, a room with queries and a room without."""
    (tmp_path / SNAPSHOT).parent.mkdir()
    (tmp_path / SNAPSHOT).write_text(text)
    for room in ("gleba", "croid"):
        (tmp_path / "queries" / room).mkdir(parents=True)
    (tmp_path / "queries" / "gleba" / "stay.sql").write_text(ROOM_QUERY.format(name="stay_list"))
    return tmp_path


def test_modules_are_made_checked_and_cleared_away(modern_uri: str, checkout: Path) -> None:
    queries = checkout / "queries" / "gleba"
    (queries / "other.sql").write_text(ROOM_QUERY.format(name="other_list"))
    folder = "src/nexus_hub/gleba/queries"
    made = sqlc_run.generate(modern_uri, checkout, False)
    names = [f"{folder}/{name}.py" for name in ("__init__", "other", "stay")]
    assert made == ["sqlc.yaml", *names]
    assert "croid" not in (checkout / "sqlc.yaml").read_text()
    assert sqlc_run.generate(modern_uri, checkout, True) == []

    (queries / "stay.sql").write_text(ROOM_QUERY.format(name="stay_list_again"))
    (queries / "other.sql").unlink()
    assert sqlc_run.generate(modern_uri, checkout, True) == [names[2], names[1]]
    assert sqlc_run.generate(modern_uri, checkout, False) == [names[2], names[1]]
    assert sorted(path.name for path in (checkout / folder).iterdir()) == ["__init__.py", "stay.py"]


def test_a_wrong_query_stops_the_generator(
    modern_uri: str, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "-- name: stay_list :many\nSELECT s.nope FROM modern.stay AS s;"
    (checkout / "queries" / "gleba" / "stay.sql").write_text(wrong)
    with pytest.raises(subprocess.CalledProcessError):
        sqlc_run.generate(modern_uri, checkout, False)
    assert "s.nope does not exist" in capsys.readouterr().err
