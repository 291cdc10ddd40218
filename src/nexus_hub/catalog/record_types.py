"""The registry of record types: what a deposited record of each type must have, and should.

The types are those of Crossref (api.crossref.org/types). What is required is what nobody can cite
or find a record of the type without; it is told as a warning where it is missing, so that no record
is lost for it. Only a DOI and a type keep a record out. A test holds the registry to the table
`catalog.record_type`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.crossref_forms import words


class RecordType(NamedTuple):
    """One type: its name for people, the members it requires, and those it should have."""

    title: str
    required: tuple[str, ...]
    recommended: tuple[str, ...]


def _type(title: str, required: str, recommended: str) -> RecordType:
    return RecordType(title, words(required), words(recommended))


_BOOK: Final = "issued publisher author editor ISBN resource"
_PART: Final = "issued author page publisher resource"

RECORD_TYPES: Final[Mapping[str, RecordType]] = {
    "book": _type("Book", "title", _BOOK),
    "book-chapter": _type("Book chapter", "title", f"container-title {_PART} ISBN"),
    "book-part": _type("Part of a book", "title", f"container-title {_PART} ISBN"),
    "book-section": _type("Section of a book", "title", f"container-title {_PART} ISBN"),
    "book-series": _type("Book series", "title", "ISSN publisher resource"),
    "book-set": _type("Set of books", "title", "ISBN publisher resource"),
    "book-track": _type("Track of a book", "title", f"container-title {_PART} ISBN"),
    "component": _type("Component of a work", "", "title description relation resource"),
    "database": _type("Database", "title", "issued publisher institution resource"),
    "dataset": _type("Dataset", "title", "issued author publisher license abstract resource"),
    "dissertation": _type("Dissertation", "title", "author institution approved degree resource"),
    "edited-book": _type("Edited book", "title", "issued publisher editor ISBN resource"),
    "grant": _type("Grant", "award project", "award-start publisher resource"),
    "journal": _type("Journal", "title", "ISSN publisher resource"),
    "journal-article": _type(
        "Journal article",
        "title",
        "container-title issued author ISSN volume issue page reference license abstract funder "
        "resource",
    ),
    "journal-issue": _type("Issue of a journal", "container-title", "issue issued ISSN resource"),
    "journal-section": _type("Section of a journal", "title", "container-title ISSN resource"),
    "journal-volume": _type(
        "Volume of a journal", "container-title", "volume issued ISSN resource"
    ),
    "monograph": _type("Monograph", "title", _BOOK),
    "monograph-series": _type("Series of monographs", "title", "ISSN publisher resource"),
    "other": _type("Other", "title", "issued author publisher resource"),
    "peer-review": _type("Peer review", "title", "review relation issued author resource"),
    "posted-content": _type(
        "Posted content",
        "title",
        "posted subtype author abstract license relation institution resource",
    ),
    "proceedings": _type("Proceedings", "title", "event issued publisher ISBN resource"),
    "proceedings-article": _type("Conference paper", "title", f"container-title {_PART} event"),
    "proceedings-series": _type("Series of proceedings", "title", "ISSN publisher resource"),
    "reference-book": _type("Reference book", "title", _BOOK),
    "reference-entry": _type("Entry of a reference book", "title", f"container-title {_PART}"),
    "report": _type("Report", "title", "issued author publisher institution resource"),
    "report-component": _type("Part of a report", "title", f"container-title {_PART}"),
    "report-series": _type("Series of reports", "title", "ISSN publisher resource"),
    "software": _type("Software", "title", "version issued author license resource"),
    "standard": _type("Standard", "title", "approved standards-body publisher resource"),
    "standard-series": _type("Series of standards", "title", "ISSN publisher resource"),
}
"""Every type of a record that Crossref's words name."""

_REQUIRED: Final = {name: frozenset(each.required) for name, each in RECORD_TYPES.items()}
_NOTHING: Final[frozenset[str]] = frozenset()


def find_missing(body: Mapping[str, Any]) -> list[Problem]:
    """A warning for each member that the type of a body requires and that it has not.

    An empty list or text is as good as none. Types that the registry does not know require nothing.

    >>> find_missing({"type": "book", "title": []})[0].pointer, find_missing({"type": "map"})
    ('/title', [])
    """
    missing = [name for name in _REQUIRED.get(body.get("type", ""), _NOTHING) if not body.get(name)]
    if not missing:
        return []
    kind = body["type"]
    return [
        Problem(f"missing-{name}", f"/{name}", f"a {kind} has a {name}", "warning")
        for name in sorted(missing)
    ]


def document() -> dict[str, Any]:
    """The registry as JSON: what is served as `/schemas/record-types.json`."""
    return {
        name: {
            "title": each.title,
            "required": list(each.required),
            "recommended": list(each.recommended),
        }
        for name, each in RECORD_TYPES.items()
    }
