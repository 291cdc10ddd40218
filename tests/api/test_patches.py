"""PATCH of a work over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.keyring import bearer
from api.people import slug
from api.test_members import press, rival
from nexus_hub.catalog.credentials import Key
from stories.hub import Hub, hub, record

__all__ = ["hub", "press", "rival"]

MERGE = "application/merge-patch+json"
PATCH = "application/json-patch+json"
DOI = "10.5555/a"
PATH = f"/works/{DOI}"


@pytest.fixture
def work(hub: Hub, press: tuple[int, Key]) -> tuple[Hub, Key]:
    """A hub with a work that a member deposited."""
    assert hub.deposit(record(DOI), headers=bearer(press[1]))["state"] == "completed"
    return hub, press[1]


def tag(hub: Hub, view: str = "deposited") -> str:
    return hub.client.get(f"{PATH}?view={view}").headers["etag"]


def send(hub: Hub, key: Key | None, document: Any, **headers: str) -> Any:
    kind = PATCH if isinstance(document, list) else MERGE
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return hub.client.patch(
        PATH,
        content=document if isinstance(document, bytes) else json.dumps(document),
        headers={"Content-Type": kind} | (bearer(key) if key else {}) | named,
        follow_redirects=False,
    )


def deposited(hub: Hub) -> dict[str, Any]:
    return hub.get(f"{PATH}?view=deposited")["message"]


@pytest.mark.parametrize("view", ["deposited", "enriched"])
@pytest.mark.parametrize(
    "document",
    [{"title": ["B"], "publisher": None}, [
        {"op": "test", "path": "/title/0", "value": "A light in the house"},
        {"op": "replace", "path": "/title/0", "value": "B"},
        {"op": "remove", "path": "/publisher"},
    ]],
)  # fmt: skip
def test_a_patch_is_a_deposit_of_what_it_makes(work, document, view):
    hub, key = work
    answer = send(hub, key, document, if_match=tag(hub, view))
    assert answer.status_code == 202, answer.text
    hub.work()
    status = hub.get(answer.headers["location"])
    assert (status["state"], status["records"][0]["result"]) == ("completed", "updated"), status
    now = deposited(hub)
    assert now["title"] == ["B"]
    assert "publisher" not in now
    assert now["author"][0]["family"] == "Lovelace"
    assert now["resource"]["primary"]["URL"] == f"https://example.org/{DOI}"
    raw = hub.client.get(f"{answer.headers['location']}/raw").json()
    assert raw["records"][0]["patched"]["patch"] == document
    [newest, _] = hub.get(f"{PATH}/history")["items"]
    assert newest["deposit"] == status["id"]
    assert {one["path"] for one in newest["patch"]} >= {"/title/0", "/publisher"}


def test_who_waits_is_told_the_verdict(work):
    hub, key = work
    with hub.working():
        answer = send(hub, key, {"title": ["B"]}, if_match=tag(hub), prefer="wait=30")
    assert answer.status_code == 200, answer.text
    assert answer.json()["records"][0]["result"] == "updated"


def test_a_test_changes_nothing(work):
    hub, key = work
    answer = hub.client.patch(
        f"{PATH}?test=true",
        json={"title": ["B"]},
        headers=bearer(key) | {"Content-Type": MERGE, "If-Match": "*"},
    )
    hub.work()
    [told] = hub.get(answer.headers["location"])["records"]
    assert told["patch"] == [{"op": "replace", "path": "/title/0", "value": "B"}]
    assert deposited(hub)["title"] == ["A light in the house"]


def test_what_the_client_does_not_know_it_does_not_change(work):
    hub, key = work
    known = tag(hub)
    assert slug(send(hub, key, {"title": ["B"]})) == "precondition-required"
    assert slug(send(hub, key, {"title": ["B"]}, if_match='"x"')) == "precondition-failed"
    assert slug(send(hub, key, {"title": ["B"]}, if_match=f"W/{known}")) == "precondition-failed"
    assert send(hub, key, {"title": ["B"]}, if_match=known).status_code == 202
    # Not settled yet, so that the tag is still the one that is known.
    waits = send(hub, key, {"title": ["C"]}, if_match=known)
    assert (waits.status_code, slug(waits)) == (409, "not-settled")
    hub.work()
    assert slug(send(hub, key, {"title": ["C"]}, if_match=known)) == "precondition-failed"
    assert deposited(hub)["title"] == ["B"]


def test_others_do_not_patch_it(work, rival):
    hub, _ = work
    for key in (rival[1], None):
        answer = send(hub, key, {"title": ["B"]}, if_match=tag(hub))
        assert (answer.status_code, slug(answer)) == (403, "not-your-prefix")


def test_a_patch_that_does_not_fit_names_the_place(work):
    hub, key = work
    known = tag(hub)
    unfit = send(hub, key, [{"op": "remove", "path": "/subtitle"}], if_match=known)
    assert (unfit.status_code, slug(unfit)) == (409, "patch-does-not-apply")
    assert unfit.json()["pointer"] == "/0"
    for document in ([], {"DOI": "10.5555/b"}, [{"op": "test"}], b'{"a"'):
        answer = send(hub, key, document, if_match=known)
        assert (answer.status_code, slug(answer)) == (422, "malformed-patch"), answer.text
    other = hub.client.patch(PATH, json={}, headers=bearer(key) | {"If-Match": known})
    assert other.status_code == 415
    assert PATCH in other.headers["accept-patch"]
    assert deposited(hub)["title"] == ["A light in the house"]


def test_a_patch_sent_again_is_done_once(work):
    hub, key = work
    first = send(hub, key, {"title": ["B"]}, if_match=tag(hub), idempotency_key="k")
    known = tag(hub)
    hub.work()
    again = send(hub, key, {"title": ["B"]}, if_match=known, idempotency_key="k")
    assert again.headers["location"] == first.headers["location"]
    other = send(hub, key, {"title": ["C"]}, if_match="*", idempotency_key="k")
    assert slug(other) == "key-reused"


def test_what_was_never_there_is_not_patched(hub):
    assert send(hub, None, {"title": ["B"]}, if_match="*").status_code == 404
