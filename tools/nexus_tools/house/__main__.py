"""`python -m nexus_tools.house`: prints what is out of order; exit code 1 when anything is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import psycopg

from nexus_tools.house import database_rules, python_rules, room_rules, sql_rules, text_rules
from nexus_tools.house.tree import Finding, Tree


def tree_findings(root: Path) -> Iterator[Finding]:
    """Every finding that needs no database."""
    tree = Tree(root)
    for rules in (text_rules, python_rules, sql_rules, room_rules):
        yield from rules.check(tree)


def main() -> int:
    """Check the tree, and the database where one is given."""
    parser = argparse.ArgumentParser(prog="nexus_tools.house", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the checkout")
    parser.add_argument("--database-uri", help="a migrated database to check as well")
    given = parser.parse_args()
    findings = sorted(tree_findings(given.root))
    if given.database_uri:
        with psycopg.connect(given.database_uri) as connection:
            findings += sorted(database_rules.check(connection))
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} to mend")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
