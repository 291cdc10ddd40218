"""What a replica has yet to apply is read from the messages that PostgreSQL would send it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from nexus_hub.platform.queries import replication as q
from nexus_hub.platform.replication import Pending, read_pending


@pytest.fixture
def slot(fresh_database) -> Any:
    """A slot of a database of the test's own, whose publication holds one small table."""
    name = f"nexus_test_{uuid4().hex[:12]}"
    with psycopg.connect(fresh_database.owner_uri, autocommit=True) as connection:
        connection.execute("CREATE TABLE public.shelf (id int PRIMARY KEY, n text, large text)")
        connection.execute("ALTER TABLE public.shelf ALTER large SET STORAGE EXTERNAL")
        connection.execute("ALTER PUBLICATION nexus_changelog SET TABLE public.shelf")
        q.replication_slot_create(connection, name=name)
        yield connection, name
        q.replication_slot_drop(connection, name=name)


def test_changes_are_read_as_text_by_column(slot) -> None:
    connection, name = slot
    connection.execute(
        "INSERT INTO shelf VALUES (1, 'ä ''quoted''', repeat('x', 9000)), (2, NULL, NULL)"
    )
    connection.execute("UPDATE shelf SET n = 'new' WHERE id = 1")
    connection.execute("UPDATE shelf SET id = 3 WHERE id = 2")
    connection.execute("DELETE FROM shelf WHERE id = 1")
    pending = read_pending(q.replication_slot_peek(connection, name=name, limit_count=100), 0)
    assert pending == {
        "public.shelf": Pending(
            inserted=[
                {"id": "1", "n": "ä 'quoted'", "large": "x" * 9000},
                {"id": "2", "n": None, "large": None},
            ],
            # What is large and did not change is not sent.
            updated=[{"id": "1", "n": "new"}, {"id": "3", "n": None, "large": None}],
            touched=[{"id": "1"}, {"id": "2"}, {"id": "1"}],
        )
    }


def test_a_row_that_is_made_anew_is_not_in_its_own_way(slot) -> None:
    connection, name = slot
    connection.execute("INSERT INTO shelf VALUES (1, 'there')")
    applied = q.replication_position(connection)
    with connection.transaction():
        connection.execute("DELETE FROM shelf")
        connection.execute("INSERT INTO shelf VALUES (1, 'again'), (2, 'new')")
    messages = q.replication_slot_peek(connection, name=name, limit_count=100)
    (pending,) = read_pending(messages, applied).values()
    assert [row["n"] for row in pending.inserted] == ["new"]
    assert [row["n"] for row in pending.updated] == ["again"]


def test_what_was_applied_is_left_out(slot) -> None:
    connection, name = slot
    connection.execute("INSERT INTO shelf VALUES (1)")
    applied = q.replication_position(connection)
    connection.execute("INSERT INTO shelf VALUES (2)")
    messages = q.replication_slot_peek(connection, name=name, limit_count=100)
    (pending,) = read_pending(messages, applied).values()
    assert [row["id"] for row in pending.inserted] == ["2"]
    assert read_pending(messages, q.replication_position(connection)) == {}
