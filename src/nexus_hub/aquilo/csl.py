"""Release bodies as CSL-JSON items, the input of citation processors.

A body is a Crossref work JSON message; Crossref's REST JSON looks like CSL-JSON and is not: titles
are lists, names carry affiliations, types have other names. Rules: the CSL 1.0.2 data schema
(`csl-data.json`) and, for the types, the mapping Crossref's own content negotiation uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import quote

from nexus_hub.aquilo.members import member, members, text, values
from nexus_hub.catalog.type_words import TYPE_WORDS

Item = dict[str, Any]

TYPES: Mapping[str, str] = {name: words.csl for name, words in TYPE_WORDS.items()}
"""Crossref work types -> CSL item types; what is missing here is a `document`."""

_CSL_TYPES = frozenset(TYPES.values()) | {
    "article-magazine",
    "article-newspaper",
    "broadcast",
    "figure",
    "graphic",
    "manuscript",
    "map",
    "motion_picture",
    "patent",
    "post-weblog",
    "speech",
    "webpage",
}
_ROLES = ("author", "editor", "chair", "translator")
_DATES = ("issued", "published", "published-print", "published-online", "published-other", "posted")
_STRINGS: Mapping[str, str] = {
    "DOI": "DOI",
    "article-number": "number",
    "edition-number": "edition",
    "issue": "issue",
    "language": "language",
    "page": "page",
    "publisher": "publisher",
    "publisher-location": "publisher-place",
    "volume": "volume",
}

_KEPT_MARKUP = re.compile(r"<(/?)(i|b|sub|sup)\s*>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|title|list|list-item|disp-formula|br)(?:\s[^<>]*)?/?>")
_HEADING = re.compile(r"(?:abstract|summary)[:.]?", re.IGNORECASE)
_KNOWN_MARKUP = re.compile(
    r"</?(?:mml:\w+|jats:[\w-]+|m[inors]|mrow|msu[bp]|msubsup|mover|munder|mfrac|math|em|strong|scp?"
    r"|small|tt|u|p|br|italic|bold|span|title|sec|inf|font|div)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def item(body: Mapping[str, Any], croid: str | None = None) -> Item:
    """One release as a CSL-JSON item that every citation processor accepts.

    No member is null or empty; `id` is the DOI, or the CROID, or the title of a record without
    either. Titles keep the inline markup CSL knows (`i`, `b`, `sub`, `sup`) and lose all other.

    >>> item({"type": "journal-article", "DOI": "10.5555/12", "title": ["On  <em>DNA</em>"],
    ...       "issued": {"date-parts": [[2020, 5]]}, "author": [{"name": "A Group"}]})["author"]
    [{'literal': 'A Group'}]
    """
    kind = csl_type(body)
    out: Item = {"type": kind}
    for source, target in _STRINGS.items():
        if value := text(body.get(source)):
            out[target] = value
    _put_titles(out, body, kind)
    for role in _ROLES:
        if names := [name for raw in members(body.get(role)) if (name := name_of(raw))]:
            out[role] = names
    _put_dates(out, body)
    _put_identifiers(out, body)
    _put_details(out, body)
    out["id"] = out.get("DOI") or croid or out.get("title") or "unknown"
    if croid:
        out["custom"] = {"croid": croid}
    return out


def csl_type(body: Mapping[str, Any]) -> str:
    """The CSL type of a release; types that are CSL already stay, unknown ones are documents.

    >>> csl_type({"type": "posted-content"}), csl_type({"type": "article-journal"}), csl_type({})
    ('article', 'article-journal', 'document')
    """
    given = text(body.get("type"))
    return TYPES.get(given, given if given in _CSL_TYPES else "document")


def tidy(marked: str) -> str:
    """A title for people: one line, entities decoded, of all markup only `i b sub sup` kept.

    What merely looks like markup is text and stays.

    >>> tidy("H&amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;O")
    'H<sub>2</sub>O'
    >>> tidy("The <scp>DNA</scp> of  <I>E. coli</I> &amp; <La captive>")
    'The DNA of <i>E. coli</i> & <La captive>'
    """
    # Real titles are escaped up to three times, their markup as well.
    for _ in range(3):
        marked = unescape(marked)
    bare = _KNOWN_MARKUP.sub("", marked)
    kept = _KEPT_MARKUP.sub(lambda tag: f"<{tag[1]}{tag[2].lower()}>", bare)
    return " ".join(kept.split())


def plain(marked: str) -> str:
    """A text for people without any markup, for formats that have none.

    >>> plain("H<sub>2</sub>O &lt; <i>x</i>")
    'H2O < x'
    """
    return _KEPT_MARKUP.sub("", tidy(marked))


def paragraphs(marked: str) -> list[str]:
    """A longer text in paragraphs, tidied; its own heading, where it only says abstract, is none.

    >>> paragraphs("<jats:title>Abstract</jats:title><jats:p>A <jats:italic>b</jats:italic>"
    ...            "</jats:p><jats:sec><jats:title>Aims</jats:title><jats:p>C</jats:p></jats:sec>")
    ['A b', 'Aims', 'C']
    """
    parts = [tidy(part) for part in _BLOCK.split(marked)]
    if parts and (found := [part for part in parts if part]):
        return found[1:] if _HEADING.fullmatch(found[0]) and found[1:] else found
    return []


def doi_url(doi: str) -> str:
    """The link that resolves a DOI, safe to put into any document.

    >>> doi_url("10.1002/(sici)1096<297::aid>3.0.co;2-a")
    'https://doi.org/10.1002/(sici)1096%3C297::aid%3E3.0.co;2-a'
    """
    return "https://doi.org/" + quote(doi, safe="/:;().,-_~@!$&'*+=")


def name_of(raw: Mapping[str, Any]) -> dict[str, str]:
    """A contributor as CSL names it: the parts of a person's name, or a group's name whole.

    >>> name_of({"family": "Żak", "given": "Ewa"}), name_of({"given": "Plato"}), name_of({})
    ({'family': 'Żak', 'given': 'Ewa'}, {'literal': 'Plato'}, {})
    """
    family, given = text(raw.get("family")), text(raw.get("given"))
    if not family:
        literal = text(raw.get("name")) or text(raw.get("literal")) or given
        return {"literal": literal} if literal else {}
    name = {"family": family, "given": given, "suffix": text(raw.get("suffix"))}
    return {part: value for part, value in name.items() if value}


def _put_titles(out: Item, body: Mapping[str, Any], kind: str) -> None:
    title = tidy(text(body.get("title")))
    subtitle = tidy(text(body.get("subtitle")))
    if title and subtitle and subtitle.casefold() not in title.casefold():
        out["title"] = f"{title} {subtitle}" if title[-1] in ":?!.–—" else f"{title}: {subtitle}"
        out["title-short"] = title
    elif title or subtitle:
        out["title"] = title or subtitle
    if short := tidy(text(body.get("short-title"))):
        out["title-short"] = short
    containers = [name for raw in values(body.get("container-title")) if (name := tidy(text(raw)))]
    event = tidy(text(member(body.get("event")).get("name")))
    if containers:
        out["container-title"], series = _containers(containers, kind, event)
        if series:
            out["collection-title"] = series
    if short := tidy(text(body.get("short-container-title"))):
        out["container-title-short"] = short


def _containers(titles: list[str], kind: str, event: str) -> tuple[str, str]:
    """The container and the series it stands in; a journal's second title is its abbreviation."""
    if len(titles) == 1:
        return titles[0], ""
    if kind not in {"chapter", "paper-conference"}:
        return max(titles, key=len), ""
    inner = next((title for title in titles if event and event in title), titles[-1])
    return inner, next(title for title in [*titles, ""] if title != inner)


