"""A Crossref work becomes a clean body, or is refused with the reason and the place."""

import copy
import gzip
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.catalog.canonical import Problem, decode, encode
from nexus_hub.catalog.crossref import MAX_PROBLEMS, normalise_work, read_work, resolve_traces
from nexus_hub.catalog.crossref_forms import TYPES, UPDATE_TYPES
from nexus_hub.catalog.crossref_members import VOLATILE, WORK_MEMBERS
from nexus_hub.catalog.shape import Record
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi

CLEAN_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.just(0.5) | CLEAN_TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(CLEAN_TEXT | st.sampled_from(sorted(WORK_MEMBERS)), inner, max_size=3)
    ),
    max_leaves=8,
)
ODD_MEMBERS = st.dictionaries(
    st.sampled_from(sorted({*WORK_MEMBERS, *VOLATILE, "colour", "view-count"})), ANYTHING
)


def work(**members) -> dict:
    named = {name.replace("_", "-"): value for name, value in members.items()}
    return {"DOI": "10.5555/abc", "type": "journal-article", **named}


def body(**members) -> dict:
    given = work(**members)
    normal, problems = normalise_work(given)
    assert [problem for problem in problems if problem.severity == "error"] == []
    return normal


def problems(**members) -> list[tuple[str, str, str]]:
    return [(p.severity, p.code, p.pointer) for p in normalise_work(work(**members))[1]]


def test_a_clean_work_passes_unchanged_and_without_a_word():
    clean = work(
        title=["One", "Two"],
        author=[{"given": "A", "family": "B", "sequence": "first", "affiliation": [{"name": "C"}]}],
        issued={"date-parts": [[2024, 2, 29]]},
        reference=[{"key": "1", "DOI": "10.5555/def"}, {"key": "2", "unstructured": "D."}],
        relation={
            "is-preprint-of": [{"id-type": "doi", "id": "10.5555/x", "asserted-by": "subject"}]
        },
    )
    before = copy.deepcopy(clean)
    assert normalise_work(clean) == (before, [])
    assert clean == before


def test_what_is_volatile_is_left_out():
    volatile = dict.fromkeys(VOLATILE, 1) | {"view-count": 7}
    assert normalise_work({**work(), **volatile}) == (work(), [])


@given(ODD_MEMBERS, st.booleans())
@settings(max_examples=300)
def test_whatever_the_members_hold_the_work_is_read_or_refused(members, is_whole):
    given_work = {**work(), **members} if is_whole else members
    before = copy.deepcopy(given_work)
    normal, found = normalise_work(given_work)
    assert given_work == before
    assert not VOLATILE & normal.keys()
    assert all(isinstance(problem, Problem) for problem in found)
    if not any(problem.severity == "error" for problem in found):
        assert normalise_work(normal)[0] == normal
        assert decode(encode(normal)) == normal


@pytest.mark.parametrize("value", [None, [], "x", 7, True])
def test_what_is_no_object_is_refused(value):
    assert [p.code for p in normalise_work(value)[1]] == ["not-an-object"]


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"DOI": None}, ("error", "missing-doi", "/DOI")),
        ({"DOI": ""}, ("error", "missing-doi", "/DOI")),
        ({"DOI": "10.2/x"}, ("error", "malformed-doi", "/DOI")),
        ({"DOI": ["10.5555/abc"]}, ("error", "wrong-type", "/DOI")),
        ({"type": None}, ("error", "missing-type", "/type")),
        ({"title": {"en": "One"}}, ("error", "wrong-type", "/title")),
        ({"title": ["One", ["Two"]]}, ("error", "wrong-type", "/title/1")),
        ({"author": "A. B."}, ("error", "wrong-type", "/author")),
        ({"author": [{"family": "B"}, "C"]}, ("error", "wrong-type", "/author/1")),
        (
            {"author": [{"affiliation": [{"name": ["X"]}]}]},
            ("error", "wrong-type", "/author/0/affiliation/0/name"),
        ),
        ({"issued": "2024-01-01"}, ("error", "wrong-type", "/issued")),
        ({"reference": [{"key": "1"}, 5]}, ("error", "wrong-type", "/reference/1")),
        ({"reference": [{"key": True}]}, ("error", "wrong-type", "/reference/0/key")),
        ({"relation": []}, ("error", "wrong-type", "/relation")),
        (
            {"license": [{"delay-in-days": "soon"}]},
            ("error", "wrong-type", "/license/0/delay-in-days"),
        ),
        ({"nexus": 1}, ("error", "wrong-type", "/nexus")),
    ],
)
def test_what_the_catalogue_cannot_work_with_is_refused(members, problem):
    assert problems(**members) == [problem]


