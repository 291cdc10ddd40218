"""The strategy `affiliation-ror`: names in affiliations become organisations of the registry.

Pure: a record and the organisations in memory give the elements of a patch. What the publisher
asserted is never questioned; it only gets the identifier of the object here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from nexus_hub.vulcanus.matcher import Candidate, Match, match
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.patch import Pointer, format_pointer

__all__ = [
    "STRATEGY",
    "VERSION",
    "Candidate",
    "Match",
    "Organisation",
    "OrganisationIndex",
    "affiliations",
    "enrich",
    "input_hash",
    "match",
    "rests_on",
    "text_of",
]

STRATEGY: Final = "affiliation-ror"
VERSION: Final = "4"

CONTRIBUTORS: Final = ("author", "editor", "translator", "chair", "reviewer")
INVESTIGATORS: Final = ("lead-investigator", "co-lead-investigator", "investigator")

_ROR = re.compile(r"(?:https?://)?(?:www\.)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?", re.I)


class Affiliation(NamedTuple):
    """An affiliation of a record: where it stands, its text, the ROR ids its publisher gave it."""

    pointer: Pointer
    body: dict[str, Any]
    text: str
    asserted: tuple[tuple[int, str], ...]


def affiliations(body: dict[str, Any]) -> Iterator[Affiliation]:
    """The affiliations of all contributors and of the investigators of grants, in record order.

    >>> body = {"author": [{"affiliation": [{"name": "MIT", "place": ["Cambridge"]}]}]}
    >>> [(found.pointer, found.text) for found in affiliations(body)]
    [(('author', '0', 'affiliation', '0'), 'MIT, Cambridge')]
    """
    for at, person in _people(body):
        for number, item in _objects(person.get("affiliation")):
            asserted = tuple(_asserted(item))
            yield Affiliation((*at, "affiliation", str(number)), item, text_of(item), asserted)


def _people(body: dict[str, Any]) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    for role in CONTRIBUTORS:
        for number, person in _objects(body.get(role)):
            yield (role, str(number)), person
    for place, project in _objects(body.get("project")):
        for role in INVESTIGATORS:
            for number, person in _objects(project.get(role)):
                yield ("project", str(place), role, str(number)), person


def _objects(items: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(items, list):
        yield from ((n, item) for n, item in enumerate(items) if isinstance(item, dict))


def text_of(affiliation: str | Mapping[str, Any]) -> str:
    """Departments, name and places as one string, the way most publishers write it.

    >>> text_of({"name": "MIT", "department": ["Physics"]}), text_of("MIT")
    ('Physics, MIT', 'MIT')
    """
    if isinstance(affiliation, str):
        return affiliation
    parts: list[str] = []
    for member in ("department", "name", "place"):
        value = affiliation.get(member)
        values = value if isinstance(value, list) else [value]
        parts += [part.strip() for part in values if isinstance(part, str) and part.strip()]
    return ", ".join(parts)


def _asserted(affiliation: dict[str, Any]) -> Iterator[tuple[int, str]]:
    for place, item in _objects(affiliation.get("id")):
        value = item.get("id")
        if str(item.get("id-type", "")).upper() == "ROR" and isinstance(value, str):
            found = _ROR.fullmatch(value.strip())
            yield place, f"https://ror.org/{found[1].lower()}" if found else value


def input_hash(body: dict[str, Any]) -> bytes:
    """SHA-256 of all this strategy reads of a record: what stays the same need not run again."""
    read = [
        [format_pointer(found.pointer), found.text, [ror for _, ror in found.asserted]]
        for found in affiliations(body)
    ]
    return hashlib.sha256(json.dumps(read).encode()).digest()


def enrich(body: dict[str, Any], index: OrganisationIndex) -> list[dict[str, Any]]:
    """The elements that name the organisations of a release's affiliations.

    For each organisation found a ROR id among the affiliation's ids, and for the one that
    the others belong to its identifier here as the affiliation's `croid`. Each element holds
    only while the text it was made from stands, and has its confidence and evidence with it. The
    record is not changed.
    """
    elements: list[dict[str, Any]] = []
    for found in affiliations(body):
        if found.asserted:
            elements += _known(found, index)
        elif found.text:
            elements += _matched(found, match(found.text, index), index)
    return elements


def rests_on(body: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What `enrich` rests on: the texts it reads, and the ROR ids that the publisher asserted."""
    texts: dict[str, None] = {}
    rors: dict[str, None] = {}
    for found in affiliations(body):
        if found.asserted:
            rors.update((ror, None) for _, ror in found.asserted)
        elif found.text:
            texts[found.text] = None
    return list(texts), list(rors)


def _known(found: Affiliation, index: OrganisationIndex) -> Iterator[dict[str, Any]]:
    for place, ror in found.asserted:
        organisation = index.by_ror(ror)
        if organisation:
            evidence = {"text": found.text, "rule": "asserted by the publisher", "ror": ror}
            at = (*found.pointer, "id", str(place), "id")
            when = {format_pointer(at): found.body["id"][place]["id"]}
            pointer = (*found.pointer, "croid")
            yield _element("insert", pointer, organisation.croid, 1.0, evidence, when, index)
            return


def _matched(
    found: Affiliation, named: Match, index: OrganisationIndex
) -> Iterator[dict[str, Any]]:
    lead = named.lead
    if lead is None:
        return
    when = {
        format_pointer((*found.pointer, member)): found.body[member]
        for member in ("department", "name", "place")
        if member in found.body
    }
    for candidate in named.chosen:
        value = {"id": candidate.ror, "id-type": "ROR", "asserted-by": "nexus"}
        evidence = _evidence(found.text, candidate)
        pointer = (*found.pointer, "id")
        yield _element("insertChild", pointer, value, candidate.confidence, evidence, when, index)
    evidence, pointer = _evidence(found.text, lead), (*found.pointer, "croid")
    yield _element("insert", pointer, lead.croid, lead.confidence, evidence, when, index)


def _evidence(text: str, candidate: Candidate) -> dict[str, Any]:
    return {
        "text": text,
        "matched_name": candidate.matched_name,
        "span": list(candidate.span),
        "rule": candidate.rule,
        "country": candidate.country,
    }


def _element(
    action: str,
    pointer: Pointer,
    value: Any,
    confidence: float,
    evidence: dict[str, Any],
    when: dict[str, Any],
    index: OrganisationIndex,
) -> dict[str, Any]:
    if index.registry_version:
        evidence = {**evidence, "registry_version": index.registry_version}
    return {
        "field": pointer[0],
        "action": action,
        "path": format_pointer(pointer),
        "originalValue": None,
        "enrichedValue": value,
        "when": when,
        "confidence": confidence,
        "evidence": evidence,
    }
