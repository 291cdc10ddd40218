"""The life cycle of an editgroup over HTTP, by an editor and an admin."""

from __future__ import annotations

from api.people import CREATOR, create, people, slug
from stories.hub import Hub, hub, record

__all__ = ["hub", "people"]


def test_an_editgroup_from_its_first_edit_to_acceptance(hub: Hub, people):
    ada, root = people
    body = {"description": "authors", "extra": {"ticket": 1}}
    opened = ada.post("/editgroups", 201, body)
    path = opened.headers["location"]
    assert path == f"/editgroups/{opened.json()['id']}"
    assert opened.json() | body | {"status": "open", "editor": "ada"} == opened.json()

    added = ada.post(f"{path}/edits", 201, {"edits": [create(age=7), create()]}).json()
    [first, second] = added["edits"]
    [warning] = added["warnings"]
    assert (warning["code"], warning["pointer"]) == ("unknown-member", "/edits/0/record/age")
    assert (first["previous"], first["kind"], first["action"]) == (None, "creator", "create")
    place = f"/cro/{first['croid']}"
    assert hub.client.get(place).status_code == 404

    told = hub.get(path)
    assert told["counts"] == {"edits": 2, "annotations": 0}
    assert told["edits"] == {"items": [first, second], "next-cursor": None}
    ada.send("DELETE", f"{path}/edits/{second['id']}", 204)
    assert slug(ada.send("DELETE", f"{path}/edits/{second['id']}", 404)) == "no-such-edit"

    assert ada.post(f"{path}/submit", 200).json()["status"] == "submitted"
    assert hub.get("/editgroups?status=submitted")["items"][0]["id"] == told["id"]
    assert ada.post(f"{path}/unsubmit", 200).json()["submitted-at"] is None
    assert ada.post(f"{path}/submit", 200).json()["submitted-at"]
    assert slug(ada.post(f"{path}/accept", 403)) == "forbidden"
    accepted = root.post(f"{path}/accept", 200)
    assert accepted.headers["x-nexus-index"] == "1"
    told = accepted.json()
    assert (told["status"], told["index"], told["accepted-by"]) == ("accepted", 1, "root")
    assert hub.get(place, **{"x-nexus-min-index": "1"})["record"] == CREATOR
    for what in ("accept", "submit", "unsubmit", "withdraw"):
        assert slug(root.post(f"{path}/{what}", 400)) == "editgroup-closed"
    assert slug(root.post(f"{path}/edits", 400, {"edits": [create()]})) == "editgroup-closed"


def test_a_withdrawn_editgroup_is_over_and_what_it_would_have_made_is_free(hub: Hub, people):
    ada, root = people
    path = ada.editgroup(create())
    croid = hub.get(path)["edits"]["items"][0]["croid"]
    assert slug(ada.post(f"{path}/accept", 403)) == "forbidden"
    assert ada.post(f"{path}/withdraw", 200).json()["status"] == "withdrawn"
    assert slug(root.post(f"{path}/accept", 400)) == "editgroup-closed"
    edits = [create() | {"croid": croid}]
    root.post("/editgroups/batch", 201, {"edits": edits})
    assert hub.client.get(f"/cro/{croid}").status_code == 200


def test_editgroups_are_listed_page_by_page(hub: Hub, people):
    ada, root = people
    paths = [ada.editgroup() for _ in range(3)] + [root.editgroup()]
    ids = [path.removeprefix("/editgroups/") for path in paths]
    assert [row["id"] for row in hub.get("/editgroups")["items"]] == ids[::-1]
    assert [row["id"] for row in hub.get("/editgroups?editor=ROOT")["items"]] == ids[3:]
    seen, cursor = [], "*"
    while cursor:
        asked = {"editor": "ada", "rows": 2, "cursor": cursor}
        told = hub.client.get("/editgroups", params=asked).json()
        seen += [row["id"] for row in told["items"]]
        cursor = told["next-cursor"]
    assert seen == ids[2::-1]
    assert hub.client.get("/editgroups?status=gone").status_code == 400
    assert hub.client.get("/editgroups?editor=nobody").status_code == 404
    assert hub.client.head("/editgroups").content == b""


def test_the_edits_of_a_large_editgroup_come_in_pages(hub: Hub, people):
    ada, _ = people
    path = ada.editgroup(*[create() for _ in range(45)])
    told = hub.get(path)
    seen, cursor = told["edits"]["items"], told["edits"]["next-cursor"]
    assert len(seen) == 20
    while cursor:
        page = hub.client.get(
            f"{path.upper().replace('EDITGROUPS', 'editgroups')}/edits", params={"cursor": cursor}
        ).json()
        seen, cursor = seen + page["items"], page["next-cursor"]
    assert len({edit["croid"] for edit in seen}) == 45


