"""What a DataCite record is connected with: related and other identifiers, container, funding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from nexus_hub.catalog.datacite.facet import Attributes, Body, Facet, objects, texts
from nexus_hub.catalog.drafts import Draft
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi

_CITING: Final = ("References", "Cites")
_ID_TYPES: Final = {"URL": "uri", "Handle": "handle", "w3id": "w3id"}
_TYPES_OF_ID: Final = {
    **{kind.lower(): kind for kind in (
        "ARK", "arXiv", "bibcode", "CSTR", "DOI", "EAN13", "EISSN", "Handle", "IGSN", "ISBN",
        "ISSN", "ISTC", "LISSN", "LSID", "PMID", "PURL", "RRID", "UPC", "URN", "w3id",
    )},
    "uri": "URL",
}  # fmt: skip
_FUNDER_ID: Final = "Crossref Funder ID"
_DOI_URL: Final = "https://doi.org/"


def relation_name(relation_type: str) -> str:
    """DataCite's name of a relation as Crossref writes it.

    >>> relation_name("IsSupplementTo"), relation_name("HasPart")
    ('is-supplement-to', 'has-part')
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "-", relation_type).lower()


def relation_type(name: str) -> str:
    """Crossref's name of a relation as DataCite writes it.

    >>> relation_type("is-supplement-to")
    'IsSupplementTo'
    """
    return "".join(word[:1].upper() + word[1:] for word in name.split("-"))


def _related_forward(attributes: Attributes, draft: Draft) -> None:
    relation: dict[str, list[dict[str, str]]] = {}
    for i, each in enumerate(attributes.get("relatedIdentifiers", ())):
        source = f"/relatedIdentifiers/{i}"
        if not each.keys() >= {"relatedIdentifier", "relationType"}:
            detail = "needs relatedIdentifier and relationType; kept under nexus.datacite"
            draft.warn("incomplete-relation", source, detail)
            continue
        given, kind = each["relatedIdentifier"], each.get("relatedIdentifierType", "URL")
        doi = _doi(given) if kind == "DOI" else None
        if doi and each["relationType"] in _CITING:
            key = f"ref{len(draft.body.get('reference', ())) + 1}"
            draft.add("reference", {"key": key, "DOI": doi, "doi-asserted-by": "publisher"}, source)
            continue
        name = relation_name(each["relationType"])
        told = _ID_TYPES.get(kind, kind.lower())
        items = relation.setdefault(name, [])
        items.append({"id": given, "id-type": told, "asserted-by": "subject"})
        draft.origins[f"/relation/{name}/{len(items) - 1}"] = source
    draft.put("relation", relation, "/relatedIdentifiers")


def _related_backward(body: Body) -> dict[str, Any]:
    found = [
        {
            "relatedIdentifier": each["id"],
            "relatedIdentifierType": _TYPES_OF_ID.get(each.get("id-type", ""), "URL"),
            "relationType": relation_type(name),
        }
        for name, items in (body.get("relation") or {}).items()
        for each in objects(items)
        if "id" in each
    ]
    cited = [
        {
            "relatedIdentifier": each["DOI"],
            "relatedIdentifierType": "DOI",
            "relationType": "References",
        }
        for each in objects(body.get("reference"))
        if "DOI" in each
    ]
    return {"relatedIdentifiers": found + cited}


def _doi(text: str) -> str | None:
    try:
        return normalise_doi(text)
    except MalformedIdentifier:
        return None


def _identifiers_forward(attributes: Attributes, draft: Draft) -> None:
    own = _doi(attributes.get("doi", ""))
    seen: set[str] = set()
    for name, value in (
        ("alternateIdentifiers", "alternateIdentifier"),
        ("identifiers", "identifier"),
    ):
        for i, each in enumerate(attributes.get(name, ())):
            text = each.get(value)
            is_own = text and each.get(f"{value}Type") == "DOI" and _doi(text) == own
            if text and not is_own and text not in seen:
                seen.add(text)
                draft.add("alternative-id", text, f"/{name}/{i}/{value}")


def _identifiers_backward(body: Body) -> dict[str, Any]:
    return {
        "alternateIdentifiers": [
            {"alternateIdentifier": text, "alternateIdentifierType": "Other"}
            for text in texts(body.get("alternative-id"))
        ]
    }


