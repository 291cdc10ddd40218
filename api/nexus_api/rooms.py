"""The rooms that have routes. A new one adds its line here and nowhere else."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from nexus_api.aquilo import controllers as aquilo
from nexus_api.catalog import controllers as catalog
from nexus_api.croid import controllers as croid
from nexus_api.fulgora import controllers as fulgora
from nexus_api.gleba import controllers as gleba
from nexus_api.health import health_get
from nexus_api.metrics import metrics_get
from nexus_api.nauvis import controllers as nauvis
from nexus_api.nexus import controllers as nexus
from nexus_api.openapi import contract_get
from nexus_api.pages import controllers as pages
from nexus_api.pages.page import style_get
from nexus_api.platform import controllers as platform
from nexus_api.problem_page import problem_get, problem_list
from nexus_api.v0 import controllers as v0
from nexus_api.vulcanus import controllers as vulcanus

SERVICE: tuple[ControllerRouterHandler, ...] = (
    contract_get,
    health_get,
    metrics_get,
    problem_get,
    problem_list,
    style_get,
)
"""Routes about the service itself."""


def route_handlers() -> list[ControllerRouterHandler]:
    """Every route handler and controller there is."""
    # Who writes at a path comes after the router that reads there.
    rooms = (
        platform, croid, catalog, fulgora, vulcanus, gleba, aquilo, nauvis, nexus, v0, pages
    )  # fmt: skip
    return [*SERVICE, *(handler for room in rooms for handler in room.route_handlers)]
