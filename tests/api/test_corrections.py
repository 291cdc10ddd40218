"""Corrections: anyone proposes, the owner decides, everybody sees the state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.keyring import bearer, make_editor, make_key
from api.people import slug
from api.test_members import make_member_key, press, rival
from nexus_hub.catalog.credentials import Key
from nexus_hub.catalog.queries.models import EditorRole
from nexus_hub.nauvis.queries.models import MemberRole
from stories.hub import Hub, hub, record

__all__ = ["hub", "press", "rival"]

DOI = "10.5555/a"
PATCH = [
    {"op": "test", "path": "/author/0/family", "value": "Lovelace"},
    {"op": "replace", "path": "/author/0/family", "value": "King"},
]


@pytest.fixture
def work(hub: Hub, press: tuple[int, Key]) -> tuple[Hub, Key]:
    """A hub with a work that a member deposited."""
    assert hub.deposit(record(DOI), headers=bearer(press[1]))["state"] == "completed"
    return hub, press[1]


def propose(hub: Hub, key: Key | None = None, **members: Any) -> Any:
    body = {"doi": DOI, "patch": PATCH, "evidence": "the title page"} | members
    body = {name: value for name, value in body.items() if value is not None}
    return hub.client.post("/corrections", json=body, headers=bearer(key) if key else {})


def decide(hub: Hub, key: Key | None, path: str, verb: str, **members: Any) -> Any:
    return hub.client.post(f"{path}/{verb}", json=members, headers=bearer(key) if key else {})


def family(hub: Hub) -> str:
    return hub.get(f"/works/{DOI}")["message"]["author"][0]["family"]


def test_an_accepted_correction_is_the_owners_word(work):
    hub, key = work
    made = propose(hub, comment="It was her married name.")
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    assert (made.json()["state"], made.json()["proposed-by"]) == ("open", "anonymous")
    assert family(hub) == "Lovelace"
    answer = decide(hub, key, path, "accept", comment="Right.")
    assert answer.status_code == 200, answer.text
    hub.work()
    assert family(hub) == "King"
    told = hub.get(path)
    assert (told["state"], told["decision-comment"]) == ("accepted", "Right.")
    assert told["decided-by"].startswith("member-")
    [newest, _] = hub.get(f"/works/{DOI}/history")["items"]
    assert newest["deposit"] == told["deposit"]
    assert newest["patch"] == [{"op": "replace", "path": "/author/0/family", "value": "King"}]
    assert hub.get(f"/works/{DOI}?view=deposited")["message"]["author"][0]["family"] == "King"
    assert hub.get(f"/works/{DOI}/corrections")["items"] == [told]


def test_a_rejected_correction_changes_nothing_and_stays_to_be_seen(work):
    hub, key = work
    path = propose(hub).headers["location"]
    assert decide(hub, key, path, "reject", comment="She signed so.").json()["state"] == "rejected"
    hub.work()
    assert family(hub) == "Lovelace"
    assert hub.get(path)["decision-comment"] == "She signed so."
    for verb in ("accept", "reject"):
        again = decide(hub, key, path, verb)
        assert (again.status_code, slug(again)) == (409, "correction-decided")


def test_what_fits_no_longer_is_superseded(work):
    hub, key = work
    path = propose(hub).headers["location"]
    hub.deposit(record(DOI, author=[{"family": "Byron", "given": "Ada"}]), headers=bearer(key))
    told = decide(hub, key, path, "accept").json()
    assert (told["state"], told["deposit"]) == ("superseded", None)
    assert "/0" in told["decision-comment"]
    hub.work()
    assert family(hub) == "Byron"


def test_the_owner_alone_decides(work, press, rival):
    hub, _ = work
    with hub.database.connect() as connection:
        reader = make_member_key(connection, press[0], MemberRole.READER)
        editor = make_key(connection, make_editor(connection, "ada"))
    path = propose(hub).headers["location"]
    for verb in ("accept", "reject"):
        assert slug(decide(hub, rival[1], path, verb)) == "not-your-prefix"
        assert slug(decide(hub, reader, path, verb)) == "forbidden"
        assert decide(hub, editor, path, verb).status_code == 403
        assert decide(hub, None, path, verb).status_code in (401, 403)
    assert hub.get(path)["state"] == "open"


def test_whoever_proposed_it_takes_it_back(work, rival):
    hub, key = work
    path = propose(hub, rival[1]).headers["location"]
    assert slug(decide(hub, key, path, "withdraw")) == "not-your-correction"
    assert decide(hub, rival[1], path, "withdraw").json()["state"] == "withdrawn"
    assert slug(decide(hub, key, path, "accept")) == "correction-decided"
    unsigned = propose(hub).headers["location"]
    assert decide(hub, None, unsigned, "withdraw").status_code == 401


def test_of_many_who_decide_at_once_one_does(work):
    hub, key = work
    path = propose(hub).headers["location"]
    with ThreadPoolExecutor(8) as pool:
        verbs = ["accept", "reject"] * 4
        answers = list(pool.map(lambda verb: decide(hub, key, path, verb), verbs))
    done = [answer for answer in answers if answer.status_code == 200]
    assert len(done) == 1
    assert {slug(answer) for answer in answers if answer is not done[0]} == {"correction-decided"}
    assert hub.get(path)["state"] == done[0].json()["state"]
    with hub.database.connect() as connection:
        made = connection.execute("SELECT count(*) FROM nauvis.deposit").fetchone()
    assert made == (2 if done[0].json()["state"] == "accepted" else 1,)


@pytest.mark.parametrize(
    ("members", "status", "problem"),
    [
        ({"patch": []}, 422, "malformed-patch"),
        ({"patch": [{"op": "remove", "path": "/subtitle"}]}, 409, "patch-does-not-apply"),
        ({"patch": [{"op": "remove", "path": "/DOI"}]}, 422, "malformed-patch"),
        ({"patch": [{"op": "add", "path": "/author", "value": 7}]}, 422, "correction-refused"),
        ({"evidence": ""}, 400, "validation-failed"),
        ({"evidence": None}, 400, "validation-failed"),
        ({"doi": None}, 422, "correction-refused"),
        ({"doi": "10.5555/none"}, 404, "no-such-object"),
        ({"state": "accepted"}, 400, "validation-failed"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_once(work, members, status, problem):
    hub, _ = work
    answer = propose(hub, **members)
    assert (answer.status_code, slug(answer)) == (status, problem), answer.text
    assert hub.get("/corrections")["items"] == []


def test_where_nobody_owns_the_prefix_an_admin_decides_with_an_edit(hub, press):
    doi = "10.7777/a"
    hub.deposit(record(doi))
    with hub.database.connect() as connection:
        editor = make_key(connection, make_editor(connection, "ada"))
        admin = make_key(connection, make_editor(connection, "eve", EditorRole.ADMIN))
        narrow = make_key(connection, make_editor(connection, "kim", EditorRole.ADMIN), ["edit"])
    path = propose(hub, doi=doi).headers["location"]
    for key in (editor, press[1]):
        refused = decide(hub, key, path, "accept")
        assert (refused.status_code, slug(refused)) == (403, "not-your-prefix")
    assert decide(hub, narrow, path, "accept").status_code == 403
    told = decide(hub, admin, path, "accept", comment="As on the title page.").json()
    assert (told["state"], told["deposit"], told["decided-by"]) == ("accepted", None, "eve")
    group = hub.get(f"/editgroups/{told['editgroup']}")
    assert (group["status"], path.rpartition("/")[2] in group["description"]) == ("accepted", True)

    def author() -> str:
        return hub.get(f"/works/{doi}")["message"]["author"][0]["family"]

    assert author() == "King"
    # What is deposited later does not undo it.
    hub.deposit(record(doi, title=["Another"]))
    assert hub.get(f"/works/{doi}")["message"]["title"] == ["Another"]
    assert author() == "King"
    other = propose(hub, doi=doi).headers["location"]
    assert decide(hub, admin, other, "accept").json()["state"] == "superseded"
    last = propose(hub, doi=doi).headers["location"]
    assert decide(hub, admin, last, "reject").json()["state"] == "rejected"


def test_a_patch_of_a_deposit_is_not_guessed_onto_another_record(hub):
    doi = "10.7777/b"
    hub.deposit(record(doi, author=[{"family": "Lovelace"}, {"family": "Somerville"}]))
    with hub.database.connect() as connection:
        admin = make_key(connection, make_editor(connection, "eve", EditorRole.ADMIN))
    turned = {"op": "move", "from": "/author/1", "path": "/author/0"}
    renamed = {"op": "replace", "path": "/author/1/family", "value": "Greig"}
    paths = [propose(hub, doi=doi, patch=[one]).headers["location"] for one in (turned, renamed)]
    assert decide(hub, admin, paths[0], "accept").json()["state"] == "accepted"
    # The second author as deposited is the first one now.
    told = decide(hub, admin, paths[1], "accept").json()
    assert told["state"] == "superseded"
    assert "/author/1" in told["decision-comment"]
    names = [one["family"] for one in hub.get(f"/works/{doi}")["message"]["author"]]
    assert names == ["Somerville", "Lovelace"]


def test_an_admin_does_not_decide_for_an_owner(work):
    hub, _ = work
    with hub.database.connect() as connection:
        admin = make_key(connection, make_editor(connection, "eve", EditorRole.ADMIN))
    path = propose(hub).headers["location"]
    assert slug(decide(hub, admin, path, "accept")) == "not-your-prefix"


def test_lists_are_of_a_work_a_member_a_state(work, press, rival):
    hub, key = work
    hub.deposit(record("10.6666/b"), headers=bearer(rival[1]))
    croid = hub.client.get(f"/works/{DOI}").headers["x-nexus-croid"]
    first = propose(hub, doi=None, croid=croid).json()["id"]
    second = propose(hub).json()["id"]
    other = propose(hub, doi="10.6666/B").json()["id"]
    decide(hub, key, f"/corrections/{first}", "reject")

    def listed(query: str) -> list[str]:
        return [one["id"] for one in hub.get(f"/corrections?{query}")["items"]]

    assert listed("") == [other, second, first]
    assert listed("doi=10.5555/A") == [second, first]
    assert listed("state=open") == [other, second]
    assert listed(f"member={press[0]}") == [second, first]
    assert listed(f"member={rival[0]}&state=rejected") == []
    page = hub.get("/corrections?rows=2&cursor=*")
    rest = hub.get(f"/corrections?rows=2&cursor={page['next-cursor']}")
    assert [one["id"] for one in page["items"] + rest["items"]] == [other, second, first]
    assert rest["next-cursor"] is None
    assert hub.client.get("/corrections?state=lost").status_code == 400
    assert slug(hub.client.get("/corrections/x")) == "no-such-correction"
