"""`/relationships`, `/graph/{croid}`, and what a work relates to, cites and is cited by."""

from __future__ import annotations

from litestar import Router

from nexus_api.freshness import Freshness
from nexus_api.nexus.graph import graph_get
from nexus_api.nexus.relationships import relationship_changes, relationship_list
from nexus_api.nexus.work_relationships import (
    work_citations,
    work_references,
    work_relationships,
)

route_handlers = [
    Router(
        path="/",
        route_handlers=[
            relationship_list,
            relationship_changes,
            graph_get,
            work_relationships,
            work_references,
            work_citations,
        ],
        middleware=[Freshness()],
    )
]