def test_what_the_canonicaliser_refuses_is_refused_here():
    normal, found = read_work(rb'{"DOI": "10.5555/abc", "type": "book", "title": ["a\u0000"]}')
    assert normal == {}
    assert [(p.code, p.pointer) for p in found] == [("nul-character", "/title/0")]


def test_the_doi_is_normalised_and_the_one_deposited_kept():
    for given_doi in ("10.5555/ABC", "https://doi.org/10.5555/ABC", "doi:10.5555/abc"):
        normal = body(DOI=given_doi, nexus={"a": 1})
        assert normal["DOI"] == "10.5555/abc"
        assert normal["nexus"] == {"a": 1, "doi-as-deposited": given_doi}
        assert normalise_work(normal) == (normal, [])
    assert "nexus" not in body(DOI="10.5555/abc")


def test_single_values_and_numbers_are_mended_with_a_warning():
    normal = body(title="One", volume=12, institution={"name": "N", "place": "P"})
    assert normal["title"] == ["One"]
    assert normal["volume"] == "12"
    assert normal["institution"] == [{"name": "N", "place": ["P"]}]
    assert problems(title="One", volume=12) == [
        ("warning", "single-value", "/title"),
        ("warning", "number-for-text", "/volume"),
    ]


def test_null_is_nothing():
    normal, found = normalise_work(work(title=None, author=[{"family": "B", "given": None}]))
    assert normal == work(author=[{"family": "B"}])
    assert found == []
    assert body(title=["One", None])["title"] == ["One"]
    assert problems(title=[None]) == [("warning", "null-in-list", "/title/0")]


def test_unknown_members_are_kept_with_a_warning():
    assert body(colour=["red", None])["colour"] == ["red", None]
    assert problems(colour=1, author=[{"family": "B", "affilation": []}]) == [
        ("warning", "unknown-member", "/colour"),
        ("warning", "unknown-member", "/author/0/affilation"),
    ]


@pytest.mark.parametrize(
    ("parts", "kept", "is_told"),
    [
        ([[2024, 2, 29]], [[2024, 2, 29]], False),
        ([[2024]], [[2024]], False),
        ([[2024, 1], [2024, 3]], [[2024, 1], [2024, 3]], False),
        ([[2023, 2, 29]], [[2023, 2]], True),
        ([[2024, 13, 1]], [[2024]], True),
        ([[2024, 0]], [[2024]], True),
        ([[2024, None]], [[2024]], False),
        ([["2024", "07"]], [[2024, 7]], True),
        ([2024, 7], [[2024, 7]], False),
        ([[True, 1, 1]], None, True),
        ([[20240101]], None, True),
        ([[0]], None, True),
        ([[2024, 1, 1, 1]], [[2024, 1, 1]], True),
        ([[None]], None, False),
        ([None], None, False),
        ([[]], None, False),
        ([], None, False),
        (None, None, False),
        ({"a": 1}, None, True),
    ],
)
def test_of_a_date_what_is_in_the_calendar_is_kept(parts, kept, is_told):
    normal = body(issued={"date-parts": parts}, license=[{"start": {"date-parts": parts}}])
    expected = {} if kept is None else {"date-parts": kept}
    assert normal.get("issued", {}) == expected
    assert normal["license"][0].get("start", {}) == expected
    told = [("warning", "bad-date", "/issued/date-parts")] if is_told else []
    assert problems(issued={"date-parts": parts}) == told


