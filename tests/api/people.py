"""An editor and an admin who write over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from api.keyring import bearer, make_editor, make_key
from nexus_hub.catalog.queries.models import EditorRole
from stories.hub import Hub

CREATOR = {"display_name": "Ada Lovelace"}


@dataclass
class Person:
    """Somebody with a key, who writes."""

    client: Any
    headers: dict[str, str]

    def send(self, method: str, path: str, status: int, body: Any = None, **headers: str) -> Any:
        """The answer, which has this status."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {} if body is None else {"json": body}
        answer = self.client.request(
            method, path, headers=self.headers | named, follow_redirects=False, **sent
        )
        assert answer.status_code == status, answer.text
        if status >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
        return answer

    def post(self, path: str, status: int, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, status, body, **headers)

    def editgroup(self, *edits: dict[str, Any]) -> str:
        """The path of a new editgroup with these edits."""
        path = self.post("/editgroups", 201, {}).headers["location"]
        if edits:
            self.post(f"{path}/edits", 201, {"edits": edits})
        return path


@pytest.fixture
def people(hub: Hub) -> tuple[Person, Person]:
    """ada, an editor, and root, an admin."""
    with hub.database.connect() as connection:
        connection.autocommit = True
        ada = make_key(connection, make_editor(connection, "ada"))
        root = make_key(connection, make_editor(connection, "root", EditorRole.ADMIN))
    return Person(hub.client, bearer(ada)), Person(hub.client, bearer(root))


def create(**members: Any) -> dict[str, Any]:
    return {"action": "create", "kind": "creator", "record": CREATOR | members}


def slug(answer: Any) -> str:
    return answer.json()["type"].removeprefix("/problems/")
