"""The patch of the affiliation strategy, and that it merges to what it says."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from nexus_hub.vulcanus.affiliation import enrich, input_hash
from nexus_hub.vulcanus.merge import Base, Patch, explain, merge
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex

NOW = datetime(2026, 1, 1, tzinfo=UTC)
COLOGNE = "https://ror.org/00rcxh774"
AARHUS = "https://ror.org/01aj84f44"
CLOSED = "https://ror.org/00vbvha87"


def row(ror: str, country: str, city: str, name: str, status: str = "active") -> Organisation:
    return Organisation(f"c-{ror[-9:]}", ror, status, country, city, [(name, "ror_display")])


@pytest.fixture
def index() -> OrganisationIndex:
    return OrganisationIndex(
        [
            row(COLOGNE, "DE", "Cologne", "University of Cologne"),
            row(AARHUS, "DK", "Aarhus", "Aarhus University"),
            row(CLOSED, "GB", "London", "Public Health England", "inactive"),
        ]
    )


def work(*affiliations: dict[str, Any], role: str = "author") -> dict[str, Any]:
    return {role: [{"family": "Noether", "affiliation": list(affiliations)}]}


def merged(body: dict[str, Any], elements: list[dict[str, Any]]) -> dict[str, Any]:
    base = Base("d", "deposit", "1", 30, 1, body, NOW)
    patch = Patch("a", "nexus", "1", "affiliation-ror", 10, elements, None, 0.9, NOW)
    result = merge("release", [base], [patch])
    assert result.skipped == ()
    return result.body


@pytest.mark.parametrize("role", ["author", "editor", "translator", "chair"])
def test_a_named_organisation_gets_its_ror_id_and_the_identifier_here(index, role):
    body = work({"name": "Aarhus University, Denmark"}, role=role)
    assert merged(body, enrich(body, index))[role][0]["affiliation"] == [
        {
            "name": "Aarhus University, Denmark",
            "id": [{"id": AARHUS, "id-type": "ROR", "asserted-by": "nexus"}],
            "croid": "c-01aj84f44",
        }
    ]


def test_investigators_of_a_grant_are_read_as_well(index):
    affiliation = {"name": "Aarhus University"}
    body = {"project": [{"lead-investigator": [{"affiliation": [affiliation]}]}]}
    paths = [element["path"] for element in enrich(body, index)]
    assert paths[1] == "/project/0/lead-investigator/0/affiliation/0/croid"


def test_a_place_beside_the_name_is_heard(index):
    body = work({"name": "Aarhus University", "place": ["Aarhus, Denmark"]})
    unplaced = work({"name": "Aarhus University"})
    sure, unsure = enrich(body, index)[0], enrich(unplaced, index)[0]
    assert sure["confidence"] > unsure["confidence"]
    assert sure["evidence"]["text"] == "Aarhus University, Aarhus, Denmark"
    elsewhere = work({"name": "Aarhus University", "place": ["Lyon, France"]})
    assert enrich(elsewhere, index) == []


def test_several_organisations_of_one_affiliation_are_all_kept(index):
    body = work({"name": "Aarhus University, Denmark and University of Cologne, Germany"})
    ids = merged(body, enrich(body, index))["author"][0]["affiliation"][0]["id"]
    assert [found["id"] for found in ids] == [COLOGNE, AARHUS]


def test_what_the_publisher_asserted_stands_alone(index):
    given = {"id": "https://ROR.org/00rcxh774", "id-type": "ROR", "asserted-by": "publisher"}
    body = work({"name": "Aarhus University", "id": [given]})
    (element,) = enrich(body, index)
    assert element["path"] == "/author/0/affiliation/0/croid"
    assert element["enrichedValue"] == "c-00rcxh774"
    assert element["confidence"] == 1.0
    assert element["evidence"]["rule"] == "asserted by the publisher"
    assert merged(body, [element])["author"][0]["affiliation"][0]["id"] == [given]


def test_an_asserted_organisation_that_closed_is_still_itself(index):
    body = work({"name": "PHE", "id": [{"id": CLOSED, "id-type": "ROR"}]})
    assert enrich(body, index)[0]["enrichedValue"] == "c-00vbvha87"


def test_an_asserted_organisation_nobody_knows_is_left_alone(index):
    body = work({"name": "Aarhus University", "id": [{"id": "x", "id-type": "ROR"}]})
    assert enrich(body, index) == []


def test_ids_of_other_kinds_stay_beside_the_new_one(index):
    isni = {"id": "0000 0001 1956 2722", "id-type": "ISNI"}
    body = work({"name": "Aarhus University", "id": [isni]})
    ids = merged(body, enrich(body, index))["author"][0]["affiliation"][0]["id"]
    assert [found["id-type"] for found in ids] == ["ISNI", "ROR"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"author": None},
        {"author": "Noether"},
        {"author": [None, "x", {"affiliation": None}, {"affiliation": "Aarhus University"}]},
        {"author": [{"affiliation": ["Aarhus University", {"name": 7}, {"name": None}, {}]}]},
        {"author": [{"affiliation": [{"id": [None, {"id": 3, "id-type": "ROR"}]}]}]},
        {"project": [{"investigator": [{}]}, None]},
    ],
)
def test_a_record_of_another_shape_gives_no_elements(body, index):
    assert enrich(body, index) == []
    assert len(input_hash(body)) == 32


def test_the_patch_can_be_stored_and_comes_back_equal(index):
    body = work({"name": "Aarhus University"}, {"name": "University of Cologne"})
    before = copy.deepcopy(body)
    elements = enrich(body, index)
    assert orjson.loads(orjson.dumps(elements)) == elements
    assert enrich(body, index) == elements
    assert body == before


def test_the_patch_of_an_affiliation_that_moved_writes_nothing_wrong(index):
    elements = enrich(work({"name": "Aarhus University"}), index)
    changed = work({"name": "University of Cologne"}, {"name": "Aarhus University"})
    base = Base("d", "deposit", "2", 30, 2, changed, NOW)
    patch = Patch("a", "nexus", "1", "affiliation-ror", 10, elements, None, 0.9, NOW)
    result = merge("release", [base], [patch])
    assert result.body == changed
    assert {skipped.reason for skipped in result.skipped} == {"stale"}


def test_the_reason_of_every_value_can_be_told(index):
    body = work({"name": "Aarhus University, Denmark"})
    base = Base("d", "deposit", "1", 30, 1, body, NOW)
    elements = enrich(body, index)
    patch = Patch("a", "nexus", "1", "affiliation-ror", 10, elements, None, 0.1, NOW)
    found = {item.pointer: item for item in explain("release", [base], [patch])}
    reason = found["/author/0/affiliation/0/id/0"]
    assert reason.strategy == "affiliation-ror"
    assert reason.confidence == elements[0]["confidence"]
    assert reason.evidence["span"] == [0, 17]


def test_the_version_of_the_registry_is_told_where_it_is_known():
    rows = [row(AARHUS, "DK", "Aarhus", "Aarhus University")]
    versioned = OrganisationIndex(rows, registry_version="2.5")
    body = work({"name": "Aarhus University"})
    assert enrich(body, versioned)[0]["evidence"]["registry_version"] == "2.5"
    assert "registry_version" not in enrich(body, OrganisationIndex(rows))[0]["evidence"]


def test_the_input_hash_follows_what_is_read_and_nothing_else():
    body = work({"name": "A"}, {"name": "B"})
    same = {"title": ["x"], **work({"name": "A", "croid": "c"}, {"name": "B"})}
    assert input_hash(body) == input_hash(same)
    changed = [
        work({"name": "B"}, {"name": "A"}),
        work({"name": "A"}),
        work({"name": "A", "place": ["P"]}, {"name": "B"}),
        work({"name": "A", "id": [{"id": AARHUS, "id-type": "ROR"}]}, {"name": "B"}),
        work({"name": "A"}, {"name": "B"}, role="editor"),
    ]
    hashes = {input_hash(other) for other in changed}
    assert len(hashes) == len(changed)
    assert input_hash(body) not in hashes
