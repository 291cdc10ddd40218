"""Deposits become revisions: every record gets its verdict, and none stands in another's way."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import author, drain, one, record, results, take_records, verdicts
from nexus_hub.fulgora import service as fulgora
from nexus_hub.vulcanus import affiliation
from nexus_hub.vulcanus.service import process

UNSTORABLE = {"language": "unstorable"}
"""Members that read well and that the database of these tests refuses, by a constraint of its own:
whatever else is refused there, is refused at the border already."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        with database.connect(None) as owner:
            owner.execute(
                "ALTER TABLE catalog.release ADD CONSTRAINT language_is_storable"
                " CHECK (language <> 'unstorable')"
            )
        yield database


@pytest.fixture
def worker(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect() as connection:
        yield connection


@pytest.fixture
def doi() -> str:
    """A DOI that no other test uses."""
    return f"10.5555/{uuid4().hex}"


def revision_count(connection: psycopg.Connection[Any], doi: str) -> int:
    return one(
        connection,
        "SELECT count(*) FROM catalog.revision JOIN croid.identifier USING (croid)"
        " WHERE value = %s",
        doi,
    )


def body(connection: psycopg.Connection[Any], doi: str) -> dict[str, Any]:
    return flow.bodies(connection)[doi]


# ------------------------------------------------------------------ what a record comes to


def test_hundreds_are_accepted_at_once_under_one_index(shared, worker, doi) -> None:
    deposit = take_records(worker, [record(f"{doi}.{n}", f"Title {n}") for n in range(300)])
    drain(shared)
    told = verdicts(worker, deposit)
    assert {verdict.result for verdict in told} == {"created"}
    assert len({verdict.index for verdict in told}) == 1
    assert len({verdict.revision_id for verdict in told}) == 300
    assert body(worker, f"{doi}.299")["title"] == ["Title 299"]
    state = "SELECT settled_count, rejected_count, settled_at IS NOT NULL FROM nauvis.deposit"
    row = worker.execute(f"{state} WHERE deposit_id = %s", [deposit]).fetchone()
    assert row == (300, 0, True)


def test_deposits_on_one_object_are_processed_in_the_order_they_came(shared, worker, doi) -> None:
    titles = ["One", "Two", "Two", "Three"]
    deposits = [take_records(worker, [record(doi, title, volume=title)]) for title in titles]
    drain(shared)
    told = [verdicts(worker, deposit)[0] for deposit in deposits]
    assert [verdict.result for verdict in told] == ["created", "updated", "unchanged", "updated"]
    indexes = [verdict.index for verdict in told if verdict.index is not None]
    assert indexes == sorted(set(indexes))
    assert body(worker, doi)["title"] == ["Three"]
    assert revision_count(worker, doi) == 3


def test_refused_record_leaves_those_before_and_after_it(shared, worker, doi) -> None:
    first = take_records(worker, [record(doi, "One")])
    bad = take_records(worker, [{"doi": doi, "metadata": {"DOI": doi, "title": ["no type"]}}])
    last = take_records(worker, [record(doi, "Three")])
    drain(shared)
    assert results(worker, first) == ["created"]
    assert verdicts(worker, bad)[0].codes == ["missing-type"]
    assert results(worker, last) == ["updated"]
    assert body(worker, doi)["title"] == ["Three"]


def test_refused_record_does_not_change_what_was_there(shared, worker, doi) -> None:
    take_records(worker, [record(doi, "One")])
    drain(shared)
    bad = take_records(worker, [{"doi": doi, "metadata": {"DOI": doi, "title": "Two"}}])
    drain(shared)
    assert results(worker, bad) == ["rejected"]
    process(flow.context(shared, worker), [flow.croid_of(worker, doi)], "stale")
    worker.commit()
    assert body(worker, doi)["title"] == ["One"]
    assert revision_count(worker, doi) == 1


def test_same_bytes_are_unchanged_at_once_and_announce_nothing(shared, worker, doi) -> None:
    sent = "SELECT sum(sent_total)::integer FROM platform.queue_depth()"
    first = take_records(worker, [record(doi)])
    drain(shared)
    before = one(worker, sent)
    again = take_records(worker, [record(doi)])
    [verdict], [created] = verdicts(worker, again), verdicts(worker, first)
    assert verdict.result == "unchanged"
    assert (verdict.revision_id, verdict.index) == (created.revision_id, created.index)
    assert one(worker, sent) == before


def test_bytes_of_the_one_before_the_last_are_not_unchanged(shared, worker, doi) -> None:
    for title in ("One", "Two"):
        take_records(worker, [record(doi, title)])
        drain(shared)
    back = take_records(worker, [record(doi, "One")])
    assert results(worker, back) == [None]
    drain(shared)
    assert results(worker, back) == ["updated"]
    assert body(worker, doi)["title"] == ["One"]


def test_same_content_in_other_bytes_is_unchanged(shared, worker, doi) -> None:
    one_way = f'{{"doi": "{doi}", "metadata": {{"type": "book", "DOI": "{doi}", "title": ["T"],'
    one_way += ' "issued": {"date-parts": [[2020]]}}}'
    other = '{"metadata": {"issued":{"date-parts":[[2020.0]]},"title":["\\u0054"],"score":1.5,'
    other += f'"DOI":"{doi.upper()}","type":"book"}}, "doi": "{doi}", "comment": "again"}}'
    for text in (one_way, other):
        deposit = flow.take(worker, f'{{"records": [{text}]}}'.encode())
        drain(shared)
        last = verdicts(worker, deposit)[0]
    assert last.result == "updated", "the DOI as deposited is new"
    deposit = flow.take(worker, f'{{"records": [{other} ], "test": false}}'.encode())
    assert results(worker, deposit) == ["unchanged"]
    spaced = other.replace(",", " , ")
    deposit = flow.take(worker, f'{{"records": [{spaced}]}}'.encode())
    assert results(worker, deposit) == [None]
    drain(shared)
    assert results(worker, deposit) == ["unchanged"]
    assert revision_count(worker, doi) == 2


def test_unchanged_content_leaves_no_editgroup_behind(shared, worker, doi) -> None:
    count = "SELECT count(*) FROM catalog.editgroup WHERE status <> 'accepted'"
    take_records(worker, [record(doi)])
    drain(shared)
    before = one(worker, count)
    take_records(worker, [{**record(doi), "comment": "the same again"}])
    drain(shared)
    assert one(worker, count) == before


def test_what_is_odd_is_taken_with_a_warning(shared, worker, doi) -> None:
    deposit = take_records(worker, [{**record(doi, volume=7), "colour": "green"}])
    drain(shared)
    [verdict] = verdicts(worker, deposit)
    assert verdict.result == "warning"
    assert set(verdict.codes) == {"number-for-text", "unknown-member"}
    assert verdict.revision_id is not None
    assert verdict.index is not None
    assert body(worker, doi)["volume"] == "7"


# ------------------------------------------------------------------ what the depositor expects


def test_expected_new_object_must_not_exist(shared, worker, doi) -> None:
    first = take_records(worker, [{**record(doi), "expect": "new"}])
    drain(shared)
    second = take_records(worker, [{**record(doi), "expect": "new"}])
    drain(shared)
    assert results(worker, first) == ["created"]
    assert [v.codes for v in verdicts(worker, second)] == [["already-exists"]]


def test_expected_revision_must_be_the_current_one(shared, worker, doi) -> None:
    created = take_records(worker, [record(doi)])
    drain(shared)
    current = str(verdicts(worker, created)[0].revision_id)
    wrong = take_records(worker, [{**record(doi, "Two"), "expect": {"revision": str(uuid4())}}])
    right = take_records(worker, [{**record(doi, "Two"), "expect": {"revision": current}}])
    late = take_records(worker, [{**record(doi, "Three"), "expect": {"revision": current}}])
    drain(shared)
    assert verdicts(worker, wrong)[0].codes == ["revision-mismatch"]
    assert results(worker, right) == ["updated"]
    assert verdicts(worker, late)[0].codes == ["revision-mismatch"]
    assert body(worker, doi)["title"] == ["Two"]


def test_expected_revision_of_an_object_that_is_not_there_is_a_mismatch(
    shared, worker, doi
) -> None:
    deposit = take_records(worker, [{**record(doi), "expect": {"revision": str(uuid4())}}])
    drain(shared)
    assert verdicts(worker, deposit)[0].codes == ["revision-mismatch"]
    assert doi not in flow.bodies(worker)


# ------------------------------------------------------------------ test deposits


def test_test_deposit_leaves_nothing_but_its_verdicts_and_patches(shared, worker, doi) -> None:
    take_records(worker, [record(doi, "One")])
    drain(shared)
    before = flow.row_counts(shared)
    deposit = take_records(
        worker,
        [
            record(doi, "Two"),
            record(f"{doi}.new", author=[author("Ng", "University of Somewhere")]),
            {"doi": f"{doi}.bad", "metadata": {"DOI": f"{doi}.bad"}},
            {**record(f"{doi}.expected"), "expect": {"revision": str(uuid4())}},
        ],
        test=True,
    )
    drain(shared)
    told = verdicts(worker, deposit)
    assert [v.result for v in told] == ["updated", "created", "rejected", "rejected"]
    assert told[0].patch == [{"op": "replace", "path": "/title/0", "value": "Two"}]
    assert {"op": "add", "path": "/DOI", "value": f"{doi}.new"} in told[1].patch
    assert [v.patch for v in told[2:]] == [None, None]
    assert {v.revision_id for v in told} == {None}
    assert {v.index for v in told} == {None}
    after = flow.row_counts(shared)
    grown = {name: after[name] - count for name, count in before.items() if after[name] != count}
    assert grown == {
        "nauvis.deposit": 1,
        "nauvis.deposit_chunk": 1,
        "nauvis.deposit_record": 4,
        "nauvis.deposit_change": 4,
    }
    assert body(worker, doi)["title"] == ["One"]
    real = take_records(worker, [record(doi, "One")])
    assert results(worker, real) == ["unchanged"]


def test_atomic_test_deposit_says_what_the_real_one_would(shared, worker, doi) -> None:
    records = [record(f"{doi}.1"), record(f"{doi}.2", **UNSTORABLE)]
    rehearsed = take_records(worker, records, test=True, atomic=True)
    real = take_records(worker, records, atomic=True)
    drain(shared)
    told = [[(v.result, v.codes) for v in verdicts(worker, d)] for d in (rehearsed, real)]
    assert told[0] == told[1]
    assert told[0] == [("rejected", ["atomic"]), ("rejected", ["not-storable"])]


# ------------------------------------------------------------------ one bad record


def test_one_bad_record_never_holds_back_999(shared, worker, doi) -> None:
    records = [record(f"{doi}.{n}") for n in range(1000)]
    records[617] = record(f"{doi}.617", **UNSTORABLE)
    deposit = take_records(worker, records)
    drain(shared)
    told = verdicts(worker, deposit)
    assert [v.n for v in told if v.result != "created"] == [618]
    assert (told[617].result, told[617].codes) == ("rejected", ["not-storable"])
    accepted = "SELECT l.index FROM catalog.edit JOIN catalog.changelog AS l USING (editgroup_id)"
    accepted += " WHERE revision_id = %s"
    for verdict in (told[0], told[616], told[618], told[999]):
        assert one(worker, accepted, verdict.revision_id) == verdict.index


def test_reference_too_long_to_be_a_doi_is_kept_and_not_indexed(shared, worker, doi) -> None:
    long_doi = "10.5555/" + "".join(uuid4().hex for _ in range(400))
    references = [{"key": "1", "DOI": long_doi}, {"key": "2", "DOI": "10.5555/short"}]
    deposit = take_records(worker, [record(doi, reference=references)])
    drain(shared)
    assert results(worker, deposit) == ["created"]
    assert body(worker, doi)["reference"] == references
    cited = "SELECT array_agg(r.doi) FROM catalog.reference AS r WHERE r.croid = %s"
    assert one(worker, cited, flow.croid_of(worker, doi)) == ["10.5555/short"]


def test_record_that_exceeds_a_limit_of_the_server_stands_alone(
    shared, worker, doi, monkeypatch
) -> None:
    read = affiliation.input_hash

    def exceed_on_one(body: dict[str, Any]) -> bytes:
        if body["DOI"] == f"{doi}.3":
            raise psycopg.errors.ProgramLimitExceeded("index row size exceeds the maximum")
        return read(body)

    monkeypatch.setattr(affiliation, "input_hash", exceed_on_one)
    people = [author("Ng", "University of Somewhere")]
    deposit = take_records(worker, [record(f"{doi}.{n}", author=people) for n in range(8)])
    drain(shared)
    assert results(worker, deposit) == ["created"] * 3 + ["rejected"] + ["created"] * 4


def test_record_on_which_a_strategy_fails_stands_alone(shared, worker, doi, monkeypatch) -> None:
    read = affiliation.input_hash

    def fail_on_one(body: dict[str, Any]) -> bytes:
        if body["DOI"] == f"{doi}.3":
            raise RecursionError("too much for it")
        return read(body)

    monkeypatch.setattr(affiliation, "input_hash", fail_on_one)
    people = [author("Ng", "University of Somewhere")]
    deposit = take_records(worker, [record(f"{doi}.{n}", author=people) for n in range(8)])
    drain(shared)
    told = verdicts(worker, deposit)
    assert [v.n for v in told if v.result != "created"] == [4]
    assert told[3].codes == ["failed"]


def test_identifier_of_a_rejected_record_is_free_again(shared, worker, doi) -> None:
    take_records(worker, [record(doi, **UNSTORABLE)])
    drain(shared)
    count = "SELECT count(*) FROM croid.identifier WHERE value = %s"
    assert one(worker, count, doi) == 0
    deposit = take_records(worker, [record(doi)])
    drain(shared)
    assert results(worker, deposit) == ["created"]


# ------------------------------------------------------------------ atomic deposits


def test_atomic_deposit_is_taken_whole(shared, worker, doi) -> None:
    deposit = take_records(worker, [record(f"{doi}.{n}") for n in range(3)], atomic=True)
    drain(shared)
    told = verdicts(worker, deposit)
    assert [v.result for v in told] == ["created"] * 3
    assert len({v.index for v in told}) == 1


@pytest.mark.parametrize(
    ("bad", "codes"),
    [
        ({"metadata": {"title": ["no type"]}}, ["missing-type"]),
        ({"metadata": {"type": "book", **UNSTORABLE}}, ["not-storable"]),
        (
            {
                "metadata": {"type": "book", "title": ["T"]},
                "expect": {"revision": str(uuid4())},
            },
            ["revision-mismatch"],
        ),
        ({"metadata": {"type": "book"}, "mint": True}, ["mint-has-doi"]),
    ],
)
def test_atomic_deposit_is_refused_whole(shared, worker, doi, bad, codes) -> None:
    bad = {**bad, "doi": f"{doi}.bad"}
    records = [record(f"{doi}.1"), bad, record(f"{doi}.2")]
    deposit = take_records(worker, records, atomic=True)
    beside = take_records(worker, [record(f"{doi}.1", "Beside")])
    drain(shared)
    told = verdicts(worker, deposit)
    assert [v.result for v in told] == ["rejected"] * 3
    assert [v.codes for v in told] == [["atomic"], codes, ["atomic"]]
    assert results(worker, beside) == ["created"]
    assert f"{doi}.2" not in flow.bodies(worker)


def test_atomic_deposit_in_several_messages_is_refused_whole(shared, worker, doi) -> None:
    records = [record(f"{doi}.{n}") for n in range(1001)]
    # The one whose object comes last travels in a message of its own.
    records.append(record(f"{doi}.1001", **UNSTORABLE))
    deposit = take_records(worker, records, atomic=True)
    drain(shared)
    assert set(results(worker, deposit)) == {"rejected"}
    assert not [found for found in flow.bodies(worker) if found.startswith(doi)]


def test_atomic_deposit_behind_another_on_one_of_its_objects_is_refused_whole(
    shared, worker, doi
) -> None:
    first = take_records(worker, [record(f"{doi}.1", "One")])
    atomic = take_records(
        worker, [{**record(f"{doi}.1", "Two"), "expect": "new"}, record(f"{doi}.2")], atomic=True
    )
    last = take_records(worker, [record(f"{doi}.2", "Last")])
    drain(shared)
    assert results(worker, first) == ["created"]
    assert [v.codes for v in verdicts(worker, atomic)] == [["already-exists"], ["atomic"]]
    assert results(worker, last) == ["created"]
    assert body(worker, f"{doi}.1")["title"] == ["One"]
    assert body(worker, f"{doi}.2")["title"] == ["Last"]


def test_atomic_deposit_is_whole_though_only_one_of_its_objects_is_processed(
    shared, worker, doi
) -> None:
    atomic = take_records(
        worker, [record(f"{doi}.1"), record(f"{doi}.2", **UNSTORABLE)], atomic=True
    )
    process(flow.context(shared, worker), [flow.croid_of(worker, f"{doi}.1")], "stale")
    worker.commit()
    assert results(worker, atomic) == ["rejected", "rejected"]
    drain(shared)
    assert results(worker, atomic) == ["rejected", "rejected"]


# ------------------------------------------------------------------ other bases


def load_crossref(connection: psycopg.Connection[Any], path: Any, *rows: Any) -> None:
    fulgora.load(connection, "crossref", flow.write_lines(path / f"{uuid4()}.jsonl", rows))
    connection.commit()


def indexed(day: str) -> dict[str, Any]:
    return {"indexed": {"date-time": f"{day}T00:00:00Z"}}


def test_depositor_is_not_blamed_for_what_another_source_says(
    shared, worker, doi, tmp_path
) -> None:
    load_crossref(worker, tmp_path, {"DOI": doi, "title": ["no type"], "colour": "green"})
    drain(shared)
    deposit = take_records(worker, [record(doi)])
    drain(shared)
    assert [(v.result, v.codes) for v in verdicts(worker, deposit)] == [("created", [])]


def test_row_that_cannot_be_unpacked_holds_back_nobody(shared, worker, doi, tmp_path) -> None:
    load_crossref(worker, tmp_path, *[flow.work(f"{doi}.{n}", "From afar") for n in range(5)])
    with shared.connect(None) as owner:
        owner.execute("UPDATE fulgora.record SET record = 'no frame' WHERE key = %s", [f"{doi}.2"])
    drain(shared)
    found = [name for name in flow.bodies(worker) if name.startswith(doi)]
    assert found == [f"{doi}.{n}" for n in (0, 1, 3, 4)]
    deposit = take_records(worker, [record(f"{doi}.{n}", "From here") for n in range(5)])
    drain(shared)
    assert results(worker, deposit) == ["updated", "updated", "created", "updated", "updated"]


def test_bad_deposit_does_not_cost_the_object_its_enrichment(shared, worker, doi, tmp_path) -> None:
    load_crossref(worker, tmp_path, flow.work(doi, "From afar"))
    drain(shared, "fulgora")
    bad = take_records(worker, [record(doi, **UNSTORABLE)])
    drain(shared)
    assert results(worker, bad) == ["rejected"]
    assert body(worker, doi)["title"] == ["From afar"]


def test_bad_deposit_does_not_free_a_name_that_a_source_was_asked_about(
    shared, worker, doi, tmp_path
) -> None:
    load_crossref(worker, tmp_path, flow.work(doi, "From afar"))
    drain(shared, "vulcanus")
    bad = take_records(worker, [record(doi, **UNSTORABLE)])
    drain(shared, "vulcanus")
    assert results(worker, bad) == ["rejected"]
    croid = flow.croid_of(worker, doi)
    drain(shared)
    assert body(worker, doi)["title"] == ["From afar"]
    assert flow.croid_of(worker, doi) == croid


def test_answer_that_is_late_does_not_undo_a_newer_one(shared, worker, doi, tmp_path) -> None:
    answers: list[UUID] = []
    for day, title in (("2020-01-01", "Old"), ("2021-01-01", "New")):
        load_crossref(worker, tmp_path, flow.work(doi, title, **indexed(day)))
        # Asked and answered, but not heard yet.
        only_ask_and_answer(shared)
    tasks = "SELECT task_id FROM fulgora.request ORDER BY requested_at DESC LIMIT 2"
    answers = [task for (task,) in worker.execute(tasks).fetchall()]
    worker.commit()
    hear_answers(shared, worker, answers, flow.croid_of(worker, doi))
    assert body(worker, doi)["title"] == ["New"]
    drain(shared)
    assert body(worker, doi)["title"] == ["New"]


def only_ask_and_answer(database: flow.Shared) -> None:
    from nexus_hub.platform.queues import Worker
    from nexus_hub.vulcanus import consumers as vulcanus

    asking = [
        consumer for consumer in vulcanus.CONSUMERS if consumer.handle is vulcanus.ask_sources
    ]
    Worker(database.settings, asking).run(drain=True)
    drain(database, "fulgora")


def hear_answers(
    database: flow.Shared, connection: psycopg.Connection[Any], tasks: list[UUID], croid: UUID
) -> None:
    from nexus_hub.platform.queues import Event
    from nexus_hub.vulcanus.consumers import receive_answers

    for task in tasks:
        with connection.transaction():
            event = Event("enrichment-answered", [croid], task=task)
            receive_answers(flow.context(database, connection), [event])
        connection.commit()
