"""Whether the service can do its work: database, schema, queues."""

from __future__ import annotations

from functools import cache
from typing import Any

from litestar import Response, get

from nexus_api.database import Database
from nexus_hub import __version__
from nexus_hub.platform import migration
from nexus_hub.platform.error_classes import SchemaBehind
from nexus_hub.platform.queries.queue import queue_list_async
from nexus_hub.platform.queries.step import step_get_async


@cache
def expected_step() -> str:
    """The newest migration step of this program; it does not change while it runs."""
    return migration.head()


@get("/health", operation_id="health_get", tags=["service"])
async def health_get(db: Database) -> Response[dict[str, Any]]:
    """Says that the database answers and is of this program's schema, and how full the queues are.

    Anything amiss is a problem with status 503.
    """
    expected = expected_step()
    found = await step_get_async(db)
    if found != expected:
        raise SchemaBehind(f"the database is at step {found}, the program at {expected}")
    queues = [
        {
            "queue": depth.queue,
            "waiting": depth.waiting,
            "in-flight": depth.in_flight,
            "dead": depth.dead,
            "oldest-age-s": depth.oldest_age_s,
        }
        for depth in await queue_list_async(db)
    ]
    body = {"status": "ok", "version": __version__, "step": found, "queues": queues}
    return Response(body, headers={"Cache-Control": "no-store"})
