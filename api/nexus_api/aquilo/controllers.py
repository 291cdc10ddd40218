"""`/works`, `/works/{doi}`, `/works/{doi}/transform/{type}` and `/organizations/{ror}`."""

from __future__ import annotations

from litestar import Router

from nexus_api.aquilo.organizations import organization_get
from nexus_api.aquilo.work_lists import work_list
from nexus_api.aquilo.works import work_get, work_transform
from nexus_api.freshness import Freshness

route_handlers = [
    Router(
        path="/",
        route_handlers=[work_list, work_get, work_transform, organization_get],
        middleware=[Freshness()],
    )
]
