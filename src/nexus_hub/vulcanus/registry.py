"""The organisations in memory, for the strategies that recognise them in records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from nexus_hub.catalog.queries import organisation as organisations
from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus import affiliation
from nexus_hub.vulcanus.funder_match import Directory
from nexus_hub.vulcanus.matcher import term
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.strategy import Bodies, Elements

FUNDER: Final = "https://doi.org/"
_NOTHING: Final = affiliation.input_hash({})


@dataclass(slots=True)
class Registry:
    """The organisations in memory, and up to which index of the changelog they are known.

    What of an organisation is not matched against does not count as a change. Those that have no
    ROR id but a funder id are kept apart: `index` has none of them, `directory` has all.
    """

    directory: Directory = field(default_factory=Directory)
    at_index: int = 0
    _loaded_index: int = 0
    _changed: dict[str, int] = field(default_factory=dict)

    @property
    def index(self) -> OrganisationIndex:
        """The organisations that have a ROR id."""
        return self.directory.organisations

    def refresh(self, connection: Connection[Any], inputs_index: int) -> None:
        """Take in the organisations that changed since the last refresh."""
        if inputs_index > self.at_index:
            gone = organisations.organisation_list_gone(connection, after_index=self.at_index)
            rows = organisations.organisation_list_changed(connection, after_index=self.at_index)
            self.take(gone, rows, inputs_index)

    def take(
        self,
        gone: Iterable[UUID],
        rows: Iterable[organisations.OrganisationListChangedRow],
        at_index: int,
    ) -> None:
        """Forget what is gone and take in the new state of what changed up to an index."""
        is_first = self.at_index == 0
        for croid in map(encode, gone):
            self._note(croid, at_index, is_first)
            self.directory.remove(croid)
        for row in rows:
            if row.ror is None and not row.funders:
                continue
            croid = encode(row.croid)
            before = self.directory.by_croid(croid)
            self.directory.replace(_organisation(row, croid))
            if self.directory.by_croid(croid) != before:
                self._note(croid, at_index, is_first)
        self.at_index = at_index
        if is_first:
            self._loaded_index = at_index

    def _note(self, croid: str, at_index: int, is_first: bool) -> None:
        if not is_first:
            self._changed[croid] = at_index

    def changed_after(self, connection: Connection[Any], index: int) -> list[str]:
        """Encoded CROIDs of the organisations that changed after an index, gone ones too."""
        if index >= self._loaded_index:
            return [croid for croid, at in self._changed.items() if at > index]
        gone = organisations.organisation_list_gone(connection, after_index=index)
        rows = organisations.organisation_list_changed(connection, after_index=index)
        return [*map(encode, gone), *(encode(row.croid) for row in rows)]


def read_organisations(connection: Connection[Any]) -> list[Organisation]:
    """The live organisations that have a ROR id or a funder id."""
    rows = organisations.organisation_list_changed(connection, after_index=0)
    return [_organisation(row, encode(row.croid)) for row in rows if row.ror or row.funders]


def _organisation(row: organisations.OrganisationListChangedRow, croid: str) -> Organisation:
    names = [
        (name, kind)
        for name, kinds in zip(row.names, row.name_types, strict=True)
        for kind in kinds.split(",")
    ]
    return Organisation(
        croid=croid,
        ror=_url(row.ror) if row.ror else f"{FUNDER}{row.funders[0]}",
        status=row.status,
        country_code=row.country_code,
        city=row.city,
        names=names,
        successor_ror=_url(row.successor_ror) if row.successor_ror else None,
        parent_rors=tuple(map(_url, row.parent_rors)),
        funders=tuple(row.funders),
    )


@dataclass(slots=True)
class AffiliationRor:
    """`affiliation-ror`: the organisation in an affiliation as written."""

    registry: Registry = field(default_factory=Registry)
    name: str = affiliation.STRATEGY
    is_deferred: bool = False

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """Hash of the affiliations of a record, None where there are none."""
        digest = affiliation.input_hash(body)
        return None if digest == _NOTHING else digest

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """Take in the organisations that changed."""
        self.registry.refresh(connection, inputs_index)
        return self.registry.at_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What names the organisations of these records."""
        index = self.registry.index
        if not len(index):
            return {}
        return {croid: affiliation.enrich(body, index) for croid, body in bodies.items()}

    def terms(self, body: dict[str, Any]) -> list[int]:
        """The words of the affiliations of a record, and the organisations they name."""
        return affiliation.terms(body, self.registry.index)

    def changed_terms(self, connection: Connection[Any], after_index: int) -> list[int]:
        """The organisations that changed, and of each of their names now the rarest word.

        A name that a string only nearly spells is traced by that word as well.
        """
        index, found = self.registry.index, set[int]()
        for croid in self.registry.changed_after(connection, after_index):
            found.add(term(croid))
            if known := index.by_croid(croid):
                found.add(term(known.ror))
                found.update(term(index.rarest_word(key)) for key in known.keys)
        return sorted(found)


def _url(ror: str) -> str:
    return f"https://ror.org/{ror}"
