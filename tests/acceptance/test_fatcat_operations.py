"""Every operation that fatcat-openapi-client 0.5.0 knows is answered, each with a real answer."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import httpx
import pytest

from acceptance.test_fatcat_client import client_of, opened
from api.keyring import bearer, make_editor, make_key
from nexus_hub.catalog.queries.models import EditorRole

with warnings.catch_warnings():
    # Its patterns hold escapes that Python warns of when it compiles them.
    warnings.simplefilter("ignore")
    import fatcat_openapi_client as fatcat
    from fatcat_openapi_client.api import default_api

_CALL = re.compile(r"def (\w+)_with_http_info\(.*?call_api\(\s*'([^']+)', '(\w+)'", re.DOTALL)
OPERATIONS = {
    name: (method, path)
    for name, path, method in _CALL.findall(Path(default_api.__file__).read_text())
}
SHA1 = "f1d2d2f924e986ac86fdf7b36c94bcdf32beec15"
MOMENT = "2016-09-19T17:20:24Z"
BODIES: dict[str, dict[str, Any]] = {
    "container": {"name": "Salt", "issnl": "0378-5955"},
    "creator": {"display_name": "A. Ng", "orcid": "0000-0002-1694-233X"},
    "file": {"sha1": SHA1, "release_ids": []},
    "fileset": {"manifest": [{"path": "a.csv", "size": 1}], "release_ids": []},
    "release": {"title": "On Salt", "ext_ids": {"doi": "10.5555/operation"}},
    "webcapture": {
        "original_url": "https://example.org/",
        "timestamp": MOMENT,
        "cdx": [],
        "archive_urls": [{"url": "https://a.example/", "rel": "wayback"}],
        "release_ids": [],
    },
    "work": {},
}
LOOKUPS = {
    "container": {"issnl": "0378-5955"},
    "creator": {"orcid": "0000-0002-1694-233X"},
    "editor": {"username": "operator"},
    "file": {"sha1": SHA1},
    "release": {"doi": "10.5555/operation"},
}


@pytest.fixture(scope="module")
def key(shared_database) -> str:
    """The key of an admin."""
    with shared_database.connect() as connection:
        connection.autocommit = True
        return make_key(connection, make_editor(connection, "operator", EditorRole.ADMIN)).text()


@pytest.fixture(scope="module")
def http(service, key):
    with httpx.Client(base_url=f"{service}/v0", headers=bearer(key), timeout=30) as plain:
        yield plain


@pytest.fixture(scope="module")
def entities(http, service, key) -> dict[str, dict[str, Any]]:
    """The edit that made an entity of each kind."""
    group = opened(client_of(service, key))
    made = {}
    for kind, body in BODIES.items():
        answer = http.post(f"/editgroup/{group}/{kind}", json=body)
        assert answer.status_code == 201, answer.text
        made[kind] = answer.json()
    assert http.post(f"/editgroup/{group}/accept").status_code == 200
    return made


def kind_of(path: str) -> str:
    """The kind that a path is about, where it is about one."""
    return next((part for part in path.split("/") if part in BODIES), "")


def request_of(operation: str, path: str, kind: str) -> dict[str, Any]:
    """What is sent beside the path."""
    if operation.startswith("lookup_"):
        return {"params": LOOKUPS[operation.removeprefix("lookup_")]}
    if operation.endswith("_auto_batch"):
        body = {
            name: value for name, value in BODIES[kind].items() if name not in ("ext_ids", "orcid")
        }
        body |= {"ext_ids": {}} if kind == "release" else {}
        return {"json": {"editgroup": {}, "entity_list": [body]}}
    if operation.startswith(("create_", "update_")) and kind:
        body = BODIES[kind] | {"extra": {"changed": "by the test"}}
        if operation.startswith("create_"):
            body = {n: v for n, v in body.items() if n != "orcid"}
            body |= {"ext_ids": {}} if kind == "release" else {}
        return {"json": body}
    if operation == "auth_oidc":
        told = {"provider": "x", "sub": "x", "iss": "x", "preferred_username": "x"}
        return {"json": told}
    return {"json": {}} if operation.startswith(("create_", "update_")) else {}


def test_the_client_knows_as_many_operations_as_were_counted():
    methods = [name for name in dir(fatcat.DefaultApi) if name.endswith("_with_http_info")]
    assert {name.removesuffix("_with_http_info") for name in methods} == OPERATIONS.keys()
    assert len(OPERATIONS) == 96


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_operation_is_answered(http, service, key, entities, operation):
    method, path = OPERATIONS[operation]
    kind = kind_of(path)
    group = opened(client_of(service, key))
    edit = entities.get(kind, entities["work"])
    if path.endswith("/edit/{edit_id}") and method == "DELETE":
        body = BODIES[kind] | {"extra": {"for": operation}}
        body = {name: value for name, value in body.items() if name != "orcid"}
        body |= {"ext_ids": {}} if kind == "release" else {}
        edit = http.post(f"/editgroup/{group}/{kind}", json=body).json()
    me = http.get("/editor/lookup", params={"username": "operator"}).json()["editor_id"]
    filled = path.format(
        editgroup_id=group,
        ident=edit["ident"],
        edit_id=edit["edit_id"],
        rev_id=edit["revision"],
        editor_id=me,
        index=1,
    )
    answer = http.request(method, filled, **request_of(operation, path, kind))
    if operation == "auth_oidc":
        assert answer.status_code == 501
        assert answer.json()["error"] == "no-log-in"
        assert httpx.post(f"{service}/v0/auth/oidc", json={}).status_code == 401
        return
    assert answer.status_code in (200, 201), f"{method} {filled}: {answer.text}"
    assert answer.json() is not None
