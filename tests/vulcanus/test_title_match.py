"""Which work a title means, of a few that share words with it."""

from __future__ import annotations

import pytest

from nexus_hub.vulcanus.citation_match import Citable
from nexus_hub.vulcanus.title_match import match_title, read_title

TITLE = "On the curing of herring with coarse salt"


def work(doi: str, title: str, *surnames: str, year: int | None = 2021) -> Citable:
    return Citable(doi, doi, title, surnames, "Journal of Salt", year, "12", "", "101", "article")


HERRING = work("10.5555/herring", TITLE, "Núñez", "Vega")
OTHERS = [
    work("10.5555/reply", f"Reply to: {TITLE}", "Olsen"),
    work("10.5555/fine", "On the curing of herring with fine salt", "Núñez"),
    work("10.5555/editorial-1", "Editorial", "Ng", year=2020),
    work("10.5555/editorial-2", "Editorial", "Lie", year=2021),
    work("10.5555/short", "Salt", "Ng"),
]


def doi(given: object, *works: Citable) -> str | None:
    found = match_title(read_title(given), works or [HERRING, *OTHERS])  # ty: ignore[invalid-argument-type]
    return found.citable.doi if found.citable else None


@pytest.mark.parametrize(
    "given",
    [
        TITLE,
        TITLE.upper() + ".",
        "On the curing of <i>herring</i> with coarse  salt",
        "On the curing of herring with coarse slat",
        f"{TITLE}. Vega, 2021",
        f"Núñez A. {TITLE} (2020)",
        f"{TITLE} 2021",
        {"title": TITLE},
        {"title": [TITLE], "author": "Vega B", "year": "2022"},
    ],
)
def test_a_title_with_or_without_author_and_year_is_known(given: object) -> None:
    assert doi(given) == HERRING.doi


@pytest.mark.parametrize(
    "given",
    [
        f"{TITLE} and of cod, and what became of those who ate it",
        f"{TITLE}. Vega, 2012",
        "On the curing of herring",
        "Salt",
        "",
        "Editorial",
        {"title": "Editorial", "year": 2021},
        {"author": "Vega"},
    ],
)
def test_in_doubt_there_is_none(given: object) -> None:
    assert doi(given) is None


def test_two_works_of_one_title_are_told_apart_by_author_or_year_alone() -> None:
    twin = work("10.5555/twin", TITLE, "Olsen", year=1999)
    assert doi(TITLE, HERRING, twin) is None
    assert set(match_title(read_title(TITLE), [HERRING, twin]).open) == {HERRING.doi, twin.doi}
    assert doi(f"{TITLE}. Olsen 1999", HERRING, twin) == twin.doi
    assert doi({"title": TITLE, "author": "Núñez"}, HERRING, twin) == HERRING.doi
