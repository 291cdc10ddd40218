"""ROR rows of both schemas become one kind of record, or are refused with what is wrong."""

import gzip
import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.catalog.canonical import RefusedRecordError, decode, encode
from nexus_hub.fulgora.ror import pick_members, read_record, to_v2

SCHEMA_1 = {
    "id": "https://ror.org/0168r3w48",
    "name": "University of California, San Diego",
    "types": ["Education"],
    "status": "active",
    "established": 1960,
    "email_address": None,
    "ip_addresses": [],
    "links": ["http://ucsd.edu/"],
    "wikipedia_url": "https://en.wikipedia.org/wiki/University_of_California,_San_Diego",
    "aliases": ["UC San Diego", "UCSD"],
    "acronyms": ["UCSD"],
    "labels": [
        {"label": "Universidad de California en San Diego", "iso639": "es"},
        {"label": "University of California, San Diego", "iso639": "en"},
    ],
    "country": {"country_code": "US", "country_name": "United States"},
    "addresses": [
        {
            "city": "San Diego",
            "lat": 32.71571,
            "lng": -117.16472,
            "geonames_city": {
                "id": 5391811,
                "city": "San Diego",
                "geonames_admin1": {"name": "California", "code": "US.CA"},
            },
        }
    ],
    "external_ids": {
        "GRID": {"preferred": "grid.266100.3", "all": "grid.266100.3"},
        "FundRef": {"preferred": "100005522", "all": ["100005522", "100009245"]},
        "ISNI": {"preferred": None, "all": ["0000 0001 2107 4242"]},
        "OrgRef": {"preferred": None, "all": ["31921"]},
    },
    "relationships": [
        {
            "label": "University of California System",
            "type": "Parent",
            "id": "https://ror.org/00pjdza24",
        }
    ],
}
SCHEMA_2 = {
    "id": "https://ror.org/0168r3w48",
    "status": "active",
    "established": 1960,
    "domains": [],
    "names": [
        {
            "value": "University of California, San Diego",
            "types": ["ror_display", "label"],
            "lang": "en",
        },
        {"value": "Universidad de California en San Diego", "types": ["label"], "lang": "es"},
        {"value": "UC San Diego", "types": ["alias"], "lang": None},
        {"value": "UCSD", "types": ["alias", "acronym"], "lang": None},
    ],
    "types": ["education"],
    "links": [
        {"type": "website", "value": "http://ucsd.edu/"},
        {
            "type": "wikipedia",
            "value": "https://en.wikipedia.org/wiki/University_of_California,_San_Diego",
        },
    ],
    "locations": [
        {
            "geonames_id": 5391811,
            "geonames_details": {
                "name": "San Diego",
                "lat": 32.71571,
                "lng": -117.16472,
                "country_code": "US",
                "country_name": "United States",
                "country_subdivision_name": "California",
            },
        }
    ],
    "external_ids": [
        {"type": "grid", "all": ["grid.266100.3"], "preferred": "grid.266100.3"},
        {"type": "fundref", "all": ["100005522", "100009245"], "preferred": "100005522"},
        {"type": "isni", "all": ["0000 0001 2107 4242"], "preferred": None},
    ],
    "relationships": [
        {
            "label": "University of California System",
            "type": "parent",
            "id": "https://ror.org/00pjdza24",
        }
    ],
}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["", "a", "https://ror.org/x"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "type", "all", "value", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def raw(record: object) -> bytes:
    return json.dumps(record).encode()


def refusal(record: object):
    with pytest.raises(RefusedRecordError) as caught:
        read_record(raw(record))
    return caught.value.problem


def assert_whole(record: dict) -> None:
    assert sum("ror_display" in name["types"] for name in record["names"]) == 1
    assert record["status"] in {"active", "inactive", "withdrawn"}
    assert all(kind == kind.lower() for kind in record["types"])
    for name in (
        "names",
        "types",
        "links",
        "locations",
        "external_ids",
        "relationships",
        "domains",
    ):
        assert isinstance(record[name], list)
    for ids in record["external_ids"]:
        assert ids["all"]
        assert ids["preferred"] is None or ids["preferred"] in ids["all"]
    assert all(each["type"] == each["type"].lower() for each in record["relationships"])


def test_schema_1_becomes_schema_2():
    assert to_v2(SCHEMA_1) == SCHEMA_2
    assert to_v2(SCHEMA_2) is SCHEMA_2


def test_both_schemas_read_to_the_same_record():
    one, two = read_record(raw(SCHEMA_1)), read_record(raw(SCHEMA_2))
    assert (one.key, one.schema, one.version, one.problems) == ("0168r3w48", 1, None, ())
    assert (two.key, two.schema, two.version, two.problems) == ("0168r3w48", 2, None, ())
    assert one.record == two.record == SCHEMA_2
    assert read_record(SCHEMA_2) == two


def test_the_version_is_the_day_of_the_last_change():
    admin = {
        "created": {"date": "2018-11-14", "schema_version": "1.0"},
        "last_modified": {"date": "2026-02-24", "schema_version": "2.1"},
    }
    read = read_record(raw({**SCHEMA_2, "admin": admin}))
    assert read.version == date(2026, 2, 24)
    assert read.record["admin"] == admin
    admin["last_modified"]["date"] = "yesterday"
    assert [p.code for p in read_record(raw({**SCHEMA_2, "admin": admin})).problems] == ["bad-date"]


def test_a_record_that_was_withdrawn_names_its_successor():
    record = {
        **SCHEMA_1,
        "status": "withdrawn",
        "relationships": [{"label": "B", "type": "Successor", "id": "https://ror.org/00pjdza24"}],
    }
    read = read_record(raw(record)).record
    assert read["status"] == "withdrawn"
    assert read["relationships"] == [
        {"label": "B", "type": "successor", "id": "https://ror.org/00pjdza24"}
    ]


def test_a_row_of_another_registry_is_told_apart():
    problem = refusal({"DOI": "10.5555/abc", "type": "book"})
    assert (problem.code, problem.pointer) == ("not-a-ror-record", "/id")
    assert "https://ror.org/" in problem.detail
    for other in (
        {"id": "https://orcid.org/0000-0002-1825-0097"},
        [],
        7,
        "https://ror.org/0168r3w48",
    ):
        assert refusal(other).code == "not-a-ror-record"


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"id": "https://ror.org/0168r3w49"}, "malformed-ror", "/id"),
        ({"id": "https://ror.org/"}, "malformed-ror", "/id"),
        ({"names": []}, "no-display-name", "/names"),
        ({"names": SCHEMA_2["names"][1:]}, "no-display-name", "/names"),
        ({"names": SCHEMA_2["names"][:1] * 2}, "no-display-name", "/names"),
        ({"names": [{"types": ["ror_display"]}]}, "nameless-name", "/names"),
        ({"names": {"en": "X"}}, "no-display-name", "/names"),
        ({"status": "closed"}, "unknown-status", "/status"),
        ({"status": None}, "unknown-status", "/status"),
        ({"types": [["education"]]}, "wrong-type", "/types/0"),
        (
            {"locations": [{"geonames_details": "US"}]},
            "wrong-type",
            "/locations/0/geonames_details",
        ),
    ],
)
def test_a_record_of_schema_2_that_is_not_whole_is_refused(changes, code, pointer):
    problem = refusal({**SCHEMA_2, **changes})
    assert (problem.severity, problem.code, problem.pointer) == ("error", code, pointer)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, "no-display-name"),
        ({"name": {"en": "X"}}, "wrong-type"),
        ({"status": "closed"}, "unknown-status"),
        ({"addresses": ["San Diego"]}, "wrong-type"),
    ],
)
def test_a_record_of_schema_1_that_is_not_whole_is_refused(changes, code):
    assert refusal({**SCHEMA_1, **changes}).code == code


