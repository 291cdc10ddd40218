"""Deposits that come again, that expect something, or that are only tests."""

from nexus_hub.platform.queries.queue import queue_replay
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
DOI = "10.5555/again"
TABLES = (
    "catalog.ident",
    "catalog.revision",
    "catalog.part",
    "catalog.edit",
    "catalog.editgroup",
    "catalog.changelog",
    "catalog.release",
    "croid.identifier",
    "vulcanus.layer",
    "vulcanus.run",
    "aquilo.document",
)


def sizes(hub: Hub) -> dict[str, int]:
    with hub.database.connect(None) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in TABLES
        }


def test_a_test_leaves_no_trace_and_shows_the_change_it_would_make(hub: Hub):
    hub.organisations(OXFORD)
    hub.deposit(record(DOI, title=["Old"]))
    before = sizes(hub)
    records = [record(DOI, title=["New"]), record("10.5555/other"), {"doi": "10.5/x"}]
    asked = hub.client.post("/deposits", json={"records": records[2:], "test": True})
    assert asked.json()["test"] is True
    answer = hub.client.post("/deposits?test=true", json={"records": records})
    hub.work()
    status = hub.get(answer.headers["location"])
    assert status["test"] is True
    assert [told["result"] for told in status["records"]] == ["updated", "created", "rejected"]
    changed, created, _ = status["records"]
    assert {"op": "replace", "path": "/title/0", "value": "New"} in changed["patch"]
    assert {"/DOI", "/title"} <= {change["path"] for change in created["patch"]}
    assert created["croid"] is None
    assert created["index"] is None
    assert sizes(hub) == before
    assert hub.get(f"/works/{DOI}")["message"]["title"] == ["Old"]
    assert hub.client.get("/works/10.5555/other").status_code == 404
    assert len(hub.get(f"/works/{DOI}/deposits")["items"]) == 1


def test_the_same_content_again_is_unchanged(hub: Hub):
    first = hub.deposit(record(DOI))
    second = hub.deposit(record(DOI))
    third = hub.deposit({"metadata": record(DOI)["metadata"], **record(DOI)})
    told = [status["records"][0] for status in (first, second, third)]
    assert [one["result"] for one in told] == ["created", "unchanged", "unchanged"]
    assert len({one["revision"] for one in told}) == 1
    assert len(hub.get("/changes")["items"]) == 1


def test_new_is_refused_where_there_is_something(hub: Hub):
    assert hub.deposit(record(DOI) | {"expect": "new"})["records"][0]["result"] == "created"
    again = hub.deposit(record(DOI, title=["Other"]) | {"expect": "new"})["records"][0]
    assert again["result"] == "rejected"
    assert again["problems"][0]["code"] == "already-exists"
    assert again["problems"][0]["pointer"] == "/expect"
    anything = hub.deposit(record(DOI, title=["Other"]) | {"expect": "any"})["records"][0]
    assert anything["result"] == "updated"


def test_a_revision_that_is_no_longer_current_is_refused(hub: Hub):
    first = hub.deposit(record(DOI))["records"][0]["revision"]
    expected = {"expect": {"revision": first}}
    assert hub.deposit(record(DOI, volume="2") | expected)["records"][0]["result"] == "updated"
    late = hub.deposit(record(DOI, volume="3") | expected)["records"][0]
    assert late["result"] == "rejected"
    assert late["problems"][0]["code"] == "revision-mismatch"
    assert hub.get(f"/works/{DOI}")["message"]["volume"] == "2"


def test_a_key_replays_the_same_bytes_and_refuses_others(hub: Hub):
    body = b'{"records": [{"doi": "10.5555/key", "metadata": {"type": "book"}}]}'
    headers = {"content-type": "application/json", "idempotency-key": "monday-1"}

    def post(content: bytes, path: str = "/deposits"):
        return hub.client.post(path, content=content, headers=headers)

    first = post(body)
    hub.work()
    again = post(body)
    assert again.status_code == first.status_code == 202
    assert again.headers["location"] == first.headers["location"]
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["state"] == "completed"
    for refused in (post(body + b"\n"), post(body, "/deposits?test=true")):
        assert refused.status_code == 422
        assert refused.json()["type"] == "/problems/key-reused"
    assert len(hub.get("/works/10.5555/key/deposits")["items"]) == 1
    headers["idempotency-key"] = "x" * 256
    refused = post(body)
    assert refused.status_code == 400
    assert refused.json()["message"][0]["parameter"] == "Idempotency-Key"


def test_a_depositor_may_wait_for_the_verdicts(hub: Hub):
    answer = hub.client.post(
        "/deposits", json={"records": [record(DOI)]}, headers={"prefer": "wait=1"}
    )
    assert answer.status_code == 202
    assert answer.headers["retry-after"] == "1"
    assert hub.get(answer.headers["location"])["state"] == "received"
    with hub.working():
        answer = hub.client.post(
            "/deposits", json={"records": [record("10.5555/b")]}, headers={"prefer": "wait=30"}
        )
    assert answer.status_code == 200
    assert answer.headers["preference-applied"] == "wait=30"
    status = answer.json()
    assert status["state"] == "completed"
    assert answer.headers["x-nexus-index"] == str(status["index"])
    assert "retry-after" not in answer.headers


def test_a_deposit_that_could_not_be_processed_says_so_until_it_is_sent_again(hub: Hub):
    bad = {"doi": "10.5/x", "metadata": {}}
    answer = hub.client.post("/deposits", json={"records": [record("10.5555/stall"), bad]})
    place, queue = answer.headers["location"], "vulcanus_deposit_received"
    assert hub.get(place)["state"] == "processing"
    with hub.database.connect() as connection:
        bury = "SELECT platform.bury_message(%s, msg_id, 'no luck')"
        bury += " FROM platform.read_messages(%s, 60, 10)"
        assert connection.execute(bury, [queue, queue]).fetchall() == [(True,)]
    status = hub.get(place)
    assert status["state"] == "failed"
    assert status["settled-at"] is None
    first, second = status["records"]
    assert first["result"] is None
    assert [problem["code"] for problem in first["problems"]] == ["stalled"]
    assert "no luck" in first["problems"][0]["detail"]
    assert [problem["code"] for problem in second["problems"]] == ["malformed-doi"]
    with hub.database.connect() as connection:
        assert queue_replay(connection, queue=queue) == 1
    assert hub.get(place)["state"] == "processing"
    hub.work()
    status = hub.get(place)
    assert status["state"] == "completed-with-errors"
    assert [one["result"] for one in status["records"]] == ["created", "rejected"]
    assert status["records"][0]["problems"] == []
