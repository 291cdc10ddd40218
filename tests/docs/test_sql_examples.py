"""The SQL on the pages of the rooms runs, with no more rights than a reader has."""

import re
from pathlib import Path
from typing import Any

import pytest

ROOMS = Path(__file__).parents[2] / "docs" / "rooms"
EXAMPLES = [
    (page.stem, statement)
    for page in sorted(ROOMS.glob("*.md"))
    for block in re.findall(r"^```sql\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
    for statement in block.split(";\n")
    if statement.strip()
]


@pytest.mark.parametrize(("room", "statement"), EXAMPLES)
def test_example_runs_as_nexus_dba(database: Any, room: str, statement: str) -> None:
    with database.connect("nexus_dba") as connection:
        assert connection.execute(statement.encode()).description is not None


def test_every_room_shows_how_to_look_at_it() -> None:
    pages = {page.stem for page in ROOMS.glob("*.md")}
    assert {room for room, _ in EXAMPLES} == pages
