"""Truths that the registry itself opposes, whatever a strategy answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.evaluation import Case
from nexus_hub.vulcanus.opposed import Labels, plain_name
from nexus_hub.vulcanus.organisations import Organisation


def funder(number: int, *names: tuple[str, str], successor: int | None = None) -> Organisation:
    return Organisation(
        f"c-{number}",
        address(number),
        "inactive" if successor else "active",
        None,
        None,
        names,
        successor_ror=address(successor) if successor else None,
        funders=(f"10.13039/{number}",),
    )


def address(number: int) -> str:
    return f"https://doi.org/10.13039/{number}"


ROWS = [
    funder(1, ("Salt Fund", "label"), ("SF", "acronym")),
    funder(2, ("Salt Fund, Directorate for Brine", "alias")),
    funder(3, ("Sugar & Pepper Agency", "label")),
    funder(4, ("Pepper Agency", "label"), successor=3),
    funder(5, ("Twin", "label")),
    funder(6, ("The Twin", "alias")),
    funder(7, ("Brine Institute", "label"))._replace(funders=()),
]
SAME = {address(4): address(3)}


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels(ROWS, lambda given: SAME.get(given, given))


@pytest.mark.parametrize(
    ("name", "true", "is_opposed"),
    [
        ("Salt Fund", 1, False),
        ("Salt Fund", 2, True),
        ("The SALT fund.", 2, True),
        ("Salt Fund &#8211; Directorate for Brine", 1, True),
        ("Salt Fund Directorate of Brine", 1, False),
        ("SF", 2, False),
        ("Pepper Agency", 3, False),
        ("Pepper Agency", 4, False),
        ("Pepper Agency", 1, True),
        ("Twin", 5, False),
        ("Twin", 6, False),
        ("Brine Institute", 1, False),
        ("", 1, False),
    ],
)
def test_a_name_that_is_anothers_label_opposes_its_truth(labels, name, true, is_opposed) -> None:
    assert labels.oppose(Case(name, frozenset({address(true)}))) is is_opposed


def test_one_true_id_of_several_is_enough(labels) -> None:
    assert not labels.oppose(Case("Salt Fund", frozenset({address(1), address(2)})))


@given(st.text())
def test_a_plain_name_stays_as_it_is(name) -> None:
    assert plain_name(plain_name(name)) in (plain_name(name), plain_name(name)[4:])
