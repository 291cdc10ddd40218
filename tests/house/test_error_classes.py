"""The exceptions of Python are the rows of `platform.error`, whatever their sentences contain."""

import importlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.platform.errors import NexusError
from nexus_tools import error_classes
from nexus_tools.error_classes import ErrorRow

SENTENCE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), include_characters=' "\\'),
    min_size=1,
    max_size=300,
).filter(str.strip)


def made(row: ErrorRow) -> type[NexusError]:
    known = dict(NexusError.by_sqlstate)
    namespace: dict[str, Any] = {}
    try:
        exec(compile(error_classes.module("croid", [row]), "errors.py", "exec"), namespace)
    finally:
        NexusError.by_sqlstate.clear()
        NexusError.by_sqlstate.update(known)
    return namespace[row.class_name]


@settings(max_examples=25, deadline=None)
@given(meaning=SENTENCE, hint=st.none() | SENTENCE)
def test_class_says_what_the_row_says(meaning: str, hint: str | None) -> None:
    meaning = " ".join(meaning.split())
    error = made(ErrorRow("NX199", "lease-held", 409, meaning, hint))
    assert (error.slug, error.sqlstate, error.http_status) == ("lease-held", "NX199", 409)
    assert error.meaning == meaning
    assert error.hint == hint
    assert " ".join((error.__doc__ or "").split()) == meaning


def test_every_row_has_its_class(database: Any) -> None:
    rows = [
        row
        for row in error_classes.rows(database.owner_uri)
        if row.sqlstate != error_classes.ROOT_SQLSTATE
    ]
    for row in rows:
        module = error_classes.module_path(row.room).removeprefix("src/").removesuffix(".py")
        error = getattr(importlib.import_module(module.replace("/", ".")), row.class_name)
        assert (error.sqlstate, error.slug, error.http_status, error.meaning, error.hint) == (
            row.sqlstate,
            row.slug,
            row.http_status,
            row.meaning,
            row.hint,
        )
    assert rows


def test_drift_is_named_and_mended(database: Any, tmp_path: Any) -> None:
    written = error_classes.generate(database.owner_uri, tmp_path, False)
    assert "src/nexus_hub/platform/error_classes.py" in written
    assert error_classes.generate(database.owner_uri, tmp_path, True) == []
    (tmp_path / "src/nexus_hub/platform/error_classes.py").write_text("")
    drifted = error_classes.generate(database.owner_uri, tmp_path, True)
    assert drifted == ["src/nexus_hub/platform/error_classes.py"]


@pytest.mark.parametrize(
    ("sqlstate", "path"),
    [
        ("NX001", "src/nexus_hub/platform/error_classes.py"),
        ("NX201", "src/nexus_hub/catalog/errors.py"),
        ("NX901", "src/nexus_hub/ingest/errors.py"),
    ],
)
def test_digit_says_whose_error_it_is(sqlstate: str, path: str) -> None:
    assert error_classes.module_path(ErrorRow(sqlstate, "x", 400, "", None).room) == path
