"""`/dois`: requests are kept as they came, and of several at once none is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.keyring import bearer
from api.test_members import press, rival
from nexus_api.nauvis import doi_writes
from nexus_hub.catalog.credentials import Key
from stories.hub import Hub, hub

__all__ = ["hub", "press", "rival"]

DOI = "10.5555/lights"
JSONAPI = {"Content-Type": "application/vnd.api+json"}
WHOLE = {
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
    "titles": [{"title": "Lights in houses"}],
    "creators": [{"name": "Lovelace, Ada", "nameType": "Personal"}],
    "publisher": "Example Press",
    "publicationYear": 2024,
    "url": "https://example.org/lights",
}


@pytest.fixture
def desk(hub: Hub, press: tuple[int, Key]) -> Any:
    with hub.working():
        yield hub, press[1]


def send(hub: Hub, key: Key, method: str, path: str, attributes: Any, **headers: str) -> Any:
    sent = JSONAPI | bearer(key) | {name.replace("_", "-"): one for name, one in headers.items()}
    body: Any = {"data": {"attributes": attributes}}
    if isinstance(attributes, bytes):
        return hub.client.request(method, path, content=attributes, headers=sent)
    return hub.client.request(method, path, json=body, headers=sent)


def put(hub: Hub, key: Key, attributes: Any, **headers: str) -> Any:
    return send(hub, key, "PUT", f"/dois/{DOI}", attributes, **headers)


def raw_of(hub: Hub, answer: Any) -> Any:
    return hub.client.get(f"/deposits/{answer.headers['x-nexus-deposit']}/raw")


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_a_request_is_kept_byte_for_byte_and_read_for_what_it_makes(desk):
    hub, key = desk
    first = b'{ "data" : {"type":"dois", "attributes": {"titles":[{"title":"A\\u00e9"}] } } }\n'
    made = put(hub, key, first)
    assert made.status_code == 200, made.text
    raw = raw_of(hub, made)
    assert raw.content == first
    assert raw.headers["content-type"] == "application/vnd.api+json"
    assert hub.get(f"/deposits/{made.headers['x-nexus-deposit']}")["size-bytes"] == len(first)
    second = put(hub, key, WHOLE | {"event": "publish"})
    assert second.json()["data"]["attributes"]["state"] == "findable"
    assert b'"event"' in raw_of(hub, second).content
    # What it does not say stays: the record that is read is whole.
    third = put(hub, key, {"publicationYear": 2025})
    told = third.json()["data"]["attributes"]
    assert (told["titles"], told["publicationYear"]) == (WHOLE["titles"], 2025)
    assert hub.get(f"/works/{DOI}")["message"]["title"] == ["Lights in houses"]
    newest = hub.get(f"/works/{DOI}/history")["items"][0]
    assert newest["deposit"] == third.headers["x-nexus-deposit"]


def test_a_request_of_many_chunks_and_one_that_mints_are_kept_too(desk):
    hub, key = desk
    large = put(hub, key, WHOLE | {"descriptions": [{"description": "x" * 200_000}]})
    assert large.status_code == 200, large.text
    assert len(raw_of(hub, large).content) > 200_000
    again = put(hub, key, {"event": "publish"})
    assert again.json()["data"]["attributes"]["titles"] == WHOLE["titles"]
    sent = b'{"data": {"attributes": {"prefix": "10.5555", "titles": [{"title": "M"}]}}}'
    minted = send(hub, key, "POST", "/dois", sent)
    assert minted.status_code == 201, minted.text
    assert raw_of(hub, minted).content == sent
    doi = minted.json()["data"]["id"]
    got = hub.client.get(f"/dois/{doi}", headers=bearer(key)).json()["data"]["attributes"]
    assert got["titles"] == [{"title": "M"}]


def test_of_puts_at_once_each_is_made_to_what_the_one_before_left(desk):
    hub, key = desk
    assert put(hub, key, WHOLE).status_code == 200
    changes = [
        {"titles": [{"title": "Other lights"}]},
        {"publicationYear": 1999},
        {"publisher": "Second Press"},
        {"url": "https://example.org/2"},
        {"language": "de"},
        {"creators": [{"name": "Byron, Ada", "nameType": "Personal"}]},
    ]
    with ThreadPoolExecutor(len(changes)) as pool:
        answers = list(pool.map(lambda change: put(hub, key, change), changes))
    done = [change for change, one in zip(changes, answers, strict=True) if one.status_code == 200]
    # One that could not wait long enough says so.
    assert {code(one) for one in answers if one.status_code != 200} <= {(409, "not-settled")}
    assert len(done) > 1
    told = hub.client.get(f"/dois/{DOI}", headers=bearer(key)).json()["data"]["attributes"]
    for change in done:
        [(name, value)] = change.items()
        kept = told[name]["name"] if isinstance(told[name], dict) else told[name]
        assert kept == value, name


def test_if_match_refuses_what_was_changed_since(desk, rival):
    hub, key = desk
    refused = put(hub, key, WHOLE, If_Match="*")
    assert code(refused) == (412, "precondition-failed")
    first = put(hub, key, WHOLE)
    tag = first.headers["etag"]
    shown = hub.client.get(f"/dois/{DOI}", headers=bearer(key))
    assert shown.headers["etag"] == tag
    second = put(hub, key, {"publicationYear": 2000}, If_Match=tag)
    assert second.status_code == 200
    assert second.headers["etag"] != tag
    stale = put(hub, key, {"publicationYear": 2001}, If_Match=tag)
    assert code(stale) == (412, "precondition-failed")
    assert put(hub, key, {"publicationYear": 2002}, If_Match="*").status_code == 200
    stale = send(hub, key, "PATCH", f"/dois/{DOI}", {"language": "de"}, If_Match=tag)
    assert code(stale) == (412, "precondition-failed")
    headers = bearer(key) | {"If-Match": tag}
    assert hub.client.delete(f"/dois/{DOI}", headers=headers).status_code == 412
    told = hub.client.get(f"/dois/{DOI}", headers=bearer(key)).json()["data"]["attributes"]
    assert (told["publicationYear"], told.get("language")) == (2002, None)
    foreign = put(hub, rival[1], {"publicationYear": 2003}, If_Match="*")
    assert code(foreign) == (403, "not-your-prefix")


def test_a_request_sent_again_under_its_key_is_done_once(desk):
    hub, key = desk
    sent = {"prefix": "10.5555", "titles": [{"title": "M"}]}
    first = send(hub, key, "POST", "/dois", sent, Idempotency_Key="a")
    again = send(hub, key, "POST", "/dois", sent, Idempotency_Key="a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["x-nexus-deposit"] == first.headers["x-nexus-deposit"]
    other = send(hub, key, "POST", "/dois", sent | {"language": "de"}, Idempotency_Key="a")
    assert code(other) == (422, "key-reused")
    made = put(hub, key, WHOLE, Idempotency_Key="b")
    part = put(hub, key, {"publicationYear": 2000}, Idempotency_Key="c")
    put(hub, key, {"publicationYear": 2001})
    once = put(hub, key, {"publicationYear": 2000}, Idempotency_Key="c")
    assert once.headers["x-nexus-deposit"] == part.headers["x-nexus-deposit"]
    told = hub.client.get(f"/dois/{DOI}", headers=bearer(key)).json()["data"]["attributes"]
    assert told["publicationYear"] == 2001
    path = "/dois/10.5555/other"
    elsewhere = send(hub, key, "PUT", path, WHOLE, Idempotency_Key="b")
    assert (made.status_code, code(elsewhere)) == (200, (422, "key-reused"))
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: send(hub, key, "POST", "/dois", sent, Idempotency_Key="d"), range(4))
        )
    assert {one.status_code for one in answers} == {201}, [one.text for one in answers]
    assert len({one.json()["data"]["id"] for one in answers}) == 1


def test_where_no_worker_gives_a_verdict_nothing_is_told_to_be_made(hub, press, monkeypatch):
    monkeypatch.setattr(doi_writes, "WAITS_S", 0.2)
    made = send(hub, press[1], "POST", "/dois", WHOLE | {"doi": DOI, "event": "publish"})
    assert made.status_code == 202, made.text
    place = made.headers["location"]
    assert made.json()["data"]["links"]["self"] == place
    assert made.json()["data"]["type"] == "deposits"
    assert hub.get(place)["state"] == "received"
    hub.work()
    assert hub.get(place)["records"][0]["result"] == "created"
    found = hub.client.get(f"/dois/{DOI}").json()["data"]["attributes"]
    assert found["state"] == "findable"
    waiting = put(hub, press[1], {"publicationYear": 2025})
    assert (waiting.status_code, "etag" in waiting.headers) == (202, False)
