"""A release as an editor writes it: a Crossref work that needs no DOI, but a title.

Crossref's members are read as in a deposit (`crossref_members`); whom and what it names by CROID
must be CROIDs, since the live rows are joined by them.
"""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.crossref_forms import References, words
from nexus_hub.catalog.crossref_members import (
    AFFILIATION,
    FUNDER,
    FUNDING,
    IDS,
    INSTITUTION,
    LICENCE,
    NEXUS,
    PERSON,
    PROJECT,
    REFERENCE,
    WORK_MEMBERS,
)
from nexus_hub.catalog.kind_shapes import CROID, NAMED
from nexus_hub.catalog.shape import OBJECT, TEXT, Open, Record, Several


class _References(References):
    """The reference list, with a look at the CROIDs if it has any."""

    def _is_plain(self, value: Any) -> bool:
        return super()._is_plain(value) and not any("croid" in each for each in value)


_OURS: Final = {"croid": CROID}
_PEOPLE: Final = Several(
    Record({**PERSON, **_OURS, "affiliation": Several(Record({**AFFILIATION, **_OURS, "id": IDS}))})
)
_FUNDER: Final = Record({**FUNDER, **_OURS})
_FUNDING: Final = Record({**FUNDING, "funder": _FUNDER})
_DERIVED: Final = {
    "problems": Several(Record(dict.fromkeys(("code", "pointer", "value"), TEXT))),
    "published": Record(dict.fromkeys(("date", "precision", "from"), TEXT)),
    "types": OBJECT,
}
_PROJECT: Final = {
    **PROJECT,
    **dict.fromkeys(("lead-investigator", "co-lead-investigator", "investigator"), _PEOPLE),
    "funding": Several(_FUNDING),
}

RELEASE: Final = Record(
    {
        **WORK_MEMBERS,
        **dict.fromkeys(("author", "chair", "editor", "translator"), _PEOPLE),
        "container": NAMED,
        "funder": Several(_FUNDER),
        "institution": Several(Record({**INSTITUTION, **_OURS})),
        "license": Several(Record({**LICENCE, "spdx": TEXT})),
        "project": Several(Record(_PROJECT)),
        "work": NAMED,
        "reference": _References({**REFERENCE, **_OURS}),
        "nexus": Open({**NEXUS, "contributor": _PEOPLE, **_DERIVED}),
    },
    dropped="-count",
)
"""The members of a release."""

PARTS: Final = ("abstract", "author", "chair", "editor", "reference", "translator")
"""The members of a release that are a part of their own."""

_IN_THE_BODY: Final = frozenset(
    words("""
    DOI ISBN article-number container edition-number issue language member nexus original-title page
    short-title subtitle subtype title type version volume work
    """)
)
DETAILS: Final = frozenset(WORK_MEMBERS).difference(PARTS, _IN_THE_BODY)
"""The members of a release that lie in one part together: a new title does not write them again."""


def check_release(body: dict[str, Any], problems: list[Problem]) -> list[Problem]:
    """The problems, and one more where a release has no title."""
    titles = body.get("title")
    if not titles or not titles[0].strip():
        problems.append(Problem("missing-title", "/title", "a release has a title"))
    return problems
