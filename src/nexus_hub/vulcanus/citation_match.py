"""Decides which of a few candidates a reference means; in doubt none.

Each candidate is held against the reference: its title, first author, year, volume, first page and
container agree, are missing or contradict. A rule says which agreements are enough; two candidates
that are equally good leave the reference open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from rapidfuzz import fuzz

from nexus_hub.vulcanus.citation import (
    Reference,
    Squashed,
    clean_text,
    comparable_number,
    comparable_words,
    squash,
)
from nexus_hub.vulcanus.containers import is_named

LONG: Final = 25
"""Letters from which a title stands for itself."""
SHORT: Final = 12
MAIN: Final = 20

CONFIDENCE: Final = {
    "doi": 0.99,
    "title and place": 0.99,
    "title and author": 0.97,
    "title": 0.95,
    "place and author": 0.95,
    "place": 0.93,
    "weak title and place": 0.94,
}
"""By rule."""

_OPENERS = re.compile(
    r"(?:errat\w+|corrig\w+|corrections?|retract\w+|repl(?:y|ies)|comments?|commentary|response"
    r"|reviews?|addend\w+|discussion|rejoinder|notice)[\s\w,:'\"\u201c]{0,12}$",
    re.I,
)
_EDGES: Final = frozenset(".;:?!()[]{}\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019'\u2013\u2014/|*")
_SUBTITLE = re.compile(r"\s*(?::|\?|\s[-\u2013\u2014]|\.)\s+")


class Citable(NamedTuple):
    """A work that may be meant. `surnames` has the first author first."""

    croid: str
    doi: str
    title: str
    surnames: tuple[str, ...]
    container: str
    year: int | None
    volume: str
    issue: str
    first_page: str
    type: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a work agrees with a reference.

    `title`: 4 letter for letter, 3 but for slips, 2 in its main part or without clear edges, 1 in
    parts, 0 not, None where the work or the reference has none. Of the others True agrees, False
    contradicts, None is missing on one side; `year` is how many years lie between.
    """

    title: int | None
    similarity: float
    author: bool | None
    is_first_author: bool
    year: int | None
    volume: bool | None
    page: bool | None
    is_pair: bool
    container: bool | None
    is_named_by_doi: bool

    @property
    def points(self) -> float:
        """How much agrees: to order candidates that pass."""
        near = 0 if self.year is None else 1.0 if self.year == 0 else 0.5 if self.year == 1 else -1
        marks = (self.volume, self.page, self.author, self.container)
        return (
            (self.title or 0)
            + self.similarity
            + sum(1.0 if mark else -1.0 if mark is False else 0.0 for mark in marks)
            + near
            + 5.0 * self.is_named_by_doi
        )


class Match(NamedTuple):
    """What a reference means: a work with its rule, confidence and evidence, or nothing.

    `rule` is empty and `citable` None where nothing was chosen; `open` holds the DOIs of those
    between which nothing decides.
    """

    citable: Citable | None
    rule: str
    confidence: float
    evidence: dict[str, Any]
    open: tuple[str, ...] = ()


NOTHING: Final = Match(None, "", 0.0, {})


def match(reference: Reference, candidates: Sequence[Citable]) -> Match:
    """The work that a reference means, of these candidates."""
    passed: list[tuple[float, str, Citable, Agreement]] = []
    for candidate in candidates:
        agreement = compare(reference, candidate)
        rule = judge(agreement, reference)
        if rule:
            passed.append((agreement.points, rule, candidate, agreement))
    if not passed:
        return NOTHING
    passed.sort(key=lambda item: (-item[0], item[2].doi))
    points, rule, best, agreement = passed[0]
    rivals = [item[2].doi for item in passed[1:] if points - item[0] < 0.75]
    if rivals:
        return Match(None, "", 0.0, {"rule": "open"}, (best.doi, *rivals))
    evidence = {
        name: value
        for name, value in asdict(agreement).items()
        if value is not None and value is not False
    }
    return Match(best, rule, CONFIDENCE[rule], {"rule": rule, **evidence})


