"""Where values come from, over HTTP: who said each, on what grounds, since when, and until when."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nexus.test_routes import follow
from nexus_hub.fulgora import service as fulgora
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
DOI = "10.5555/light"
PATH = f"/works/{DOI}/provenance"


def crossref(hub: Hub, **members: Any) -> None:
    """Take a record of another agency in, as a release of its source."""
    path = hub.settings.home / "crossref.jsonl"
    row = {"DOI": DOI, "type": "journal-article", "title": ["A light"], "indexed": {}} | members
    path.write_text(json.dumps(row) + "\n")
    with hub.database.connect() as connection:
        connection.autocommit = True
        fulgora.load(connection, "crossref", str(path))
    hub.work()


def current(hub: Hub) -> dict[str, Any]:
    return {item["pointer"]: item for item in follow(hub, f"{PATH}?state=current", 7)}


@pytest.fixture
def told(hub: Hub) -> Hub:
    """A work that a deposit, another agency and a strategy speak of."""
    hub.organisations(OXFORD)
    hub.deposit(record(DOI))
    crossref(hub, volume="7", subject=["Light"])
    return hub


def test_every_value_has_its_source_and_leads_there(told: Hub):
    found = current(told)
    title = found["/title"]
    assert (title["source"], title["value"]) == ("deposit", ["A light in the house"])
    assert title["asserted_at"] is not None
    assert told.client.get(title["links"]["deposit"]).status_code == 200
    revision = told.get(title["links"]["revision"])
    assert revision["record"]["title"] == title["value"]

    volume = found["/volume"]
    assert (volume["source"], volume["source_version"]) == ("crossref", "1")
    assert told.get(volume["links"]["row"])["record"]["volume"] == "7"

    organisation = found["/author/0/affiliation/0/id/0"]
    assert organisation["strategy"] == "affiliation-ror"
    assert organisation["value"]["id"] == OXFORD["id"]
    assert 0 < organisation["confidence"] <= 1
    assert organisation["evidence"]["text"].startswith("University of Oxford")
    row = told.get(organisation["links"]["row"])
    assert (row["source"], row["record"]["id"]) == ("ror", OXFORD["id"])
    named = found["/author/0/affiliation/0/croid"]
    assert named["links"]["row"] == organisation["links"]["row"]
    assert "croid" not in found["/author"]["value"][0]["affiliation"][0], "as it was deposited"


def test_it_tells_of_every_value_what_explain_tells(told: Hub):
    explained = {f["pointer"]: f for f in told.get(f"/works/{DOI}/explain")["fields"]}
    found = current(told)
    assert explained.keys() == found.keys()
    for pointer, origin in explained.items():
        for member in ("layer", "source", "source_version", "strategy", "evidence"):
            assert found[pointer][member] == origin[member], (pointer, member)
        assert found[pointer]["asserted_at"][:19] == origin["asserted_at"][:19]


def test_what_was_said_before_is_told_with_when_it_ended(told: Hub):
    before = told.get(f"/works/{DOI}/history")["items"]
    told.deposit(record(DOI, title=["Another light"]))
    items = follow(told, PATH, 4)
    assert len({(i["pointer"], i["since"]["index"], i["layer"]) for i in items}) == len(items)
    first, second = [item for item in items if item["pointer"] == "/title"]
    index = told.get(f"/works/{DOI}/history")["items"][0]["index"]
    assert first["superseded"]["index"] == index == second["since"]["index"]
    assert first["since"]["index"] == before[-1]["index"]
    assert second["superseded"] is None
    assert (first["value"], second["value"]) == (["A light in the house"], ["Another light"])
    [author] = [item for item in items if item["pointer"] == "/author"]
    assert author["since"]["index"] == before[-1]["index"], "said again, it is the same value"
    ended = told.get(f"{PATH}?state=superseded")["items"]
    assert [item["pointer"] for item in ended] == ["/title"]


def test_what_a_strategy_said_ends_when_it_is_switched_off(told: Hub):
    with told.database.connect(None) as owner:
        owner.execute("SELECT vulcanus.switch_strategy('affiliation-ror', false)")
    told.work()
    assert "/author/0/affiliation/0/id/0" not in current(told)
    assert told.get(f"/works/{DOI}/enrichments")["data"] == []
    ended = told.get(f"{PATH}?state=superseded")["items"]
    assert {item["strategy"] for item in ended} == {"affiliation-ror"}


def test_enrichments_are_told_as_datacite_tells_them(told: Hub):
    answer = told.client.get(f"/works/{DOI}/enrichments")
    assert answer.headers["content-type"] == "application/vnd.api+json"
    data = answer.json()["data"]
    assert {one["type"] for one in data} == {"enrichments"}
    [found] = [one["attributes"] for one in data if one["attributes"]["path"].endswith("/id/0")]
    assert found["doi"] == DOI
    assert (found["field"], found["action"]) == ("author", "insert")
    assert found["enrichedValue"]["id"] == OXFORD["id"]
    assert found["process"].startswith("affiliation-ror ")
    [resource] = found["resources"]
    assert resource["relatedIdentifier"].endswith("/sources/ror/releases/1/rows/052gg0110")
    assert told.get(f"/enrichments?doi={DOI}")["data"] == data
    assert pages(told, "/enrichments?page[size]=1") == data


def pages(hub: Hub, path: str) -> list[dict[str, Any]]:
    """All items of a list of JSON:API, page by page."""
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        page = hub.get(following)
        found += page["data"]
        following = page["links"].get("next", "").removeprefix("http://testserver.local") or None
    return found


def test_activities_tell_who_changed_what(told: Hub):
    told.deposit(record(DOI, title=["Another light"]))
    newest, *others = told.get(f"/works/{DOI}/activities")["data"]
    attributes = newest["attributes"]
    assert (attributes["action"], attributes["version"]) == ("update", len(others) + 1)
    assert attributes["changes"] == {"title": [["A light in the house"], ["Another light"]]}
    assert attributes["prov:wasDerivedFrom"] == f"https://doi.org/{DOI}"
    assert attributes["prov:wasAttributedTo"].endswith("/editors/vulcanus")
    assert newest["relationships"]["doi"]["data"] == {"id": DOI, "type": "dois"}
    own = attributes["prov:wasGeneratedBy"].removeprefix("http://testserver.local")
    assert told.get(own)["data"] == newest
    assert told.client.get(attributes["deposit"]).status_code == 200
    first = others[-1]["attributes"]
    assert (first["action"], first["version"]) == ("create", 1)
    assert first["changes"]["DOI"] == DOI
    everything = pages(told, "/activities?page[size]=2")
    assert [one for one in everything if one["id"] == newest["id"]] == [newest]
    indexes = [one["attributes"]["index"] for one in everything]
    assert indexes == sorted(indexes, reverse=True)
    assert len({one["id"] for one in everything}) == len(everything)


def test_what_is_not_there_is_refused(hub: Hub):
    for path in (PATH, f"/works/{DOI}/enrichments", f"/works/{DOI}/activities", "/activities/x"):
        assert hub.client.get(path).status_code == 404
    assert hub.client.get(f"/enrichments?doi={DOI}").status_code == 404
    assert hub.client.get("/enrichments?doi=nonsense").status_code == 400
    assert hub.get("/enrichments")["data"] == []
    answer = hub.client.get("/activities?rows=1")
    assert answer.status_code == 400
