"""`/deposits` with what lies below, patches and deposits of a work, and `/members/{id}/keys`."""

from __future__ import annotations

from litestar import Router

from nexus_api.freshness import Freshness
from nexus_api.nauvis import keys
from nexus_api.nauvis.deposit_changes import deposit_change_list
from nexus_api.nauvis.deposits import deposit_create, deposit_get, deposit_read
from nexus_api.nauvis.patches import work_patch
from nexus_api.nauvis.work_deposits import deposit_list_by_work

route_handlers = [
    # A deposit is taken also where the changelog cannot be heard.
    deposit_create,
    *keys.route_handlers,
    work_patch,
    Router(
        path="/",
        route_handlers=[deposit_get, deposit_read, deposit_change_list, deposit_list_by_work],
        middleware=[Freshness()],
    ),
]
