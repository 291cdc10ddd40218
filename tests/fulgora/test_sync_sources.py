"""Releases of every kind of source are fetched once, continued after a cut, and taken in whole."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults.flow import work
from fulgora.rows import doaj, journal, retraction, retraction_watch
from nexus_hub.fulgora.declaration import File, Pages
from nexus_hub.fulgora.errors import NoSuchSource, SourceUnreachable
from nexus_hub.fulgora.queries import release
from nexus_hub.fulgora.sources import SOURCES
from nexus_hub.fulgora.sync import Synced, sync
from nexus_hub.fulgora.tasks import SCHEDULES
from nexus_hub.platform.config import Settings
from nexus_hub.platform.error_classes import AddressRefused
from outside_server import Outside, Page, outside_server


@pytest.fixture
def outside() -> Iterator[Outside]:
    with outside_server() as server:
        yield server


def run(database: Any, outside: Outside, name: str, path: str, **options: Any) -> Synced:
    """Sync a source from the local server."""
    given = database.settings
    chosen = Settings(
        home=given.home, database_url=given.database_url, source_urls={name: outside.url(path)}
    )
    return sync(chosen, name, **options)


def releases(database: Any) -> list[tuple[int, int, int]]:
    with database.connect() as connection:
        rows = release.release_list(connection)
    return [(row.release_no, row.changed_count, row.removed_count) for row in rows]


# ------------------------------------------------------------------ files


def test_file_is_fetched_again_only_when_it_changed(fresh_database, outside, tmp_path):
    rows = [retraction(n, f"10.5555/{n}") for n in range(1, 4)]
    path = Path(retraction_watch(tmp_path / "x.csv", *rows))
    outside.pages["/rw.csv"] = Page(path.read_bytes())
    first = run(fresh_database, outside, "retraction-watch", "/rw.csv")
    assert first.loaded is not None
    assert first.loaded.rows == 3
    again = run(fresh_database, outside, "retraction-watch", "/rw.csv")
    assert (again.label, again.loaded) == (first.label, None)
    assert outside.statuses == [200, 304]
    outside.pages["/rw.csv"] = Page(
        Path(retraction_watch(tmp_path / "x.csv", *rows[1:])).read_bytes()
    )
    third = run(fresh_database, outside, "retraction-watch", "/rw.csv")
    assert third.label != first.label
    assert releases(fresh_database) == [(2, 0, 1), (1, 3, 0)]


def test_file_that_was_cut_is_continued(fresh_database, outside, tmp_path):
    rows = [journal(f"Journal {n} " + "x" * 500, "0378-5955") for n in range(200)]
    content = Path(doaj(tmp_path / "x.csv", *rows)).read_bytes()
    outside.pages["/doaj"] = Page(content, cut_after=50_000)
    assert run(fresh_database, outside, "doaj", "/doaj").loaded is not None
    ranges = [headers.get("range") for headers in outside.asked("/doaj")]
    assert ranges == [None, "bytes=50000-"]


def test_address_that_nobody_named_may_not_lie_in_the_own_network(
    fresh_database, outside, monkeypatch
):
    outside.pages["/x.csv"] = Page(status=302, headers={"Location": "http://10.1.2.3/x.csv"})
    with pytest.raises(AddressRefused):
        run(fresh_database, outside, "retraction-watch", "/x.csv")


def test_source_without_an_address_says_how_to_go_on(fresh_database, outside, tmp_path):
    with pytest.raises(SourceUnreachable, match="nexus load open-retractions"):
        sync(fresh_database.settings, "open-retractions")
    with pytest.raises(NoSuchSource):
        sync(fresh_database.settings, "nothing")
    row = {"identifier": {"doi": "10.5555/a"}, "updates": []}
    outside.pages["/x.jsonl"] = Page(json.dumps(row).encode())
    synced = run(fresh_database, outside, "open-retractions", "/x.jsonl")
    assert synced.loaded is not None
    assert synced.loaded.rows == 1


# ------------------------------------------------------------------ pages of an API


def crossref_pages(outside: Outside, *pages: list[dict[str, Any]]) -> str:
    """The cursor of each page leads to the next; the last is empty, as Crossref's is."""
    cursors = ["%2A", *(f"c{n}%2B%3D" for n in range(len(pages)))]
    for n, items in enumerate([*pages, []]):
        following = urllib.parse.unquote(cursors[min(n + 1, len(pages))])
        message = {"items": items, "next-cursor": following, "total-results": 9}
        body = json.dumps({"status": "ok", "message": message}).encode()
        outside.pages[f"/works/{cursors[n]}"] = Page(body)
    return "/works/{cursor}?filter=from-index-date:{since}"


def indexed(doi: str, day: str, title: str = "On Salt") -> dict[str, Any]:
    return work(doi, title) | {"indexed": {"date-time": f"{day}T00:00:00Z"}}


