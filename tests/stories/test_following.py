"""Readers that follow the changes: nothing is lost, nothing comes twice, and news wakes them."""

import json
import threading
import time
from typing import Any

import jsonpatch

from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]


def follow(hub: Hub, query: str, limit: int = 2) -> list[dict[str, Any]]:
    """All changes, page by page, on the cursors."""
    found: list[dict[str, Any]] = []
    path = f"/changes?limit={limit}&{query}"
    while True:
        page = hub.get(path)
        if not page["items"]:
            assert page["next-cursor"] is None
            return found
        assert len(page["items"]) <= limit
        found += page["items"]
        path = f"/changes?limit={limit}&{query}&cursor={page['next-cursor']}"


def test_pages_go_on_in_the_midst_of_an_index(hub: Hub):
    hub.deposit(*(record(f"10.5555/{n}") for n in range(5)))
    hub.deposit(record("10.5555/5"), record("10.5556/6"))
    changes = follow(hub, "after=0")
    places = [(change["index"], change["croid"]) for change in changes]
    assert places == sorted(set(places))
    assert len(changes) == 7
    assert [change["change"] for change in changes] == ["created"] * 7

    first = hub.get("/changes?limit=2")
    assert first["complete-to"] == 0
    assert hub.get("/changes?limit=5")["complete-to"] == 1
    assert hub.get("/changes?limit=1000")["complete-to"] == 2
    assert [one["index"] for one in hub.get("/changes?after=1")["items"]] == [2, 2]
    assert len(follow(hub, "prefix=10.5556")) == 1
    assert len(follow(hub, "kind=release")) == 7
    assert follow(hub, "kind=organisation") == []


def test_a_cursor_belongs_to_its_filter(hub: Hub):
    hub.deposit(record("10.5555/1"), record("10.5555/2"))
    cursor = hub.get("/changes?limit=1&kind=release")["next-cursor"]
    answer = hub.client.get(f"/changes?kind=work&cursor={cursor}")
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/cursor-mismatch"
    assert len(hub.get(f"/changes?kind=release&limit=9&cursor={cursor}")["items"]) == 1


def test_patches_lead_from_each_revision_to_the_next(hub: Hub):
    hub.organisations(OXFORD)
    hub.deposit(record("10.5555/1", title=["One"]))
    hub.deposit(record("10.5555/1", title=["Two"], volume="3"))
    hub.deposit(record("10.5555/1", title=["Two"], author=[{"name": "The group"}]))
    told = follow(hub, "kind=release&include=patch")
    # How an object relates to others is told with a patch that changes nothing.
    assert all(change["patch"] == [] for change in told if change["agent"] == "nexus")
    changes = [change for change in told if change["agent"] != "nexus"]
    assert [change["change"] for change in changes] == ["created", "updated", "updated"]
    assert changes[1]["fields"] == ["/title", "/volume"]
    assert changes[2]["fields"] == ["/author", "/volume"]
    body: Any = None
    for change in changes:
        body = jsonpatch.apply_patch(body, change["patch"])
        assert set(change["fields"]) <= {"/" + name for name in body} | {"/volume"}
        stored = hub.get(f"/cro/{change['croid']}/revisions/{change['revision']}")
        assert stored["record"] == body
    records = follow(hub, "kind=release&include=record")
    records = [change for change in records if change["agent"] != "nexus"]
    assert records[-1]["record"] == body
    assert records[0]["previous"] is None
    assert [one["previous"] for one in records[1:]] == [one["revision"] for one in records[:-1]]


