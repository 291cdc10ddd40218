"""A change of organisations reaches every string that reads otherwise for it, however it came."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nexus_hub.vulcanus.matcher import Match, match, term
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.reach import apply_changes

WORDS = (
    "Salt",
    "Sugar",
    "Pepper",
    "Peper",
    "Harbour",
    "University",
    "Hospital",
    "Institute",
    "National",
    "School",
    "System",
    "Berlin",
    "Tartu",
    "Research",
    "Medical",
    "Center",
    "Medicine",
)
CITIES = ("Berlin", "Tartu", "Harbour")
COUNTRIES = {"DE": "Germany", "EE": "Estonia", "US": "USA"}
NUMBERS = range(6)
PARTS = (*WORDS, *COUNTRIES.values(), ",", ",", "of", "SALT")

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
kinds = st.sampled_from(("label", "ror_display", "alias", "acronym"))
organisations = st.builds(
    lambda number, **facts: Organisation(f"croid-{number}", ror(number), **facts),
    number=st.sampled_from(NUMBERS),
    status=st.sampled_from(("active", "active", "inactive")),
    country_code=st.sampled_from(tuple(COUNTRIES)),
    city=st.sampled_from((*CITIES, None)),
    names=st.lists(st.tuples(names, kinds), min_size=1, max_size=3),
    successor_ror=st.sampled_from((None, *map("https://ror.org/{}".format, NUMBERS))),
    parent_rors=st.lists(st.sampled_from(NUMBERS), max_size=2, unique=True).map(
        lambda numbers: tuple(map(ror, numbers))
    ),
    funders=st.sampled_from((0, 0, 1, 3, 20)).map(lambda count: tuple(map(str, range(count)))),
)
registries = st.lists(organisations, max_size=6)
texts = st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map(" ".join)
removals = st.lists(st.sampled_from(NUMBERS), max_size=2)


def ror(number: int) -> str:
    return f"https://ror.org/{number}"


def meaning(found: Match) -> object:
    return found.chosen, found.ambiguous


def last(rows: list[Organisation]) -> dict[str, Organisation]:
    return {row.croid: row for row in rows}


def salt(number: int, *named: tuple[str, str], **facts: object) -> Organisation:
    given = {"status": "active", "country_code": "DE", "city": "Berlin", **facts}
    return Organisation(f"croid-{number}", ror(number), names=named, **given)  # ty: ignore[invalid-argument-type]


LABEL = ("Salt Institute", "label")


@settings(max_examples=400, deadline=None)
@given(registries, registries, removals, st.lists(texts, min_size=1, max_size=6))
@example([salt(1, LABEL)], [salt(2, LABEL, country_code="EE")], [], ["Salt Institute"])
@example(
    [salt(1, LABEL, status="inactive", successor_ror=ror(2)), salt(2, ("Sugar", "label"))],
    [salt(2, ("Sugar", "label"), country_code="EE")],
    [],
    ["Salt Institute, Germany"],
)
@example(
    [salt(1, LABEL), salt(2, LABEL), salt(3, ("Sugar", "label"))],
    [salt(3, ("Sugar", "label"), parent_rors=(ror(1),))],
    [],
    ["Salt Institute"],
)
@example(
    [
        salt(1, LABEL),
        salt(2, LABEL, parent_rors=(ror(3),)),
        *(salt(n, (f"Sugar {n}", "label"), parent_rors=(ror(1),)) for n in (4, 5)),
        salt(3, ("Sugar", "label")),
    ],
    [salt(3, ("Sugar", "label"), parent_rors=(ror(1),))],
    [],
    ["Salt Institute"],
)
@example(
    [salt(1, LABEL), salt(2, ("Sugar", "label"), city="Tartu")], [], [2], ["Salt Institute Tartu"]
)
@example([salt(1, ("Peper Sugar Institute", "label"))], [], [1], ["Pepper Sugar Institute"])
@example([salt(1, ("Salt University", "label"))], [], [1], ["Salt School of Law"])
@example(
    [salt(1, LABEL, funders=("1",)), salt(2, LABEL)],
    [salt(1, LABEL), salt(2, LABEL, funders=("1", "2"))],
    [],
    ["Salt Institute"],
)
@example(
    [salt(1, ("Salt Sugar", "label"))],
    [salt(1, ("Salt Sugar", "label"), ("Salt University Hospital", "label"))],
    [],
    ["Salt Sugar University Hospital"],
)
@example(
    [salt(1, ("Salt", "acronym"), funders=tuple("123456789ABCDEFGH"))],
    [
        salt(
            1,
            ("Salt", "acronym"),
            ("Pepper University", "label"),
            funders=tuple("123456789ABCDEFGH"),
        )
    ],
    [],
    ["SALT School of Medicine"],
)
def test_strings_that_mean_another_organisation_are_reached(
    first: list[Organisation],
    then: list[Organisation],
    gone: list[int],
    asked: list[str],
) -> None:
    before = last(first)
    index = OrganisationIndex(before.values())
    olds = {text: match(text, index) for text in asked}
    after = before | last(then)
    left = [f"croid-{number}" for number in gone if f"croid-{number}" not in last(then)]
    for croid in left:
        after.pop(croid, None)
    sets = [set(words) for words in apply_changes(index, left, last(then).values()).word_sets()]
    anew = OrganisationIndex(after.values())
    for text, old in olds.items():
        new = match(text, index)
        assert meaning(new) == meaning(match(text, anew)), "as if it had been loaded so"
        if meaning(new) != meaning(old):
            assert any(words.issubset(old.terms) for words in sets)


def test_a_name_more_reaches_none_but_strings_with_all_of_its_words() -> None:
    index = OrganisationIndex([salt(1, LABEL), salt(2, ("Sugar University Hospital", "label"))])
    reach = apply_changes(index, [], [salt(1, LABEL, ("University Hospital", "alias"))])
    assert reach.names == {"university hospital"}
    assert {term("university"), term("hospital")} in [set(words) for words in reach.word_sets()]


def test_what_is_not_matched_against_reaches_nothing() -> None:
    index = OrganisationIndex([salt(1, LABEL)])
    assert not apply_changes(index, ["croid-5"], [salt(1, LABEL)]).word_sets()


def test_a_word_that_is_common_no_more_reaches_the_names_with_it() -> None:
    rows = [
        Organisation(f"c{n}", f"r{n}", "active", f"{n}", None, [(f"Foo Bar{n}", "alias")])
        for n in range(25)
    ]
    index = OrganisationIndex(rows)
    reach = apply_changes(index, ["c24"], [])
    assert not index.is_common("foo", 25)
    assert "foo bar3" in reach.names


@pytest.mark.parametrize(
    ("names", "text", "word"),
    [
        (
            ["Herring Peppermill Institute", "Xu Harbour Sugarland Harbour Saltary Peppermill"],
            "Xu Harbour Harbour Saltary Peppermil",
            "Sugarland",
        ),
        (
            ["Saltery Harbour Saltery Herring", "Peppermill Institute University Saltary"],
            "Peppermil University Saltary",
            "Peppermill",
        ),
    ],
    ids=["can do without the word", "has the like of the word"],
)
def test_a_word_that_turns_more_common_reaches_strings_that_have_it_not(
    names: list[str], text: str, word: str
) -> None:
    rows = [named(number, name) for number, name in enumerate(names)]
    others = [named(10 + n, f"{word} Zebra{n} Quagga{n}") for n in range(2)]
    index = OrganisationIndex([*rows, *others])
    assert index.rarity(word.lower()) == 0
    old = match(text, index)
    sets = apply_changes(index, [], [named(20, f"{word} Okapi Tapir")]).word_sets()
    assert index.rarity(word.lower()) == 1
    assert meaning(match(text, index)) != meaning(old)
    assert any(set(words) <= set(old.terms) for words in sets)


def named(number: int, name: str) -> Organisation:
    return salt(number, (name, "label"), city=None)
