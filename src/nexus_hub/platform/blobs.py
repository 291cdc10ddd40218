"""The blob store: files by name under one URL, on disk or in any S3, GCS or Azure bucket."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from nexus_hub.platform.config import Settings


class BlobStore:
    """Names are paths with `/`; a put is seen whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        parts = urlsplit(url)
        self._store: ObjectStore
        if parts.scheme == "file":
            folder = Path(unquote(parts.path))
            folder.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(folder)
        else:
            self._store = from_url(url)

    @classmethod
    def of(cls, settings: Settings) -> BlobStore:
        """The store of these settings."""
        return cls(settings.blobs)

    def put(self, name: str, content: bytes) -> None:
        """Store bytes under a name; what was there is replaced."""
        obstore.put(self._store, name, content)

    def get(self, name: str) -> bytes:
        """The bytes of a name; FileNotFoundError where there are none."""
        return bytes(obstore.get(self._store, name).bytes())

    def delete(self, names: list[str]) -> None:
        """Remove names; those that are not there are no error."""
        try:
            obstore.delete(self._store, names)
        except FileNotFoundError:
            return
