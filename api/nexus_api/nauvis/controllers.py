"""Names at the root, `/api/handles`, `/deposits` with what lies below, and the keys of members."""

from __future__ import annotations

from litestar import Router

from nexus_api.freshness import Freshness
from nexus_api.nauvis import handle_values, handles, keys, resolver
from nexus_api.nauvis.deposits import deposit_create, deposit_get, deposit_read
from nexus_api.nauvis.work_deposits import deposit_list_by_work

route_handlers = [
    # A deposit is taken also where the changelog cannot be heard.
    deposit_create,
    *keys.route_handlers,
    *resolver.route_handlers,
    *handle_values.route_handlers,
    Router(
        path="/",
        route_handlers=[handles.alias_list, deposit_get, deposit_read, deposit_list_by_work],
        middleware=[Freshness()],
    ),
    *handles.route_handlers,
]
