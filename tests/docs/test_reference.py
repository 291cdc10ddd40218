"""What exists is in the reference, and the reference is what the generator writes."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nexus_hub.platform.config import Settings
from nexus_tools import documentation
from nexus_tools.documentation import command_pages, http_pages

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def page(name: str) -> str:
    return (REFERENCE / name).read_text()


def missing(sql: str, connection: psycopg.Connection[Any], text: str) -> list[str]:
    return [name for (name,) in connection.execute(sql.encode()) if name not in text]


def test_reference_is_as_generated(database: Any) -> None:
    assert documentation.generate(database.owner_uri, ROOT, True) == []


def test_drift_and_stale_pages_are_named_and_mended(database: Any, tmp_path: Path) -> None:
    shutil.copytree(REFERENCE, tmp_path / "docs" / "reference")
    (tmp_path / "api").mkdir()
    shutil.copy(ROOT / "api" / "openapi.json", tmp_path / "api")
    errors = tmp_path / "docs" / "reference" / "errors.md"
    errors.write_text(errors.read_text().replace("NX001", "NX002"))
    (tmp_path / "docs" / "reference" / "gone.md").write_text("# Gone\n")
    wrong = ["docs/reference/errors.md", "docs/reference/gone.md"]
    assert documentation.generate(database.owner_uri, tmp_path, True) == wrong
    assert documentation.generate(database.owner_uri, tmp_path, False) == wrong
    assert documentation.generate(database.owner_uri, tmp_path, True) == []


def test_every_error_is_described(db: psycopg.Connection[Any]) -> None:
    assert missing("SELECT '### ' || slug FROM platform.error", db, page("errors.md")) == []
    assert missing("SELECT meaning FROM platform.error", db, page("errors.md")) == []


def test_every_queue_is_described(db: psycopg.Connection[Any]) -> None:
    text = page("queues.md")
    assert missing("SELECT '`' || queue || '` | ' FROM platform.subscription", db, text) == []
    assert missing("SELECT event FROM platform.subscription", db, text) == []


@pytest.mark.parametrize("kind", ["tables", "views"])
def test_every_table_and_view_is_described(db: psycopg.Connection[Any], kind: str) -> None:
    text = "".join(file.read_text() for file in (REFERENCE / "database").glob("*.md"))
    relations = (
        f"SELECT '### ' || schemaname || '.' || {kind[:-1]}name FROM pg_catalog.pg_{kind}"
        " WHERE schemaname !~ '^pg_' AND schemaname NOT IN"
        " ('information_schema', 'public', 'pgmq', 'procrastinate')"
        f" AND {kind[:-1]}name <> 'alembic_version'"
    )
    assert missing(relations, db, text) == []


def test_every_command_is_described() -> None:
    from nexus_hub.cli.main import app

    names = [name for name, _ in command_pages.commands(app)]
    assert [name for name in names if f"## {name}\n" not in page("commands.md")] == []
    documented = re.findall(r"^## (nexus.*)$", page("commands.md"), re.MULTILINE)
    assert documented == names


def test_every_setting_is_described() -> None:
    names = [f"NEXUS_{name}".upper() for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in page("settings.md")] == []
    assert all(field.description for field in Settings.model_fields.values())


def test_every_route_is_described() -> None:
    document = json.loads((ROOT / "api" / "openapi.json").read_text())
    routes = [f"## {method} {path}\n" for method, path, _ in http_pages.routes(document)]
    assert routes
    assert [route for route in routes if route not in page("http.md")] == []
