"""The strategy `funder-ror`: funders as deposited become organisations of the registries.

Pure: a record and the organisations in memory give the elements of a patch. What the publisher
asserted is never questioned, and award numbers are left as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.vulcanus.directory import ROR, Directory
from nexus_hub.vulcanus.funder_match import (
    Funder,
    FunderMatch,
    funder_id,
    match_funder,
)
from nexus_hub.vulcanus.matcher import term
from nexus_hub.vulcanus.organisations import Known
from nexus_hub.vulcanus.patch import Pointer, format_pointer
from nexus_hub.vulcanus.registry import Registry
from nexus_hub.vulcanus.strategy import Bodies, Elements, element
from nexus_hub.vulcanus.texts import Concern

STRATEGY: Final = "funder-ror"
VERSION: Final = "2"
OURS: Final = "nexus"


class Named(NamedTuple):
    """A funder of a record: where it stands, and what of it is read.

    `asserted` is the ROR id that its publisher gave it, as an address.
    """

    pointer: Pointer
    body: dict[str, Any]
    funder: Funder
    asserted: str


def funders(body: Mapping[str, Any]) -> Iterator[Named]:
    """The funders of a release and of the projects of a grant, in record order.

    >>> [(one.pointer, one.funder.name) for one in funders({"funder": [{"name": "Salt Fund"}]})]
    [(('funder', '0'), 'Salt Fund')]
    """
    for place, item in _objects(body.get("funder")):
        yield _named(("funder", str(place)), item)
    for place, project in _objects(body.get("project")):
        for number, funding in _objects(project.get("funding")):
            if isinstance(item := funding.get("funder"), dict):
                yield _named(("project", str(place), "funding", str(number), "funder"), item)


def _objects(items: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(items, list):
        yield from ((n, item) for n, item in enumerate(items) if isinstance(item, dict))


def read_funder(given: str | Mapping[str, Any]) -> Funder:
    """What a name or the members of a funder say.

    >>> read_funder({"name": "Salt Fund", "DOI": "10.13039/100000001"}).doi
    '10.13039/100000001'
    """
    if isinstance(given, str):
        # What is only an id is no name.
        return Funder("", given) if funder_id(given) else Funder(given)
    return _named((), dict(given)).funder


def _named(pointer: Pointer, item: dict[str, Any]) -> Named:
    is_ours = item.get("doi-asserted-by") == OURS
    doi = "" if is_ours else _text(item.get("DOI"))
    given = [one for _, one in _objects(item.get("id")) if one.get("asserted-by") != OURS]
    doi = doi or next(
        (_text(one.get("id")) for one in given if funder_id(_text(one.get("id")))), ""
    )
    asserted = next((one["id"] for one in given if _text(one.get("id")).startswith(ROR)), "")
    country = _text(item.get("country"))
    return Named(pointer, item, Funder(_text(item.get("name")), doi, country), asserted)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def input_hash(body: Mapping[str, Any]) -> bytes | None:
    """SHA-256 of all this strategy reads of a record; None where it has no funder."""
    read = [[format_pointer(one.pointer), *one.funder, one.asserted] for one in funders(body)]
    return hashlib.sha256(orjson.dumps(read)).digest() if read else None


def recognise(named: Named, directory: Directory) -> FunderMatch:
    """The organisation of a funder: by an id that its publisher gave, or else by its name.

    A name counts for nothing against a funder id that is another organisation's or unknown here,
    where the organisation of that name has funder ids of its own.
    """
    if named.asserted and (known := directory.by_address(named.asserted)):
        return FunderMatch(known, "asserted by the publisher")
    found = match_funder(named.funder, directory)
    is_other = found.chosen and found.chosen.funders and found.rule != "funder id"
    return found._replace(chosen=None) if is_other and funder_id(named.funder.doi) else found


def enrich(body: Mapping[str, Any], directory: Directory) -> Elements:
    """The elements that name the organisations of a release's funders.

    Each gets its identifier here as `croid`, its ROR id among its ids, and, where it has just one,
    its funder id. Each element holds only while the name and the ids it was made from stand.
    """
    found: Elements = []
    for named in funders(body):
        known = recognise(named, directory)
        if known.chosen:
            found += _elements(named, known, known.chosen)
    return found


def _elements(named: Named, found: FunderMatch, known: Known) -> Iterator[dict[str, Any]]:
    item, at = named.body, named.pointer
    evidence = {
        "text": named.funder.name,
        "rule": found.rule,
        "matched_name": found.matched_name,
        "funder": funder_id(named.funder.doi) or None,
        "country": known.country,
    }
    sure = found.confidence
    named_so = {format_pointer((*at, "name")): item.get("name")} if "name" in item else {}
    doi = format_pointer((*at, "DOI"))
    when = {**named_so, doi: item.get("DOI")}
    yield element("insert", (*at, "croid"), known.croid, sure, evidence, when)
    if known.ror.startswith(ROR) and not named.asserted:
        value = {"id": known.ror, "id-type": "ROR", "asserted-by": OURS}
        yield element("insertChild", (*at, "id"), value, sure, evidence, when)
    if item.get("DOI") is None and len(known.funders) == 1:
        yield element("insert", (*at, "doi-asserted-by"), OURS, sure, evidence, when)
        yield element("insert", (*at, "DOI"), known.funders[0], sure, evidence, named_so)


@dataclass(slots=True)
class FunderRor:
    """`funder-ror`: the organisation that a funder is."""

    registry: Registry = field(default_factory=Registry)
    name: str = STRATEGY

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """Hash of the funders of a record, None where there are none."""
        return input_hash(body)

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """Take in the organisations that changed."""
        self.registry.refresh(connection, inputs_index)
        return self.registry.at_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What names the organisations of the funders of these records."""
        directory = self.registry.directory
        if not len(directory):
            return {}
        return {croid: enrich(body, directory) for croid, body in bodies.items()}

    def note(
        self, connection: Connection[Any], at_index: int, bodies: Bodies
    ) -> Mapping[UUID, Sequence[int]]:
        """The ids and words of the funders of these records, and the organisations they are."""
        return {croid: self._terms(body) for croid, body in bodies.items()}

    def _terms(self, body: dict[str, Any]) -> list[int]:
        found: set[int] = set()
        for named in funders(body):
            match = recognise(named, self.registry.directory)
            said = {named.asserted, funder_id(named.funder.doi)}
            said |= {word for key in match.keys for word in key.split(" ")}
            said |= {one.croid for one in (match.chosen, *match.open) if one}
            found.update(term(one) for one in said if one)
        return sorted(found)

    def trace(self, connection: Connection[Any], after_index: int) -> Concern:
        """The organisations that changed, their ids, and of each of their names the rarest word."""
        directory, concern = self.registry.directory, Concern()
        for croid in self.registry.changed_after(connection, after_index):
            concern.terms.add(term(croid))
            if known := directory.by_croid(croid):
                concern.terms.update(map(term, (known.ror, *known.funders)))
                concern.terms.update(term(directory.rarest_word(key)) for key in known.keys)
        return concern
