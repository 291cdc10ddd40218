"""Strategies that find whom and what records name by identifier: one look-up for a batch each.

Records of which nothing is found get no layer. What comes later has the releases derived again that
name it (`vulcanus.note_named`).
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus import container, contributor
from nexus_hub.vulcanus.queries import named as q
from nexus_hub.vulcanus.strategy import Bodies, Elements


def digest_of(elements: Elements) -> bytes | None:
    """SHA-256 of what was found, None where nothing was."""
    return hashlib.sha256(orjson.dumps(elements)).digest() if elements else None


class Found(ABC):
    """What strategies have in common that look up whom or what a batch of records names."""

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """Hash of all that is found out about a record, None where that is nothing."""
        return digest_of(self.enrich(body))

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """What comes later is told of by itself."""
        return inputs_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What was found out about these records."""
        return {croid: self.enrich(body) for croid, body in bodies.items()}

    @abstractmethod
    def enrich(self, body: dict[str, Any]) -> Elements:
        """What was found out about a record, of what was looked up."""


@dataclass
class ContributorOrcid(Found):
    """`contributor-orcid`: who contributed, by ORCID iD."""

    name: str = contributor.STRATEGY
    _known: dict[str, contributor.Person] = field(default_factory=dict)
    _claims: dict[str, list[contributor.Claim]] = field(default_factory=dict)

    def look(self, connection: Connection[Any], bodies: Bodies) -> None:
        """Read the creators that these records name, and the claims on their DOIs."""
        orcids = {
            one.orcid
            for body in bodies.values()
            if contributor.has_orcids(body)
            for one in contributor.contributors(body)
            if one.orcid
        }
        rows = q.named_creator_list(connection, orcids=sorted(orcids)) if orcids else ()
        self._known = {row.orcid: _person(row) for row in rows}
        self._claims = {}
        dois = [body["DOI"] for body in bodies.values() if body.get("DOI")]
        for row in q.named_claim_list(connection, dois=dois):
            claim = contributor.Claim(_person(row), row.claimed_by or "")
            self._claims.setdefault(row.doi, []).append(claim)

    def enrich(self, body: dict[str, Any]) -> Elements:
        """What was found out about a record, of what was looked up."""
        claims = self._claims.get(body.get("DOI", ""), ())
        if not claims and not contributor.has_orcids(body):
            return []
        return contributor.enrich(body, self._known, claims)


def _person(row: q.NamedCreatorListRow | q.NamedClaimListRow) -> contributor.Person:
    return contributor.Person(
        encode(row.croid), row.orcid, row.given_name or "", row.surname or "", row.display_name
    )


@dataclass
class ContainerIssn(Found):
    """`container-issn`: in which journal a work appeared."""

    name: str = container.STRATEGY
    _by_issn: dict[str, list[container.Container]] = field(default_factory=dict)
    _by_title: dict[str, list[container.Container]] = field(default_factory=dict)

    def look(self, connection: Connection[Any], bodies: Bodies) -> None:
        """Read the containers that have an ISSN or a title of these records."""
        found = [container.appearance(body) for body in bodies.values()]
        issns = {issn for one in found for issn in one.issns}
        titles = {
            container.plain_title(title).lower()
            for one in found
            if one.has_title_alone
            for title in one.titles
        }
        self._by_issn, self._by_title = {}, {}
        if not issns and not titles:
            return
        rows = q.named_container_list(connection, issns=sorted(issns), titles=sorted(titles))
        for row in rows:
            one = container.Container(encode(row.croid), row.name, row.issnl, tuple(row.issns))
            for issn in one.issns:
                self._by_issn.setdefault(issn, []).append(one)
            self._by_title.setdefault(container.fold_title(row.name), []).append(one)

    def enrich(self, body: dict[str, Any]) -> Elements:
        """What was found out about a record, of what was looked up."""
        found = container.appearance(body)
        near = [one for issn in found.issns for one in self._by_issn.get(issn, ())]
        if found.has_title_alone:
            folded = [container.fold_title(title) for title in found.titles]
            near += [one for title in folded for one in self._by_title.get(title, ())]
        return container.enrich(found, dict.fromkeys(near)) if near or found.wrong else []
