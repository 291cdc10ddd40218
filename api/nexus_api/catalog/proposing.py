"""From edits as they are sent to an editgroup: kinds looked up, works made, refusals placed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import psycopg
from psycopg import AsyncConnection

from nexus_api.catalog import edit_bodies as bodies
from nexus_api.problems import Fault, Refused, from_database
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.errors import EditgroupKeyReused
from nexus_hub.catalog.queries import editgroup as q
from nexus_hub.catalog.queries.ident import ident_kind_list_async
from nexus_hub.catalog.works import add_works, lacking_works, make_works
from nexus_hub.croid.codec import encode

Db = AsyncConnection[Any]
FIRST = UUID(int=0)
EditRow = q.EditgroupAddEditsRow | q.EditgroupEditListRow
_NUMBER = re.compile(r"^edit ([0-9]+): (.*)", re.DOTALL)


class Proposal(NamedTuple):
    """Edits that can be made, and warnings about what their records had to be mended in."""

    edits: list[Edit]
    warnings: list[dict[str, Any]]


async def read(db: Db, drafts: Sequence[bodies.Draft]) -> Proposal:
    """The edits of drafts, their records read by kind. Raises `Refused` with all that is wrong."""
    kinds = await ident_kind_list_async(db, croids=bodies.unknown_kinds(drafts))
    known = {row.croid: row.kind.value for row in kinds}
    edits, warnings = await asyncio.to_thread(bodies.read_records, drafts, known)
    return Proposal(edits, warnings)


async def fill(
    db: Db, editgroup_id: UUID, editor_id: UUID, edits: list[Edit], place: str = "/edits"
) -> list[EditRow]:
    """Propose edits, and works of releases that name none; the rows in that order.

    `place` is where in the body the list of edits stands; empty where there is but one.
    """
    made = add_works(edits, await make_works(db, lacking_works(edits)))
    async with placed(len(edits), place):
        return [*await editing.add_edits_async(db, editgroup_id, editor_id, made)]


async def apply(
    db: Db,
    editor_id: UUID,
    edits: list[Edit],
    about: tuple[Any, Any],
    key: str | None,
    place: str = "/edits",
) -> tuple[editing.Applied, list[Edit]]:
    """Make edits current at one go, and say which were made, works among them.

    `about` is description and extra. The same key with the same edits finds what it made.
    """
    made = add_works(edits, await make_works(db, lacking_works(edits)))
    try:
        async with db.transaction(), placed(len(edits), place):
            return await editing.apply_async(db, editor_id, made, *about, key=key), made
    except Refused as refused:
        if not isinstance(refused.error, EditgroupKeyReused) or key is None:
            raise
        works = await works_made(db, editor_id, key)
        if set(works) != set(lacking_works(edits)) or not works:
            raise
    # The works of the first time are part of what was asked for then.
    made = add_works(edits, works)
    async with placed(len(edits), place):
        return await editing.apply_async(db, editor_id, made, *about, key=key), made


async def works_made(db: Db, editor_id: UUID, key: str) -> dict[int, UUID]:
    """The works that were made for releases under a key, by the number of the release's edit."""
    rows = await q.editgroup_made_list_async(db, editor_id=editor_id, idempotency_key=key)
    return {row.made_for: row.croid for row in rows}


async def rows_of(db: Db, editgroup_id: UUID, edits: Sequence[Edit]) -> list[EditRow]:
    """The rows of all edits of an editgroup, in the order in which they were sent.

    What was created without a CROID got one in that order, so that its rows are in it as well.
    """
    found = await q.editgroup_edit_list_async(
        db, editgroup_id=editgroup_id, after_croid=FIRST, limit_count=len(edits)
    )
    by_croid = {row.croid: row for row in found}
    named = {edit.croid for edit in edits}
    rest = iter([row for row in found if row.croid not in named])
    return [by_croid[edit.croid] if edit.croid else next(rest) for edit in edits]


@asynccontextmanager
async def placed(count: int, place: str) -> AsyncGenerator[None]:
    """Tell of a refusal that names an edit by its number also where it stands in the body."""
    try:
        yield
    except psycopg.Error as failure:
        error = from_database(failure)
        if error is None:
            raise
        found = _NUMBER.match(error.detail)
        if found is None or int(found[1]) > count:
            raise Refused(error) from failure
        pointer = f"{place}/{int(found[1]) - 1}" if place else ""
        raise Refused(error, [Fault(error.slug, found[2], pointer=pointer)]) from failure


def tell_edit(row: EditRow) -> dict[str, Any]:
    """An edit as everybody may see it."""
    extra = getattr(row, "extra", None)
    told = {
        "id": row.edit_id,
        "croid": encode(row.croid),
        "kind": row.kind,
        "action": row.action,
        "revision": row.revision_id,
        "into": encode(row.redirect_to) if row.redirect_to else None,
        "previous": row.previous_revision_id,
        "previous-into": encode(row.previous_redirect_to) if row.previous_redirect_to else None,
    }
    return told | ({"extra": orjson.loads(extra)} if extra else {})