def _container_forward(attributes: Attributes, draft: Draft) -> None:
    container = attributes.get("container", {})
    if "title" in container:
        draft.add("container-title", container["title"], "/container/title")
    kind, value = container.get("identifierType"), container.get("identifier")
    if kind in ("ISSN", "ISBN") and value:
        draft.add(kind, value, "/container/identifier")
    for name in ("volume", "issue"):
        draft.put(name, container.get(name), f"/container/{name}")
    pages = [container[name] for name in ("firstPage", "lastPage") if name in container]
    draft.put("page", "-".join(pages), "/container/firstPage")


def _container_backward(body: Body) -> dict[str, Any]:
    container: dict[str, Any] = {"title": next(iter(texts(body.get("container-title"))), None)}
    for kind in ("ISBN", "ISSN"):
        if found := texts(body.get(kind)):
            container |= {"identifier": found[0], "identifierType": kind}
    container |= {name: body.get(name) for name in ("volume", "issue")}
    first, _, last = str(body.get("page") or "").partition("-")
    container |= {"firstPage": first, "lastPage": last}
    if any(container.values()):
        is_article = body.get("type") == "journal-article"
        container["type"] = "Journal" if is_article else "Series"
    return {"container": container}


def _funding_forward(attributes: Attributes, draft: Draft) -> None:
    for i, each in enumerate(attributes.get("fundingReferences", ())):
        funder: dict[str, Any] = {"name": each["funderName"]} if "funderName" in each else {}
        value, kind = each.get("funderIdentifier"), each.get("funderIdentifierType", "Other")
        if value and kind == _FUNDER_ID and (doi := _doi(value)):
            funder |= {"DOI": doi, "doi-asserted-by": "publisher"}
        elif value:
            funder["id"] = [{"id": value, "id-type": kind, "asserted-by": "publisher"}]
        number = each.get("awardNumber")
        if number:
            funder["award"] = [number]
        about = {f"award-{name.lower()}": each.get(f"award{name}") for name in ("Title", "Uri")}
        about = {name: text for name, text in about.items() if text}
        if about:
            funder["award-info"] = [{"award-number": [number], **about} if number else about]
        pointer = draft.add("funder", funder, f"/fundingReferences/{i}")
        draft.origins[f"{pointer}/id"] = f"/fundingReferences/{i}/funderIdentifier"


def _funding_backward(body: Body) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for funder in objects(body.get("funder")):
        told: dict[str, Any] = {"funderName": funder.get("name")}
        identifier = next(iter(objects(funder.get("id"))), None)
        if doi := funder.get("DOI"):
            told |= {"funderIdentifier": f"{_DOI_URL}{doi}", "funderIdentifierType": _FUNDER_ID}
        elif identifier:
            told |= {
                "funderIdentifier": identifier.get("id"),
                "funderIdentifierType": identifier.get("id-type"),
            }
        infos = objects(funder.get("award-info"))
        about = {number: info for info in infos for number in texts(info.get("award-number"))}
        awards: list[str | None] = [*texts(funder.get("award"))]
        unnumbered = [info for info in infos if not info.get("award-number")]
        found += [told | _award(number, about.get(number or "")) for number in awards]
        found += [told | _award(None, info) for info in unnumbered]
        if not awards and not unnumbered:
            found.append(told)
    return {"fundingReferences": found}


def _award(number: str | None, info: Mapping[str, Any] | None) -> dict[str, Any]:
    about = info or {}
    return {
        "awardNumber": number,
        "awardTitle": about.get("award-title"),
        "awardUri": about.get("award-uri"),
    }


LINKS: Final = (
    Facet(("relatedIdentifiers",), ("relation", "reference"), _related_forward, _related_backward),
    Facet(
        ("alternateIdentifiers", "identifiers"),
        ("alternative-id",),
        _identifiers_forward,
        _identifiers_backward,
    ),
    Facet(
        ("container",),
        ("container-title", "ISSN", "ISBN", "volume", "issue", "page"),
        _container_forward,
        _container_backward,
    ),
    Facet(("fundingReferences",), ("funder",), _funding_forward, _funding_backward),
)