def judge(a: Agreement, reference: Reference) -> str:
    """The rule by which a work is the one that is meant; empty where none is."""
    against = (a.volume is False) + (a.page is False) + (a.year is not None and a.year > 1)
    place = bool(a.volume) + bool(a.page)
    near = a.year is not None and a.year <= 1
    if a.is_named_by_doi and (a.title is None or a.title >= 1 or a.author or place == 2):
        return "doi"
    if a.title is not None and a.title >= 3:
        if place == 2 and a.author is not False:
            return "title and place"
        if a.author and against == 0:
            return "title and author"
        if a.author and against == 1 and (place or (near and a.container)):
            return "title and author"
        if a.author is False:
            return "title" if against == 0 and a.page and (near or a.container) else ""
        if a.author is None and against == 0 and (place or (near and a.container)):
            return "title"
        return "title" if a.author is None and against == 1 and a.page and a.container else ""
    if a.title is not None and a.title >= 1:
        if against == 0 and a.author and (place == 2 or (place and (near or a.container))):
            return "weak title and place"
        if against == 0 and a.title == 2 and a.author and near and a.container:
            return "weak title and place"
        if a.is_pair and (
            (a.author and near) or (a.author is None and a.container and against == 0)
        ):
            return "weak title and place"
        return ""
    if (a.title is None or not reference.title) and a.is_pair and against == 0:
        if a.is_first_author and (a.year == 0 or a.container):
            return "place and author"
        if a.author is None and a.container and (a.year == 0 or not reference.has_string):
            return "place"
    return ""


def compare(reference: Reference, citable: Citable) -> Agreement:
    """Hold a work against a reference."""
    title, similarity, where = _title(reference, citable.title)
    page, volume = comparable_number(citable.first_page), comparable_number(citable.volume)
    author, is_first = _author(reference, citable.surnames, where)
    year = (
        min((abs(year - citable.year) for year in reference.years), default=None)
        if (citable.year)
        else None
    )
    return Agreement(
        title=title,
        similarity=round(similarity, 3),
        author=author,
        is_first_author=is_first,
        year=year,
        volume=_volume(reference, volume),
        page=_page(reference, page),
        is_pair=_is_pair(reference, volume, page),
        container=_container(reference, citable.container),
        is_named_by_doi=citable.doi in reference.dois,
    )


def _volume(reference: Reference, volume: str) -> bool | None:
    """Whether the volume is named; without a place in the reference nothing contradicts it."""
    if not volume:
        return None
    if reference.is_structured and not any(given for given, _ in reference.pairs):
        return volume in reference.numbers or None
    return volume in reference.numbers or (False if reference.has_place else None)


def _is_pair(reference: Reference, volume: str, page: str) -> bool:
    """Whether volume and page stand side by side, and are not what any work may have."""
    if not volume or not page or (volume, page) not in reference.pairs:
        return False
    return reference.is_structured or (page != "1" and volume not in map(str, reference.years))


def _page(reference: Reference, page: str) -> bool | None:
    if not page:
        return None
    bare = page.lstrip("abcdefghijklmnopqrstuvwxyz")
    if page in reference.numbers or (bare != "" and bare in reference.pages):
        return True
    return False if reference.has_place and reference.pages else None


def _container(reference: Reference, container: str) -> bool | None:
    if not container:
        return None
    return is_named(container, reference.container or reference.text.source) or None


def _author(
    reference: Reference, surnames: Sequence[str], where: tuple[int, int] | None
) -> tuple[bool | None, bool]:
    """Whether one of the first authors is named, and whether it is the first."""
    if not surnames or not reference.surnames:
        return None, False
    head = reference.words[:40]
    for place, surname in enumerate(surnames[:3]):
        words = [word for word in _surname(surname) if len(word) > 1]
        if words and _is_in(words, head):
            return True, place == 0
    return False, False


def _is_in(words: Sequence[str], head: Sequence[str]) -> bool:
    last = words[-1]
    if all(word in head for word in words) or (len(last) > 3 and last in head):
        return True
    joined = "".join(words)
    if len(joined) < 5:
        return False
    return any(
        len(word) > 4 and fuzz.ratio(joined, word, score_cutoff=84) for word in head[:20]
    ) or (len(joined) > 6 and joined in "".join(head))


@lru_cache(maxsize=1 << 14)
def _surname(surname: str) -> tuple[str, ...]:
    return tuple(comparable_words(surname))


