"""What generated modules look like, and what the plugin refuses."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec
import pytest

from nexus_tools.sqlc_gen import generate
from nexus_tools.sqlc_request import CodegenError, read_request

if TYPE_CHECKING:
    from tools.conftest import Workshop


WRONG = {
    "no_such_type": (":one\nSELECT (1, 'b')::yard.pair AS p;", '"p": unknown type "yard.pair"'),
    "enum_array": (":one\nSELECT m.states FROM yard.mark AS m;", "select it as states::text[]"),
    "command": (":execresult\nSELECT 1;", ":execresult is not one of"),
    "column": (":one\n-- not null: b\nSELECT 1 AS a;", "columns it does not return: b"),
    "parameter": (":one\n-- json objects: b\nSELECT @a::jsonb;", "parameters it lacks: b"),
    "names": (":one\n-- parameters: b, c\nSELECT @a::text;", "names 2 parameters"),
    "nothing": (":many\nLISTEN yard;", ":many needs a query that returns columns"),
}
RIGHT = {
    "note_add": ":exec\nINSERT INTO yard.label (parcel_id, n) VALUES (@id, @n);",
    "body_set": ":exec\nUPDATE yard.parcel SET body = @body;",
    "pair_list": ":many\nSELECT p.doi, l.note, (1, 'b')::yard.pair AS pair\n"
    "FROM yard.parcel AS p, yard.label AS l;",
}
RULES = ["--select", "E,F,I,W,B,C4,ANN,SIM,UP", "--ignore", "E501,ANN401"]
RECORDER = """#!/bin/sh
cat > request.json
echo '{"files": []}'
"""


@pytest.fixture(scope="module")
def recorded(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What sqlc sends a plugin for queries right and wrong."""
    folder = tmp_path_factory.mktemp("recorder")
    shutil.copy(workshop.folder / "schema.sql", folder)
    (folder / "queries").mkdir()
    queries = {name: query for name, (query, _) in WRONG.items()} | RIGHT
    text = "\n\n".join(f"-- name: {name} {query}" for name, query in queries.items())
    (folder / "queries" / "some.sql").write_text(text)
    made = type(workshop)(folder, workshop.uri)
    made.configure("out")
    config = folder / "sqlc.yaml"
    config.write_text(config.read_text().replace("nexus-sqlc-gen", "./recorder"))
    (folder / "recorder").write_text(RECORDER)
    (folder / "recorder").chmod(0o755)
    done = made.run()
    assert done.returncode == 0, done.stderr
    return (folder / "request.json").read_bytes()


def compiled(recorded: bytes, name: str, *, filename: str = "some.sql", **options: object) -> str:
    """The module made of one of the recorded queries."""
    request = msgspec.json.decode(recorded)
    request["queries"] = [
        query | {"filename": filename} for query in request["queries"] if query["name"] == name
    ]
    plain = {"package": "out", "default_schema": "yard"} | options
    request["plugin_options"] = base64.b64encode(msgspec.json.encode(plain)).decode()
    return generate(*read_request(msgspec.json.encode(request)))[Path(filename).stem + ".py"]


