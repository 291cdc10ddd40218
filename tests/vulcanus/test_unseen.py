"""What was accepted while a strategy was off, or before it was there, is looked at later."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from databases import Database, cloned
from faults import flow
from faults.flow import author, context, croid_of, drain, one, organisation, record, take_records
from nexus_hub.croid.codec import encode
from nexus_hub.fulgora import service as fulgora
from nexus_hub.vulcanus.consumers import look_at_unseen
from nexus_hub.vulcanus.service import process

BY = "https://creativecommons.org/licenses/by/4.0/"
LICENCE = [{"URL": BY, "content-version": "vor"}]
OPEN, CLOSED = record("10.5555/open", license=LICENCE), record("10.5555/closed")
BEHIND = "SELECT count(*) FROM vulcanus.strategy WHERE unseen_after IS NOT NULL"
LAYERS = "SELECT count(*) FROM vulcanus.layer WHERE strategy = %s"
LOOKED = "SELECT coalesce(sum(object_count), 0) FROM vulcanus.run WHERE reason = 'unseen'"
SALT = author("Ng", "Institute of Salt, Berlin, Germany")
STRATEGIES = ("affiliation-ror", "licence-spdx", "language", "dates", "type-vocabulary")


def switch(database: Any, strategy: str, *, is_on: bool) -> None:
    with database.connect(None) as owner:
        owner.execute(
            "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = %s", [is_on, strategy]
        )


def spdx(connection: psycopg.Connection[Any]) -> str | None:
    return flow.bodies(connection)["10.5555/open"]["license"][0].get("spdx")


def test_record_leaves_no_mark_while_a_strategy_is_off_and_is_seen_once_it_is_on(
    database, worker
) -> None:
    switch(database, "licence-spdx", is_on=False)
    take_records(worker, [OPEN, CLOSED])
    drain(database)
    assert spdx(worker) is None
    assert one(worker, LAYERS, "licence-spdx") == 0
    switch(database, "licence-spdx", is_on=True)
    unseen = "SELECT count(*) FROM vulcanus.unseen WHERE strategy = 'licence-spdx'"
    assert one(worker, unseen) == 2
    drain(database)
    assert spdx(worker) == "CC-BY-4.0"
    assert one(worker, BEHIND) == 0
    assert one(worker, LOOKED) == 2


def test_what_a_strategy_saw_before_it_was_off_is_not_looked_at_again(database, worker) -> None:
    take_records(worker, [CLOSED])
    drain(database)
    switch(database, "licence-spdx", is_on=False)
    drain(database)
    take_records(worker, [OPEN])
    drain(database)
    switch(database, "licence-spdx", is_on=True)
    drain(database)
    assert spdx(worker) == "CC-BY-4.0"
    assert one(worker, LOOKED) == 1


def test_strategy_that_is_new_looks_at_what_was_there_before_it(database, worker) -> None:
    with database.connect(None) as owner:
        owner.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM vulcanus.strategy")
        owner.execute("DELETE FROM vulcanus.strategy WHERE strategy = 'licence-spdx'")
        owner.commit()
        take_records(worker, [OPEN, CLOSED])
        drain(database)
        assert spdx(worker) is None
        assert one(worker, BEHIND) == 0
        owner.execute(
            "INSERT INTO vulcanus.strategy SELECT * FROM kept WHERE strategy = 'licence-spdx'"
        )
    drain(database)
    assert spdx(worker) == "CC-BY-4.0"
    assert one(worker, BEHIND) == 0


def test_new_version_looks_at_records_in_which_the_one_before_found_nothing_to_read(
    database, worker
) -> None:
    take_records(worker, [OPEN, CLOSED])
    drain(database)
    with database.connect(None) as owner:
        owner.execute(
            "UPDATE vulcanus.strategy SET version = 'anew' WHERE strategy = 'licence-spdx'"
        )
    drain(database)
    assert one(worker, LOOKED) == 1
    assert one(worker, BEHIND) == 0


def test_who_took_a_strategy_to_be_off_may_accept_long_after_it_is_on(database, worker) -> None:
    switch(database, "licence-spdx", is_on=False)
    take_records(worker, [CLOSED])
    drain(database)
    take_records(worker, [OPEN])
    with database.connect() as slow:
        process(context(database, slow), [croid_of(worker, "10.5555/open")], "deposit")
        switch(database, "licence-spdx", is_on=True)
        with database.connect() as quick:
            quick.autocommit = True
            looked = [look_at_unseen(context(database, quick)) for _ in range(4)]
        assert looked == [1, 0, 0, 0]
        assert one(worker, BEHIND) == 1
        slow.commit()
    drain(database)
    assert spdx(worker) == "CC-BY-4.0"
    assert one(worker, BEHIND) == 0


def test_strategies_switched_to_and_fro_while_records_come_end_as_if_they_had_always_been_on(
    database: Database, tmp_path: Path
) -> None:
    script = list(_script(random.Random(20_26)))
    with cloned(tmp_path / "calm") as calm:
        expected = _play(calm, tmp_path, [step for step in script if isinstance(step, list)])
    assert _play(database, tmp_path, script) == expected
    assert any("spdx" in str(body) for body in expected.values())


def _script(draw: random.Random) -> Iterator[list[Any] | str | None]:
    """Records to be taken, strategies to be switched over, and None where workers work."""
    for number in range(20):
        match draw.choice(("records", "switch", "work")):
            case "records":
                title = f"On Salt {number}"
                members = {"language": "eng", "license": LICENCE, "author": [SALT]}
                told = draw.sample(sorted(members), draw.randrange(4))
                doi = f"10.5555/{draw.randrange(8)}"
                yield [record(doi, title, **{name: members[name] for name in told})]
            case "switch":
                yield draw.choice(STRATEGIES)
            case _:
                yield None


def _play(
    database: Database, folder: Path, script: Sequence[list[Any] | str | None]
) -> dict[str, Any]:
    off: set[str] = set()
    with database.connect() as connection:
        rows = [organisation(1, "Institute of Salt")]
        fulgora.load(connection, "ror", flow.write_lines(folder / "ror.jsonl", rows))
        connection.commit()
        drain(database)
        for step in script:
            if step is None:
                drain(database)
            elif isinstance(step, str):
                switch(database, step, is_on=step in off)
                off ^= {step}
            else:
                take_records(connection, step)
        for strategy in off:
            switch(database, strategy, is_on=True)
        drain(database)
        assert one(connection, BEHIND) == 0
        query = "SELECT croid FROM croid.identifier WHERE scheme = 'ror'"
        known = encode(one(connection, query))
        return json.loads(json.dumps(flow.bodies(connection)).replace(known, "salt"))
