"""`/v2/organizations`: the organisations and their matching in the shapes of the ROR API."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final
from unicodedata import normalize

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter

from nexus_api.aquilo import examples
from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_api.vulcanus.matching import organisations_of
from nexus_hub.catalog.queries import organisation as q
from nexus_hub.croid.errors import NoSuchObject
from nexus_hub.croid.identifiers import normalise
from nexus_hub.vulcanus.matching import Found

ROWS: Final = 20
MOST_PAGES: Final = 500
_RECORD: dict[str, Any] = {k: v for k, v in examples.ORGANIZATION.items() if k != "croid"}
_COUNT: dict[str, Any] = {"id": "education", "title": "education", "count": 1}
_EXAMPLE: dict[str, Any] = {
    "number_of_results": 1,
    "time_taken": 3,
    "items": [_RECORD],
    "meta": {"types": [_COUNT], "countries": [_COUNT], "statuses": [_COUNT]},
}
TYPES: Final = {"acronym": "ACRONYM", "similar": "FUZZY", "school": "FUZZY", "name": "EXACT"}
"""What the registry calls the kinds of matching; all others are phrases."""


@get(
    "/v2/organizations",
    operation_id="registry_list",
    tags=["matching"],
    operation_class=described({JSON: _EXAMPLE}, others={400: "There is no such page."}),
)
async def registry_list(
    request: Request[Any, Any, Any],
    db: Database,
    affiliation: Annotated[
        str | None, QueryParameter(description="An affiliation as written.", required=False)
    ] = None,
    text: Annotated[
        str | None,
        QueryParameter(name="query", description="A part of a name, or an id.", required=False),
    ] = None,
    page: Annotated[
        int, QueryParameter(ge=1, le=MOST_PAGES, description="From 1 on.", required=False)
    ] = 1,
) -> Response[Any]:
    """Organisations by a part of their name, 20 a page, or those that an affiliation names.

    For an affiliation each item has `substring`, `score`, `matching_type`, `chosen` and the
    `organization`; several are chosen where it names several.
    """
    if affiliation is not None:
        answers = await organisations_of(request.app).match_many(db, [affiliation])
        return await _matched(db, affiliation, answers[0])
    begun = time.perf_counter()
    wanted = text or ""
    if "ror.org/" in wanted:
        wanted = wanted.rpartition("/")[2]
    rows = await q.organisation_search_async(
        db, wanted=wanted, skip=(page - 1) * ROWS, limit_count=ROWS
    )
    records = [msgspec.json.decode(row.body) for row in rows]
    content = {
        "number_of_results": rows[0].total if rows else 0,
        "time_taken": round((time.perf_counter() - begun) * 1000),
        "items": records,
        "meta": _meta(records),
    }
    return Response(msgspec.json.encode(content), media_type=JSON)


@get(
    "/v2/organizations/{ror:str}",
    operation_id="registry_get",
    tags=["matching"],
    operation_class=described({JSON: _RECORD}, others={404: "No live organisation has this id."}),
)
async def registry_get(ror: FromPath[str], db: Database) -> Response[Any]:
    """The record of one organisation, by its ROR id, short or as a URL."""
    value = normalise("ror", ror)
    rows = await q.organisation_body_list_async(db, rors=[value])
    if not rows:
        raise NoSuchObject(f"ror:{value}")
    return Response(rows[0].body.encode(), media_type=JSON)


async def _matched(db: Any, affiliation: str, found: Sequence[Found]) -> Response[Any]:
    rors = [one.id.rpartition("/")[2] for one in found]
    rows = await q.organisation_body_list_async(db, rors=rors)
    bodies = {f"https://ror.org/{row.ror}": msgspec.Raw(row.body.encode()) for row in rows}
    read = normalize("NFC", affiliation)
    items = [
        {
            "substring": read[one.start : one.end],
            "score": one.confidence,
            "matching_type": TYPES.get(one.rule, "PHRASE"),
            "chosen": one.chosen,
            "organization": bodies[one.id],
        }
        for one in found
        if one.id in bodies
    ]
    content = {"number_of_results": len(items), "items": items}
    return Response(msgspec.json.encode(content), media_type=JSON)


def _meta(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """How many of the page are of each type, country and status."""
    known = list(records)
    places = [
        place.get("geonames_details") or {}
        for record in known
        for place in (record.get("locations") or [])[:1]
    ]
    titles = {place.get("country_code"): place.get("country_name") for place in places}
    types = Counter(kind for record in known for kind in record.get("types") or [])
    countries = Counter(place.get("country_code") for place in places)
    statuses = Counter(record.get("status") for record in known)
    return {
        "types": [_count(name, name, n) for name, n in types.most_common()],
        "countries": [_count(code, titles[code], n) for code, n in countries.most_common()],
        "statuses": [_count(name, name, n) for name, n in statuses.most_common()],
    }


def _count(key: Any, title: Any, count: int) -> dict[str, Any]:
    return {"id": str(key or "").lower(), "title": title, "count": count}
