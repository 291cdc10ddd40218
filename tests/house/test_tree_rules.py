"""Each rule about the tree is broken once, and seen to speak; what is in order, it leaves alone."""

from pathlib import Path

import pytest

from nexus_tools.house.__main__ import tree_findings

FUNCTION_HEAD = "CREATE OR REPLACE FUNCTION nauvis.settle() RETURNS void LANGUAGE sql AS $$\n"

BROKEN = [
    ("src/nexus_hub/croid/codec.py", '"""Codec."""\n# TODO: later\n', "unfinished"),
    ("sql/croid/30_tables.sql", "-- a stub for now\n", "unfinished"),
    ("docs/index.md", "see /home/somebody/nexus\n", "machine-path"),
    ("requirements/run.txt", "--index-url https://packages.example/simple\n", "package-index"),
    ("uv.lock", "version = 1\n", "lock-file"),
    ("tests/croid/test_codec.py", "import pytest\n\n\npytest.skip()\n", "silent-skip"),
    ("src/nexus_hub/croid/utils.py", '"""Odds."""\n', "vague-name"),
    ("src/nexus_hub/croid/id_helpers.py", '"""Ends."""\n', "vague-name"),
    ("src/nexus_hub/croid/long.py", "x = 1\n" * 501, "module-size"),
    (
        "src/nexus_hub/croid/long.py",
        "def f():\n" + "    x = 1\n" * 60,
        "function-size",
    ),
    ("src/nexus_hub/croid/q.py", 'Q = "SELECT 1"\n', "sql-in-python"),
    ("src/nexus_hub/croid/q.py", 'Q = f"UPDATE {1} SET x = 1"\n', "sql-in-python"),
    ("src/nexus_hub/croid/q.py", 'Q = b"COPY a.b (x) FROM STDIN"\n', "sql-in-python"),
    ("api/nexus_api/q.py", 'run("select a, b from c.d where e = 1")\n', "sql-in-python"),
    (
        "api/nexus_api/q.py",
        'Q = """\n  -- all\n  WITH a AS (SELECT 1) SELECT 2"""\n',
        "sql-in-python",
    ),
    ("sql/croid/39_more.sql", "SELECT 1;\n", "sql-layout"),
    ("sql/croid/30_tables.sql", "SELECT 1;\n" * 251, "sql-size"),
    ("queries/croid/lease.sql", "-- name: lease_get :one\n" + "SELECT 1;\n" * 200, "sql-size"),
    ("sql/croid/30_tables.sql", f"SELECT {'x' * 100};\n", "sql-line"),
    (
        "sql/nauvis/40_functions/settle.sql",
        FUNCTION_HEAD + "SELECT 1;\n" * 120 + "$$;\n",
        "sql-function-size",
    ),
    ("sql/nauvis/40_functions/other.sql", FUNCTION_HEAD + "$$;\n", "one-object"),
    ("queries/croid/lease.sql", "-- name: get_lease :one\nSELECT 1;\n", "query-name"),
    ("queries/croid/lease.sql", "-- name: leaseGet :one\nSELECT 1;\n", "query-name"),
    ("docs/rooms/croid.md", "line\n" * 61, "room-page"),
]

IN_ORDER = [
    ("src/nexus_hub/croid/codec.py", '"""Codec."""\n\ntodo = [1]\n'),
    ("src/nexus_hub/croid/codec.py", '"""SELECT is a word a docstring may begin with."""\n'),
    ("src/nexus_hub/croid/codec.py", 'HELP = "Select the records to load from a file"\n'),
    ("src/nexus_hub/platform/db.py", 'Q = "CREATE DATABASE nexus"\n'),
    ("src/nexus_hub/croid/queries/lease.py", 'LEASE_GET = "SELECT 1"\n'),
    ("src/nexus_hub/croid/f.py", 'def f():\n    """Promise.\n' + "\n" * 70 + '    """\n'),
    ("sql/nauvis/40_functions/settle.sql", FUNCTION_HEAD + "SELECT 1;\n$$;\n"),
    ("sql/croid/60_rows.sql", "SELECT 'stub';\n"),
    ("sql/croid/30_tables.sql", f"COMMENT ON TABLE croid.lease IS '{'x' * 200}';\n"),
    ("queries/croid/lease.sql", "-- name: lease_list_by_holder :many\nSELECT 1;\n"),
    ("tests/croid/test_x.py", 'import pytest\n\n\npytest.skip(reason="no network")\n'),
    ("docs/howto/install.md", "Debian: /usr/bin/python3, data in /var/lib/nexus\n"),
]


def rules_broken(root: Path, path: str, text: str) -> set[str]:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    package = root / "src/nexus_hub/croid/__init__.py"
    package.parent.mkdir(parents=True, exist_ok=True)
    package.write_text('"""Identifiers."""\n')
    for room in ("croid", "nauvis", "platform"):
        page = root / f"docs/rooms/{room}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        if not page.exists():
            page.write_text(f"# {room}\n")
    return {finding.rule for finding in tree_findings(root)}


@pytest.mark.parametrize(("path", "text", "rule"), BROKEN)
def test_broken_rule_is_named(tmp_path: Path, path: str, text: str, rule: str) -> None:
    assert rules_broken(tmp_path, path, text) == {rule}


@pytest.mark.parametrize(("path", "text"), IN_ORDER)
def test_what_is_in_order_passes(tmp_path: Path, path: str, text: str) -> None:
    assert rules_broken(tmp_path, path, text) == set()


def test_room_without_page_is_found(tmp_path: Path) -> None:
    module = tmp_path / "src/nexus_hub/gleba/service.py"
    module.parent.mkdir(parents=True)
    module.write_text('"""Reports."""\n')
    (finding,) = tree_findings(tmp_path)
    assert str(finding) == "docs/rooms/gleba.md: room-page: write the page of the room gleba"


def test_finding_names_file_and_line(tmp_path: Path) -> None:
    module = tmp_path / "src/nexus_hub/cli/q.py"
    module.parent.mkdir(parents=True)
    module.write_text('"""Queries."""\n\nQ = "DELETE FROM a.b"\n')
    (finding,) = tree_findings(tmp_path)
    assert str(finding).startswith("src/nexus_hub/cli/q.py:3: sql-in-python: ")


def test_path_of_this_checkout_is_found(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(f"lies in {tmp_path.resolve()}/data\n")
    assert {finding.rule for finding in tree_findings(tmp_path)} == {"machine-path"}
