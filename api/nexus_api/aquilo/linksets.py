"""`/linkset/{croid}`: every link of an object in one document, as JSON and as text."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api import former
from nexus_api.aquilo import examples, negotiation, signposting
from nexus_api.aquilo.signposting import LINKSET, LINKSET_JSON, Link
from nexus_api.catalog.objects import live_object, object_etag
from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import IfNoneMatch, MinIndex, described
from nexus_api.public import home
from nexus_api.raw_path import encode as encode_segment
from nexus_hub.aquilo.errors import NotAcceptable
from nexus_hub.aquilo.members import text
from nexus_hub.aquilo.queries import work as q
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.service import link

AnyRequest = Request[Any, Any, Any]
LinksetFormat = Annotated[
    Literal["json", "text"] | None,
    QueryParameter(name="format", description="The form, whatever `Accept` says.", required=False),
]
_FORMS = {"json": LINKSET_JSON, "text": LINKSET}
_DESCRIBED: Any = described(
    {LINKSET_JSON: examples.LINKSET, LINKSET: examples.LINKSET_TEXT},
    headers=("X-Nexus-Index", "ETag", "Location"),
    others={
        301: "The object was merged into another; `Location` leads to its link set.",
        304: "What is held already is current.",
        404: "No live object has this name.",
        406: "There is JSON and text.",
        410: "The object was deleted; `Link` leads to what is left.",
    },
)


@get(
    "/linkset/{croid:str}", operation_id="linkset_get", tags=["objects"], operation_class=_DESCRIBED
)
async def linkset_get(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    format_name: LinksetFormat = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """The links of an object: how to cite it, who made it, where it is, what describes it."""
    return await _answer(request, db, decode(croid))


@get(
    "/works/{doi:str}/linkset",
    operation_id="work_linkset",
    tags=["works"],
    operation_class=_DESCRIBED,
)
async def work_linkset(
    doi: FromPath[str],
    request: AnyRequest,
    db: Database,
    format_name: LinksetFormat = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """The links of a work: how to cite it, who made it, where it is, what describes it."""
    row = await q.work_get_async(db, doi=doi, with_body=False)
    if row is None:
        raise NoSuchObject(f"doi:{doi}")
    return await _answer(request, db, row.croid)


async def _answer(request: AnyRequest, db: AsyncConnection[Any], key: UUID) -> Response[Any]:
    media_type = _wanted(request)
    row, place = await live_object(db, key)
    if row.redirect_to is not None:
        return former.moved(row.redirect_to, f"/linkset/{encode(row.redirect_to)}")
    etag = item_etag(object_etag(row, place), media_type, home(request))
    if is_fresh(request, etag):
        return not_modified(etag)
    body = (row.body or "{}").encode()
    links = _links(row.kind, key, body, home(request))
    write = signposting.as_json if media_type == LINKSET_JSON else signposting.as_text
    headers = {"ETag": etag, "Vary": "Accept", "X-Nexus-Croid": encode(key)}
    return Response(write(links), media_type=media_type, headers=headers)


def _links(kind: str, key: UUID, body: bytes, here: str) -> dict[str, list[Link]]:
    told = orjson.loads(body)
    doi = text(told.get("DOI"))
    if kind == "release" and doi:
        return signposting.links_of(body, doi, here)
    anchor = f"{here}{link(key)}"
    out = [Link(anchor, "describedby", {"type": "application/json"})]
    registered = text(told.get("id"))
    if kind == "organisation" and registered.startswith("https://ror.org/"):
        page = f"{here}/organizations/{encode_segment(registered.rpartition('/')[2])}"
        out += [
            Link(registered, "cite-as"),
            Link(page, "describedby", {"type": "application/json"}),
            Link("https://schema.org/Organization", "type"),
        ]
    return {anchor: out}


def _wanted(request: AnyRequest) -> str:
    if named := _FORMS.get(request.query_params.get("format", "")):
        return named
    asked = request.headers.get("accept", "")
    found = negotiation.choose(
        asked, (LINKSET_JSON, LINKSET), lambda offer, _: (offer, *_ALSO.get(offer, ()))
    )
    if found is None:
        raise NotAcceptable(f"{asked[:200]!r} was asked for; there is: {LINKSET_JSON}, {LINKSET}")
    return found[0]


_ALSO = {LINKSET_JSON: ("application/json",)}
