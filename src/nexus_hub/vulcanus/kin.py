"""Tells versions of one work, and duplicates, from releases that merely look alike.

Pure. What records say of each other counts most; without it, the same title by the same people,
in years that fit: a preprint and an article are versions, two articles in one place are one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from rapidfuzz import fuzz

from nexus_hub.vulcanus.citation import clean_text, comparable_number, comparable_words, squash
from nexus_hub.vulcanus.citation_match import numerals

VERSIONS: Final = frozenset(
    {
        "is-preprint-of", "has-preprint", "is-manuscript-of", "has-manuscript", "is-version-of",
        "has-version", "is-new-version-of", "is-previous-version-of",
    }
)  # fmt: skip
SAME: Final = frozenset({"is-identical-to", "is-same-as"})
PREPRINT: Final = "posted-content"
ARTICLES: Final = frozenset(
    {"journal-article", "proceedings-article", "book-chapter", "report", "dissertation"}
)
REMEMBERED: Final = 1 << 12
"""Titles and lists of people whose comparable forms are kept: each is asked for pair by pair."""

LONGEST_WAIT_Y: Final = 5
"""Years within which a preprint becomes an article."""


class Release(NamedTuple):
    """What tells a release from others; `surnames` has the first author first."""

    croid: UUID
    doi: str
    type: str
    title: str
    surnames: tuple[str, ...]
    container: str
    year: int | None
    volume: str
    first_page: str
    work: UUID | None


class Kinship(NamedTuple):
    """What two releases are to each other, by which rule and how surely."""

    what: Literal["version", "duplicate"]
    rule: str
    confidence: float
    evidence: dict[str, Any]


def judge(one: Release, other: Release, relations: Collection[str]) -> Kinship | None:
    """What two releases are to each other; `relations` are those that `one` has to `other`.

    >>> from uuid import UUID
    >>> draft = Release(UUID(int=1), "10.5555/p", "posted-content", "On the curing of herring",
    ...     ("Vega", "Ng"), "", 2020, "", "", None)
    >>> article = draft._replace(doi="10.5555/a", type="journal-article", year=2021)
    >>> judge(draft, article, ()).rule, judge(article, article._replace(year=1990), ())
    ('preprint with the title and the authors', None)
    """
    if named := sorted(VERSIONS.intersection(relations)):
        return Kinship("version", "named in a record", 0.99, {"relation": named[0]})
    if named := sorted(SAME.intersection(relations)):
        return Kinship("duplicate", "named in a record", 0.9, {"relation": named[0]})
    if not (_is_one_title(one.title, other.title) and _are_one_group(one, other)):
        return None
    evidence = {"title": one.title, "authors": list(one.surnames[:5]), "years": _years(one, other)}
    if PREPRINT in (one.type, other.type):
        return _version(one, other, evidence)
    return _duplicate(one, other, evidence)


def _years(one: Release, other: Release) -> list[int]:
    return sorted(year for year in (one.year, other.year) if year is not None)


def _is_one_title(one: str, other: str) -> bool:
    left, right = _letters(one), _letters(other)
    return (
        len(left) >= 20
        and numerals(one) == numerals(other)
        and fuzz.ratio(left, right, score_cutoff=95) > 0
    )


@lru_cache(maxsize=REMEMBERED)
def _letters(title: str) -> str:
    return squash(clean_text(title)).text


def _are_one_group(one: Release, other: Release) -> bool:
    """Whether the first authors are the same and most of the others too."""
    left, right = _people(one.surnames), _people(other.surnames)
    if not left or not right or left[0] != right[0]:
        return False
    shared = len(set(left) & set(right))
    return shared >= 0.7 * min(len(set(left)), len(set(right)))


@lru_cache(maxsize=REMEMBERED)
def _people(surnames: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(comparable_words(name)) for name in surnames)


def _version(one: Release, other: Release, evidence: dict[str, Any]) -> Kinship | None:
    if one.year is None or other.year is None:
        return None
    if one.type == other.type:
        if abs(one.year - other.year) > LONGEST_WAIT_Y:
            return None
        return Kinship("version", "preprints with the title and the authors", 0.94, evidence)
    draft, article = (one, other) if one.type == PREPRINT else (other, one)
    wait = article.year - draft.year if article.year and draft.year else 0
    # A preprint may be posted when the article is out.
    if article.type not in ARTICLES or not -1 <= wait <= LONGEST_WAIT_Y:
        return None
    return Kinship("version", "preprint with the title and the authors", 0.95, evidence)


def _duplicate(one: Release, other: Release, evidence: dict[str, Any]) -> Kinship | None:
    """Two of one type are one where nothing of their place differs."""
    if one.type != other.type or one.type not in ARTICLES:
        return None
    if one.year is None or other.year is None or abs(one.year - other.year) > 1:
        return None
    containers = {squash(r.container).text for r in (one, other)} - {""}
    volumes = {comparable_number(r.volume) for r in (one, other)} - {""}
    pages = {comparable_number(r.first_page) for r in (one, other)} - {""}
    if max(map(len, (containers, volumes, pages))) > 1:
        return None
    is_placed = all(r.volume and r.first_page and r.container for r in (one, other))
    evidence = {**evidence, "container": one.container, "volume": one.volume}
    if is_placed:
        return Kinship("duplicate", "title, authors and place", 0.97, evidence)
    return Kinship("duplicate", "title and authors, no place differs", 0.8, evidence)
