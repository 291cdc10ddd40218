"""The strategy `type-vocabulary`: what a record is in the words of COAR, schema.org, DataCite, CSL.

What follows from the type alone is a table (`catalog.type_words`) and stands in no record. This
speaks where the record says more than its type: the subtype of posted content, the degree of a
thesis, what a notice does to another work, a title that is the name of a genre.
"""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.catalog.type_words import TYPE_WORDS, TypeWords
from nexus_hub.vulcanus.container import fold_title
from nexus_hub.vulcanus.plain import Plain
from nexus_hub.vulcanus.strategy import Elements, element

STRATEGY: Final = "type-vocabulary"

_POSTED: Final = TYPE_WORDS["posted-content"]
_THESIS: Final = TYPE_WORDS["dissertation"]
_ARTICLE: Final = TYPE_WORDS["journal-article"]
_REPORT: Final = TYPE_WORDS["report"]

SUBTYPES: Final = {
    "preprint": _POSTED,
    "working_paper": TypeWords("article", "ScholarlyArticle", "Preprint", "c_8042"),
    "dissertation": _THESIS,
    "report": _REPORT,
    "letter": TypeWords("personal_communication", "Message", "Text", "c_0857"),
}
"""Subtypes of posted content, in Crossref's words; `other` says nothing."""

DEGREES: Final = {
    "c_db06": ("phd", "ph d", "dphil", "d phil", "doctor", "doctoral", "doctorate", "dsc", "edd"),
    "c_bdcc": ("master", "masters", "msc", "m sc", "ma", "m a", "mphil", "mba", "meng", "med"),
    "c_7a1f": ("bachelor", "bachelors", "bsc", "b sc", "ba", "b a", "beng", "bed"),
}
"""COAR's theses by the words that degrees begin with: doctoral, master's, bachelor's."""

CORRECTIONS: Final = frozenset({"correction", "corrigendum", "erratum", "addendum"})
CORRIGENDUM: Final = _ARTICLE._replace(coar="c_7acd")

GENRES: Final = {
    "editorial": _ARTICLE._replace(coar="c_b239"),
    "letter to the editor": _ARTICLE._replace(coar="c_545b"),
    "letters to the editor": _ARTICLE._replace(coar="c_545b"),
    "book review": _ARTICLE._replace(csl="review-book", schema_org="Review", coar="c_ba08"),
    "book reviews": _ARTICLE._replace(csl="review-book", schema_org="Review", coar="c_ba08"),
    "corrigendum": CORRIGENDUM,
    "erratum": CORRIGENDUM,
    "errata": CORRIGENDUM,
}
"""Articles whose whole title is the name of a genre."""
BY_TITLE: Final = 0.85


def read(body: dict[str, Any]) -> list[Any] | None:
    """The words for a record, the member they follow from, its value and how sure; or None."""
    kind = body.get("type")
    if kind == "journal-article":
        return _article(body)
    if kind == "posted-content":
        subtype = body.get("subtype")
        known = SUBTYPES.get(subtype.replace("-", "_")) if isinstance(subtype, str) else None
        return [known.told(), "/subtype", subtype, 1.0] if known else None
    if kind == "dissertation":
        return _thesis(body.get("degree"))
    return None


def _article(body: dict[str, Any]) -> list[Any] | None:
    updates = body.get("update-to")
    for n, update in enumerate(updates if isinstance(updates, list) else ()):
        said = update.get("type") if isinstance(update, dict) else None
        if said in CORRECTIONS:
            return [CORRIGENDUM.told(), f"/update-to/{n}/type", said, 1.0]
    titles = body.get("title")
    title = titles[0] if isinstance(titles, list) and titles else None
    # Few titles are so short: the others are not looked at.
    if not isinstance(title, str) or len(title) > 40:
        return None
    known = GENRES.get(fold_title(title))
    return [known.told(), "/title/0", title, BY_TITLE] if known else None


def _thesis(degrees: Any) -> list[Any] | None:
    for n, degree in enumerate(degrees if isinstance(degrees, list) else ()):
        folded = f"{fold_title(degree)} " if isinstance(degree, str) else ""
        for coar, beginnings in DEGREES.items():
            if folded.startswith(tuple(f"{word} " for word in beginnings)):
                return [_THESIS._replace(coar=coar).told(), f"/degree/{n}", degree, 0.95]
    return None


def say(found: list[Any]) -> Elements:
    """The words, while that stands from which they follow."""
    told, pointer, value, sure = found
    evidence = {"rule": "said beside the type", "pointer": pointer, "value": value}
    return [element("insert", ("nexus", "types"), told, sure, evidence, {pointer: value})]


TYPE_VOCABULARY: Final = Plain(STRATEGY, read, say)
