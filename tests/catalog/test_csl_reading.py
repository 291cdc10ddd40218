"""An item of CSL-JSON becomes a work, member by member, and nothing of it is lost."""

import copy
import gzip
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.aquilo.csl import item
from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode, encode
from nexus_hub.catalog.crossref import normalise_work
from nexus_hub.catalog.csl import read, read_csl
from nexus_hub.catalog.csl.shapes import ITEM
from nexus_hub.platform.config import settings as configured

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.just(0.5) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            TEXT | st.sampled_from(["family", "date-parts", "raw", "literal"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


def csl(**members: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in members.items()}
    return {"DOI": "10.5555/abc", "type": "article-journal", "title": "On salt", **named}


def body(**members: Any) -> dict[str, Any]:
    found, problems = read(csl(**members))
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("sent", "member", "said"),
    [
        ({"volume": 3}, "volume", "3"),
        ({"page": "1-9"}, "page", "1-9"),
        ({"issue": ["4"]}, "issue", "4"),
        ({"edition": "2nd"}, "edition-number", "2nd"),
        ({"publisher_place": "Oslo"}, "publisher-location", "Oslo"),
        ({"container_title": "J"}, "container-title", ["J"]),
        ({"journalAbbreviation": "J."}, "short-container-title", ["J."]),
        ({"title_short": "Salt"}, "short-title", ["Salt"]),
        (
            {"URL": "https://example.org/1"},
            "resource",
            {"primary": {"URL": "https://example.org/1"}},
        ),
        ({"ISSN": "0378-5955, 1234-5679"}, "ISSN", ["0378-5955", "1234-5679"]),
        ({"PMID": "12345"}, "nexus", {"ext_ids": {"pmid": "12345"}}),
        ({"abstract": "A < B"}, "abstract", "<jats:p>A &lt; B</jats:p>"),
        ({"keyword": "salt, sea; ships"}, "subject", ["salt", "sea", "ships"]),
        ({"version": "1.2"}, "version", {"version": "1.2"}),
        ({"number": "e12"}, "article-number", "e12"),
        ({"issued": {"date-parts": [["2024", "05"]]}}, "issued", {"date-parts": [[2024, 5]]}),
        ({"issued": {"raw": "2024-05-04"}}, "issued", {"date-parts": [[2024, 5, 4]]}),
        ({"issued": "2024"}, "issued", {"date-parts": [[2024]]}),
        (
            {"available_date": {"date-parts": [[2024]]}},
            "published-online",
            {"date-parts": [[2024]]},
        ),
        (
            {"event_title": "Days", "event_place": "Oslo", "event_date": "2024-05-04/2024-05-06"},
            "event",
            {
                "name": "Days",
                "location": "Oslo",
                "start": {"date-parts": [[2024, 5, 4]]},
                "end": {"date-parts": [[2024, 5, 6]]},
            },
        ),
        (
            {"note": "seen", "medium": "print"},
            "nexus",
            {"csl": {"note": "seen", "medium": "print"}},
        ),
        ({"funder": [{"name": "Fund"}]}, "funder", [{"name": "Fund"}]),
        (
            {"illustrator": [{"family": "Ng"}]},
            "nexus",
            {"contributor": [{"family": "Ng", "nexus": {"role": "illustrator"}}]},
        ),
        (
            {"curator": [{"literal": "Museum"}]},
            "nexus",
            {
                "contributor": [
                    {"name": "Museum", "role": [{"role": "curator", "vocabulary": "csl"}]}
                ]
            },
        ),
    ],
)
def test_each_member_finds_its_place(sent, member, said):
    assert body(**sent)[member] == said


@pytest.mark.parametrize(
    ("name", "person"),
    [
        (
            {"family": "Ng", "given": "A.", "suffix": "Jr"},
            {"family": "Ng", "given": "A.", "suffix": "Jr"},
        ),
        (
            {"family": "Gogh", "given": "V.", "non-dropping-particle": "van"},
            {
                "family": "van Gogh",
                "given": "V.",
                "nexus": {"extra": {"csl": {"non-dropping-particle": "van"}}},
            },
        ),
        (
            {"family": "Alembert", "given": "J.", "dropping-particle": "d'"},
            {
                "family": "Alembert",
                "given": "J. d'",
                "nexus": {"extra": {"csl": {"dropping-particle": "d'"}}},
            },
        ),
        ({"literal": "A Group"}, {"name": "A Group"}),
        (
            {"family": "Ng", "ORCID": "0000-0002-1825-0097", "affiliation": [{"name": "Oslo"}]},
            {
                "family": "Ng",
                "ORCID": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": [{"name": "Oslo"}],
            },
        ),
    ],
)
def test_a_name_keeps_its_parts(name, person):
    assert body(author=[name])["author"] == [{"sequence": "first", **person}]


@pytest.mark.parametrize(
    ("given_type", "kind"),
    [
        ("chapter", "book-chapter"),
        ("thesis", "dissertation"),
        ("journal-article", "journal-article"),
        ("motion_picture", "other"),
    ],
)
def test_a_type_is_told_in_crossrefs_words(given_type, kind):
    found = body(type=given_type)
    assert found["type"] == kind
    assert found.get("nexus", {}).get("csl", {}).get("type") == (
        given_type if kind == "other" else None
    )


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"type": None}, ("error", "missing-type", "/type")),
        ({"DOI": "10.2/x"}, ("error", "malformed-doi", "/DOI")),
        ({"title": {"en": "A"}}, ("error", "wrong-type", "/title")),
        ({"author": [5]}, ("error", "wrong-type", "/author/0")),
        (
            {"author": [{}, {"family": "N", "ORCID": "0"}]},
            ("warning", "malformed-orcid", "/author/1/ORCID"),
        ),
        ({"issued": {"literal": "in spring"}}, ("warning", "bad-date", "/issued")),
        ({"shortTitle": ["A", "B"]}, ("warning", "several-values", "/shortTitle")),
        ({"title": ""}, ("warning", "missing-title", "/title")),
        ({"PMID": "x"}, ("warning", "malformed-pmid", "/PMID")),
        ({"colour": "red"}, ("warning", "unknown-member", "/colour")),
    ],
)
def test_a_problem_points_to_what_was_sent(members, problem):
    found = [(p.severity, p.code, p.pointer) for p in read(csl(**members))[1]]
    assert problem in found