def _put_dates(out: Item, body: Mapping[str, Any]) -> None:
    for source in (*_DATES, "approved"):
        if parts := _date_parts(body.get(source)):
            out["issued"] = {"date-parts": [parts]}
            break
    event = member(body.get("event"))
    span = [parts for end in ("start", "end") if (parts := _date_parts(event.get(end)))]
    if span:
        out["event-date"] = {"date-parts": span}


def _put_identifiers(out: Item, body: Mapping[str, Any]) -> None:
    if doi := out.get("DOI"):
        out["URL"] = doi_url(doi)
    elif url := text(member(member(body.get("resource")).get("primary")).get("URL")):
        out["URL"] = url
    if issn := text(body.get("ISSN")):
        out["ISSN"] = issn.rsplit("/", 1)[-1]
    if isbn := text(body.get("ISBN")):
        out["ISBN"] = isbn.rsplit("/", 1)[-1]


def _put_details(out: Item, body: Mapping[str, Any]) -> None:
    event = member(body.get("event"))
    details = {
        "event-title": text(event.get("name")),
        "event-place": text(event.get("location")),
        "genre": text(body.get("degree")) or text(body.get("subtype")).replace("_", " "),
        "version": text(member(body.get("version")).get("version")),
        "keyword": ", ".join(text(word) for word in values(body.get("subject")) if text(word)),
        "abstract": " ".join(plain(part) for part in paragraphs(text(body.get("abstract")))),
    }
    out.update((key, value) for key, value in details.items() if value)
    body_of = body.get("institution") or body.get("standards-body")
    institution = next((text(raw.get("name")) for raw in members(body_of)), "")
    if institution and (out["type"] == "thesis" or "publisher" not in out):
        out["publisher"] = institution
    if number := text(body.get("report-number")):
        out["number"] = number
    if "page" in out:
        out["page-first"] = re.split(r"[-–,]", out["page"], maxsplit=1)[0].strip() or out["page"]


def _date_parts(raw: object) -> list[int]:
    """Year, month, day as far as they are given and possible; a null year is no date."""
    rows = values(member(raw).get("date-parts"))
    parts: list[int] = []
    for part, limit in zip(values(rows[0]) if rows else [], (9999, 12, 31), strict=False):
        try:
            number = int(part)
        except (TypeError, ValueError, OverflowError):
            break
        if isinstance(part, bool) or not (-9999 if limit == 9999 else 1) <= number <= limit:
            break
        parts.append(number)
    return parts
