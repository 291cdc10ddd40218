"""`/sources`: every row of every release as it was, and what changed between them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import zstandard

from faults.flow import write_lines
from fulgora.rows import person, retraction, retraction_watch
from nexus_hub.fulgora import service
from nexus_hub.fulgora.sources import SOURCES
from stories.hub import Hub, hub

__all__ = ["hub"]
BASE = "/sources/retraction-watch"


def get(hub: Hub, path: str, status: int = 200) -> Any:
    answer = hub.client.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def released(hub: Hub, tmp_path) -> Hub:
    first = [retraction(n, f"10.5555/{n}") for n in (1, 2, 3)]
    second = [first[0], retraction(2, "10.5555/2", "Reinstatement"), retraction(4, "10.5555/4")]
    with hub.database.connect() as connection:
        connection.autocommit = True
        for name, rows in (("one", first), ("two", second)):
            path = retraction_watch(tmp_path / f"{name}.csv", *rows)
            service.load(connection, "retraction-watch", path)
    return hub


def test_sources_are_those_that_are_declared(hub):
    items = {item["source"]: item for item in get(hub, "/sources")["items"]}
    assert sorted(items) == sorted(SOURCES)
    for name, source in SOURCES.items():
        told = items[name]
        assert (told["title"], told["licence"]) == (source.title, source.licence)
        assert (told["kind"], told["scheme"]) == (source.kind, source.scheme)
        assert (told["attribution"], told["homepage"]) == (source.attribution, source.homepage)
        assert told["whole"] is source.is_whole
    assert get(hub, "/sources/ror") == items["ror"]
    assert get(hub, "/sources/nothing", 404)["type"] == "/problems/no-such-source"


def test_row_stays_readable_as_it_was_in_each_release(released):
    before = get(released, f"{BASE}/releases/1/rows/2")
    after = get(released, f"{BASE}/releases/2/rows/2")
    assert before["record"]["RetractionNature"] == "Retraction"
    assert before["record"] == retraction(2, "10.5555/2") | {
        name: "" for name in before["record"] if name not in retraction(2, "")
    }
    assert after["record"]["RetractionNature"] == "Reinstatement"
    assert (before["since-release"], after["since-release"]) == (1, 2)
    assert after["statements"][0]["facts"]["type"] == "Reinstatement"
    assert get(released, f"{BASE}/releases/2/rows/1")["since-release"] == 1
    assert get(released, f"{BASE}/releases/1/rows/3")["record"]["Record ID"] == "3"
    gone = get(released, f"{BASE}/releases/2/rows/3", 404)
    assert gone["type"] == "/problems/no-such-row"
    assert get(released, f"{BASE}/releases/3/rows/3", 404)["type"] == "/problems/no-such-release"
    for odd in ("0", "x", "99999999999", "-1", "1.0"):
        get(released, f"{BASE}/releases/{odd}", 404)


def test_lists_are_paged(released):
    newest = get(released, f"{BASE}/releases?rows=1&cursor=*")
    assert [item["release"] for item in newest["items"]] == [2]
    assert newest["items"][0]["counts"] == {
        "rows": 3,
        "changed": 2,
        "removed": 1,
        "older": 0,
        "unreadable": 0,
    }
    older = get(released, f"{BASE}/releases?rows=1&cursor={newest['next-cursor']}")
    assert [item["release"] for item in older["items"]] == [1]
    assert older["next-cursor"] is None
    assert get(released, f"{BASE}/releases/2") == newest["items"][0]
    keys, cursor = [], "*"
    while cursor:
        page = get(released, f"{BASE}/releases/2/rows?rows=2&cursor={cursor}")
        keys += [item["key"] for item in page["items"]]
        cursor = page["next-cursor"]
    assert keys == ["1", "2", "4"]


def test_what_changed_between_releases_is_listed(released):
    page = get(released, f"{BASE}/releases/2/changes?rows=2&cursor=*")
    rest = get(released, f"{BASE}/releases/2/changes?rows=2&cursor={page['next-cursor']}")
    told = [(item["key"], item["change"]) for item in page["items"] + rest["items"]]
    assert told == [("2", "changed"), ("3", "removed"), ("4", "added")]
    for item in page["items"] + rest["items"]:
        assert get(released, item["url"])["key"] == item["key"]
    removed = get(released, f"{BASE}/releases/2/changes?change=removed")
    assert [item["key"] for item in removed["items"]] == ["3"]
    assert len(get(released, f"{BASE}/releases/1/changes?change=added")["items"]) == 3
    get(released, f"{BASE}/releases/2/changes?change=lost", 400)


def test_key_with_slashes_is_found(hub):
    rows = {"DOI": "10.5555/a//b%c", "type": "book", "title": ["A"]}
    with hub.database.connect() as connection:
        connection.autocommit = True
        path = hub.database.settings.home / "x.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(rows))
        service.load(connection, "crossref", str(path))
    (item,) = get(hub, "/sources/crossref/releases/1/rows")["items"]
    assert get(hub, item["url"])["record"]["DOI"] == "10.5555/a//b%c"
    assert get(hub, "/sources/crossref/releases/1/rows/10.5555/a//b%25c")["record"] == rows


def test_addresses_of_people_are_neither_kept_nor_told(hub, tmp_path):
    orcid = "0000-0002-1825-0097"
    given = person(orcid)
    given["person"]["emails"] = {"email": [{"email": "ann@example.org"}]}
    with hub.database.connect() as connection:
        connection.autocommit = True
        service.load(connection, "orcid", write_lines(tmp_path / "one.jsonl", [given]))
    path = f"/sources/orcid/releases/1/rows/{orcid}"
    assert get(hub, path)["record"] == person(orcid)
    with hub.database.connect(None) as owner:
        kept = "SELECT record FROM fulgora.record WHERE source = 'orcid'"
        row = owner.execute(kept).fetchone()
        assert b"example.org" not in zstandard.decompress(row[0])
        # As it was kept before addresses were left out.
        before = zstandard.compress(json.dumps(given).encode())
        owner.execute("UPDATE fulgora.record SET record = %s WHERE source = 'orcid'", [before])
    assert get(hub, path)["record"] == person(orcid)
