"""Release bodies as schema.org JSON-LD, as search engines and dataset catalogues read it.

Rules: schema.org's CreativeWork, with volume and issue as parts of the periodical (Periodical,
PublicationVolume, PublicationIssue), as the ESIP guidelines and DataCite's own JSON-LD have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from nexus_hub.aquilo import csl
from nexus_hub.aquilo.members import member, members, text, texts

CONTEXT = "https://schema.org"
TYPES: Mapping[str, str] = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "entry": "Article",
    "figure": "ImageObject",
    "graphic": "ImageObject",
    "map": "Map",
    "motion_picture": "VideoObject",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "Review",
    "software": "SoftwareSourceCode",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""CSL item types -> schema.org types; what is missing here is a `CreativeWork`."""

_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def work(body: Mapping[str, Any], croid: str | None = None) -> dict[str, Any]:
    """One release as a JSON-LD object. No member is null or empty.

    >>> work({"type": "dataset", "DOI": "10.5555/1", "title": ["T"]})["@id"]
    'https://doi.org/10.5555/1'
    """
    item = csl.item(body, croid)
    funders = [_prune(_organisation(raw)) for raw in members(body.get("funder"))]
    out = {
        "@context": CONTEXT,
        "@type": schema_type(item),
        "@id": item["URL"] if "DOI" in item else "",
        "identifier": _identifiers(item, croid),
        "url": item.get("URL", ""),
        "name": csl.plain(item.get("title", "")),
        "author": people(body.get("author")),
        "editor": people(body.get("editor")),
        "translator": people(body.get("translator")),
        "publisher": _prune({"@type": "Organization", "name": item.get("publisher", "")}),
        "datePublished": date(item),
        "isPartOf": _container(item),
        "pagination": item.get("page", ""),
        "isbn": item.get("ISBN", ""),
        "bookEdition": item.get("edition", ""),
        "version": item.get("version", ""),
        "inLanguage": item.get("language", ""),
        "keywords": texts(body.get("subject")),
        "description": item.get("abstract", ""),
        "license": licences(body),
        "funder": [funder for funder in funders if "name" in funder or "@id" in funder],
        "encoding": [
            _prune({"@type": "MediaObject", "contentUrl": url, "encodingFormat": kind})
            for url, kind in full_texts(body)
        ],
        "citation": [_cited(raw) for raw in members(body.get("reference")) if _cited(raw)],
    }
    return _prune(out)


def schema_type(item: csl.Item) -> str:
    """The schema.org type of a CSL item."""
    return TYPES.get(item["type"], "CreativeWork")


def people(raw: object) -> list[dict[str, Any]]:
    """Names with their ORCID iDs and affiliations, each a person or, of one name, a group."""
    out = []
    for one in members(raw):
        told = csl.name_of(one)
        if not told:
            continue
        is_group = "literal" in told
        whole = told.get("literal") or " ".join(
            told[part] for part in ("given", "family", "suffix") if part in told
        )
        person: dict[str, Any] = {
            "@type": "Organization" if is_group else "Person",
            "@id": orcid_url(one),
            "name": whole,
            "givenName": told.get("given", ""),
            "familyName": told.get("family", ""),
            "honorificSuffix": told.get("suffix", ""),
        }
        places = [_prune(_organisation(place)) for place in members(one.get("affiliation"))]
        affiliations = [place for place in places if "name" in place or "@id" in place]
        person["parentOrganization" if is_group else "affiliation"] = affiliations
        out.append(_prune(person))
    return out


def orcid_url(person: Mapping[str, Any]) -> str:
    """The link of a person's ORCID iD, empty where none is told.

    >>> orcid_url({"ORCID": "http://orcid.org/0000-0002-1825-0097"}), orcid_url({})
    ('https://orcid.org/0000-0002-1825-0097', '')
    """
    found = _ORCID.search(text(person.get("ORCID")).upper())
    return f"https://orcid.org/{found[0]}" if found else ""


def licences(body: Mapping[str, Any]) -> list[str]:
    """The links of a release's licences, each once."""
    found = (web_url(text(one.get("URL"))) for one in members(body.get("license")))
    return list(dict.fromkeys(url for url in found if url))


def full_texts(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the content itself is, each place once, with its media type where one is told."""
    out: dict[str, str] = {}
    for one in members(body.get("link")):
        kind = text(one.get("content-type")).lower()
        if url := web_url(text(one.get("URL"))):
            out.setdefault(url, kind if "/" in kind else "")
    return list(out.items())


def date(item: csl.Item) -> str:
    """When it was issued as ISO 8601 has it, no more exactly than is told.

    >>> date({"issued": {"date-parts": [[2020, 5]]}}), date({})
    ('2020-05', '')
    """
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if not parts or parts[0] < 0:
        return ""
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def web_url(url: str) -> str:
    """A link in ASCII that may stand in any document, empty where it is none of the web.

    >>> web_url("http://a.org/ü b"), web_url("javascript:x")
    ('http://a.org/%C3%BC%20b', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.netloc.isascii():
        return ""
    return quote(url, safe=_URL_SAFE)


def _identifiers(item: csl.Item, croid: str | None) -> list[dict[str, str]]:
    told = {"DOI": item.get("DOI", ""), "CROID": croid or ""}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in told.items()
        if value
    ]


def _container(item: csl.Item) -> dict[str, Any]:
    name = csl.plain(item.get("container-title", ""))
    series = csl.plain(item.get("collection-title", ""))
    issn = item.get("ISSN", "")
    is_serial = item["type"].startswith("article") or (issn and "ISBN" not in item)
    held: dict[str, Any] = {
        "@type": "Periodical" if is_serial else "CreativeWork",
        "name": name,
        "alternateName": csl.plain(item.get("container-title-short", "")),
        "issn": issn,
        "isPartOf": _prune({"@type": "CreativeWorkSeries", "name": series}),
    }
    inner = _prune(held)
    for kind, member_name, source in (
        ("PublicationVolume", "volumeNumber", "volume"),
        ("PublicationIssue", "issueNumber", "issue"),
    ):
        if source in item:
            inner = _prune({"@type": kind, member_name: item[source], "isPartOf": inner})
    return inner


def _organisation(raw: Mapping[str, Any]) -> dict[str, Any]:
    identifier = ""
    for one in members(raw.get("id")):
        value = text(one.get("id"))
        identifier = identifier or (csl.doi_url(value) if _DOI.match(value) else web_url(value))
    doi = text(raw.get("DOI"))
    return {
        "@type": "Organization",
        "@id": identifier or (csl.doi_url(doi) if doi else ""),
        "name": text(raw.get("name")),
    }


def _cited(raw: Mapping[str, Any]) -> dict[str, Any]:
    doi = text(raw.get("DOI"))
    title = next(
        (found for name in ("article-title", "volume-title", "unstructured")
         if (found := csl.plain(text(raw.get(name))))),
        "",
    )  # fmt: skip
    told = {"@type": "CreativeWork", "@id": csl.doi_url(doi) if doi else "", "name": title}
    return _prune(told)


def _prune(told: dict[str, Any]) -> dict[str, Any]:
    """What says something; nothing where nothing but the type is left."""
    kept = {name: value for name, value in told.items() if value not in ("", [], {}, None)}
    return {} if set(kept) <= {"@type"} else kept


def parts_of(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A work's container and what that is part of, from the innermost outwards."""
    inner = member(told.get("isPartOf"))
    while inner:
        yield inner
        inner = member(inner.get("isPartOf"))
