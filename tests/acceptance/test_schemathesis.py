"""The whole application is asked for all that its contract holds, and answers as the contract says.

`make test` asks for what covers every schema, in the same way each time; `make faults` goes on at
random, with each kind of key and with none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import orjson
import pytest
from litestar import Response, get
from litestar.params import QueryParameter
from litestar.routes import HTTPRoute

from acceptance.contract import Asking, Outcome, run
from api.conftest import NOWHERE
from api.keyring import make_editor, make_key
from api.test_examples import FILES, FOLDER, fill, read
from api.test_members import make_member, make_member_key
from nexus_api.app import create_app
from nexus_api.describing import JSON, described
from nexus_api.openapi import contract_get
from nexus_hub.catalog.queries.models import EditorRole
from nexus_hub.croid.codec import encode
from nexus_hub.nauvis.queries.models import MemberRole
from nexus_hub.platform.config import Settings
from serving import serving
from stories.hub import OXFORD, Hub

IS_LONG = os.environ.get("NEXUS_FAULTS") == "long"
OF_MEMBERS = frozenset({"deposit", "member"})
"""What a member's key is good for; editors have others."""

Few = Annotated[int, QueryParameter(schema_extra={"maximum": 9})]
SQL = ("' OR ''='", "1; DROP TABLE catalog.ident CASCADE; --", "%') UNION SELECT NULL --", "$1\\")
OF_FATCAT = ("expand", "hide", "limit", "since", "before", "doi")
"""Parameters of routes that are outside the contract, since it is somebody else's."""


@dataclass
class Filled:
    """A hub in which there is something of each kind, with keys that are made when needed."""

    hub: Hub
    member_id: int
    values: dict[str, list[str]]

    def member_key(self) -> str:
        """A new key of the owner of the prefix under which things are."""
        with self.hub.database.connect() as connection:
            return make_member_key(connection, self.member_id, MemberRole.OWNER).text()

    def editor_key(self) -> str:
        """A key of a new editor who may do everything; the old one may have been switched off."""
        with self.hub.database.connect() as connection:
            name = f"asking-{os.urandom(4).hex()}"
            return make_key(connection, make_editor(connection, name, EditorRole.ADMIN)).text()


@pytest.fixture
def filled(fresh_database: Any) -> Iterator[Filled]:
    """A hub after all the examples were sent to it."""
    settings = fresh_database.settings
    with serving(settings) as client:
        hub = Hub(client, settings, fresh_database)
        with fresh_database.connect() as connection:
            roles = [
                (role, make_key(connection, make_editor(connection, f"example-{role}", role)))
                for role in EditorRole
            ]
        hub.organisations(OXFORD)
        with hub.working():
            for name in FILES:
                _send(
                    client, (FOLDER / name).read_text(), {role: key.text() for role, key in roles}
                )
        with fresh_database.connect() as connection:
            member_id, _ = make_member(connection, "Press", "10.5555")
        yield Filled(hub, member_id, _values(fresh_database, member_id))


def _send(client: Any, text: str, keys: dict[str, str]) -> None:
    for role, key in keys.items():
        text = text.replace(f"{{{{{role}}}}}", key)
    answers: dict[str, Any] = {}
    for one in read(text):
        headers = {name: fill(value, answers) for name, value in one.headers.items()}
        answers[one.name] = client.request(
            one.method,
            fill(one.path, answers),
            headers=headers,
            content=fill(one.body, answers) or None,
            follow_redirects=False,
        )


def _values(database: Any, member_id: int) -> dict[str, list[str]]:
    """Values of path parameters, by the names they have everywhere, that lead to something."""
    with database.connect(None) as connection:
        dois = "SELECT value FROM croid.identifier WHERE scheme = 'doi' ORDER BY 1 LIMIT 8"
        croids = "SELECT croid FROM catalog.ident ORDER BY 1 LIMIT 8"
        names = [value for (value,) in connection.execute(dois)]
        objects = [encode(croid) for (croid,) in connection.execute(croids)]
    return {
        "doi": names,
        "name": [*names, *objects],
        "croid": objects,
        "ror": ["052gg0110"],
        "media_type": ["application/json", "application/vnd.citationstyles.csl+json"],
        "scheme": ["doi"],
        "value": names,
        "member": [str(member_id)],
    }


def _scopes(context: Any) -> set[str]:
    wanted = context.operation.definition.raw.get("security", [])
    return {scope for one in wanted for scopes in one.values() for scope in scopes}


def _of_members(context: Any) -> bool:
    scopes = _scopes(context)
    return not scopes or bool(scopes & OF_MEMBERS)


def _of_editors(context: Any) -> bool:
    return not _of_members(context)


def _ask(
    filled: Filled, make_key: Callable[[], str] | None, only: Callable[[Any], bool], **more: Any
) -> Outcome:
    with filled.hub.working():
        asking = Asking(values=filled.values, only=only, **more)
        return run(create_app(filled.hub.settings), make_key, asking)


def _contract(hub: Hub) -> dict[str, Any]:
    return orjson.loads(hub.client.get("/openapi.json").content)


