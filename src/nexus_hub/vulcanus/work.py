"""The strategy `release-work`: versions of one work name it; duplicates are proposed to people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.catalog.queries import editgroup as editgroups
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.queries import mint
from nexus_hub.vulcanus.kin import Kinship, Release, judge
from nexus_hub.vulcanus.queries import kin as q
from nexus_hub.vulcanus.queries import merge_proposal as proposals
from nexus_hub.vulcanus.strategy import VULCANUS, Bodies, Elements, element

STRATEGY: Final = "release-work"
LARGEST: Final = 200
"""Releases of one work; what grows beyond is no work, but a chain of mistakes."""

Pair = tuple[UUID, UUID]


@dataclass(slots=True)
class Kin:
    """Releases that may be kin, and what each pair of them is to each other."""

    releases: dict[UUID, Release] = field(default_factory=dict)
    pairs: dict[Pair, Kinship] = field(default_factory=dict)

    def versions(self) -> list[list[UUID]]:
        """The groups of releases that are versions of one work, each in the order of CROIDs."""
        root = {croid: croid for croid in self.releases}

        def find(croid: UUID) -> UUID:
            while root[croid] != croid:
                root[croid] = root[root[croid]]
                croid = root[croid]
            return croid

        for (one, other), kinship in self.pairs.items():
            if kinship.what == "version":
                low, high = sorted((find(one), find(other)))
                root[high] = low
        groups: dict[UUID, list[UUID]] = {}
        for croid in sorted(self.releases):
            groups.setdefault(find(croid), []).append(croid)
        return [group for group in groups.values() if 1 < len(group) <= LARGEST]


def find_kin(connection: Connection[Any], croids: Iterable[UUID]) -> Kin:
    """Everything that is kin to these releases, near or by way of others."""
    kin = Kin()
    related: dict[Pair, set[str]] = {}
    fresh = set(croids)
    looked: set[UUID] = set()
    while fresh and len(looked) < 50 * LARGEST:
        looked |= fresh
        rows = q.kin_list(connection, croids=sorted(fresh))
        fresh = {row.other for row in rows}
        for row in rows:
            found = related.setdefault((row.croid, row.other), set())
            if row.relation_type is not None:
                found.add(row.relation_type)
        _read_releases(connection, kin, looked | fresh)
        for (one, other), relations in related.items():
            if one in kin.releases and other in kin.releases and (one, other) not in kin.pairs:
                kinship = judge(kin.releases[one], kin.releases[other], relations)
                if kinship is not None:
                    kin.pairs[one, other] = kinship
        # By way of versions alone: what merely shares a title leads no further.
        fresh = {
            other for (_, other), k in kin.pairs.items() if k.what == "version"
        } - looked  # fmt: skip
    return kin


def _read_releases(connection: Connection[Any], kin: Kin, croids: set[UUID]) -> None:
    wanted = sorted(croids - kin.releases.keys())
    for row in q.kin_release_list(connection, croids=wanted) if wanted else ():
        is_preprint = row.release_type == "preprint"
        kin.releases[row.croid] = Release(
            croid=row.croid,
            doi=row.doi,
            type="posted-content" if is_preprint else row.type or "",
            title=row.title or "",
            surnames=tuple(row.surnames),
            container=row.container_title or "",
            year=row.issued_year,
            volume=row.volume or "",
            first_page=row.first_page or "",
            work=row.work_croid,
        )


def group_works(connection: Connection[Any], kin: Kin) -> dict[UUID, Elements]:
    """The elements that name the work of each release that has versions; new works are made.

    The oldest work that one of them has, or had once, is that of all; what a person gave stays.
    """
    groups = kin.versions()
    former = _former_works(connection, [croid for group in groups for croid in group])
    works: list[UUID | None] = [
        min(
            (work for croid in group if (work := kin.releases[croid].work or former.get(croid))),
            default=None,
        )
        for group in groups
    ]
    made = iter(_make_works(connection, works.count(None)))
    found: dict[UUID, Elements] = {}
    for group, known in zip(groups, works, strict=True):
        work = known or next(made)
        for croid in group:
            found[croid] = [_element(croid, work, kin)]
    return found


def _former_works(connection: Connection[Any], croids: list[UUID]) -> dict[UUID, UUID]:
    """The works that these releases were grouped under before, also by layers that are retired."""
    return {row.croid: decode(row.work) for row in q.kin_former_list(connection, croids=croids)}


def _make_works(connection: Connection[Any], count: int) -> list[UUID]:
    """New works, live at once."""
    made = mint.croid_mint(connection, n=count) if count else []
    if made:
        editgroups.editgroup_revise(
            connection,
            editor_id=VULCANUS,
            description="works",
            extra="{}",
            kind=Kind.WORK,
            croids=made,
            bodies=["{}"] * count,
            edit_extras=["{}"] * count,
            part_croids=[],
            part_members=[],
            part_bodies=[],
        )
    return made


def _element(croid: UUID, work: UUID, kin: Kin) -> dict[str, Any]:
    near = [
        (kinship, kin.releases[other])
        for (one, other), kinship in kin.pairs.items()
        if one == croid and kinship.what == "version"
    ]
    kinship, other = max(near, key=lambda item: (item[0].confidence, item[1].doi))
    evidence = {**kinship.evidence, "rule": kinship.rule, "version": other.doi}
    return element("insert", ("work", "croid"), encode(work), kinship.confidence, evidence, {})


def propose_merges(connection: Connection[Any], croids: Sequence[UUID], kin: Kin) -> int:
    """Propose what looks like one and the same, in place of what was proposed of these before."""
    asked = set(croids)
    rows = {
        (max(pair), min(pair)): kinship
        for pair, kinship in sorted(kin.pairs.items())
        if kinship.what == "duplicate" and asked.intersection(pair)
    }
    return proposals.merge_proposal_store(
        connection,
        examined=list(croids),
        croids=[pair[0] for pair in rows],
        into_croids=[pair[1] for pair in rows],
        rules=[kinship.rule for kinship in rows.values()],
        confidences=[kinship.confidence for kinship in rows.values()],
        evidences=[orjson.dumps(kinship.evidence).decode() for kinship in rows.values()],
    )


def input_hash(croid: UUID, kin: Kin) -> bytes:
    """SHA-256 of what makes a release a version of others."""
    near = sorted(
        (kin.releases[other].doi, kinship.rule)
        for (one, other), kinship in kin.pairs.items()
        if one == croid and kinship.what == "version"
    )
    return hashlib.sha256(orjson.dumps(near)).digest()


@dataclass(slots=True)
class ReleaseWork:
    """`release-work`: the work of which a release is a version."""

    name: str = STRATEGY

    def digest(self, body: Mapping[str, Any]) -> bytes | None:
        """What it reads is in other records too."""
        return b"" if body.get("DOI") else None

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """What is kin is kept up to date by itself."""
        return inputs_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """The works of these releases."""
        found = group_works(connection, find_kin(connection, bodies))
        return {croid: found[croid] for croid in bodies if croid in found}
