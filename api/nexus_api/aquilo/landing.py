"""The page of a work for people, and for what reads pages: search engines, reference managers.

It holds the work as schema.org JSON-LD, the `citation_` tags that Google Scholar and reference
managers read, and the links of its signposting. No script runs on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
import orjson
from litestar import Request, Response
from markupsafe import Markup, escape

from nexus_api.aquilo import signposting
from nexus_api.pages.page import page
from nexus_api.public import home
from nexus_api.raw_path import encode as encode_segment
from nexus_hub.aquilo import csl, schema_org
from nexus_hub.aquilo.formats import HTML, ITEMS
from nexus_hub.aquilo.members import members, text, texts
from nexus_hub.nauvis.locations import read_locations

Tag = tuple[str, str]
MOST_NAMES = 100
"""Names that stand on the page; the formats have all of them."""

_HEAD_RELS = frozenset({"cite-as", "describedby", "license", "linkset"})
_MARKUP = ("i", "b", "sub", "sup")


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a work around its body; how often it was cited at an earlier time is not."""

    doi: str
    croid: str
    index: int
    cited_by_count: int | None
    reference_count: int
    as_of: str = ""


def answer(
    request: Request[Any, Any, Any], body: bytes, about: About, headers: Mapping[str, str]
) -> Response[bytes]:
    """The page of a work from its stored body."""
    told = {**headers, "Link": signposting.header(body, about.doi, about.croid)}
    return page("work.html", values(orjson.loads(body), body, about, home(request)), headers=told)


def values(body: Mapping[str, Any], raw: bytes, about: About, here: str) -> dict[str, Any]:
    """What the page shows."""
    item = csl.item(body, about.croid)
    work = schema_org.work(body, about.croid)
    path = f"/works/{encode_segment(about.doi)}"
    links = signposting.page_links(raw, about.doi, about.croid)
    return {
        "title": csl.plain(item.get("title", "")) or about.doi,
        "heading": marked(item.get("title", "")) or about.doi,
        "kind": text(body.get("type")).replace("-", " ") or "work",
        "people": _people(work),
        "more_people": max(0, len(work.get("author", ())) - MOST_NAMES),
        "facts": list(_facts(body, item, work)),
        "abstract": [marked(part) for part in csl.paragraphs(text(body.get("abstract")))],
        "places": _places(body),
        "doi": about.doi,
        "doi_url": csl.doi_url(about.doi),
        "about": about,
        "path": path,
        "canonical": here + path,
        "formats": [
            {
                "href": signposting.transform(about.doi, form.name),
                "title": form.title,
                "file": f"{quote(about.doi, safe='')}.{form.extension}",
            }
            for form in ITEMS
            if form.media_type != HTML
        ],
        "licences": schema_org.licences(body),
        "texts": schema_org.full_texts(body),
        "tags": list(citation_tags(body, item, work)),
        "links": [link for link in links if link.rel in _HEAD_RELS],
        "json_ld": json_ld(work),
    }


def marked(title: str) -> Markup:
    """A title whose markup is that of CSL, as HTML: balanced, and everything else escaped.

    >>> str(marked("<i>E. coli</i> <x> & <b>more")), str(marked("a</sup>b"))
    ('<i>E. coli</i> &lt;x&gt; &amp; <b>more</b>', 'ab')
    """
    out = str(escape(title))
    for name in _MARKUP:
        out = out.replace(f"&lt;{name}&gt;", f"\x02{name}\x03")
        out = out.replace(f"&lt;/{name}&gt;", f"\x02/{name}\x03")
    return Markup(_balanced(out))  # noqa: S704


def json_ld(work: Mapping[str, Any]) -> Markup:
    """A work as JSON that may stand in a `script` element: nothing in it ends the element.

    >>> str(json_ld({"name": "</script>&"}))
    '{"name":"\\\\u003c/script\\\\u003e\\\\u0026"}'
    """
    written = msgspec.json.encode(work).decode()
    for char in "<>&":
        written = written.replace(char, f"\\u{ord(char):04x}")
    return Markup(written)  # noqa: S704


