"""What an object of each kind may hold: what is read, mended, left out, and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.bodies import BODIES, JSON, WHOLE
from nexus_hub.catalog.kinds import KINDS, schema, validate
from nexus_hub.catalog.shape import Record, Several, Shape

RELEASE = {"title": ["T"]}
CDX = {"surt": "a", "timestamp": "2016-09-19T17:20:24Z", "url": "b", "sha1": "b" * 40}
CAPTURE = {"original_url": "a", "timestamp": "2016-09-19T17:20:24Z"}


def errors(kind: str, body: object) -> list[tuple[str, str]]:
    found = validate(kind, body)[1]
    return [(problem.code, problem.pointer) for problem in found if problem.severity == "error"]


def test_every_kind_of_the_database_is_declared(db):
    rows = db.execute("SELECT unnest(enum_range(NULL::catalog.kind))::text").fetchall()
    assert {kind for (kind,) in rows} == set(KINDS)


@pytest.mark.parametrize("kind", WHOLE)
def test_body_that_says_everything_is_taken_as_it_is(kind):
    assert validate(kind, WHOLE[kind]) == (WHOLE[kind], [])
    assert set(WHOLE[kind]) == set(KINDS[kind].shape.members)


@given(st.data())
def test_clean_body_is_taken_as_it_is(data):
    kind = data.draw(st.sampled_from(sorted(BODIES)))
    body = data.draw(BODIES[kind])
    assert validate(kind, body) == (body, [])


@given(kind=st.sampled_from(sorted(KINDS)), body=st.data())
def test_body_of_any_shape_is_read_and_reading_it_again_changes_nothing(kind, body):
    names = st.sampled_from(sorted(KINDS[kind].shape.members))
    clean, problems = validate(kind, body.draw(st.dictionaries(names, JSON) | JSON))
    if not any(problem.severity == "error" for problem in problems):
        assert validate(kind, clean) == (clean, [])


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("creator", {}, ("missing-display-name", "/display_name")),
        ("creator", {"display_name": " "}, ("missing-display-name", "/display_name")),
        (
            "creator",
            {"display_name": "A", "orcid": "0000-0002-1825-0098"},
            ("malformed-orcid", "/orcid"),
        ),
        (
            "creator",
            {"display_name": "A", "wikidata_qid": "P3"},
            ("malformed-wikidata", "/wikidata_qid"),
        ),
        ("container", {"name": None}, ("missing-name", "/name")),
        ("container", {"name": "A", "issne": "0378-5954"}, ("malformed-issn", "/issne")),
        ("file", {"md5": "a" * 31}, ("malformed-md5", "/md5")),
        ("file", {"sha1": "g" * 40}, ("malformed-sha1", "/sha1")),
        ("file", {"sha256": "a" * 65}, ("malformed-sha256", "/sha256")),
        ("file", {"size": -1}, ("bad-size", "/size")),
        ("file", {"size": 2**63}, ("bad-size", "/size")),
        ("file", {"size": "7"}, ("wrong-type", "/size")),
        ("file", {"size": True}, ("wrong-type", "/size")),
        ("file", {"urls": [{"url": "a"}]}, ("missing-rel", "/urls/0/rel")),
        ("file", {"releases": [{"croid": "x"}]}, ("malformed-croid", "/releases/0/croid")),
        ("file", {"releases": [{}]}, ("missing-croid", "/releases/0/croid")),
        ("fileset", {"manifest": [{"size": 1}]}, ("missing-path", "/manifest/0/path")),
        ("fileset", {"manifest": [{"path": "a"}]}, ("missing-size", "/manifest/0/size")),
        (
            "webcapture",
            {"timestamp": CAPTURE["timestamp"]},
            ("missing-original-url", "/original_url"),
        ),
        ("webcapture", {"original_url": "a"}, ("missing-timestamp", "/timestamp")),
        ("webcapture", {**CAPTURE, "timestamp": "20160919172024"}, ("bad-timestamp", "/timestamp")),
        (
            "webcapture",
            {**CAPTURE, "timestamp": "2016-09-19T17:20:24"},
            ("bad-timestamp", "/timestamp"),
        ),
        (
            "webcapture",
            {**CAPTURE, "timestamp": "2016-02-30T17:20:24Z"},
            ("bad-timestamp", "/timestamp"),
        ),
        (
            "webcapture",
            {**CAPTURE, "cdx": [{**CDX, "sha1": None}]},
            ("missing-sha1", "/cdx/0/sha1"),
        ),
        (
            "webcapture",
            {**CAPTURE, "cdx": [{**CDX, "status_code": 2**31}]},
            ("bad-status-code", "/cdx/0/status_code"),
        ),
        ("work", {"extra": []}, ("wrong-type", "/extra")),
        ("work", [], ("wrong-type", "")),
        ("organisation", {"name": "A"}, ("not-a-ror-record", "/id")),
        ("release", {}, ("missing-title", "/title")),
        ("release", {"title": [""]}, ("missing-title", "/title")),
        ("release", {**RELEASE, "DOI": "10.2/x"}, ("malformed-doi", "/DOI")),
        ("release", {**RELEASE, "work": {"croid": "x"}}, ("malformed-croid", "/work/croid")),
        (
            "release",
            {**RELEASE, "author": [{"croid": "x"}]},
            ("malformed-croid", "/author/0/croid"),
        ),
        (
            "release",
            {**RELEASE, "reference": [{"croid": "x"}]},
            ("malformed-croid", "/reference/0/croid"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"release_type": "pamphlets"}},
            ("unknown-release-type", "/nexus/release_type"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"release_stage": "late"}},
            ("unknown-release-stage", "/nexus/release_stage"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"withdrawn_status": "x"}},
            ("unknown-withdrawn-status", "/nexus/withdrawn_status"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"withdrawn_date": "2000-01"}},
            ("bad-date", "/nexus/withdrawn_date"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"withdrawn_date": "2000-88-99"}},
            ("bad-date", "/nexus/withdrawn_date"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"withdrawn_year": 10000}},
            ("bad-year", "/nexus/withdrawn_year"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"ext_ids": {"arxiv": "0806.2878"}}},
            ("malformed-arxiv", "/nexus/ext_ids/arxiv"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"ext_ids": {"hdl": "10.1234/x"}}},
            ("malformed-hdl", "/nexus/ext_ids/hdl"),
        ),
        (
            "release",
            {**RELEASE, "nexus": {"contributor": [{"nexus": {"role": "x"}}]}},
            ("unknown-contributor-role", "/nexus/contributor/0/nexus/role"),
        ),
    ],
)
def test_what_an_editor_writes_wrongly_is_an_error_in_its_place(kind, body, error):
    assert errors(kind, body) == [error]


@pytest.mark.parametrize(
    ("kind", "given", "clean"),
    [
        (
            "creator",
            {"display_name": "A", "orcid": "https://orcid.org/0000-0002-9079-593x"},
            {"display_name": "A", "orcid": "0000-0002-9079-593X"},
        ),
        ("creator", {"display_name": "A", "surname": None, "age": 7}, {"display_name": "A"}),
        ("container", {"name": "A", "issnl": "1050124x"}, {"name": "A", "issnl": "1050-124X"}),
        ("file", {"md5": "A" * 32}, {"md5": "a" * 32}),
        (
            "file",
            {"releases": [{"croid": "O" * 26, "title": "x"}]},
            {"releases": [{"croid": "0" * 26}]},
        ),
        ("webcapture", {**CAPTURE, "timestamp": "2016-09-19T19:20:24+02:00"}, CAPTURE),
        (
            "release",
            {**RELEASE, "nexus": {"withdrawn_year": -44}},
            {**RELEASE, "nexus": {"withdrawn_year": -44}},
        ),
        (
            "release",
            {**RELEASE, "nexus": {"withdrawn_year": 0, "colour": 1}},
            {**RELEASE, "nexus": {"withdrawn_year": 0, "colour": 1}},
        ),
        ("release", {**RELEASE, "score": 1, "reference-count": 2}, RELEASE),
    ],
)
def test_what_means_the_same_gets_one_form(kind, given, clean):
    body, _ = validate(kind, given)
    assert body == clean
    assert errors(kind, given) == []


def test_what_is_not_known_is_told():
    [problem] = validate("work", {"colour": "red"})[1]
    assert (problem.code, problem.pointer, problem.severity) == (
        "unknown-member",
        "/colour",
        "warning",
    )


@given(st.data())
def test_the_schema_of_a_kind_allows_every_clean_body(data):
    jsonschema = pytest.importorskip("jsonschema")
    kind = data.draw(st.sampled_from(sorted(BODIES)))
    validator = jsonschema.Draft202012Validator(schema(kind))
    validator.validate(data.draw(BODIES[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_is_a_schema(kind):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    assert not jsonschema.Draft202012Validator(schema(kind)).is_valid([])


def leaves(shape: Shape, pointer: str = "") -> list[str]:
    """Every member of a shape that has none of its own, as the projections name it."""
    if isinstance(shape, Record):
        return [
            leaf
            for name, inner in shape.members.items()
            for leaf in leaves(inner, f"{pointer}/{name}")
        ]
    return leaves(shape.item, f"{pointer}/*") if isinstance(shape, Several) else [pointer]


@pytest.mark.parametrize("kind", WHOLE)
def test_columns_show_members_that_exist_and_all_but_extras(kind):
    shown = {pointer for columns in KINDS[kind].columns.values() for pointer in columns.values()}
    members = {leaf for leaf in leaves(KINDS[kind].shape) if not leaf.endswith("/extra")}
    if kind == "container":
        members -= {"/issne", "/issnp"}  # in container_issn, a row for each
    assert shown == members


def test_an_editor_names_affiliations_funders_and_institutions_by_croid():
    named = {"name": "x", "croid": "0" * 25 + "1"}
    body = {
        **RELEASE,
        "author": [{"family": "A", "affiliation": [named]}],
        "funder": [named],
        "institution": [named],
        "project": [{"funding": [{"funder": named}], "investigator": [{"affiliation": [named]}]}],
    }
    read, problems = validate("release", body)
    assert (read, problems) == (body, [])
    for member, pointer in (
        ("funder", "/funder/0/croid"),
        ("institution", "/institution/0/croid"),
    ):
        _, [problem] = validate("release", {**RELEASE, member: [{"croid": "x"}]})
        assert (problem.code, problem.pointer) == ("malformed-croid", pointer)