def asked(outside: Outside) -> list[str]:
    return [urllib.parse.unquote(path) for path, _ in outside.requests]


def test_pages_are_gathered_to_the_last_and_the_next_sync_asks_for_later_ones(
    fresh_database, outside
):
    path = crossref_pages(
        outside,
        [indexed("10.5555/a", "2024-01-01"), indexed("10.5555/b", "2024-01-02")],
        [indexed("10.5555/c", "2024-01-03")],
    )
    synced = run(fresh_database, outside, "crossref", path, since="2024-01-01")
    assert synced.loaded is not None
    assert (synced.loaded.rows, synced.loaded.changed) == (3, 3)
    assert [one.rpartition(":")[2] for one in asked(outside)] == ["2024-01-01"] * 3
    outside.requests.clear()
    path = crossref_pages(outside, [indexed("10.5555/a", "2023-01-01", "Older")])
    later = run(fresh_database, outside, "crossref", path)
    day = re.search(r"as of (\d{4}-\d{2}-\d{2})T", synced.label)
    assert day is not None
    assert {one.rpartition(":")[2] for one in asked(outside)} == {day[1]}
    assert later.loaded is not None
    assert (later.loaded.changed, later.loaded.older) == (0, 1)
    assert releases(fresh_database) == [(1, 3, 0)]


def test_gathering_that_was_cut_goes_on_after_its_last_page(fresh_database, outside):
    pages = [[indexed(f"10.5555/{n}", "2024-01-01")] for n in range(4)]
    path = crossref_pages(outside, *pages)
    third = outside.pages["/works/c1%2B%3D"]
    outside.pages["/works/c1%2B%3D"] = Page(status=404)
    with pytest.raises(SourceUnreachable):
        run(fresh_database, outside, "crossref", path, since="2024-01-01")
    outside.pages["/works/c1%2B%3D"] = third
    outside.requests.clear()
    synced = run(fresh_database, outside, "crossref", path, since="2024-01-01")
    assert synced.loaded is not None
    assert synced.loaded.rows == 4
    assert asked(outside)[0].startswith("/works/c1+=")


def test_gathering_begins_again_where_the_cursor_is_forgotten(fresh_database, outside):
    path = crossref_pages(outside, *([indexed(f"10.5555/{n}", "2024-01-01")] for n in range(3)))
    outside.pages["/works/c1%2B%3D"] = Page(status=404)
    with pytest.raises(SourceUnreachable):
        run(fresh_database, outside, "crossref", path, since="2024-01-01")
    others = crossref_pages(outside, [indexed("10.5555/x", "2024-01-01")])
    outside.pages["/works/c1%2B%3D"] = Page(status=404)
    synced = run(fresh_database, outside, "crossref", others, since="2024-01-01")
    assert synced.loaded is not None
    assert synced.loaded.rows == 1


def test_pages_of_datacite_name_the_next_one(fresh_database, outside):
    def dois(*names: str) -> list[dict[str, Any]]:
        return [
            {"id": name, "type": "dois", "attributes": {"doi": name, "updated": "2024-01-01"}}
            for name in names
        ]

    following = {"next": outside.url("/dois/2?page=2")}
    outside.pages["/dois"] = Page(
        json.dumps({"data": dois("10.5555/a", "10.5555/b"), "links": following}).encode()
    )
    outside.pages["/dois/2"] = Page(json.dumps({"data": dois("10.5555/c"), "links": {}}).encode())
    synced = run(fresh_database, outside, "datacite", "/dois?since={since}")
    assert synced.loaded is not None
    assert synced.loaded.rows == 3
    elsewhere = {"next": "http://127.0.0.1:1/dois"}
    outside.pages["/dois"] = Page(
        json.dumps({"data": dois("10.5555/a"), "links": elsewhere}).encode()
    )
    with pytest.raises(SourceUnreachable, match="another server"):
        run(fresh_database, outside, "datacite", "/dois?since={since}")


def test_what_is_no_page_is_refused(fresh_database, outside):
    outside.pages["/works"] = Page(b"<html>busy</html>")
    with pytest.raises(SourceUnreachable, match="did not answer with a page"):
        run(fresh_database, outside, "crossref", "/works?since={since}&cursor={cursor}")


# ------------------------------------------------------------------ what is derived


def test_sources_with_a_time_have_a_schedule_and_an_address():
    names = {schedule.name for schedule in SCHEDULES}
    assert names == {
        f"fulgora.sync_{name.replace('-', '_')}" for name, one in SOURCES.items() if one.cron
    }
    for one in SOURCES.values():
        assert one.fetcher is not None or not one.cron
        if isinstance(one.fetcher, Pages):
            assert one.fetcher.url.format(since="2024-01-01", cursor="c").startswith("https://")
        elif isinstance(one.fetcher, File):
            assert one.fetcher.url.startswith("https://")
