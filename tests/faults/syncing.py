"""A sync in a process of its own, that stops at a place and waits there to be killed."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection
from pathlib import Path

from nexus_hub.fulgora.sync import sync
from nexus_hub.platform.config import Settings

SOURCE = "retraction-watch"


def settings_of(database_url: str, home: str, url: str) -> Settings:
    """Settings with which the source is fetched from there."""
    return Settings(home=Path(home), database_url=database_url, source_urls={SOURCE: url})


def sync_until(
    database_url: str, home: str, url: str, step: str, share: float, told: Connection
) -> None:
    """Sync until this share of the bytes of a step is done, say so, and wait."""

    def hear(now: str, done: int, total: int | None) -> None:
        if now == step and total and done >= share * total:
            told.send((now, done, total))
            time.sleep(600)

    sync(settings_of(database_url, home, url), SOURCE, hear)
    told.send(None)
