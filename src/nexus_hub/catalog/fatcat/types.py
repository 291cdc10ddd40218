"""Crossref's types of works and fatcat's types of releases, as well as the one tells the other."""

from __future__ import annotations

from typing import Final

from nexus_hub.catalog.fatcat.lenses import Lens, View
from nexus_hub.catalog.shape import ABSENT

RELEASE_TYPE: Final = {
    "book": "book",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-set": "book",
    "book-track": "chapter",
    "component": "component",
    "database": "dataset",
    "dataset": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal-article": "article-journal",
    "monograph": "book",
    "peer-review": "peer_review",
    "posted-content": "post",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry",
    "report": "report",
    "report-component": "report",
    "software": "software",
    "standard": "standard",
}
"""What a work of Crossref is in fatcat's words; of some kinds fatcat has no releases."""

_WORK_TYPE: Final = {
    "article": "posted-content",
    "book": "book",
    "chapter": "book-chapter",
    "component": "component",
    "dataset": "dataset",
    "entry": "reference-entry",
    "entry-dictionary": "reference-entry",
    "entry-encyclopedia": "reference-entry",
    "paper-conference": "proceedings-article",
    "peer_review": "peer-review",
    "post": "posted-content",
    "post-weblog": "posted-content",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "thesis": "dissertation",
    **dict.fromkeys(
        (
            "abstract",
            "article-journal",
            "article-magazine",
            "article-newspaper",
            "editorial",
            "interview",
            "letter",
            "retraction",
            "review",
            "review-book",
        ),
        "journal-article",
    ),
}


def work_type(release_type: str) -> str:
    """What a release of fatcat is in Crossref's words.

    >>> work_type("article-journal"), work_type("map")
    ('journal-article', 'other')
    """
    return _WORK_TYPE.get(release_type, "other")


def _show(value: object) -> View:
    known = RELEASE_TYPE.get(value) if isinstance(value, str) else None
    return {"release_type": known} if known else {}


def _make(view: View) -> object:
    return work_type(view["release_type"]) if "release_type" in view else ABSENT


TYPE: Final = Lens("type", ("release_type",), _show, _make)
