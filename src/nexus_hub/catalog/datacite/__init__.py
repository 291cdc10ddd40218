"""DataCite's metadata as the body of a release, and back, without loss.

What both formats say is a facet, with a way there and a way back. Where the way back would not give
what was read, the attributes of that facet are kept under `nexus.datacite` as well, and written
again as long as the work still says the same; so are those that a work has no member for. Members
that say nothing (null, empty) and what DataCite's own service writes are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.datacite.facet import Facet, member, says
from nexus_hub.catalog.datacite.links import LINKS
from nexus_hub.catalog.datacite.people import PEOPLE
from nexus_hub.catalog.datacite.shapes import ATTRIBUTES, DROPPED, MAPPED
from nexus_hub.catalog.datacite.texts import TEXTS
from nexus_hub.catalog.drafts import Draft, prune
from nexus_hub.catalog.record_types import find_missing
from nexus_hub.catalog.shape import ABSENT

Reading = tuple[dict[str, Any], list[Problem]]

FACETS: Final[tuple[Facet, ...]] = (*TEXTS, PEOPLE, *LINKS)
"""Everything that both formats say."""


def read_datacite(raw: bytes) -> Reading:
    """The body that a deposited DataCite record asks for: attributes, or a JSON:API object of them.

    Raises RefusedRecordError where the bytes are no clean JSON; other faults are in the problems,
    with pointers into the record.
    """
    record = decode(raw)
    if not isinstance(record, dict):
        raise RefusedRecordError(Problem("wrong-type", "", "a record is an object"))
    if "attributes" not in record:
        return read(record)
    attributes = record["attributes"]
    if not isinstance(attributes, dict):
        raise RefusedRecordError(Problem("wrong-type", "/attributes", "attributes are an object"))
    if "doi" not in attributes and "id" in record:
        attributes = {**attributes, "doi": record["id"]}
    body, problems = read(attributes)
    return body, [replace(each, pointer=f"/attributes{each.pointer}") for each in problems]


def read(attributes: Any) -> Reading:
    """The body of a release made of the attributes of a DOI, and what is wrong with them.

    If a problem is an error, the body must not be stored. Pointers lead into the attributes.

    >>> body, problems = read({"doi": "10.5555/A", "types": {"resourceTypeGeneral": "Dataset"},
    ...     "creators": [{"name": "Ng, A.", "nameType": "Personal"}], "titles": [{"title": "T"}]})
    >>> body["type"], body["author"], problems
    ('dataset', [{'family': 'Ng', 'given': 'A.', 'sequence': 'first'}], [])
    """
    problems: list[Problem] = []
    read_in = ATTRIBUTES.read(attributes, None, problems)
    if read_in is ABSENT:
        return {}, problems
    clean = tidy(read_in)
    body, found = _convert(clean)
    back = _back(body)
    residue = {name: value for name, value in clean.items() if name not in MAPPED}
    unsaid: list[str] = []
    for facet in FACETS:
        if any(back.get(name) != clean.get(name) for name in facet.attributes):
            residue |= {name: clean[name] for name in facet.attributes if name in clean}
            unsaid += [name for name in facet.attributes if name in back and name not in clean]
    if unsaid:
        residue[_UNSAID] = unsaid
    residue.pop("doi", None)
    if residue:
        body["nexus"] = {**body.get("nexus", {}), "datacite": residue}
    problems += found
    if not any(problem.severity == "error" for problem in problems):
        problems += [replace(each, pointer=_ORIGINS[each.pointer]) for each in find_missing(body)]
    return body, problems


def write(body: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a DOI that a body amounts to: what was read, as far as it still holds.

    Nothing is null or empty. What a work has and DataCite has not is left out.

    >>> write({"DOI": "10.5555/a", "type": "book", "title": ["T"]})
    {'doi': '10.5555/a', 'titles': [{'title': 'T'}], 'types': {'resourceTypeGeneral': 'Book'}}
    """
    residue = member(body, "nexus.datacite")
    kept = tidy(residue) if isinstance(residue, dict) else {}
    unsaid = kept.pop(_UNSAID, ())
    again, _ = _convert({**kept, "doi": body.get("DOI", "")})
    out = _back(body) | {name: value for name, value in kept.items() if name not in MAPPED}
    for facet in FACETS:
        held = {name: kept[name] for name in facet.attributes if name in kept}
        is_noted = held or any(name in unsaid for name in facet.attributes)
        if is_noted and all(_still_said(body, again, name) for name in facet.members):
            for name in facet.attributes:
                out.pop(name, None)
            out |= held
    return out


def tidy(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes without those that say nothing and those that DataCite's service writes."""
    return {name: value for name, value in prune(attributes).items() if name not in DROPPED}


def _still_said(body: Mapping[str, Any], again: Mapping[str, Any], name: str) -> bool:
    now, then = member(body, name), member(again, name)
    return now is then is None or says(now, then)


def _convert(clean: Mapping[str, Any]) -> Reading:
    draft = Draft()
    for facet in FACETS:
        facet.forward(clean, draft)
    draft.origins |= {"/DOI": "/doi", "/type": "/types/resourceTypeGeneral"}
    return draft.finish()


def _back(body: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for facet in FACETS:
        out |= facet.backward(body)
    return prune(out)


_UNSAID: Final = "unsaid"
"""Names attributes that the way back would give, but that were not there."""

_ORIGINS: Final = {
    "/title": "/titles",
    "/container-title": "/container/title",
    "/award": "/alternateIdentifiers",
    "/project": "/descriptions",
}
"""Where DataCite says what a type of record requires."""
