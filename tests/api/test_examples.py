"""The examples in `api/examples` are sent in order, and answered as they say."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from api.keyring import make_editor, make_key
from nexus_hub.catalog.queries.models import EditorRole
from stories.hub import Hub, hub

__all__ = ["hub"]
FOLDER = Path(__file__).parents[2] / "api" / "examples"
FILES = sorted(path.name for path in FOLDER.glob("*.http"))
VARIABLE = re.compile(r"\{\{(\w+)\.response\.(headers|body)\.([^}]+)\}\}")
HEADER = re.compile(r"([A-Za-z-]+): (.+)")


@dataclass
class Exchange:
    """One request and what is expected of its answer."""

    title: str
    name: str = ""
    method: str = ""
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    expected: list[str] = field(default_factory=list)


def read(text: str) -> Iterator[Exchange]:
    for block in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        title, *lines = block.splitlines()
        exchange = Exchange(title)
        for line in lines:
            if line.startswith("# < "):
                exchange.expected.append(line[4:])
            elif line.startswith("# @name "):
                exchange.name = line[8:].strip()
            elif not exchange.method:
                exchange.method, _, exchange.path = line.partition(" ")
            elif not exchange.body and (found := HEADER.fullmatch(line)):
                exchange.headers[found[1]] = found[2]
            elif exchange.body or line:
                exchange.body += line + "\n"
        yield exchange


@pytest.fixture
def keys(hub: Hub) -> dict[str, str]:
    """The keys that the examples name."""
    with hub.database.connect() as connection:
        return {
            role.value: make_key(
                connection, make_editor(connection, f"example-{role.value}", role)
            ).text()
            for role in EditorRole
        }


def fill(text: str, answers: dict[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        answer = answers[found[1]]
        if found[2] == "headers":
            return answer.headers[found[3]]
        told = answer.json()
        for step in found[3].removeprefix("$.").split("."):
            told = told[int(step)] if isinstance(told, list) else told[step]
        return str(told)

    return VARIABLE.sub(value, text.replace("{{host}}", ""))


def check(expected: Any, told: Any, at: str = "") -> None:
    """Fail where what is expected is not part of what is told."""
    if isinstance(expected, dict):
        assert isinstance(told, dict), at
        for name, value in expected.items():
            assert name in told, f"{at}/{name}"
            check(value, told[name], f"{at}/{name}")
    elif isinstance(expected, list):
        assert isinstance(told, list), at
        assert len(told) >= len(expected), at
        assert told == [] or expected, f"{at} is not empty"
        for n, value in enumerate(expected):
            check(value, told[n], f"{at}/{n}")
    elif isinstance(expected, str) and "*" in expected:
        assert fnmatchcase(str(told), expected), f"{at}: {told}"
    else:
        assert told == expected, at


def verify(exchange: Exchange, answer: Any, answers: dict[str, Any]) -> None:
    status, *rest = [fill(line, answers) for line in exchange.expected]
    assert answer.status_code == int(status), answer.text
    while rest and (found := HEADER.fullmatch(rest[0])):
        assert fnmatchcase(answer.headers[found[1]], found[2]), found[1]
        rest.pop(0)
    body = "\n".join(rest)
    if body.startswith("{"):
        check(json.loads(body), json.loads(answer.text))
    else:
        assert body in answer.text


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_answered_as_it_says(hub: Hub, keys: dict[str, str], name: str):
    text = (FOLDER / name).read_text()
    for role, key in keys.items():
        text = text.replace(f"{{{{{role}}}}}", key)
    exchanges = list(read(text))
    assert exchanges
    answers: dict[str, Any] = {}
    with hub.working():
        for exchange in exchanges:
            assert exchange.expected, exchange.title
            answer = hub.client.request(
                exchange.method,
                fill(exchange.path, answers),
                headers={key: fill(value, answers) for key, value in exchange.headers.items()},
                content=fill(exchange.body, answers) or None,
                follow_redirects=False,
            )
            verify(exchange, answer, answers)
            answers[exchange.name] = answer


def test_every_room_with_routes_of_its_own_has_examples():
    assert FILES == [
        "changes.http",
        "corrections.http",
        "deposit-formats.http",
        "deposits.http",
        "editors.http",
        "edits.http",
        "names.http",
        "reports.http",
        "works.http",
    ]


def test_an_expectation_that_does_not_hold_fails():
    for expected, told in (
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {}),
        ([], [1]),
        ([1, 2], [1]),
        ({"a": "x*"}, {"a": "yx"}),
        ({"a": None}, {"a": 0}),
    ):
        with pytest.raises(AssertionError):
            check(expected, told)
