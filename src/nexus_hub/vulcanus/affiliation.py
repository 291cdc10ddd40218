"""The strategy affiliation-ror: what it reads of a release, and the elements of its layer."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import orjson

from nexus_hub.vulcanus.matcher import Candidate, match
from nexus_hub.vulcanus.organisations import OrganisationIndex

VERSION = "1"
MEMBERS = ("author", "editor", "chair", "translator")
ROR = "https://ror.org/"

Affiliation = tuple[str, dict[str, Any]]


def input_hash(body: dict[str, Any]) -> bytes:
    """SHA-256 over every affiliation's place, text and asserted ids, in the order of the record."""
    read = [
        [path, affiliation.get("name"), _asserted(affiliation)]
        for path, affiliation in affiliations(body)
    ]
    return sha256(orjson.dumps(read)).digest()


def enrich(body: dict[str, Any], index: OrganisationIndex) -> list[dict[str, Any]]:
    """The elements that name the organisations of a release's affiliations, with their evidence.

    Where the publisher asserted a ROR id only the object is added. Several organisations in one
    affiliation are all named; the object is that of the first.
    """
    elements: list[dict[str, Any]] = []
    for path, affiliation in affiliations(body):
        asserted = [index.by_ror(ror) for ror in _asserted(affiliation)]
        known = next((organisation for organisation in asserted if organisation), None)
        if known is not None:
            evidence = {"rule": "asserted by the publisher", "ror": known.ror}
            elements.append(_element("insert", f"{path}/croid", known.croid, 1.0, evidence))
            continue
        name = affiliation.get("name")
        if not isinstance(name, str) or _asserted(affiliation):
            continue
        chosen = match(name, index).chosen
        for candidate in chosen:
            value = {"id": candidate.ror, "id-type": "ROR", "asserted-by": "nexus"}
            elements.append(
                _element(
                    "insertChild", f"{path}/id", value, candidate.confidence, _evidence(name, candidate)
                )
            )
        if chosen:
            first = chosen[0]
            elements.append(
                _element("insert", f"{path}/croid", first.croid, first.confidence, _evidence(name, first))
            )
    return elements


def affiliations(body: dict[str, Any]) -> Iterator[Affiliation]:
    """Every affiliation of a release with its JSON pointer."""
    for member in MEMBERS:
        people = body.get(member)
        for i, person in enumerate(people if isinstance(people, list) else ()):
            given = person.get("affiliation") if isinstance(person, dict) else None
            for j, affiliation in enumerate(given if isinstance(given, list) else ()):
                if isinstance(affiliation, dict):
                    yield f"/{member}/{i}/affiliation/{j}", affiliation


def _asserted(affiliation: dict[str, Any]) -> list[str]:
    ids = affiliation.get("id")
    found = [entry.get("id") for entry in ids if isinstance(entry, dict)] if isinstance(ids, list) else []
    return [ror for ror in found if isinstance(ror, str) and ror.startswith(ROR)]


def _evidence(text: str, candidate: Candidate) -> dict[str, Any]:
    return {
        "text": text,
        "matched_name": candidate.matched_name,
        "rule": candidate.rule,
        "span": list(candidate.span),
        "country": candidate.country,
    }


def _element(
    action: str, path: str, value: Any, confidence: float, evidence: dict[str, Any]
) -> dict[str, Any]:
    return {
        "field": "affiliation",
        "action": action,
        "path": path,
        "originalValue": None,
        "enrichedValue": value,
        "confidence": round(confidence, 3),
        "evidence": evidence,
    }