@lru_cache(maxsize=1 << 13)
def _squashed(title: str) -> str:
    return squash(clean_text(title)).text


def _title(reference: Reference, title: str) -> tuple[int | None, float, tuple[int, int] | None]:
    """How well a title stands in a reference, how similar, and where."""
    whole = _squashed(title) if title else ""
    if len(whole) < 3:
        return None, 0.0, None
    if reference.is_structured and reference.title:
        return _same(whole, title, reference.title)
    if not reference.has_string:
        return None, 0.0, None
    found = _standing(reference.text, whole)
    if found[0] is not None and found[0] < 3 and (main := _main(title)):
        part = _standing(reference.text, main)
        if part[0] is not None and part[0] >= 3:
            return 2, part[1], part[2]
    return found


def _main(title: str) -> str:
    """A title without its subtitle, where that is long enough to be known by."""
    parts = _SUBTITLE.split(clean_text(title), maxsplit=1)
    main = squash(parts[0]).text
    return main if len(parts) > 1 and len(main) >= MAIN else ""


def _same(whole: str, title: str, given: str) -> tuple[int, float, None]:
    """How alike two titles are that are known to be titles."""
    other = _squashed(given)
    if not other:
        return 0, 0.0, None
    if whole == other:
        return (4 if len(whole) >= LONG else 3 if len(whole) >= SHORT else 1), 1.0, None
    similarity = fuzz.ratio(whole, other) / 100
    if similarity >= 0.93 and len(whole) >= LONG and numerals(title) == numerals(given):
        return 3, similarity, None
    mains = {_main(title) or whole, whole} & {_main(given) or other, other}
    if mains:
        return 2, similarity, None
    if similarity >= 0.85:
        return 2 if len(whole) >= LONG else 1, similarity, None
    if similarity >= 0.7 or fuzz.partial_ratio(whole, other) >= 92:
        return 1, similarity, None
    return 0, similarity, None


def _standing(text: Squashed, whole: str) -> tuple[int | None, float, tuple[int, int] | None]:
    """How a title stands in a string."""
    at = text.text.find(whole)
    if at >= 0:
        where, similarity = (at, at + len(whole)), 1.0
    elif len(whole) > len(text.text) or len(whole) < 8:
        return 0, 0.0, None
    else:
        found = fuzz.partial_ratio_alignment(whole, text.text, score_cutoff=75)
        if found is None:
            return 0, 0.0, None
        where, similarity = (found.dest_start, found.dest_end), found.score / 100
    has_edges = _has_edges(text, *where)
    if similarity < 1 and _digits(whole) != _digits(text.text[where[0] : where[1]]):
        similarity = min(similarity, 0.89)
    if _OPENERS.search(text.source[: text.places[where[0]]][-30:]):
        return 0, similarity, where
    if has_edges and len(whole) >= LONG and similarity >= 0.93:
        return (4 if similarity == 1 else 3), similarity, where
    if has_edges and len(whole) >= SHORT and similarity == 1:
        return 3, similarity, where
    if similarity >= 0.93 and len(whole) >= LONG:
        return 2, similarity, where
    if similarity >= 0.85 and len(whole) >= LONG:
        return 2 if has_edges else 1, similarity, where
    return (1 if similarity >= 0.8 and (has_edges or len(whole) >= LONG) else 0), similarity, where


def _has_edges(text: Squashed, start: int, end: int) -> bool:
    """Whether what stands there is set off from what is before and behind it."""
    left = start == 0 or any(_is_edge(text, at) for at in range(max(start - 2, 0), start + 3))
    right = end >= len(text.text) or any(
        _is_edge(text, at) for at in range(max(end - 2, 1), min(end + 3, len(text.text) + 1))
    )
    return left and right


def _is_edge(text: Squashed, at: int) -> bool:
    """Whether there is an edge between a letter and the one before it."""
    if at <= 0 or at >= len(text.text):
        return True
    between = text.source[text.places[at - 1] + 1 : text.places[at]]
    return not _EDGES.isdisjoint(between) or (", " in between)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


_ROMAN = re.compile(r"\b(?:[IVX]{1,6}|\d+)\b")


def numerals(title: str) -> list[str]:
    """Numbers and Roman numerals: parts of a series differ in these alone."""
    return _ROMAN.findall(clean_text(title))
