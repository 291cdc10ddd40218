"""fatcat's entities and the catalogue's bodies say the same, without loss either way."""

import gzip
import json
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.bodies import UUIDS, WHOLE
from catalog.entities import ENTITIES, RELEASES, WORKS
from nexus_hub.catalog.crossref import normalise_work
from nexus_hub.catalog.fatcat import from_fatcat, release, to_fatcat
from nexus_hub.catalog.fatcat.idents import MalformedIdentError, from_ident, to_ident
from nexus_hub.catalog.kinds import validate
from nexus_hub.croid.codec import encode

ONE = UUID("86daea5b-1b6b-432a-bb67-ea97795f80fe")
IDENT = "q3nouwy3nnbsvo3h5klxsx4a7y"


def errors(kind, entity):
    return [(p.code, p.pointer) for p in from_fatcat(kind, entity)[1] if p.severity == "error"]


def body_of(kind, entity):
    body, problems = from_fatcat(kind, entity)
    assert problems == []
    return body


# ------------------------------------------------------------------ identifiers


@given(UUIDS)
def test_ident_comes_back(croid):
    ident = to_ident(croid)
    assert len(ident) == 26
    assert from_ident(ident) == from_ident(ident.upper()) == croid


def test_ident_is_that_of_fatcat():
    assert to_ident(ONE) == IDENT
    assert from_ident(IDENT) == ONE


@pytest.mark.parametrize(
    "text",
    ["", IDENT[:-1], IDENT + "a", "0" + IDENT[1:], "1" + IDENT[1:], "8" + IDENT[1:],
     "9" + IDENT[1:], IDENT[:-1] + "z", IDENT[:-1] + "\u0131", IDENT[:-2] + "==", str(ONE)],
)  # fmt: skip
def test_what_is_no_ident_is_refused(text):
    with pytest.raises(MalformedIdentError):
        from_ident(text)


# ------------------------------------------------------------------ without loss


@given(st.data())
@settings(max_examples=300)
def test_entity_comes_back_from_its_body(data):
    kind = data.draw(st.sampled_from(["release", "release", *ENTITIES]))
    entity = data.draw(ENTITIES[kind])
    body = body_of(kind, entity)
    assert validate(kind, body) == (body, [])
    assert to_fatcat(kind, body) == entity


@given(WORKS)
@settings(max_examples=300)
def test_work_of_crossref_comes_back_from_its_entity(work):
    body, problems = normalise_work(work)
    if any(problem.severity == "error" for problem in problems):
        return
    there_and_back(body)


def there_and_back(body):
    entity = json.loads(json.dumps(to_fatcat("release", body)))
    assert release.from_entity(entity) == body
    if not any(validate("release", body)[1]):
        assert from_fatcat("release", entity) == (body, [])
    return entity


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["works.jsonl.gz", "works-ama.jsonl.gz"])
def test_real_works_come_back_from_their_entities(real_data, name):
    count = 0
    for raw in gzip.decompress((real_data / "crossref" / name).read_bytes()).splitlines()[::5]:
        body, problems = normalise_work(json.loads(raw))
        if any(problem.severity == "error" for problem in problems):
            continue
        entity = there_and_back(body)
        assert len(entity.get("contribs", [])) >= len(body.get("author", []))
        assert len(entity.get("refs", [])) == len(body.get("reference", []))
        count += 1
    assert count > 200


def without_travelling(value):
    """An entity without what travels in it."""
    if isinstance(value, list):
        return [without_travelling(each) for each in value]
    if not isinstance(value, dict):
        return value
    inner = {name: without_travelling(each) for name, each in value.items() if name != "nexus"}
    return {name: each for name, each in inner.items() if (name, each) != ("extra", {})}


