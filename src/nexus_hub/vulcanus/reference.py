"""The strategy `reference-doi`: references without a DOI get that of the work they mean.

Pure but for the candidates: what stands in a record and the works it may mean give the elements of
a patch. What the publisher gave is never questioned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.vulcanus.citables import match_references
from nexus_hub.vulcanus.citation import query, read
from nexus_hub.vulcanus.citation_match import Match
from nexus_hub.vulcanus.queries import citable as q
from nexus_hub.vulcanus.strategy import Bodies, Elements, element

STRATEGY: Final = "reference-doi"
VERSION: Final = "1"
OURS: Final = "nexus"

READ: Final = (
    "author", "year", "article-title", "volume-title", "journal-title", "series-title", "volume",
    "issue", "first-page", "unstructured",
)  # fmt: skip
"""The members of a reference that are read."""


class Open(NamedTuple):
    """A reference that nobody gave a DOI: its place in the list, and its members that are read."""

    place: int
    members: dict[str, Any]


def open_references(references: Any) -> list[Open]:
    """The references of a record that have no DOI but what this strategy gave them.

    >>> open_references([{"DOI": "10.1/x"}, {"unstructured": "Smith"}, {"year": "1999"}, 7])
    [Open(place=1, members={'unstructured': 'Smith'})]
    """
    return list(_open(references)) if isinstance(references, list) else []


def _open(references: Iterable[Any]) -> Iterator[Open]:
    for place, reference in enumerate(references):
        if not isinstance(reference, dict):
            continue
        if reference.get("DOI") and reference.get("doi-asserted-by") != OURS:
            continue
        members = {name: reference[name] for name in READ if reference.get(name)}
        # One member names no work, unless it is the whole reference.
        if "unstructured" in members or len(members) > 1:
            yield Open(place, members)


def input_hash(references: Sequence[Open]) -> bytes | None:
    """SHA-256 of what is read; None where nothing is open."""
    return hashlib.sha256(orjson.dumps(references, default=list)).digest() if references else None


def elements_of(reference: Open, found: Match) -> Iterator[dict[str, Any]]:
    """The elements that give a reference the DOI of the work that was found for it."""
    if found.citable is None:
        return
    at = ("reference", str(reference.place))
    evidence = {"rule": found.rule, **found.evidence, "croid": found.citable.croid}
    when = {f"/reference/{reference.place}/{name}": v for name, v in reference.members.items()}
    asserted = {**when, f"/reference/{reference.place}/DOI": None}
    yield element("insert", (*at, "doi-asserted-by"), OURS, found.confidence, evidence, asserted)
    yield element("insert", (*at, "DOI"), found.citable.doi, found.confidence, evidence, when)


@dataclass(slots=True)
class ReferenceDoi:
    """`reference-doi`: what references mean, looked up after the acceptance."""

    name: str = STRATEGY

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """Hash of the references of a record that nobody gave a DOI."""
        return input_hash(open_references(body.get("reference")))

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """The index of releases is kept up to date by itself."""
        return inputs_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What the references of these records mean."""
        wanted = {croid: open_references(body.get("reference")) for croid, body in bodies.items()}
        return look_up(connection, wanted)


def look_up(
    connection: Connection[Any], wanted: Mapping[UUID, Sequence[Open]]
) -> dict[UUID, Elements]:
    """What these references mean; those that mean nothing here are waited for.

    No work is added to the index until the transaction ends: what is not found now is found by
    whoever adds it.
    """
    q.citable_hold(connection)
    flat = [(croid, one) for croid, references in wanted.items() for one in references]
    matches = match_references(connection, [one.members for _, one in flat])
    found: dict[UUID, Elements] = {croid: [] for croid in wanted}
    awaited: list[tuple[UUID, Open]] = []
    for (croid, one), match in zip(flat, matches, strict=True):
        if match.citable is None:
            awaited.append((croid, one))
        else:
            found[croid] += elements_of(one, match)
    wait_for(connection, list(wanted), awaited)
    return found


def wait_for(
    connection: Connection[Any], croids: Sequence[UUID], awaited: Iterable[tuple[UUID, Open]]
) -> None:
    """Note what these objects wait for: works that share a sure key with one of the references."""
    queries = [
        {**query(read(one.members), n), "croid": str(croid)}
        for n, (croid, one) in enumerate(awaited)
    ]
    q.citable_await(
        connection,
        croids=list(croids),
        queries=orjson.dumps(queries).decode().replace("\\u0000", " "),
    )
