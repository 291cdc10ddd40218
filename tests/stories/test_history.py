"""What an object was, who made it so, and what it was at any index, on every route."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import jsonpatch
import pytest

from stories.hub import OXFORD, Hub, hub, record
from stories.test_merged_and_deleted import edit

__all__ = ["hub"]
A, B = "10.5555/a", "10.5556/b"


def ask(hub: Hub, path: str, **headers: str) -> Any:
    return hub.client.get(path, follow_redirects=False, headers=headers)


def thrice(hub: Hub) -> list[dict[str, Any]]:
    """One work in three revisions: their records of deposits."""
    return [
        hub.deposit(record(A, title=[title], volume=volume))["records"][0]
        for title, volume in (("One", "1"), ("Two", "1"), ("Two", "2"))
    ]


def test_history_is_told_newest_first_page_by_page(hub: Hub):
    made = thrice(hub)
    place = f"/cro/{made[0]['croid']}/history"
    items = hub.get(place)["items"]
    assert [item["index"] for item in items] == [3, 2, 1]
    assert [item["action"] for item in items] == ["update", "update", "create"]
    assert [item["revision"] for item in items] == [one["revision"] for one in reversed(made)]
    assert [item["previous"] for item in items] == [made[1]["revision"], made[0]["revision"], None]
    assert {item["editor"] for item in items} == {"vulcanus"}
    changes = {item["index"]: item for item in hub.get("/changes")["items"]}
    assert all(item["editgroup"] == changes[item["index"]]["editgroup"] for item in items)
    assert all(item["at"] == changes[item["index"]]["at"] for item in items)

    first = hub.get(f"{place}?rows=2&cursor=*")
    rest = hub.get(f"{place}?rows=2&cursor={first['next-cursor']}")
    assert [*first["items"], *rest["items"]] == items
    assert rest["next-cursor"] is None
    held = hub.client.get(place).headers["etag"]
    assert ask(hub, place, **{"if-none-match": held}).status_code == 304
    assert ask(hub, f"{place}?rowz=2").status_code == 400
    other = hub.get(f"/cro/{made[0]['croid']}/revisions?rows=1&cursor=*")["next-cursor"]
    assert ask(hub, f"{place}?cursor={other}").json()["type"] == "/problems/cursor-mismatch"


def test_revisions_are_listed_and_equal_content_has_an_equal_hash(hub: Hub):
    made = thrice(hub)
    made.append(hub.deposit(record(A, title=["One"], volume="1"))["records"][0])
    place = f"/cro/{made[0]['croid']}/revisions"
    items = hub.get(place)["items"]
    assert [item["revision"] for item in items] == [one["revision"] for one in reversed(made)]
    assert items[0]["sha256"] == items[3]["sha256"]
    assert len({item["sha256"] for item in items}) == 3
    answer = ask(hub, f"{place}/{items[1]['revision']}")
    assert "immutable" in answer.headers["cache-control"]


def test_work_history_tells_the_deposit_and_a_patch_that_leads_to_the_next(hub: Hub):
    made = [
        hub.deposit(record(A, title=["One"])),
        hub.deposit(record(A, title=["Two"], author=[{"family": "Ng"}])),
    ]
    hub.deposit(record(A, title=["Two"], author=[{"family": "Ng"}]))
    items = hub.get(f"/works/{A}/history")["items"]
    assert [set(item) for item in items] == [
        {"index", "at", "agent", "deposit", "revision", "patch"}
    ] * 2
    assert [item["deposit"] for item in items] == [made[1]["id"], made[0]["id"]]
    croid = made[0]["records"][0]["croid"]
    body: Any = None
    for item in reversed(items):
        body = jsonpatch.apply_patch(body, item["patch"])
        assert body == hub.get(f"/cro/{croid}/revisions/{item['revision']}")["record"]
    page = hub.get(f"/works/{A}/history?rows=1")
    assert page["items"] == items[:1]
    assert hub.get(f"/works/{A}/history?rows=1&cursor={page['next-cursor']}")["items"] == items[1:]
    assert hub.get(f"/works/history?id=doi:{A}") == hub.get(f"/works/{A}/history")
    assert ask(hub, "/works/10.5555/none/history").status_code == 404


def test_organisations_have_a_history(hub: Hub):
    hub.organisations(OXFORD)
    hub.organisations(OXFORD | {"established": 1097})
    for name in ("052gg0110", "https://ror.org/052gg0110", "https%3A%2F%2Fror.org%2F052gg0110"):
        new, old = hub.get(f"/organizations/{name}/history")["items"]
        assert new["patch"] == [{"op": "replace", "path": "/established", "value": 1097}]
        assert (old["deposit"], old["patch"][0]["op"]) == (None, "add")
    before = hub.get(f"/organizations/052gg0110?as-of={old['index']}")
    assert before["established"] == 1096
    assert hub.get("/organizations/052gg0110")["croid"] == before["croid"]
    assert ask(hub, "/organizations/052gg0110?as-of=0").status_code == 404


def test_history_of_what_was_merged_or_deleted_stays(hub: Hub):
    kept, lost = (one["croid"] for one in hub.deposit(record(A), record(B))["records"])
    edit(hub, "redirect", lost, kept)
    edit(hub, "delete", kept)
    merged, _ = hub.get(f"/cro/{lost}/history")["items"]
    assert (merged["action"], merged["into"], merged["revision"]) == ("redirect", kept, None)
    assert merged["editor"] == "vulcanus"
    deleted, made = hub.get(f"/works/{A}/history")["items"]
    assert (deleted["revision"], deleted["patch"]) == (None, [])
    assert made["patch"][0]["value"]["DOI"] == A
    assert ask(hub, f"/cro/{kept}/blame").status_code == 410
    assert ask(hub, f"/cro/{lost}/blame").headers["location"] == f"/cro/{kept}"


def test_any_two_revisions_are_compared(hub: Hub):
    made = thrice(hub)
    place = f"/cro/{made[0]['croid']}/diff"
    first, last = made[0]["revision"], made[2]["revision"]
    told = hub.get(f"{place}?from={first}&to={last}")
    assert told["changes"] == [
        {"pointer": "/title/0", "change": "changed", "before": "One", "after": "Two"},
        {"pointer": "/volume", "change": "changed", "before": "1", "after": "2"},
    ]
    assert (told["from"]["index"], told["to"]["index"]) == (1, 3)
    before, after = (
        hub.get(f"/cro/{made[0]['croid']}/revisions/{one}")["record"] for one in (first, last)
    )
    assert jsonpatch.apply_patch(before, told["patch"]) == after
    assert hub.get(f"{place}?from={last}&to={last}")["changes"] == []
    answer = ask(hub, f"{place}?from={last}&to={first}", accept="text/plain")
    assert answer.headers["content-type"].startswith("text/plain")
    heads, changes = answer.text.splitlines()[:2], answer.text.splitlines()[2:]
    assert heads[0].startswith(f"--- {last} index 3 ")
    assert heads[1].startswith(f"+++ {first} index 1 ")
    assert changes == [
        "changed /title/0",
        '- "Two"',
        '+ "One"',
        "changed /volume",
        '- "2"',
        '+ "1"',
    ]
    held = {"if-none-match": answer.headers["etag"], "accept": "text/plain"}
    assert ask(hub, f"{place}?from={last}&to={first}", **held).status_code == 304
    other = hub.deposit(record(B))["records"][0]["revision"]
    for query, status in {
        f"from={first}": 400,
        f"from={first}&to=x": 404,
        f"from={first}&to={other}": 404,
    }.items():
        assert ask(hub, f"{place}?{query}").status_code == status, query
    answer = ask(hub, f"{place}?from={first}&to={last}", accept="image/png")
    assert answer.status_code == 406


def test_blame_names_the_edit_that_last_set_each_field(hub: Hub):
    ada, ben = {"family": "Lovelace"}, {"family": "Babbage"}
    made = [
        hub.deposit(record(A, **members))["records"][0]
        for members in (
            {"title": ["One"], "author": [ada]},
            {"title": ["Two"], "author": [ada]},
            {"title": ["Two"], "author": [ben, ada]},
            {"title": ["Two"], "author": [ben, ada], "volume": "1"},
        )
    ]
    told = hub.get(f"/cro/{made[0]['croid']}/blame")
    assert (told["revision"], told["index"]) == (made[3]["revision"], 4)
    found = {one["pointer"]: one["index"] for one in told["fields"]}
    wanted = {"/type": 1, "/title": 2, "/author": 3, "/author/0": 3, "/author/1": 1, "/volume": 4}
    assert {pointer: found[pointer] for pointer in wanted} == wanted
    record_now = hub.get(f"/cro/{made[0]['croid']}")["record"]
    assert {pointer[1:] for pointer in found if pointer.count("/") == 1} == set(record_now)
    by_index = {one["index"]: one["revision"] for one in told["fields"]}
    assert all(revision == made[index - 1]["revision"] for index, revision in by_index.items())

    edit(hub, "delete", made[0]["croid"])
    hub.deposit(record(A, title=["Two"], author=[ben, ada]))
    again = hub.get(f"/cro/{made[0]['croid']}/blame")
    assert {one["index"] for one in again["fields"]} == {again["index"]}


def test_an_item_is_answered_as_it_was(hub: Hub):
    made = thrice(hub)
    croid = made[0]["croid"]
    for number, one in enumerate(made, start=1):
        told = hub.get(f"/cro/{croid}?as-of={number}")
        assert (told["revision"], told["index"]) == (one["revision"], number)
        assert told["identifiers"] == [{"scheme": "doi", "value": A}]
        message = hub.get(f"/works/{A}?as-of={number}")["message"]
        assert message["title"] == told["record"]["title"]
        assert "is-referenced-by-count" not in message
        assert "URL" in message
    now = hub.get(f"/works/{A}")["message"]
    assert {**message, "is-referenced-by-count": 0} == now
    assert "One" in ask(hub, f"/works/{A}?as-of=1", accept="application/x-bibtex").text
    assert "One" in ask(hub, f"/works/{A}/transform/application/x-bibtex?as-of=1").text
    answer = ask(hub, f"/works/{A}?as-of=2")
    held = {"if-none-match": answer.headers["etag"]}
    assert ask(hub, f"/works/{A}?as-of=2", **held).status_code == 304
    assert ask(hub, f"/works/{A}?as-of=1", **held).status_code == 200


def test_a_time_stands_for_the_index_it_had(hub: Hub):
    made = thrice(hub)
    times = [
        datetime.fromisoformat(
            hub.get(f"/cro/{made[0]['croid']}/revisions/{one['revision']}")["at"]
        )
        for one in made
    ]
    for number, at in enumerate(times, start=1):
        for text in (at.isoformat(), at.astimezone(UTC).isoformat().replace("+00:00", "Z")):
            told = hub.client.get(f"/cro/{made[0]['croid']}", params={"as-of": text}).json()
            assert told["index"] == number
        # Who does not encode the plus sign is understood.
        assert hub.get(f"/works/{A}?as-of={at.isoformat()}")["message"]["DOI"] == A
    early = (times[0] - timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert ask(hub, f"/cro/{made[0]['croid']}?as-of={early}").status_code == 404
    late = (datetime.now(UTC) + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    for text in (
        late,
        "4",
        "-1",
        "99999999999999999999",
        "yesterday",
        "",
        "2026-01-02",
        "1.5",
        "²",
    ):
        for path in (f"/cro/{made[0]['croid']}", f"/works/{A}", "/works"):
            answer = ask(hub, f"{path}?as-of={text}")
            assert answer.status_code == 400, (path, text)
            assert "as-of" in answer.json()["detail"]
    assert ask(hub, f"/works/{A}?as-of=1&view=deposited").status_code == 400


def test_what_was_merged_or_deleted_later_was_there_before(hub: Hub):
    kept, lost = (one["croid"] for one in hub.deposit(record(A), record(B))["records"])
    merged = edit(hub, "redirect", lost, kept)
    deleted = edit(hub, "delete", kept)
    hub.deposit(record(A, title=["Back"]))
    for path in (f"/works/{B}", f"/cro/{lost}"):
        assert ask(hub, f"{path}?as-of=1").status_code == 200
        answer = ask(hub, f"{path}?as-of={merged}")
        assert (answer.status_code, answer.headers["location"]) == (
            301,
            f"/cro/{kept}?as-of={merged}",
        )
    for path in (f"/works/{A}", f"/cro/{kept}"):
        assert ask(hub, f"{path}?as-of={merged}").status_code == 200
        assert ask(hub, f"{path}?as-of={deleted}").status_code == 410
        assert ask(hub, f"{path}?as-of={deleted + 1}").status_code == 200
        assert ask(hub, f"{path}?as-of=0").status_code == 404


def dois(answer: Any) -> list[str]:
    return sorted(item["DOI"] for item in answer["message"]["items"])


def test_a_list_is_answered_as_it_was(hub: Hub):
    made = hub.deposit(record(A), record(B, type="book"), record("10.5555/c"))["records"]
    edit(hub, "delete", made[0]["croid"])
    edit(hub, "redirect", made[1]["croid"], made[2]["croid"])
    hub.deposit(record("10.5555/c", title=["New"]), record("10.5555/d"))
    for index, wanted in {
        0: [],
        1: [A, "10.5555/c", B],
        2: ["10.5555/c", B],
        3: ["10.5555/c"],
        4: ["10.5555/c", "10.5555/d"],
    }.items():
        told = hub.get(f"/works?as-of={index}")
        assert dois(told) == wanted
        assert told["message"]["total-results"] == len(wanted)
    assert hub.get("/works?as-of=3")["message"]["items"][0]["title"] != ["New"]
    assert dois(hub.get("/works?as-of=1&prefix=10.5555")) == [A, "10.5555/c"]
    assert dois(hub.get("/works?as-of=1&type=book&kind=release")) == [B]
    assert hub.get("/works?as-of=1&type=book")["message"]["total-results"] == 1
    answer = ask(hub, "/works?as-of=1")
    held = {"if-none-match": answer.headers["etag"]}
    hub.deposit(record("10.5555/e"))
    assert ask(hub, "/works?as-of=1", **held).status_code == 304
    assert hub.client.head("/works?as-of=1").status_code == 200


@pytest.mark.parametrize("as_of", ["1", "time"])
def test_a_cursor_keeps_to_its_index_while_the_catalogue_grows(hub: Hub, as_of: str):
    hub.deposit(*(record(f"10.5555/{n}") for n in range(5)))
    if as_of == "time":
        as_of = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    found: list[str] = []
    cursor: str | None = "*"
    while cursor:
        page = hub.get(f"/works?as-of={as_of}&rows=2&cursor={cursor}")
        found += dois(page)
        cursor = page["message"]["next-cursor"]
        hub.deposit(record(f"10.5555/new{len(found)}"), record("10.5555/1", title=[str(cursor)]))
    assert sorted(found) == [f"10.5555/{n}" for n in range(5)]


@pytest.mark.parametrize(
    "query",
    ["as-of=1&query=light", "as-of=1&offset=1", "as-of=1&kind=work", "prefix=10.5555", "type=book"],
)
def test_nothing_else_goes_beside_a_time(hub: Hub, query: str):
    hub.deposit(record(A))
    assert ask(hub, f"/works?{query}").status_code == 400
