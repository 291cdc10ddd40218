"""Funders as the Open Funder Registry describes them, read into bodies of organisations.

After the registry's RDF (Crossref, "Open Funder Registry"): SKOS concepts with labels of SKOS-XL,
whose elements are JSON members here. What becomes of them is a ROR record under the funder's DOI.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.records import Reading
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

ID_URL: Final = "https://doi.org/"
SUCCESSORS: Final = ("isReplacedBy", "renamedAs", "incorporatedInto", "splitInto")
PREDECESSORS: Final = (
    "replaces", "continuationOf", "mergerOf", "incorporates", "splitFrom", "formerlyKnownAs",
)  # fmt: skip
RELATIONS: Final[dict[str, str]] = {
    "broader": "parent",
    "narrower": "child",
    **dict.fromkeys(SUCCESSORS, "successor"),
    **dict.fromkeys(PREDECESSORS, "predecessor"),
    "affilWith": "related",
    "mergedWith": "related",
}
"""How the relations of the registry are called in ROR."""
_TYPES: Final = {"gov": "government"}


def read_funder_key(value: Any) -> tuple[str, str]:
    """The funder id of a concept (`10.13039/...`), and when it was last changed ("" unknown).

    Raises RefusedRecordError where the value is no concept of the registry.
    """
    if not isinstance(value, dict):
        raise RefusedRecordError(Problem("wrong-type", "", "a concept is an object"))
    key = _funder_of(value.get("about"))
    if key is None:
        detail = f"{str(value.get('about'))[:60]!r} is no funder id"
        raise RefusedRecordError(Problem("malformed-funder", "/about", detail))
    if not _labels(value, "prefLabel"):
        raise RefusedRecordError(Problem("nameless-funder", "/prefLabel", "a funder has a name"))
    return key, next(_texts(value, "modified", "created"), "")


def read_funder(raw: bytes) -> Reading:
    """The body of an organisation that a concept of the registry describes.

    Raises RefusedRecordError where the bytes are no concept.
    """
    value = decode(raw)
    key, version = read_funder_key(value)
    relations = list(_relations(value, key))
    is_gone = any(relation["type"] == "successor" for relation in relations)
    body: dict[str, Any] = {
        "id": ID_URL + key,
        "status": "inactive" if is_gone or _is_deprecated(value) else "active",
        "names": _names(value),
        "types": sorted({"funder", *_types(value)}),
        "external_ids": [{"type": "fundref", "all": [key.removeprefix("10.13039/")]}],
        "relationships": relations,
        "locations": _places(value),
        "domains": [],
        "links": [],
    }
    created = next(_texts(value, "created"), "")[:10]
    if created and version:
        body["admin"] = {"created": {"date": created}, "last_modified": {"date": version[:10]}}
    return body, []


def is_funder_body(body: Any) -> bool:
    """Whether a body is that of an organisation that has a funder id and no ROR id.

    >>> is_funder_body({"id": "https://doi.org/10.13039/100000001"})
    True
    """
    given = body.get("id") if isinstance(body, dict) else None
    return isinstance(given, str) and given.startswith(f"{ID_URL}10.13039/")


def _names(value: dict[str, Any]) -> list[dict[str, Any]]:
    names = [
        {"value": name, "types": ["label"], "lang": lang}
        for name, lang, _ in _labels(value, "prefLabel")
    ]
    for name, lang, is_short in _labels(value, "altLabel"):
        kind = "acronym" if is_short else "alias"
        if all(known["value"] != name for known in names):
            names.append({"value": name, "types": [kind], "lang": lang})
    return names


def _labels(value: dict[str, Any], member: str) -> list[tuple[str, str | None, bool]]:
    """Each label with its language, and whether it is an abbreviation."""
    found = []
    for item in _listed(value.get(member)):
        label = item.get("Label", item) if isinstance(item, dict) else item
        if not isinstance(label, dict):
            label = {"literalForm": label}
        flags = [_resource(flag) or "" for flag in _listed(label.get("usageFlag"))]
        for form in _listed(label.get("literalForm")):
            text = form.get("value") if isinstance(form, dict) else form
            lang = form.get("lang") if isinstance(form, dict) else None
            if isinstance(text, str) and text.strip():
                is_short = any(flag.endswith("/abbrevName") for flag in flags)
                found.append((text.strip(), lang if isinstance(lang, str) else None, is_short))
    return found


def _relations(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for member, kind in RELATIONS.items():
        for item in _listed(value.get(member)):
            other = _funder_of(_resource(item))
            if other and other != key:
                found[kind, other] = {"type": kind, "id": ID_URL + other}
    return list(found.values())


def _is_deprecated(value: dict[str, Any]) -> bool:
    return any(
        "deprecated" in (_resource(item) or "").lower() for item in _listed(value.get("status"))
    )


def _types(value: dict[str, Any]) -> list[str]:
    return [_TYPES[text] for text in _texts(value, "fundingBodyType") if text in _TYPES]


def _places(value: dict[str, Any]) -> list[dict[str, Any]]:
    for member in ("state", "country"):
        for item in _listed(value.get(member)):
            number = (_resource(item) or "").rstrip("/").rpartition("/")[2]
            if number.isascii() and number.isdigit() and len(number) < 10:
                return [{"geonames_id": int(number)}]
    return []


def _texts(value: dict[str, Any], *members: str) -> Iterator[str]:
    for member in members:
        for item in _listed(value.get(member)):
            if isinstance(item, str) and item.strip():
                yield item.strip()


def _resource(item: Any) -> str | None:
    if isinstance(item, dict):
        item = item.get("resource", item.get("about"))
    return item if isinstance(item, str) else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _funder_of(given: Any) -> str | None:
    if not isinstance(given, str) or "10.13039/" not in given:
        return None
    try:
        return normalise("funder", given)
    except MalformedIdentifier:
        return None
