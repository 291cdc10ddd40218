"""Normal forms inside a Crossref work: its identifiers, types, dates, references.

What has no normal form is kept as it was given, with a warning, where one helps anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from nexus_hub.catalog.shape import (
    ABSENT,
    TEXT,
    Fold,
    Place,
    Problems,
    Record,
    Several,
    Shape,
    report,
)
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import LONGEST_BYTES, normalise, normalise_doi
from nexus_hub.croid.schemes import SCHEMES


def words(text: str) -> tuple[str, ...]:
    """Split a list that is written as words."""
    return tuple(text.split())


TYPES: Final = frozenset(
    words("""
        book book-chapter book-part book-section book-series book-set book-track component
        database dataset dissertation edited-book grant journal journal-article
        journal-issue journal-section journal-volume monograph monograph-series other
        peer-review posted-content proceedings proceedings-article proceedings-series
        reference-book reference-entry report report-component report-series software
        standard standard-series
        """)
)
"""The types of works (api.crossref.org/types)."""

_TYPES_ELSEWHERE: Final = {
    "article-journal": "journal-article",
    "chapter": "book-chapter",
    "paper-conference": "proceedings-article",
    "thesis": "dissertation",
    "entry-dictionary": "reference-entry",
    "entry-encyclopedia": "reference-entry",
}
"""CSL's names for some, which Crossref's own content negotiation writes."""

UPDATE_TYPES: Final = frozenset(
    words("""
        addendum clarification correction corrigendum erratum expression_of_concern
        new_edition new_version partial_retraction removal retraction withdrawal
        """)
)
"""What one work may do to another (Crossref, "Version control, corrections, and retractions")."""

_UPDATE_TYPES_MEANT: Final = {
    "addenda": "addendum",
    "concern": "expression_of_concern",
    "corrected_article": "correction",
    "corrections": "correction",
    "corrigenda": "corrigendum",
    "err": "erratum",
    "errata": "erratum",
    "partial_retration": "partial_retraction",
    "removed": "removal",
    "retracted": "retraction",
    "retractions": "retraction",
    "retration": "retraction",
    "withdrawl": "withdrawal",
    "withdrawn": "withdrawal",
}

_CROSSREF_ID: Final = ("http://id.crossref.org/", "https://id.crossref.org/")


# ------------------------------------------------------------------ normal forms of text


def fold_identifier(scheme: str, before: str = "") -> Fold:
    """Give the normal form of a scheme's identifiers, `before` in front of it."""

    @lru_cache(maxsize=1 << 16)
    def normal(text: str) -> str | None:
        """Read one; journals and authors come again and again."""
        try:
            return before + normalise(scheme, _without_registry(text, scheme).removeprefix(before))
        except MalformedIdentifier:
            return None

    def fold(text: str, place: Place, problems: Problems) -> str:
        value = normal(text)
        if value is None:
            report(problems, place, f"malformed-{scheme}", f"{text[:100]!r} kept as given")
        return text if value is None or value == text else value

    return fold


def _without_registry(text: str, kind: str) -> str:
    """Take `http://id.crossref.org/<kind>/` off, with which older exports write short values."""
    if text.startswith(_CROSSREF_ID):
        return text.partition("//id.crossref.org/")[2].removeprefix(f"{kind}/")
    return text


def fold_short(kind: str) -> Fold:
    """Take off the URL with which older exports write a prefix or a member's number."""
    return lambda text, place, problems: _without_registry(text, kind)


def fold_doi(text: str, place: Place, problems: Problems) -> str:
    """Give a DOI's normal form; one that has none stays, with a warning."""
    try:
        return normalise_doi(text)
    except MalformedIdentifier:
        report(problems, place, "malformed-doi", f"{text[:100]!r} kept as given")
        return text


def fold_type(text: str, place: Place, problems: Problems) -> str:
    """Give the type of a work in Crossref's words."""
    if text in TYPES:
        return text
    known = text.strip().lower().replace("_", "-").replace(" ", "-")
    known = _TYPES_ELSEWHERE.get(known, known)
    if known in TYPES:
        report(problems, place, "renamed-type", f"{text[:100]!r} read as {known!r}")
        return known
    report(problems, place, "unknown-type", f"{text[:100]!r} kept as given")
    return text


def fold_update_type(text: str, place: Place, problems: Problems) -> str:
    """Give the type of an update in Crossref's words; misspellings are many."""
    if text in UPDATE_TYPES:
        return text
    known = text.strip().lower().replace("-", "_").replace(" ", "_")
    known = _UPDATE_TYPES_MEANT.get(known, known)
    if known in UPDATE_TYPES:
        report(problems, place, "renamed-update-type", f"{text[:100]!r} read as {known!r}")
        return known
    report(problems, place, "unknown-update-type", f"{text[:100]!r} kept as given")
    return text


# ------------------------------------------------------------------ shapes of Crossref's own


