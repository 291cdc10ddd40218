"""Members over HTTP: their keys, and what may be deposited with which."""

from __future__ import annotations

from typing import Any

import pytest

from api.keyring import bearer, make_editor, make_key
from api.people import slug
from nexus_hub.catalog.credentials import Key, digest, make_secret, read_key
from nexus_hub.nauvis.queries import api_key, member
from nexus_hub.nauvis.queries.models import MemberRole
from stories.hub import Hub, hub

__all__ = ["hub"]

WORK = {"type": "book", "title": ["A"]}


def make_member(connection: Any, name: str, *prefixes: str) -> tuple[int, Key]:
    """A member and a key of its owner."""
    number = member.member_create(connection, name=name, prefixes=list(prefixes))
    return number, make_member_key(connection, number, MemberRole.OWNER)


def make_member_key(connection: Any, number: int, role: MemberRole) -> Key:
    secret = make_secret()
    token_id = api_key.api_key_issue(
        connection,
        member_id=number,
        role=role,
        secret_sha256=digest(secret),
        person=None,
        description=None,
        expires_at=None,
        with_token_id=None,
    )
    return Key(token_id, secret)


@pytest.fixture
def press(hub: Hub) -> tuple[int, Key]:
    with hub.database.connect() as connection:
        return make_member(connection, "Press", "10.5555")


@pytest.fixture
def rival(hub: Hub) -> tuple[int, Key]:
    with hub.database.connect() as connection:
        return make_member(connection, "Rival", "10.6666")


def deposit(hub: Hub, key: Key | None, *dois: str, **more: Any) -> Any:
    body = {"records": [{"doi": doi, "metadata": WORK} for doi in dois], **more}
    return hub.client.post("/deposits", json=body, headers=bearer(key) if key else {})


def test_a_member_deposits_under_its_prefix(hub, press):
    answer = deposit(hub, press[1], "10.5555/a")
    assert answer.status_code == 202, answer.text
    assert answer.json()["records"][0]["problems"] == []


@pytest.mark.parametrize(
    "doi",
    ["10.5555/a", "10.5555/A", "https://doi.org/10.5555/a", "doi:10.5555/%61", " 10.5555/a"],
)
def test_however_a_foreign_doi_is_written_it_is_foreign(hub, press, rival, doi):
    answer = deposit(hub, rival[1], doi)
    assert answer.status_code in (403, 202), answer.text
    if answer.status_code == 403:
        assert slug(answer) == "not-your-prefix"
    else:
        assert answer.json()["records"][0]["result"] == "rejected"
    with hub.database.connect() as connection:
        sql = "SELECT count(*) FROM croid.identifier WHERE value LIKE '10.5555/%'"
        assert connection.execute(sql).fetchone() == (0,)


def test_nobody_deposits_under_a_prefix_that_is_owned(hub, press):
    assert slug(deposit(hub, None, "10.5555/a")) == "not-your-prefix"
    assert deposit(hub, None, "10.7777/a").status_code == 202


def test_a_foreign_record_is_refused_alone(hub, press, rival):
    answer = deposit(hub, press[1], "10.5555/a", "10.6666/b")
    assert answer.status_code == 202
    fine, foreign = answer.json()["records"]
    assert (fine["result"], foreign["result"]) == (None, "rejected")
    assert foreign["problems"][0]["code"] == "not-your-prefix"
    assert foreign["problems"][0]["pointer"] == "/doi"


def test_an_atomic_deposit_with_a_foreign_record_is_refused_whole(hub, press, rival):
    answer = deposit(hub, press[1], "10.5555/a", "10.6666/b", atomic=True)
    assert answer.status_code == 403
    assert slug(answer) == "not-your-prefix"


def test_a_reader_deposits_nothing(hub, press):
    with hub.database.connect() as connection:
        key = make_member_key(connection, press[0], MemberRole.READER)
    assert slug(deposit(hub, key, "10.5555/a")) == "forbidden"


def test_owners_issue_list_rotate_and_revoke_keys(hub, press):
    number, owner = press
    path = f"/members/{number}/keys"
    made = hub.client.post(path, json={"role": "depositor", "person": "Ada"}, headers=bearer(owner))
    assert made.status_code == 201, made.text
    assert made.headers["cache-control"] == "no-store"
    first = read_key(made.json()["key"])
    assert first is not None
    assert deposit(hub, first, "10.5555/a").status_code == 202
    place = made.headers["location"]
    told = hub.client.get(place, headers=bearer(owner)).json()
    assert (told["role"], told["person"], "key" in told) == ("depositor", "Ada", False)

    rotated = hub.client.post(f"{place}/rotate", json={}, headers=bearer(first))
    assert rotated.status_code == 201, rotated.text
    assert rotated.json()["rotated-from"] == told["id"]
    assert slug(deposit(hub, first, "10.5555/b")) == "bad-key"
    second = read_key(rotated.json()["key"])
    assert second is not None
    assert deposit(hub, second, "10.5555/b").status_code == 202

    listed = hub.client.get(path, headers=bearer(second)).json()["items"]
    assert [item["role"] for item in listed] == ["depositor", "depositor", "owner"]
    assert [item["revoked-at"] is None for item in listed] == [True, False, True]
    gone = hub.client.delete(rotated.headers["location"], headers=bearer(owner))
    assert gone.status_code == 204
    assert slug(deposit(hub, second, "10.5555/c")) == "bad-key"


def test_two_keys_are_good_while_they_overlap(hub, press):
    number = press[0]
    with hub.database.connect() as connection:
        key = make_member_key(connection, number, MemberRole.DEPOSITOR)
    listed = hub.client.get(f"/members/{number}/keys", headers=bearer(key)).json()["items"]
    place = f"/members/{number}/keys/{listed[0]['id']}"
    new = hub.client.post(f"{place}/rotate", json={"overlap-s": 60}, headers=bearer(key)).json()
    assert deposit(hub, key, "10.5555/a").status_code == 202
    assert deposit(hub, read_key(new["key"]), "10.5555/b").status_code == 202


def test_keys_of_a_member_are_none_of_others_business(hub, press, rival):
    number = press[0]
    with hub.database.connect() as connection:
        connection.autocommit = True
        editor = make_key(connection, make_editor(connection, "ada"))
    for key in (rival[1], editor):
        assert slug(hub.client.get(f"/members/{number}/keys", headers=bearer(key))) == (
            "not-your-member"
        )
        answer = hub.client.post(f"/members/{number}/keys", json={}, headers=bearer(key))
        assert slug(answer) == "not-your-member"
    assert slug(hub.client.get(f"/members/{number}/keys")) == "key-required"
    for odd in ("999", "x", "1000000000000", "１００００００"):
        answer = hub.client.get(f"/members/{odd}/keys", headers=bearer(rival[1]))
        assert slug(answer) == "no-such-member"


def test_a_depositor_issues_no_keys_and_revokes_no_other(hub, press):
    number = press[0]
    with hub.database.connect() as connection:
        key = make_member_key(connection, number, MemberRole.DEPOSITOR)
    path = f"/members/{number}/keys"
    answer = hub.client.post(path, json={"role": "owner"}, headers=bearer(key))
    assert slug(answer) == "not-your-member"
    items = hub.client.get(path, headers=bearer(key)).json()["items"]
    theirs = next(item["id"] for item in items if item["role"] == "owner")
    assert slug(hub.client.delete(f"{path}/{theirs}", headers=bearer(key))) == "not-your-member"
    mine = next(item["id"] for item in items if item["role"] == "depositor")
    assert hub.client.delete(f"{path}/{mine}", headers=bearer(key)).status_code == 204
