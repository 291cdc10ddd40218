"""What fulgora does by the clock."""

from __future__ import annotations

import threading

from nexus_hub.fulgora.sync import sync_ror
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import Schedule, StoppedError
from nexus_hub.platform.logging import logger

log = logger(__name__)


def sync(settings: Settings, stopping: threading.Event) -> None:
    """Take the newest public release of ROR in."""

    def on_step(step: str, done: int, total: int | None) -> None:
        if stopping.is_set():
            raise StoppedError(step)

    synced = sync_ror(settings, on_step)
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
