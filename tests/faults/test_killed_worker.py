"""Workers are killed at any moment, many times: nothing is lost and nothing is there twice."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from faults import flow, form, storm
from faults.conftest import Teller
from faults.flow import author, organisation, record, take_records, work, write_lines
from nexus_hub.cli.rooms import consumers
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.queries import queue as queues
from nexus_hub.platform.queues import Worker

KILLS = form.of(24, 160)
WORKERS = form.of(3, 4)
STEPS = form.of(24, 60)
HISTORY = """
SELECT i.value, array_agg(encode(r.content_hash, 'hex') ORDER BY l.index)
FROM catalog.edit AS e
JOIN catalog.changelog AS l USING (editgroup_id)
JOIN catalog.revision AS r USING (croid, revision_id)
JOIN croid.identifier AS i USING (croid)
WHERE i.scheme = 'doi' AND i.value LIKE '10.5555/plain.%'
GROUP BY i.value ORDER BY i.value
"""


def steps(folder: Path) -> Iterator[Any]:
    """What comes in, little by little: deposits, some of them again or bad, and two sources."""
    people = [author("Ng", "Institute of Salt, Berlin, Germany")]
    for n in range(STEPS):
        records = [record(f"10.5555/plain.{n}.{k}", f"Title {n}") for k in range(12)]
        records += [record(f"10.5555/staffed.{n}.{k}", author=people) for k in range(3)]
        records.append({"doi": f"10.5555/bad.{n}", "metadata": {"title": ["no type"]}})
        yield lambda c, records=records: take_records(c, records)
        if n % 3 == 2:
            again = [record(f"10.5555/plain.{n - 2}.{k}", f"Again {n}") for k in range(12)]
            yield lambda c, again=again: take_records(c, again)
        if n == 5:
            rows = [organisation(k, f"Filler Institute {k}") for k in range(100, 160)]
            rows.append(organisation(1, "Institute of Salt"))
            yield lambda c, rows=rows: load(c, "ror", folder / "ror.jsonl", rows)
        if n == 9:
            rows = [work(f"10.5555/afar.{k}", f"From afar {k}") for k in range(80)]
            yield lambda c, rows=rows: load(c, "crossref", folder / "crossref.jsonl", rows)


def load(connection: psycopg.Connection[Any], source: str, path: Path, rows: list[Any]) -> None:
    fulgora.load(connection, source, write_lines(path, rows))
    connection.commit()


@contextmanager
def mortals() -> Iterator[list[Any]]:
    """Worker processes; whoever is missing is replaced by `live_on`."""
    processes: list[Any] = []
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()


def live_on(database: flow.Shared, processes: list[Any]) -> None:
    while len(processes) < WORKERS:
        process = storm.FORKS.Process(
            target=flow.work_until_killed,
            args=(database.settings.database_url, str(database.settings.home), ()),
        )
        process.start()
        processes.append(process)


def finish(database: flow.Shared, connection: psycopg.Connection[Any]) -> int:
    """Work off what is left; how many dead letters had to be sent again."""
    chosen = database.settings.model_copy(update={"visibility_s": 5})
    replayed = 0
    for _ in range(3):
        Worker(chosen, consumers([])).run(drain=True)
        for row in queues.queue_list(connection):
            if row.dead:
                replayed += queues.queue_replay(connection, queue=row.queue)
        connection.commit()
    return replayed


def strip(bodies: dict[str, Any]) -> dict[str, Any]:
    """Bodies without the CROIDs, which differ from database to database."""
    text = json.dumps(bodies, sort_keys=True)
    found = json.loads(text)
    for body in found.values():
        for person in body.get("author", []):
            for affiliation in person["affiliation"]:
                affiliation.pop("croid", None)
    return found


def kill_some(processes: list[Any], dice: random.Random) -> int:
    """Kill one of the workers, now and then all of them at one go; how many."""
    dice.shuffle(processes)
    count = len(processes) if dice.random() < 0.1 else 1
    victims = [processes.pop() for _ in range(count)]
    for victim in victims:
        victim.kill()
    for victim in victims:
        victim.join()
    return count


@pytest.mark.timeout(form.of(180, 1200))
def test_killing_workers_at_any_moment_loses_nothing_and_doubles_nothing(
    tmp_path: Path, teller: Teller
) -> None:
    storm.FORKS.set_forkserver_preload(storm.PRELOAD)
    dice = random.Random(None if form.IS_LONG else 7)
    with (
        flow.shared_database(tmp_path / "calm") as calm,
        flow.shared_database(tmp_path / "rough") as rough,
        calm.connect() as left,
        rough.connect() as right,
    ):
        for step in steps(tmp_path):
            step(left)
        flow.drain(calm)

        with mortals() as processes:
            arriving = steps(tmp_path)
            kills = 0
            live_on(rough, processes)
            while kills < KILLS:
                if (step := next(arriving, None)) is not None:
                    step(right)
                time.sleep(dice.uniform(0.02, 0.35))
                kills += kill_some(processes, dice)
                live_on(rough, processes)
                if kills % 10 == 0:
                    teller.progress(f"worker kill {kills} of {KILLS}")
            for step in arriving:
                step(right)
        replayed = finish(rough, right)

        assert replayed <= kills
        assert waiting(right) == 0
        assert verdict_counts(right) == verdict_counts(left)
        assert right.execute(HISTORY).fetchall() == left.execute(HISTORY).fetchall()
        assert strip(flow.bodies(right)) == strip(flow.bodies(left))
        assert strip(flow.bodies(right, "ror")) == strip(flow.bodies(left, "ror"))
        assert flow.changelog_faults(right) == []
        assert nothing_is_there_twice(right)
        assert flow.one(right, "SELECT count(*) FROM vulcanus.stale_layer") == 0
        unfinished = "SELECT count(*) FROM platform.task WHERE finished_at IS NULL"
        assert flow.one(right, unfinished) == 0
        never = "SELECT count(*) FROM catalog.editgroup WHERE status <> 'accepted'"
        assert flow.one(right, never) == 0
        settled = flow.one(right, "SELECT count(*) FROM nauvis.deposit_change")
        teller.summary(
            f"workers: {kills} kills among {WORKERS}; {settled} records settled as without any"
            f" kill; {replayed} messages that lay dead were sent again"
        )


BY = "https://creativecommons.org/licenses/by/4.0/"
SWITCH = "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = 'licence-spdx'"
BEHIND = "SELECT count(*) FROM vulcanus.strategy WHERE unseen_after IS NOT NULL"
REVISIONS = "SELECT count(*) FROM catalog.revision WHERE kind = 'release'"
RECORDS = form.of(240, 2_000)


@pytest.mark.timeout(form.of(180, 600))
def test_killing_workers_while_a_strategy_looks_at_what_it_has_not_seen_leaves_nothing_out(
    tmp_path: Path, teller: Teller
) -> None:
    storm.FORKS.set_forkserver_preload(storm.PRELOAD)
    dice = random.Random(None if form.IS_LONG else 11)
    with flow.shared_database(tmp_path) as database, database.connect() as connection:
        owner = psycopg.connect(database.owner_uri, autocommit=True)
        owner.execute(SWITCH, [False])
        licence = [{"URL": BY, "content-version": "vor"}]
        for n in range(0, RECORDS, 10):
            dois = [f"10.5555/open.{n + k}" for k in range(10)]
            take_records(connection, [record(doi, license=licence) for doi in dois])
        flow.drain(database)
        owner.execute(SWITCH, [True])
        kills = 0
        with mortals() as processes:
            while flow.one(connection, BEHIND) and kills < KILLS:
                live_on(database, processes)
                connection.commit()
                time.sleep(dice.uniform(0.3, 1.2))
                kills += kill_some(processes, dice)
        finish(database, connection)
        assert flow.one(connection, BEHIND) == 0
        found = flow.bodies(connection).values()
        assert [body["license"][0].get("spdx") for body in found] == ["CC-BY-4.0"] * RECORDS
        assert flow.one(connection, REVISIONS) == 2 * RECORDS
        assert nothing_is_there_twice(connection)
        assert flow.changelog_faults(connection) == []
        teller.summary(f"workers: {kills} kills while {RECORDS} unseen records were looked at")
        owner.close()


def waiting(connection: psycopg.Connection[Any]) -> int:
    rows = queues.queue_list(connection)
    connection.commit()
    return sum(row.waiting + row.in_flight + row.dead for row in rows)


def verdict_counts(connection: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    """Per deposit: its records, its verdicts, what it says it settled; and each kind of verdict."""
    rows = connection.execute(
        "SELECT d.record_count, d.settled_count, d.rejected_count, count(r.n), count(c.n),"
        "  count(*) FILTER (WHERE c.result = 'created'),"
        "  count(*) FILTER (WHERE c.result = 'updated'), d.settled_at IS NOT NULL"
        " FROM nauvis.deposit AS d JOIN nauvis.deposit_record AS r USING (deposit_id)"
        " LEFT JOIN nauvis.deposit_change AS c USING (croid, deposit_id, n)"
        " GROUP BY d.deposit_id ORDER BY d.deposit_id"
    ).fetchall()
    connection.commit()
    return rows


def nothing_is_there_twice(connection: psycopg.Connection[Any]) -> bool:
    """One object per DOI and ROR id, one layer in force per object, one row per projection."""
    for query in (
        "SELECT 1 FROM croid.identifier GROUP BY scheme, value HAVING count(*) > 1",
        "SELECT 1 FROM vulcanus.layer WHERE retired_at IS NULL GROUP BY croid HAVING count(*) > 1",
        "SELECT 1 FROM catalog.release GROUP BY doi HAVING count(*) > 1",
        "SELECT 1 FROM catalog.edit GROUP BY croid, revision_id HAVING count(*) > 1",
        "SELECT 1 FROM catalog.ident AS i LEFT JOIN catalog.edit AS e USING (croid)"
        " WHERE i.is_live AND e.croid IS NULL",
        "SELECT 1 FROM aquilo.document AS d RIGHT JOIN catalog.release AS r USING (croid)"
        " WHERE d.croid IS NULL",
    ):
        if connection.execute(query.encode()).fetchone() is not None:
            return False
    return True
