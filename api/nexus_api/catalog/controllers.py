"""`/cro/{croid}` with its revisions, history, differences and blame, `/changes`, `/editors`."""

from __future__ import annotations

from litestar import Router

from nexus_api.catalog import editors, tokens
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
        ],
        middleware=[Freshness()],
    ),
    *editors.route_handlers,
    *tokens.route_handlers,
]
