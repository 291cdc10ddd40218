"""The command that makes or checks what is generated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tools.generate import GENERATORS, main, name_of
from nexus_tools.schema_snapshot import SNAPSHOT

if TYPE_CHECKING:
    import pytest

    from databases import Database


def test_check_fails_until_the_file_is_made(
    fresh_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--only", "schema_snapshot", "--root", str(tmp_path)]
    arguments += ["--database-uri", fresh_database.owner_uri]
    assert main([*arguments, "--check"]) == 1
    assert capsys.readouterr().out == f"drifted: {SNAPSHOT}\n"
    assert not (tmp_path / SNAPSHOT).exists()
    assert main(arguments) == 0
    assert main([*arguments, "--check"]) == 0
    assert "CREATE TABLE catalog.ident (" in (tmp_path / SNAPSHOT).read_text()


def test_generators_have_names_of_their_own() -> None:
    names = [name_of(generator) for generator in GENERATORS]
    assert len(set(names)) == len(names)
