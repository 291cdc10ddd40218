"""Bytes of a further revision of which only the title differs, beside fatcat-like tables.

The same typical articles lie in both databases and get new titles in editgroups of one size; both
are vacuumed after every edition. Counted is the growth of all relations, with indexes and long
values: of rooms catalog and croid here, of all tables there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from benchmarks.accept import EDITOR, Body, bodies_of, create
from benchmarks.aims import Figure
from benchmarks.databases import Place
from benchmarks.fatcat_tables import FatcatTables
from benchmarks.load import PLAIN
from benchmarks.records import Input
from benchmarks.storage import growth
from nexus_hub.catalog import editing
from nexus_hub.cli.session import worker_connection

EDITIONS = 4
EDITGROUP = 50
AIM = 0.35
ROOMS = ("catalog.", "croid.")
STEPS = 3


@dataclass(frozen=True, slots=True)
class Revisions:
    """Bytes per further revision by table: ours, and fatcat-like with and without extra JSON."""

    articles: int
    authors: float
    references: float
    ours: dict[str, float]
    full: dict[str, float]
    bare: dict[str, float]

    def figures(self) -> list[Figure]:
        """What is held against what."""
        ours = sum(self.ours.values())
        found = []
        for name, other in (
            ("fatcat-like tables, all the same data", self.full),
            ("fatcat-like tables, without extra JSON", self.bare),
        ):
            aim = AIM if other is self.full else None
            figure = Figure("revision", "a new title", "bytes", name, aim, "at most")
            figure.add(ours, sum(other.values()))
            found.append(figure)
        return found


def typical(source: Input) -> list[Body]:
    """Journal articles with a reference list and about five authors."""
    return [
        body
        for body in bodies_of(source)
        if body.get("type") == "journal-article"
        and body.get("reference")
        and 3 <= len(body.get("author") or ()) <= 7
    ]


def measure(place: Place, source: Input, advance: Callable[[str], None]) -> Revisions:
    """Store the same articles three times over, and change their titles."""
    bodies = typical(source)
    advance("titles here")
    ours = _ours(place, bodies)
    advance("titles in fatcat-like tables")
    full = _fatcat(place, bodies, with_extra=True)
    advance("titles in fatcat-like tables without extra JSON")
    bare = _fatcat(place, bodies, with_extra=False)
    authors, references = (
        sum(len(body.get(name) or ()) for body in bodies) / len(bodies)
        for name in ("author", "reference")
    )
    return Revisions(len(bodies), authors, references, ours, full, bare)


def _ours(place: Place, bodies: Sequence[Body]) -> dict[str, float]:
    database = place.clone(PLAIN)
    with worker_connection(place.settings(database)) as connection:
        croids: list[UUID] = []
        for i in range(0, len(bodies), EDITGROUP):
            croids += create(connection, bodies[i : i + EDITGROUP])
        place.vacuum(database)
        before = place.sizes(database)
        for edition in range(1, EDITIONS + 1):
            for i in range(0, len(bodies), EDITGROUP):
                pairs = zip(croids[i : i + EDITGROUP], bodies[i : i + EDITGROUP], strict=True)
                editing.apply(
                    connection,
                    EDITOR,
                    [
                        editing.Edit("update", croid, body=_retitled(b, edition))
                        for croid, b in pairs
                    ],
                    "new titles",
                )
            place.vacuum(database)
    grown = growth(before, place.sizes(database), EDITIONS * len(bodies))
    place.drop(database)
    return {name: size for name, size in grown.items() if name.startswith(ROOMS)}


def _retitled(body: Body, edition: int) -> Body:
    first, *others = body["title"]
    return {**body, "title": [f"{first} ({edition})", *others]}


def _fatcat(place: Place, bodies: Sequence[Body], *, with_extra: bool) -> dict[str, float]:
    database = f"bench_fatcat_{'full' if with_extra else 'bare'}"
    place.create(database)
    with place.connect(database) as connection:
        tables = FatcatTables(connection, with_extra=with_extra)
        tables.fill(bodies, EDITGROUP)
        place.vacuum(database)
        before = place.sizes(database)
        for edition in range(1, EDITIONS + 1):
            tables.retitle(edition, EDITGROUP, EDITOR)
            place.vacuum(database)
    grown = growth(before, place.sizes(database), EDITIONS * len(bodies))
    place.drop(database)
    return grown
