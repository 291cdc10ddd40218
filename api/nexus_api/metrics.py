"""Numbers for operators, in Prometheus' text format."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import psycopg
from litestar import Request, Response, get
from litestar.types import Message, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from nexus_api.database import WAIT_S, Pool
from nexus_hub.platform.queries.queue import QueueListRow, queue_list_async

UNMATCHED = "(none)"
_POOL_STATS = ("pool_size", "pool_available", "requests_waiting", "requests_errors")


class Metrics:
    """The counters of one process; each app has its own, so that two apps can live side by side."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "nexus_http_requests",
            "Requests answered, by route template.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._durations = Histogram(
            "nexus_http_request_duration_seconds",
            "From the head of the request to the head of the answer.",
            ["method", "route"],
            registry=self.registry,
        )
        self._lines: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._pool = Gauge(
            "nexus_database_pool",
            "Connections to the database and requests for them.",
            ["what"],
            registry=self.registry,
        )
        self._queues = Gauge(
            "nexus_queue_messages",
            "Messages by queue: waiting, in-flight, dead.",
            ["queue", "state"],
            registry=self.registry,
        )

    def observed(self, scope: Scope, send: Send, method: str) -> Send:
        """A `send` that counts the answer of this request when its head passes through."""
        begun = time.perf_counter()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = method, scope.get("path_template") or UNMATCHED, message["status"]
                requests, durations = self._lines.get(told) or self._line(*told)
                requests.inc()
                durations.observe(time.perf_counter() - begun)
            await send(message)

        return counted

    def _line(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        """The counters of such answers, which are looked up once."""
        line = self._requests.labels(method, route, status), self._durations.labels(method, route)
        self._lines[method, route, status] = line
        return line

    def read_pool(self, pool: Pool) -> None:
        """Take over what the pool says of itself."""
        stats = pool.get_stats()
        for name in _POOL_STATS:
            self._pool.labels(name.removeprefix("pool_")).set(stats.get(name, 0))

    def read_queues(self, depths: Iterable[QueueListRow]) -> None:
        """Take over the depths of the queues; those that are not named are forgotten."""
        self._queues.clear()
        for depth in depths:
            self._queues.labels(depth.queue, "waiting").set(depth.waiting or 0)
            self._queues.labels(depth.queue, "in-flight").set(depth.in_flight or 0)
            self._queues.labels(depth.queue, "dead").set(depth.dead or 0)

    def text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        return generate_latest(self.registry)


@get("/metrics", operation_id="metrics_get", tags=["service"], media_type=CONTENT_TYPE_LATEST)
async def metrics_get(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The numbers of this process, its pool and the queues, for Prometheus.

    While the database is away the queues are left out, so that the rest can still be watched.
    """
    metrics: Metrics = request.app.state.metrics
    pool: Pool = request.app.state.pool
    metrics.read_pool(pool)
    try:
        async with pool.connection(WAIT_S) as conn:
            metrics.read_queues(await queue_list_async(conn))
    except psycopg.OperationalError:
        metrics.read_queues([])
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
