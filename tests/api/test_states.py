"""Drafts, registered and findable DOIs, minted ones, tombstones and aliases over HTTP."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest

from api.keyring import bearer, make_editor, make_key
from api.people import slug
from api.test_members import make_member
from nexus_hub.catalog.credentials import Key
from nexus_hub.nauvis.formats import CSL_TYPE, DATACITE_TYPE
from stories.hub import Hub, hub, record

__all__ = ["hub"]

DOI = "10.5555/a"


class Press:
    """A member that deposits."""

    def __init__(self, hub: Hub, key: Key) -> None:
        self.hub, self.headers = hub, bearer(key)

    def say(self, doi: str, state: str, metadata: bool = True, **more: Any) -> dict[str, Any]:
        """The verdict on a record of this DOI with this state."""
        told = record(doi) if metadata else {"doi": doi}
        return self.records(told | {"state": state} | more)[0]

    def records(self, *records: Any, **more: Any) -> list[dict[str, Any]]:
        return self.hub.deposit(*records, headers=self.headers, **more)["records"]

    def ask(self, method: str, path: str, **more: Any) -> Any:
        headers = self.headers | more.pop("headers", {})
        return self.hub.client.request(
            method, path, headers=headers, follow_redirects=False, **more
        )

    def status(self, doi: str = DOI) -> int:
        return self.ask("GET", f"/works/{doi}").status_code


@pytest.fixture
def press(hub: Hub) -> Press:
    with hub.database.connect() as connection:
        return Press(hub, make_member(connection, "Press", "10.5555", "10.5556")[1])


@pytest.fixture
def rival(hub: Hub) -> Press:
    with hub.database.connect() as connection:
        return Press(hub, make_member(connection, "Rival", "10.6666")[1])


def codes(told: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in told["problems"]]


def one(hub: Hub, sql: str, *values: Any) -> Any:
    with hub.database.connect() as connection:
        row = connection.execute(sql, values).fetchone()
        return row[0] if row else None


def handle(hub: Hub, doi: str = DOI) -> Any:
    return one(hub, "SELECT state::text FROM nauvis.handle WHERE doi = %s", doi)


# ------------------------------------------------------------------ states


def test_a_draft_is_reserved_and_shown_to_nobody(hub, press) -> None:
    told = press.say(DOI, "draft")
    assert (told["result"], told["state"], told["index"]) == ("created", "draft", None)
    assert (handle(hub), press.status()) == ("draft", 404)
    assert one(hub, "SELECT count(*) FROM catalog.ident") == 0
    url = one(hub, "SELECT url FROM nauvis.handle WHERE doi = %s", DOI)
    assert url == f"https://example.org/{DOI}"


def test_a_draft_may_say_nothing_yet_and_is_told_what_it_lacks(hub, press) -> None:
    told = press.say(DOI, "draft", metadata=False)
    assert told["result"] == "warning"
    assert told["problems"]
    assert handle(hub) == "draft"
    refused = press.say(DOI, "findable", metadata=False)
    assert refused["result"] == "rejected"
    assert handle(hub) == "draft"


@pytest.mark.parametrize("before", ["draft", "registered"])
def test_publishing_without_metadata_sends_the_kept_record(hub, press, before) -> None:
    press.say(DOI, before)
    assert press.status() == 404
    told = press.say(DOI, "findable", metadata=False)
    assert (told["result"], handle(hub)) == ("created", None)
    assert hub.get(f"/works/{DOI}")["message"]["title"] == ["A light in the house"]


def test_what_is_hidden_leaves_a_tombstone_and_comes_back(hub, press) -> None:
    press.say(DOI, "findable")
    told = press.say(DOI, "registered", metadata=False)
    assert (told["result"], handle(hub), press.status()) == ("updated", "registered", 410)
    assert told["index"] == one(hub, "SELECT max(index) FROM catalog.changelog")
    again = press.say(DOI, "findable", metadata=False)
    assert (again["result"], handle(hub), press.status()) == ("updated", None, 200)


def test_hiding_can_change_the_record_as_well(hub, press) -> None:
    press.say(DOI, "findable")
    press.records(record(DOI, title=["Another"]) | {"state": "registered"})
    press.say(DOI, "findable", metadata=False)
    assert hub.get(f"/works/{DOI}")["message"]["title"] == ["Another"]


@pytest.mark.parametrize("before", ["registered", "findable"])
def test_what_was_registered_never_is_a_draft_again(hub, press, before) -> None:
    press.say(DOI, before)
    told = press.say(DOI, "draft")
    assert (told["result"], codes(told)) == ("rejected", ["wrong-doi-state"])
    if before == "findable":
        press.say(DOI, "registered")
        assert press.say(DOI, "draft")["result"] == "rejected"


def test_a_registered_record_has_to_be_whole(hub, press) -> None:
    told = press.records({"doi": DOI, "state": "registered", "metadata": {"author": 7}})[0]
    assert (told["result"], handle(hub)) == ("rejected", None)
    assert one(hub, "SELECT count(*) FROM croid.identifier") == 0


def test_expect_new_counts_drafts(press) -> None:
    assert press.say(DOI, "draft", expect="new")["result"] == "created"
    assert codes(press.say(DOI, "draft", expect="new")) == ["already-exists"]
    assert codes(press.say(DOI, "findable", expect="new")) == ["already-exists"]


def test_a_test_changes_no_state(hub, press) -> None:
    assert press.records(record(DOI) | {"state": "draft"}, test=True)[0]["result"] == "created"
    assert handle(hub) is None
    press.say(DOI, "findable")
    told = press.records({"doi": DOI, "state": "registered"}, test=True)[0]
    assert told["result"] == "updated"
    assert told["patch"]
    assert (handle(hub), press.status()) == (None, 200)


def test_an_atomic_deposit_changes_all_states_or_none(hub, press) -> None:
    press.say(DOI, "findable")
    bad = {"doi": "10.5555/b", "metadata": {"author": 7}}
    hidden, refused = press.records({"doi": DOI, "state": "registered"}, bad, atomic=True)
    assert (hidden["result"], refused["result"]) == ("rejected", "rejected")
    assert (handle(hub), press.status()) == (None, 200)
    press.records({"doi": DOI, "state": "registered"}, record("10.5555/b"), atomic=True)
    assert (handle(hub), press.status("10.5555/b")) == ("registered", 200)


def test_states_in_one_queue_are_taken_in_their_order(hub, press) -> None:
    client = hub.client
    for state in ("draft", "registered", "findable", "registered", "findable"):
        body = {"records": [record(DOI) | {"state": state}]}
        assert client.post("/deposits", json=body, headers=press.headers).status_code == 202
    hub.work()
    assert (handle(hub), press.status()) == (None, 200)


def test_publishing_and_hiding_at_once_ends_in_one_of_the_two(hub, press) -> None:
    press.say(DOI, "findable")

    def send(n: int) -> int:
        state = "registered" if n % 2 else "findable"
        body = {"records": [{"doi": DOI, "state": state}]}
        return hub.client.post("/deposits", json=body, headers=press.headers).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(send, range(16))) == {202}
    hub.work()
    last = one(
        hub,
        "SELECT coalesce(state, 'findable')::text FROM nauvis.deposit_record"
        " ORDER BY deposit_id DESC LIMIT 1",
    )
    found = {"registered": ("registered", 410), "findable": (None, 200)}[last]
    assert (handle(hub), press.status()) == found


def test_the_same_doi_in_fifty_deposits_at_once_is_one_object(hub, press) -> None:
    def send(n: int) -> int:
        state = ("draft", "registered", "findable")[n % 3]
        body = {"records": [record(DOI) | {"state": state}]}
        return hub.client.post("/deposits", json=body, headers=press.headers).status_code

    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(send, range(50))) == {202}
    hub.work()
    assert one(hub, "SELECT count(*) FROM croid.identifier WHERE scheme = 'doi'") == 1
    assert one(hub, "SELECT count(DISTINCT croid) FROM nauvis.deposit_record") == 1
    assert one(hub, "SELECT count(*) FROM nauvis.deposit WHERE settled_at IS NULL") == 0


# ------------------------------------------------------------------ minting


def test_a_minted_doi_is_the_members_and_is_told(hub, press) -> None:
    [told] = press.records({"mint": True, "metadata": record("")["metadata"]})
    assert told["result"] == "created", told
    assert re.fullmatch(r"10\.5555/[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-\d\d", told["doi"])
    assert hub.get(f"/works/{told['doi']}")["message"]["DOI"] == told["doi"]


def test_the_prefix_to_mint_under_can_be_named(press) -> None:
    wish = {"mint": True, "metadata": record("")["metadata"]}
    [told, foreign] = press.records(wish | {"prefix": "10.5556"}, wish | {"prefix": "10.6666"})
    assert told["doi"].startswith("10.5556/")
    assert codes(foreign) == ["not-your-prefix"]


def test_minting_needs_a_member(hub, press) -> None:
    told = hub.deposit({"mint": True, "metadata": record("")["metadata"]})["records"][0]
    assert (told["doi"], codes(told)) == (None, ["mint-needs-member"])
    [told] = press.records({"mint": True, "doi": DOI, "metadata": {}})
    assert codes(told) == ["mint-has-doi"]


def test_a_bare_work_and_a_draft_are_given_dois_too(hub, press) -> None:
    bare = record("")["metadata"] | {"mint": True}
    [told, draft] = press.records(bare, {"mint": True, "state": "draft"})
    assert told["result"] in ("created", "warning"), told
    assert handle(hub, draft["doi"]) == "draft"


def test_fifty_mints_at_once_are_fifty_dois(hub, press) -> None:
    body = {"records": [{"mint": True, "metadata": record("")["metadata"]}]}

    def mint(n: int) -> str:
        answer = hub.client.post("/deposits", json=body, headers=press.headers)
        assert answer.status_code == 202, answer.text
        return answer.json()["records"][0]["doi"]

    with ThreadPoolExecutor(16) as threads:
        dois = list(threads.map(mint, range(50)))
    assert len(set(dois)) == 50
    assert one(hub, "SELECT count(*) FROM croid.identifier WHERE scheme = 'doi'") == 50


def test_a_mint_sent_again_under_its_key_is_the_same_doi(hub, press) -> None:
    body = {"records": [{"mint": True, "metadata": record("")["metadata"]}]}
    headers = press.headers | {"Idempotency-Key": "k"}
    first, again = (hub.client.post("/deposits", json=body, headers=headers) for _ in range(2))
    assert first.json()["records"][0]["doi"] == again.json()["records"][0]["doi"]
    raw = hub.client.get(first.headers["location"] + "/raw")
    assert raw.content == first.request.content, "every byte as it came, and none beside"


def test_a_doi_that_somebody_has_is_not_coined_again(hub, press) -> None:
    """With hardly any suffixes left, collisions are found and others coined."""
    with hub.database.connect(None) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION nauvis.coin_suffix() RETURNS text LANGUAGE sql"
            " AS $$ SELECT (random() * 20)::integer::text $$"
        )
    body = {"records": [{"mint": True, "metadata": record("")["metadata"]}]}

    def mint(n: int) -> str | None:
        answer = hub.client.post("/deposits", json=body, headers=press.headers)
        return answer.json()["records"][0]["doi"] if answer.status_code == 202 else None

    with ThreadPoolExecutor(8) as threads:
        dois = [doi for doi in threads.map(mint, range(14)) if doi]
    assert len(dois) == len(set(dois)) >= 10


# ------------------------------------------------------------------ deletion


@pytest.mark.parametrize("state", ["registered", "findable"])
def test_what_was_registered_leaves_a_tombstone_when_deleted(hub, press, state) -> None:
    press.say(DOI, state)
    answer = press.ask("DELETE", f"/works/{DOI}")
    assert (answer.status_code, answer.json()["was"]) == (200, state)
    gone = press.ask("GET", f"/works/{DOI}")
    assert (gone.status_code, slug(gone)) == (410, "gone")
    assert "describedby" in gone.headers["link"]
    assert slug(press.ask("DELETE", f"/works/{DOI}")) == "doi-deleted"
    assert press.say(DOI, "draft")["result"] == "rejected"
    assert press.say(DOI, "findable")["result"] in ("created", "updated")
    assert (handle(hub), press.status()) == (None, 200)


def test_a_deleted_draft_is_gone_and_free(hub, press) -> None:
    press.say(DOI, "draft")
    assert press.ask("DELETE", f"/works/{DOI}").json()["was"] == "draft"
    assert (handle(hub), press.status()) == (None, 404)
    assert one(hub, "SELECT count(*) FROM croid.identifier") == 0
    assert slug(press.ask("DELETE", f"/works/{DOI}")) == "no-such-doi"
    assert press.say(DOI, "draft", expect="new")["result"] == "created"


def test_only_the_owner_deletes(hub, press, rival) -> None:
    press.say(DOI, "findable")
    assert slug(rival.ask("DELETE", f"/works/{DOI}")) == "not-your-prefix"
    with hub.database.connect() as connection:
        connection.autocommit = True
        ada = Press(hub, make_key(connection, make_editor(connection, "ada")))
    assert slug(ada.ask("DELETE", f"/works/{DOI}")) == "not-your-prefix"
    hub.deposit(record("10.7777/free"))
    assert slug(ada.ask("DELETE", "/works/10.7777/free")) == "not-your-prefix"
    assert hub.client.delete(f"/works/{DOI}").status_code == 401
    assert press.status() == 200


def test_if_match_guards_a_deletion(hub, press) -> None:
    press.say(DOI, "findable")
    tag = press.ask("GET", f"/works/{DOI}").headers["etag"]
    press.records(record(DOI, title=["Another"]))
    late = press.ask("DELETE", f"/works/{DOI}", headers={"If-Match": tag})
    assert (late.status_code, slug(late)) == (412, "precondition-failed")
    tag = press.ask("GET", f"/works/{DOI}").headers["etag"]
    assert press.ask("DELETE", f"/works/{DOI}", headers={"If-Match": tag}).status_code == 200


def test_a_deletion_waits_for_verdicts(hub, press) -> None:
    press.say(DOI, "draft")
    body = {"records": [{"doi": DOI, "state": "findable"}]}
    hub.client.post("/deposits", json=body, headers=press.headers)
    assert slug(press.ask("DELETE", f"/works/{DOI}")) == "not-settled"


# ------------------------------------------------------------------ aliases


def alias(press: Press, other: str, doi: str = DOI) -> Any:
    return press.ask("POST", f"/works/{doi}/alias", json={"alias": other})


def test_an_alias_leads_to_the_survivor(hub, press) -> None:
    press.say(DOI, "findable")
    made = alias(press, "10.5556/OLD")
    assert (made.status_code, made.json()) == (201, {"alias": "10.5556/old", "doi": DOI})
    assert alias(press, "10.5556/old").status_code == 200
    led = press.ask("GET", "/works/10.5556/old")
    assert (led.status_code, led.headers["location"]) == (301, "/works/10.5555%2Fa")
    listed = hub.get(f"/works/{DOI}/alias")
    assert [item["alias"] for item in listed["items"]] == ["10.5556/old"]
    told = press.say("10.5556/old", "findable")
    assert (told["result"], codes(told)) == ("rejected", ["is-alias"])


@pytest.mark.parametrize("before", ["draft", "registered", "deleted", None])
def test_an_alias_is_what_it_was_when_it_is_taken_back(hub, press, before) -> None:
    press.say(DOI, "findable")
    old = "10.5555/old"
    if before == "deleted":
        press.say(old, "findable")
        press.ask("DELETE", f"/works/{old}")
    elif before:
        press.say(old, before)
    was = press.status(old)
    assert alias(press, old).status_code == 201
    assert press.status(old) == 301
    gone = press.ask("DELETE", f"/works/{DOI}/alias", params={"alias": old})
    assert gone.status_code == 204, gone.text
    assert press.status(old) == was
    assert slug(press.ask("DELETE", f"/works/{DOI}/alias", params={"alias": old})) == (
        "no-such-alias"
    )
    if before is None:
        assert press.say(old, "draft", expect="new")["result"] == "created"


def test_what_cannot_be_an_alias_is_refused(press, rival) -> None:
    press.say(DOI, "findable")
    press.say("10.5555/b", "findable")
    press.say("10.5555/draft", "draft")
    assert slug(alias(press, "10.5555/b")) == "alias-in-use"
    assert slug(alias(press, DOI)) == "bad-alias"
    assert slug(alias(press, "10.6666/x")) == "not-your-prefix"
    assert slug(alias(rival, "10.6666/x")) == "not-your-prefix"
    assert slug(alias(press, "10.5555/x", "10.5555/nothing")) == "no-such-doi"
    assert slug(alias(press, "10.5555/x", "10.5555/draft")) == "bad-alias"
    assert slug(alias(press, "no doi")) == "malformed-identifier"


def test_aliases_are_one_hop(hub, press) -> None:
    press.say(DOI, "registered")
    press.say("10.5555/b", "findable")
    assert alias(press, "10.5555/old").status_code == 201
    assert alias(press, DOI, "10.5555/b").status_code == 201
    for name in (DOI, "10.5555/old"):
        assert press.ask("GET", f"/works/{name}").headers["location"] == "/works/10.5555%2Fb"
    assert slug(alias(press, "10.5555/c", DOI)) == "no-such-doi"
    assert alias(press, DOI, "10.5555/b").status_code == 200


CSL_ITEM = {"type": "book", "title": "On salt"}
ATTRIBUTES = {
    "types": {"resourceTypeGeneral": "Dataset"},
    "titles": [{"title": "On salt"}],
    "creators": [{"name": "Ng"}],
}


@pytest.mark.parametrize(
    ("media", "bare", "named"),
    [
        (CSL_TYPE, CSL_ITEM, CSL_ITEM | {"DOI": DOI}),
        (DATACITE_TYPE, ATTRIBUTES, ATTRIBUTES | {"doi": DOI}),
        (DATACITE_TYPE, {"attributes": ATTRIBUTES}, {"attributes": ATTRIBUTES | {"doi": DOI}}),
    ],
)
def test_records_in_the_formats_of_others_are_given_a_state_and_a_name(press, media, bare, named):
    def send(query: str, *records: Any) -> Any:
        content = orjson.dumps(list(records))
        headers = {"Content-Type": media}
        answer = press.ask("POST", f"/deposits{query}", content=content, headers=headers)
        press.hub.work()
        return answer

    def told(answer: Any) -> list[dict[str, Any]]:
        assert answer.status_code == 202, answer.text
        return press.hub.get(answer.headers["location"])["records"]

    [minted, own] = told(send("?state=draft&mint=true&prefix=10.5556", bare, named))
    assert re.fullmatch(r"10\.5556/[0-9a-z-]+", minted["doi"])
    assert (own["doi"], own["state"], minted["state"]) == (DOI, "draft", "draft")
    assert press.status() == 404
    [public] = told(send("?state=findable", named))
    assert (public["result"], press.status()) == ("created", 200)
    assert press.hub.get(f"/works/{DOI}")["message"]["title"] == ["On salt"]
    # A state alone finds what was deposited so.
    assert press.say(minted["doi"], "findable", metadata=False)["result"] == "created"
    assert press.status(minted["doi"]) == 200
    [nameless] = told(send("", bare))
    assert "no-doi" in codes(nameless)


def test_the_same_bytes_with_another_wish_are_another_deposit(press):
    def send(query: str, item: Any) -> Any:
        headers = {"Content-Type": CSL_TYPE, "Idempotency-Key": "k" + str(len(item))}
        content = orjson.dumps([item])
        return press.ask("POST", f"/deposits{query}", content=content, headers=headers)

    first = send("?mint=true&state=registered", CSL_ITEM)
    again = send("?mint=true&state=registered", CSL_ITEM)
    assert first.headers["location"] == again.headers["location"]
    assert first.json()["records"][0]["doi"] == again.json()["records"][0]["doi"]
    assert slug(send("?mint=true&state=draft", CSL_ITEM)) == "key-reused"
    assert slug(send("?mint=true", CSL_ITEM)) == "key-reused"
    named = CSL_ITEM | {"DOI": DOI}
    assert send("", named).status_code == 202
    assert send("?state=findable", named).status_code == 202
    assert slug(send("?state=draft", named)) == "key-reused"


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("?state=draft", "application/json"),
        ("?mint=true", "application/json"),
        ("?state=lost", CSL_TYPE),
        ("?prefix=10.5555", CSL_TYPE),
        ("?mint=perhaps", CSL_TYPE),
    ],
)
def test_a_wish_that_says_nothing_is_refused(press, query, media):
    content = orjson.dumps({"records": [record(DOI)]})
    headers = {"Content-Type": media}
    answer = press.ask("POST", f"/deposits{query}", content=content, headers=headers)
    assert answer.status_code == 400, answer.text
    assert query[1:].partition("=")[0] in answer.text
