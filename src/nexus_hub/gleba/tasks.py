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


SCHEDULES = [
    Schedule(name="gleba.refresh_spoiled", cron="*/5 * * * *", run=refresh_spoiled, attempts=3)
]
