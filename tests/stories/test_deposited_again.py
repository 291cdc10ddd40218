"""What was read here is deposited again and changes nothing; other formats go the whole way."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nexus_hub.aquilo import crossref_view
from nexus_hub.catalog.canonical import encode
from nexus_hub.catalog.crossref import read_work
from nexus_hub.catalog.records import read_deposit
from nexus_hub.nauvis.formats import CSL_TYPE, DATACITE_TYPE
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
SAMPLE = Path(__file__).parents[2] / "src" / "nexus_hub" / "sample" / "deposits.jsonl"
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def answer(body: dict[str, Any]) -> bytes:
    """The answer of `GET /works/{doi}` with this body."""
    around = crossref_view.volatile(
        body["DOI"],
        reference_count=3,
        cited_by_count=1,
        created=NOW,
        deposited=NOW,
        indexed=NOW,
        score=1.5,
    )
    return crossref_view.envelope("work", crossref_view.splice(encode(body), around))


def returns(body: dict[str, Any]) -> None:
    """Check that a body comes back from its answer, without a word about what Aquilo added."""
    whole = answer(body)
    names = [name for name, _ in json.loads(whole, object_pairs_hook=list)[-1][1]]
    assert len(names) == len(set(names))
    for raw in (whole, json.dumps(json.loads(whole)["message"]).encode()):
        found, problems = read_deposit(raw)
        assert found == body
        assert {p.code for p in problems} <= {"missing-title", "missing-container-title"} | {
            p.code for p in read_work(encode(body))[1]
        }


def test_every_work_of_the_sample_comes_back_from_its_answer():
    for line in SAMPLE.read_text().splitlines():
        returns(read_deposit(line.encode())[0])


@pytest.mark.real_data
def test_every_real_work_comes_back_from_its_answer(real_data: Path):
    count = 0
    with gzip.open(real_data / "crossref" / "works.jsonl.gz") as lines:
        for line in lines:
            returns(read_work(line)[0])
            count += 1
    assert count > 5000


def again(hub: Hub, document: Any) -> list[tuple[str, list[Any]]]:
    taken = hub.client.post("/deposits", json=document)
    assert taken.status_code == 202, taken.text
    hub.work()
    status = hub.get(taken.headers["location"])
    return [(each["result"], each["problems"]) for each in status["records"]]


def test_what_was_read_is_unchanged_when_it_is_deposited(hub: Hub):
    hub.organisations(OXFORD)
    lines = SAMPLE.read_text().splitlines()[:30]
    hub.deposit(*map(json.loads, lines), record("10.5555/enriched"))
    whole = hub.get("/works/10.5555/enriched")
    (place,) = whole["message"]["author"][0]["affiliation"]
    assert place["croid"]
    assert place["id"][0]["asserted-by"] == "nexus"
    assert again(hub, whole) == [("unchanged", [])]
    assert again(hub, {"records": [whole["message"], *map(json.loads, lines[:2])]})[0] == (
        "unchanged",
        [],
    )
    listed = hub.get("/works?rows=100")
    assert len(listed["message"]["items"]) == 31
    assert {result for result, _ in again(hub, listed)} == {"unchanged"}
    assert hub.get("/works/10.5555/enriched")["message"]["author"] == whole["message"]["author"]


def test_records_in_the_formats_of_others_go_the_whole_way(hub: Hub):
    csl = {"DOI": "10.5555/csl", "type": "book", "title": "On salt", "note": "seen"}
    datacite = {
        "doi": "10.5555/datacite",
        "types": {"resourceTypeGeneral": "Dataset"},
        "titles": [{"title": "On salt", "lang": "en"}],
        "creators": [{"name": "Ng"}],
        "version": 2,
    }
    for media_type, document, doi in (
        (CSL_TYPE, [csl], "10.5555/csl"),
        (DATACITE_TYPE, {"data": {"attributes": datacite}}, "10.5555/datacite"),
    ):
        sent = json.dumps(document).encode()
        headers = {"content-type": media_type}
        taken = hub.client.post("/deposits", content=sent, headers=headers)
        assert taken.status_code == 202, taken.text
        hub.work()
        status = hub.get(taken.headers["location"])
        assert status["media"] == media_type
        raw = hub.client.get(f"{taken.headers['location']}/raw")
        assert (raw.content, raw.headers["content-type"]) == (sent, media_type)
        message = hub.get(f"/works/{doi}")["message"]
        assert message["title"] == ["On salt"]
        assert hub.get(f"/works/{doi}?view=deposited")["message"]["title"] == ["On salt"]
        assert hub.get(f"/works/{doi}/explain")["fields"]
    assert message["nexus"]["datacite"]["titles"] == datacite["titles"]
    assert [(p["code"], p["pointer"]) for p in status["records"][0]["problems"]] == [
        ("number-for-text", "/attributes/version")
    ]
