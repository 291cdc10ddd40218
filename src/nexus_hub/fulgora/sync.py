"""Brings the current public release of a source in, from where its publisher offers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from nexus_hub.fulgora import service
from nexus_hub.fulgora.errors import SourceUnreachable
from nexus_hub.fulgora.queries import release as q
from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import FetchFailed
from nexus_hub.platform.fetch import Limits, fetch

OnStep = Callable[[str, int, int | None], None]
LISTING = Limits(max_bytes=8 << 20, total_s=120.0)
RELEASE = Limits(max_bytes=2 << 30, total_s=3600.0)


@dataclass(frozen=True, slots=True)
class Offer:
    """A release as its publisher announces it; the checksum is `algorithm:hexadecimal`."""

    name: str
    url: str
    checksum: str

    @property
    def label(self) -> str:
        """What tells this release from every other, a corrected one of the same name included."""
        return f"{self.name} {self.checksum}"


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync came to; `loaded` is None where that release had been taken in before."""

    label: str
    loaded: service.Loaded | None


class _Links(msgspec.Struct):
    self: str = ""


class _File(msgspec.Struct):
    key: str
    links: _Links
    checksum: str = ""


class _Record(msgspec.Struct):
    files: list[_File] = []


class _Hits(msgspec.Struct):
    hits: list[_Record] = []


class _Listing(msgspec.Struct):
    hits: _Hits | None = None
    files: list[_File] = []


def sync_ror(settings: Settings, on_step: OnStep = lambda step, done, total: None) -> Synced:
    """Take the newest public release of ROR in, unless that very release was taken in before.

    `settings.ror_url` names a record or a search of the Zenodo API, whose first hit counts. What
    was fetched is kept in the home folder, so that a sync that was cut goes on. `on_step` hears
    what is being done with the bytes done and their total. Raises SourceUnreachable, and what
    `platform.fetch` refuses: AddressRefused, FetchTooLarge, ChecksumMismatch.
    """
    folder = settings.home / "downloads"
    try:
        offer = _newest(settings, folder, on_step)
        with db.connect(settings, "nexus_worker") as connection:
            connection.autocommit = True
            if q.release_is_known(connection, source="ror", label=offer.label):
                return Synced(offer.label, None)
            path = _fetch_release(settings, offer, folder, on_step)
            loaded = service.load(
                connection,
                "ror",
                str(path),
                label=offer.label,
                on_bytes=lambda name, done, total: on_step("loading", done, total),
            )
    except FetchFailed as error:
        raise SourceUnreachable(error.detail) from error
    return Synced(offer.label, loaded)


def _newest(settings: Settings, folder: Path, on_step: OnStep) -> Offer:
    got = fetch(
        settings.ror_url,
        folder / "ror-newest.json",
        allow_hosts=_trusted(settings),
        limits=LISTING,
        on_bytes=lambda done, total: on_step("asking", done, total),
    )
    return read_offer(got.path.read_bytes(), settings.ror_url)


def _fetch_release(settings: Settings, offer: Offer, folder: Path, on_step: OnStep) -> Path:
    got = fetch(
        offer.url,
        folder / "ror-release.zip",
        checksum=offer.checksum,
        allow_hosts=_trusted(settings),
        limits=RELEASE,
        on_bytes=lambda done, total: on_step("fetching", done, total),
    )
    return got.path


def read_offer(content: bytes, url: str) -> Offer:
    """The zip archive that a record, or the first hit of a search, of the Zenodo API offers.

    Raises SourceUnreachable where there is none, or where it has no checksum to hold it to.

    >>> file = '{"key": "a.zip", "checksum": "md5:00", "links": {"self": "https://x.org/a"}}'
    >>> read_offer(b'{"hits": {"hits": [{"files": [%s]}]}}' % file.encode(), "").label
    'a.zip md5:00'
    """
    try:
        listing = msgspec.json.decode(content, type=_Listing)
    except msgspec.MsgspecError as error:
        raise SourceUnreachable(f"{url} did not answer as the Zenodo API does: {error}") from error
    records: list[Any] = listing.hits.hits if listing.hits else [listing]
    for file in records[0].files if records else []:
        if file.key.lower().endswith(".zip") and file.links.self and ":" in file.checksum:
            return Offer(file.key, file.links.self, file.checksum.lower())
    raise SourceUnreachable(f"{url} offers no zip archive with a checksum")


def _trusted(settings: Settings) -> list[str]:
    """The host that the operator's own setting names may lie in the operator's own network."""
    if "ror_url" not in settings.model_fields_set:
        return []
    return [urlsplit(settings.ror_url).netloc]
