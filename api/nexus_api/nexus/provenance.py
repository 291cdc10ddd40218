"""`/works/{doi}/provenance`: where every value of a work comes from, now and before."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api.aquilo.works import gone, moved
from nexus_api.catalog.history import history_etag
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
from nexus_api.listing import page_answer
from nexus_api.nexus import provenance_examples as examples
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of
from nexus_hub.aquilo.queries.work import work_get_async
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nexus.queries import provenance as q

AnyRequest = Request[Any, Any, Any]
STATES = {"current": True, "superseded": False}
OTHERS = {
    301: "The work was merged into another; `Location` leads to it.",
    304: "Nothing was accepted since.",
    404: "No live work has this DOI.",
    410: "The work was deleted.",
}


@get(
    "/works/{doi:str}/provenance",
    operation_id="work_provenance",
    tags=["provenance"],
    operation_class=described(
        {JSON: examples.PROVENANCE},
        headers=("X-Nexus-Index", "ETag", "Link"),
        nullable=examples.NULLABLE,
        others=OTHERS,
    ),
)
async def work_provenance(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: Paging,
    standing: Annotated[
        Literal["current", "superseded"] | None,
        QueryParameter(
            name="state",
            description="Only what stands, or only what no longer does.",
            required=False,
        ),
    ] = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """For every value a work ever had who said it, on what grounds, since when, and until when.

    A member is told as its base has it; what a strategy or a person changed in it is a value of
    its own. `links` lead to the deposit, or to the row of the release of a source, that it is from.
    """
    check_parameters(request, {"rows", "cursor", "mailto", "state", "id"})
    parameters = parameters_of(request)
    page = pager.page(parameters)
    croid = await find(db, request, doi)
    if isinstance(croid, Response):
        return croid
    etag = await history_etag(request, db)
    if is_fresh(request, etag):
        return not_modified(etag)
    pointer, index, layer = page.after or ["", 0, ""]
    found = await q.provenance_list_async(
        db,
        croid=croid,
        after_pointer=pointer,
        after_index=index,
        after_layer=layer,
        is_current=STATES[standing] if standing else None,
        limit_count=page.probe,
    )
    shown, following = pager.cut(found, page, parameters, "pointer", "index", "layer")
    content = {
        "croid": encode(croid),
        "items": [_told(croid, row) for row in shown],
        "next-cursor": following,
    }
    return page_answer(request, msgspec.json.encode(content), cursor=following, etag=etag)


async def find(db: AsyncConnection[Any], request: AnyRequest, doi: str) -> UUID | Response[Any]:
    """The live work of a DOI, or the way to the one that it was merged into.

    Raises `NoSuchObject`, and `Refused` where it was deleted.
    """
    row = await work_get_async(db, doi=doi, with_body=False)
    if row is None:
        raise NoSuchObject(f"doi:{doi}")
    if row.redirect_to is not None:
        return await moved(db, request, doi, row.redirect_to)
    if row.revision_id is None:
        raise gone(doi, row.croid)
    return row.croid


def raw(text: str | None) -> msgspec.Raw | None:
    """JSON text as it stands."""
    return msgspec.Raw(text.encode()) if text is not None else None


def row_url(source: str | None, release_no: int | None, key: str | None) -> str | None:
    """Where a row of a release of a source is told, as it was."""
    if source is None or release_no is None or key is None:
        return None
    return f"/sources/{source}/releases/{release_no}/rows/{quote(key, safe='')}"


def _told(croid: UUID, row: q.ProvenanceListRow) -> dict[str, Any]:
    links = {
        "revision": f"/cro/{encode(croid)}/revisions/{row.revision_id}",
        "deposit": f"/deposits/{row.deposit_id}" if row.deposit_id else None,
        "row": row_url(row.row_source, row.release_no, row.row_key),
    }
    return {
        "pointer": row.pointer,
        "value": raw(row.value),
        "layer": row.layer,
        "source": row.source,
        "source_version": row.source_version,
        "strategy": row.strategy,
        "action": row.action,
        "original_value": raw(row.original_value),
        "confidence": row.confidence,
        "evidence": raw(row.evidence),
        "asserted_at": row.asserted_at,
        "since": {"index": row.index, "at": row.accepted_at, "revision": row.revision_id},
        "superseded": {"index": row.superseded_index, "at": row.superseded_at}
        if row.superseded_index is not None
        else None,
        "links": {name: link for name, link in links.items() if link},
    }
