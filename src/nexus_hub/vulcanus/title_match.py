"""Decides which work a title means, alone or with an author and a year; in doubt none.

A title says less than a reference: it has to be letter for letter the work's, or but for slips, and
no other work may have it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from nexus_hub.vulcanus.citation import Reference, clean_text, read, squash
from nexus_hub.vulcanus.citation_match import (
    LONG,
    NOTHING,
    SHORT,
    Agreement,
    Citable,
    Match,
    compare,
)

STRATEGY: Final = "title-doi"
VERSION: Final = "1"
FEWEST_WORDS: Final = 3
YEAR: Final = 4
"""Letters of a year."""
MOST_BESIDE: Final = 0.1
"""Share of a text beside the title that need not be understood."""

CONFIDENCE: Final = {"title and author": 0.97, "title and year": 0.95, "title": 0.93}
"""By rule."""

_MEMBERS: Final = {"title": "article-title", "container-title": "journal-title"}


def read_title(given: str | Mapping[str, Any]) -> Reference:
    """What a text or the members `title`, `author`, `year` and others of a reference say."""
    if isinstance(given, str):
        return read(given)
    return read({_MEMBERS.get(name, name): _first(value) for name, value in given.items()})


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def match_title(reference: Reference, candidates: Sequence[Citable]) -> Match:
    """The work that a title means, of these candidates."""
    passed: list[tuple[float, str, Citable, Agreement]] = []
    for candidate in candidates:
        agreement = compare(reference, candidate)
        if rule := judge(agreement, reference, candidate):
            passed.append((_points(agreement), rule, candidate, agreement))
    if not passed:
        return NOTHING
    passed.sort(key=lambda item: (-item[0], item[2].doi))
    points, rule, best, agreement = passed[0]
    rivals = [item[2].doi for item in passed[1:] if points - item[0] < 0.75]
    if rivals:
        return Match(None, "", 0.0, {"rule": "open"}, (best.doi, *rivals))
    said = {name: value for name, value in asdict(agreement).items() if value}
    return Match(best, rule, CONFIDENCE[rule], {"rule": rule, **said})


def _points(a: Agreement) -> float:
    near = 0.0 if a.year is None else 1.0 if a.year == 0 else 0.0
    return (a.title or 0) + a.similarity + bool(a.author) + near + bool(a.container)


def judge(a: Agreement, reference: Reference, citable: Citable) -> str:
    """The rule by which a work has a title; empty where none is."""
    title = clean_text(citable.title)
    letters = len(squash(title).text)
    has_year_alone = a.year == 0 and is_alone(reference, letters + YEAR)
    if a.title is None or a.title < (2 if has_year_alone and a.similarity == 1 else 3):
        return ""
    is_bare = is_alone(reference, letters)
    if not is_bare and a.year is not None and a.year > 1:
        return ""
    if a.author and not is_bare:
        return "title and author"
    if is_bare and (letters >= LONG or (letters >= SHORT and len(title.split()) >= FEWEST_WORDS)):
        return "title"
    if a.author is not False and a.year == 0 and letters >= LONG and reference.is_structured:
        return "title and year"
    return "title and year" if has_year_alone and letters >= SHORT else ""


def is_alone(reference: Reference, letters: int) -> bool:
    """Whether a title of so many letters is all that was given."""
    if reference.is_structured:
        return reference.text.text == squash(reference.title or "").text
    return len(reference.text.text) - letters <= MOST_BESIDE * letters
