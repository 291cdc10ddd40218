"""What people change stays: no deposit, no source and no strategy undoes it unasked."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import author, drain, one, organisation, record, take_records, verdicts
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform import db as platform_db
from nexus_hub.platform.queues import Event
from nexus_hub.vulcanus import consumers as vulcanus
from nexus_hub.vulcanus.explanation import Explanation, explain_revision
from nexus_hub.vulcanus.service import process

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def worker(shared: flow.Shared) -> Iterator[Connection]:
    with shared.connect() as connection:
        yield connection


@pytest.fixture
def doi() -> str:
    """A DOI that no other test uses."""
    return f"10.5555/{uuid4().hex}"


@pytest.fixture(scope="module")
def person(shared: flow.Shared) -> UUID:
    """An admin who edits."""
    with shared.connect(None) as owner:
        row = owner.execute(
            "INSERT INTO catalog.editor (username, role) VALUES ('ann', 'admin')"
            " RETURNING editor_id"
        ).fetchone()
    assert row is not None
    return row[0]


def body(connection: Connection, doi: str) -> dict[str, Any]:
    return flow.bodies(connection)[doi]


def deposit(shared: flow.Shared, connection: Connection, *records: Any) -> UUID:
    made = take_records(connection, records)
    drain(shared)
    return made


def edit(connection: Connection, person: UUID, doi: str, **members: Any) -> int:
    """A person changes members of a record; None takes one away."""
    whole = body(connection, doi) | members
    kept = {name: value for name, value in whole.items() if value is not None}
    croid = flow.croid_of(connection, doi)
    made = editing.apply(connection, person, [Edit("update", croid, body=kept)])
    connection.commit()
    return made.index


def derive(shared: flow.Shared, connection: Connection, doi: str) -> str:
    [outcome] = process(flow.context(shared, connection), [flow.croid_of(connection, doi)], "stale")
    connection.commit()
    return outcome.result


def layers(connection: Connection, doi: str) -> list[tuple[str, str, Any]]:
    rows = connection.execute(
        "SELECT source, source_version, patch FROM vulcanus.layer"
        " WHERE croid = %s AND edit_id IS NOT NULL ORDER BY asserted_at",
        [flow.croid_of(connection, doi)],
    ).fetchall()
    connection.commit()
    return rows


def test_edit_stays_when_the_owner_changes_something_else(shared, worker, person, doi) -> None:
    deposit(shared, worker, record(doi, "On Salt", volume="1"))
    index = edit(worker, person, doi, title=["On Sea Salt"])
    drain(shared)
    [(source, version, patch)] = layers(worker, doi)
    assert (source, version) == (f"editor:{person}", str(index))
    assert [(e["path"], e["originalValue"], e["enrichedValue"]) for e in patch] == [
        ("/title/0", "On Salt", "On Sea Salt")
    ]
    made = deposit(shared, worker, record(doi, "On Salt", volume="2"))
    assert [v.result for v in verdicts(worker, made)] == ["updated"]
    found = body(worker, doi)
    assert (found["title"], found["volume"]) == (["On Sea Salt"], "2")
    assert derive(shared, worker, doi) == "unchanged"


def test_owner_who_changes_what_a_person_changed_is_heard(shared, worker, person, doi) -> None:
    deposit(shared, worker, record(doi, "On Salt", volume="1"))
    edit(worker, person, doi, title=["On Sea Salt"], issue="4")
    deposit(shared, worker, record(doi, "On Rock Salt", volume="1"))
    found = body(worker, doi)
    assert (found["title"], found["issue"]) == (["On Rock Salt"], "4")


def test_what_a_person_took_away_stays_away(shared, worker, person, doi) -> None:
    people = [author("Ng"), author("Ek"), author("Oz")]
    deposit(shared, worker, record(doi, volume="1", author=people))
    kept = body(worker, doi)["author"]
    edit(worker, person, doi, volume=None, author=[kept[0], kept[2]])
    deposit(shared, worker, record(doi, volume="1", author=people, issue="2"))
    found = body(worker, doi)
    assert "volume" not in found
    assert found["issue"] == "2"
    assert [a["family"] for a in found["author"]] == ["Ng", "Oz"]


def test_edit_is_heard_though_its_message_still_lies_in_the_queue(
    shared, worker, person, doi
) -> None:
    deposit(shared, worker, record(doi, "On Salt"))
    edit(worker, person, doi, title=["On Sea Salt"])
    assert layers(worker, doi) == []
    take_records(worker, [record(doi, "On Salt", volume="2")])
    derive(shared, worker, doi)
    assert len(layers(worker, doi)) == 1
    assert (body(worker, doi)["title"], body(worker, doi)["volume"]) == (["On Sea Salt"], "2")
    drain(shared)
    assert len(layers(worker, doi)) == 1


def test_edits_that_are_told_twice_and_out_of_order_make_one_layer_each(
    shared, worker, person, doi
) -> None:
    deposit(shared, worker, record(doi, "0"))
    croid = flow.croid_of(worker, doi)
    for n in range(3):
        edit(worker, person, doi, title=[str(n + 1)], **{f"x{n}": "y"})
    before = body(worker, doi)
    context = flow.context(shared, worker)
    for index in (3, 1, 2, 1):
        vulcanus.hear_edited(context, [Event("edited", [croid], index=index)])
        worker.commit()
    assert [int(version) for _, version, _ in layers(worker, doi)] == sorted(
        int(version) for _, version, _ in layers(worker, doi)
    )
    assert len(layers(worker, doi)) == 3
    assert derive(shared, worker, doi) == "unchanged"
    deposit(shared, worker, record(doi, "0", page="9"))
    assert body(worker, doi) == before | {"page": "9"}


def test_edit_of_what_a_strategy_wrote_stays_when_the_strategy_is_switched_off(
    shared, worker, person, doi, tmp_path
) -> None:
    name = f"University of {uuid4().hex}"
    number = uuid4().int % 2**29
    row = organisation(number, name)
    fulgora.load(worker, "ror", flow.write_lines(tmp_path / "ror.jsonl", [row]))
    worker.commit()
    drain(shared)
    deposit(shared, worker, record(doi, author=[author("Ng", name)]))
    people = body(worker, doi)["author"]
    assert people[0]["affiliation"][0]["id"], "the strategy recognised it"
    people[0]["affiliation"][0] = {"name": "Somewhere else"}
    edit(worker, person, doi, author=people)
    drain(shared)
    for is_enabled in (False, True):
        with shared.connect(None) as owner:
            owner.execute("UPDATE vulcanus.strategy SET is_enabled = %s", [is_enabled])
        derive(shared, worker, doi)
        assert body(worker, doi)["author"][0]["affiliation"] == [{"name": "Somewhere else"}]


def test_record_of_a_person_is_the_base_until_its_owner_deposits(
    shared, worker, person, doi, tmp_path
) -> None:
    made = editing.apply(
        worker,
        person,
        [Edit("create", kind="release", body=flow.work(doi, "By hand", page="3"))],
    )
    worker.commit()
    drain(shared)
    assert derive(shared, worker, doi) == "unchanged"
    edit(worker, person, doi, page="4")
    drain(shared)
    # A registry adds what the person left out; the owner says the rest.
    row = flow.work(doi, "From afar", volume="7")
    fulgora.load(worker, "crossref", flow.write_lines(tmp_path / "c.jsonl", [row]))
    worker.commit()
    drain(shared)
    found = body(worker, doi)
    assert (found["title"], found["page"], found["volume"]) == (["By hand"], "4", "7")
    verdict = verdicts(worker, deposit(shared, worker, record(doi, "By its owner")))[0]
    assert verdict.result == "updated"
    found = body(worker, doi)
    assert (found["title"], found["page"], found["volume"]) == (["By its owner"], "4", "7")
    assert made.index > 0


def test_organisation_that_a_person_edited_stays_so_when_its_registry_speaks_again(
    shared, worker, person, tmp_path
) -> None:
    number = uuid4().int % 2**29
    name = f"Institute {uuid4().hex}"

    def load(year: int, day: str) -> None:
        row = organisation(number, name, established=year, **flow.changed(day))
        fulgora.load(worker, "ror", flow.write_lines(tmp_path / f"{day}.jsonl", [row]))
        worker.commit()
        drain(shared)

    load(1900, "2020-01-01")
    croid = one(worker, "SELECT croid FROM croid.identifier WHERE value = %s", flow.ror_id(number))
    current = "SELECT catalog.read_body(croid, revision_id)::jsonb FROM catalog.ident"
    current += " WHERE croid = %s"
    whole = one(worker, current, croid) | {"types": ["archive"]}
    editing.apply(worker, person, [Edit("update", croid, body=whole)])
    worker.commit()
    drain(shared)
    load(1901, "2021-01-01")
    found = one(worker, current, croid)
    assert (found["types"], found["established"]) == (["archive"], 1901)


def test_merged_object_is_split_by_people_alone(shared, worker, person, doi) -> None:
    kept, lost = f"{doi}.kept", f"{doi}.lost"
    deposit(shared, worker, record(kept), record(lost))
    croid = flow.croid_of(worker, lost)
    survivor = flow.croid_of(worker, kept)
    editing.apply(worker, person, [Edit("redirect", croid, target=survivor)])
    worker.commit()
    assert derive(shared, worker, lost) == "rejected"
    verdict = verdicts(worker, deposit(shared, worker, record(lost, "Again")))[0]
    assert (verdict.result, verdict.codes) == ("rejected", ["merged"])
    state = "SELECT state::text FROM catalog.ident WHERE croid = %s"
    assert one(worker, state, croid) == "redirect"
    assert flow.croid_of(worker, lost) == croid
    assert body(worker, kept)["DOI"] == kept
    # Split by a person, it is what its owner deposited, with what the person says.
    whole = flow.work(lost, "On Salt", page="1")
    editing.apply(worker, person, [Edit("update", croid, body=whole)])
    worker.commit()
    drain(shared)
    derive(shared, worker, lost)
    assert one(worker, state, croid) == "active"
    assert body(worker, lost)["page"] == "1"


def test_deleted_object_comes_back_with_a_deposit_alone(shared, worker, person, doi) -> None:
    deposit(shared, worker, record(doi))
    croid = flow.croid_of(worker, doi)
    editing.apply(worker, person, [Edit("delete", croid)])
    worker.commit()
    drain(shared)
    assert derive(shared, worker, doi) == "rejected"
    state = "SELECT state::text FROM catalog.ident WHERE croid = %s"
    assert one(worker, state, croid) == "deleted"
    deposit(shared, worker, record(doi, "Back"))
    assert one(worker, state, croid) == "active"


def test_editgroup_without_edits_is_heard_by_everybody(shared, worker, person) -> None:
    group = editing.open_editgroup(worker, person).editgroup_id
    editing.accept(worker, group, person)
    worker.commit()
    drain(shared)
    with shared.connect(None) as owner:
        dead = owner.execute("SELECT count(*) FROM pgmq.q_vulcanus_edited_dead").fetchone()
    assert dead == (0,)


def test_vulcanus_makes_no_layers_of_its_own_edits(shared, worker, doi) -> None:
    before = one(worker, "SELECT count(*) FROM vulcanus.layer WHERE edit_id IS NOT NULL")
    deposit(shared, worker, record(doi))
    deposit(shared, worker, record(doi, "Two"))
    assert derive(shared, worker, doi) == "unchanged"
    after = one(worker, "SELECT count(*) FROM vulcanus.layer WHERE edit_id IS NOT NULL")
    assert after == before


def test_explanation_names_the_person_beside_the_others(shared, worker, person, doi) -> None:
    editing.apply(
        worker, person, [Edit("create", kind="release", body=flow.work(doi, "By hand", page="3"))]
    )
    worker.commit()
    deposit(shared, worker, record(doi, "By its owner"))
    edit(worker, person, doi, volume="8")
    deposit(shared, worker, record(doi, "By its owner", issue="2"))
    croid = flow.croid_of(worker, doi)
    current = one(worker, "SELECT revision_id FROM catalog.ident WHERE croid = %s", croid)

    async def explain() -> Explanation | None:
        uri = platform_db.as_role(shared.settings.database_url or "", "nexus_api")
        async with await psycopg.AsyncConnection.connect(uri) as connection:
            return await explain_revision(connection, "release", croid, current)

    told = asyncio.run(explain())
    assert told is not None
    sources = {origin.pointer: origin.source for origin in told.fields}
    assert sources["/title"] == "deposit"
    assert sources["/page"] == sources["/volume"] == f"editor:{person}"
    assert sources["/issue"] == "deposit"


@pytest.fixture(scope="module")
def bot(shared: flow.Shared) -> UUID:
    """A bot that takes in what another catalogue has."""
    with shared.connect(None) as owner:
        row = owner.execute(
            "INSERT INTO catalog.editor (username, role, is_bot) VALUES ('taker', 'admin', true)"
            " RETURNING editor_id"
        ).fetchone()
    assert row is not None
    return row[0]


def take_in(connection: Connection, bot: UUID, doi: str, **members: Any) -> None:
    """The other catalogue's record of a work is taken in, as it is now there."""
    croid = flow.croid_of(connection, doi)
    whole = {"DOI": doi, "prefix": "10.5555", "type": "journal-article"} | members
    made = Edit("update", croid, body=whole, extra={"imported-from": "elsewhere"})
    editing.apply(connection, bot, [made])
    connection.commit()


