"""Records per second: (a) bare COPY, (b) our whole flow, (e) with enrichment, (c) alexandria3k.

(c) commits as durably as PostgreSQL, (c0) as alexandria3k sets it. Each pass starts
from a fresh database and fresh processes; passes of all subjects take turns.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import records
from benchmarks.clients import CopyJob, flow_jobs, read_strategies, timed
from benchmarks.databases import Place
from benchmarks.measure import Pass, Subject
from benchmarks.records import Input
from nexus_hub.catalog.queries import ident, release
from nexus_hub.cli.rooms import consumers
from nexus_hub.cli.session import worker_connection
from nexus_hub.fulgora import service as fulgora
from nexus_hub.nauvis.queries import deposit_record
from nexus_hub.platform.queues import Worker

PLAIN = "bench_plain"
ENRICHED = "bench_enriched"
ROOT = Path(__file__).parents[1]
OTHER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
SWITCH_OFF = "UPDATE vulcanus.strategy SET is_enabled = false"
TITLES = {
    "a": "bare COPY, one table",
    "b1": "NEXUS, deposit to revision",
    "b2": "NEXUS, deposit to revision",
    "e1": "NEXUS, enriched as well",
    "e2": "NEXUS, enriched as well",
    "c": "alexandria3k, SQLite, durable",
    "c0": "alexandria3k, SQLite, as shipped",
}
PROCESSES = {"a": 1, "b1": 1, "b2": 2, "e1": 1, "e2": 2, "c": 1, "c0": 1}
DURABILITY = {"c": "durable", "c0": "shipped"}
"""How SQLite writes: as PostgreSQL with `fsync` does, or as alexandria3k sets it."""


class WrongResult(Exception):
    """A pass did not do what it is measured for."""


@dataclass
class Load:
    """The subjects over one input; `facts` gathers what is worth saying beside the figures."""

    place: Place
    source: Input
    folder: Path
    facts: dict[str, Any] = field(default_factory=dict)

    def prepare(
        self, keys: Sequence[str], organisations: Path | None, *, is_enriched: bool = False
    ) -> list[str]:
        """Make what the subjects need; returns those that can be measured, says why others not.

        With `is_enriched` the organisations are loaded though no subject needs them.
        """
        self.place.migrate(PLAIN)
        with self.place.connect(PLAIN) as connection:
            connection.execute(SWITCH_OFF)
        possible = list(keys)
        if {"e1", "e2"} & set(keys) or is_enriched:
            if organisations is None:
                self.facts["not measured: e"] = "NEXUS_REAL_DATA names no folder with organisations"
                possible = [key for key in possible if not key.startswith("e")]
            else:
                self._load_organisations(organisations)
        if DURABILITY.keys() & set(keys) and not OTHER_PYTHON.exists():
            self.facts["not measured: c"] = "there is no .venv-bench; make bench installs it"
            possible = [key for key in possible if key not in DURABILITY]
        elif DURABILITY.keys() & set(keys):
            records.write_containers(self.folder / "containers", self.source.works)
        return possible

    def _load_organisations(self, path: Path) -> None:
        self.place.migrate(ENRICHED)
        settings = self.place.settings(ENRICHED)
        with worker_connection(settings) as connection:
            fulgora.load(connection, "ror", str(path))
        Worker(settings, consumers([])).run(drain=True)
        self.place.vacuum(ENRICHED)
        with worker_connection(settings) as connection:
            kinds = {row.kind: row.object_count for row in ident.ident_count_by_kind(connection)}
        self.facts["organisations"] = kinds.get("organisation", 0)
        before = time.process_time()
        read_strategies(settings)
        spent = round(time.process_time() - before, 2)
        self.facts["CPU seconds of a worker to read the organisations, once"] = spent

    def measure(
        self, keys: Sequence[str], passes: int, advance: Callable[[str], None]
    ) -> list[Subject]:
        """Warm up once, then let all subjects take turns, so many times."""
        subjects = [Subject(key, TITLES[key], PROCESSES[key], []) for key in keys]
        for number in range(passes + 1):
            for subject in subjects:
                advance(
                    f"pass {number} of ({subject.key})" if number else f"warming up ({subject.key})"
                )
                measured = self._pass(subject.key)
                if number:
                    subject.passes.append(measured)
        return subjects

    def _pass(self, key: str) -> Pass:
        match key:
            case "a":
                return self._copy()
            case "c" | "c0":
                return self._alexandria(key)
            case _:
                return self._flow(key)

    def _copy(self) -> Pass:
        database = "bench_copy"
        self.place.create(database)
        job = CopyJob(self.place.owner_uri(database), self.source.path)
        measured = timed(self.place, [job])
        sizes = self.place.sizes(database)
        self.facts["bytes per record, bare COPY"] = round(sum(sizes.values()) / measured.records)
        self.place.drop(database)
        return measured

    def _flow(self, key: str) -> Pass:
        database = self.place.clone(PLAIN if key.startswith("b") else ENRICHED)
        settings = self.place.settings(database)
        jobs = flow_jobs(
            settings, self.source.path, PROCESSES[key], is_enriched=key.startswith("e")
        )
        measured = timed(self.place, jobs)
        self._note_results(key, database, measured)
        self.place.drop(database)
        return measured

    def _note_results(self, key: str, database: str, measured: Pass) -> None:
        with worker_connection(self.place.settings(database)) as connection:
            rows = deposit_record.deposit_record_result_count(connection)
            results = {row.result: row.record_count for row in rows}
            affiliations = release.release_affiliation_count(connection)
        if sum(results.values()) != len(self.source.works):
            raise WrongResult(f"({key}) left {results} of {len(self.source.works)} records")
        self.facts["verdicts"] = results
        if key.startswith("e") and affiliations is not None:
            self.facts["affiliations"] = {
                "all": affiliations.affiliation_count,
                "with an organisation": affiliations.matched_count,
            }

    def _alexandria(self, key: str) -> Pass:
        database = self.folder / "alexandria3k.db"
        database.unlink(missing_ok=True)
        self.place.checkpoint()
        script = Path(__file__).parent / "alexandria_pass.py"
        durability = DURABILITY[key] if self.place.server.fsync else "shipped"
        command = [OTHER_PYTHON, script, self.folder / "containers", database, durability]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(run.stdout)
        with closing(sqlite3.connect(database)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM works").fetchone()
        if count != len(self.source.works):
            raise WrongResult(f"alexandria3k took {count} works of {len(self.source.works)}")
        self.facts["alexandria3k"] = found["version"]
        self.facts[f"SQLite in ({key})"] = found["settings"]
        self.facts["bytes per record, alexandria3k"] = round(database.stat().st_size / count)
        return Pass(count, found["wall_s"], found["cpu_s"], 0.0)


def ratios(subjects: dict[str, Subject]) -> dict[str, Any]:
    """How many times as fast, pass by pass, for every pair that is worth comparing."""
    pairs = [
        ("b1", "a"),
        ("b2", "a"),
        ("b1", "c"),
        ("b2", "c"),
        ("c", "c0"),
        ("e1", "b1"),
        ("e2", "b2"),
    ]
    return {
        f"{mine}/{its}": subjects[mine].ratio(subjects[its])
        for mine, its in pairs
        if mine in subjects and its in subjects
    }
