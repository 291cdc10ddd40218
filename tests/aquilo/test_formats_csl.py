"""CSL-JSON: what citation processors accept, from any record."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.aquilo import csl

# The members, types and name parts of the CSL 1.0.2 data schema (csl-data.json).
STRING_MEMBERS = (
    "id language journalAbbreviation shortTitle abstract annote archive authority chapter-number "
    "collection-number collection-title container-title container-title-short dimensions division "
    "DOI edition event event-title event-place genre ISBN ISSN issue jurisdiction keyword locator "
    "medium note number number-of-pages number-of-volumes page page-first PMCID PMID publisher "
    "publisher-place references scale section source status title title-short URL version "
    "volume volume-title"
)
STRINGS = set(STRING_MEMBERS.split())
NAMES = {"author", "chair", "editor", "translator"}
DATES = {"issued", "event-date", "original-date", "submitted", "accessed", "available-date"}
ITEM_TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture musical_score "
    "pamphlet paper-conference patent performance periodical personal_communication post "
    "post-weblog regulation report review review-book software song speech standard thesis treaty "
    "webpage"
)
TYPES = set(ITEM_TYPES.split())


def check(item):
    """Fails where the item is not what the CSL data schema describes."""
    assert item["type"] in TYPES
    assert item["id"]
    for member, value in item.items():
        if member in NAMES:
            assert value
            for name in value:
                assert set(name) <= {"family", "given", "suffix", "literal"}
                assert "family" in name or set(name) == {"literal"}
                assert all(isinstance(part, str) and part for part in name.values())
        elif member in DATES:
            assert set(value) == {"date-parts"}
            assert 1 <= len(value["date-parts"]) <= 2
            for parts in value["date-parts"]:
                assert 1 <= len(parts) <= 3
                assert all(type(part) is int for part in parts)
        elif member == "custom":
            assert set(value) == {"croid"}
        else:
            assert member in STRINGS | {"type"}, member
            assert isinstance(value, str), member
            assert value, member
    json.dumps(item, allow_nan=False)


def article(**members):
    return {"type": "journal-article", "DOI": "10.5555/12345678"} | members


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date-parts", "family", "given", "name", "start", "URL"]), inner
        )
    ),
    max_leaves=8,
)
members = st.sampled_from(
    [
        *csl._STRINGS,
        *csl._ROLES,
        *csl._DATES,
        "type",
        "title",
        "subtitle",
        "container-title",
        "event",
        "institution",
        "resource",
        "ISSN",
        "ISBN",
        "subject",
        "degree",
        "version",
        "abstract",
    ]
)


@given(st.dictionaries(members, json_values))
def test_whatever_a_body_holds_the_item_is_valid(body):
    check(csl.item(body))


def test_a_list_of_titles_becomes_one_title_with_its_subtitle():
    item = csl.item(article(title=["Deep water"], subtitle=["A study"]))
    assert item["title"] == "Deep water: A study"
    assert item["title-short"] == "Deep water"


def test_a_subtitle_that_the_title_has_already_is_not_repeated():
    item = csl.item(article(title=["Deep water: a study"], subtitle=["A study"]))
    assert item["title"] == "Deep water: a study"


def test_an_empty_first_title_gives_way_to_the_next():
    assert csl.item(article(title=["", "Human capital"]))["title"] == "Human capital"


def test_a_null_year_is_no_date_and_the_next_date_counts():
    item = csl.item(
        article(
            issued={"date-parts": [[None]]}, **{"published-online": {"date-parts": [[2019, 2]]}}
        )
    )
    assert item["issued"] == {"date-parts": [[2019, 2]]}


def test_an_impossible_month_ends_the_date_before_it():
    item = csl.item(article(issued={"date-parts": [[2019, 13, 4]]}))
    assert item["issued"] == {"date-parts": [[2019]]}


def test_the_abbreviation_beside_a_journal_is_not_its_title():
    item = csl.item(article(**{"container-title": ["Child Abuse Rev.", "Child Abuse Review"]}))
    assert item["container-title"] == "Child Abuse Review"
    assert "collection-title" not in item


def test_a_chapter_stands_in_its_book_and_the_book_in_its_series():
    item = csl.item({"type": "book-chapter", "container-title": ["UNITEXT", "Analysis I"]})
    assert (item["container-title"], item["collection-title"]) == ("Analysis I", "UNITEXT")


def test_a_paper_stands_in_the_proceedings_of_its_event_whatever_their_order():
    event = "Science Conference 2021"
    item = csl.item(
        {
            "type": "proceedings-article",
            "container-title": [event, "AIP Conference Proceedings"],
            "event": {"name": event},
        }
    )
    assert item["container-title"] == event
    assert item["collection-title"] == "AIP Conference Proceedings"


def test_a_thesis_is_published_by_its_institution():
    item = csl.item(
        {"type": "dissertation", "publisher": "Depository", "institution": [{"name": "MIT"}]}
    )
    assert (item["type"], item["publisher"]) == ("thesis", "MIT")


def test_without_a_doi_the_croid_names_the_item():
    croid = "06aab5xre4rt7g8yfk40hqgwwr"
    item = csl.item({"title": ["X"]}, croid)
    assert item["id"] == croid
    assert item["custom"] == {"croid": croid}


def works(folder):
    for name in ("works.jsonl.gz", "works-ama.jsonl.gz"):
        with gzip.open(folder / "crossref" / name, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


@pytest.mark.real_data
def test_every_real_work_becomes_a_valid_item(real_data):
    count = 0
    for work in works(real_data):
        item = csl.item(work)
        check(item)
        assert item["DOI"] == work["DOI"]
        assert ("author" in item) >= any(a.get("family") for a in work.get("author", []))
        count += 1
    assert count == 5_627 + 1_165
