"""All routes of fatcat's API.

They are not in our contract: fatcat publishes its own, from which its clients are made
(fatcat-openapi-client 0.5.0, MIT), and these routes follow it.
"""

from __future__ import annotations

from nexus_api.v0 import changelog, editgroups, editors, edits, reading

route_handlers = [
    *edits.route_handlers,
    *editgroups.route_handlers,
    *editors.route_handlers,
    *changelog.route_handlers,
    *reading.route_handlers,
]
