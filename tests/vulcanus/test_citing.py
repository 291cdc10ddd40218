"""References get the DOIs of the works they mean, whichever of the two comes first."""

from typing import Any

import psycopg
import pytest

from faults import flow
from faults.flow import drain, one, record, take_records
from nexus_hub.vulcanus.citables import match_references

TARGET = record(
    "10.5555/curing",
    "On the curing of herring with coarse salt",
    author=[{"family": "Núñez", "given": "A."}, {"family": "Vega", "given": "B."}],
    volume="12",
    page="101-118",
    **{"container-title": ["Journal of Salt Research"]},
)
STRING = "Nunez A, Vega B (2021) On the curing of herring with coarse salt. J Salt Res 12:101–118"
MEMBERS = {
    "author": "Núñez", "year": "2021", "volume": "12", "first-page": "101",
    "journal-title": "J. Salt Res.",
}  # fmt: skip
OTHER = {"unstructured": "Olsen C (1999) A history of brine. Salt Press, Bergen"}
CITING = record(
    "10.5555/citing",
    "What is known of curing",
    reference=[
        {"key": "1", "unstructured": STRING},
        {"key": "2", **MEMBERS},
        {"key": "3", **OTHER},
        {"key": "4", "DOI": "10.5555/given", "doi-asserted-by": "publisher"},
    ],
)
LAYERS = """
SELECT l.retired_at IS NULL, jsonb_array_length(l.patch), l.inputs_index
FROM vulcanus.layer AS l JOIN croid.identifier AS i USING (croid)
WHERE i.value = %s AND l.strategy = 'reference-doi' ORDER BY l.asserted_at, l.retired_at NULLS LAST
"""


def cited(connection: psycopg.Connection[Any], doi: str = "10.5555/citing") -> list[Any]:
    return [
        (one.get("DOI"), one.get("doi-asserted-by"))
        for one in flow.bodies(connection)[doi]["reference"]
    ]


def layers(connection: psycopg.Connection[Any]) -> list[Any]:
    rows = connection.execute(LAYERS, ["10.5555/citing"]).fetchall()
    connection.commit()
    return rows


FOUND = [
    ("10.5555/curing", "nexus"),
    ("10.5555/curing", "nexus"),
    (None, None),
    ("10.5555/given", "publisher"),
]
BARE = [(None, None)] * 3 + [("10.5555/given", "publisher")]


@pytest.mark.parametrize("order", [[TARGET, CITING], [CITING, TARGET]])
def test_reference_gets_the_doi_of_the_work_it_means(database, worker, order) -> None:
    for given in order:
        take_records(worker, [given])
        drain(database)
    assert cited(worker) == FOUND
    cites = "SELECT count(*) FROM catalog.reference WHERE doi = '10.5555/curing'"
    assert one(worker, cites) == 2
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


def test_only_what_waits_for_a_work_is_looked_at_again(database, worker) -> None:
    take_records(worker, [CITING])
    drain(database)
    assert layers(worker) == [(True, 0, 1)]
    runs = one(worker, "SELECT count(*) FROM vulcanus.run WHERE reason = 'references'")
    take_records(worker, [record("10.5555/alien", "Sugar in the tropics")])
    drain(database)
    assert one(worker, "SELECT count(*) FROM vulcanus.run WHERE reason = 'references'") == runs
    take_records(worker, [TARGET])
    drain(database)
    assert [(is_on, size) for is_on, size, _ in layers(worker)] == [(False, 0), (True, 4)]


def test_each_value_says_why(database, worker) -> None:
    take_records(worker, [TARGET, CITING])
    drain(database)
    patch = "SELECT patch FROM vulcanus.layer WHERE strategy = 'reference-doi' AND patch <> '[]'"
    for element in one(worker, patch):
        assert element["evidence"]["rule"]
        assert element["confidence"] >= 0.9
        assert element["evidence"]["croid"]


def test_what_is_looked_up_makes_nothing_happen_twice(database, worker) -> None:
    take_records(worker, [TARGET, CITING])
    drain(database)
    before = one(worker, "SELECT count(*) FROM catalog.revision")
    take_records(worker, [CITING])
    drain(database)
    assert one(worker, "SELECT count(*) FROM catalog.revision") == before
    assert cited(worker) == FOUND


def test_reference_that_changes_keeps_no_doi_that_was_found_for_another(database, worker) -> None:
    take_records(worker, [TARGET, CITING])
    drain(database)
    changed = record("10.5555/citing", "What is known of curing", reference=[OTHER, OTHER])
    take_records(worker, [changed])
    drain(database)
    assert cited(worker) == [(None, None)] * 2


def test_publisher_who_gives_the_doi_is_believed(database, worker) -> None:
    take_records(worker, [TARGET, CITING])
    drain(database)
    given = {"unstructured": STRING, "DOI": "10.5555/else", "doi-asserted-by": "publisher"}
    take_records(worker, [record("10.5555/citing", "What is known", reference=[given])])
    drain(database)
    assert cited(worker) == [("10.5555/else", "publisher")]


def test_strategy_goes_off_and_on_with_one_update(database, worker) -> None:
    take_records(worker, [TARGET, CITING])
    drain(database)
    for is_on, expected in ((False, BARE), (True, FOUND)):
        with database.connect(None) as owner:
            owner.execute(
                "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = 'reference-doi'",
                [is_on],
            )
        drain(database)
        assert cited(worker) == expected


def test_record_that_comes_while_the_strategy_is_off_is_looked_up_once_it_is_on(
    database, worker
) -> None:
    switch = "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = 'reference-doi'"
    with database.connect(None) as owner:
        owner.execute(switch, [False])
    take_records(worker, [TARGET, CITING])
    drain(database)
    assert cited(worker) == BARE
    with database.connect(None) as owner:
        owner.execute(switch, [True])
    drain(database)
    assert cited(worker) == FOUND


def test_batch_is_answered_in_its_order(database, worker) -> None:
    take_records(worker, [TARGET])
    drain(database)
    first, none, second = match_references(worker, [STRING, OTHER, MEMBERS])
    assert none.citable is None
    for found in (first, second):
        assert found.citable is not None
        assert found.citable.doi == "10.5555/curing"
        assert found.rule
        assert found.confidence > 0.9