def test_a_relation_to_no_ror_id_is_left_out_with_a_warning():
    relation = {"label": "B", "type": "parent", "id": "https://ror.org/0168r3w49"}
    read = read_record(raw({**SCHEMA_2, "relationships": [relation]}))
    assert read.record["relationships"] == []
    assert [(p.severity, p.code) for p in read.problems] == [("warning", "malformed-ror")]


@settings(max_examples=300)
@given(
    st.sampled_from([SCHEMA_1, SCHEMA_2]),
    st.dictionaries(st.sampled_from(sorted({*SCHEMA_1, *SCHEMA_2, "admin", "x"})), ANYTHING),
)
def test_whatever_the_members_hold_the_record_is_read_or_refused(record, changes):
    record = {**record, **changes}
    assert isinstance(to_v2(record), dict)
    try:
        read = read_record(raw(record))
    except RefusedRecordError:
        return
    again = read_record(encode(read.record))
    assert (again.key, again.record) == (read.key, read.record)
    assert encode(decode(encode(read.record))) == encode(read.record)
    assert read.record["id"] == f"https://ror.org/{read.key}"
    assert {type(name["value"]) for name in read.record["names"]} == {str}


def test_of_an_archive_the_newest_schema_is_read():
    old, new = "v1.60-2025-ror-data.json", "v1.60-2025-ror-data_schema_v2.json"
    assert pick_members([old, "v1.60-2025-ror-data.csv", new]) == [new]
    assert pick_members(["readme.md", old]) == [old]
    assert pick_members(["v2.0-2025-12-16-ror-data.json", "v2.0-2025-12-16-ror-data.csv"]) == [
        "v2.0-2025-12-16-ror-data.json"
    ]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "count", "schema"),
    [("ror-v2", 31_013, 2), ("ror-v1", 15_380, 1), ("ror-releases", 8_102, 2)],
)
def test_real_rows_of_both_schemas_are_read(real_data, name, count, schema):
    codes = Counter()
    keys = set()
    lines = gzip.decompress((real_data / "ror" / f"{name}.jsonl.gz").read_bytes()).splitlines()
    for line in lines:
        value = decode(line)
        given_record = value.get("record", value)
        read = read_record(given_record)
        assert read.schema == schema
        assert (read.version is None) == (schema == 1)
        assert_whole(read.record)
        keys.add(read.key)
        codes.update(problem.code for problem in read.problems)
        if schema == 2:
            assert read.record == given_record
    assert len(lines) == count
    assert len(keys) == count or name == "ror-releases"
    assert not codes
