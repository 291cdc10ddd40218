"""`/activities` and `/works/{doi}/activities`: who did what to what, in DataCite's PROV shapes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from litestar import Request, Response, get
from litestar.params import FromPath
from psycopg import AsyncConnection

from nexus_api import jsonapi
from nexus_api.catalog.history import NEWEST, history_etag
from nexus_api.conditional import is_fresh, not_modified
from nexus_api.database import Database
from nexus_api.describing import IfNoneMatch, Mailto, MinIndex, check_parameters, described
from nexus_api.ids import read_id
from nexus_api.nexus import provenance_examples as examples
from nexus_api.nexus.provenance import OTHERS, find
from nexus_api.paging import Paging
from nexus_api.public import home
from nexus_hub.catalog.queries.revision import revision_body_list_async
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nexus.queries import activity as q

AnyRequest = Request[Any, Any, Any]
Row = q.ActivityGetRow | q.ActivityListRow | q.ActivityListOfRow
LAST = UUID(int=2**128 - 1)
Bodies = dict[tuple[UUID, UUID], dict[str, Any]]
_HEADERS = ("X-Nexus-Index", "ETag")


@get(
    "/works/{doi:str}/activities",
    operation_id="work_activities",
    tags=["provenance"],
    operation_class=described(
        {jsonapi.MEDIA_TYPE: examples.ACTIVITIES},
        headers=_HEADERS,
        nullable=examples.ACTIVITIES_NULLABLE,
        others=OTHERS,
    ),
)
async def work_activities(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    size: jsonapi.Size = jsonapi.DEFAULT_SIZE,
    after: jsonapi.After = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """What was done to a work, newest first: each accepted change, by whom, and what it made."""
    check_parameters(request, jsonapi.PAGED | {"id"})
    page = jsonapi.page(pager, request, size, after)
    croid = await find(db, request, doi)
    if isinstance(croid, Response):
        return croid
    etag = await history_etag(request, db)
    if is_fresh(request, etag):
        return not_modified(etag)
    index = page.after[0] if page.after else NEWEST
    found = await q.activity_list_of_async(
        db, croid=croid, before_index=index, limit_count=page.probe
    )
    bodies = await _bodies(db, found[: page.rows])
    return jsonapi.list_answer(
        request, pager, page, found, ("index",), lambda row: _told(request, row, bodies), etag
    )


@get(
    "/activities",
    operation_id="activity_list",
    tags=["provenance"],
    operation_class=described(
        {jsonapi.MEDIA_TYPE: examples.ACTIVITIES},
        headers=_HEADERS,
        nullable=examples.ACTIVITIES_NULLABLE,
        others={304: OTHERS[304]},
    ),
)
async def activity_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    size: jsonapi.Size = jsonapi.DEFAULT_SIZE,
    after: jsonapi.After = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """What was done to all objects, newest first."""
    check_parameters(request, jsonapi.PAGED)
    page = jsonapi.page(pager, request, size, after)
    etag = await history_etag(request, db)
    if is_fresh(request, etag):
        return not_modified(etag)
    index, croid = page.after or [NEWEST, str(LAST)]
    found = await q.activity_list_async(
        db, before_index=index, before_croid=UUID(croid), limit_count=page.probe
    )
    bodies = await _bodies(db, found[: page.rows])
    return jsonapi.list_answer(
        request, pager, page, found, ("index", "croid"),
        lambda row: _told(request, row, bodies), etag,
    )  # fmt: skip


@get(
    "/activities/{activity:str}",
    operation_id="activity_get",
    tags=["provenance"],
    operation_class=described(
        {jsonapi.MEDIA_TYPE: examples.ACTIVITY},
        nullable=examples.ACTIVITIES_NULLABLE,
        others={404: "No accepted edit has this id."},
    ),
)
async def activity_get(
    activity: FromPath[str], request: AnyRequest, db: Database, min_index: MinIndex = None
) -> Response[Any]:
    """One thing that was done: an accepted edit of one object, by its id."""
    number = read_id(activity)
    row = await q.activity_get_async(db, edit_id=number) if number is not None else None
    if row is None:
        raise NoSuchObject(f"no activity is {activity[:40]}")
    return jsonapi.answer({"data": _told(request, row, await _bodies(db, [row]))})


async def _bodies(db: AsyncConnection[Any], rows: list[Any]) -> Bodies:
    """The contents before and after these, but for what was taken away."""
    wanted = {(r.croid, r.revision_id) for r in rows if r.revision_id and not r.is_redacted}
    wanted |= {
        (r.croid, r.previous_revision_id)
        for r in rows
        if r.previous_revision_id and not r.is_previous_redacted
    }
    places = sorted(wanted)
    found = await revision_body_list_async(
        db, croids=[croid for croid, _ in places], revision_ids=[number for _, number in places]
    )
    return {(row.croid, row.revision_id): orjson.loads(row.body) for row in found if row.body}


def _told(request: AnyRequest, row: Row, bodies: Bodies) -> dict[str, Any]:
    at = home(request)
    about = f"https://doi.org/{row.doi}" if row.doi else f"{at}/cro/{encode(row.croid)}"
    attributes = {
        "prov:wasGeneratedBy": f"{at}/activities/{row.edit_id}",
        "prov:generatedAtTime": row.accepted_at,
        "prov:wasDerivedFrom": about,
        "prov:wasAttributedTo": f"{at}/editors/{row.editor}",
        "action": row.action,
        "version": row.version,
        "changes": _changes(row, bodies),
        "index": row.index,
        "revision": row.revision_id,
        "deposit": f"{at}/deposits/{row.deposit_id}" if row.deposit_id else None,
    }
    related = {"doi": {"data": {"id": row.doi, "type": "dois"}}} if row.doi else {}
    return {
        "id": row.edit_id,
        "type": "activities",
        "attributes": attributes,
        "relationships": related,
    }


def _changes(row: Row, bodies: Bodies) -> dict[str, Any] | None:
    """The members that changed: what came, or what was and what is; None where it was taken away.

    What an object was merged into stands as a change of `redirect_to`.
    """
    if row.is_redacted or row.is_previous_redacted:
        return None
    if row.redirect_to is not None:
        return {"redirect_to": encode(row.redirect_to)}
    nothing: dict[str, Any] = {}
    now = bodies.get((row.croid, row.revision_id), nothing) if row.revision_id else nothing
    if row.previous_revision_id is None:
        return now
    was = bodies.get((row.croid, row.previous_revision_id), nothing)
    return {
        name: [was.get(name), now.get(name)]
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    }
