"""One record through the whole hub: deposited, processed, enriched, read, explained, followed."""

from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
DOI = "10.5555/nexus.1"


def test_a_deposit_becomes_an_enriched_explained_work(hub: Hub):
    hub.organisations(OXFORD)
    answer = hub.client.post("/deposits", json={"records": [record(DOI)]})
    assert answer.status_code == 202
    place = answer.headers["location"]
    assert answer.json()["state"] == "received"
    assert hub.client.get(place).headers["retry-after"] == "1"
    hub.work()

    status = hub.get(place)
    assert status["state"] == "completed"
    assert status["counts"]["created"] == 1
    (told,) = status["records"]
    assert told["result"] == "created"

    answer = hub.client.get(f"/works/{DOI}")
    assert int(answer.headers["x-nexus-index"]) >= told["index"]
    message = answer.json()["message"]
    assert message["DOI"] == DOI
    affiliation = message["author"][0]["affiliation"][0]
    assert affiliation["id"][0]["id"] == OXFORD["id"]
    assert message["resource"]["primary"]["URL"] == f"https://example.org/{DOI}"

    plain = hub.get(f"/works/{DOI}?view=deposited")["message"]["author"][0]["affiliation"][0]
    assert plain == {"name": "University of Oxford, Oxford, United Kingdom"}

    explanation = hub.get(f"/works/{DOI}/explain")
    assert explanation["revision"] == told["revision"]
    by_pointer = {field["pointer"]: field for field in explanation["fields"]}
    assert by_pointer["/title"]["source"] == "deposit"
    added = [field for field in explanation["fields"] if field["strategy"] == "affiliation-ror"]
    assert added
    assert all(field["pointer"].startswith("/author/0/affiliation/0") for field in added)
    assert all(field["evidence"] and 0 < field["confidence"] <= 1 for field in added)

    change, *related = hub.get("/changes?kind=release")["items"]
    assert [each["fields"] for each in related] in ([], [["/relation/has-author-institution"]])
    assert change["croid"] == told["croid"]
    assert change["index"] == told["index"]
    assert change["revision"] == told["revision"]
    assert change["change"] == "created"
    assert f"doi:{DOI}" in change["identifiers"]
