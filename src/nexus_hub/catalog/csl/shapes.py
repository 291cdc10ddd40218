"""What an item of CSL-JSON looks like.

After the CSL 1.0.2 data schema (`csl-data.json`), with what Crossref's and others' CSL-JSON has
beside it: `ORCID` and `affiliation` of names, and members of a Crossref work.
"""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.catalog.crossref_forms import words
from nexus_hub.catalog.crossref_members import VOLATILE, WORK_MEMBERS
from nexus_hub.catalog.drafts import TextOr
from nexus_hub.catalog.shape import (
    ABSENT,
    OBJECT,
    TEXT,
    Place,
    Problems,
    Record,
    Several,
    Shape,
    report,
)

ANY: Final = Shape()


class FirstText(Shape):
    """Text; of a list the first, with a warning where it has others, and numbers written out."""

    expected = "text"

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the text. CSL writes volumes and the like as numbers too, so nothing is said."""
        if isinstance(value, list):
            if not value:
                return ABSENT
            if len(value) > 1:
                report(problems, place, "several-values", "text expected: only the first is read")
            value = value[0]
        if type(value) in (int, float):
            return str(value)
        return TEXT.read(value, place, problems)

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": ["string", "number"]}


TEXT_OR_NUMBER: Final = FirstText()
NAME: Final = TextOr(
    {
        **dict.fromkeys(
            words(
                "family given literal name suffix dropping-particle non-dropping-particle ORCID "
                "sequence"
            ),
            TEXT,
        ),
        **dict.fromkeys(words("comma-suffix static-ordering parse-names authenticated-orcid"), ANY),
        "affiliation": Several(TextOr({"name": TEXT, "id": ANY, "place": ANY})),
    }
)
NAMES: Final = Several(NAME)
DATE: Final = TextOr(
    {
        "date-parts": ANY,
        "season": TEXT_OR_NUMBER,
        "circa": ANY,
        "literal": TEXT,
        "raw": TEXT,
        "date-time": TEXT,
        "timestamp": ANY,
        "edtf": TEXT,
    }
)
PEOPLE: Final = ("author", "editor", "chair", "translator")
"""Roles that a work has a member for."""

ROLES: Final = words("""
    collection-editor compiler composer container-author contributor curator director
    editor-translator editorial-director executive-producer guest host illustrator interviewer
    narrator organizer original-author performer producer recipient reviewed-author
    script-writer series-creator
    """)
"""Roles that stand under `nexus.contributor`."""

DATES: Final = words("accessed available-date event-date issued original-date submitted")
STRINGS: Final = words("""
    DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection
    archive_location authority call-number categories chapter-number citation-key citation-label
    citation-number collection-number collection-title container-title container-title-short
    dimensions division edition event event-place event-title first-reference-note-number genre id
    issue journalAbbreviation jurisdiction keyword language locator medium note number
    number-of-pages number-of-volumes original-publisher original-publisher-place original-title
    page page-first part part-number part-title printing publisher publisher-place references
    reviewed-genre reviewed-title scale section shortTitle source status supplement
    supplement-number title title-short type version volume volume-title volume-title-short
    year-suffix
    """)

_CSL: Final[dict[str, Shape]] = {
    **dict.fromkeys(STRINGS, TEXT_OR_NUMBER),
    **dict.fromkeys((*PEOPLE, *ROLES), NAMES),
    **dict.fromkeys(DATES, DATE),
    "categories": ANY,
    "custom": OBJECT,
}
PASSED: Final = frozenset(WORK_MEMBERS) - _CSL.keys() - {"nexus"}
"""Members of a work that CSL has not: they are passed on, as Crossref's own CSL-JSON has them."""

ITEM: Final = Record(
    {**_CSL, **dict.fromkeys(sorted((PASSED | VOLATILE) - _CSL.keys()), ANY)}, dropped="-count"
)
"""One item."""
