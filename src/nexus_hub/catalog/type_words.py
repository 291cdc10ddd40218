"""What a record's type is called in other vocabularies: one table, which the formats read too.

CSL: item types of the data schema 1.0.2. schema.org: types of creative works. DataCite:
resourceTypeGeneral of schema 4.6. COAR: resource types 3.1 (vocabularies.coar-repositories.org).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

COAR: Final = "http://purl.org/coar/resource_type/"


class TypeWords(NamedTuple):
    """One type in other words; `coar` is the last part of the address."""

    csl: str
    schema_org: str
    datacite: str
    coar: str

    def told(self) -> dict[str, str]:
        """The words by the names of their vocabularies, as records have them."""
        return {
            "coar": COAR + self.coar,
            "csl": self.csl,
            "datacite": self.datacite,
            "schema.org": self.schema_org,
        }


_BOOK: Final = TypeWords("book", "Book", "Book", "c_2f33")
_PART: Final = TypeWords("chapter", "Chapter", "BookChapter", "c_3248")
_DOCUMENT: Final = TypeWords("document", "CreativeWork", "Other", "c_1843")
_DATA: Final = TypeWords("dataset", "Dataset", "Dataset", "c_ddb1")
_REPORT: Final = TypeWords("report", "Report", "Report", "c_93fc")
_ARTICLE: Final = TypeWords("article-journal", "ScholarlyArticle", "JournalArticle", "c_6501")
_JOURNAL: Final = TypeWords("periodical", "Periodical", "Journal", "c_0640")

TYPE_WORDS: Final[Mapping[str, TypeWords]] = {
    "book": _BOOK,
    "book-chapter": _PART,
    "book-part": _PART._replace(datacite="Other"),
    "book-section": _PART._replace(datacite="Other"),
    "book-series": _BOOK._replace(datacite="Other"),
    "book-set": _BOOK._replace(datacite="Other"),
    "book-track": _PART._replace(datacite="Other"),
    "component": _DOCUMENT,
    "database": _DATA,
    "dataset": _DATA,
    "dissertation": TypeWords("thesis", "Thesis", "Dissertation", "c_46ec"),
    "edited-book": _BOOK,
    "grant": _DOCUMENT._replace(datacite="Award"),
    "journal": _JOURNAL,
    "journal-article": _ARTICLE,
    "journal-issue": _JOURNAL._replace(datacite="Other"),
    "journal-section": _DOCUMENT,
    "journal-volume": _JOURNAL._replace(datacite="Other"),
    "monograph": _BOOK,
    "monograph-series": _DOCUMENT._replace(coar="c_2f33"),
    "other": _DOCUMENT,
    "peer-review": TypeWords("review", "Review", "PeerReview", "H9BQ-739P"),
    "posted-content": TypeWords("article", "ScholarlyArticle", "Preprint", "c_816b"),
    "proceedings": _BOOK._replace(datacite="ConferenceProceeding", coar="c_f744"),
    "proceedings-article": TypeWords(
        "paper-conference", "ScholarlyArticle", "ConferencePaper", "c_5794"
    ),
    "proceedings-series": _BOOK._replace(datacite="Other", coar="c_f744"),
    "reference-book": _BOOK,
    "reference-entry": TypeWords("entry", "Article", "BookChapter", "c_3248"),
    "report": _REPORT,
    "report-component": _PART._replace(datacite="Report", coar="c_ba1f"),
    "report-series": _REPORT._replace(datacite="Other"),
    "software": TypeWords("software", "SoftwareSourceCode", "Software", "c_5ce6"),
    "standard": TypeWords("standard", "CreativeWork", "Standard", "c_71bd"),
    "standard-series": _DOCUMENT._replace(coar="c_71bd"),
}
"""Crossref's types of works in the words of others."""
