"""A member's people in a browser: they sign in with a key, and see and do what it allows."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from api.keyring import bearer, make_editor, make_key
from api.test_members import make_member, make_member_key
from nexus_api.pages.session import COOKIE, LASTS_S, Sessions
from nexus_hub.catalog.credentials import Key, read_key
from nexus_hub.nauvis.queries.models import MemberRole
from stories.hub import Hub, hub, record

__all__ = ["hub"]


def place_of(hub: Hub, deed: str) -> str:
    """The path of the newest key that is good."""
    page = hub.client.get("/self/keys").text
    return re.findall(rf'href="(/self/keys/[0-9a-z]{{26}})/{deed}', page)[0]


@pytest.fixture
def press(hub: Hub) -> tuple[int, Key]:
    with hub.database.connect() as connection:
        return make_member(connection, "Press & <Sons>", "10.5555")


def token(answer: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


def sign_in(hub: Hub, key: Key | str) -> Any:
    form = hub.client.get("/self/sign-in")
    text = key if isinstance(key, str) else key.text()
    return hub.client.post(
        "/self/sign-in", data={"token": token(form), "key": text}, follow_redirects=False
    )


def send(hub: Hub, path: str, form_of: str | None = None, **fields: str) -> Any:
    """A form sent as a browser does, from the page it stands on."""
    data = {"token": token(hub.client.get(form_of or path)), **fields}
    return hub.client.post(path, data=data, follow_redirects=False)


def test_a_key_of_a_member_opens_its_pages(hub, press):
    assert (
        hub.client.get("/self", follow_redirects=False)
        .headers["location"]
        .startswith("/self/sign-in")
    )
    answer = sign_in(hub, press[1])
    assert (answer.status_code, answer.headers["location"]) == (303, "/self")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert press[1].text().rpartition("_")[2] not in cookie
    page = hub.client.get("/self")
    assert page.status_code == 200
    assert "Press &amp; &lt;Sons&gt;" in page.text
    assert "10.5555" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text


def test_the_cookie_is_secure_where_the_service_is_reached_by_https(hub, press):
    form = hub.client.get("/self/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in form.headers["set-cookie"]


def test_what_is_no_key_of_a_member_opens_nothing(hub, press):
    with hub.database.connect() as connection:
        connection.autocommit = True
        editor = make_key(connection, make_editor(connection, "ada"))
    false = Key(press[1].token_id, bytes(32))
    for key in ("", "nx_x", "é" * 20, false, editor):
        answer = sign_in(hub, key)
        assert answer.status_code == 401, key
        assert COOKIE not in hub.client.cookies
        assert 'role="alert"' in answer.text


def test_a_session_ends_with_its_key_and_with_time(hub, press, monkeypatch):
    sign_in(hub, press[1])
    assert hub.client.get("/self", follow_redirects=False).status_code == 200
    now = time.time()
    with monkeypatch.context() as later:
        later.setattr("nexus_api.pages.session.time.time", lambda: now + LASTS_S + 2)
        assert hub.client.get("/self", follow_redirects=False).status_code == 303
    with hub.database.connect(None) as connection:
        connection.execute("UPDATE catalog.token SET revoked_at = now()")
    assert hub.client.get("/self", follow_redirects=False).status_code == 303


def test_a_cookie_of_ones_own_making_is_worth_nothing(hub, press):
    made = Sessions(b"another secret").begin(press[1].token_id)
    for value in (made, "x", "é", made[:-2]):
        answer = hub.client.get(
            "/self", headers={b"Cookie": f"{COOKIE}={value}".encode()}, follow_redirects=False
        )
        assert answer.status_code == 303


def test_forms_of_others_do_nothing(hub, press):
    sign_in(hub, press[1])
    fields = {"role": "owner"}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    good = token(hub.client.get("/self/keys"))
    assert hub.client.post("/self/keys", data=fields).status_code == 403
    assert hub.client.post("/self/keys", data=fields | {"token": "x"}).status_code == 403
    answer = hub.client.post("/self/keys", data=fields | {"token": good}, headers=foreign)
    assert answer.status_code == 403
    assert "text/html" in answer.headers["content-type"]
    assert (
        hub.client.get(f"/members/{press[0]}/keys", headers=bearer(press[1]))
        .json()["items"]
        .__len__()
        == 1
    )
    assert hub.client.post("/self/sign-in", data={"key": press[1].text()}).status_code == 403


def test_deposits_are_shown_with_what_is_wrong_and_what_they_changed(hub, press):
    made = hub.deposit(record("10.5555/a"), headers=bearer(press[1]))
    changed = hub.deposit(
        record("10.5555/a", title=["A lamp in the house"]), headers=bearer(press[1])
    )
    bad = hub.deposit(record("10.5555/b"), record("10.6666/<b>"), headers=bearer(press[1]))
    test = hub.deposit(record("10.5555/a", title=["T"]), headers=bearer(press[1]), test=True)
    sign_in(hub, press[1])
    listed = hub.client.get("/self/deposits").text
    assert all(one["id"] in listed for one in (made, changed, bad, test))
    rejected = hub.client.get("/self/deposits?result=rejected").text
    assert bad["id"] in rejected
    assert made["id"] not in rejected
    page = hub.client.get(f"/self/deposits/{bad['id']}").text
    assert "done, some rejected" in page.lower()
    assert "10.6666/&lt;b&gt;" in page
    assert "is not yours to deposit under" in page
    assert "one of your prefixes" in page
    rejected = hub.client.get(f"/self/deposits/{bad['id']}?result=rejected").text
    assert "10.6666/" in rejected
    assert "10.5555/b" not in rejected
    what = hub.client.get(f"/self/deposits/{changed['id']}/records/1").text
    assert "A light in the house" in what
    assert "A lamp in the house" in what
    assert "would change" in hub.client.get(f"/self/deposits/{test['id']}/records/1").text
    for path in (f"{made['id']}/records/2", f"{made['id']}/records/0", "x", made["id"][::-1]):
        assert hub.client.get(f"/self/deposits/{path}").status_code == 404


def test_deposits_are_paged(hub, press):
    for n in range(30):
        body = {"records": [{"doi": f"10.5555/{n}", "metadata": {"type": "book", "title": ["A"]}}]}
        hub.client.post("/deposits", json=body, headers=bearer(press[1]))
    sign_in(hub, press[1])
    first = hub.client.get("/self/deposits?prefix=&state=received")
    following = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert following
    second = hub.client.get("/self/deposits" + following[1].replace("&amp;", "&"))
    ids = [
        set(re.findall(r"/self/deposits/([0-9a-f-]{36})", page.text)) for page in (first, second)
    ]
    assert [len(one) for one in ids] == [25, 5]
    assert not ids[0] & ids[1]
    odd = hub.client.get("/self/deposits?from=never")
    assert odd.status_code == 200
    assert 'role="alert"' in odd.text


def test_deposits_of_another_member_are_not_shown(hub, press):
    made = hub.deposit(record("10.5555/a"), headers=bearer(press[1]))
    with hub.database.connect() as connection:
        rival = make_member(connection, "Rival", "10.6666")[1]
    sign_in(hub, rival)
    assert hub.client.get(f"/self/deposits/{made['id']}").status_code == 404
    assert made["id"] not in hub.client.get("/self/deposits?doi=10.5555/a").text


def test_owners_issue_rotate_and_revoke_keys(hub, press):
    sign_in(hub, press[1])
    shown = send(hub, "/self/keys", role="depositor", person="Loader")
    assert shown.status_code == 200
    key = read_key(re.search(r"nx_[0-9a-z]{26}_[a-z2-7]{52}", shown.text)[0])
    assert key is not None
    assert send(hub, "/self/keys", role="king").status_code == 400
    assert send(hub, "/self/keys", role="reader", until="1999-01-01").status_code == 400
    listed = hub.client.get("/self/keys").text
    assert "Loader" in listed
    assert key.text() not in listed
    place = place_of(hub, "revoke")
    rotated = send(hub, f"{place}/rotate", overlap="0")
    assert rotated.status_code == 200
    assert hub.client.get("/deposits", headers=bearer(key)).status_code == 401
    place = re.findall(
        r'href="(/self/keys/[0-9a-z]{26})/revoke', hub.client.get("/self/keys").text
    )[0]
    assert "cannot be undone" in hub.client.get(f"{place}/revoke").text
    assert send(hub, f"{place}/revoke").status_code == 303
    assert hub.client.get(f"{place}/revoke").status_code == 404


def test_who_rotates_the_own_key_stays_signed_in_and_who_revokes_it_does_not(hub, press):
    sign_in(hub, press[1])
    place = re.findall(
        r'href="(/self/keys/[0-9a-z]{26})/rotate', hub.client.get("/self/keys").text
    )[0]
    assert send(hub, f"{place}/rotate", overlap="0").status_code == 200
    listed = hub.client.get("/self/keys", follow_redirects=False)
    assert listed.status_code == 200
    place = place_of(hub, "revoke")
    send(hub, f"{place}/revoke")
    assert hub.client.get("/self/keys", follow_redirects=False).status_code == 303


def test_a_reader_is_offered_no_more_than_it_may(hub, press):
    with hub.database.connect() as connection:
        key = make_member_key(connection, press[0], MemberRole.READER)
    sign_in(hub, key)
    page = hub.client.get("/self/keys")
    assert "only owners issue keys" in page.text
    assert len(re.findall("/revoke", page.text)) == 1
    answer = hub.client.post("/self/keys", data={"token": token(page), "role": "owner"})
    assert answer.status_code == 403
    assert "text/html" in answer.headers["content-type"]


def test_signing_out_ends_the_session(hub, press):
    sign_in(hub, press[1])
    assert send(hub, "/self/sign-out", "/self").status_code == 303
    assert hub.client.get("/self", follow_redirects=False).status_code == 303
    assert hub.client.get("/self/nothing/here").status_code == 404
