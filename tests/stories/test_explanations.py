"""Why a record says what it says, also when what it was made of is long gone."""

import json

from nexus_hub.fulgora import service as fulgora
from stories.hub import OXFORD, Hub, hub, record, work

__all__ = ["hub"]
DOI = "10.5555/why"


def fields(hub: Hub, revision: str | None = None) -> list[dict]:
    suffix = f"?revision={revision}" if revision else ""
    return hub.get(f"/works/{DOI}/explain{suffix}")["fields"]


def layers(told: list[dict]) -> set[str | None]:
    return {field["strategy"] for field in told}


def by_pointer(told: list[dict]) -> dict[str, dict]:
    return {field["pointer"]: field for field in told}


def load_crossref(hub: Hub, *works: dict) -> None:
    path = hub.settings.home / "works.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in works))
    with hub.database.connect() as connection:
        connection.autocommit = True
        fulgora.load(connection, "crossref", str(path))
    hub.work()


def test_an_old_revision_stays_explained_when_the_strategy_is_switched_off(hub: Hub):
    hub.organisations(OXFORD)
    old = hub.deposit(record(DOI, title=["Old"]))["records"][0]["revision"]
    before = fields(hub)
    assert layers(before) == {None, "affiliation-ror"}
    with hub.database.connect(None) as connection:
        connection.execute("UPDATE vulcanus.strategy SET is_enabled = false")
        connection.execute("UPDATE vulcanus.layer SET retired_at = now()")
    new = hub.deposit(record(DOI, title=["New"]))["records"][0]["revision"]
    assert new != old
    assert layers(fields(hub)) == {None}
    assert by_pointer(fields(hub))["/title"]["value"] == ["New"]
    assert fields(hub, old) == before
    assert by_pointer(before)["/title"]["value"] == ["Old"]


def test_the_fields_of_an_explanation_are_those_of_the_record(hub: Hub):
    hub.organisations(OXFORD)
    told = hub.deposit(record(DOI))["records"][0]
    body = hub.get(f"/cro/{told['croid']}/revisions/{told['revision']}")["record"]
    explained = by_pointer(fields(hub))
    assert {pointer.split("/")[1] for pointer in explained} == set(body)
    for pointer, field in explained.items():
        value = body
        for part in pointer.split("/")[1:]:
            value = value[int(part)] if isinstance(value, list) else value[part]
        assert value == field["value"], pointer


def test_what_a_weaker_source_said_is_told_beside_what_won(hub: Hub):
    theirs = work(title=["Theirs"], volume="7") | {"DOI": DOI, "indexed": {"timestamp": 1}}
    load_crossref(hub, theirs)
    first = hub.get(f"/works/{DOI}")["message"]
    assert first["title"] == ["Theirs"]
    assert hub.get(f"/works/{DOI}?view=deposited")["message"]["title"] == ["Theirs"]
    old = hub.get(f"/works/{DOI}/explain")["revision"]

    hub.deposit(record(DOI, title=["Ours"]))
    explained = by_pointer(fields(hub))
    assert explained["/title"]["source"] == "deposit"
    (lost,) = explained["/title"]["overridden"]
    assert (lost["source"], lost["value"]) == ("crossref", ["Theirs"])
    assert explained["/volume"]["source"] == "crossref"
    assert explained["/volume"]["value"] == "7"
    deposited = hub.get(f"/works/{DOI}?view=deposited")["message"]
    assert deposited["title"] == ["Ours"]
    assert "volume" not in deposited

    load_crossref(hub, theirs | {"volume": "8", "indexed": {"timestamp": 2000}})
    assert by_pointer(fields(hub))["/volume"]["value"] == "8"
    assert by_pointer(fields(hub, old))["/volume"]["value"] == "7"
    assert by_pointer(fields(hub, old))["/title"]["source"] == "crossref"


def test_a_revision_of_another_object_explains_nothing(hub: Hub):
    status = hub.deposit(record(DOI), record("10.5555/other"))
    other = status["records"][1]["revision"]
    for revision in (other, "0" * 26, "nonsense"):
        answer = hub.client.get(f"/works/{DOI}/explain?revision={revision}")
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/no-such-revision"
