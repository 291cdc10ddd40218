"""Whatever is done to a DOI in whatever order, its state is what a small model says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults import flow
from faults.flow import drain, one, record, verdicts
from nexus_hub.nauvis import handles, service
from nexus_hub.nauvis.queries import deposit, handle, member

STATES = ("draft", "registered", "findable")
LEGAL = {None: STATES, "draft": STATES, "registered": STATES[1:], "findable": STATES[1:]}
PREFIX = "10.5557"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture(scope="module")
def press(shared: flow.Shared) -> Iterator[tuple[psycopg.Connection[Any], Any]]:
    with shared.connect() as connection:
        number = member.member_create(connection, name="Model Press", prefixes=[PREFIX])
        connection.commit()
        row = member.member_get(connection, member_id=number)
        assert row is not None
        connection.commit()
        yield connection, row.bot_id


def send(connection: psycopg.Connection[Any], bot: Any, told: dict[str, Any]) -> Any:
    with connection.transaction():
        read = service.read(json.dumps({"records": [told]}).encode(), editor_id=bot)
        handles.complete(connection, read)
        made = deposit.deposit_take(connection, **read.call)
    connection.commit()
    return made


@given(steps=st.lists(st.sampled_from([*STATES, "delete", "again"]), min_size=1, max_size=6))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_doi_is_always_in_the_state_of_the_model(shared, press, steps: list[str]) -> None:
    connection, bot = press
    doi = f"{PREFIX}/{uuid4().hex}"
    state: str | None = None
    refusals: set[str | None] = set()
    for n, step in enumerate(steps):
        if step == "delete":
            try:
                with connection.transaction():
                    handle.handle_delete(connection, editor_id=bot, doi=doi, expected_id=None)
                state = None if state == "draft" else "registered"
            except psycopg.Error as error:
                refusals.add(error.diag.message_primary)
            connection.commit()
        elif step == "again" and state is not None:
            made = send(connection, bot, {"doi": doi, "state": state})
            drain(shared)
            assert verdicts(connection, made)[0].result != "rejected"
        elif step != "again":
            made = send(connection, bot, record(doi, f"Title {n}") | {"state": step})
            drain(shared)
            is_legal = step in LEGAL[state]
            assert (verdicts(connection, made)[0].result != "rejected") == is_legal
            state = step if is_legal else state
        connection.commit()
        found = "SELECT nauvis.state_of(croid)::text FROM croid.identifier WHERE value = %s"
        kept = "SELECT count(*) FROM nauvis.handle WHERE doi = %s"
        row = connection.execute(found, [doi]).fetchone()
        assert (row[0] if row else None) == state
        assert one(connection, kept, doi) == (state in ("draft", "registered"))
        connection.commit()
    assert refusals <= {"no-such-doi", "doi-deleted"}
