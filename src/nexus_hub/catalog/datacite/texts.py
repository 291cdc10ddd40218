"""Titles, publisher, types, dates, subjects, rights, abstracts: DataCite's and a work's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from nexus_hub.catalog.datacite.facet import Attributes, Body, Facet, member, objects, texts
from nexus_hub.catalog.drafts import Draft
from nexus_hub.catalog.jats import from_jats, to_jats
from nexus_hub.catalog.type_words import TYPE_WORDS

TYPES: Final = {
    "Audiovisual": "other",
    "Award": "grant",
    "Book": "book",
    "BookChapter": "book-chapter",
    "Collection": "other",
    "ComputationalNotebook": "software",
    "ConferencePaper": "proceedings-article",
    "ConferenceProceeding": "proceedings",
    "DataPaper": "journal-article",
    "Dataset": "dataset",
    "Dissertation": "dissertation",
    "Journal": "journal",
    "JournalArticle": "journal-article",
    "PeerReview": "peer-review",
    "Preprint": "posted-content",
    "Report": "report",
    "Software": "software",
    "Standard": "standard",
}
"""resourceTypeGeneral -> type of a work; what is missing here is `other`."""

_DATES: Final = {
    "Accepted": "accepted",
    "Available": "published-online",
    "Created": "content-created",
    "Issued": "issued",
    "Updated": "content-updated",
}
_DATE: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(T[0-9:.]+(?:Z|[+-][0-9:]+)?)?"
)


def _titles_forward(attributes: Attributes, draft: Draft) -> None:
    titles = list(enumerate(attributes.get("titles", ())))
    main = [(i, each) for i, each in titles if "titleType" not in each] or titles[:1]
    for i, each in main:
        if "title" in each:
            draft.add("title", each["title"], f"/titles/{i}/title")
    for i, each in titles:
        if each.get("titleType") == "Subtitle" and "title" in each and (i, each) not in main:
            draft.add("subtitle", each["title"], f"/titles/{i}/title")


def _titles_backward(body: Body) -> dict[str, Any]:
    titles = [{"title": text} for text in texts(body.get("title"))]
    under = [{"title": text, "titleType": "Subtitle"} for text in texts(body.get("subtitle"))]
    return {"titles": titles + under}


def _publisher_forward(attributes: Attributes, draft: Draft) -> None:
    publisher = attributes.get("publisher")
    name = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    draft.put("publisher", name, "/publisher")


def _types_forward(attributes: Attributes, draft: Draft) -> None:
    types = attributes.get("types", {})
    general = types.get("resourceTypeGeneral")
    if general is None:
        # Schema 3 and older did without.
        source = "/types/resourceTypeGeneral"
        draft.warn("missing-type", source, "no resourceTypeGeneral: read as other")
    draft.put("type", TYPES.get(general or "", "other"), "/types/resourceTypeGeneral")
    if general == "Preprint":
        draft.put("subtype", "preprint", "/types/resourceTypeGeneral")


def _types_backward(body: Body) -> dict[str, Any]:
    known = TYPE_WORDS.get(body.get("type", ""))
    return {"types": {"resourceTypeGeneral": known.datacite if known else "Other"}}


def _dates_forward(attributes: Attributes, draft: Draft) -> None:
    for i, each in enumerate(attributes.get("dates", ())):
        name = _DATES.get(each.get("dateType", ""))
        if name is None or name in draft.body or "date" not in each:
            continue
        if date := _read_date(each["date"]):
            draft.put(name, date, f"/dates/{i}/date")
        else:
            detail = f"{each['date'][:100]!r} is no date of ISO 8601; kept under nexus.datacite"
            draft.warn("bad-date", f"/dates/{i}/date", detail)
    year = attributes.get("publicationYear")
    if year is not None and "issued" not in draft.body:
        draft.put("issued", {"date-parts": [[year]]}, "/publicationYear")


def _read_date(text: str) -> dict[str, Any] | None:
    """A day, month, year or moment, or a range of them."""
    found = [_DATE.fullmatch(end.strip()) for end in text.split("/")]
    ends = [end for end in found if end is not None]
    if len(ends) != len(found) or len(ends) > 2:
        return None
    parts = [[int(part) for part in end.groups()[:3] if part] for end in ends]
    is_moment = len(ends) == 1 and ends[0][4]
    return {"date-parts": parts} | ({"date-time": text.strip()} if is_moment else {})


def _write_date(date: Any) -> str | None:
    if not isinstance(date, Mapping):
        return None
    if isinstance(moment := date.get("date-time"), str):
        return moment
    ends = date.get("date-parts", [])
    return "/".join(
        "-".join(f"{part:0{2 if i else 4}}" for i, part in enumerate(end)) for end in ends
    )


def _dates_backward(body: Body) -> dict[str, Any]:
    dates = []
    for kind, name in _DATES.items():
        written = _write_date(body.get(name))
        if written and not (name == "issued" and written.isdecimal()):
            dates.append({"date": written, "dateType": kind})
    parts = member(body, "issued.date-parts")
    return {"dates": dates, "publicationYear": parts[0][0] if parts else None}


def _subjects_forward(attributes: Attributes, draft: Draft) -> None:
    for i, each in enumerate(attributes.get("subjects", ())):
        subject = each.get("subject") if isinstance(each, Mapping) else each
        if subject:
            draft.add("subject", subject, f"/subjects/{i}")


def _rights_forward(attributes: Attributes, draft: Draft) -> None:
    for i, each in enumerate(attributes.get("rightsList", ())):
        if isinstance(each, Mapping) and "rightsUri" in each:
            licence = {"URL": each["rightsUri"], "content-version": "unspecified"}
            draft.add("license", licence, f"/rightsList/{i}")


def _rights_backward(body: Body) -> dict[str, Any]:
    licences = objects(body.get("license"))
    return {"rightsList": [{"rightsUri": each["URL"]} for each in licences if "URL" in each]}


def _descriptions_forward(attributes: Attributes, draft: Draft) -> None:
    for i, each in enumerate(attributes.get("descriptions", ())):
        given = each if isinstance(each, Mapping) else {"description": each}
        is_abstract = given.get("descriptionType", "Abstract") == "Abstract"
        if is_abstract and "description" in given:
            draft.put("abstract", to_jats(given["description"]), f"/descriptions/{i}/description")
            return


def _descriptions_backward(body: Body) -> dict[str, Any]:
    abstract = body.get("abstract")
    if not isinstance(abstract, str):
        return {}
    return {"descriptions": [{"description": from_jats(abstract), "descriptionType": "Abstract"}]}


def _version_forward(attributes: Attributes, draft: Draft) -> None:
    if "version" in attributes:
        draft.put("version", {"version": attributes["version"]}, "/version")


def _url_forward(attributes: Attributes, draft: Draft) -> None:
    if "url" in attributes:
        draft.put("resource", {"primary": {"URL": attributes["url"]}}, "/url")


def _same(attribute: str, name: str) -> Facet:
    """What both call text and mean the same by."""

    def forward(attributes: Attributes, draft: Draft) -> None:
        draft.put(name, attributes.get(attribute), f"/{attribute}")

    return Facet((attribute,), (name,), forward, lambda body: {attribute: body.get(name)})


TEXTS: Final = (
    _same("doi", "DOI"),
    Facet(
        ("url",), ("resource",), _url_forward, lambda b: {"url": member(b, "resource.primary.URL")}
    ),
    Facet(("titles",), ("title", "subtitle"), _titles_forward, _titles_backward),
    Facet(
        ("publisher",),
        ("publisher",),
        _publisher_forward,
        lambda body: {"publisher": body.get("publisher")},
    ),
    Facet(("types",), ("type", "subtype"), _types_forward, _types_backward),
    Facet(("dates", "publicationYear"), tuple(_DATES.values()), _dates_forward, _dates_backward),
    Facet(
        ("subjects",),
        ("subject",),
        _subjects_forward,
        lambda body: {"subjects": [{"subject": text} for text in texts(body.get("subject"))]},
    ),
    _same("language", "language"),
    Facet(
        ("version",),
        ("version",),
        _version_forward,
        lambda body: {"version": member(body, "version.version")},
    ),
    Facet(("rightsList",), ("license",), _rights_forward, _rights_backward),
    Facet(("descriptions",), ("abstract",), _descriptions_forward, _descriptions_backward),
)
