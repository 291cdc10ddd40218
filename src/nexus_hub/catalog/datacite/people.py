"""Creators and contributors of DataCite as the people of a work, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from nexus_hub.catalog.datacite.facet import Attributes, Body, Facet, member, objects
from nexus_hub.catalog.drafts import Draft

_ROLES: Final = {"Editor": "editor", "Translator": "translator"}
_VOCABULARY: Final = "datacite"
_ROR: Final = "https://ror.org/"


def _forward(attributes: Attributes, draft: Draft) -> None:
    for i, creator in enumerate(attributes.get("creators", ())):
        _add(draft, "author", creator, f"/creators/{i}")
    for i, contributor in enumerate(attributes.get("contributors", ())):
        source = f"/contributors/{i}"
        kind = contributor.get("contributorType", "Other")
        if kind in _ROLES:
            _add(draft, _ROLES[kind], contributor, source)
        elif person := _person(contributor):
            person["role"] = [{"role": kind, "vocabulary": _VOCABULARY}]
            _trace(draft, draft.add_nexus("contributor", person, source), contributor, source)


def _add(draft: Draft, role: str, given: Mapping[str, Any], source: str) -> None:
    person = _person(given)
    if not person:
        draft.warn("no-name", source, "nobody is named; kept under nexus.datacite")
        return
    person["sequence"] = "additional" if draft.body.get(role) else "first"
    _trace(draft, draft.add(role, person, source), given, source)


def _trace(draft: Draft, pointer: str, given: Mapping[str, Any], source: str) -> None:
    """Note where the parts of a person came from."""
    for i in range(len(given.get("affiliation", ()))):
        draft.origins[f"{pointer}/affiliation/{i}"] = f"{source}/affiliation/{i}"
    for i, each in enumerate(given.get("nameIdentifiers", ())):
        if _is_orcid(each):
            draft.origins[f"{pointer}/ORCID"] = f"{source}/nameIdentifiers/{i}/nameIdentifier"
            return


def _person(given: Mapping[str, Any]) -> dict[str, Any]:
    person: dict[str, Any] = {}
    name = given.get("name")
    family, first = given.get("familyName"), given.get("givenName")
    if family is None and first is None and name and given.get("nameType") == "Personal":
        family, comma, first = (part.strip() for part in name.partition(","))
        if not (family and comma and first) or "," in first:
            family = first = None
    if family:
        person["family"] = family
        if first:
            person["given"] = first
    elif name or first:
        person["name"] = name or first
    else:
        return {}
    orcid = next(filter(_is_orcid, given.get("nameIdentifiers", ())), None)
    if orcid:
        person["ORCID"] = orcid["nameIdentifier"]
    if places := [_affiliation(each) for each in given.get("affiliation", ())]:
        person["affiliation"] = places
    return person


def _is_orcid(identifier: Mapping[str, Any]) -> bool:
    value = identifier.get("nameIdentifier", "")
    scheme = identifier.get("nameIdentifierScheme", "").casefold()
    return bool(value) and (scheme == "orcid" or "orcid.org/" in value)


def _affiliation(given: str | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(given, str):
        return {"name": given}
    place: dict[str, Any] = {"name": given["name"]} if "name" in given else {}
    value = given.get("affiliationIdentifier")
    if value:
        scheme = given.get("affiliationIdentifierScheme") or ("ROR" if "ror.org" in value else "")
        if scheme == "ROR" and "ror.org/" not in value:
            value = _ROR + value
        identifier = {"id": value, "asserted-by": "publisher"}
        place["id"] = [identifier | ({"id-type": scheme} if scheme else {})]
    return place


def _backward(body: Body) -> dict[str, Any]:
    creators = [_creator(person) for person in objects(body.get("author"))]
    contributors = [
        {**_creator(person), "contributorType": kind}
        for kind, role in _ROLES.items()
        for person in objects(body.get(role))
    ]
    contributors += [
        {**_creator(person), "contributorType": _role(person)}
        for person in objects(member(body, "nexus.contributor"))
    ]
    return {"creators": creators, "contributors": contributors}


def _role(person: Mapping[str, Any]) -> str:
    for role in objects(person.get("role")):
        if role.get("vocabulary") == _VOCABULARY and "role" in role:
            return role["role"]
    return "Other"


def _creator(person: Mapping[str, Any]) -> dict[str, Any]:
    family, first = person.get("family"), person.get("given")
    if family:
        creator = {
            "name": f"{family}, {first}" if first else family,
            "nameType": "Personal",
            "familyName": family,
            "givenName": first,
        }
    else:
        creator = {"name": person.get("name") or first, "nameType": "Organizational"}
    if orcid := person.get("ORCID"):
        creator["nameIdentifiers"] = [
            {
                "nameIdentifier": orcid,
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ]
    creator["affiliation"] = [_place(each) for each in objects(person.get("affiliation"))]
    return creator


def _place(affiliation: Mapping[str, Any]) -> Any:
    identifier = next(iter(objects(affiliation.get("id"))), None)
    if identifier is None:
        return affiliation.get("name", "")
    return {
        "name": affiliation.get("name"),
        "affiliationIdentifier": identifier.get("id"),
        "affiliationIdentifierScheme": identifier.get("id-type"),
    }


PEOPLE: Final = Facet(
    ("creators", "contributors"),
    ("author", "editor", "translator", "nexus.contributor"),
    _forward,
    _backward,
)
