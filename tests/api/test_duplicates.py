"""Duplicates over HTTP: anybody sees what looks alike, an admin decides."""

from __future__ import annotations

from typing import Any

import pytest

from api.keyring import bearer, make_editor, make_key
from faults import flow
from fulgora.rows import concept, funder_registry
from nexus_hub.catalog.queries.models import EditorRole
from nexus_hub.fulgora import service as fulgora
from serving import serving

SAME: dict[str, Any] = {
    "author": [{"family": "Vega"}, {"family": "Ng"}],
    "volume": "3",
    "page": "7-9",
    "container-title": ["Brine"],
}
TITLE = "On the curing of herring with coarse salt"


@pytest.fixture
def owner(fresh_database):
    with fresh_database.connect() as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def client(fresh_database, owner):
    records = [flow.record(f"10.5555/same.{n}", TITLE, **SAME) for n in range(3)]
    flow.take_records(owner, records)
    flow.drain(fresh_database)
    with serving(fresh_database.settings) as client:
        yield client


@pytest.fixture
def admin(owner) -> dict[str, str]:
    return bearer(make_key(owner, make_editor(owner, "root", EditorRole.ADMIN)))


def test_pairs_are_listed_page_by_page_and_decided_once(client, admin, owner) -> None:
    found: list[Any] = []
    cursor = "*"
    while cursor:
        answer = client.get("/duplicates", params={"rows": 2, "cursor": cursor})
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next-cursor"]
    assert len({(one["croid"], one["into"]["croid"]) for one in found}) == 3
    first, second = found[0], found[1]
    assert first["evidence"]["authors"] == ["Vega", "Ng"]
    assert first["rule"]

    path = f"/duplicates/{first['croid']}/{first['into']['croid']}"
    assert client.post(f"{path}/accept").status_code == 401
    plain = bearer(make_key(owner, make_editor(owner, "ada")))
    assert client.post(f"{path}/accept", headers=plain).status_code == 403
    answer = client.post(f"{path}/accept", headers=admin)
    assert answer.status_code == 200, answer.text
    assert answer.json()["index"] > 0
    again = client.post(f"{path}/reject", headers=admin)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/proposal-decided")
    moved = client.get(f"/works/{first['doi']}", follow_redirects=False)
    assert moved.status_code == 301

    other = f"/duplicates/{second['croid']}/{second['into']['croid']}"
    if second["croid"] != first["croid"] and second["into"]["croid"] != first["croid"]:
        assert client.post(f"{other}/reject", headers=admin).json()["index"] is None
    [told] = client.get("/duplicates", params={"state": "accepted"}).json()["items"]
    assert (told["state"], told["decided-by"]) == ("accepted", "root")


def test_what_nobody_proposed_cannot_be_merged(client, admin) -> None:
    one, other = "01jqwertyz0000000000000002", "01jqwertyz0000000000000001"
    answer = client.post(f"/duplicates/{one}/{other}/accept", headers=admin)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-proposal")


def test_funder_and_organisation_that_are_one_are_proposed_and_merged(
    fresh_database, owner, admin, tmp_path
) -> None:
    def load(source: str, path: str) -> None:
        fulgora.load(owner, source, path)
        flow.drain(fresh_database)

    row = flow.organisation(11, "Science Foundation")
    load("ror", flow.write_lines(tmp_path / "1.jsonl", [row]))
    told = funder_registry(tmp_path / "f.rdf", concept(100000001, "Foundation of Science"))
    load("funder-registry", told)
    with serving(fresh_database.settings) as client:
        assert client.get("/duplicates").json()["items"] == []
        # Now the registry says that it is the funder, which is here already.
        row["external_ids"] = [{"type": "fundref", "all": ["100000001"], "preferred": None}]
        row["admin"]["last_modified"] = {"date": "2026-01-01", "schema_version": "2.1"}
        load("ror", flow.write_lines(tmp_path / "2.jsonl", [row]))
        (found,) = client.get("/duplicates").json()["items"]
        assert (found["kind"], found["doi"]) == ("organisation", None)
        assert {found["title"], found["into"]["title"]} == {
            "Science Foundation",
            "Foundation of Science",
        }
        evidence = found["evidence"]
        assert (evidence["source"], evidence["value"]) == ("ror", "10.13039/100000001")
        row_url = f"/sources/ror/releases/{evidence['release']}/rows/{evidence['key']}"
        assert client.get(row_url).json()["record"]["id"] == row["id"]
        path = f"/duplicates/{found['croid']}/{found['into']['croid']}"
        assert client.post(f"{path}/accept", headers=admin).status_code == 200
        flow.drain(fresh_database)
        assert client.get("/duplicates").json()["items"] == []
        survivor = found["into"]["croid"]
        for name in (f"ror/{flow.ror_id(11)}", "funder/10.13039/100000001"):
            answer = client.get(f"/id/{name}", follow_redirects=False)
            assert answer.headers["location"].endswith(survivor)
