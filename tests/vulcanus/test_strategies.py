"""Layers of strategies: made once, looked at again when they are stale, gone when switched off."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import author, drain, one, organisation, record, take_records
from nexus_hub.fulgora import service as fulgora

LAYERS = """
SELECT l.patch, l.retired_at IS NULL, l.inputs_index, l.source_version, l.layer_id::text
FROM vulcanus.layer AS l JOIN croid.identifier AS i USING (croid)
WHERE i.value = %s ORDER BY l.asserted_at, l.retired_at NULLS LAST
"""
HISTORY = """
SELECT e.extra -> 'layers', catalog.read_body(e.croid, e.revision_id)::jsonb
FROM catalog.edit AS e JOIN catalog.changelog AS l USING (editgroup_id)
JOIN croid.identifier AS i USING (croid)
WHERE i.value = %s ORDER BY l.index
"""


def load(connection: psycopg.Connection[Any], path: Any, *rows: Any) -> None:
    fulgora.load(connection, "ror", flow.write_lines(path / f"{uuid4()}.jsonl", rows))
    connection.commit()


def layers(connection: psycopg.Connection[Any], doi: str) -> list[tuple[Any, ...]]:
    rows = connection.execute(LAYERS, [doi]).fetchall()
    connection.commit()
    return rows


def history(connection: psycopg.Connection[Any], doi: str) -> list[tuple[list[str], Any]]:
    rows = connection.execute(HISTORY, [doi]).fetchall()
    connection.commit()
    return rows


def rors(connection: psycopg.Connection[Any], doi: str) -> list[str]:
    """The ROR ids in the first affiliation of the first author of the live record."""
    affiliation = flow.bodies(connection)[doi]["author"][0]["affiliation"][0]
    return [entry["id"] for entry in affiliation.get("id", [])]


def switch(database: Any, is_on: bool) -> None:
    with database.connect(None) as owner:
        owner.execute("UPDATE vulcanus.strategy SET is_enabled = %s", [is_on])


def url(number: int) -> str:
    return f"https://ror.org/{flow.ror_id(number)}"


SALT = record("10.5555/salt", author=[author("Ng", "Institute of Salt, Berlin, Germany")])


@pytest.fixture
def matched(database: Any, worker: psycopg.Connection[Any], tmp_path: Any) -> None:
    """The Institute of Salt is known, and was found in the work that came after it."""
    load(worker, tmp_path, organisation(1, "Institute of Salt"))
    drain(database)
    take_records(worker, [SALT])
    drain(database)


def test_organisations_that_come_after_the_works_are_found_in_them(
    database, worker, tmp_path
) -> None:
    take_records(worker, [SALT])
    drain(database)
    [(patch, in_force, _, _, _)] = layers(worker, "10.5555/salt")
    assert (patch, in_force) == ([], True), "looked, found nothing"
    load(worker, tmp_path, organisation(1, "Institute of Salt"))
    drain(database)
    assert rors(worker, "10.5555/salt") == [url(1)]
    matched = "SELECT ror, asserted_by FROM catalog.affiliation WHERE organisation_croid = %s"
    organisation_croid = one(worker, "SELECT croid.resolve('ror', %s)", flow.ror_id(1))
    assert worker.execute(matched, [organisation_croid]).fetchall() == [(flow.ror_id(1), "nexus")]
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


@pytest.mark.usefixtures("matched")
def test_each_added_value_says_why(worker) -> None:
    [(patch, _, _, _, layer)] = layers(worker, "10.5555/salt")
    assert patch
    for element in patch:
        assert element["path"].startswith("/author/0/affiliation/0/")
        assert 0 < element["confidence"] <= 1
        assert element["evidence"]["rule"]
    [(names, _)] = history(worker, "10.5555/salt")[-1:]
    assert layer in str(names)


@pytest.mark.usefixtures("matched")
def test_nothing_runs_again_when_nothing_changed(database, worker, tmp_path) -> None:
    before = flow.row_counts(database)
    drain(database)
    load(worker, tmp_path, organisation(1, "Institute of Salt"))
    drain(database)
    take_records(worker, [SALT])
    drain(database)
    after = flow.row_counts(database)
    grown = {name for name in after if after[name] != before[name]}
    assert grown == {
        "nauvis.deposit",
        "nauvis.deposit_chunk",
        "nauvis.deposit_record",
        "nauvis.deposit_change",
    }


@pytest.mark.usefixtures("matched")
def test_layer_whose_text_is_read_again_in_vain_is_left_alone(database, worker, tmp_path) -> None:
    told = layers(worker, "10.5555/salt")
    load(worker, tmp_path, organisation(2, "Germany"))
    drain(database)
    assert layers(worker, "10.5555/salt") == told
    assert len(history(worker, "10.5555/salt")) == 1
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


@pytest.mark.usefixtures("matched")
def test_a_change_that_shares_no_word_with_a_layer_is_no_reason_to_look_again(
    database, worker, tmp_path
) -> None:
    told = layers(worker, "10.5555/salt")
    load(worker, tmp_path, organisation(2, "Academy of Sugar"))
    drain(database)
    assert layers(worker, "10.5555/salt") == told
    traced = "SELECT inputs_index <= traced_index FROM vulcanus.strategy WHERE strategy = %s"
    assert one(worker, traced, "affiliation-ror")
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


@pytest.mark.usefixtures("matched")
def test_layer_retires_when_the_organisation_is_called_otherwise(
    database, worker, tmp_path
) -> None:
    renamed = organisation(1, "Bureau of Weights", **flow.changed("2023-01-01"))
    load(worker, tmp_path, renamed)
    drain(database)
    told = layers(worker, "10.5555/salt")
    assert [(bool(patch), in_force) for patch, in_force, *_ in told] == [
        (True, False),
        (False, True),
    ]
    assert rors(worker, "10.5555/salt") == []


@pytest.mark.usefixtures("matched")
def test_layer_retires_when_the_affiliation_changes(database, worker, tmp_path) -> None:
    load(worker, tmp_path, organisation(2, "Academy of Sugar"))
    drain(database)
    people = [author("Ng", "Academy of Sugar, Berlin, Germany")]
    take_records(worker, [record("10.5555/salt", author=people)])
    drain(database)
    assert rors(worker, "10.5555/salt") == [url(2)]
    take_records(worker, [record("10.5555/salt")])
    drain(database)
    told = layers(worker, "10.5555/salt")
    assert [in_force for _, in_force, *_ in told] == [False, False, True]
    assert told[-1][0] == []


@pytest.mark.usefixtures("matched")
def test_strategy_that_is_switched_off_leaves_the_base_and_the_old_explanation(
    database, worker
) -> None:
    [(names, enriched)] = history(worker, "10.5555/salt")
    switch(database, is_on=False)
    drain(database)
    assert rors(worker, "10.5555/salt") == []
    assert flow.bodies(worker)["10.5555/salt"] == SALT["metadata"]
    told = history(worker, "10.5555/salt")
    assert told[0] == (names, enriched)
    assert len(told) == 2
    kept = "SELECT count(*) FROM vulcanus.layer WHERE patch <> '[]' AND layer_id::text = ANY (%s)"
    assert one(worker, kept, [str(name) for name in flatten(names)]) == 1
    runs = one(worker, "SELECT count(*) FROM vulcanus.run")
    drain(database)
    assert one(worker, "SELECT count(*) FROM vulcanus.run") == runs, "and that is all"


def flatten(names: Any) -> list[str]:
    """The names of layers, however they are grouped."""
    if isinstance(names, dict):
        return [name for value in names.values() for name in flatten(value)]
    if isinstance(names, list):
        return [name for value in names for name in flatten(value)]
    return [str(names)]


@pytest.mark.usefixtures("matched")
def test_strategy_that_is_switched_on_again_derives_everything_again(database, worker) -> None:
    switch(database, is_on=False)
    drain(database)
    later = record("10.5555/later", author=SALT["metadata"]["author"])
    take_records(worker, [later, record("10.5555/nobody")])
    drain(database)
    assert rors(worker, "10.5555/later") == []
    switch(database, is_on=True)
    drain(database)
    assert rors(worker, "10.5555/salt") == [url(1)]
    assert rors(worker, "10.5555/later") == [url(1)]
    assert layers(worker, "10.5555/nobody") == []
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


@pytest.mark.usefixtures("matched")
def test_new_version_of_a_strategy_looks_at_everything_once(database, worker) -> None:
    with database.connect(None) as owner:
        owner.execute("UPDATE vulcanus.strategy SET version = '1.1'")
    drain(database)
    told = layers(worker, "10.5555/salt")
    assert [(in_force, version) for _, in_force, _, version, _ in told] == [
        (False, told[0][3]),
        (True, "1.1"),
    ]
    assert told[0][0] == told[1][0]
    assert len(history(worker, "10.5555/salt")) == 1
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


def test_stale_object_that_cannot_be_derived_does_not_keep_the_worker_busy(
    database, worker, tmp_path
) -> None:
    load(worker, tmp_path, organisation(1, "Institute of Salt"))
    other = record("10.5555/other", author=SALT["metadata"]["author"])
    take_records(worker, [SALT, other])
    drain(database)
    with database.connect(None) as owner:
        # As if a row had been damaged: nothing can be derived for this object any more.
        owner.execute(
            "UPDATE nauvis.deposit_record SET is_refused = true WHERE doi = '10.5555/salt'"
        )
    switch(database, is_on=False)
    drain(database)
    assert rors(worker, "10.5555/other") == []
    assert rors(worker, "10.5555/salt") == [url(1)]
