"""One change to one object over HTTP: who may make it, and that nobody's change is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from api.people import CREATOR, create, people, slug
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub", "people"]
NEW = {"kind": "creator", "record": CREATOR}


def tag(hub: Hub, path: str) -> str:
    return hub.client.get(path, follow_redirects=False).headers["etag"]


def test_an_admin_creates_replaces_and_deletes_at_once(hub: Hub, people):
    _, root = people
    made = root.post("/cro", 201, NEW)
    place = made.headers["location"]
    told = made.json()
    assert (made.headers["x-nexus-index"], told["index"], place) == (
        "1",
        1,
        f"/cro/{told['croid']}",
    )
    assert made.headers["etag"] == tag(hub, place)

    change = {"record": CREATOR | {"surname": "L"}, "description": "her name"}
    answer = root.send("PUT", place, 200, change, If_Match=made.headers["etag"])
    assert answer.headers["etag"] == tag(hub, place)
    assert answer.json()["editgroup"]["description"] == "her name"
    assert hub.get(place)["record"]["surname"] == "L"
    assert answer.headers["x-nexus-index"] == "2"

    deleted = root.send("DELETE", place, 200, If_Match=tag(hub, place))
    assert deleted.headers["x-nexus-index"] == "3"
    assert hub.client.get(place).status_code == 410
    assert slug(root.send("DELETE", place, 409, If_Match=tag(hub, place))) == "wrong-state"
    root.send("PUT", place, 200, {"record": CREATOR}, If_Match=tag(hub, place))
    assert hub.get(place)["record"] == CREATOR


def test_a_change_of_what_is_not_known_as_it_is_is_refused(hub: Hub, people):
    _, root = people
    place = root.post("/cro", 201, NEW).headers["location"]
    old = tag(hub, place)
    body = {"record": CREATOR | {"surname": "L"}}
    assert slug(root.send("PUT", place, 428, body)) == "precondition-required"
    assert slug(root.send("DELETE", place, 428)) == "precondition-required"
    root.send("PUT", place, 200, body, If_Match=f'"other", {old}')
    for who in people:
        for sent in (old, f"W/{tag(hub, place)}", "", "x"):
            refused = who.send("PUT", place, 412, body, If_Match=sent)
            assert slug(refused) == "precondition-failed"
        who.send("DELETE", place, 412, If_Match=old)
        who.post(f"{place}/merge", 412, {"into": "0" * 26}, If_Match=old)
    root.send("PUT", place, 200, {"record": CREATOR}, If_Match="*")
    assert hub.get("/changes", **{"x-nexus-min-index": "3"})["complete-to"] == 3


def test_of_those_who_write_at_once_from_the_same_state_one_wins(hub: Hub, people):
    _, root = people
    place = root.post("/cro", 201, NEW).headers["location"]

    def put(n: int) -> int:
        body = {"record": CREATOR | {"surname": f"{n} of {known}"}}
        headers = root.headers | {"If-Match": known}
        return hub.client.put(place, json=body, headers=headers).status_code

    for _ in range(5):
        known = tag(hub, place)
        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(put, range(4))) == [200, 412, 412, 412]


def test_a_batch_sent_several_times_at_once_is_applied_once(hub: Hub, people):
    _, root = people
    book = {"action": "create", "kind": "release", "record": {"title": ["A"]}}
    headers = root.headers | {"Idempotency-Key": "k"}

    def send(_: int) -> tuple[int, str]:
        answer = hub.client.post(
            "/editgroups/batch", json={"edits": [book, create()]}, headers=headers
        )
        return answer.status_code, answer.text

    with ThreadPoolExecutor(4) as pool:
        [(status, _)] = set(pool.map(send, range(4)))
    assert status == 201
    assert len(hub.get("/editgroups")["items"]) == 1


def test_an_editor_proposes_what_an_admin_accepts(hub: Hub, people):
    ada, root = people
    place = root.post("/cro", 201, NEW).headers["location"]
    sent = {"record": CREATOR | {"surname": "L"}}
    answer = ada.send("PUT", place, 202, sent, If_Match=tag(hub, place))
    assert "x-nexus-index" not in answer.headers
    told = answer.json()
    assert (told["index"], told["editgroup"]["status"]) == (None, "submitted")
    path = answer.headers["location"]
    assert path == f"/editgroups/{told['editgroup']['id']}"
    assert "surname" not in hub.get(place)["record"]
    root.post(f"{path}/accept", 200)
    assert hub.get(place)["record"]["surname"] == "L"


def test_changes_are_gathered_in_an_open_editgroup(hub: Hub, people):
    _, root = people
    first, second = (root.post("/cro", 201, NEW).headers["location"] for _ in "ab")
    path = root.editgroup()
    into = f"?editgroup={path.removeprefix('/editgroups/')}"
    root.send("PUT", first + into, 202, {"record": CREATOR | {"surname": "L"}}, If_Match="*")
    answer = root.send("DELETE", second + into, 202, If_Match=tag(hub, second))
    assert answer.headers["location"] == path
    assert root.post("/cro" + into, 202, NEW).json()["editgroup"]["status"] == "open"
    again = root.send("DELETE", second + into, 409, If_Match="*")
    assert slug(again) == "already-edited"
    assert hub.get(path)["counts"]["edits"] == 3
    root.post(f"{path}/accept", 200)
    assert hub.client.get(second).status_code == 410
    root.send("PUT", first + "?editgroup=x", 404, {"record": CREATOR}, If_Match="*")


def test_a_merged_object_leads_to_the_other_and_can_be_split_again(hub: Hub, people):
    _, root = people
    first, second = (root.post("/cro", 201, NEW).headers["location"] for _ in "ab")
    into = {"into": second.removeprefix("/cro/")}
    root.post(f"{first}/merge", 200, into, If_Match=tag(hub, first))
    moved = hub.client.get(first, follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (301, second)
    assert slug(root.post(f"{first}/merge", 400, into)) == "bad-redirect"
    back = {"into": first.removeprefix("/cro/")}
    assert slug(root.post(f"{second}/merge", 400, back)) == "bad-redirect"
    root.send("PUT", first, 200, {"record": CREATOR}, If_Match=moved.headers["etag"])
    assert hub.get(first)["state"] == "active"


def test_what_is_not_live_cannot_be_changed(hub: Hub, people):
    ada, root = people
    croid = ada.post("/cro", 202, NEW).json()["croid"]
    for path in (f"/cro/{croid}", f"/cro/{'0' * 26}"):
        assert slug(root.send("PUT", path, 404, {"record": CREATOR}, If_Match="*")) == (
            "no-such-object"
        )
    assert slug(root.send("DELETE", "/cro/x", 400, If_Match="*")) == "malformed-croid"


def test_a_creation_is_made_once_under_its_key(hub: Hub, people):
    book = {"kind": "release", "record": {"title": ["A"]}}
    for who, status in zip(people, (202, 201), strict=True):
        for body in (NEW, book):
            first = who.post("/cro", status, body, Idempotency_Key=body["kind"])
            again = who.post("/cro", status, body, Idempotency_Key=body["kind"])
            assert again.json() == first.json()
            other = body | {"record": {"title": ["B"], "display_name": "B"}}
            refused = who.post("/cro", 422, other, Idempotency_Key=body["kind"])
            assert slug(refused) == "editgroup-key-reused"
    assert len(hub.get("/editgroups")["items"]) == 4


def test_who_lost_the_lease_cannot_write(hub: Hub, people):
    _, root = people
    place = root.post("/cro", 201, NEW).headers["location"]
    lease = place.replace("/cro/", "/leases/")
    body = {"record": CREATOR | {"surname": "L"}}
    root.send("PUT", f"{place}?fence=1", 404, body, If_Match="*")
    old = root.post(lease, 201, {"holder": "a", "ttl_s": 60}).json()["token"]
    root.send("DELETE", f"{lease}?token={old}", 204)
    new = root.post(lease, 201, {"holder": "b", "ttl_s": 60}).json()["token"]
    for method, path, sent in (
        ("PUT", place, body),
        ("DELETE", place, None),
        ("POST", f"{place}/merge", {"into": "0" * 26}),
    ):
        refused = root.send(method, f"{path}?fence={old}", 409, sent, If_Match="*")
        assert slug(refused) == "fenced-off"
    root.send("PUT", f"{place}?fence={new}", 200, body, If_Match="*")
    for odd in ("0", "x", "-1", "9" * 30):
        root.send("PUT", f"{place}?fence={odd}", 400, body, If_Match="*")


def test_the_content_of_an_old_revision_is_taken_away(hub: Hub, people):
    ada, root = people
    made = root.post("/cro", 201, NEW)
    place, old = made.headers["location"], made.json()["revision"]
    path, why = f"{place}/revisions/{old}", {"reason": "names a patient"}
    assert slug(root.post(f"{path}/redact", 409, why)) == "wrong-state"
    root.send("PUT", place, 200, {"record": {"display_name": "B"}}, If_Match="*")
    assert slug(ada.post(f"{path}/redact", 403, why)) == "forbidden"
    assert root.post(f"{path}/redact", 400, {"reason": ""}).status_code == 400
    told = root.post(f"{path}/redact", 200, why).json()
    assert (told["by"], told["revision"], told["reason"]) == ("root", old, "names a patient")
    assert "Ada" not in hub.client.get(path).text
    assert slug(root.post(f"{path}/redact", 410, why)) == "redacted"
    assert slug(root.post(f"{place}/revisions/x/redact", 404, why)) == "no-such-revision"


def test_a_faulty_record_names_its_faults_where_they_stand(people):
    _, root = people
    refused = root.post("/cro", 400, {"kind": "creator", "record": {"orcid": "1"}}).json()
    assert {fault["pointer"] for fault in refused["message"]} == {
        "/record/orcid",
        "/record/display_name",
    }
    for body in ({"kind": "person", "record": {}}, {"kind": "creator"}, {}, [], {"kind": 1}):
        root.post("/cro", 400, body)


def test_an_enriched_record_is_put_back_as_it_was_read(hub: Hub, people):
    _, root = people
    hub.organisations(OXFORD)
    [told] = hub.deposit(record("10.5555/a"))["records"]
    place = f"/cro/{told['croid']}"
    read = hub.get(place)
    oxford = read["record"]["author"][0]["affiliation"][0]["croid"]
    read["record"]["title"] = ["Mended"]
    answer = root.send("PUT", place, 200, read, If_Match=tag(hub, place))
    assert answer.json()["warnings"] == []
    [author] = hub.get(place)["record"]["author"]
    assert author["affiliation"][0]["croid"] == oxford


def test_identifiers_belong_to_one_live_object(people):
    _, root = people
    edit = create(orcid="0000-0002-1825-0097")
    root.post("/editgroups/batch", 201, {"edits": [edit]})
    refused = root.post("/cro", 409, {"kind": "creator", "record": edit["record"]})
    assert slug(refused) == "identifier-taken"