def test_sources_are_formatted_sorted_and_typed(workshop: Workshop) -> None:
    package = workshop.folder / "sample_queries"
    scripts = Path(sys.executable).parent
    for command in (
        ["ruff", "format", "--isolated", "--line-length", "100", "--check", "."],
        ["ruff", "check", "--isolated", "--target-version", "py311", *RULES, "."],
        ["ty", "check", "--python", sys.executable, "--project", "..", "."],
    ):
        done = subprocess.run(
            [scripts / command[0], *command[1:]],
            cwd=package,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_generating_again_changes_nothing(workshop: Workshop) -> None:
    done = workshop.run("diff")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_the_database_can_prepare_every_query(workshop: Workshop) -> None:
    done = workshop.run("vet")
    assert done.returncode == 0, done.stderr


def test_comments_become_docstrings(modules: Callable[[str], ModuleType]) -> None:
    source, models = modules("parcel"), modules("models")
    assert source.__doc__ == "Parcels as they came in."
    assert source.parcel_get.__doc__ == 'The parcel with this id, 100 % as "it" was (\\d).'
    assert source.parcel_get_doi_async.__doc__ == "Its DOI alone."
    assert source.parcel_echo.__doc__ == "Give arrays back as rows; it's a mirror."
    assert source.parcel_list.__doc__ == "On `yard.parcel`: What was received, as it was."
    assert source.parcel_touch.__doc__ == "Run `parcel_touch`."
    assert models.State.__doc__ == "How far a parcel is."
    assert models.Parcel.__doc__ == "What was received, as it was."


def test_models_hold_what_queries_use_and_no_more(modules: Callable[[str], ModuleType]) -> None:
    models = modules("models")
    own = {name for name, value in vars(models).items() if isinstance(value, type)}
    own = {name for name in own if getattr(models, name).__module__ == models.__name__}
    assert own == {"State", "OtherMood", "Parcel", "Label"}
    assert list(models.State) == ["new", "in-progress", "2nd try"]


def test_modules_say_where_they_come_from(workshop: Workshop) -> None:
    text = (workshop.folder / "sample_queries" / "label.py").read_text()
    first = text.splitlines()[0]
    assert first == "# GENERATED by nexus-sqlc-gen from queries/label.sql; edit the SQL instead."


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_done_is_named(recorded: bytes, name: str) -> None:
    with pytest.raises(CodegenError, match=re.escape(WRONG[name][1])) as caught:
        compiled(recorded, name)
    assert str(caught.value).startswith(f"queries/some.sql: {name}: ")


def test_sqlc_fails_with_the_words_of_the_plugin(workshop: Workshop, tmp_path: Path) -> None:
    shutil.copy(workshop.folder / "schema.sql", tmp_path)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "some.sql").write_text(f"-- name: a {WRONG['no_such_type'][0]}")
    made = type(workshop)(tmp_path, workshop.uri)
    made.configure("out")
    done = made.run()
    assert done.returncode == 1
    assert 'queries/some.sql: a: column "p": unknown type "yard.pair"' in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"colour": "red"}, "unknown field `colour`"),
        ({"emit_exact_table_names": False}, "emit_exact_table_names"),
        ({"overrides": [{"py_type": "int"}]}, "give db_type or column"),
    ],
)
def test_wrong_options_are_refused(
    recorded: bytes, options: dict[str, object], complaint: str
) -> None:
    with pytest.raises(CodegenError, match=complaint):
        compiled(recorded, "note_add", **options)


@pytest.mark.parametrize("filename", ["class.sql", "two-words.sql", "models.sql"])
def test_a_file_that_cannot_be_a_module_is_refused(recorded: bytes, filename: str) -> None:
    with pytest.raises(CodegenError, match="the name cannot be a module's"):
        compiled(recorded, "note_add", filename=filename)


def test_only_what_is_asked_for_is_written(recorded: bytes) -> None:
    text = compiled(recorded, "note_add", emit_sync_querier=False)
    assert "def note_add_async(" in text
    assert "def note_add(" not in text
    text = compiled(recorded, "note_add", emit_async_querier=False)
    assert "def note_add(" in text
    assert "async" not in text


def test_many_parameters_go_in_a_record_where_a_limit_is_set(recorded: bytes) -> None:
    text = compiled(recorded, "note_add", query_parameter_limit=1)
    assert "def note_add(conn: Connection[Any], *, arg: NoteAddParams) -> None:" in text
    assert '{"id": arg.id, "n": arg.n}' in text
    assert "NoteAddParams" not in compiled(recorded, "note_add", query_parameter_limit=2)


def test_overrides_change_annotations_by_type_and_by_column(recorded: bytes) -> None:
    overrides = [
        {"db_type": "yard.pair", "py_type": "str"},
        {"db_type": "yard.doi", "py_type": "Doi", "py_import": "library.doi"},
        {"column": "yard.label.note", "py_type": "Note", "py_import": "library.note"},
    ]
    text = compiled(recorded, "pair_list", overrides=overrides)
    assert "from library.doi import Doi\nfrom library.note import Note\n" in text
    assert "    doi: Doi\n    note: Note | None\n    pair: str" in text


def test_json_objects_can_be_the_rule(recorded: bytes) -> None:
    assert '{"body": Jsonb(body)}' in compiled(recorded, "body_set", json_objects=True)
    assert '{"body": body}' in compiled(recorded, "body_set")
