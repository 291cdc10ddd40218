"""Whatever stands in an Authorization header, it is a good key or it is refused with 401."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from api.keyring import make_editor, make_key
from faults.flow import shared_database
from nexus_hub.catalog.credentials import Key, read_header
from serving import serving

ROUTES = (("GET", "/editors/me"), ("POST", "/editors"), ("POST", "/deposits"), ("POST", "/croids"))
SCHEMES = st.sampled_from(
    ["Bearer ", "bearer ", "Basic ", "BASIC  ", "Digest ", "Token ", "nx_", ""]
)
VISIBLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"))
BYTES = st.binary(max_size=120).map(lambda raw: base64.b64encode(raw).decode())
HARD = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Door:
    """A service that lets everybody deposit, and one good key."""

    client: TestClient[Any]
    key: Key

    def statuses(self, header: str) -> set[int]:
        sent = {"Authorization": header.encode("latin-1")}
        answers = [self.client.request(*route, headers=sent) for route in ROUTES]
        for answer in answers:
            assert answer.headers["content-type"] == "application/problem+json", answer.text
        return {answer.status_code for answer in answers}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with shared_database(tmp_path_factory.mktemp("home")) as database:
        with database.connect() as connection:
            key = make_key(connection, make_editor(connection, "ada"))
            connection.commit()
        with serving(database.settings) as client:
            yield Door(client, key)


@HARD
@given(st.tuples(SCHEMES, VISIBLE | BYTES).map("".join))
@example("")
@example(" ")
@example("Basic Og==")
@example("Bearer nx_" + "0" * 26 + "_" + "a" * 52)
@example("Bearer nx_" + "z" * 26 + "_" + "a" * 52)
@example("Basic " + "A" * 100_000)
def test_what_is_no_key_is_refused_everywhere(door: Door, header: str) -> None:
    assert door.statuses(header) == {401}


@st.composite
def changes(draw: st.DrawFn) -> tuple[int, int, str]:
    """Where a text is changed, how many characters go, and which come instead."""
    letters = st.text("0123456789abcdefghijklmnopqrstuvwxyz_:N ", max_size=2)
    return draw(st.integers(0, 82)), draw(st.integers(0, 3)), draw(letters)


@HARD
@given(changes())
def test_a_good_key_with_a_slip_of_the_pen_is_refused_everywhere(
    door: Door, change: tuple[int, int, str]
) -> None:
    at, gone, come = change
    text = door.key.text()
    slipped = text[:at] + come + text[at + gone :]
    header = f"Bearer {slipped}"
    if read_header(header) != door.key:
        assert door.statuses(header) == {401}
    else:
        assert slipped.strip() == text
    pair = slipped.removeprefix("nx_").replace("_", ":", 1).encode()
    header = f"Basic {base64.b64encode(pair).decode()}"
    if read_header(header) != door.key:
        assert door.statuses(header) == {401}


@given(st.text() | st.tuples(SCHEMES, st.text()).map("".join))
def test_reading_a_header_never_fails(header: str) -> None:
    assert read_header(header) is None


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_a_key_is_read_as_it_was_written_and_shows_no_secret(token_id, secret) -> None:
    key = Key(token_id, secret)
    pair = key.text().removeprefix("nx_").replace("_", ":").encode()
    assert read_header(f"Bearer {key.text()}") == key
    assert read_header(f"Basic {base64.b64encode(pair).decode()}") == key
    assert key.text()[30:] not in repr(key)
    assert repr(secret) not in repr(key)
