"""The organisations in memory, for the strategy that recognises them in affiliations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from nexus_hub.catalog.queries import organisation as organisations
from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus import affiliation
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.strategy import Bodies, Elements

_NOTHING: Final = affiliation.input_hash({})


@dataclass(slots=True)
class Registry:
    """The organisations in memory, and up to which index of the changelog they are known."""

    index: OrganisationIndex = field(default_factory=OrganisationIndex)
    at_index: int = 0

    def refresh(self, connection: Connection[Any], inputs_index: int) -> None:
        """Take in the organisations that changed since the last refresh."""
        if inputs_index <= self.at_index:
            return
        for gone in organisations.organisation_list_gone(connection, after_index=self.at_index):
            self.index.remove(encode(gone))
        for row in organisations.organisation_list_changed(connection, after_index=self.at_index):
            names = [
                (name, kind)
                for name, kinds in zip(row.names, row.name_types, strict=True)
                for kind in kinds.split(",")
            ]
            self.index.replace(
                Organisation(
                    croid=encode(row.croid),
                    ror=_url(row.ror),
                    status=row.status,
                    country_code=row.country_code,
                    city=row.city,
                    names=names,
                    successor_ror=_url(row.successor_ror) if row.successor_ror else None,
                    parent_rors=tuple(_url(ror) for ror in row.parent_rors),
                )
            )
        self.at_index = inputs_index


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


def _url(ror: str | None) -> str:
    return f"https://ror.org/{ror}"
