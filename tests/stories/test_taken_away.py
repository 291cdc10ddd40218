"""Content that was taken away is told of wherever it stood, and shown nowhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import jsonpatch
import pytest

from nexus_hub.catalog import editing
from nexus_hub.croid.codec import decode
from nexus_hub.vulcanus.service import VULCANUS
from stories.hub import Hub, hub, record
from stories.test_history import A, ask, dois, thrice

__all__ = ["hub"]
REASON = "names a patient"


def redact(hub: Hub, croid: str, revision: str) -> None:
    with hub.database.connect() as connection:
        editing.redact(connection, decode(croid), UUID(revision), VULCANUS, REASON)


@pytest.fixture
def made(hub: Hub) -> list[dict[str, Any]]:
    """A work in three revisions, the second of which is taken away."""
    records = thrice(hub)
    redact(hub, records[1]["croid"], records[1]["revision"])
    return records


def test_a_revision_is_gone_also_for_who_holds_it(hub: Hub):
    made = thrice(hub)
    croid, lost = made[1]["croid"], made[1]["revision"]
    paths = (
        f"/cro/{croid}/revisions/{lost}",
        f"/cro/{croid}?as-of=2",
        f"/works/{A}?as-of=2",
        f"/cro/{croid}/diff?from={lost}&to={made[2]['revision']}",
        f"/cro/{croid}/diff?from={made[0]['revision']}&to={lost}",
        f"/works/{A}/explain?revision={lost}",
    )
    held = {path: hub.client.get(path).headers["etag"] for path in paths}
    redact(hub, croid, lost)
    for path, etag in held.items():
        answer = ask(hub, path, **{"if-none-match": etag})
        assert answer.status_code == 410, path
        problem = answer.json()
        assert problem["type"] == "/problems/redacted"
        assert problem["redacted"]["by"] == "vulcanus"
        assert problem["redacted"]["reason"] == REASON
        assert problem["redacted"]["revision"] == lost
        assert problem["redacted"]["at"].startswith("20")
        assert answer.headers.get("etag") != etag
        assert "immutable" not in answer.headers.get("cache-control", "")
    for number in (1, 3):
        assert ask(hub, f"/works/{A}?as-of={number}").status_code == 200


def test_histories_say_by_whom_when_and_why(hub: Hub):
    made = thrice(hub)
    croid, lost = made[1]["croid"], made[1]["revision"]
    paths = [f"/cro/{croid}/history", f"/cro/{croid}/revisions", f"/works/{A}/history"]
    held = [hub.client.get(path).headers["etag"] for path in paths]
    redact(hub, croid, lost)
    for path, etag in zip(paths, held, strict=True):
        answer = ask(hub, path, **{"if-none-match": etag})
        assert answer.status_code == 200, path
        by_revision = {one["revision"]: one.get("redacted") for one in answer.json()["items"]}
        told = by_revision.pop(lost)
        assert (told["by"], told["reason"]) == ("vulcanus", REASON)
        assert told["at"]
        assert set(by_revision.values()) == {None}
        assert ask(hub, path, **{"if-none-match": answer.headers["etag"]}).status_code == 304


def test_patches_go_on_after_the_gap(hub: Hub, made: list[dict[str, Any]]):
    body: Any = None
    for item in reversed(hub.get(f"/works/{A}/history")["items"]):
        if item.get("redacted"):
            assert item["patch"] is None
            continue
        body = jsonpatch.apply_patch(body, item["patch"])
        place = f"/cro/{made[0]['croid']}/revisions/{item['revision']}"
        assert body == hub.get(place)["record"]


def test_changes_tell_no_tombstone_as_content(hub: Hub, made: list[dict[str, Any]]):
    for include in ("none", "patch", "record"):
        first, second, third = hub.get(f"/changes?include={include}")["items"]
        assert second["redacted"]["reason"] == REASON
        assert second["fields"] == []
        assert second.get("patch") is None
        assert second.get("record") is None
        assert "redacted" not in first
        assert "redacted" not in third
        assert "/title" in third["fields"]
        assert "/redacted" not in third["fields"]
    patched = hub.get("/changes?include=patch")["items"][2]["patch"]
    assert patched[0]["path"] == ""
    assert patched[0]["value"]["volume"] == "2"


def test_blame_names_the_edit_that_nobody_can_read(hub: Hub, made: list[dict[str, Any]]):
    place = f"/cro/{made[0]['croid']}/blame"
    fields = {one["pointer"]: one for one in hub.get(place)["fields"]}
    # The title of the second is the third's, and so the second may have brought it.
    lost = {"index": 2, "revision": made[1]["revision"]}
    assert fields["/title"]["index"] == 3
    assert fields["/title"]["or-redacted"] == lost
    assert fields["/volume"]["or-redacted"] == lost
    assert fields["/type"]["index"] == 1
    assert "or-redacted" not in fields["/type"]


def test_lists_as_of_then_leave_it_out(hub: Hub):
    made = thrice(hub)
    hub.deposit(record("10.5556/b"))
    etag = hub.client.get("/works?as-of=2").headers["etag"]
    assert dois(hub.get("/works?as-of=2")) == [A]
    redact(hub, made[1]["croid"], made[1]["revision"])
    answer = ask(hub, "/works?as-of=2", **{"if-none-match": etag})
    assert answer.status_code == 200
    assert dois(answer.json()) == []
    assert answer.json()["message"]["total-results"] == 0
    assert hub.get("/works?as-of=3")["message"]["total-results"] == 1
