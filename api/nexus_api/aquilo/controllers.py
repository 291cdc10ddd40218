"""Works with their formats and history, what they belong to, and organisations."""

from __future__ import annotations

from litestar import Router

from nexus_api.aquilo import collections, types
from nexus_api.aquilo.history import organization_history, work_history
from nexus_api.aquilo.linksets import linkset_get, work_linkset
from nexus_api.aquilo.organizations import organization_get
from nexus_api.aquilo.sitemaps import robots_get, sitemap_get, sitemap_list
from nexus_api.aquilo.work_lists import work_list
from nexus_api.aquilo.works import work_get, work_transform
from nexus_api.freshness import Freshness

route_handlers = [
    Router(
        path="/",
        route_handlers=[
            work_list,
            work_get,
            work_transform,
            work_history,
            work_linkset,
            linkset_get,
            robots_get,
            sitemap_get,
            sitemap_list,
            organization_get,
            organization_history,
            *collections.route_handlers,
            *types.route_handlers,
        ],
        middleware=[Freshness()],
    )
]