@given(work=WORKS, edit=RELEASES, data=st.data())
@settings(max_examples=200)
def test_what_is_changed_in_an_entity_wins_over_what_travels_with_it(work, edit, data):
    body, problems = normalise_work({**work, "title": ["T", "U"]})
    if any(problem.severity == "error" for problem in problems):
        return
    entity = to_fatcat("release", body)
    names = data.draw(st.sets(st.sampled_from(sorted({*edit, *entity} - {"title", "extra"}))))
    edited = {name: value for name, value in entity.items() if name not in names}
    edited |= {name: edit[name] for name in names if name in edit} | {"title": edit["title"]}
    edited.setdefault("ext_ids", {})
    if "release_date" in edited:
        edited.setdefault("release_year", int(edited["release_date"][:4]))
    saved = from_fatcat("release", edited)[0]
    assert without_travelling(to_fatcat("release", saved)) == without_travelling(edited)


# ------------------------------------------------------------------ what is said where


def test_release_says_its_members_in_the_words_of_both():
    croid = encode(ONE)
    body = {
        "title": ["On Salt", "Vom Salz"],
        "type": "monograph",
        "DOI": "10.5555/a",
        "ISBN": ["9781566199094", "9780803102347"],
        "issued": {"date-parts": [[2021, 5]]},
        "page": "1-9",
        "container-title": ["Salts"],
        "work": {"croid": croid},
        "author": [{"given": "Ann", "family": "Ng", "sequence": "first", "croid": croid}],
        "chair": [{"name": "Ode"}],
        "reference": [{"key": "1", "DOI": "10.5555/b", "year": "1999", "series-title": "S"}],
        "abstract": "<jats:p>Salty.</jats:p>",
        "funder": [{"name": "F"}],
        "nexus": {"ext_ids": {"pmid": "12"}, "release_stage": "published", "colour": "red"},
    }
    assert to_fatcat("release", body) == {
        "title": "On Salt",
        "release_type": "book",
        "release_stage": "published",
        "release_year": 2021,
        "pages": "1-9",
        "work_id": IDENT,
        "ext_ids": {"doi": "10.5555/a", "isbn13": "9781566199094", "pmid": "12"},
        "contribs": [
            {
                "index": 0,
                "role": "author",
                "given_name": "Ann",
                "surname": "Ng",
                "raw_name": "Ann Ng",
                "creator_id": IDENT,
                "extra": {"nexus": {"sequence": "first"}},
            },
            {"index": 1, "raw_name": "Ode", "extra": {"nexus": {"member": "chair"}}},
        ],
        "refs": [
            {
                "index": 0,
                "key": "1",
                "year": 1999,
                "extra": {"doi": "10.5555/b", "nexus": {"series-title": "S"}},
            }
        ],
        "abstracts": [
            {
                "content": "<jats:p>Salty.</jats:p>",
                "mimetype": "application/xml+jats",
                "sha1": "dee550f271658ae376d847372b5ec565572c6100",
            }
        ],
        "extra": {
            "container_name": "Salts",
            "nexus": {
                "title": ["On Salt", "Vom Salz"],
                "type": "monograph",
                "ISBN": ["9781566199094", "9780803102347"],
                "issued": {"date-parts": [[2021, 5]]},
                "funder": [{"name": "F"}],
                "nexus": {"colour": "red"},
            },
        },
    }
    there_and_back(body)


def test_entity_of_fatcat_says_its_fields_in_the_words_of_both():
    entity = {
        "ident": IDENT,
        "state": "active",
        "title": "A Letter",
        "subtitle": None,
        "release_type": "letter",
        "release_date": "2020-02-29",
        "ext_ids": {"isbn13": "978-1-56619-909-4", "doi": "10.5555/A", "pmid": None},
        "contribs": [
            {"raw_name": "A. Ng", "role": "author"},
            {"raw_name": "I. Draw", "role": "illustrator"},
            {"raw_name": "X"},
        ],
        "refs": [{"extra": {"doi": "10.5555/B"}, "container_name": "Salts"}],
        "abstracts": [{"content": "A", "lang": "en"}, {"content": "B", "mimetype": "text/plain"}],
        "container": {"name": "expanded"},
        "colour": "red",
    }
    body, [problem] = from_fatcat("release", entity)
    assert (problem.code, problem.severity) == ("unknown-member", "warning")
    assert body == {
        "title": ["A Letter"],
        "type": "journal-article",
        "issued": {"date-parts": [[2020, 2, 29]]},
        "DOI": "10.5555/a",
        "ISBN": ["9781566199094"],
        "author": [
            {"name": "A. Ng"},
            {"name": "X", "nexus": {"index": 2, "role": None}},
        ],
        "reference": [
            {"DOI": "10.5555/b", "journal-title": "Salts", "nexus": {"extra/doi": "10.5555/B"}}
        ],
        "abstract": "A",
        "nexus": {
            "release_type": "letter",
            "ids_as_given": {"isbn13": "978-1-56619-909-4"},
            "contributor": [{"name": "I. Draw", "nexus": {"index": 1, "role": "illustrator"}}],
            "abstract": {"mimetype": None, "lang": "en"},
            "abstracts": [{"content": "B", "mimetype": "text/plain"}],
        },
    }


