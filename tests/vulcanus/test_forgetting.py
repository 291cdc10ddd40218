"""Texts that no record has any more are forgotten, and none that somebody is about to name."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest

from faults import flow
from faults.flow import author, drain, one, organisation, record, take_records
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.jobs import StoppedError
from nexus_hub.vulcanus import forgetting
from nexus_hub.vulcanus.forgetting import forget_texts
from nexus_hub.vulcanus.queries import matched_text as q
from nexus_hub.vulcanus.texts import text_hash

TEXTS = tuple(f"Institute of Salt, Room {number}" for number in range(5))
KEPT = "SELECT text FROM vulcanus.matched_text WHERE strategy = 'affiliation-ror' ORDER BY text"
LAYERS = "UPDATE vulcanus.layer SET retired_at = {} WHERE strategy = 'affiliation-ror'"
BLOCKED = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def database(fresh_database: Any, tmp_path: Any) -> Any:
    """One in which the texts of five works were read."""
    with fresh_database.connect() as connection:
        rows = [organisation(1, "Institute of Salt")]
        fulgora.load(connection, "ror", flow.write_lines(tmp_path / "ror.jsonl", rows))
        connection.commit()
        drain(fresh_database)
        take_records(connection, [work(number, text) for number, text in enumerate(TEXTS)])
    drain(fresh_database)
    return fresh_database


def work(number: int, text: str) -> Any:
    return record(f"10.5555/{number}", author=[author("Ng", text)])


def kept(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute(KEPT).fetchall()
    connection.commit()
    return [text for (text,) in rows]


def forget(database: Any) -> None:
    forget_texts(database.settings, threading.Event())


@pytest.mark.parametrize("page", [1, 2, 5, 2_000])
def test_texts_that_no_record_has_are_forgotten_page_by_page(
    database, worker, monkeypatch, page
) -> None:
    monkeypatch.setattr(forgetting, "PAGE", page)
    forget(database)
    assert kept(worker) == list(TEXTS)
    take_records(worker, [work(1, TEXTS[0]), work(3, "Elsewhere")])
    drain(database)
    assert kept(worker) == ["Elsewhere", *TEXTS]
    forget(database)
    assert kept(worker) == ["Elsewhere", TEXTS[0], TEXTS[2], TEXTS[4]]


def test_text_that_was_forgotten_is_read_again(database, worker) -> None:
    take_records(worker, [work(0, "Elsewhere")])
    drain(database)
    forget(database)
    assert TEXTS[0] not in kept(worker)
    take_records(worker, [work(1, TEXTS[0])])
    drain(database)
    assert TEXTS[0] in kept(worker)


def test_text_that_somebody_found_stays_until_the_layer_that_names_it_is_there(
    database, worker
) -> None:
    with database.connect(None) as owner:
        owner.execute(LAYERS.format("now()").encode())
    with database.connect() as reader:
        hashes = [text_hash(TEXTS[0])]
        assert q.matched_text_list_missing(reader, strategy="affiliation-ror", hashes=hashes) == []
        thread = threading.Thread(target=forget, args=(database,))
        thread.start()
        while not one(worker, BLOCKED):
            thread.join(0.01)
            assert thread.is_alive()
        with database.connect(None) as owner:
            owner.execute(
                "UPDATE vulcanus.layer SET retired_at = NULL FROM croid.identifier AS i"
                " WHERE i.croid = layer.croid AND i.value = '10.5555/0'"
            )
        reader.commit()
        thread.join()
    assert kept(worker) == [TEXTS[0]]


def test_it_stops_between_two_pages_when_told_to(database) -> None:
    stopping = threading.Event()
    stopping.set()
    with pytest.raises(StoppedError):
        forget_texts(database.settings, stopping)
