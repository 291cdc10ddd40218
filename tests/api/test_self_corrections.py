"""A member's people decide in a browser what others propose to change."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.keyring import bearer
from api.test_corrections import DOI, PATCH, propose
from api.test_members import make_member_key, press, rival
from api.test_self_pages import send, sign_in, token
from nexus_hub.catalog.credentials import Key
from nexus_hub.nauvis.queries.models import MemberRole
from stories.hub import Hub, hub, record

__all__ = ["hub", "press", "rival"]


@pytest.fixture
def work(hub: Hub, press: tuple[int, Key]) -> tuple[Hub, Key]:
    assert hub.deposit(record(DOI), headers=bearer(press[1]))["state"] == "completed"
    return hub, press[1]


def place(hub: Hub, **members: Any) -> str:
    return f"/self{propose(hub, **members).headers['location']}"


def family(hub: Hub) -> str:
    return hub.get(f"/works/{DOI}")["message"]["author"][0]["family"]


def test_what_waits_is_listed_and_read_with_its_evidence(work):
    hub, key = work
    assert sign_in(hub, key).status_code == 303
    assert "wait for your decision" not in hub.client.get("/self").text
    assert "Nothing waits for you" in hub.client.get("/self/corrections").text
    path = place(hub, comment="<b>married</b>", evidence="page 1\npage 2")
    assert "wait for your decision" in hub.client.get("/self").text
    listed = hub.client.get("/self/corrections").text
    assert f'href="{path}"' in listed
    assert "&lt;b&gt;married&lt;/b&gt;" in listed
    page = hub.client.get(path)
    assert page.headers["cache-control"] == "no-store"
    for told in ("page 1\npage 2", "author 1, family name", "<del>Lovelace</del>"):
        assert told in page.text
    assert "<ins>King</ins>" in page.text
    assert "anonymous" in page.text
    assert "<script" not in page.text
    assert page.text.count('name="decision"') == 2


def test_accepting_deposits_it_in_the_members_name(work):
    hub, key = work
    sign_in(hub, key)
    path = place(hub)
    done = send(hub, path, decision="accept", comment="Thank you.")
    assert (done.status_code, done.headers["location"]) == (303, path)
    page = hub.client.get(path).text
    assert "Accepted." in page
    assert "<q>Thank you.</q>" in page
    assert re.search(r'href="/self/deposits/[0-9a-f-]{36}"', page)
    assert 'name="decision"' not in page
    hub.work()
    assert family(hub) == "King"
    again = hub.client.post(path, data={"token": token(hub.client.get(path)), "decision": "accept"})
    assert again.status_code == 409
    assert "text/html" in again.headers["content-type"]


def test_declining_changes_nothing_and_stays_to_be_seen(work):
    hub, key = work
    sign_in(hub, key)
    path = place(hub)
    assert send(hub, path, decision="decline").status_code == 303
    hub.work()
    assert family(hub) == "Lovelace"
    assert path not in hub.client.get("/self/corrections").text
    assert path in hub.client.get("/self/corrections?state=rejected").text
    assert path in hub.client.get("/self/corrections?state=any").text
    assert "<del>Lovelace</del>" in hub.client.get(path).text


def test_what_fits_no_longer_is_said_before_it_is_decided(work):
    hub, key = work
    path = place(hub)
    hub.deposit(record(DOI, author=[{"family": "Byron"}]), headers=bearer(key))
    sign_in(hub, key)
    assert "It fits no longer" in hub.client.get(path).text
    send(hub, path, decision="accept")
    assert "Superseded." in hub.client.get(path).text
    assert hub.client.delete(f"/works/{DOI}", headers=bearer(key)).status_code == 200


def test_a_work_that_is_gone_is_said_to_be(work):
    hub, key = work
    path = place(hub)
    assert hub.client.delete(f"/works/{DOI}", headers=bearer(key)).status_code == 200
    sign_in(hub, key)
    page = hub.client.get(path)
    assert page.status_code == 200
    assert "no such work any more" in page.text


def test_nobody_decides_for_another_nor_by_a_foreign_form(work, press, rival):
    hub, key = work
    path = place(hub)
    with hub.database.connect() as connection:
        reader = make_member_key(connection, press[0], MemberRole.READER)
    sign_in(hub, rival[1])
    assert hub.client.get(path).status_code == 404
    assert path not in hub.client.get("/self/corrections").text
    form = {"token": token(hub.client.get("/self/keys")), "decision": "accept"}
    assert hub.client.post(path, data=form).status_code == 404
    sign_in(hub, reader)
    page = hub.client.get(path)
    assert "depositors and owners decide" in page.text
    assert 'name="decision"' not in page.text
    form = {"token": token(page), "decision": "accept"}
    assert hub.client.post(path, data=form).status_code == 403
    sign_in(hub, key)
    assert hub.client.post(path, data={"decision": "accept"}).status_code == 403
    form = {"token": token(hub.client.get(path)), "decision": "accept"}
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert hub.client.post(path, data=form, headers=cross).status_code == 403
    assert send(hub, path, decision="perhaps").status_code == 422
    for odd in ("x", "f" * 8 + "-ffff-ffff-ffff-" + "f" * 12):
        assert hub.client.get(f"/self/corrections/{odd}").status_code == 404
    assert hub.get(path.removeprefix("/self"))["state"] == "open"


def test_many_are_paged(work):
    hub, key = work
    for _ in range(27):
        propose(hub, patch=PATCH)
    sign_in(hub, key)
    first = hub.client.get("/self/corrections").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = hub.client.get("/self/corrections" + following[1].replace("&amp;", "&")).text
    ids = [set(re.findall(r"/self/corrections/([0-9a-f-]{36})", one)) for one in (first, second)]
    assert [len(one) for one in ids] == [25, 2]
    assert not ids[0] & ids[1]
    assert hub.client.get("/self/corrections?state=lost").status_code == 200
