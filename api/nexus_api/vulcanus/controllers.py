"""`/works/{doi}/explain`: where every value of a record comes from."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath, QueryParameter

from nexus_api.aquilo.works import gone, moved
from nexus_api.catalog.redactions import check_content
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import JSON, IfNoneMatch, MinIndex, described
from nexus_api.freshness import Freshness
from nexus_api.ids import read_id
from nexus_api.vulcanus import duplicates
from nexus_api.vulcanus.matching import match_get, match_list
from nexus_api.vulcanus.registry import registry_get, registry_list
from nexus_hub.aquilo.errors import NoSuchRevision
from nexus_hub.aquilo.queries.work import work_get_async
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.vulcanus.explanation import explain_revision

_OVERRIDDEN: dict[str, Any] = {
    "layer": "crossref:3",
    "source": "crossref",
    "source_version": "3",
    "strategy": "affiliation-ror",
    "value": "An older title",
    "asserted_at": "2026-01-02T03:04:05Z",
}
_EXAMPLE: dict[str, Any] = {
    "croid": "01jexample0000000000000000",
    "revision": "019a0000-0000-7000-8000-000000000002",
    "index": 7,
    "at": "2026-01-02T03:04:05Z",
    "fields": [
        {
            "pointer": "/title",
            "value": None,
            "layer": "deposit:019a0000-0000-7000-8000-000000000009/1",
            "source": "deposit",
            "source_version": "019a0000-0000-7000-8000-000000000009/1",
            "strategy": "affiliation-ror",
            "confidence": 0.97,
            "evidence": None,
            "asserted_at": "2026-01-02T03:04:05Z",
            "overridden": [_OVERRIDDEN | {"value": None}],
        }
    ],
}


@get(
    "/works/{doi:str}/explain",
    operation_id="work_explain",
    tags=["works"],
    operation_class=described(
        {JSON: _EXAMPLE},
        headers=("X-Nexus-Index", "ETag", "Location"),
        nullable=("strategy", "confidence"),
        others={
            301: "The work was merged into another; `Location` leads to it.",
            304: "What is held already is current.",
            404: "No live work has this DOI, or the work has no such revision.",
            410: "The work was deleted, or the content of the revision taken away.",
        },
    ),
)
async def work_explain(
    doi: FromPath[str],
    request: Request[Any, Any, Any],
    db: Database,
    revision: Annotated[
        str | None, QueryParameter(description="An older revision; the current one by default.")
    ] = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """For every value of a work who says so, since when, on what evidence, and what it replaced.

    What is told of a revision stays the same for ever, whatever is deposited or switched off later.
    """
    row = await work_get_async(db, doi=doi, with_body=False)
    if row is None:
        raise NoSuchObject(f"doi:{doi}")
    if row.redirect_to is not None:
        return await moved(db, request, doi, row.redirect_to)
    if row.state == "deleted" and revision is None:
        raise gone(doi, row.croid)
    wanted: UUID | None = read_id(revision) if revision is not None else row.revision_id
    if wanted is not None:
        await check_content(db, row.croid, [wanted])
    etag = item_etag(wanted, "explain")
    if wanted is not None and is_fresh(request, etag):
        return not_modified(etag)
    found = await explain_revision(db, "release", row.croid, wanted) if wanted else None
    if found is None:
        raise NoSuchRevision(f"doi:{doi} has no accepted revision {str(revision)[:40]}")
    content = {
        "croid": encode(row.croid),
        "revision": found.revision_id,
        "index": found.index,
        "at": found.accepted_at,
        "fields": found.fields,
    }
    return Response(msgspec.json.encode(content), media_type=JSON, headers={"ETag": etag})


_ROUTES = [work_explain, match_get, match_list, registry_get, registry_list]
route_handlers = [
    Router(path="/", route_handlers=_ROUTES, middleware=[Freshness()]),
    *duplicates.route_handlers,
]