def test_identifiers_get_their_normal_form():
    normal = body(
        prefix="http://id.crossref.org/prefix/10.1016",
        member="http://id.crossref.org/member/78",
        ISSN=["http://id.crossref.org/issn/0378-5955", "03785955"],
        ISBN=["http://id.crossref.org/isbn/978-3-319-12771-2", "0-19-974303-7"],
        author=[{"ORCID": "http://orcid.org/0000-0002-1825-0097"}],
        funder=[{"DOI": "http://dx.doi.org/10.13039/501100000780"}],
        update_to=[{"DOI": "10.5555/OLD", "type": "retraction"}],
        relation={"cites": [{"id-type": "doi", "id": "10.5555/X"}, {"id-type": "uri", "id": "X"}]},
    )
    assert (normal["prefix"], normal["member"]) == ("10.1016", "78")
    assert normal["ISSN"] == ["0378-5955", "0378-5955"]
    assert normal["ISBN"] == ["9783319127712", "9780199743032"]
    assert normal["author"] == [{"ORCID": "https://orcid.org/0000-0002-1825-0097"}]
    assert normal["funder"] == [{"DOI": "10.13039/501100000780"}]
    assert normal["update-to"][0]["DOI"] == "10.5555/old"
    assert [related["id"] for related in normal["relation"]["cites"]] == ["10.5555/x", "X"]


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"ISSN": ["0378-5954"]}, "malformed-issn", "/ISSN/0"),
        ({"ISBN": ["9783319127713"]}, "malformed-isbn", "/ISBN/0"),
        (
            {"author": [{"ORCID": "https://orcid.org/0000-0002-1825-0098"}]},
            "malformed-orcid",
            "/author/0/ORCID",
        ),
        ({"funder": [{"DOI": "501100000780"}]}, "malformed-doi", "/funder/0/DOI"),
    ],
)
def test_a_wrong_identifier_is_kept_as_given_with_a_warning(members, code, pointer):
    assert problems(**members) == [("warning", code, pointer)]
    assert body(**members) == work(**members)


@pytest.mark.parametrize(
    ("given_type", "read"),
    [
        ("retraction", "retraction"),
        ("Retraction", "retraction"),
        ("retration", "retraction"),
        ("Corrigendum", "corrigendum"),
        ("err", "erratum"),
        ("expression-of-concern", "expression_of_concern"),
        ("Expression of Concern", "expression_of_concern"),
        ("publisher-note", "publisher-note"),
    ],
)
def test_types_of_updates_are_read_as_meant(given_type, read):
    assert body(update_to=[{"type": given_type}])["update-to"] == [{"type": read}]
    code = "renamed-update-type" if read in UPDATE_TYPES else "unknown-update-type"
    told = [] if read == given_type and read in UPDATE_TYPES else [code]
    found = problems(update_to=[{"type": given_type}])
    assert [each[1:] for each in found] == [(code, "/update-to/0/type") for code in told]


@pytest.mark.parametrize(
    ("given_type", "read", "code"),
    [
        ("article-journal", "journal-article", "renamed-type"),
        ("Journal Article", "journal-article", "renamed-type"),
        ("poem", "poem", "unknown-type"),
    ],
)
def test_types_of_works_are_read_as_meant(given_type, read, code):
    assert body(type=given_type)["type"] == read
    assert problems(type=given_type) == [("warning", code, "/type")]


DOI_TEXT = (
    st.from_regex(r"\A10\.[0-9]{3,5}/[!-~]{0,6}\Z")
    | st.text(max_size=12)
    | st.sampled_from(
        [
            "10.5555/A\n10.5555/b",
            "10.5555/a\n",
            "https://doi.org/10.5555/A%3Cb",
            "10.5555/" + "X" * 3000,
        ]
    )
)


@given(st.lists(DOI_TEXT, max_size=6))
def test_dois_of_references_are_normalised_as_if_one_by_one(dois):
    def one(doi: str) -> str:
        try:
            return normalise_doi(doi)
        except MalformedIdentifier:
            return doi

    given_work = work(reference=[{"key": "x"}, *({"DOI": doi} for doi in dois)])
    normal, found = normalise_work(given_work)
    assert found == []
    assert [reference.get("DOI") for reference in normal["reference"][1:]] == list(map(one, dois))


def test_traces_of_a_database_export_are_resolved_everywhere():
    start = {"date-parts": [[2015, 9, {"$numberInt": "1"}]], "timestamp": {"$numberLong": "7"}}
    exported = work(
        license=[{"start": start, "delay-in-days": {"$numberDouble": "3.0"}}],
        author=[{"_id": {"$oid": "6b"}, "family": "B"}],
    )
    normal, found = read_work(json.dumps({**exported, "_id": {"$oid": "5a"}}).encode())
    assert found == []
    assert normal["license"] == [
        {"start": {"date-parts": [[2015, 9, 1]], "timestamp": 7}, "delay-in-days": 3}
    ]
    assert normal["author"] == [{"family": "B"}]


