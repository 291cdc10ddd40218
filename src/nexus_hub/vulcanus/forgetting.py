"""What vulcanus does by the clock: texts are forgotten that no record has any more."""

from __future__ import annotations

import threading
from uuid import UUID

from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import Schedule, StoppedError
from nexus_hub.platform.logging import logger
from nexus_hub.vulcanus.queries import matched_text as q

PAGE = 2_000
"""Texts looked at in one transaction, while which nobody stores layers."""

log = logger(__name__)


def forget_texts(settings: Settings, stopping: threading.Event) -> None:
    """Forget the texts that no layer in force was made of, page by page."""
    forgotten = 0
    last: UUID | None = UUID(int=0)
    with db.connect(settings, "nexus_worker") as connection:
        connection.autocommit = True
        while last is not None:
            page = q.matched_text_forget(connection, after_id=last, limit_count=PAGE)
            forgotten += page.forgotten
            last = page.last_id
            if stopping.is_set():
                raise StoppedError
    log.info("texts forgotten", count=forgotten)


SCHEDULES = [Schedule(name="vulcanus.forget_texts", cron="17 3 * * 0", run=forget_texts)]
