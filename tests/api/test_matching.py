"""`/match` and `/v2/organizations`: organisations of texts, in our shapes and the registry's."""

from typing import Any

import pytest

from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]

TEXT = "Department of Physics, University of Oxford, Oxford, United Kingdom"


@pytest.fixture
def known(hub: Hub) -> Hub:
    hub.organisations(OXFORD)
    return hub


def match(hub: Hub, **body: Any) -> Any:
    return hub.client.post("/match", json=body)


def test_a_batch_is_answered_in_the_order_of_its_inputs(known: Hub) -> None:
    inputs = ["Nowhere", TEXT, "", TEXT]
    answer = match(known, task="affiliation", inputs=inputs)
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert [item["input"] for item in items] == inputs
    assert [len(item["matches"]) for item in items] == [0, 1, 0, 1]
    found = items[1]["matches"][0]
    assert found["id"] == OXFORD["id"]
    assert (found["chosen"], found["strategy"]) == (True, "affiliation-ror")
    assert 0.5 < found["confidence"] <= 1


def test_one_text_may_be_asked_in_the_address(known: Hub) -> None:
    answer = known.client.get("/match", params={"task": "affiliation", "input": TEXT})
    assert answer.status_code == 200, answer.text
    assert answer.json()["items"][0]["matches"][0]["id"] == OXFORD["id"]


def test_what_cannot_be_asked_is_no_success(known: Hub) -> None:
    assert match(known, task="weather", inputs=["x"]).status_code == 400
    assert match(known, task="affiliation", inputs=["x"] * 1001).status_code == 400
    assert match(known, task="affiliation", inputs="x").status_code == 400
    assert match(known, task="affiliation", inputs=[]).json() == {"items": []}
    answer = known.client.get("/match", params={"task": "weather", "input": "x"})
    assert answer.status_code == 400
    assert "affiliation" in answer.json()["detail"]


def test_what_changes_in_the_registry_is_matched_at_once(known: Hub) -> None:
    assert match(known, task="affiliation", inputs=[TEXT]).json()["items"][0]["matches"]
    renamed = OXFORD | {
        "names": [{"value": "Isis College", "types": ["ror_display"], "lang": "en"}]
    }
    known.organisations(renamed)
    items = match(known, task="affiliation", inputs=[TEXT, "Isis College, Oxford"]).json()["items"]
    assert [bool(item["matches"]) for item in items] == [False, True]


def test_the_registry_answers_in_its_own_shapes(known: Hub) -> None:
    found = known.client.get("/v2/organizations", params={"affiliation": TEXT}).json()
    assert found["number_of_results"] == 1
    [item] = found["items"]
    assert item["chosen"] is True
    assert item["substring"] == "University of Oxford"
    assert item["organization"]["id"] == OXFORD["id"]
    assert set(item) == {"substring", "score", "matching_type", "chosen", "organization"}
    nothing = known.client.get("/v2/organizations", params={"affiliation": "Nowhere"}).json()
    assert nothing == {"number_of_results": 0, "items": []}


def test_organisations_are_listed_by_a_part_of_their_name(known: Hub) -> None:
    for query in ("oxford", "052gg0110", OXFORD["id"], ""):
        found = known.client.get("/v2/organizations", params={"query": query}).json()
        assert [item["id"] for item in found["items"]] == [OXFORD["id"]], query
        assert found["meta"]["countries"] == [{"id": "gb", "title": "United Kingdom", "count": 1}]
    assert known.client.get("/v2/organizations", params={"query": "x%"}).json()["items"] == []
    assert known.client.get("/v2/organizations", params={"page": 0}).status_code == 400
    one = known.client.get("/v2/organizations/052gg0110")
    assert one.json()["names"] == OXFORD["names"]
    assert known.client.get("/v2/organizations/05tdcp444").status_code in (400, 404)


TITLE = "On the curing of herring with coarse salt"
STRING = f"Lovelace A (2024) {TITLE}. J Examples 12:101-118"
MEMBERS = {"author": "Lovelace", "year": "2024", "article-title": TITLE, "volume": "12"}


@pytest.fixture
def filled(known: Hub) -> Hub:
    known.organisations(OXFORD | {"external_ids": [{"type": "fundref", "all": ["501100000769"]}]})
    known.deposit(record("10.5555/salt", title=[TITLE], volume="12", page="101-118"))
    return known


@pytest.mark.parametrize(
    ("task", "inputs", "expected", "strategy"),
    [
        (
            "funder",
            ["University of Oxford", {"name": "?", "DOI": "10.13039/501100000769"}],
            OXFORD["id"],
            "funder-ror",
        ),
        ("reference", [STRING, MEMBERS, {"unstructured": STRING}], "10.5555/salt", "reference-doi"),
        ("title", [TITLE, {"title": TITLE, "author": "Lovelace"}], "10.5555/salt", "title-doi"),
        ("affiliation", [TEXT, {"name": "University of Oxford"}], OXFORD["id"], "affiliation-ror"),
    ],
)
def test_each_task_takes_texts_and_members_and_may_stand_in_the_address(
    filled: Hub, task: str, inputs: list[Any], expected: str, strategy: str
) -> None:
    answer = filled.client.post("/match", params={"task": task}, json={"inputs": [*inputs, "x"]})
    assert answer.status_code == 200, answer.text
    *found, nothing = answer.json()["items"]
    assert [item["input"] for item in found] == inputs
    for item in found:
        [match] = item["matches"]
        assert (match["id"], match["strategy"], match["chosen"]) == (expected, strategy, True)
        assert 0.5 < match["confidence"] <= 1
    assert nothing == {"input": "x", "matches": []}
    assert match_of(filled, task, inputs[0]) == expected


def match_of(hub: Hub, task: str, text: str) -> str:
    answer = hub.client.get("/match", params={"task": task, "input": text})
    return answer.json()["items"][0]["matches"][0]["id"]


def test_a_thousand_references_are_one_request(filled: Hub) -> None:
    inputs = [STRING, "Nobody. Nothing. 1999"] * 500
    items = match(filled, task="reference", inputs=inputs).json()["items"]
    assert [len(item["matches"]) for item in items] == [1, 0] * 500


@pytest.mark.parametrize("task", ["affiliation", "funder", "reference", "title"])
def test_odd_members_are_no_failure(filled: Hub, task: str) -> None:
    odd: list[Any] = [
        {},
        {"name": 7, "DOI": [], "id": [7], "year": {}, "title": [[]]},
        "\u0000",
        "",
    ]
    answer = filled.client.post("/match", params={"task": task}, json={"inputs": odd})
    assert answer.status_code == 200, answer.text
    assert [item["matches"] for item in answer.json()["items"]] == [[]] * len(odd)


def test_the_task_is_named_once(filled: Hub) -> None:
    body = {"task": "funder", "inputs": []}
    assert filled.client.post("/match", params={"task": "title"}, json=body).status_code == 400
    assert filled.client.post("/match", json={"inputs": []}).status_code == 400
