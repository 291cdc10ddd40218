"""Whatever is sent as edits, it is taken or it is refused: never a failure of the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from api.keyring import bearer, make_editor, make_key
from faults.flow import shared_database
from nexus_hub.catalog.kinds import KINDS
from nexus_hub.catalog.queries.models import EditorRole
from serving import serving

HARD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ACTIONS = ("create", "update", "revert", "redirect", "delete")
MEMBERS = ("action", "kind", "croid", "record", "revision", "into", "expect", "extra")
REVISION = "019a0000-0000-7000-8000-000000000002"


@dataclass
class Door:
    """A service, an admin's key, an open editgroup and a live object."""

    client: TestClient[Any]
    headers: dict[str, str]
    editgroup: str
    croid: str

    def send(self, path: str, content: bytes, method: str = "POST") -> Any:
        headers = self.headers | {"content-type": "application/json", "if-match": "*"}
        answer = self.client.request(method, path, content=content, headers=headers)
        assert answer.status_code < 500, (path, content, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
        return answer


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with shared_database(tmp_path_factory.mktemp("home")) as database:
        with database.connect() as connection:
            admin = make_editor(connection, "root", EditorRole.ADMIN)
            headers = bearer(make_key(connection, admin))
            connection.commit()
        with serving(database.settings) as client:
            group = client.post("/editgroups", json={}, headers=headers).headers["location"]
            new = {"kind": "creator", "record": {"display_name": "Ada"}}
            croid = client.post("/cro", json=new, headers=headers).json()["croid"]
            yield Door(client, headers, group, croid)


TEXTS = st.text(max_size=8) | st.sampled_from(
    ["0" * 26, "z" * 26, REVISION, "10.5555/a", "0000-0002-1825-0097", "\0", "\ud800", "2024-02-30"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.sampled_from(MEMBERS), inner)
    ),
    max_leaves=8,
)
NAMES = sorted({name for kind in KINDS.values() for name in kind.shape.members})


@st.composite
def edits(draw: st.DrawFn) -> Any:
    """An edit with a slip or two."""
    record = draw(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
    edit = {
        "action": draw(st.sampled_from(ACTIONS)),
        "kind": draw(st.sampled_from(sorted(KINDS))),
        "record": record | draw(st.sampled_from([{}, {"title": ["A"], "display_name": "A"}])),
        "croid": draw(TEXTS),
    }
    return draw(st.sampled_from([edit, edit | {draw(st.sampled_from(MEMBERS)): draw(VALUES)}]))


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


@HARD
@given(VALUES | st.fixed_dictionaries({"edits": VALUES | st.lists(edits() | VALUES, max_size=3)}))
@example({"edits": [{"action": "delete"}]})
@example({"edits": [{"action": "create", "kind": "creator", "record": {"display_name": "\0"}}]})
@example({"edits": [{"action": "create", "kind": "file", "record": {"size": 2**80}}]})
@example({"edits": [{"action": "create", "kind": "work", "record": {}, "extra": {"layers": []}}]})
def test_odd_edits_are_taken_or_refused(door: Door, body: Any) -> None:
    assert door.send(f"{door.editgroup}/edits", written(body)).status_code in {201, 400, 404, 409}


@HARD
@given(VALUES | st.dictionaries(st.sampled_from([*MEMBERS, "description", "reason"]), VALUES))
def test_odd_bodies_are_taken_or_refused_everywhere(door: Door, body: Any) -> None:
    content = written(body)
    for path in (
        "/editgroups",
        "/editgroups/batch",
        f"{door.editgroup}/annotations",
        f"/editgroups/{REVISION}/revert",
        "/cro",
        f"/cro/{door.croid}/merge",
        f"/cro/{door.croid}/revisions/{REVISION}/redact",
    ):
        door.send(path, content)
    door.send(f"/cro/{door.croid}?editgroup={REVISION}", content, "PUT")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 5000, b'"', b"1e999", b"null"])
def test_what_is_no_object_of_json_is_refused(door: Door, content: bytes) -> None:
    for path in (f"{door.editgroup}/edits", "/editgroups/batch", "/cro"):
        assert door.send(path, content).status_code == 400


def test_what_is_said_to_be_something_else_is_refused(door: Door) -> None:
    headers = door.headers | {"content-type": "text/csv"}
    answer = door.client.post("/cro", content=b"{}", headers=headers)
    assert answer.status_code == 415
