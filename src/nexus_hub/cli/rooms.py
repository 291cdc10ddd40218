"""The workers of every room by the room's name, and what the clock starts."""

from __future__ import annotations

from nexus_hub.aquilo.consumers import CONSUMERS as AQUILO
from nexus_hub.catalog.tasks import SCHEDULES as CATALOG_SCHEDULES
from nexus_hub.fulgora.consumers import CONSUMERS as FULGORA
from nexus_hub.fulgora.tasks import SCHEDULES as FULGORA_SCHEDULES
from nexus_hub.gleba.tasks import SCHEDULES as GLEBA_SCHEDULES
from nexus_hub.nauvis.tasks import SCHEDULES as NAUVIS_SCHEDULES
from nexus_hub.nexus.consumers import CONSUMERS as NEXUS
from nexus_hub.platform.jobs import Schedule
from nexus_hub.platform.queues import Consumer
from nexus_hub.vulcanus.consumers import CONSUMERS as VULCANUS
from nexus_hub.vulcanus.forgetting import SCHEDULES as VULCANUS_SCHEDULES

CONSUMERS: dict[str, list[Consumer]] = {
    "fulgora": FULGORA,
    "vulcanus": VULCANUS,
    "aquilo": AQUILO,
    "nexus": NEXUS,
}

SCHEDULES: list[Schedule] = [
    *CATALOG_SCHEDULES,
    *FULGORA_SCHEDULES,
    *GLEBA_SCHEDULES,
    *NAUVIS_SCHEDULES,
    *VULCANUS_SCHEDULES,
]


def consumers(names: list[str]) -> list[Consumer]:
    """The consumers of these rooms, of all where none is named; KeyError for an unknown room."""
    return [consumer for name in names or CONSUMERS for consumer in CONSUMERS[name]]
