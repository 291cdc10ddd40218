"""Deposits and what lies below, what is written of works and DOIs, names at the root, keys."""

from __future__ import annotations

from litestar import Router

from nexus_api.freshness import Freshness
from nexus_api.nauvis import callbacks, dois, handle_values, handles, keys, resolver
from nexus_api.nauvis.correction_steps import (
    correction_accept,
    correction_reject,
    correction_withdraw,
)
from nexus_api.nauvis.corrections import (
    correction_get,
    correction_list,
    correction_list_by_work,
    correction_propose,
)
from nexus_api.nauvis.deposit_changes import deposit_change_list
from nexus_api.nauvis.deposit_lists import deposit_list
from nexus_api.nauvis.deposits import deposit_create, deposit_get, deposit_read
from nexus_api.nauvis.patches import work_patch
from nexus_api.nauvis.schemas import schema_get
from nexus_api.nauvis.work_deposits import deposit_list_by_work

route_handlers = [
    # A deposit is taken also where the changelog cannot be heard.
    deposit_create,
    deposit_list,
    schema_get,
    *callbacks.route_handlers,
    *keys.route_handlers,
    work_patch,
    correction_propose,
    correction_list,
    correction_list_by_work,
    correction_get,
    correction_accept,
    correction_reject,
    correction_withdraw,
    *resolver.route_handlers,
    *handle_values.route_handlers,
    Router(
        path="/",
        route_handlers=[
            handles.alias_list,
            deposit_get,
            deposit_read,
            deposit_change_list,
            deposit_list_by_work,
        ],
        middleware=[Freshness()],
    ),
    *handles.route_handlers,
    *dois.route_handlers,
]
