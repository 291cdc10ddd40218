"""`/relationships`, `/graph/{croid}`, what a work relates to, cites and is cited by; provenance."""

from __future__ import annotations

from litestar import Router

from nexus_api.freshness import Freshness
from nexus_api.nexus.activities import activity_get, activity_list, work_activities
from nexus_api.nexus.enrichments import enrichment_list, work_enrichments
from nexus_api.nexus.graph import graph_get
from nexus_api.nexus.provenance import work_provenance
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
            work_provenance,
            work_enrichments,
            enrichment_list,
            work_activities,
            activity_list,
            activity_get,
        ],
        middleware=[Freshness()],
    )
]
