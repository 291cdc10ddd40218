"""What is made of a record alone: told in its layers, off with one UPDATE, and back again."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from faults import flow
from faults.flow import drain, one, record, take_records

BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def database(fresh_database: Any) -> Any:
    return fresh_database


@pytest.fixture
def worker(database: Any) -> Iterator[psycopg.Connection[Any]]:
    with database.connect() as connection:
        yield connection


def layered(connection: psycopg.Connection[Any], doi: str) -> dict[str, Any]:
    """The elements of the layers in force on a work, by strategy."""
    rows = connection.execute(
        "SELECT l.strategy, l.patch FROM vulcanus.layer AS l JOIN croid.identifier AS i"
        " USING (croid) WHERE i.value = %s AND l.retired_at IS NULL",
        [doi],
    ).fetchall()
    connection.commit()
    return dict(rows)


def switch(database: Any, strategy: str, is_on: bool) -> None:
    with database.connect(None) as owner:
        owner.execute(
            "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = %s", [is_on, strategy]
        )


def test_licence_has_its_identifier_until_the_strategy_is_switched_off(database, worker) -> None:
    given = record("10.5555/open", license=[{"URL": BY, "content-version": "vor"}])
    take_records(worker, [given, record("10.5555/closed")])
    drain(database)
    assert flow.bodies(worker)["10.5555/open"]["license"][0]["spdx"] == "CC-BY-4.0"
    assert "licence-spdx" not in layered(worker, "10.5555/closed")
    switch(database, "licence-spdx", is_on=False)
    drain(database)
    assert flow.bodies(worker)["10.5555/open"]["license"] == given["metadata"]["license"]
    switch(database, "licence-spdx", is_on=True)
    drain(database)
    assert flow.bodies(worker)["10.5555/open"]["license"][0]["spdx"] == "CC-BY-4.0"
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


def test_what_was_read_here_can_be_deposited_again(database, worker) -> None:
    take_records(worker, [record("10.5555/open", license=[{"URL": BY}])])
    drain(database)
    before = flow.bodies(worker)["10.5555/open"]
    take_records(worker, [{"doi": "10.5555/open", "metadata": before}])
    drain(database)
    assert flow.bodies(worker)["10.5555/open"] == before
    told = "SELECT result, problems FROM nauvis.deposit_change ORDER BY deposit_id DESC LIMIT 1"
    assert worker.execute(told).fetchone() == ("unchanged", None)
