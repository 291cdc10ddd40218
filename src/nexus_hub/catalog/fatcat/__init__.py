"""The catalogue's bodies as fatcat's entities and back, without loss.

Both ways keep everything: `to_fatcat(kind, from_fatcat(kind, entity))` is the entity, once nulls
and empty lists are left out and what fatcat derives is filled in (the index of a contributor or a
reference from its place, `release_year` from `release_date`, the SHA-1 of an abstract, references
to other entities in lower case); and a body that went out comes back as it was. fatcat has no
organisations.
"""

from __future__ import annotations

from typing import Any

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.fatcat import release
from nexus_hub.catalog.fatcat.idents import croid_of, ident_of
from nexus_hub.catalog.fatcat.shapes import ENTITIES
from nexus_hub.catalog.kinds import Reading, validate
from nexus_hub.catalog.shape import ABSENT

__all__ = ["ENTITIES", "from_fatcat", "to_fatcat"]


def to_fatcat(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """The content of an entity, for a clean body; without what is empty, and what is around it.

    >>> to_fatcat("release", {"title": ["On Salt"], "type": "book", "DOI": "10.5555/a"})
    {'title': 'On Salt', 'release_type': 'book', 'ext_ids': {'doi': '10.5555/a'}}
    """
    if kind == "release":
        return release.to_entity(body)
    entity = {name: value for name, value in body.items() if value not in ({}, [])}
    if "releases" in entity:
        entity["release_ids"] = [ident_of(each["croid"]) for each in entity.pop("releases")]
    return entity


def from_fatcat(kind: str, entity: Any) -> Reading:
    """The clean body for an entity that somebody sends, and what is wrong with the entity.

    Members that are null, unknown, or no content (`ident`, `state`, expanded entities) are left
    out. Where a problem is an error, the body must not be stored.

    >>> from_fatcat("release", {"title": "On Salt", "ext_ids": {"doi": "10.5555/A"}})[0]
    {'title': ['On Salt'], 'DOI': '10.5555/a'}
    >>> [problem.pointer for problem in from_fatcat("release", {"release_date": "2000-01"})[1]]
    ['/release_date', '/title']
    """
    problems: list[Problem] = []
    clean = ENTITIES[kind].read(entity, None, problems)
    if clean is ABSENT or any(problem.severity == "error" for problem in problems):
        return {}, problems
    if kind == "release":
        body = release.from_entity(clean)
    else:
        body = {name: value for name, value in clean.items() if value not in ({}, [])}
        if "release_ids" in body:
            body["releases"] = [{"croid": croid_of(each)} for each in body.pop("release_ids")]
    body, found = validate(kind, body)
    return body, problems + found
