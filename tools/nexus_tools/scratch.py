"""A migrated database that lives as long as a check, on a server in a temporary folder."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from nexus_hub.platform import db, migration
from nexus_hub.platform.config import Settings


@contextmanager
def migrated_database() -> Generator[str]:
    """The connection string, as owner, of a fresh database at the newest step."""
    with tempfile.TemporaryDirectory(prefix="nexus-", ignore_cleanup_errors=True) as folder:
        # The server's system user must be able to reach its data folder.
        Path(folder).chmod(0o755)
        settings = Settings(home=Path(folder), database_url=None, fsync=False)
        server = db.server(settings)
        try:
            migration.upgrade_settings(settings)
            yield db.owner_uri(settings)
        finally:
            server.stop()