@pytest.mark.parametrize("trace", [{"$numberLong": "x"}, {"$numberLong": None}, {"$regex": "a"}])
def test_a_trace_that_cannot_be_told_stays(trace):
    assert resolve_traces({"a": [trace]}) == {"a": [trace]}


def test_an_integer_that_no_float_holds_is_not_resolved_into_one():
    trace = {"$numberLong": str(2**53 + 1)}
    assert resolve_traces(trace) == trace


def test_of_very_many_problems_the_errors_are_told_first():
    found = normalise_work(work(author=[{"x": 1}] * 500 + [7]))[1]
    assert len(found) == MAX_PROBLEMS + 1
    assert (found[0].severity, found[0].pointer) == ("error", "/author/500")
    assert found[-1].code == "more-problems"


def test_the_table_of_members_describes_itself_as_json_schema():
    jsonschema = pytest.importorskip("jsonschema")
    schema = Record(WORK_MEMBERS).schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(work(title=["One"], issued={"date-parts": [[2024]]}))
    assert not validator.is_valid(work(author=["A. B."]))


def test_words_of_vocabularies_are_whole():
    words = TYPES | UPDATE_TYPES | VOLATILE | WORK_MEMBERS.keys()
    assert [word for word in words if word.strip("-") != word or " " in word] == []


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["works.jsonl.gz", "works-ama.jsonl.gz"])
def test_real_works_are_read(real_data, name):
    codes = Counter()
    count = refused = 0
    for raw in gzip.decompress((real_data / "crossref" / name).read_bytes()).splitlines():
        count += 1
        normal, found = read_work(raw)
        codes.update((problem.severity, problem.code) for problem in found)
        if any(problem.severity == "error" for problem in found):
            refused += 1
            continue
        assert decode(encode(normal)) == normal
        assert normalise_work(normal)[0] == normal
        assert not VOLATILE & normal.keys()
    assert count > 1000
    assert refused / count < 0.01, codes


@pytest.mark.parametrize(
    ("member", "pointer", "kept"),
    [
        ({"author": [{"family": "Ng", "croid": "x"}]}, None, [{"family": "Ng"}]),
        (
            {"editor": [{"affiliation": [{"name": "X", "croid": 7}]}]},
            "/editor/0/affiliation/0/croid",
            [{"affiliation": [{"name": "X"}]}],
        ),
        ({"funder": [{"name": "F", "croid": "x"}]}, None, [{"name": "F"}]),
        ({"institution": [{"name": "I", "croid": "x"}]}, None, [{"name": "I"}]),
        ({"reference": [{"key": "1", "croid": "x"}]}, None, [{"key": "1"}]),
        ({"container": {"croid": "x"}}, None, None),
        ({"container": {"croid": "x", "name": "J"}}, "/container", None),
        ({"work": {"croid": "x"}}, None, None),
        ({"work": 7}, "/work", None),
    ],
)
def test_which_object_it_is_a_depositor_cannot_say(member, pointer, kept):
    body, problems = normalise_work({"DOI": "10.5555/a", "type": "book", **member})
    told = [("reserved-member", pointer, "warning")] if pointer else []
    assert [(p.code, p.pointer, p.severity) for p in problems] == told
    [name] = member
    assert body.get(name) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([{"id": "https://ror.org/1", "asserted-by": "nexus"}], None),
        ([{"id": "a", "asserted-by": "nexus"}, {"id": "b"}], [{"id": "b"}]),
        ([{"id": "b", "asserted-by": "publisher"}], [{"id": "b", "asserted-by": "publisher"}]),
    ],
)
def test_what_the_catalogue_asserted_itself_is_not_taken_for_the_depositors(given, kept):
    found = body(author=[{"family": "Ng", "affiliation": [{"name": "X", "id": given}]}])
    assert found["author"][0]["affiliation"][0].get("id") == kept


@pytest.mark.parametrize(
    ("member", "kept"),
    [
        ({"URL": "http://dx.doi.org/10.5555/ABC"}, {}),
        ({"URL": "https://doi.org/10.5555/abc"}, {}),
        ({"URL": "https://example.org/1"}, {"URL": "https://example.org/1"}),
        ({"prefix": "10.5555"}, {}),
        ({"prefix": "10.1016"}, {"prefix": "10.1016"}),
    ],
)
def test_what_the_doi_says_already_is_left_out(member, kept):
    assert body(**member) == {"DOI": "10.5555/abc", "type": "journal-article", **kept}
