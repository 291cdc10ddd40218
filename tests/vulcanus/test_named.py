"""Whom and what a record names: told where one alone can be meant, and left open where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import issn as issn_number

from nexus_hub.vulcanus.container import Appearance, Container, appearance, fold_title
from nexus_hub.vulcanus.container import enrich as enrich_container
from nexus_hub.vulcanus.contributor import Claim, Person, agreement, enrich, read_orcid

ANN = Person("01ann", "0000-0002-1825-0097", "Ann Mei", "Ng", "Ann Ng")
AIDA = Person("01aida", "0000-0001-5109-3700", "Aida", "Ng", "Aida Ng")


def paths(elements: list) -> list[tuple[str, object]]:
    return [(one["path"], one["enrichedValue"]) for one in elements]


@given(st.integers(0, 10**15 - 1))
def test_iD_with_its_check_digit_is_read_and_with_any_other_it_is_not(number) -> None:
    digits = f"{number:015}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    right = "0123456789X"[(12 - total % 11) % 11]
    shown = "-".join((digits[:4], digits[4:8], digits[8:12], digits[12:] + right))
    assert read_orcid(f"https://orcid.org/{shown}") == shown
    wrong = "0" if right != "0" else "1"
    assert read_orcid(f"https://orcid.org/{shown[:-1]}{wrong}") is None


@pytest.mark.parametrize(
    ("written", "agrees"),
    [
        ({"given": "Ann", "family": "Ng"}, "given name"),
        ({"given": "ANN M.", "family": "NG"}, "given name"),
        ({"given": "A", "family": "Ng"}, "initials"),
        ({"given": "AM", "family": "Ng"}, "initials"),
        ({"given": "Ann B.", "family": "Ng"}, None),
        ({"given": "Anna", "family": "Ng"}, None),
        ({"given": "Ann", "family": "Ngo"}, None),
        ({"given": "", "family": "Ng"}, None),
        ({"name": "Ann Ng"}, None),
    ],
)
def test_names_agree_where_nothing_in_them_contradicts(written, agrees) -> None:
    assert agreement(written, ANN) == agrees


def test_nobody_is_proposed_where_two_could_be_meant() -> None:
    two = {"author": [{"given": "A", "family": "Ng"}, {"given": "Ann", "family": "Ng"}]}
    assert enrich(two, {}, [Claim(ANN, "")]) == []
    one = {"author": [{"given": "A", "family": "Ng"}]}
    assert enrich(one, {}, [Claim(ANN, ""), Claim(AIDA, "")]) == []
    assert paths(enrich(one, {}, [Claim(ANN, "")])) == [
        ("/author/0/ORCID", "https://orcid.org/0000-0002-1825-0097"),
        ("/author/0/orcid-asserted-by", "nexus"),
        ("/author/0/croid", "01ann"),
    ]


def test_who_has_an_iD_is_given_no_other() -> None:
    body = {"author": [{"given": "A", "family": "Ng", "ORCID": AIDA.orcid}]}
    assert enrich(body, {}, [Claim(ANN, "")]) == []
    assert paths(enrich(body, {AIDA.orcid: AIDA}, [Claim(AIDA, "")])) == [
        ("/author/0/croid", "01aida")
    ]


def test_iD_of_two_authors_is_a_problem_and_names_neither() -> None:
    people = [{"family": name, "ORCID": ANN.orcid} for name in ("Ng", "Li")]
    found = enrich({"author": people, "editor": people[:1]}, {ANN.orcid: ANN}, [])
    problems = [one["enrichedValue"] for one in found if one["path"] == "/nexus/problems"]
    assert {each["code"] for each in problems} == {"shared-orcid"}
    assert paths(found)[2:] == [("/editor/0/croid", "01ann")]


@given(st.integers(0, 10**7 - 1))
def test_issn_with_its_check_digit_is_one_and_with_any_other_it_is_not(number) -> None:
    digits = f"{number:07}"
    right = issn_number.calc_check_digit(digits)
    shown = f"{digits[:4]}-{digits[4:]}{right}"
    wrong = shown[:-1] + ("0" if right != "0" else "1")
    assert appearance({"ISSN": [shown]}).issns == (shown,)
    assert appearance({"ISSN": [wrong]}).wrong == ((0, wrong),)


@given(st.text())
def test_folding_a_title_twice_changes_nothing(title) -> None:
    assert fold_title(fold_title(title)) == fold_title(title)


def test_of_several_journals_the_one_of_most_issns_or_of_the_title_is_named() -> None:
    a = Container("01a", "Salt A", None, ("1234-5679",))
    b = Container("01b", "Salt B", "2049-3630", ("1234-5679", "2049-3630"))
    both = Appearance(("1234-5679", "2049-3630"), (), ("Salt A",), False)
    one = both._replace(issns=("1234-5679",))
    assert [told["enrichedValue"] for told in enrich_container(both, [a, b])] == ["01b"]
    assert [told["enrichedValue"] for told in enrich_container(one, [a, b])] == ["01a"]
    assert enrich_container(one._replace(titles=("Pepper",)), [a, b]) == []
    [told] = enrich_container(both._replace(titles=("Pepper",)), [b])
    assert (told["confidence"], told["evidence"]["issn_l"]) == (0.9, "2049-3630")


def test_title_of_one_word_names_no_journal() -> None:
    brain = Container("01a", "Brain", None, ("1234-5679",))
    assert enrich_container(Appearance((), (), ("Brain",), True), [brain]) == []
    salt = brain._replace(name="Salt and Brine")
    [told] = enrich_container(Appearance((), (), ("Salt & brine",), True), [salt])
    assert told["enrichedValue"] == "01a"
