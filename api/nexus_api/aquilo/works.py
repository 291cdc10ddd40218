"""One work: Crossref's envelope around the stored body, or one of the other formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api import former
from nexus_api.aquilo import early, examples, formats, landing
from nexus_api.aquilo.rendering import Found, etag_of, headers_of, rendered
from nexus_api.aquilo.work_reading import reader_of
from nexus_api.aquilo.works_then import work_then
from nexus_api.conditional import is_fresh, not_modified
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import IfNoneMatch, MinIndex, described
from nexus_api.early import EARLY
from nexus_api.problems import Refused, invalid
from nexus_api.raw_path import encode as encode_segment
from nexus_api.time_travel import AsOf
from nexus_hub.aquilo.errors import Gone
from nexus_hub.aquilo.queries import work as q
from nexus_hub.catalog.canonical import encode as encode_body
from nexus_hub.croid.codec import encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.nauvis.queries import handle as handles
from nexus_hub.vulcanus.explanation import read_deposited
from nexus_hub.vulcanus.merge import Base

AnyRequest = Request[Any, Any, Any]
View = Annotated[
    Literal["enriched", "deposited"],
    QueryParameter(
        description="`deposited`: what was deposited last, alone, without anything added to it.",
        required=False,
    ),
]
_OTHERS = {
    301: "The work was merged into another; `Location` leads to it.",
    304: "What is held already is current.",
    404: "No live work has this DOI.",
    406: formats.NO_SUCH_FORMAT,
    410: "The work was deleted.",
}
_HEADERS = ("X-Nexus-Index", "ETag", "Location")
_CONTENTS = {form.content_type: examples.OF_FORMATS[form.name] for form in formats.ITEMS}


@get(
    "/works/{doi:str}",
    operation_id="work_get",
    tags=["works"],
    operation_class=described(_CONTENTS, headers=_HEADERS, others=_OTHERS),
    opt={EARLY: early.answer},
)
async def work_get(
    doi: FromPath[str],
    request: AnyRequest,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
    view: View = "enriched",
    as_of: AsOf = None,
    format_name: formats.FormatName = None,
    style: formats.Style = None,
    locale: formats.Locale = None,
) -> Response[Any]:
    """The work of a DOI, in the format that `format` names or `Accept` prefers.

    Browsers are shown a page, with the work as schema.org JSON-LD in it.
    """
    return await _told(request, doi, view, as_of, formats.wanted(request))


@get(
    "/works/{doi:str}/transform/{media_type:str}",
    operation_id="work_transform",
    tags=["works"],
    operation_class=described(_CONTENTS, headers=_HEADERS, others=_OTHERS),
)
async def work_transform(
    doi: FromPath[str],
    media_type: FromPath[str],
    request: AnyRequest,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
    view: View = "enriched",
    as_of: AsOf = None,
    style: formats.Style = None,
    locale: formats.Locale = None,
) -> Response[Any]:
    """The work of a DOI in the format that the path names, by its media type or short name."""
    return await _told(request, doi, view, as_of, formats.wanted(request, media_type))


async def moved(
    db: AsyncConnection[Any], request: AnyRequest, doi: str, survivor: UUID, name: str | None = None
) -> Response[Any]:
    """The way from a work that was merged to the same route of its survivor."""
    found = name or await q.work_doi_get_async(db, croid=survivor)
    location = None
    if found:
        rest = request.scope["path"].removeprefix(f"/works/{encode_segment(doi)}")
        query = request.scope["query_string"].decode("ascii", "replace")
        location = f"/works/{encode_segment(found)}{rest}" + (f"?{query}" if query else "")
    return former.moved(survivor, location)


def tags(row: q.WorkGetRow) -> set[str]:
    """The tags under which a work is shown now, whatever the format."""
    return {etag_of(row, "enriched", "", formats.Chosen(form).key) for form in formats.ITEMS}


def gone(doi: str, croid: UUID) -> Refused:
    """The refusal of a work that was deleted, with a link to what is left of it."""
    return former.gone(croid, f"doi:{doi} was deleted; its object is {encode(croid)}")


async def json_tags(
    db: AsyncConnection[Any], doi: str
) -> tuple[q.WorkGetRow, Base | None, set[str]]:
    """A work, its base, and the tags of its JSON: as it is told, and as it was deposited.

    Raises `NoSuchObject`, and `Refused` where it was deleted.
    """
    row = await q.work_get_async(db, doi=doi, with_body=False)
    if row is not None and row.redirect_to is not None:
        return row, None, set()
    if row is None or row.revision_id is None:
        raise refused(doi, row)
    base = await read_deposited(db, row.croid)
    key = formats.named(formats.JSON).key
    views = {("enriched", ""), ("deposited", base.layer_id if base else "")}
    return row, base, {etag_of(row, view, layer_id, key) for view, layer_id in views}


async def _told(
    request: AnyRequest,
    doi: str,
    view: Literal["enriched", "deposited"],
    as_of: str | None,
    chosen: formats.Chosen,
) -> Response[Any]:
    if as_of is None and view == "enriched":
        return await _answer(request, doi, chosen)
    if view != "enriched" and as_of is not None:
        raise invalid("view", view, "no view beside as-of")
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        if as_of is not None:
            return await work_then(request, db, doi, as_of, chosen)
        return await _deposited(request, db, doi, chosen)


async def _answer(request: AnyRequest, doi: str, chosen: formats.Chosen) -> Response[Any]:
    reader = reader_of(request.app)
    is_conditional = "if-none-match" in request.headers
    row = await reader.find(doi, with_body=not is_conditional)
    if row is None or not row.revision_id:
        return await _elsewhere(request, doi, row)
    if is_conditional:
        if is_fresh(request, etag := etag_of(row, "enriched", "", chosen.key)):
            return not_modified(etag)
        row = await reader.find(doi, with_body=True)
        if row is None or not row.revision_id:
            return await _elsewhere(request, doi, row)
    etag = etag_of(row, "enriched", "", chosen.key)
    return await _written(request, doi, row, chosen, (row.body or "{}").encode(), etag)


async def _deposited(
    request: AnyRequest, db: AsyncConnection[Any], doi: str, chosen: formats.Chosen
) -> Response[Any]:
    row = await q.work_get_async(db, doi=doi, with_body=True)
    if row is None or not row.revision_id:
        return await _elsewhere(request, doi, row)
    base = await read_deposited(db, row.croid)
    etag = etag_of(row, "deposited", base.layer_id if base else "", chosen.key)
    if is_fresh(request, etag):
        return not_modified(etag)
    if base is None:
        return await _written(request, doi, row, chosen, (row.body or "{}").encode(), etag)
    count = len(base.body.get("reference", ()))
    counts = {"reference-count": count, "references-count": count}
    return await _written(request, doi, row, chosen, encode_body(base.body), etag, counts)


async def _written(
    request: AnyRequest,
    doi: str,
    row: Found,
    chosen: formats.Chosen,
    body: bytes,
    etag: str,
    counts: Mapping[str, int] | None = None,
) -> Response[Any]:
    if chosen.form.media_type == formats.HTML:
        croid = encode(row.croid)
        about = landing.About(
            doi, croid, row.index or 0, row.cited_by_count, row.reference_count or 0
        )
        return landing.answer(request, body, about, headers_of(etag, croid))
    content, headers = await rendered(doi, row, chosen, body, etag, counts)
    return Response(content, media_type=chosen.content_type, headers=headers)


async def _elsewhere(request: AnyRequest, doi: str, row: Found | None) -> Response[Any]:
    """What to answer where a DOI names no live work: the way to another, or that there is none.

    A DOI that was registered and deleted without ever being in the catalogue is gone as well.
    """
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as db:
        if row is not None and row.redirect_to is not None:
            return await moved(db, request, doi, row.redirect_to)
        found = await handles.handle_find_async(db, doi=doi)
        if found is not None and found.alias_of is not None:
            return await moved(db, request, doi, found.alias_of, found.alias_doi)
    refusal = refused(doi, row)
    if found is not None and found.deleted_at is not None and isinstance(refusal, NoSuchObject):
        link = f'</works/{encode_segment(doi)}/deposits>; rel="describedby"'
        raise Refused(Gone(f"doi:{doi} was deleted"), headers={"Link": link})
    raise refusal


def refused(doi: str, row: Found | None) -> Refused | NoSuchObject:
    """Why a DOI that names no live work here is refused."""
    if row is None:
        return NoSuchObject(f"doi:{doi}")
    if row.state == "deleted":
        return gone(doi, row.croid)
    return NoSuchObject(f"doi:{doi} names no work")
