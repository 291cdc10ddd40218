"""Looks up what references mean after a release was accepted, or a work came they waited for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import orjson

from nexus_hub.platform.queues import Context, Event
from nexus_hub.vulcanus.deferred import read_standing, settle_layers
from nexus_hub.vulcanus.queries import citable as q
from nexus_hub.vulcanus.reference import STRATEGY, Open, input_hash, look_up, open_references

LIMIT: Final = 500
"""References that are looked up in one transaction, half a second's work: deposits wait for it."""
READ_LIMIT: Final = 20
"""Releases whose references are read at a time."""


def look_up_references(context: Context, events: Sequence[Event]) -> None:
    """Look up the references of releases that have no DOI, and derive those that gain one again."""
    connection = context.connection
    croids = sorted({croid for event in events for croid in event.croids})
    standing = read_standing(connection, STRATEGY, croids)
    wanted: dict[UUID, list[Open]] = {}
    digests: dict[UUID, bytes] = {}
    room = LIMIT
    while croids and room > 0:
        some, croids = croids[:READ_LIMIT], croids[READ_LIMIT:]
        for croid, references in read_references(context, some).items():
            digest = input_hash(references)
            if digest is not None and not standing.is_done(croid, digest):
                wanted[croid], digests[croid] = references, digest
                room -= len(references)
    q.citable_want(connection, croids=croids)
    if wanted:
        found = look_up(connection, wanted) if standing.row.is_enabled else {}
        settle_layers(context, standing, "references", digests, found)


def read_references(context: Context, croids: list[UUID]) -> dict[UUID, list[Open]]:
    """The references of live releases that nobody gave a DOI; releases without any are left out."""
    rows = q.citable_reference_list(context.connection, croids=croids)
    return {row.croid: open_references(orjson.loads(row.body)) for row in rows}
