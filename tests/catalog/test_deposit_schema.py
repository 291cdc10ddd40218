"""The published schema, the meanings and the registry say what the reader does."""

import copy
import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from nexus_hub.catalog.canonical import encode, pointer_to
from nexus_hub.catalog.crossref import normalise_work
from nexus_hub.catalog.crossref_forms import TYPES
from nexus_hub.catalog.crossref_members import WORK_MEMBERS
from nexus_hub.catalog.deposit_schema import documents, members, schema
from nexus_hub.catalog.meanings import MEANINGS, meaning_of
from nexus_hub.catalog.record_types import RECORD_TYPES, find_missing
from nexus_hub.catalog.records import ENVELOPE_MEMBERS, read_deposit
from nexus_hub.nauvis.envelope import read_incoming

SAMPLE = Path(__file__).parents[2] / "src" / "nexus_hub" / "sample" / "deposits.jsonl"
VALIDATOR = Draft202012Validator(schema())
WRONG = st.sampled_from(
    [7, -1.5, True, "", "x", "2024", [], ["x"], [[]], [7], {}, {"x": "y"}, [{"name": 7}], [{}]]
)


@cache
def sample() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in SAMPLE.read_text().splitlines())


def example() -> dict[str, Any]:
    """A work with every member there is, as the meanings show them."""
    return {
        name: meaning_of("work", name).example for name in WORK_MEMBERS if meaning_of("work", name)
    }


def errors(record: Any) -> list[ValidationError]:
    return list(VALIDATOR.iter_errors({"records": [record]}))


def places(error: ValidationError) -> Iterator[str]:
    """Where an error is, as a pointer into the record."""
    here = list(error.absolute_path)[2:]
    if error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield pointer_to(*here, name)
    else:
        yield pointer_to(*here)


def reported(record: Any) -> set[str]:
    """The pointers of all that the reader finds wrong, when taking in and when processing."""
    raw = json.dumps(record).encode()
    incoming = read_incoming(raw, 1, 0).problems
    return {problem.pointer for problem in [*incoming, *read_deposit(raw)[1]]}


def test_the_schemas_are_schemas():
    for name, document in documents().items():
        if "$schema" in document:
            Draft202012Validator.check_schema(document)
            assert document["$id"] == f"/schemas/{name}"


def test_every_deposit_of_the_sample_is_valid():
    assert [error.message for record in sample() for error in errors(record)] == []


def test_every_member_has_a_meaning_and_every_meaning_a_member():
    assert [member for member in sorted(members()) if meaning_of(*member) is None] == []
    said = {(group, name) for group, names in MEANINGS.items() for name in names}
    assert said - members() == set()


def test_every_example_is_valid_and_read_without_a_word():
    work = example() | {"award": "7"}
    assert errors(work) == []
    assert normalise_work(work)[1] == []


def test_the_envelope_is_described_whole():
    assert {name for group, name in members() if group == "record"} == ENVELOPE_MEMBERS


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_what_the_schema_refuses_the_reader_reports_at_the_same_place(data):
    base = data.draw(st.sampled_from([example(), *(each["metadata"] for each in sample()[:40])]))
    work = copy.deepcopy(base)
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(work, data)
    found = reported(work)
    is_refused = any(problem.severity == "error" for problem in read_deposit(encode(work))[1])
    for error in errors(work):
        if error.validator == "required" and is_refused:
            # What a refused record lacks beside is told when it is taken.
            continue
        for place in places(error):
            assert any(place.startswith(p) or p.startswith(place) for p in found if p), (
                place,
                error.message[:200],
                found,
            )


def spoil(value: Any, data: st.DataObject) -> None:
    """Put something wrong, or nothing, in some place of a value."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inner = value[key]
        if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
            value = inner
            continue
        if isinstance(value, dict) and data.draw(st.integers(0, 4)) == 0:
            del value[key]
        else:
            drawn = data.draw(WRONG | st.none() if isinstance(value, dict) else WRONG)
            value[key] = copy.deepcopy(drawn)
        return


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({"doi": 7, "metadata": {"type": "book", "title": ["T"]}}, "/doi"),
        ({"doi": "10.5555/1", "metadata": {"type": "book", "title": "T"}}, "/metadata/title"),
        ({"doi": "10.5555/1", "metadata": {"type": "book"}}, "/metadata/title"),
        ({"doi": "10.5555/1", "metadata": {"title": ["T"]}}, "/metadata/type"),
        ({"message": {"DOI": "10.5555/1", "type": "book", "title": [7]}}, "/message/title/0"),
        ({"DOI": "10.5555/1", "type": "journal-issue"}, "/container-title"),
    ],
)
def test_a_place_within_each_kind_of_record_is_told(record, place):
    assert place in {found for error in errors(record) for found in places(error)}
    assert place in reported(record)


# ------------------------------------------------------------------ record types


def test_the_registry_has_every_type_and_knows_its_members():
    assert RECORD_TYPES.keys() == TYPES
    for each in RECORD_TYPES.values():
        assert {*each.required, *each.recommended} <= WORK_MEMBERS.keys()


def test_the_table_holds_the_registry(db: psycopg.Connection[Any]):
    rows = db.execute("SELECT record_type, title, required, recommended FROM catalog.record_type")
    found = {name: (title, tuple(req), tuple(rec)) for name, title, req, rec in rows}
    assert found == {name: tuple(each) for name, each in RECORD_TYPES.items()}


def test_what_a_type_requires_is_told_where_it_is_missing():
    missing = find_missing({"type": "grant", "award": "7", "title": ["T"]})
    assert [(p.severity, p.code, p.pointer) for p in missing] == [
        ("warning", "missing-project", "/project")
    ]


def test_nothing_but_a_doi_and_a_type_keeps_a_record_out():
    for name in RECORD_TYPES:
        _, problems = read_deposit(json.dumps({"DOI": "10.5555/1", "type": name}).encode())
        assert not [problem for problem in problems if problem.severity == "error"]


@pytest.mark.real_data
def test_hardly_a_real_work_lacks_what_its_type_requires(real_data: Path):
    missing = count = 0
    with gzip.open(real_data / "crossref" / "works.jsonl.gz") as lines:
        for line in lines:
            count += 1
            missing += bool(find_missing(normalise_work(json.loads(line))[0]))
    assert missing / count < 0.002
