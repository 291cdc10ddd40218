"""What fulgora does by the clock: a sync of each source that has a time for it."""

from __future__ import annotations

import threading
from functools import partial

from nexus_hub.fulgora.sources import SOURCES
from nexus_hub.fulgora.sync import sync
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import Schedule, StoppedError
from nexus_hub.platform.logging import logger

log = logger(__name__)


def run_sync(name: str, settings: Settings, stopping: threading.Event) -> None:
    """Take the newest public release of a source in."""

    def on_step(step: str, done: int, total: int | None) -> None:
        if stopping.is_set():
            raise StoppedError(step)

    synced = sync(settings, name, on_step)
    loaded = synced.loaded
    log.info(
        "source synced",
        source=name,
        label=synced.label,
        release_no=loaded.release_no if loaded else None,
        changed=loaded.changed if loaded else 0,
        removed=loaded.removed if loaded else 0,
    )


SCHEDULES = [
    Schedule(
        name=f"fulgora.sync_{source.name.replace('-', '_')}",
        cron=source.cron,
        run=partial(run_sync, source.name),
        is_wanted=lambda settings: settings.schedule_syncs,
        attempts=5,
    )
    for source in SOURCES.values()
    if source.cron
]
