"""Funders of records become organisations, on a real flow and in the patch alone."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import drain, one, organisation, record, take_records
from nexus_hub.cli.rooms import consumers
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.queues import Worker
from nexus_hub.vulcanus.directory import Directory
from nexus_hub.vulcanus.funder import enrich, input_hash
from nexus_hub.vulcanus.organisations import Organisation

SALT = "https://ror.org/0saltfu77"
FUNDER = "10.13039/501100001659"
KNOWN = Organisation(
    "c-salt", SALT, "active", "NO", "Bergen", [("Salt Fund", "label")], funders=(FUNDER,)
)


@pytest.fixture
def directory() -> Directory:
    found = Directory()
    found.replace(KNOWN)
    return found


def elements(directory: Directory, **funder: Any) -> dict[str, Any]:
    """What is added to a single funder, by the pointer within it."""
    found = enrich({"funder": [funder]}, directory)
    return {each["path"].removeprefix("/funder/0/"): each["enrichedValue"] for each in found}


def test_a_name_gains_a_croid_a_ror_id_and_the_funder_id(directory) -> None:
    assert elements(directory, name="Salt Fund", award=["7"]) == {
        "croid": "c-salt",
        "id": {"id": SALT, "id-type": "ROR", "asserted-by": "nexus"},
        "doi-asserted-by": "nexus",
        "DOI": FUNDER,
    }


def test_what_the_publisher_gave_is_kept_and_believed(directory) -> None:
    by_doi = elements(directory, name="Pepper Fund", DOI=FUNDER, **{"doi-asserted-by": "publisher"})
    assert set(by_doi) == {"croid", "id"}
    given = {"id": SALT, "id-type": "ROR", "asserted-by": "publisher"}
    assert set(elements(directory, name="Pepper Fund", DOI=FUNDER, id=[given])) == {"croid"}
    assert elements(directory, name="Salt Fund", DOI="10.13039/100000001") == {}, "another's id"


def test_what_this_hub_found_earlier_is_not_what_the_publisher_gave(directory) -> None:
    ours = {"id": SALT, "id-type": "ROR", "asserted-by": "nexus"}
    found = elements(
        directory, name="Pepper Fund", DOI=FUNDER, id=[ours], **{"doi-asserted-by": "nexus"}
    )
    assert found == {}


def test_funders_of_the_projects_of_a_grant_are_read_as_well(directory) -> None:
    body = {"project": [{"funding": [{"type": "award", "funder": {"name": "Salt Fund"}}]}]}
    paths = [each["path"] for each in enrich(body, directory)]
    assert paths[0] == "/project/0/funding/0/funder/croid"


@pytest.mark.parametrize(
    "body", [{}, {"funder": None}, {"funder": ["x", 7, {"name": 7, "id": [None], "DOI": []}]}]
)
def test_a_record_of_another_shape_gives_no_elements(body, directory) -> None:
    assert enrich(body, directory) == []


def test_the_input_hash_follows_what_is_read_and_nothing_else() -> None:
    body = {"funder": [{"name": "A", "award": ["1"]}]}
    assert input_hash(body) == input_hash({"funder": [{"name": "A", "croid": "x"}], "title": ["T"]})
    assert input_hash(body) != input_hash({"funder": [{"name": "A", "DOI": FUNDER}]})
    assert input_hash({"funder": []}) is None


@pytest.fixture
def worker(fresh_database: Any) -> Iterator[psycopg.Connection[Any]]:
    with fresh_database.connect() as connection:
        yield connection


def fund(number: int, name: str, funder: str) -> dict[str, Any]:
    return organisation(number, name) | {"external_ids": [{"type": "fundref", "all": [funder]}]}


def load(connection: psycopg.Connection[Any], path: Any, *rows: Any) -> None:
    fulgora.load(connection, "ror", flow.write_lines(path / f"{uuid4()}.jsonl", rows))
    connection.commit()


FUNDED = record("10.5555/funded", funder=[{"name": "Salt Fund", "award": ["NO-7"]}])
STANDING = """
SELECT f.funder_doi, croid.encode(f.organisation_croid) IS NOT NULL, f.is_found, f.awards
FROM catalog.funding AS f
"""


def test_funders_are_found_when_the_registry_comes_and_again_when_it_changes(
    fresh_database, worker, tmp_path
) -> None:
    take_records(worker, [copy.deepcopy(FUNDED)])
    drain(fresh_database)
    assert worker.execute(STANDING).fetchall() == [(None, False, False, ["NO-7"])]
    worker.commit()
    load(worker, tmp_path, fund(1, "Salt Fund", "100000077"))
    drain(fresh_database)
    assert worker.execute(STANDING).fetchall() == [("10.13039/100000077", True, True, ["NO-7"])]
    [funder] = flow.bodies(worker)["10.5555/funded"]["funder"]
    assert (funder["name"], funder["award"]) == ("Salt Fund", ["NO-7"])
    assert funder["id"][0]["id"] == f"https://ror.org/{flow.ror_id(1)}"
    claim = "SELECT relation_type, is_ours, target_croid IS NOT NULL FROM nexus.list_claims(%s)"
    croid = flow.croid_of(worker, "10.5555/funded")
    worker.commit()
    with fresh_database.connect(None) as owner:
        assert owner.execute(claim, [[croid]]).fetchall() == [("is-financed-by", True, True)]

    load(worker, tmp_path, fund(1, "Pepper Fund", "100000077"))
    drain(fresh_database)
    assert worker.execute(STANDING).fetchall() == [(None, False, False, ["NO-7"])]
    missing = "SELECT count(*) FROM vulcanus.missing_value WHERE strategy = 'funder-ror'"
    assert one(worker, missing) == 1


@pytest.mark.parametrize("is_one_worker", [True, False])
def test_a_namesake_that_gains_parts_is_meant_from_then_on(
    fresh_database, worker, tmp_path, is_one_worker
) -> None:
    memory: dict[str, Any] = {}

    def settle() -> None:
        if is_one_worker:
            Worker(fresh_database.settings, consumers([]), memory=memory).run(drain=True)
        else:
            drain(fresh_database)

    name = "Council for Salt Research"
    load(worker, tmp_path, fund(1, name, "100000077"), fund(2, name, "100000078"))
    settle()
    take_records(worker, [record("10.5555/funded", funder=[{"name": name}])])
    settle()
    assert worker.execute(STANDING).fetchall() == [(None, False, False, [])]
    worker.commit()
    above = {"id": f"https://ror.org/{flow.ror_id(1)}", "type": "parent", "label": name}
    parts = [organisation(n, f"Salt Unit {n}") | {"relationships": [above]} for n in (3, 4)]
    load(worker, tmp_path, *parts)
    settle()
    assert worker.execute(STANDING).fetchall() == [("10.13039/100000077", True, True, [])]


def test_a_funder_that_only_the_funder_registry_has_is_found_too(
    fresh_database, worker, tmp_path
) -> None:
    concept = (
        '<skos:Concept rdf:about="http://dx.doi.org/10.13039/100000088"><skosxl:prefLabel>'
        '<skosxl:Label><skosxl:literalForm xml:lang="en">Salt Fund</skosxl:literalForm>'
        "</skosxl:Label></skosxl:prefLabel></skos:Concept>"
    )
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    }
    named = " ".join(f'xmlns:{name}="{url}"' for name, url in spaces.items())
    path = tmp_path / "registry.rdf"
    path.write_text(f"<rdf:RDF {named}>{concept}</rdf:RDF>")
    fulgora.load(worker, "funder-registry", str(path))
    worker.commit()
    take_records(worker, [copy.deepcopy(FUNDED)])
    drain(fresh_database)
    [funder] = flow.bodies(worker)["10.5555/funded"]["funder"]
    assert funder["DOI"] == "10.13039/100000088"
    assert "id" not in funder, json.dumps(funder)
    assert worker.execute(STANDING).fetchall() == [("10.13039/100000088", True, True, ["NO-7"])]
