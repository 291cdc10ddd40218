"""What the catalogue does by the clock: a full dump a week, where a folder for dumps is set."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

from nexus_hub.catalog import manifest
from nexus_hub.catalog.dump import dump_full
from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.jobs import Schedule, StoppedError
from nexus_hub.platform.logging import logger

log = logger(__name__)


def dump(settings: Settings, stopping: threading.Event) -> None:
    """Write a full dump into a folder of its own, and remove the oldest of more than are kept.

    One that was interrupted is gone on with first. Nothing that is no finished full dump of this
    schedule is removed.
    """
    root = settings.dump_folder
    if root is None:
        return

    def on_file(name: str, size_bytes: int) -> None:
        if stopping.is_set():
            raise StoppedError(name)

    root.mkdir(parents=True, exist_ok=True)
    folder = _unfinished(root) or root / f"full-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    plan = dump_full(lambda: db.connect(settings, "nexus_dba"), folder, on_file)
    log.info("dumped", folder=str(folder), index=plan.index, files=len(plan.files))
    for old in _finished(root)[: -settings.dumps_kept]:
        shutil.rmtree(old)
        log.info("old dump removed", folder=str(old))


def _unfinished(root: Path) -> Path | None:
    found = [path.parent for path in root.glob(f"full-*Z/{manifest.UNFINISHED}")]
    return max(found, default=None)


def _finished(root: Path) -> list[Path]:
    """The folders of finished dumps, the oldest first."""
    return sorted(
        path.parent
        for path in root.glob(f"full-*Z/{manifest.NAME}")
        if manifest.read(path).kind == "full"
    )


SCHEDULES = [
    Schedule(
        name="catalog.dump",
        cron="41 1 * * 0",
        run=dump,
        is_wanted=lambda settings: settings.dump_folder is not None,
        attempts=3,
        wait_s=60,
    )
]