def test_what_is_taken_in_adds_to_a_deposit_and_replaces_nothing_of_it(
    shared, worker, bot, doi
) -> None:
    deposit(shared, worker, record(doi, "On Salt", volume="1"))
    take_in(worker, bot, doi, title=["On Pepper"], volume="7", page="1-9")
    drain(shared)
    found = body(worker, doi)
    assert (found["title"], found["volume"], found["page"]) == (["On Salt"], "1", "1-9")
    [(_, _, patch)] = layers(worker, doi)
    assert patch == []
    deposit(shared, worker, record(doi, "On Salt", volume="2"))
    found = body(worker, doi)
    assert (found["volume"], found["page"]) == ("2", "1-9")
    take_in(worker, bot, doi, title=["On Pepper"], page="10-19")
    drain(shared)
    found = body(worker, doi)
    assert (found["title"], found["volume"], found["page"]) == (["On Salt"], "2", "10-19")
    assert derive(shared, worker, doi) == "unchanged"


def test_what_a_person_changed_stays_when_it_is_taken_in_again(
    shared, worker, bot, person, doi
) -> None:
    deposit(shared, worker, record(doi, "On Salt"))
    take_in(worker, bot, doi, title=["On Salt"], page="1-9")
    drain(shared)
    edit(worker, person, doi, page="1-10", title=["On Sea Salt"])
    drain(shared)
    take_in(worker, bot, doi, title=["On Salt"], page="1-9", issue="3")
    drain(shared)
    found = body(worker, doi)
    assert (found["title"], found["page"], found["issue"]) == (["On Sea Salt"], "1-10", "3")


def test_only_bots_take_in(shared, worker, person, doi) -> None:
    deposit(shared, worker, record(doi, "On Salt"))
    take_in(worker, person, doi, title=["On Sea Salt"])
    drain(shared)
    assert body(worker, doi)["title"] == ["On Sea Salt"]
