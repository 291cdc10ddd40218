"""Editors and their keys over HTTP: who may do what, and what is told to whom."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.keyring import bearer, make_editor, make_key
from nexus_hub.catalog.credentials import Key, make_secret
from nexus_hub.catalog.queries.models import EditorRole
from serving import serving


@pytest.fixture
def owner(fresh_database):
    with fresh_database.connect() as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def client(fresh_database):
    with serving(fresh_database.settings) as client:
        yield client


@pytest.fixture
def ada(owner) -> Key:
    """The key of an editor who is called ada, good for all an editor may do."""
    return make_key(owner, make_editor(owner, "ada"))


@pytest.fixture
def root(owner) -> Key:
    """The key of an admin who is called root."""
    return make_key(owner, make_editor(owner, "root", EditorRole.ADMIN))


def problem(answer, status: int, slug: str) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{slug}"
    return answer.json()["detail"]


def test_a_key_says_whose_it_is_in_each_of_its_forms(client, ada):
    pair = ada.text().removeprefix("nx_").replace("_", ":")
    for header in (
        f"Bearer {ada.text()}",
        f"bearer {ada.text()}",
        f"Basic {base64.b64encode(pair.encode()).decode()}",
        ada.text(),
    ):
        answer = client.get("/editors/me", headers={"Authorization": header})
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        told = answer.json()
        assert (told["username"], told["role"], told["bot"]) == ("ada", "editor", False)
        assert told["scopes"] == ["account", "deposit", "edit", "member"]


def test_without_a_key_nobody_is_told_who_it_is(client):
    answer = client.get("/editors/me")
    problem(answer, 401, "key-required")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_key_with_another_secret_or_of_nobody_is_bad(client, ada):
    for key in (Key(ada.token_id, make_secret()), Key(UUID(int=7), ada.secret)):
        answer = client.get("/editors/me", headers=bearer(key))
        assert problem(answer, 401, "bad-key") == "the key is not known here"


def test_two_authorization_headers_are_bad(client, ada):
    value = f"Bearer {ada.text()}"
    headers = [("Authorization", value), ("Authorization", value)]
    problem(client.get("/editors/me", headers=headers), 401, "bad-key")


def test_a_revoked_expired_or_inactive_key_says_why_at_once(client, owner, root):
    editor_id = make_editor(owner, "bob")
    key = make_key(owner, editor_id, expires_at=datetime.now(UTC) + timedelta(hours=1))
    assert client.get("/editors/me", headers=bearer(key)).status_code == 200

    client.patch("/editors/bob", json={"active": False}, headers=bearer(root))
    detail = problem(client.get("/editors/me", headers=bearer(key)), 401, "bad-key")
    assert detail == "the editor of the key is not active"
    client.patch("/editors/bob", json={"active": True}, headers=bearer(root))
    assert client.get("/editors/me", headers=bearer(key)).status_code == 200

    path = client.get("/editors/me/tokens", headers=bearer(key)).json()["items"][0]["id"]
    answer = client.delete(f"/editors/me/tokens/{path}", headers=bearer(key))
    assert (answer.status_code, answer.content) == (204, b"")
    detail = problem(client.get("/editors/me", headers=bearer(key)), 401, "bad-key")
    assert detail == "the key was revoked"


def test_an_expired_key_is_bad(client, fresh_database, ada):
    with fresh_database.connect(None) as connection:
        connection.execute(
            "UPDATE catalog.token SET created_at = now() - interval '2 hours',"
            " expires_at = now() - interval '1 hour'"
        )
    detail = problem(client.get("/editors/me", headers=bearer(ada)), 401, "bad-key")
    assert detail == "the key has expired"


def test_all_keys_are_revoked_at_one_go_and_a_new_one_counts(client, owner, root):
    editor_id = make_editor(owner, "bob")
    keys = [make_key(owner, editor_id) for _ in range(3)]
    answer = client.delete("/editors/me/tokens", headers=bearer(keys[0]))
    assert answer.status_code == 204
    for key in keys:
        problem(client.get("/editors/me", headers=bearer(key)), 401, "bad-key")
    new = make_key(owner, editor_id)
    told = client.get("/editors/me/tokens", headers=bearer(new)).json()["items"]
    assert [one["revoked-at"] is None for one in told] == [True, False, False, False]
    assert client.delete("/editors/bob/tokens", headers=bearer(root)).status_code == 204
    problem(client.get("/editors/me", headers=bearer(new)), 401, "bad-key")


def test_an_editor_takes_another_name(client, ada, root):
    answer = client.patch("/editors/me", json={"username": "Ada.Lovelace"}, headers=bearer(ada))
    assert answer.status_code == 200, answer.text
    told = client.get("/editors/ADA.lovelace").json()
    assert told == answer.json()
    assert "scopes" not in told
    assert client.get(f"/editors/{told['id']}").json() == told
    problem(client.get("/editors/ada"), 404, "no-such-editor")
    for name, status, slug in (
        ("ROOT", 409, "username-taken"),
        ("ab", 400, "bad-username"),
        ("9lives", 400, "bad-username"),
        ("a b c", 400, "bad-username"),
        ("a\0bc", 400, "validation-failed"),
        ("a" * 26, 400, "bad-username"),
    ):
        answer = client.patch("/editors/me", json={"username": name}, headers=bearer(ada))
        problem(answer, status, slug)


def test_keys_are_issued_listed_page_by_page_and_never_shown_again(client, ada):
    wanted = {"description": "loader", "scopes": ["deposit"], "expires-at": "2999-01-02T03:04:05Z"}
    answer = client.post("/editors/me/tokens", json=wanted, headers=bearer(ada))
    assert answer.status_code == 201, answer.text
    issued = answer.json()
    key = issued.pop("token")
    assert issued | wanted == issued
    assert key.startswith(f"nx_{issued['id']}_")
    assert client.get("/editors/me", headers=bearer(key)).json()["scopes"] == ["deposit"]
    used = client.get(answer.headers["location"], headers=bearer(ada)).json()
    assert issued.pop("last-used-at") is None
    assert used.pop("last-used-at") > used["created-at"]
    assert used == issued

    first = client.get("/editors/me/tokens?rows=1&cursor=*", headers=bearer(ada))
    [listed] = first.json()["items"]
    assert listed == issued | {"last-used-at": listed["last-used-at"]}
    assert key not in first.text
    assert "secret" not in first.text
    following = client.get(
        "/editors/me/tokens",
        params={"rows": 1, "cursor": first.json()["next-cursor"]},
        headers=bearer(ada),
    ).json()
    assert len(following["items"]) == 1
    assert following["next-cursor"] is None
    assert client.head("/editors/me/tokens", headers=bearer(ada)).content == b""


def test_the_use_of_a_key_is_noted_once_a_minute(client, owner, ada, fresh_database):
    def noted():
        return owner.execute("SELECT max(last_used_at) FROM catalog.token").fetchone()[0]

    garbled = ada.text()[:-4] + "aaaa"
    assert client.get("/editors/me", headers=bearer(garbled)).status_code == 401
    assert noted() is None
    assert client.get("/editors/me", headers=bearer(ada)).status_code == 200
    first = noted()
    assert client.get("/editors/me", headers=bearer(ada)).status_code == 200
    assert noted() == first is not None
    with fresh_database.connect(role=None) as admin:
        admin.execute("UPDATE catalog.token SET last_used_at = last_used_at - interval '61 s'")
    assert client.get("/editors/me", headers=bearer(garbled)).status_code == 401
    assert noted() < first
    assert client.get("/editors/me", headers=bearer(ada)).status_code == 200
    assert noted() >= first


def test_a_key_gives_no_more_than_it_has(client, owner, ada):
    small = make_key(owner, make_editor(owner, "bob"), ["account"])
    body = {"scopes": ["account", "edit"]}
    answer = client.post("/editors/me/tokens", json=body, headers=bearer(small))
    assert "account" in problem(answer, 403, "forbidden")
    answer = client.post("/editors/me/tokens", json={}, headers=bearer(small))
    assert answer.json()["scopes"] == ["account"]
    answer = client.post("/editors/me/tokens", json={"scopes": ["admin"]}, headers=bearer(ada))
    problem(answer, 403, "forbidden")


@pytest.mark.parametrize(
    "body",
    [
        {"scopes": ["everything"]},
        {"scopes": []},
        {"scopes": "edit"},
        {"expires-at": "2001-01-01T00:00:00Z"},
        {"expires-at": "2999-01-01T00:00:00"},
        {"expires-at": "soon"},
        {"description": "x" * 201},
        {"description": "\0"},
        {"secret": "mine"},
        [],
    ],
)
def test_a_key_that_cannot_be_is_refused(client, ada, body):
    answer = client.post("/editors/me/tokens", json=body, headers=bearer(ada))
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_the_scope_a_key_is_not_enough(client, owner, ada):
    small = make_key(owner, make_editor(owner, "bob"), ["edit"])
    for method, path in (
        ("PATCH", "/editors/me"),
        ("POST", "/editors/me/tokens"),
        ("GET", "/editors/me/tokens"),
        ("DELETE", "/editors/me/tokens"),
        ("POST", "/deposits"),
    ):
        # What is sent is not looked at before it is known who sends it.
        answer = client.request(method, path, headers=bearer(small), content=b"{")
        assert "edit" in problem(answer, 403, "forbidden"), (method, path)
    for method, path in (
        ("POST", "/editors"),
        ("PATCH", "/editors/bob"),
        ("DELETE", "/editors/bob/tokens"),
    ):
        problem(client.request(method, path, headers=bearer(ada)), 403, "forbidden")


def test_keys_of_others_cannot_be_seen_or_revoked(client, ada, root):
    path = f"/editors/me/tokens/{root.text()[3:29]}"
    for method in ("GET", "DELETE"):
        problem(client.request(method, path, headers=bearer(ada)), 404, "no-such-token")
        problem(client.request(method, path[:-1], headers=bearer(ada)), 404, "no-such-token")
    assert client.get(path, headers=bearer(root)).status_code == 200


def test_an_admin_makes_an_editor_with_a_key_and_changes_it(client, root):
    body = {"username": "loader", "bot": True}
    answer = client.post("/editors", json=body, headers=bearer(root))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    key = told.pop("token")
    assert client.get(answer.headers["location"]).json() == told
    assert (told["role"], told["bot"], told["active"]) == ("editor", True, True)
    problem(client.post("/editors", json=body, headers=bearer(root)), 409, "username-taken")

    change = {"role": "admin", "username": "chief"}
    answer = client.patch("/editors/LOADER", json=change, headers=bearer(root))
    assert (answer.json()["role"], answer.json()["username"]) == ("admin", "chief")
    # The key was issued to an editor: it is good for what it was issued for.
    assert client.get("/editors/me", headers=bearer(key)).json()["scopes"] == [
        "account",
        "deposit",
        "edit",
        "member",
    ]
    problem(client.post("/editors", json=body, headers=bearer(key)), 403, "forbidden")


def test_an_admin_no_more_is_none_at_once(client, owner, root):
    other = make_key(owner, make_editor(owner, "boss", EditorRole.ADMIN))
    body = {"role": "editor"}
    assert client.patch("/editors/root", json=body, headers=bearer(other)).status_code == 200
    problem(client.patch("/editors/boss", json=body, headers=bearer(root)), 403, "forbidden")


def test_the_editors_of_the_system_are_changed_by_nobody(client, root):
    for name in ("vulcanus", "anonymous"):
        for body in ({"username": "mine"}, {"role": "editor"}, {"active": False}):
            problem(
                client.patch(f"/editors/{name}", json=body, headers=bearer(root)),
                403,
                "not-allowed",
            )
        problem(client.delete(f"/editors/{name}/tokens", headers=bearer(root)), 403, "not-allowed")
        assert client.get(f"/editors/{name}").json()["username"] == name


def test_a_deposit_with_a_key_is_in_the_name_of_its_editor(client, owner, ada):
    body = {"records": [{"doi": "10.5555/k", "metadata": {"type": "book", "title": ["A"]}}]}
    whose = "SELECT e.username FROM nauvis.deposit AS d JOIN catalog.editor AS e USING (editor_id)"
    headers = {"Idempotency-Key": "one"}
    mine = client.post("/deposits", json=body, headers=headers | bearer(ada))
    again = client.post("/deposits", json=body, headers=headers | bearer(ada))
    open_one = client.post("/deposits", json=body, headers=headers)
    assert {mine.status_code, again.status_code, open_one.status_code} == {202}
    assert mine.headers["location"] == again.headers["location"]
    assert mine.headers["location"] != open_one.headers["location"]
    rows = owner.execute(f"{whose} ORDER BY d.received_at").fetchall()
    assert rows == [("ada",), ("anonymous",)]


def test_where_deposits_are_not_open_a_key_opens_them(fresh_database, ada):
    settings = fresh_database.settings.model_copy(update={"open_deposits": False})
    body = {"records": [{"doi": "10.5555/k", "metadata": {"type": "book", "title": ["A"]}}]}
    with serving(settings) as client:
        for path, sent in (("/deposits", body), ("/croids", {"count": 1})):
            problem(client.post(path, json=sent), 401, "key-required")
            assert client.post(path, json=sent, headers=bearer(ada)).status_code in {201, 202}


def test_the_contract_says_what_needs_which_key(client):
    contract = client.get("/openapi.json").json()
    assert set(contract["components"]["securitySchemes"]) == {"bearer", "basic"}
    paths = contract["paths"]
    assert paths["/editors"]["post"]["security"] == [{"bearer": ["admin"]}, {"basic": ["admin"]}]
    assert {} in paths["/deposits"]["post"]["security"]
    assert "security" not in paths["/works"]["get"]
    for path in paths.values():
        for operation in path.values():
            assert ("security" in operation) == ("401" in operation["responses"])
