"""What each change made of a work or an organisation: who, when, from which deposit, and what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api.aquilo import examples
from nexus_api.catalog.history import PARAMETERS, PagerDependency, answer, before, history_etag
from nexus_api.catalog.redactions import maybe_told
from nexus_api.conditional import is_fresh, not_modified
from nexus_api.database import Database
from nexus_api.describing import (
    JSON,
    Cursor,
    IfNoneMatch,
    Mailto,
    MinIndex,
    Rows,
    check_parameters,
    described,
)
from nexus_api.paging import DEFAULT_ROWS, Pager, parameters_of
from nexus_hub.aquilo.queries import work_then as q
from nexus_hub.catalog.difference import patch
from nexus_hub.catalog.queries.redaction import redaction_list_async
from nexus_hub.catalog.queries.revision import revision_body_list_async
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.identifiers import normalise

AnyRequest = Request[Any, Any, Any]
_DESCRIBED = described(
    {JSON: examples.HISTORY},
    headers=("X-Nexus-Index", "ETag", "Link"),
    nullable=("next-cursor", "revision", "deposit", "patch"),
    others={304: "Nothing was accepted since.", 404: "Nothing was ever called that."},
)


@get(
    "/works/{doi:str}/history",
    operation_id="work_history",
    tags=["works"],
    operation_class=_DESCRIBED,
)
async def work_history(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: PagerDependency,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """What each accepted change made of a work, newest first, with the deposit it came from.

    A change without `revision` merged the work into another or deleted it. Where content was taken
    away, `redacted` says by whom, when and why; `patch` is null, and that of the next change whole.
    """
    return await _answer(request, db, pager, "doi", doi)


@get(
    "/organizations/{ror:str}/history",
    operation_id="organization_history",
    tags=["organizations"],
    operation_class=_DESCRIBED,
)
async def organization_history(
    ror: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: PagerDependency,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """What each accepted change made of an organisation, newest first."""
    return await _answer(request, db, pager, "ror", normalise("ror", ror))


async def find(db: AsyncConnection[Any], scheme: str, value: str) -> UUID:
    """The object of an identifier, live, merged or deleted. Raises `NoSuchObject`."""
    croid = await q.work_then_find_async(db, scheme=scheme, value=value)
    if croid is None:
        raise NoSuchObject(f"{scheme}:{value}")
    return croid


async def _answer(
    request: AnyRequest, db: AsyncConnection[Any], pager: Pager, scheme: str, value: str
) -> Response[Any]:
    check_parameters(request, PARAMETERS | {"id"})
    page = pager.page(parameters_of(request))
    croid = await find(db, scheme, value)
    etag = await history_etag(request, db)
    if is_fresh(request, etag):
        return not_modified(etag)
    rows = await q.work_then_change_list_async(
        db, croid=croid, before_index=before(page), limit_count=page.probe
    )
    items = await _items(db, croid, rows[: page.rows])
    return answer(request, pager, page, rows, items, etag)


async def _items(
    db: AsyncConnection[Any], croid: UUID, rows: list[q.WorkThenChangeListRow]
) -> list[dict[str, Any]]:
    numbers = {row.revision_id for row in rows} | {row.previous_revision_id for row in rows}
    wanted = [number for number in numbers if number is not None]
    found = await revision_body_list_async(db, croids=[croid] * len(wanted), revision_ids=wanted)
    gone = await redaction_list_async(db, croid=croid, revision_ids=wanted)
    lost = {one.revision_id for one in gone}
    bodies = {one.revision_id: one.body for one in found if one.revision_id not in lost}
    return [
        {
            "index": row.index,
            "at": row.accepted_at,
            "agent": row.editor,
            "deposit": row.deposit_id,
            "revision": row.revision_id,
            "patch": None
            if row.revision_id in lost
            else patch(bodies.get(row.previous_revision_id), bodies.get(row.revision_id)),
        }
        | ({"redacted": maybe_told(row)} if row.redacted_at else {})
        for row in rows
    ]
