"""`/deposits` with what lies below, `/works/{doi}/deposits`, `/members/{id}/keys`, `/schemas`."""

from __future__ import annotations

from litestar import Router

from nexus_api.freshness import Freshness
from nexus_api.nauvis import keys
from nexus_api.nauvis.deposit_lists import deposit_list
from nexus_api.nauvis.deposits import deposit_create, deposit_get, deposit_read
from nexus_api.nauvis.schemas import schema_get
from nexus_api.nauvis.work_deposits import deposit_list_by_work

route_handlers = [
    # A deposit is taken also where the changelog cannot be heard.
    deposit_create,
    deposit_list,
    *keys.route_handlers,
    schema_get,
    Router(
        path="/",
        route_handlers=[deposit_get, deposit_read, deposit_list_by_work],
        middleware=[Freshness()],
    ),
]