@given(st.dictionaries(st.sampled_from(sorted(ITEM.members)), ANYTHING), st.booleans())
@settings(max_examples=300)
def test_whatever_the_members_hold_the_item_is_read_or_refused(members, is_whole):
    sent = {**csl(), **members} if is_whole else members
    before = copy.deepcopy(sent)
    found, problems = read(sent)
    assert sent == before
    assert all(isinstance(problem, Problem) for problem in problems)
    if not any(problem.severity == "error" for problem in problems):
        assert normalise_work(found)[0] == found
        assert decode(encode(found)) == found


@given(st.binary(max_size=60) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_whatever_the_bytes_are_they_are_read_or_refused(raw):
    try:
        found, problems = read_csl(raw)
    except RefusedRecordError:
        return
    assert found.get("DOI") or any(problem.severity == "error" for problem in problems)


@pytest.mark.real_data
def test_what_aquilo_writes_as_csl_is_read_back():
    folder = configured().real_data
    if folder is None:
        pytest.skip("NEXUS_REAL_DATA is not set")
    same = count = 0
    with gzip.open(folder / "crossref" / "works.jsonl.gz") as lines:
        for line in lines:
            written = item(normalise_work(json.loads(line))[0])
            found, problems = read(written)
            assert not [p for p in problems if p.code != "missing-title"], written
            count += 1
            same += item(found) == written
    assert count > 5000
    # The rest differ in markup within titles and abstracts.
    assert same / count > 0.99
