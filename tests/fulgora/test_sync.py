"""The newest public release is fetched from where its publisher offers it, once."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from nexus_hub.fulgora.errors import SourceUnreachable, WrongSourceFile
from nexus_hub.fulgora.queries import release
from nexus_hub.fulgora.sync import read_offer, sync
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import AddressRefused, ChecksumMismatch
from nexus_hub.sample import organisation_list
from outside_server import Outside, Page, outside_server

LISTING = "/api/records/"
FILE = "/api/records/1/files/v9.9-2025-05-05-ror-data.zip/content"


def archive(records: list[dict]) -> bytes:
    """An official archive: both schemas and a table, of which the newest schema counts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("v9.9-2025-05-05-ror-data.json", json.dumps([{"id": "an older schema"}]))
        file.writestr("v9.9-2025-05-05-ror-data.csv", "id,name\n")
        file.writestr("v9.9-2025-05-05-ror-data_schema_v2.json", json.dumps(records))
    return packed.getvalue()


@dataclass
class Zenodo:
    """The records API with one release, and a hub that is told to ask there."""

    outside: Outside
    settings: Settings

    def offer(self, content: bytes, *, checksum: str = "", url: str = "") -> None:
        digest = checksum or f"md5:{hashlib.md5(content).hexdigest()}"
        file = {
            "key": "v9.9-2025-05-05-ror-data.zip",
            "size": len(content),
            "checksum": digest,
            "links": {"self": url or self.outside.url(FILE)},
        }
        notes = {"key": "README.md", "checksum": "md5:00", "links": {"self": "http://x.invalid/"}}
        hit = {"id": 1, "metadata": {"title": "ROR Data"}, "files": [notes, file]}
        listing = {"hits": {"hits": [hit], "total": 1}}
        self.outside.pages[LISTING] = Page(json.dumps(listing).encode())
        self.outside.pages[FILE] = Page(content)

    def releases(self, database) -> list[tuple[str, int]]:
        with database.connect() as connection:
            return [(row.label, row.row_count) for row in release.release_list(connection)]


@pytest.fixture
def zenodo(fresh_database) -> Iterator[Zenodo]:
    with outside_server() as outside:
        given = fresh_database.settings
        settings = Settings(
            home=given.home,
            database_url=given.database_url,
            source_urls={"ror": outside.url(LISTING + "?communities=ror-data&size=1")},
        )
        yield Zenodo(outside, settings)


def test_newest_release_is_fetched_and_taken_in(zenodo, fresh_database):
    records = list(organisation_list())
    zenodo.offer(archive(records))
    steps: dict[str, int] = {}
    synced = sync(zenodo.settings, "ror", lambda step, done, total: steps.__setitem__(step, done))
    assert synced.loaded.rows == synced.loaded.changed == len(records)
    assert synced.loaded.problems == []
    assert zenodo.releases(fresh_database) == [(synced.label, len(records))]
    assert set(steps) >= {"asking", "fetching", "loading"}


def test_release_that_is_here_is_not_fetched_again(zenodo, fresh_database):
    zenodo.offer(archive(list(organisation_list())[:5]))
    sync(zenodo.settings, "ror")
    assert sync(zenodo.settings, "ror").loaded is None
    assert len(zenodo.outside.asked(FILE)) == 1
    assert len(zenodo.releases(fresh_database)) == 1


def test_corrected_release_of_the_same_name_is_taken_in(zenodo, fresh_database):
    records = list(organisation_list())
    zenodo.offer(archive(records[:5]))
    sync(zenodo.settings, "ror")
    zenodo.offer(archive(records[:6]))
    assert sync(zenodo.settings, "ror").loaded.changed == 1
    assert len(zenodo.releases(fresh_database)) == 2


def test_release_that_changes_nothing_is_fetched_once(zenodo, fresh_database):
    records = list(organisation_list())[:5]
    zenodo.offer(archive(records))
    sync(zenodo.settings, "ror")
    zenodo.offer(archive(records[::-1]))
    for _ in range(2):
        assert sync(zenodo.settings, "ror").loaded.release_no is None
    assert len(zenodo.outside.asked(FILE)) == 2
    assert len(zenodo.releases(fresh_database)) == 1


def test_cut_transfer_is_continued(zenodo, fresh_database):
    zenodo.offer(archive(list(organisation_list())))
    zenodo.outside.pages[FILE].cut_after = 10_000
    assert sync(zenodo.settings, "ror").loaded.changed > 5
    assert [headers.get("range") for headers in zenodo.outside.asked(FILE)] == [
        None,
        "bytes=10000-",
    ]


def test_file_with_another_checksum_is_refused(zenodo, fresh_database):
    zenodo.offer(archive(list(organisation_list())[:5]), checksum="md5:" + "0" * 32)
    with pytest.raises(ChecksumMismatch):
        sync(zenodo.settings, "ror")
    assert zenodo.releases(fresh_database) == []


def test_archive_of_something_else_leaves_nothing(zenodo, fresh_database):
    zenodo.offer(archive([{"id": "https://example.org/1", "names": []}]))
    with pytest.raises(WrongSourceFile):
        sync(zenodo.settings, "ror")
    assert zenodo.releases(fresh_database) == []


def test_redirect_into_the_own_network_is_refused(zenodo, fresh_database):
    zenodo.offer(archive(list(organisation_list())[:5]))
    zenodo.outside.pages[FILE] = Page(status=302, headers={"Location": "http://10.1.2.3/ror.zip"})
    with pytest.raises(AddressRefused):
        sync(zenodo.settings, "ror")
    assert zenodo.releases(fresh_database) == []


def test_link_into_the_own_network_is_refused(zenodo):
    zenodo.offer(archive([]), url="http://127.0.0.1:1/ror.zip")
    with pytest.raises(AddressRefused):
        sync(zenodo.settings, "ror")


def test_without_a_network_the_source_is_unreachable(fresh_database):
    settings = fresh_database.settings.model_copy(
        update={"source_urls": {"ror": "http://hub.invalid/"}}
    )
    with pytest.raises(SourceUnreachable, match=r"hub\.invalid"):
        sync(settings, "ror")


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>busy</html>",
        b"[]",
        b"{}",
        b'{"hits": {"hits": []}}',
        b'{"files": [{"key": "a.csv", "checksum": "md5:00", "links": {"self": "https://x.org/"}}]}',
        b'{"files": [{"key": "a.zip", "links": {"self": "https://x.org/"}}]}',
    ],
)
def test_answer_without_a_release_is_refused(answer):
    with pytest.raises(SourceUnreachable, match=r"example\.org"):
        read_offer(answer, "https://example.org/")


def test_single_record_is_an_offer_too():
    file = {"key": "a.ZIP", "checksum": "MD5:AB", "links": {"self": "https://x.org/a"}}
    offer = read_offer(json.dumps({"id": 1, "files": [file]}).encode(), "")
    assert offer.label == "a.ZIP md5:ab"
    assert offer.url == "https://x.org/a"
