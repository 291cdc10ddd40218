"""`/graph/{croid}`: what lies within a few relations of an object."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api.catalog.objects import live_object
from nexus_api.conditional import is_fresh, list_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import (
    JSON,
    IfNoneMatch,
    Mailto,
    MinIndex,
    check_parameters,
    described,
)
from nexus_api.former import moved
from nexus_api.freshness import index_of
from nexus_api.listing import page_answer
from nexus_api.nexus import examples
from nexus_api.nexus.telling import end, ends_of
from nexus_api.nexus.vocabulary import vocabulary_of
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.service import link
from nexus_hub.nexus.queries import relation as q

DEFAULT_EDGES = 100
MOST_EDGES = 1000
MOST_DEPTH = 3
Edge = q.RelationListAroundRow


@get(
    "/graph/{croid:str}",
    operation_id="graph_get",
    tags=["relationships"],
    operation_class=described(
        {JSON: examples.GRAPH},
        headers=("X-Nexus-Index", "ETag", "Location"),
        nullable=examples.NULLABLE,
        others={
            301: "The object was merged into another; `Location` leads to it.",
            304: "Nothing was accepted since.",
            404: "No live object has this CROID.",
            410: "The object was deleted.",
        },
    ),
)
async def graph_get(
    croid: FromPath[str],
    request: Request[Any, Any, Any],
    db: Database,
    depth: Annotated[
        int, QueryParameter(ge=1, le=MOST_DEPTH, description="How many relations away at most.")
    ] = 1,
    types: Annotated[
        str | None,
        QueryParameter(
            description="Only relations of these types, with commas between, in either direction.",
            max_length=500,
        ),
    ] = None,
    limit: Annotated[
        int, QueryParameter(ge=1, le=MOST_EDGES, description="How many relations at most.")
    ] = DEFAULT_EDGES,
    mailto: Mailto = None,
    min_index: MinIndex = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any]:
    """The objects around one, the nearest first, and the current relations that lead to them.

    `truncated` says that there is more than `limit` allows.
    """
    check_parameters(request, {"depth", "types", "limit", "mailto"})
    key = decode(croid)
    row, _ = await live_object(db, key)
    if row.redirect_to is not None:
        query = request.scope["query_string"].decode("ascii", "replace")
        path = link(row.redirect_to).replace("/cro/", "/graph/", 1)
        return moved(row.redirect_to, path + (f"?{query}" if query else ""))
    etag = list_etag(index_of(request), request)
    if is_fresh(request, etag):
        return not_modified(etag)
    words = await vocabulary_of(request, db)
    asked = words.types("types", types)
    stored = None if asked is None else [*asked, *(words.turn(asked) or [])]
    distances, edges, is_cut = await _walk(db, key, depth, stored, limit)
    ends = await ends_of(db, set(distances))
    content = {
        "croid": encode(key),
        "depth": depth,
        "nodes": [end(one, ends) | {"distance": far} for one, far in distances.items()],
        "edges": [
            {
                "subject": encode(edge.subject_croid),
                "type": edge.relation_type,
                "inverse": words.inverses[edge.relation_type],
                "object": encode(edge.object_key),
            }
            for edge in edges
        ],
        "truncated": is_cut,
    }
    return page_answer(request, msgspec.json.encode(content), etag=etag)


async def _walk(
    db: AsyncConnection[Any], root: UUID, depth: int, types: list[str] | None, limit: int
) -> tuple[dict[UUID, int], list[Edge], bool]:
    """How far each object is, the relations between them, and whether some were left out."""
    distances = {root: 0}
    edges: dict[Edge, None] = {}
    frontier = [root]
    for distance in range(1, depth + 1):
        # Relations known already come again: there is room for them beside one too many.
        room = limit + 1 + len(edges)
        found = await q.relation_list_around_async(
            db, croids=frontier, types=types, limit_count=room
        )
        for edge in found:
            if edge in edges:
                continue
            if len(edges) == limit:
                return distances, list(edges), True
            edges[edge] = None
            for croid in (edge.subject_croid, edge.object_key):
                distances.setdefault(croid, distance)
        frontier = [croid for croid, far in distances.items() if far == distance]
        if not frontier:
            break
    return distances, list(edges), False
