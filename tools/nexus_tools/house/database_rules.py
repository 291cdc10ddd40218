"""Rules about a migrated database: one SQL file each in `database/`.

The first line of a file is a comment that says what to do; the query returns one column, `object`,
with a row for each object that breaks the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from nexus_tools.house.tree import Finding

RULES = Path(__file__).parent / "database"


def check(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    """All findings in the database of this connection."""
    for rule in sorted(RULES.glob("*.sql")):
        query = rule.read_text(encoding="utf-8")
        advice = query.split("\n", 1)[0].removeprefix("-- ")
        for (found,) in connection.execute(query.encode()):
            yield Finding(str(found), 0, rule.stem.replace("_", "-"), advice)
