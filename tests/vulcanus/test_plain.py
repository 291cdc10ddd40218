"""Languages, dates and types: one form for each, nothing where nothing is sure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.aquilo import csl, schema_org
from nexus_hub.catalog.crossref_forms import TYPES
from nexus_hub.catalog.type_words import TYPE_WORDS
from nexus_hub.vulcanus import genre, language, published
from nexus_hub.vulcanus.languages import BY_NAME, BY_THREE, CODES
from nexus_hub.vulcanus.patch import look_up, parse_pointer
from nexus_hub.vulcanus.plain import Plain

THIS_YEAR = 2026
PARTS = st.dates(date(1, 1, 1), date(9999, 12, 31)).flatmap(
    lambda day: st.integers(1, 3).map(lambda n: [day.year, day.month, day.day][:n])
)
DATED = st.dictionaries(
    st.sampled_from([*published.MEMBERS, published.INSTEAD]),
    PARTS.map(lambda parts: {"date-parts": [parts]}),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted({*CODES, *BY_THREE, *BY_NAME})), st.sampled_from("lut"))
def test_a_language_in_normal_form_stays_so(said, case) -> None:
    cased = {"l": said.lower(), "u": said.upper(), "t": said.title()}[case]
    tag = language.normal_tag(cased)
    assert tag is not None
    assert language.normal_tag(tag) == tag


@given(st.text())
def test_any_text_is_taken_for_a_language_or_not(said) -> None:
    tag = language.normal_tag(said)
    assert tag is None or tag.partition("-")[0] in CODES


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("조선총독의 권한과 지위에 대한 시론", "ko"),
        ("情報学におけるデータの共有について", "ja"),
        ("บทบาทของเกลือในอาหารไทยสมัยใหม่", "th"),
        ("О соли и рассоле в северных морях", None),
        ("ملح الطعام في البحار الشمالية", None),
        ("On the α-, β- and γ-decay of salts", None),
        ("서론", None),
        ("Über das Salz der nördlichen Meere", None),
    ],
)
def test_language_is_told_by_a_script_that_is_of_it_alone(title, tag) -> None:
    found = language.read({"title": [title]})
    assert (found[1] if found else None) == tag
    assert language.read({"title": [title], "language": "en"}) is None


def test_declared_language_is_put_in_its_form_and_an_unknown_one_left() -> None:
    [told] = language.say(language.read({"language": "eng"}) or [])
    assert (told["originalValue"], told["enrichedValue"]) == ("eng", "en")
    assert language.read({"language": "Klingon"}) is None


@given(DATED)
def test_publication_is_the_earliest_plausible_date_or_that_of_issue(body: dict[str, Any]) -> None:
    found = published.read(body, THIS_YEAR)
    dates = {name: published.parts_of(body.get(name)) for name in published.MEMBERS}
    right = [d for d in dates.values() if d and published.is_plausible(d, THIS_YEAR)]
    named = set(found["wrong"]) if found else set()
    assert named == {n for n, d in dates.items() if d and d not in right}
    if found and found["chosen"]:
        name, chosen = found["chosen"]
        assert chosen == published.parts_of(body[name])
        assert published.is_plausible(chosen, THIS_YEAR)
        assert all(chosen[0] <= other[0] for other in right)
    elif right:
        assert dates["issued"] in right
        assert all(dates["issued"][0] <= other[0] for other in right)


@given(DATED)
def test_what_is_said_of_dates_names_where_they_stand(body: dict[str, Any]) -> None:
    for told in published.say(published.read(body, THIS_YEAR) or {"wrong": {}, "chosen": None}):
        assert all(look_up(body, parse_pointer(at)) == value for at, value in told["when"].items())
        assert told["path"] != "/issued" or "issued" not in body


@pytest.mark.parametrize("strategy", [language.LANGUAGE, published.DATES, genre.TYPE_VOCABULARY])
@given(
    st.dictionaries(
        st.sampled_from(
            ["language", "title", "abstract", "issued", "posted", "type", "subtype", "degree"]
        ),
        JSON | st.sampled_from(["journal-article", "posted-content", "dissertation"]),
    )
)
def test_no_record_is_too_strange(strategy: Plain, body: dict[str, Any]) -> None:
    found = strategy.read(body)
    assert found is None or strategy.say(found)


def test_every_type_has_its_words_and_the_formats_say_the_same() -> None:
    assert TYPE_WORDS.keys() == TYPES
    for name, words in TYPE_WORDS.items():
        item = csl.item({"type": name, "title": ["T"]})
        assert (item["type"], schema_org.schema_type(item)) == (words.csl, words.schema_org)


@pytest.mark.parametrize(
    ("body", "coar"),
    [
        ({"type": "posted-content", "subtype": "preprint"}, "c_816b"),
        ({"type": "posted-content", "subtype": "other"}, None),
        ({"type": "dissertation", "degree": ["Doctor of Philosophy (PhD)"]}, "c_db06"),
        ({"type": "dissertation", "degree": ["M.Sc."]}, "c_bdcc"),
        ({"type": "dissertation", "degree": ["Habilitation"]}, None),
        ({"type": "journal-article", "title": ["EDITORIAL"]}, "c_b239"),
        ({"type": "journal-article", "title": ["Editorial boards"]}, None),
        ({"type": "journal-article", "update-to": [{"type": "erratum"}]}, "c_7acd"),
        ({"type": "journal-article", "update-to": [{"type": "retraction"}]}, None),
        ({"type": "book-chapter", "title": ["Editorial"]}, None),
    ],
)
def test_genre_is_told_where_the_record_says_more_than_its_type(body, coar) -> None:
    found = genre.read(body)
    assert (found[0]["coar"].rpartition("/")[2] if found else None) == coar
