"""Accepted releases per second: as people and bots edit, and as the workers revise.

Each pass creates real works anew in a fresh database, over one connection, in editgroups of one
size: validated, proposed and accepted at one go, as by `POST /editgroups/batch`; or given as
finished bodies to `catalog.revise`. Reading the records from JSON is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg

from benchmarks.aims import Figure, spent
from benchmarks.databases import Place
from benchmarks.load import PLAIN, WrongResult
from benchmarks.records import Input
from nexus_hub.catalog import editing
from nexus_hub.catalog.kinds import validate
from nexus_hub.catalog.parts import Layout
from nexus_hub.catalog.queries import editgroup
from nexus_hub.catalog.queries.models import Kind
from nexus_hub.catalog.records import read_deposit
from nexus_hub.cli.session import worker_connection

Body = dict[str, Any]
EDITOR = UUID("00000000-0000-7000-8000-000000000001")
RELEASES = {1: 200, 50: 1000, 1000: 3000}
"""How many releases are accepted in editgroups of each size: enough for a second or so."""

WAYS = {"edit": "as people and bots edit", "revise": "as the workers revise"}


def step_count(passes: int) -> int:
    """How many steps of the progress bar this is."""
    return (passes + 1) * len(RELEASES)


def measure(
    place: Place, source: Input, passes: int, advance: Callable[[str], None]
) -> list[Figure]:
    """Create releases in every size of editgroup, in both ways by turns."""
    bodies = bodies_of(source)
    figures = {
        (way, size): Figure("accept", f"editgroups of {size:,}, {title}", "releases/s")
        for size in RELEASES
        for way, title in WAYS.items()
    }
    for number in range(passes + 1):
        for size, count in RELEASES.items():
            advance(f"accepting in editgroups of {size}, pass {number}")
            for way in WAYS:
                rate, cpu_us = _pass(place, way, size, bodies[:count])
                if number:
                    figures[way, size].add(rate, cpu_us=cpu_us)
    return list(figures.values())


def bodies_of(source: Input) -> list[Body]:
    """The works as bodies; those that cannot be taken are left out."""
    read = (read_deposit(orjson.dumps(work)) for work in source.works)
    bodies = [body for body, problems in read if not problems and body.get("title")]
    return [body for body in bodies if not validate("release", body)[1]]


def _pass(place: Place, way: str, size: int, bodies: Sequence[Body]) -> tuple[float, float]:
    database = place.clone(PLAIN)
    batches = [bodies[i : i + size] for i in range(0, len(bodies), size)]
    with worker_connection(place.settings(database)) as connection:
        layout = layout_of(connection)
        place.checkpoint()

        def run() -> None:
            for batch in batches:
                if way == "edit":
                    create(connection, batch)
                else:
                    revise(connection, layout, batch)

        took = spent(place, run)
        kinds = connection.execute("SELECT count(*) FROM catalog.release").fetchone()
    if kinds is None or kinds[0] != len(bodies):
        raise WrongResult(f"{len(bodies)} accepted bodies made {kinds} releases")
    place.drop(database)
    return len(bodies) / took.wall_s, took.cpu_s / len(bodies) * 1e6


def create(connection: psycopg.Connection[Any], bodies: Sequence[Body]) -> list[UUID]:
    """Propose and accept new releases as one editgroup; their CROIDs."""
    croids = [uuid4() for _ in bodies]
    edits = [
        editing.Edit("create", croid, "release", validate("release", body)[0])
        for croid, body in zip(croids, bodies, strict=True)
    ]
    editing.apply(connection, EDITOR, edits)
    return croids


def layout_of(connection: psycopg.Connection[Any]) -> Layout:
    """How releases are split for storage."""
    rows = editgroup.editgroup_part_member_list(connection, kind=Kind.RELEASE)
    return Layout((row.member, row.part) for row in rows)


def revise(connection: psycopg.Connection[Any], layout: Layout, bodies: Sequence[Body]) -> None:
    """Give new releases their content as a worker does, as one editgroup."""
    croids = [uuid4() for _ in bodies]
    split = [layout.split(body) for body in bodies]
    parts = [(croid, *part) for croid, one in zip(croids, split, strict=True) for part in one.parts]
    editgroup.editgroup_revise(
        connection,
        editor_id=EDITOR,
        description="a benchmark",
        extra="{}",
        kind=Kind.RELEASE,
        croids=croids,
        bodies=[one.body for one in split],
        edit_extras=["{}"] * len(croids),
        part_croids=[croid for croid, _, _ in parts],
        part_members=[name for _, name, _ in parts],
        part_bodies=[text for _, _, text in parts],
    )
