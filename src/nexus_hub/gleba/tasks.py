"""What gleba does by the clock."""

from __future__ import annotations

import threading

from nexus_hub.gleba import service
from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import Schedule
from nexus_hub.platform.logging import logger

log = logger(__name__)


def refresh_spoiled(settings: Settings, stopping: threading.Event) -> None:
    """Make the reports anew that are past their shelf life."""
    with db.connect(settings, "nexus_worker") as connection:
        connection.autocommit = True
        for report in service.refresh_spoiled(connection):
            log.info("report refreshed", report=report)


def fold_resolutions(settings: Settings, stopping: threading.Event) -> None:
    """Keep of the months that are past keeping their counts alone, a month in a transaction."""
    with db.connect(settings, "nexus_worker") as connection:
        connection.autocommit = True
        for month in service.fold_resolutions(connection, settings.resolutions_kept_months):
            log.info("resolutions folded", month=month)
            if stopping.is_set():
                return


SCHEDULES = [
    Schedule(name="gleba.refresh_spoiled", cron="*/5 * * * *", run=refresh_spoiled, attempts=3),
    Schedule(name="gleba.fold_resolutions", cron="23 2 * * *", run=fold_resolutions, attempts=3),
]
