"""Deposits are taken in quickly and whole: every byte kept, every record judged by itself."""

import gzip
import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults import flow
from faults.flow import document, drain, one, record, results, take, take_records, verdicts
from nexus_hub.nauvis import service
from nexus_hub.nauvis.errors import DepositTooLarge, KeyReused, MalformedDeposit
from nexus_hub.nauvis.queries import deposit as q
from nexus_hub.platform import frames


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def api(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect("nexus_api") as connection:
        yield connection


@pytest.fixture
def worker(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect() as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def doi() -> str:
    """A DOI that no other test uses."""
    return f"10.5555/{uuid4().hex}"


def kept(connection: psycopg.Connection[Any], deposit: UUID) -> bytes:
    """The bytes of a deposit, put together again."""
    rows = q.deposit_chunk_list(connection, deposit_id=deposit, first_chunk=0, last_chunk=1_000_000)
    return b"".join(frames.decompress(row.body) for row in rows)


def pieces(connection: psycopg.Connection[Any], deposit: UUID) -> list[bytes]:
    """Each record of a deposit by itself, out of the frames that hold it."""
    places = connection.execute(
        "SELECT byte_offset, size_bytes FROM nauvis.deposit_record"
        " WHERE deposit_id = %s ORDER BY n",
        [deposit],
    ).fetchall()
    found = []
    for offset, size in places:
        wanted = frames.numbers(offset, size)
        rows = q.deposit_chunk_list(
            connection, deposit_id=deposit, first_chunk=wanted[0], last_chunk=wanted[-1]
        )
        held = {row.chunk_no: frames.decompress(row.body) for row in rows}
        found.append(frames.cut(held, offset, size))
    return found


# ------------------------------------------------------------------ every byte


@given(
    sizes=st.lists(st.integers(0, 90_000) | st.integers(65_400, 65_600), min_size=1, max_size=4),
    spaces=st.sampled_from(["", " ", "\n\t ", " \r\n"]),
    seed=st.integers(0, 2**32),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
def test_document_is_kept_byte_for_byte(db, sizes: list[int], spaces: str, seed: int) -> None:
    noise = random.Random(seed)
    records = []
    for n, size in enumerate(sizes):
        filler = "".join(noise.choices('ab é€{}[],:"\\', k=size // 3))
        doi = f"10.5555/{seed}.{n}"
        text = json.dumps(record(doi, filler), ensure_ascii=bool(noise.getrandbits(1)))
        records.append(text.replace('", "', f'"{spaces},{spaces}"') if not filler else text)
    separator = f"{spaces},{spaces}"
    body = f'{spaces}{{"records":[{spaces}{separator.join(records)}{spaces}]}}'.encode()
    with db.transaction(force_rollback=True):
        deposit = q.deposit_take(db, **service.prepare_document(body))
        assert deposit is not None
        assert kept(db, deposit) == body
        assert pieces(db, deposit) == [text.encode() for text in records]


@given(
    sizes=st.lists(st.integers(0, 40_000) | st.integers(65_300, 65_600), min_size=1, max_size=5),
    ending=st.sampled_from([b"\n", b"\r\n"]),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
def test_lines_are_kept_byte_for_byte(db, tmp_path_factory, sizes, ending: bytes) -> None:
    lines = [
        json.dumps(record(f"10.5555/line.{n}", "€" * (size // 3)), ensure_ascii=False).encode()
        for n, size in enumerate(sizes)
    ]
    file = tmp_path_factory.mktemp("lines") / "x.jsonl"
    file.write_bytes(ending.join(lines) + ending)
    with db.transaction(force_rollback=True):
        [taken] = list(service.load(db, [str(file)]))
        [deposit] = taken.deposits
        assert pieces(db, deposit) == lines
        assert kept(db, deposit) == b"\n".join(lines) + b"\n"


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072, 131_073])
def test_bytes_around_the_border_of_a_frame(db, size: int) -> None:
    shell = len(document([record("10.5555/border", "")]))
    body = document([record("10.5555/border", "x" * (size - shell))])
    assert len(body) == size
    deposit = q.deposit_take(db, **service.prepare_document(body))
    assert deposit is not None
    assert kept(db, deposit) == body
    chunks = "SELECT count(*) FROM nauvis.deposit_chunk WHERE deposit_id = %s"
    assert db.execute(chunks, [deposit]).fetchone() == (-(-size // 65_536),)


def test_record_that_also_stands_elsewhere_in_the_document_is_found(db) -> None:
    text = json.dumps(record("10.5555/twin"))
    body = f'{{"comment": {text}, "records": [{text}, {json.dumps(record("10.5555/b"))}]}}'.encode()
    deposit = q.deposit_take(db, **service.prepare_document(body))
    assert deposit is not None
    assert pieces(db, deposit)[0] == text.encode()
    assert pieces(db, deposit)[1] == json.dumps(record("10.5555/b")).encode()


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'{"records": []}',
        b'{"records": {}}',
        b'{"record": []}',
        b'{"records": [{}], "test": "yes"}',
        b'{"records": [{}], "atomic": 1}',
        b'{"records": [{}',
        b'{"records": [{]}',
        b"\xff\xfe{}",
    ],
)
def test_document_that_is_none_is_refused_whole(body: bytes) -> None:
    with pytest.raises(MalformedDeposit) as refused:
        service.prepare_document(body)
    assert refused.value.detail


def test_document_that_is_too_large_is_refused_whole() -> None:
    with pytest.raises(DepositTooLarge, match="10001 records"):
        service.prepare_document(b'{"records": [' + b"{}," * 10_000 + b"{}]}")
    with pytest.raises(DepositTooLarge, match="50000001 bytes"):
        service.prepare_document(b" " * 50_000_001)


def test_ten_thousand_records_are_taken(db) -> None:
    body = document([{"doi": f"10.5555/{n}", "metadata": {"type": "book"}} for n in range(10_000)])
    deposit = q.deposit_take(db, **service.prepare_document(body))
    rows = db.execute(
        "SELECT count(*), count(DISTINCT croid) FROM nauvis.deposit_record WHERE deposit_id = %s",
        [deposit],
    ).fetchone()
    assert rows == (10_000, 10_000)


def test_each_bad_record_is_refused_by_itself_and_the_rest_goes_through(shared, api, doi) -> None:
    def odd(n: int, members: str) -> str:
        return f'{{"doi": "{doi}.{n}", "metadata": {{{members}}}}}'

    bad = {
        "nul in the text": odd(0, '"type": "a\\u0000b"'),
        "nul in a name": odd(1, '"type": "book", "a\\u0000": 1'),
        "nul in the doi": '{"doi": "10.5555/a\\u0000b", "metadata": {"type": "book"}}',
        "high surrogate": odd(3, '"type": "book", "title": ["\\ud800"]'),
        "low surrogate": odd(4, '"type": "book", "title": ["\\udc00x"]'),
        "number": odd(5, '"type": "book", "volume": 1e400'),
        "integer": odd(6, '"type": "book", "x": 12345678901234567890123'),
        "prefix": '{"doi": "10.5/x", "metadata": {"type": "book"}}',
        "type of a member": odd(8, '"type": "book", "author": "Ng"'),
        "type of a record": "7",
        "deep": odd(10, f'"type": "book", "x": {"[" * 200}{"]" * 200}'),
        "no doi": '{"metadata": {"type": "book"}}',
        "metadata": f'{{"doi": "{doi}.12", "metadata": []}}',
        "again": json.dumps(record(f"{doi}.good")),
    }
    good = json.dumps(record(f"{doi}.good"))
    pair = json.dumps(record(f"{doi}.pair", "\U0001f600"))
    body = f'{{"records": [{good}, {", ".join(bad.values())}, {pair}]}}'.encode()
    deposit = take(api, body)
    drain(shared)
    told = verdicts(api, deposit)
    names = ["good", *bad, "pair"]
    assert {names[v.n - 1]: v.result for v in told} == {
        "good": "created",
        **dict.fromkeys(bad, "rejected"),
        "pair": "created",
    }
    assert {names[v.n - 1]: v.codes for v in told if v.result == "rejected"} == {
        "nul in the text": ["nul-character"],
        "nul in a name": ["nul-character"],
        "nul in the doi": ["malformed-doi"],
        "high surrogate": ["lone-surrogate"],
        "low surrogate": ["lone-surrogate"],
        "number": ["number-out-of-range"],
        "integer": ["inexact-integer"],
        "prefix": ["malformed-doi"],
        "type of a member": ["wrong-type"],
        "type of a record": ["wrong-type"],
        "deep": ["too-deep"],
        "no doi": ["no-doi"],
        "metadata": ["wrong-type"],
        "again": ["duplicate-in-deposit"],
    }
    assert flow.bodies(api)[f"{doi}.pair"]["title"] == ["\U0001f600"]


def test_second_record_of_a_doi_names_the_first(api, doi) -> None:
    deposit = take_records(api, [record(doi), record(doi.upper(), "Two"), record(f"{doi}.b")])
    row = api.execute(
        "SELECT problems -> 0 FROM nauvis.deposit_record WHERE deposit_id = %s AND n = 2", [deposit]
    ).fetchone()
    assert row is not None
    assert row[0]["code"] == "duplicate-in-deposit"
    assert "record 1 " in row[0]["detail"]


def test_record_that_is_refused_names_no_object(api, doi) -> None:
    take_records(api, [{"doi": doi, "metadata": {}, "state": "hidden"}])
    assert one(api, "SELECT count(*) FROM croid.identifier WHERE value = %s", doi) == 0


# ------------------------------------------------------------------ files


def test_line_that_cannot_be_read_is_named_and_the_rest_goes_through(
    shared, worker, doi, tmp_path
) -> None:
    lines = [json.dumps(record(f"{doi}.{n}")) for n in range(5)]
    lines[2] = '{"doi": "10.5555/cut'
    lines[3] = json.dumps({"doi": "10.5/x"})
    file = tmp_path / "deposits.jsonl"
    file.write_text("\n".join(["", *lines]))
    [taken] = list(service.load(worker, [str(file)]))
    assert (taken.records, taken.refused) == (4, 1)
    places = [problem.split(": ")[0] for problem in taken.problems]
    assert places == [f"{file}:4 (record 3)", "deposits.jsonl:5 (record 4)"]
    drain(shared)
    assert results(worker, taken.deposits[0]) == ["created", "created", "rejected", "created"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b" \n\n", "empty-file"), (b"<html></html>", "not-json")],
)
def test_file_without_records_says_so_and_leaves_nothing(
    shared, worker, tmp_path, content: bytes, code: str
) -> None:
    file = tmp_path / "none.jsonl"
    file.write_bytes(content)
    before = flow.row_counts(shared)
    [taken] = list(service.load(worker, [str(file)]))
    assert taken.deposits == []
    assert [str(file) in problem and code in problem for problem in taken.problems] == [True]
    assert flow.row_counts(shared) == before


def test_truncated_file_gives_what_is_whole_and_is_loaded_again_without_doubling(
    shared, worker, doi, tmp_path
) -> None:
    lines = "".join(json.dumps(record(f"{doi}.{n}", str(n) * 300)) + "\n" for n in range(400))
    whole = gzip.compress(lines.encode())
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(whole[: len(whole) // 2])
    first = list(service.load(worker, [str(file)], batch_size=50))
    assert first[-1].problems
    assert "truncated" in first[-1].problems[-1]
    some = sum(taken.records for taken in first)
    assert 0 < some < 400
    file.write_bytes(whole)
    again = list(service.load(worker, [str(file)], batch_size=50))
    assert sum(taken.records for taken in again) == 400
    drain(shared)
    told = [result for taken in again for result in results(worker, taken.deposits[0])]
    assert told == ["unchanged"] * some + ["created"] * (400 - some)
    found = [name for name in flow.bodies(worker) if name.startswith(doi)]
    assert len(found) == 400


def test_records_of_one_object_in_one_file_are_taken_in_their_order(
    shared, worker, doi, tmp_path
) -> None:
    take_records(worker, [record(doi, "One")])
    drain(shared)
    rows = [record(doi, "Two"), record(f"{doi}.b"), record(doi, "One"), record(doi, "One")]
    [taken] = list(service.load(worker, [flow.write_lines(Path(tmp_path / "x.jsonl"), rows)]))
    drain(shared)
    told = results(worker, taken.deposits[0])
    assert told == ["updated", "created", "updated", "unchanged"]
    assert flow.bodies(worker)[doi]["title"] == ["One"]


def test_a_file_is_taken_in_batches_and_each_is_whole(shared, worker, doi, tmp_path) -> None:
    rows = [record(f"{doi}.{n}") for n in range(25)]
    file = flow.write_lines(tmp_path / "x.jsonl", rows)
    batches = list(service.load(worker, [file], batch_size=4))
    assert [taken.records for taken in batches] == [4, 4, 4, 4, 4, 4, 1]
    drain(shared)
    assert len([name for name in flow.bodies(worker) if name.startswith(doi)]) == 25


# ------------------------------------------------------------------ the same again


def test_same_key_and_bytes_give_the_same_deposit(shared, api, doi) -> None:
    body = document([record(doi)])
    first = take(api, body, key=doi)
    before = flow.row_counts(shared)
    assert take(api, body, key=doi) == first
    assert flow.row_counts(shared) == before


def test_same_key_for_other_bytes_is_refused(api, doi) -> None:
    first = take(api, document([record(doi)]), key=doi)
    with pytest.raises(psycopg.Error) as refused:
        take(api, document([record(doi, "Two")]), key=doi)
    assert refused.value.sqlstate == KeyReused.sqlstate
    assert str(first) in (refused.value.diag.message_detail or "")


@pytest.mark.parametrize("flag", ["is_test", "is_atomic"])
@pytest.mark.parametrize("before", [True, False])
def test_same_key_for_the_same_bytes_taken_otherwise_is_refused(api, doi, flag, before) -> None:
    call = service.prepare_document(document([record(doi)]), key=doi)
    first = q.deposit_take(api, **call | {flag: before})
    assert q.deposit_take(api, **call | {flag: before}) == first
    with pytest.raises(psycopg.Error) as refused:
        q.deposit_take(api, **call | {flag: not before})
    assert refused.value.sqlstate == KeyReused.sqlstate


def test_same_key_at_once_gives_one_deposit(shared, doi) -> None:
    body = document([record(f"{doi}.{n}") for n in range(20)])
    start = Barrier(6)

    def send(_: int) -> UUID:
        with shared.connect("nexus_api") as connection:
            connection.execute("SELECT 1")
            start.wait()
            return take(connection, body, key=doi)

    with ThreadPoolExecutor(6) as clients:
        assert len(set(clients.map(send, range(6)))) == 1


def test_same_key_while_the_first_is_in_flight_waits_for_it(shared, api, doi) -> None:
    waiting = Event()

    def second(body: bytes) -> Any:
        with shared.connect("nexus_api") as connection:
            waiting.set()
            try:
                return take(connection, body, key=doi)
            except psycopg.Error as error:
                return error.sqlstate

    body = document([record(doi)])
    with ThreadPoolExecutor(2) as clients:
        first = q.deposit_take(api, **service.prepare_document(body, key=doi))
        same = clients.submit(second, body)
        other = clients.submit(second, document([record(doi, "Two")]))
        waiting.wait()
        api.commit()
        assert same.result(30) == first
        assert other.result(30) == KeyReused.sqlstate


def test_load_under_a_key_is_not_taken_twice(shared, worker, doi, tmp_path) -> None:
    file = flow.write_lines(tmp_path / "x.jsonl", [record(f"{doi}.{n}") for n in range(7)])
    first = [taken.deposits for taken in service.load(worker, [file], batch_size=3, key=doi)]
    before = flow.row_counts(shared)
    again = [taken.deposits for taken in service.load(worker, [file], batch_size=3, key=doi)]
    assert again == first
    assert flow.row_counts(shared) == before


def test_deposit_is_announced_with_it_or_not_at_all(shared, api, doi) -> None:
    sent = "SELECT waiting FROM platform.queue_depth() WHERE queue = 'vulcanus_deposit_received'"
    drain(shared)
    q.deposit_take(api, **service.prepare_document(document([record(doi)])))
    api.rollback()
    assert one(api, sent) == 0
    take_records(api, [record(doi)])
    assert one(api, sent) == 1
    drain(shared)
