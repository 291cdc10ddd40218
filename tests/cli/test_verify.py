"""`nexus db verify` finds what was changed behind the back of the program, and mends rows."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from nexus_hub.platform import db as platform_db
from nexus_hub.platform.config import settings

OWNER = "SET session_replication_role = 'replica'"


@pytest.fixture
def filled(home, nexus) -> Callable[[str], None]:
    """A hub with two works in three revisions; a function that runs SQL as nobody should."""
    for title in ("One", "Two"):
        path = home / f"{title}.jsonl"
        works = [
            {"DOI": "10.5555/a", "title": [title], "author": [{"family": "Ng"}]},
            {"DOI": "10.5555/b", "title": ["B"]},
        ]
        path.write_text("".join(json.dumps(one | {"type": "book"}) + "\n" for one in works))
        assert nexus("load", "deposits", str(path)).exit_code == 0
        assert nexus("work", "--drain").exit_code == 0

    def corrupt(statement: str) -> None:
        import psycopg

        with psycopg.connect(platform_db.owner_uri(settings())) as connection:
            connection.execute(OWNER)
            done = connection.execute(statement.encode())
            assert done.rowcount > 0

    return corrupt


def test_what_is_whole_is_said_to_be(filled, nexus):
    result = nexus("db", "verify")
    assert result.exit_code == 0, result.output
    for line in ("chain: 2 looked at, whole", "contents: 2 looked at, whole"):
        assert line in result.output
    assert "projections: 2 looked at, whole" in result.output


def test_a_row_that_no_revision_says_is_found_and_mended(filled, nexus):
    filled("UPDATE catalog.contributor SET family_name = 'Other'")
    filled("DELETE FROM croid.identifier WHERE value = '10.5555/b'")
    result = nexus("db", "verify")
    assert result.exit_code == 1
    assert "projections: 2 looked at, 2 wrong" in result.output
    assert nexus("db", "verify").exit_code == 1
    result = nexus("db", "verify", "--repair")
    assert result.exit_code == 0, result.output
    assert result.output.count("(repaired)") == 2
    assert nexus("db", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            'UPDATE catalog.revision SET body = body || \'{"title": ["Three"]}\''
            " WHERE body ->> 'DOI' = '10.5555/b'",
            "contents: 2 looked at, 1 wrong",
        ),
        ("UPDATE catalog.part SET body = '[]'", "contents: 2 looked at, 1 wrong"),
        ("DELETE FROM catalog.part", "contents: 2 looked at, 2 wrong"),
        ("UPDATE catalog.changelog SET hash = '\\x00' WHERE index = 1", "index 1: the hash"),
        ("DELETE FROM catalog.changelog WHERE index = 2", "index 2: there is no such row"),
        ("UPDATE catalog.clock SET index = 1", "index 1: the clock"),
        ("UPDATE catalog.edit SET action = 'revert'", "index 1: the hash"),
    ],
)
def test_what_cannot_be_mended_is_found_and_stays(filled, nexus, statement: str, said: str):
    filled(statement)
    for more in ((), ("--repair",)):
        result = nexus("db", "verify", *more)
        assert result.exit_code == 1
        assert said in result.output, result.output


def test_rows_are_not_made_anew_from_content_that_is_false(filled, nexus, fresh_database):
    filled('UPDATE catalog.revision SET body = body || \'{"title": ["Three"]}\'')
    assert nexus("db", "verify", "--repair").exit_code == 1
    with fresh_database.connect() as connection:
        rows = connection.execute("SELECT title FROM catalog.release ORDER BY title").fetchall()
    assert rows == [("B",), ("Two",)]