class Date(Shape):
    """A date of one to three parts, or several; what is not in the calendar is left out.

    `{"date-parts": [[2024, 2, 30]]}` is February 2024; `[[null]]` says that there is none.
    """

    expected = "an object with date-parts"

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the date with the parts that are valid, with a warning if any are not."""
        if type(value) is not dict:
            return self.refuse(value, place, problems)
        given = value.get("date-parts")
        if type(given) is list and len(given) == 1 and _is_date(given[0]):
            return value
        given = given if isinstance(given, list) else [given]
        # One list of numbers is one date, written without its outer brackets.
        given = [given] if given and not any(isinstance(part, list) for part in given) else given
        parts = [_valid_part(part) for part in given]
        if any(map(_is_lossy, given, parts)):
            shown = str(given)[:100]
            report(problems, (place, "date-parts"), "bad-date", f"{shown} is not in the calendar")
        parts = [part for part in parts if part]
        return {**value, "date-parts": parts} if parts else ABSENT

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        part = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
        parts = {"type": "array", "items": part, "minItems": 1}
        properties = {"date-parts": parts, "date-time": {"type": "string"}}
        return {"type": "object", "properties": properties, "required": ["date-parts"]}


def _is_date(part: Any) -> bool:
    if type(part) is not list or not 0 < len(part) <= 3:
        return False
    year, month, day = part if len(part) == 3 else (*part, 1, 1)[:3]
    if type(year) is not int or type(month) is not int or type(day) is not int:
        return False
    try:
        date(year, month, day)  # says what is in the calendar
    except (ValueError, OverflowError):
        return False
    return True


def _valid_part(part: Any) -> list[int]:
    """Give the longest beginning of a date that is in the calendar."""
    numbers = [_whole(number) for number in part[:3]] if isinstance(part, list) else []
    while numbers and not _is_date(numbers):
        numbers.pop()
    return [number for number in numbers if number is not None]


def _whole(number: Any) -> int | None:
    if isinstance(number, str) and number.isdecimal() and len(number) <= 4:
        return int(number)
    return number if type(number) is int else None


def _is_lossy(given: Any, part: list[int]) -> bool:
    """Know a date of which more was lost than nulls."""
    if not isinstance(given, list):
        return given is not None
    return [number for number in given if number is not None] != part


class Related(Record):
    """A related object; a DOI gets its normal form if it has one."""

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the object; what is no DOI, though called one, is common and not worth a word."""
        read = super().read(value, place, problems)
        if read is not ABSENT and read.get("id-type") == "doi" and isinstance(read.get("id"), str):
            doi = _quiet_doi(read["id"])
            return read if doi == read["id"] else {**read, "id": doi}
        return read


OUR_NAME: Final = "nexus"
"""Who asserted what the catalogue's own strategies found."""


class Claims(Several):
    """Identifiers that a depositor asserts: what the catalogue found itself is not taken for that.

    So an enriched record can be deposited again, and still says who found what.
    """

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the list without what the catalogue asserted, or `ABSENT` where that is all."""
        if type(value) is list and any(map(_is_ours, value)):
            value = [each for each in value if not _is_ours(each)]
            if not value:
                return ABSENT
        return super().read(value, place, problems)


def _is_ours(identifier: Any) -> bool:
    return type(identifier) is dict and identifier.get("asserted-by") == OUR_NAME


class References(Several):
    """The reference list: long, of plain text nearly always, its DOIs often in mixed case."""

    def __init__(self, members: Mapping[str, Shape]) -> None:
        super().__init__(Record(members))
        self._names = frozenset(name for name, shape in members.items() if shape is TEXT)

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the list; DOIs get their normal form if they have one, silently."""
        if not self._is_plain(value):
            value = super().read(value, place, problems)
            if value is ABSENT:
                return ABSENT
        given = [reference["DOI"] for reference in value if "DOI" in reference]
        normal = _normal_dois(given)
        if normal == given:
            return value
        rest = iter(normal)
        return [
            {**each, "DOI": doi} if "DOI" in each and (doi := next(rest)) != each["DOI"] else each
            for each in value
        ]

    def _is_plain(self, value: Any) -> bool:
        """Check all members of all references at once: known, and text."""
        if type(value) is not list:
            return False
        try:
            # Joining refuses what is no text, and taking the values what is no object: faster
            # than asking each of them what it is.
            "".join(chain.from_iterable(map(dict.values, value)))  # ty: ignore[invalid-argument-type]
        except TypeError:
            return False
        return self._names.issuperset(chain.from_iterable(value))


def _normal_dois(given: list[str]) -> list[str]:
    """Give the normal form of each DOI that has one.

    References make most of a corpus and their DOIs are nearly all well formed, so that one match
    over all of them tells; the result is the same as that of one by one.
    """
    text = "\n".join(given).lower()
    lowered = text.split("\n")
    is_short = len(text) <= LONGEST_BYTES or max(map(len, given)) <= LONGEST_BYTES
    if len(lowered) == len(given) and is_short and _DOIS.fullmatch(text + "\n"):
        return lowered
    return [_quiet_doi(doi) for doi in given]


_DOI = SCHEMES["doi"].form.pattern.removeprefix("^").removesuffix("$")
_DOIS = re.compile(f"(?:{_DOI}\n)*+")


def _quiet_doi(text: str) -> str:
    try:
        return normalise_doi(text)
    except MalformedIdentifier:
        return text
