"""Every SQL file of these folders is run in a transaction of its own and rolled back."""

import re
from pathlib import Path

import psycopg
import pytest

HERE = Path(__file__).parent
ROOMS = sorted(
    folder.name for folder in HERE.iterdir() if folder.is_dir() and list(folder.glob("*.sql"))
)


@pytest.mark.parametrize(
    "name", sorted(str(file.relative_to(HERE)) for file in HERE.glob("*/*.sql"))
)
def test_file(db: psycopg.Connection, name: str) -> None:
    db.execute((HERE / name).read_bytes())


def test_a_failing_assertion_fails(db: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.AssertFailure):
        db.execute("DO $$ BEGIN ASSERT 1 = 2; END $$")


def test_every_function_is_called_by_a_file_of_its_room(db: psycopg.Connection) -> None:
    functions = db.execute(
        "SELECT n.nspname, p.proname FROM pg_proc AS p"
        " JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname = ANY (%s)",
        [ROOMS],
    ).fetchall()
    assert len(functions) > 60
    texts = {room: "".join(f.read_text() for f in (HERE / room).glob("*.sql")) for room in ROOMS}
    missing = [
        f"{room}.{name}"
        for room, name in functions
        if not re.search(rf"\b{room}\.{name}\s*\(", texts[room])
    ]
    assert missing == []


def test_every_room_with_functions_has_files(db: psycopg.Connection) -> None:
    rooms = db.execute(
        "SELECT DISTINCT n.nspname FROM pg_proc AS p"
        " JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " JOIN pg_roles AS r ON r.oid = n.nspowner"
        " WHERE r.rolname = 'nexus_owner' AND n.nspname NOT IN ('pgmq', 'procrastinate')"
    ).fetchall()
    assert {room for (room,) in rooms} == set(ROOMS)
