"""What fulgora does by the clock."""

from __future__ import annotations

from nexus_hub.fulgora.sync import sync_ror
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import Schedule
from nexus_hub.platform.logging import logger

log = logger(__name__)


def sync(settings: Settings) -> None:
    """Take the newest public release of ROR in."""
    synced = sync_ror(settings)
    loaded = synced.loaded
    log.info(
        "source synced",
        source="ror",
        label=synced.label,
        release_no=loaded.release_no if loaded else None,
        changed=loaded.changed if loaded else 0,
    )


SCHEDULES = [
    Schedule(
        name="fulgora.sync_ror",
        cron="17 3 * * *",
        run=sync,
        is_wanted=lambda settings: settings.schedule_syncs,
        attempts=5,
    )
]