def _gets(hub: Hub) -> dict[str, list[str]]:
    """Every path that is got, in the contract or not, with the names of its query parameters."""
    told = {
        path: [one["name"] for one in item["get"].get("parameters", ()) if one["in"] == "query"]
        for path, item in _contract(hub)["paths"].items()
        if "get" in item
    }
    for route in hub.client.app.routes:
        if isinstance(route, HTTPRoute) and "GET" in route.methods:
            path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path_format)
            told.setdefault(path.removeprefix("/resolver"), list(OF_FATCAT))
    return told


def _filled_in(path: str, values: dict[str, list[str]], **others: str) -> str:
    """The path with a value for each of its parameters."""

    def value(found: re.Match[str]) -> str:
        return quote(others.get(found[1]) or values.get(found[1], ["1"])[0], safe="")

    return re.sub(r"\{(\w+)\}", value, path)


@pytest.mark.skipif(IS_LONG, reason="the long form asks for all of this and more")
def test_a_member_is_answered_as_the_contract_says(filled: Filled) -> None:
    outcome = _ask(filled, filled.member_key, _of_members, examples=1)
    assert not outcome.told(), outcome.told()


@pytest.mark.skipif(IS_LONG, reason="the long form asks for all of this and more")
def test_an_editor_is_answered_as_the_contract_says(filled: Filled) -> None:
    outcome = _ask(filled, filled.editor_key, _of_editors, examples=2)
    assert not outcome.told(), outcome.told()


@pytest.mark.skipif(not IS_LONG, reason="NEXUS_FAULTS=long asks at random, for minutes")
@pytest.mark.hypothesis
@pytest.mark.parametrize("who", ["member", "editor", "nobody"])
def test_whoever_asks_at_random_is_answered_as_the_contract_says(filled: Filled, who: str) -> None:
    make_key = {"member": filled.member_key, "editor": filled.editor_key}.get(who)
    outcome = _ask(filled, make_key, lambda context: True, examples=100, steps=8, seed=None)
    assert not outcome.told(), outcome.told()


def test_what_is_not_as_the_contract_says_is_found(tmp_path: Path) -> None:
    @get("/failing", operation_class=described({JSON: {"n": 1}}, headers=()))
    async def failing() -> Response[Any]:
        raise RuntimeError("nobody foresaw this")

    @get("/odd", operation_class=described({JSON: {"n": 1}}, headers=()))
    async def odd() -> Response[Any]:
        return Response({"n": 1}, status_code=418)

    @get("/other", operation_class=described({JSON: {"n": 1}}, headers=()))
    async def other() -> Response[Any]:
        return Response({"n": "one"})

    @get("/text", operation_class=described({JSON: {"n": 1}}, headers=()))
    async def text() -> Response[Any]:
        return Response("1", media_type="text/plain")

    @get("/careless", operation_class=described({JSON: {"n": 1}}, headers=()))
    async def careless(
        n: Annotated[int, QueryParameter(schema_extra={"maximum": 9})] = 1,
    ) -> Response[Any]:
        return Response({"n": n})

    settings = Settings(home=tmp_path, database_url=NOWHERE)
    app = create_app(settings, [contract_get, failing, odd, other, text, careless])
    outcome = run(app, None, Asking())
    found = {(check, label, status) for check, label, status, _ in outcome.found}
    assert found >= {
        ("not_a_server_error", "GET /failing", 500),
        ("status_code_conformance", "GET /odd", 418),
        ("response_schema_conformance", "GET /other", 200),
        ("content_type_conformance", "GET /text", 200),
        ("negative_data_rejection", "GET /careless", 200),
    }
    assert {label for _, label, _ in found} == {
        "GET /failing", "GET /odd", "GET /other", "GET /text", "GET /careless"
    }  # fmt: skip


def test_head_is_answered_wherever_get_is(filled: Filled) -> None:
    client = filled.hub.client
    headers = {"Authorization": f"Bearer {filled.member_key()}"}
    for path in _gets(filled.hub):
        asked = _filled_in(path, filled.values)
        got = client.get(asked, headers=headers, follow_redirects=False)
        head = client.head(asked, headers=headers, follow_redirects=False)
        assert (head.status_code, head.content) == (got.status_code, b""), asked
        assert head.headers.get("content-type") == got.headers.get("content-type"), asked
        allowed = client.options(asked).headers["allow"]
        assert {"GET", "HEAD"} <= set(allowed.split(", ")), (asked, allowed)


def test_sql_in_any_parameter_is_a_value_like_any_other(filled: Filled) -> None:
    client = filled.hub.client
    with filled.hub.database.connect() as connection:
        before = connection.execute("SELECT count(*) FROM catalog.ident").fetchone()
    for path, names in _gets(filled.hub).items():
        place = _filled_in(path, filled.values)
        asked = [f"{place}?{quote(name)}={quote(sql)}" for name in names for sql in SQL]
        for name in re.findall(r"\{(\w+)\}", path):
            asked += [_filled_in(path, filled.values, **{name: sql}) for sql in SQL]
        for one in asked:
            answer = client.get(one, follow_redirects=False)
            assert answer.status_code < 500, (one, answer.text)
    with filled.hub.database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM catalog.ident").fetchone() == before
