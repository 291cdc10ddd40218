"""`/enrichments` and `/works/{doi}/enrichments`: what strategies added, in DataCite's shapes."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid5

from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api import jsonapi
from nexus_api.conditional import is_fresh, list_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import IfNoneMatch, Mailto, MinIndex, check_parameters, described
from nexus_api.freshness import index_of
from nexus_api.nexus import provenance_examples as examples
from nexus_api.nexus.provenance import OTHERS, find, raw, row_url
from nexus_api.paging import Key, Page, Paging
from nexus_api.public import home
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nexus.queries import provenance as q

AnyRequest = Request[Any, Any, Any]
FIRST = UUID(int=0)
OBJECTS = 50
"""How many objects are looked at in one go."""

_ACTIONS = {"insertChild": "insert"}
"""Actions that DataCite has no word of its own for."""

_DESCRIBED = described(
    {jsonapi.MEDIA_TYPE: examples.ENRICHMENTS},
    headers=("X-Nexus-Index", "ETag"),
    nullable=examples.ENRICHMENTS_NULLABLE,
    others=OTHERS,
)


@get(
    "/works/{doi:str}/enrichments",
    operation_id="work_enrichments",
    tags=["provenance"],
    operation_class=_DESCRIBED,
)
async def work_enrichments(
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
    """What strategies added to a work and what stands of it, value by value."""
    check_parameters(request, jsonapi.PAGED | {"id"})
    page = jsonapi.page(pager, request, size, after)
    croid = await find(db, request, doi)
    return croid if isinstance(croid, Response) else await _answer(request, db, pager, page, croid)


@get(
    "/enrichments",
    operation_id="enrichment_list",
    tags=["provenance"],
    operation_class=_DESCRIBED,
)
async def enrichment_list(
    request: AnyRequest,
    db: Database,
    pager: Paging,
    doi: Annotated[str | None, QueryParameter(description="Of one work.", required=False)] = None,
    size: jsonapi.Size = jsonapi.DEFAULT_SIZE,
    after: jsonapi.After = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """What strategies added to all records, or to one, and what stands of it."""
    check_parameters(request, jsonapi.PAGED | {"doi"})
    page = jsonapi.page(pager, request, size, after)
    croid = await find(db, request, normalise_doi(doi)) if doi is not None else None
    return croid if isinstance(croid, Response) else await _answer(request, db, pager, page, croid)


async def _answer(
    request: AnyRequest, db: AsyncConnection[Any], pager: Paging, page: Page, croid: UUID | None
) -> Response[Any]:
    etag = list_etag(index_of(request), request)
    if is_fresh(request, etag):
        return not_modified(etag)
    key = page.after or [str(FIRST), "", ""]
    found = await (_list_all(db, key, page) if croid is None else _list(db, [croid], key, page))
    return jsonapi.list_answer(
        request, pager, page, found, ("croid", "pointer", "layer"),
        lambda row: _told(request, row), etag,
    )  # fmt: skip


async def _list_all(
    db: AsyncConnection[Any], key: Key, page: Page
) -> list[q.ProvenanceEnrichmentListRow]:
    """A page of the enrichments of all objects; not all that were enriched still show it."""
    found: list[q.ProvenanceEnrichmentListRow] = []
    start = UUID(key[0])
    while True:
        croids = await q.provenance_enriched_list_async(db, from_croid=start, limit_count=OBJECTS)
        found += await _list(db, croids, key, page)
        if len(croids) < OBJECTS or len(found) >= page.probe:
            return found[: page.probe]
        start = UUID(int=croids[-1].int + 1)


async def _list(
    db: AsyncConnection[Any], croids: list[UUID], key: Key, page: Page
) -> list[q.ProvenanceEnrichmentListRow]:
    croid, pointer, layer = key
    return await q.provenance_enrichment_list_async(
        db,
        croids=croids,
        after_croid=UUID(croid),
        after_pointer=pointer,
        after_layer=layer,
        limit_count=page.probe,
    )


def _told(request: AnyRequest, row: q.ProvenanceEnrichmentListRow) -> dict[str, Any]:
    process = f"{row.strategy} {row.source_version}"
    url = row_url(row.row_source, row.release_no, row.row_key)
    resources = [
        {
            "relatedIdentifier": home(request) + url,
            "relatedIdentifierType": "URL",
            "relationType": "IsDerivedFrom",
        }
    ] if url else []  # fmt: skip
    attributes = {
        "doi": row.doi,
        "contributors": [
            {"name": process, "nameType": "Organizational", "contributorType": "DataCurator"}
        ],
        "resources": resources,
        "field": row.pointer.split("/")[1],
        "path": row.pointer,
        "action": _ACTIONS.get(row.action, row.action),
        "originalValue": raw(row.original_value),
        "enrichedValue": raw(row.value),
        "process": process,
        "confidence": row.confidence,
        "evidence": raw(row.evidence),
        "created": row.asserted_at,
        "updated": row.accepted_at,
    }
    number = uuid5(UUID(row.layer), row.pointer)
    return {"id": number, "type": "enrichments", "attributes": attributes}