def test_lines_tell_the_same_as_the_document(hub: Hub):
    hub.deposit(*(record(f"10.5555/{n}") for n in range(3)))
    page = hub.get("/changes?limit=2")
    answer = hub.client.get("/changes?limit=2", headers={"accept": "application/x-ndjson"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in answer.text.splitlines()] == page["items"]
    assert answer.headers["x-nexus-complete-to"] == str(page["complete-to"])
    following = answer.links["next"]["url"]
    assert len(hub.get(following)["items"]) == 1
    assert hub.client.get("/changes", headers={"accept": "text/html"}).status_code == 406


def test_an_idle_poll_has_nothing_new_to_tell(hub: Hub):
    hub.deposit(record("10.5555/1"))
    answer = hub.client.get("/changes?after=1")
    assert answer.json()["items"] == []
    again = hub.client.get("/changes?after=1", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    hub.deposit(record("10.5555/2"))
    again = hub.client.get("/changes?after=1", headers={"if-none-match": answer.headers["etag"]})
    assert [one["index"] for one in again.json()["items"]] == [2]


def test_who_waits_is_woken_by_the_next_change(hub: Hub):
    hub.deposit(record("10.5555/1"))
    answers: list[Any] = []

    def wait(path: str) -> None:
        begun = time.monotonic()
        answers.append((hub.get(path), time.monotonic() - begun))

    readers = [
        threading.Thread(target=wait, args=[f"/changes?after=1&wait=40&{extra}"])
        for extra in ("limit=1", "kind=release", "prefix=10.5555")
    ]
    # More than there are connections in the pool, none of which is held while they wait.
    readers += [threading.Thread(target=wait, args=["/changes?after=1&wait=40"]) for _ in range(9)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    assert answers == []
    assert hub.client.get("/works/10.5555/1").status_code == 200
    hub.deposit(record("10.5555/2"))
    for reader in readers:
        reader.join(30)
    assert len(answers) == len(readers)
    for page, seconds in answers:
        assert [one["identifiers"] for one in page["items"]] == [["doi:10.5555/2"]]
        assert seconds < 30


def test_who_waits_in_vain_is_told_that_there_is_nothing(hub: Hub):
    begun = time.monotonic()
    page = hub.get("/changes?after=0&wait=1")
    assert 1 <= time.monotonic() - begun < 10
    assert page == {"items": [], "complete-to": 0, "next-cursor": None}


def test_an_answer_waits_until_it_is_as_new_as_asked_for(hub: Hub):
    answers: list[Any] = []

    def read(path: str) -> None:
        answers.append(hub.client.get(path, headers={"x-nexus-min-index": "1"}))

    readers = [
        threading.Thread(target=read, args=[path])
        for path in ("/works/10.5555/1", "/works?query=light", "/works?query=10.5555/1")
    ]
    for reader in readers:
        reader.start()
    time.sleep(0.5)
    hub.deposit(record("10.5555/1"))
    for reader in readers:
        reader.join(30)
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all(int(answer.headers["x-nexus-index"]) >= 1 for answer in answers)
    lists = [answer.json()["message"] for answer in answers if "items" in answer.text]
    assert [found["total-results"] for found in lists] == [1, 1]


def test_an_index_that_is_not_reached_is_a_503(hub: Hub, monkeypatch):
    monkeypatch.setattr("nexus_api.freshness.MOST_WAIT_S", 0.2)
    monkeypatch.setattr("nexus_api.aquilo.selections.MOST_WAIT_S", 0.2)
    hub.client.post("/deposits", json={"records": [record("10.5555/1")]})
    hub.work("vulcanus")
    for path, wanted in {
        "/works/10.5555/1": "9",
        "/changes": "2",
        "/works?query=light": "1",
    }.items():
        answer = hub.client.get(path, headers={"x-nexus-min-index": wanted})
        assert answer.status_code == 503, path
        assert answer.json()["type"] == "/problems/index-not-reached"
        assert answer.headers["retry-after"] == "1"
    # The documents are made by a worker of their own, which has not run.
    assert hub.client.get("/works?query=light").headers["x-nexus-index"] == "0"
    hub.work("aquilo")
    answer = hub.client.get("/works?query=light", headers={"x-nexus-min-index": "1"})
    assert answer.json()["message"]["total-results"] == 1
    assert hub.client.get("/works", headers={"x-nexus-min-index": "soon"}).status_code == 400