def test_copies_name_their_releases_in_the_form_of_both():
    entity = to_fatcat("file", WHOLE["file"])
    assert entity["release_ids"] == [to_ident(UUID(int=1)), to_ident(UUID(int=2**127))]
    assert "releases" not in entity
    assert body_of("file", {**entity, "releases": [{"title": "expanded"}]}) == WHOLE["file"]


@pytest.mark.parametrize(
    ("kind", "entity", "error"),
    [
        ("release", {"ext_ids": {}}, ("missing-title", "/title")),
        ("release", {"title": "", "ext_ids": {}}, ("missing-title", "/title")),
        ("release", {"title": "T", "release_date": "2000-01"}, ("bad-date", "/release_date")),
        ("release", {"title": "T", "release_date": "2000-88-99"}, ("bad-date", "/release_date")),
        ("release", {"title": "T", "release_type": "x"}, ("unknown-release-type", "/release_type")),
        ("release", {"title": "T", "work_id": "x"}, ("malformed-ident", "/work_id")),
        (
            "release",
            {"title": "T", "ext_ids": {"arxiv": "0806.2878"}},
            ("malformed-arxiv", "/ext_ids/arxiv"),
        ),
        (
            "release",
            {"title": "T", "ext_ids": {"isbn13": "978-1-56619-909-3"}},
            ("malformed-isbn", "/ext_ids/isbn13"),
        ),
        (
            "release",
            {"title": "T", "contribs": [{"role": "ghost"}]},
            ("unknown-contributor-role", "/contribs/0/role"),
        ),
        (
            "release",
            {"title": "T", "abstracts": [{"sha1": "a" * 40}]},
            ("missing-content", "/abstracts/0/content"),
        ),
        ("release", {"title": "T", "extra": {"nexus": 1}}, ("wrong-type", "/extra/nexus")),
        ("file", {"release_ids": [IDENT, "x"]}, ("malformed-ident", "/release_ids/1")),
        ("container", {"name": None}, ("missing-name", "/name")),
        ("creator", {"display_name": "A", "orcid": "1"}, ("malformed-orcid", "/orcid")),
    ],
)
def test_entity_that_is_not_valid_is_refused_in_its_place(kind, entity, error):
    assert errors(kind, entity) == [error]
    assert from_fatcat(kind, entity)[0] == {}


@pytest.mark.parametrize("year", [0, -44, 9999])
def test_year_of_any_era_is_taken(year):
    entity = {"title": "T", "release_year": year, "ext_ids": {}}
    assert to_fatcat("release", body_of("release", entity)) == entity


@given(st.recursive(
    st.none() | st.integers(-5, 5) | st.sampled_from(["", "x", "10.5555/a"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
        st.sampled_from(["nexus", "title", "type", "issued", "author", "member", "extra", "index",
                         "date-parts", "ISBN", "DOI", "year", "name", "affiliation", "croid"]),
        inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_whatever_travels_breaks_nothing(odd):
    extra = {"extra": {"nexus": odd}} if isinstance(odd, dict) else {}
    entity = {"title": "T", "contribs": [{"raw_name": "A", **extra}], "refs": [extra], **extra}
    body, problems = from_fatcat("release", entity)
    if not any(problem.severity == "error" for problem in problems):
        to_fatcat("release", body)
