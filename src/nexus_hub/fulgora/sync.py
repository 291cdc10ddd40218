"""Brings the current public release of a source in, from where its publisher offers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import Connection

from nexus_hub.fulgora import service
from nexus_hub.fulgora.declaration import Fetcher, File, Pages, Record, Source
from nexus_hub.fulgora.errors import SourceUnreachable
from nexus_hub.fulgora.offers import Offer, read_offer
from nexus_hub.fulgora.pages import fetch_pages
from nexus_hub.fulgora.queries import release as q
from nexus_hub.fulgora.queries import source as sources
from nexus_hub.platform import db
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import FetchFailed
from nexus_hub.platform.fetch import Limits, fetch

__all__ = ["Offer", "Synced", "read_offer", "sync"]

OnStep = Callable[[str, int, int | None], None]
LISTING = Limits(max_bytes=8 << 20, total_s=120.0)
RELEASE = Limits(max_bytes=64 << 30, total_s=86_400.0)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync came to; `loaded` is None where that release had been taken in before."""

    label: str
    loaded: service.Loaded | None


@dataclass(frozen=True, slots=True)
class _Job:
    """One sync: of which source, from where, into which folder, heard by whom."""

    settings: Settings
    source: Source
    fetcher: Fetcher
    folder: Path
    trusted: tuple[str, ...]
    on_step: OnStep

    def hear(self, step: str) -> Callable[[int, int | None], None]:
        """What to tell the bytes of a step to."""
        return lambda done, total: self.on_step(step, done, total)


def sync(
    settings: Settings,
    name: str,
    on_step: OnStep = lambda step, done, total: None,
    *,
    url: str | None = None,
    since: str | None = None,
) -> Synced:
    """Take the newest public release of a source in, unless that very release was taken in before.

    It lies where the source's declaration says, or `url`, or the setting `source_urls`; the host
    that an operator names so may lie in the operator's own network. What was fetched is kept in the
    home folder, so that a sync that was cut or killed goes on. `since` is the first day to ask an
    API for, by default that of the last sync. `on_step` hears what is being done
    with the bytes done and their total. Raises NoSuchSource, SourceUnreachable, and what
    `platform.fetch` refuses: AddressRefused, FetchTooLarge, ChecksumMismatch.
    """
    job = _job(settings, name, on_step, url)
    job.folder.mkdir(parents=True, exist_ok=True)
    try:
        with db.connect(settings, "nexus_worker") as connection:
            connection.autocommit = True
            match job.fetcher:
                case Record():
                    return _sync_record(job, job.fetcher, connection)
                case File():
                    return _sync_file(job, job.fetcher, connection)
                case Pages():
                    return _sync_pages(job, job.fetcher, connection, since)
    except FetchFailed as error:
        raise SourceUnreachable(error.detail) from error


def _job(settings: Settings, name: str, on_step: OnStep, url: str | None) -> _Job:
    source = service.source_of(name)
    given = url or settings.source_urls.get(name)
    fetcher = source.fetcher
    if given is not None:
        trusted = (urlsplit(given).netloc,)
        match fetcher:
            case Record():
                fetcher = Record(given)
            case Pages():
                fetcher = Pages(given, fetcher.shape, fetcher.first_day)
            case _:
                fetcher = File(given, fetcher.suffix if fetcher else _suffix(given))
    else:
        trusted = ()
    if fetcher is None:
        raise SourceUnreachable(f"{name} has no public address; say --url, or nexus load {name}")
    folder = settings.home / "downloads" / name
    return _Job(settings, source, fetcher, folder, trusted, on_step)


def _suffix(url: str) -> str:
    return "".join(Path(urlsplit(url).path).suffixes[-2:])


def _sync_record(job: _Job, fetcher: Record, connection: Connection[Any]) -> Synced:
    listing = fetch(
        fetcher.url,
        job.folder / "newest.json",
        allow_hosts=job.trusted,
        limits=LISTING,
        on_bytes=job.hear("asking"),
    )
    offer = read_offer(listing.path.read_bytes(), fetcher.url)
    if _is_known(connection, job, offer.label):
        return Synced(offer.label, None)
    got = fetch(
        offer.url,
        job.folder / "release.zip",
        checksum=offer.checksum,
        allow_hosts=job.trusted,
        limits=RELEASE,
        on_bytes=job.hear("fetching"),
    )
    return _load(job, connection, got.path, offer.label)


def _sync_file(job: _Job, fetcher: File, connection: Connection[Any]) -> Synced:
    got = fetch(
        fetcher.url,
        job.folder / f"release{fetcher.suffix}",
        allow_hosts=job.trusted,
        limits=RELEASE,
        on_bytes=job.hear("fetching"),
    )
    label = f"{urlsplit(fetcher.url).path.rpartition('/')[2]} sha256:{got.sha256[:16]}"
    if _is_known(connection, job, label):
        return Synced(label, None)
    return _load(job, connection, got.path, label)


def _sync_pages(
    job: _Job, fetcher: Pages, connection: Connection[Any], since: str | None
) -> Synced:
    since = since or sources.source_last_day(connection, source=job.source.name)
    hear = job.hear("fetching")
    got = fetch_pages(fetcher, since or fetcher.first_day, job.folder, job.trusted, hear)
    synced = _load(job, connection, got.path, got.label) if got.rows else Synced(got.label, None)
    got.forget()
    return synced


def _is_known(connection: Connection[Any], job: _Job, label: str) -> bool:
    return bool(q.release_is_known(connection, source=job.source.name, label=label))


def _load(job: _Job, connection: Connection[Any], path: Path, label: str) -> Synced:
    hear = job.hear("loading")
    loaded = service.load(
        connection,
        job.source.name,
        str(path),
        label=label,
        on_bytes=lambda name, done, total: hear(done, total),
    )
    return Synced(label, loaded)
