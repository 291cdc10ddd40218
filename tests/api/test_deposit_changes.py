"""What a deposit changed, as JSON and as a page."""

from __future__ import annotations

import re

import jsonpatch

from api.people import slug
from stories.hub import hub, record

__all__ = ["hub"]

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_each_record_tells_what_it_changed(hub):
    first = hub.deposit(record("10.5555/a"), record("10.5555/b"))
    second = hub.deposit(
        record("10.5555/a", title=["B"]), record("10.5555/b"), {"doi": "10.5/x", "metadata": {}}
    )
    made = hub.get(f"/deposits/{first['id']}/changes")["items"]
    assert [(one["n"], one["result"]) for one in made] == [(1, "created"), (2, "created")]
    [whole] = made[0]["patch"]
    assert (whole["op"], whole["path"], whole["value"]["DOI"]) == ("add", "", "10.5555/a")

    told = hub.get(f"/deposits/{second['id']}/changes")
    changed, same, refused = told["items"]
    assert jsonpatch.apply_patch(whole["value"], changed["patch"])["title"] == ["B"]
    assert (same["result"], same["patch"]) == ("unchanged", [])
    assert (refused["result"], refused["patch"]) == ("rejected", [])
    history = hub.get("/works/10.5555/a/history")["items"]
    assert [one["deposit"] for one in history] == [second["id"], first["id"]]
    assert [one["patch"] for one in history] == [changed["patch"], made[0]["patch"]]


def test_a_test_tells_what_it_would_change(hub):
    hub.deposit(record("10.5555/a"))
    tested = hub.deposit(record("10.5555/a", title=["B"]), test=True)
    told = hub.get(f"/deposits/{tested['id']}/changes")
    assert told["test"] is True
    assert told["items"][0]["patch"] == [{"op": "replace", "path": "/title/0", "value": "B"}]
    page = hub.client.get(f"/deposits/{tested['id']}/changes", headers=HTML).text
    assert "This was a test" in page
    assert "<ins>B</ins>" in page


def test_records_come_a_page_at_a_time(hub):
    made = hub.deposit(*(record(f"10.5555/{n}") for n in range(5)))
    path, seen = f"/deposits/{made['id']}/changes?rows=2", []
    cursor = "*"
    while cursor:
        found = hub.get(f"{path}&cursor={cursor}")
        seen += [one["n"] for one in found["items"]]
        cursor = found["next-cursor"]
    assert seen == [1, 2, 3, 4, 5]


def test_what_waits_has_no_patch_yet(hub):
    answer = hub.client.post("/deposits", json={"records": [record("10.5555/a")]})
    [waiting] = hub.get(f"{answer.headers['location']}/changes")["items"]
    assert (waiting["result"], waiting["patch"]) == (None, None)
    page = hub.client.get(f"{answer.headers['location']}/changes", headers=HTML)
    assert "waits for its verdict" in page.text


def test_people_read_what_was_before_and_after(hub):
    hub.deposit(record("10.5555/a"))
    title = "<script>alert(1)</script> & more"
    made = hub.deposit(record("10.5555/a", title=[title]))
    path = f"/deposits/{made['id']}/changes"
    answer = hub.client.get(path, headers=HTML)
    assert answer.headers["content-type"].startswith("text/html")
    assert "Accept" in answer.headers["vary"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    text = re.sub(r"\s+", " ", answer.text)
    assert "title 1" in text
    assert "<del>A light in the house</del>" in text
    assert "<ins>&lt;script&gt;" in text
    assert "<script" not in text
    assert hub.client.get(path).headers["content-type"].startswith("application/json")


def test_there_are_no_changes_of_no_deposit(hub):
    assert slug(hub.client.get("/deposits/x/changes")) == "no-such-deposit"
