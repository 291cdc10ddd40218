"""Lists and look-ups as they were: by every filter, exactly counted or honestly not."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_api.aquilo import works_then
from nexus_hub.catalog import editing
from nexus_hub.croid.codec import decode
from nexus_hub.vulcanus.service import VULCANUS
from stories.hub import OXFORD, Hub, hub, record
from stories.test_history import A, B, ask, dois
from stories.test_merged_and_deleted import edit

__all__ = ["hub"]
C = "10.5555/c"


def rename(hub: Hub, croid: str, doi: str) -> int:
    """Have an admin give a work another DOI."""
    body = hub.get(f"/cro/{croid}")["record"] | {"DOI": doi}
    with hub.database.connect() as connection:
        made = editing.apply(
            connection, VULCANUS, [editing.Edit("update", decode(croid), body=body)]
        )
    return made.index


def test_a_member_chooses(hub: Hub):
    hub.deposit(record(A, member="78"), record(B, member="297"), record(C))
    hub.deposit(record(B, member="78"), record(C, member="78"))
    for query, wanted in {
        "as-of=1&member=78": [A],
        "as-of=1&member=297": [B],
        "as-of=2&member=78": [A, C, B],
        "as-of=2&member=297": [],
        "as-of=2&member=78&prefix=10.5555": [A, C],
        "as-of=2&member=78&prefix=10.5556&type=journal-article&kind=release": [B],
    }.items():
        told = hub.get(f"/works?{query}")
        assert dois(told) == wanted, query
        assert told["message"]["total-results"] == len(wanted), query
        assert told["message"]["total-results-is"] == "exact"
    for query in ("as-of=1&member=x", "as-of=1&member=", "member=78"):
        assert ask(hub, f"/works?{query}").status_code == 400, query


def test_an_identifier_leads_to_who_had_it_then(hub: Hub):
    first = hub.deposit(record(A, title=["First"]))["records"][0]["croid"]
    moved = rename(hub, first, "10.5555/renamed")
    [told] = hub.deposit(record(A, title=["Second"]))["records"]
    second, index = told["croid"], told["index"]
    assert first != second
    assert moved < index
    for doi, as_of, croid in (
        (A, 1, first),
        (A, index, second),
        ("10.5555/renamed", moved, first),
        ("10.5555/renamed", index, first),
    ):
        answer = ask(hub, f"/works/{doi}?as-of={as_of}")
        assert answer.status_code == 200, (doi, as_of)
        assert answer.headers["x-nexus-croid"] == croid
        assert answer.json()["message"]["DOI"] == doi
    assert ask(hub, f"/works/{A}?as-of={moved}").status_code == 404
    assert ask(hub, "/works/10.5555/renamed?as-of=1").status_code == 404
    assert dois(hub.get("/works?as-of=1&prefix=10.5555")) == [A]


def test_a_name_that_a_survivor_took_and_gave_back_is_found_at_each_time(hub: Hub):
    kept, lost = (one["croid"] for one in hub.deposit(record(A), record(B))["records"])
    merged = edit(hub, "redirect", lost, kept)
    assert ask(hub, f"/works/{B}?as-of=1").headers["x-nexus-croid"] == lost
    assert ask(hub, f"/works/{B}?as-of={merged}").status_code == 301
    deleted = edit(hub, "delete", lost)
    assert ask(hub, f"/works/{B}?as-of={merged}").status_code == 301
    assert ask(hub, f"/works/{B}?as-of={deleted}").status_code == 410
    assert ask(hub, f"/works/{B}?as-of=1").status_code == 200


def test_an_organisation_is_found_by_the_id_it_had(hub: Hub):
    hub.organisations(OXFORD)
    croid = hub.get("/organizations/052gg0110")["croid"]
    index = int(hub.client.get("/organizations/052gg0110").headers["x-nexus-index"])
    assert hub.get(f"/organizations/052gg0110?as-of={index}")["croid"] == croid
    other = "https://ror.org/03yrm5c26"
    body = hub.get(f"/cro/{croid}")["record"] | {"id": other}
    with hub.database.connect() as connection:
        made = editing.apply(
            connection, VULCANUS, [editing.Edit("update", decode(croid), body=body)]
        )
    assert hub.get(f"/organizations/052gg0110?as-of={index}")["croid"] == croid
    assert ask(hub, f"/organizations/052gg0110?as-of={made.index}").status_code == 404
    assert hub.get(f"/organizations/03yrm5c26?as-of={made.index}")["croid"] == croid


def test_totals_never_tell_less_than_there_were_and_say_when_more(hub: Hub):
    hub.deposit(*(record(f"10.5555/{n}", member=str(n % 2)) for n in range(4)))
    made = hub.deposit(record(B, type="book"), record("10.5556/d"))["records"]
    kept = hub.deposit(record("10.5555/1", type="book"), record("10.5555/new"))["records"]
    edit(hub, "delete", made[0]["croid"])
    edit(hub, "redirect", made[1]["croid"], kept[0]["croid"])
    newest = rename(hub, kept[1]["croid"], "10.5557/z")
    count = "SELECT * FROM aquilo.count_works_then(%s, %s, %s, %s, %s)"
    exact = bounded = 0
    with hub.database.connect() as connection:
        for index in range(newest + 1):
            for type_, prefix, member in (
                (None, None, None),
                ("book", None, None),
                (None, "10.5555", None),
                (None, "10.5556", None),
                (None, "10.5557", None),
                ("book", "10.5555", None),
                (None, None, "1"),
                (None, "10.5555", "0"),
            ):
                asked = [index, type_, prefix, member]
                [(truth, is_exact)] = connection.execute(count, [*asked, 1000]).fetchall()
                assert is_exact
                chosen = "&".join(
                    f"{name}={value}"
                    for name, value in (("type", type_), ("prefix", prefix), ("member", member))
                    if value
                )
                listed = hub.get(f"/works?as-of={index}&rows=100&{chosen}".rstrip("&"))["message"]
                assert len(listed["items"]) == listed["total-results"] == truth, asked
                for most in (0, 1, 2, 3, 4, 6):
                    [(told, is_exact)] = connection.execute(count, [*asked, most]).fetchall()
                    assert told == truth if is_exact else told >= truth, (asked, most)
                    exact, bounded = exact + is_exact, bounded + (not is_exact)
    assert exact > 100
    assert bounded > 100


def test_the_answer_says_that_a_total_is_a_bound(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    hub.deposit(record(A), record(B), record(C))
    hub.deposit(record(C, title=["New"]), record("10.5555/d"), record("10.5555/e"))
    monkeypatch.setattr(works_then, "COUNTED", 2)
    told: dict[str, Any] = hub.get("/works?as-of=1")["message"]
    assert (told["total-results"], told["total-results-is"]) == (5, "at-most")
    assert len(told["items"]) == 3
    told = hub.get("/works?as-of=2")["message"]
    assert (told["total-results"], told["total-results-is"]) == (5, "exact")
    told = hub.get("/works?as-of=1&prefix=10.5556")["message"]
    assert (told["total-results"], told["total-results-is"]) == (1, "exact")
    assert "total-results-is" not in hub.get("/works")["message"]