def citation_tags(
    body: Mapping[str, Any], item: csl.Item, work: Mapping[str, Any]
) -> Iterator[Tag]:
    """The `citation_` tags of a work, names and contents, in the order in which they belong."""
    yield "citation_title", work.get("name", "")
    for person in work.get("author", ()):
        yield "citation_author", person["name"]
        for place in person.get("affiliation", ()):
            if "name" in place:
                yield "citation_author_institution", place["name"]
        if person.get("@id", "").startswith("https://orcid.org/"):
            yield "citation_author_orcid", person["@id"]
    yield "citation_publication_date", work.get("datePublished", "").replace("-", "/")
    container = csl.plain(item.get("container-title", ""))
    names = {"chapter": "citation_inbook_title", "paper-conference": "citation_conference_title"}
    yield names.get(item["type"], "citation_journal_title"), container
    yield "citation_publisher", item.get("publisher", "")
    if item["type"] == "thesis":
        yield "citation_dissertation_institution", item.get("publisher", "")
    if item["type"] == "report":
        yield "citation_technical_report_institution", item.get("publisher", "")
        yield "citation_technical_report_number", item.get("number", "")
    yield "citation_volume", item.get("volume", "")
    yield "citation_issue", item.get("issue", "")
    first, dash, last = item.get("page", "").replace("–", "-").partition("-")
    yield "citation_firstpage", first.strip()
    yield "citation_lastpage", last.strip() if dash else ""
    for issn in texts(body.get("ISSN")):
        yield "citation_issn", issn
    for isbn in texts(body.get("ISBN")):
        yield "citation_isbn", isbn.rsplit("/", 1)[-1]
    yield "citation_doi", item.get("DOI", "")
    yield "citation_language", item.get("language", "")
    for word in texts(body.get("subject")):
        yield "citation_keywords", word
    for url, media_type in schema_org.full_texts(body):
        if media_type == "application/pdf":
            yield "citation_pdf_url", url


def _places(body: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"href": place.url, "label": place.label or urlsplit(place.url).hostname or place.url}
        for place in read_locations(body.get("resource"))
    ]


def _people(work: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"name": person["name"], "href": person.get("@id", "")}
        for person in work.get("author", ())[:MOST_NAMES]
    ]


def _facts(body: Mapping[str, Any], item: csl.Item, work: Mapping[str, Any]) -> Iterator[Tag]:
    """What the page says of a work in a word or two, by name; what is empty is not said."""
    told = {
        "In": csl.plain(item.get("container-title", "")),
        "Series": csl.plain(item.get("collection-title", "")),
        "Volume": item.get("volume", ""),
        "Issue": item.get("issue", ""),
        "Pages": item.get("page", ""),
        "Number": item.get("number", ""),
        "Published": work.get("datePublished", ""),
        "Publisher": item.get("publisher", ""),
        "Editors": "; ".join(person["name"] for person in work.get("editor", ())),
        "Language": item.get("language", ""),
        "ISSN": ", ".join(texts(body.get("ISSN"))),
        "ISBN": ", ".join(texts(body.get("ISBN"))),
        "Subjects": "; ".join(texts(body.get("subject"))),
        "Funding": "; ".join(_funding(body)),
    }
    return ((name, value) for name, value in told.items() if value)


def _funding(body: Mapping[str, Any]) -> Iterator[str]:
    for funder in members(body.get("funder")):
        awards = ", ".join(texts(funder.get("award")))
        if name := text(funder.get("name")):
            yield f"{name} ({awards})" if awards else name


def _balanced(text: str) -> str:
    """Text whose tags between U+0002 and U+0003 close in the order in which they open."""
    out: list[str] = []
    open_tags: list[str] = []
    for n, part in enumerate(text.split("\x02")):
        tag, end, rest = part.partition("\x03")
        if not n or not end:
            out.append(part)
            continue
        name = tag.removeprefix("/")
        if not tag.startswith("/"):
            open_tags.append(name)
            out.append(f"<{name}>")
        elif open_tags and open_tags[-1] == name:
            open_tags.pop()
            out.append(f"</{name}>")
        out.append(rest)
    return "".join(out) + "".join(f"</{name}>" for name in reversed(open_tags))
