"""The resolver: from a DOI or a CROID at the root to where its object lies.

A browser is sent to the landing page, or shown a page to choose on; who asks for data is sent to
the data. Answers about names that lead nowhere are pages for browsers and problems for programs.
Peer: the proxy at doi.org.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.params import PathParameter, QueryParameter
from psycopg import AsyncConnection

from nexus_api import former
from nexus_api.aquilo import formats
from nexus_api.database import Database
from nexus_api.describing import described
from nexus_api.nauvis.resolver_pages import HTML, chooser, tombstone, unregistered
from nexus_api.problems import Refused
from nexus_api.raw_path import RESOLVER
from nexus_api.raw_path import encode as encode_segment
from nexus_api.resolutions import NOTHING, log_of
from nexus_hub.croid.codec import LENGTH, decode, encode
from nexus_hub.croid.errors import MalformedCroid, MalformedIdentifier, NoSuchObject
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.croid.service import link
from nexus_hub.nauvis.locations import Location, choose, read_locations
from nexus_hub.nauvis.queries import location as q
from nexus_hub.platform.config import Settings

AnyRequest = Request[Any, Any, Any]
Found = q.LocationFindRow | q.LocationGetRow
NEVER_KEPT = {"Cache-Control": "no-cache", "Vary": "Accept"}
Locatt = Annotated[
    list[str] | None,
    QueryParameter(
        description="Which location is wanted, as `attribute:value`: `id:1`, `label:Mirror`,"
        " `country:gb`. May be given several times.",
        required=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Name:
    """What is resolved: the DOI in normal form, or none where it is a CROID."""

    doi: str
    croid: UUID = NOTHING

    @property
    def told(self) -> str:
        """The name as it is written."""
        return self.doi or encode(self.croid)


@get(
    f"/{RESOLVER}/{{name:str}}",
    operation_id="name_resolve",
    tags=["names"],
    status_code=302,
    operation_class=described(
        {},
        status=302,
        headers=("Location",),
        others={
            300: "There are several locations, and the page to choose on.",
            303: "The object has no location; `Location` leads to its description.",
            400: "The path is no DOI.",
            404: "Nothing is registered under this name.",
            410: "The object was deleted; `Link` leads to what is left of it.",
        },
        told={status: {HTML: "<!DOCTYPE html>"} for status in (300, 400, 404, 410)},
    ),
)
async def name_resolve(
    name: Annotated[str, PathParameter(description="A DOI, slashes and all, or a CROID.")],
    request: AnyRequest,
    db: Database,
    locatt: Locatt = None,
) -> Response[Any]:
    """Where the object of a DOI or CROID lies: 302 to it.

    Who prefers data to pages is sent to the data. Of several locations one is chosen by `locatt`,
    country and weight, as for handles of type `10320/loc`; where that leaves several there is a
    page to choose on.
    """
    log = log_of(request.app)
    try:
        asked = read_name(name)
    except (MalformedIdentifier, MalformedCroid) as error:
        log.note(request, "malformed")
        return _refused(request, Refused(error), name)
    found = await find(db, asked)
    if found is None:
        log.note(request, "unknown", doi=asked.doi)
        refusal = Refused(NoSuchObject(f"nothing is registered here under {asked.told}"))
        return _refused(request, refusal, asked.told)
    if found.state == "deleted":
        log.note(request, "deleted", doi=asked.doi, croid=found.named_croid)
        return await _gone(request, db, asked, found)
    outcome, place, answer = _answer(request, asked, found, locatt or [])
    log.note(request, outcome, doi=asked.doi, croid=found.named_croid, location=place)
    return answer


def read_name(text: str) -> Name:
    """The DOI or CROID that a path names. Raises `MalformedIdentifier`, `MalformedCroid`."""
    if text.startswith("10.") or len(text) != LENGTH:
        return Name(normalise_doi(text))
    return Name("", decode(text))


async def find(db: AsyncConnection[Any], name: Name) -> Found | None:
    """What a name leads to, in one look; None where nothing is registered under it."""
    if name.doi:
        return await q.location_find_async(db, doi=name.doi)
    return await q.location_get_async(db, croid=name.croid)


def locations_of(found: Found) -> list[Location]:
    """Where what was found lies."""
    return read_locations(msgspec.json.decode(found.resource)) if found.resource else []


def _answer(
    request: AnyRequest, asked: Name, found: Found, wanted: list[str]
) -> tuple[str, int, Response[Any]]:
    """What it comes to, which location, and the answer itself."""
    data = f"/works/{encode_segment(found.doi)}" if found.doi else link(found.croid)
    if not formats.prefers_page(request):
        return "data", -1, _moved(302, _in_format(request, found.doi) or data)
    locations = locations_of(found)
    settings: Settings = request.app.state.settings
    country = request.headers.get(settings.country_header, "") if settings.country_header else ""
    left = choose(locations, wanted, country)
    if not left:
        return "described", -1, _moved(303, data)
    if len(left) > 1:
        return "chooser", -1, chooser(asked.told, found.title, left, NEVER_KEPT)
    outcome = "landed" if len(locations) == 1 else "chosen"
    return outcome, left[0].number, _moved(302, left[0].url)


def _moved(status: int, location: str) -> Response[Any]:
    return Response(None, status_code=status, headers={"Location": location, **NEVER_KEPT})


def _in_format(request: AnyRequest, doi: str | None) -> str | None:
    """Where a work is in the format that is wanted; None where it has none of its own.

    The format stands in the path, for clients that forget what they accept on the way. Who wants a
    format there is not is told so, and of those there are, where the work is.
    """
    if not doi or formats.prefers_page(request) is None:
        return None
    chosen = formats.wanted(request)
    if chosen.form.media_type == formats.JSON:
        return None
    asked = {"style": chosen.style, "locale": chosen.locale}
    query = urlencode({name: value for name, value in asked.items() if value})
    path = f"/works/{encode_segment(doi)}/transform/{chosen.form.name}"
    return f"{path}?{query}" if query else path


def _prefers_page(request: AnyRequest) -> bool:
    """Whether it is a person that reads the answer; a program that takes anything is given JSON."""
    return request.accept.best_match(["application/json", HTML]) == HTML


def _refused(request: AnyRequest, refusal: Refused, told: str) -> Response[Any]:
    if not _prefers_page(request):
        raise refusal
    return unregistered(told, refusal.error, NEVER_KEPT)


async def _gone(
    request: AnyRequest, db: AsyncConnection[Any], asked: Name, found: Found
) -> Response[Any]:
    refusal = former.gone(found.croid, f"{asked.told} was deleted")
    if not _prefers_page(request):
        raise refusal
    last = await q.location_last_async(db, croid=found.croid)
    return tombstone(asked.told, found, last, refusal.headers | NEVER_KEPT)


route_handlers = [name_resolve]
