"""`/cro/{croid}` and its revisions; `/deposits/{id}/raw`; `/tasks/{id}`; `/reports`."""

import csv
import hashlib
import io
import json
import os
from uuid import UUID

import polars as pl

from nexus_hub.croid.codec import encode
from nexus_hub.fulgora import service as fulgora
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]


def test_an_object_tells_its_state_and_its_revisions_stay(hub: Hub):
    first = hub.deposit(record("10.5555/a", title=["Old"]))["records"][0]
    second = hub.deposit(record("10.5555/a", title=["New"]))["records"][0]
    place = f"/cro/{first['croid']}"
    answer = hub.client.get(place)
    told = answer.json()
    assert told["record"]["title"] == ["New"]
    assert {name: told[name] for name in told if name != "record"} == {
        "croid": first["croid"],
        "kind": "release",
        "state": "active",
        "revision": second["revision"],
        "index": second["index"],
        "identifiers": [{"scheme": "doi", "value": "10.5555/a"}],
    }
    held = {"if-none-match": answer.headers["etag"]}
    assert hub.client.get(place.upper().replace("CRO/", "cro/"), headers=held).status_code == 304

    answer = hub.client.get(f"{place}/revisions/{first['revision']}")
    assert "immutable" in answer.headers["cache-control"]
    old = answer.json()
    assert (old["record"]["title"], old["index"], old["agent"]) == (["Old"], 1, "vulcanus")
    short = encode(UUID(first["revision"]))
    assert hub.get(f"{place}/revisions/{short}") == old
    for path, status in {
        f"{place}/revisions/{second['croid']}": 404,
        f"{place}/revisions/x": 404,
        f"/cro/{short}": 404,
        "/cro/x": 400,
    }.items():
        assert hub.client.get(path).status_code == status, path
    assert hub.client.get("/id/doi/10.5555/A", follow_redirects=False).headers["location"] == place


def test_a_reserved_object_is_not_there_yet(hub: Hub):
    answer = hub.client.post("/deposits", json={"records": [record("10.5555/a")]})
    croid = answer.json()["records"][0]["croid"]
    for path in (f"/cro/{croid}", "/works/10.5555/a", "/works/10.5555/a/explain"):
        assert hub.client.get(path).status_code == 404, path
    (deposit,) = hub.get("/works/10.5555/a/deposits")["items"]
    assert (deposit["deposit"], deposit["result"]) == (answer.json()["id"], None)


def test_every_byte_of_a_deposit_is_read_back(hub: Hub):
    noise = os.urandom(1_600_000).hex()
    body = json.dumps({"records": [record("10.5555/a")], "noise": noise}, indent=2).encode()
    sent = {"content-type": "application/json"}
    status = hub.client.post("/deposits", content=body, headers=sent).json()
    for name in (status["id"], encode(UUID(status["id"])), status["id"].upper()):
        answer = hub.client.get(f"/deposits/{name}/raw")
        assert answer.content == body
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-length"] == str(len(body))
    assert answer.headers["etag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    head = hub.client.head(f"/deposits/{status['id']}/raw")
    assert head.headers["content-length"] == str(len(body))
    held = {"if-none-match": answer.headers["etag"]}
    assert hub.client.get(f"/deposits/{status['id']}/raw", headers=held).status_code == 304
    assert hub.client.get(f"/deposits/{encode(UUID(int=1))}").status_code == 404


def test_a_task_leads_to_its_file_when_it_is_done(hub: Hub):
    path = hub.settings.home / "organisations.jsonl"
    path.write_text(json.dumps(OXFORD) + "\n")
    with hub.database.connect() as connection:
        connection.autocommit = True
        fulgora.load(connection, "ror", str(path))
        hub.work("vulcanus")
        row = connection.execute("SELECT task_id::text FROM platform.task").fetchone()
    assert row
    place = f"/tasks/{row[0]}"
    answer = hub.client.get(place)
    assert (answer.status_code, answer.headers["retry-after"]) == (200, "1")
    assert answer.json()["state"] in {"waiting", "running"}
    assert hub.client.get(f"{place}/result").status_code == 404
    hub.work()
    answer = hub.client.get(place, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.json()["state"] == "completed"
    assert answer.headers["location"] == f"{place}/result"
    answer = hub.client.get(f"/tasks/{encode(UUID(row[0]))}")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    table = pl.read_parquet(io.BytesIO(answer.content))
    assert table["key"].to_list() == ["052gg0110"]
    assert table["croid"].to_list() == [hub.get("/organizations/052gg0110")["croid"]]
    assert hub.client.get("/tasks/x").json()["type"] == "/problems/no-such-task"


def test_reports_tell_how_old_they_are(hub: Hub):
    hub.organisations(OXFORD)
    hub.deposit(
        record("10.5555/a"),
        record("10.5555/b"),
        record("10.5556/c", issued={"date-parts": [[2023]]}),
        record("10.5556/d", issued=None),
    )
    assert {row["stale"] for row in hub.get("/reports")["items"]} == {True}
    old = hub.client.get("/reports/doi-counts")
    assert old.json()["stale"] is True
    with hub.database.connect() as connection:
        connection.execute(
            "SELECT gleba.refresh('doi-counts'), gleba.refresh('enrichment-coverage')"
        )
    answer = hub.client.get("/reports/doi-counts", headers={"if-none-match": old.headers["etag"]})
    report = answer.json()
    assert report["stale"] is False
    assert report["as-of-index"] == hub.get("/changes")["complete-to"]
    assert report["generated-at"] < report["spoils-at"]
    assert [(row["prefix"], row["year"], row["count"]) for row in report["items"]] == [
        ("10.5555", 2024, 2),
        ("10.5556", None, 1),
        ("10.5556", 2023, 1),
    ]
    page = hub.get("/reports/doi-counts?rows=2&prefix=10.5556")
    assert [row["year"] for row in page["items"]] == [None, 2023]
    first = hub.get("/reports/doi-counts?rows=2")
    rest = hub.get(f"/reports/doi-counts?rows=2&cursor={first['next-cursor']}")
    assert [*first["items"], *rest["items"]] == report["items"]
    assert rest["next-cursor"] is None

    answer = hub.client.get("/reports/doi-counts", headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["count"] for row in rows] == ["2", "1", "1"]
    assert {row["as-of-index"] for row in rows} == {str(report["as-of-index"])}
    assert {row["stale"] for row in rows} == {"false"}
    coverage = {row["strategy"]: row for row in hub.get("/reports/enrichment-coverage")["items"]}
    assert coverage.keys() == {"affiliation-ror", "funder-ror"}
    assert coverage["affiliation-ror"] == {
        "strategy": "affiliation-ror",
        "values": 4,
        "enriched": 4,
        "added": 4,
        "releases": 4,
        "organisations": 1,
    }
    assert hub.client.get("/reports/doi-counts", headers={"accept": "text/html"}).status_code == 406
    assert hub.client.get("/reports/doi-counts?perfix=10").status_code == 400
