"""Signposting: where to go on from a work, in `Link` headers and in link sets.

Rules: FAIR Signposting Profile, level 2; RFC 8288 (Web Linking), RFC 9264 (link sets), RFC 8574
(`cite-as`). A header says as much as servers and clients take; the link set says all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import msgspec
import orjson

from nexus_api.raw_path import encode as encode_segment
from nexus_hub.aquilo import csl, schema_org
from nexus_hub.aquilo.formats import HTML, ITEMS
from nexus_hub.aquilo.members import members

LINKSET = "application/linkset"
LINKSET_JSON = "application/linkset+json"
MOST_HEADER = 4_000
"""Bytes of a `Link` header; servers and clients take 8,000 in all headers."""

LANDING_TYPE = "https://schema.org/AboutPage"


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where to, as what, and what else is said of the target."""

    href: str
    rel: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The link as a header and a link set of text write it."""
        more = "".join(
            f'; {name}="{_quoted(value)}"'
            if value.isascii()
            else f"; {name}*=UTF-8''{quote(value, safe='')}"
            for name, value in self.attributes.items()
        )
        return f'<{self.href}>; rel="{self.rel}"{more}'


class _Named(msgspec.Struct):
    ORCID: str | None = None


class _Linked(msgspec.Struct, rename={"kind": "content-type"}):
    URL: str | None = None
    kind: str | None = None


class _Seen(msgspec.Struct):
    """What of a body is linked; the rest of it is not read."""

    type: str | None = None
    author: list[_Named] = []
    license: list[_Linked] = []
    link: list[_Linked] = []


_seen = msgspec.json.Decoder(_Seen)


def header(body: bytes, doi: str, croid: str) -> str:
    """The `Link` header of a work: all of it, or no more than its name and its link set."""
    always = ", ".join(link.text() for link in (_cite_as(doi), *_linksets("", croid)))
    told = ", ".join((always, *(link.text() for link in _links(body))))
    described = _DESCRIBED.replace(_HERE, _work(doi))
    whole = f"{told}, {described}"
    return whole if len(whole) <= MOST_HEADER else always


def page_links(body: bytes, doi: str, croid: str) -> tuple[Link, ...]:
    """The links of a page about a work, for its header and its head."""
    return (_cite_as(doi), *_linksets("", croid), *_links(body), *_descriptions(_work(doi)))


def links_of(body: bytes, doi: str, home: str) -> dict[str, list[Link]]:
    """All links of a work by what they are about: its page, its content, its descriptions."""
    page = home + _work(doi)
    descriptions = list(_descriptions(page))
    out = {page: [_cite_as(doi), *_links(body), *descriptions]}
    back = Link(page, "describes", {"type": HTML})
    for link in descriptions:
        out[link.href] = [back]
    for link in out[page]:
        if link.rel == "item":
            out.setdefault(link.href, []).append(Link(page, "collection", {"type": HTML}))
    return out


def as_json(links: Mapping[str, Iterable[Link]]) -> bytes:
    """Links as a document of `application/linkset+json` (RFC 9264, section 4.2)."""
    sets = []
    for anchor, about in links.items():
        one: dict[str, Any] = {"anchor": anchor}
        for link in about:
            one.setdefault(link.rel, []).append({"href": link.href, **link.attributes})
        sets.append(one)
    return msgspec.json.encode({"linkset": sets})


def as_text(links: Mapping[str, Iterable[Link]]) -> bytes:
    """Links as a document of `application/linkset` (RFC 9264, section 4.1)."""
    lines = [f'{link.text()}; anchor="{anchor}"' for anchor in links for link in links[anchor]]
    return (",\n".join(lines) + "\n").encode()


def transform(doi: str, name: str) -> str:
    """The path of a work in one format."""
    return f"{_work(doi)}/transform/{name}"


def _work(doi: str) -> str:
    return f"/works/{encode_segment(doi)}"


def _cite_as(doi: str) -> Link:
    return Link(csl.doi_url(doi), "cite-as")


def _linksets(home: str, croid: str) -> Iterator[Link]:
    for name, media_type in (("json", LINKSET_JSON), ("text", LINKSET)):
        path = f"{home}/linkset/{croid}?format={name}"
        yield Link(path, "linkset", {"type": media_type})


def _descriptions(page: str) -> Iterator[Link]:
    for form in ITEMS:
        if form.media_type != HTML:
            attributes = {"type": form.media_type}
            attributes |= {"profile": form.profile} if form.profile else {}
            yield Link(f"{page}/transform/{form.name}", "describedby", attributes)


def _links(body: bytes) -> Iterator[Link]:
    seen = _read(body)
    yield Link(LANDING_TYPE, "type")
    kind = schema_org.TYPES.get(csl.csl_type({"type": seen.type}), "CreativeWork")
    yield Link(f"https://schema.org/{kind}", "type")
    orcids = (schema_org.orcid_url({"ORCID": one.ORCID}) for one in seen.author if one.ORCID)
    yield from (Link(url, "author") for url in dict.fromkeys(orcids) if url)
    # The profile knows one licence of a page; the first is the publisher's own choice.
    licences = (schema_org.web_url(one.URL) for one in seen.license if one.URL)
    if licence := next((url for url in licences if url), ""):
        yield Link(licence, "license")
    texts = [{"URL": one.URL, "content-type": one.kind} for one in seen.link]
    for url, media_type in schema_org.full_texts({"link": texts}):
        yield Link(url, "item", {"type": media_type} if media_type else {})


def _read(body: bytes) -> _Seen:
    try:
        return _seen.decode(body)
    except msgspec.ValidationError:
        return _slowly(orjson.loads(body))


def _slowly(body: Mapping[str, Any]) -> _Seen:
    """What of a body is linked, where one of its members is not what it should be."""

    def text(value: object) -> str | None:
        return value if isinstance(value, str) else None

    return _Seen(
        text(body.get("type")),
        [_Named(text(one.get("ORCID"))) for one in members(body.get("author"))],
        [_Linked(text(one.get("URL"))) for one in members(body.get("license"))],
        [
            _Linked(text(one.get("URL")), text(one.get("content-type")))
            for one in members(body.get("link"))
        ],
    )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


_HERE = "{here}"
_DESCRIBED = ", ".join(link.text() for link in _descriptions(_HERE))
"""The links to all descriptions of a work, but for where it is."""
