"""`/cro/{croid}` and all about it, `/changes`, `/editgroups` and `/editors`."""

from __future__ import annotations

from litestar import Router

from nexus_api.catalog import editgroup_steps, editgroups, editors, object_edits, tokens
from nexus_api.catalog.changes import change_list
from nexus_api.catalog.differences import object_blame, object_diff
from nexus_api.catalog.history import object_history, revision_list
from nexus_api.catalog.objects import object_get, revision_get
from nexus_api.freshness import Freshness

route_handlers = [
    Router(
        path="/",
        route_handlers=[
            object_get,
            revision_get,
            revision_list,
            object_history,
            object_diff,
            object_blame,
            change_list,
            *editgroups.route_handlers,
        ],
        middleware=[Freshness()],
    ),
    *editgroup_steps.route_handlers,
    *object_edits.route_handlers,
    *editors.route_handlers,
    *tokens.route_handlers,
]
