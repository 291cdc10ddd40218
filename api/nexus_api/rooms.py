"""The rooms that have routes. A new one adds its line here and nowhere else."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from nexus_api.croid import controllers as croid
from nexus_api.health import health_get
from nexus_api.metrics import metrics_get
from nexus_api.openapi import contract_get
from nexus_api.problem_page import problem_get, problem_list

SERVICE: tuple[ControllerRouterHandler, ...] = (
    contract_get,
    health_get,
    metrics_get,
    problem_get,
    problem_list,
)
"""Routes about the service itself."""


def route_handlers() -> list[ControllerRouterHandler]:
    """Every route handler and controller there is."""
    return [*SERVICE, *croid.route_handlers]