def test_what_is_said_of_an_editgroup_is_kept(hub: Hub, people):
    ada, root = people
    path = ada.editgroup(create())
    assert ada.post(f"{path}/annotations", 201, {"markdown": "*Sure?*"}).json()["editor"] == "ada"
    check = {"check": "orcid-exists", "passed": True, "extra": {"seen": 1}}
    assert slug(ada.post(f"{path}/annotations", 403, check)) == "not-allowed"
    root.post(f"{path}/annotations", 201, check)
    assert slug(root.post(f"{path}/annotations", 400, {"check": "x"})) == "bad-edit"
    told = hub.get(f"{path}/annotations")["items"]
    assert [(one["editor"], one["markdown"], one["check"], one["passed"]) for one in told] == [
        ("ada", "*Sure?*", None, None),
        ("root", None, "orcid-exists", True),
    ]
    first = hub.get(f"{path}/annotations?rows=1&cursor=*")
    following = {"rows": 1, "cursor": first["next-cursor"]}
    second = hub.client.get(f"{path}/annotations", params=following).json()
    assert first["items"] + second["items"] == told
    assert hub.get(path)["counts"] == {"edits": 1, "annotations": 2}


def test_an_editor_cannot_touch_the_editgroup_of_another(people):
    ada, root = people
    path = root.editgroup()
    assert slug(ada.post(f"{path}/edits", 403, {"edits": [create()]})) == "not-allowed"
    for step in ("submit", "unsubmit", "withdraw"):
        assert slug(ada.post(f"{path}/{step}", 403)) == "not-allowed"
    own = ada.editgroup()
    root.post(f"{own}/edits", 201, {"edits": [create()]})


def test_the_same_key_opens_the_same_editgroup(people):
    ada, root = people
    body = {"description": "a"}
    first = ada.post("/editgroups", 201, body, Idempotency_Key="k")
    assert ada.post("/editgroups", 201, body, Idempotency_Key="k").json() == first.json()
    other = root.post("/editgroups", 201, body, Idempotency_Key="k")
    assert other.json()["id"] != first.json()["id"]
    refused = ada.post("/editgroups", 422, {"description": "b"}, Idempotency_Key="k")
    assert slug(refused) == "editgroup-key-reused"


def test_a_batch_is_applied_once_however_often_it_is_sent(hub: Hub, people):
    ada, root = people
    book = {"title": ["A house"], "type": "book"}
    edits = [create(), {"action": "create", "kind": "release", "record": book}, create(surname="L")]
    body = {"description": "all at once", "edits": edits}
    assert slug(ada.post("/editgroups/batch", 403, body)) == "forbidden"
    first = root.post("/editgroups/batch", 201, body, Idempotency_Key="b")
    assert first.headers["x-nexus-index"] == "1"
    told = first.json()
    assert [edit["kind"] for edit in told["edits"]] == ["creator", "release", "creator", "work"]
    again = root.post("/editgroups/batch", 201, body, Idempotency_Key="b")
    assert again.json() == told
    assert (again.headers["x-nexus-index"], again.headers["location"]) == (
        "1",
        f"/editgroups/{told['id']}",
    )
    assert hub.get(f"/cro/{told['edits'][2]['croid']}")["record"]["surname"] == "L"
    body["edits"] = edits[:2]
    refused = root.post("/editgroups/batch", 422, body, Idempotency_Key="b")
    assert slug(refused) == "editgroup-key-reused"
    assert len(hub.get("/editgroups")["items"]) == 1


def test_a_release_without_a_work_gets_one_in_the_same_editgroup(hub: Hub, people):
    ada, root = people
    book = {"action": "create", "kind": "release", "record": {"title": ["A house"]}}
    path = ada.editgroup(book, book)
    edits = hub.get(path)["edits"]["items"]
    assert [edit["kind"] for edit in edits].count("work") == 2
    root.post(f"{path}/accept", 200)
    releases = [hub.get(f"/cro/{e['croid']}") for e in edits if e["kind"] == "release"]
    works = {e["croid"] for e in edits if e["kind"] == "work"}
    assert {release["record"]["work"]["croid"] for release in releases} == works
    named = {**book, "record": {"title": ["B"], "work": {"croid": min(works)}}}
    told = root.post("/editgroups/batch", 201, {"edits": [named]}).json()
    assert [edit["kind"] for edit in told["edits"]] == ["release"]


def test_a_stale_editgroup_is_refused_and_names_the_objects(hub: Hub, people):
    ada, root = people
    told = root.post("/editgroups/batch", 201, {"edits": [create()]}).json()
    croid = told["edits"][0]["croid"]
    change = {"action": "update", "croid": croid, "record": CREATOR | {"surname": "L"}}
    path = ada.editgroup(change)
    root.post("/editgroups/batch", 201, {"edits": [change]})
    refused = root.post(f"{path}/accept", 409)
    assert (slug(refused), refused.json()["detail"]) == ("stale-base", croid)
    assert hub.get(path)["status"] == "open"
    late = change | {"expect": told["edits"][0]["revision"]}
    again = ada.editgroup()
    refused = ada.post(f"{again}/edits", 409, {"edits": [late]})
    assert (slug(refused), refused.json()["detail"]) == ("stale-base", croid)


def test_an_accepted_editgroup_is_undone_by_another(hub: Hub, people):
    ada, root = people
    path = ada.editgroup(create())
    assert slug(ada.post(f"{path}/revert", 404)) == "no-such-editgroup"
    croid = hub.get(path)["edits"]["items"][0]["croid"]
    root.post(f"{path}/accept", 200)
    undoing = ada.post(f"{path}/revert", 201, {"description": "no"}, Idempotency_Key="u")
    assert undoing.json()["extra"] == {"reverts": path.removeprefix("/editgroups/")}
    again = ada.post(f"{path}/revert", 201, {"description": "no"}, Idempotency_Key="u")
    assert again.json() == undoing.json()
    root.post(f"{undoing.headers['location']}/accept", 200)
    assert hub.client.get(f"/cro/{croid}").status_code == 410


def test_a_second_edit_of_an_object_waits_until_the_first_is_deleted(hub: Hub, people):
    ada, root = people
    told = root.post("/editgroups/batch", 201, {"edits": [create()]}).json()
    change = {"action": "delete", "croid": told["edits"][0]["croid"]}
    path = ada.editgroup(change)
    refused = ada.post(f"{path}/edits", 409, {"edits": [create(), change]})
    assert slug(refused) == "already-edited"
    [fault] = refused.json()["message"]
    assert fault["pointer"] == "/edits/1"
    ada.send("DELETE", f"{path}/edits/{hub.get(path)['edits']['items'][0]['id']}", 204)
    ada.post(f"{path}/edits", 201, {"edits": [create(), change]})


def test_all_that_is_wrong_with_edits_is_named_in_its_place(people):
    ada, _ = people
    path = ada.editgroup()
    edits = [
        create(),
        {"action": "create", "kind": "creator", "record": {"orcid": "0000-0002-1825-0098"}},
        {"action": "update", "croid": "0" * 26, "record": {}},
        {
            "action": "create",
            "kind": "release",
            "record": {"title": ["A"], "author": [{"croid": "x"}]},
        },
    ]
    refused = ada.post(f"{path}/edits", 400, {"edits": edits}).json()
    assert [(one["type"], one["pointer"]) for one in refused["message"]] == [
        ("no-such-object", "/edits/2/croid"),
        ("malformed-orcid", "/edits/1/record/orcid"),
        ("missing-display-name", "/edits/1/record/display_name"),
        ("malformed-croid", "/edits/3/record/author/0/croid"),
    ]
    for edit, pointer in (
        ({"action": "creat"}, "/edits/0/action"),
        ({"action": "create", "kind": "creator"}, "/edits/0/record"),
        ({"action": "delete", "croid": "0" * 26, "record": {}}, "/edits/0/record"),
        ({"action": "delete", "croid": "nothing"}, "/edits/0/croid"),
        ({"action": "revert", "croid": "0" * 26, "revision": "x"}, "/edits/0/revision"),
        (7, "/edits/0"),
    ):
        refused = ada.post(f"{path}/edits", 400, {"edits": [edit]}).json()
        assert refused["message"][0]["pointer"] == pointer, edit
    assert slug(ada.post(f"{path}/edits", 400, {"edits": []})) == "bad-edit"
    assert slug(ada.post(f"{path}/edits", 400, {"edits": [{}] * 10_001})) == "bad-edit"


def test_a_persons_edit_survives_a_later_deposit(hub: Hub, people):
    ada, root = people
    [first] = hub.deposit(record("10.5555/a", title=["Old"]))["records"]
    body = hub.get(f"/cro/{first['croid']}")["record"] | {"title": ["Mended"]}
    change = {"action": "update", "croid": first["croid"], "record": body}
    path = ada.editgroup(change)
    root.post(f"{path}/accept", 200)
    hub.work()
    hub.deposit(record("10.5555/a", title=["Old"], publisher="Other Press"))
    told = hub.get(f"/cro/{first['croid']}")["record"]
    assert (told["title"], told["publisher"]) == (["Mended"], "Other Press")
