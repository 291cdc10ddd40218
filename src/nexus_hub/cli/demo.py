"""`nexus demo`: the bundled sample through the whole hourglass, and what came of it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from psycopg import Connection

from nexus_hub.catalog.queries import changelog, ident, organisation, release, revision
from nexus_hub.cli.demo_plot import draw
from nexus_hub.cli.demo_report import RECOGNISED_BY, show
from nexus_hub.cli.rooms import consumers
from nexus_hub.cli.session import begin, counting, worker_connection
from nexus_hub.croid.codec import encode
from nexus_hub.fulgora import service as fulgora
from nexus_hub.fulgora.queries import source as sources
from nexus_hub.gleba.queries import report as reports
from nexus_hub.nauvis import service as nauvis
from nexus_hub.nauvis.queries import deposit, deposit_record
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queries import queue
from nexus_hub.platform.queues import Worker
from nexus_hub.sample import DEPOSITS, ORGANISATIONS, sample_open, sample_path
from nexus_hub.vulcanus.queries import layer, strategy

SHOWCASE = "10.7717/peerj.4794"


@dataclass
class Result:
    """What the demonstration left behind; the same numbers in the tables and in `--json`."""

    deposits: int = 0
    objects: int = 0
    revisions: int = 0
    changelog_index: int = 0
    affiliations: int = 0
    affiliations_matched: int = 0
    enriched_by: dict[str, int] = field(default_factory=dict)
    reports: list[dict[str, Any]] = field(default_factory=list)
    changed: bool = True
    verdicts: dict[str, int] = field(default_factory=dict)
    objects_by_kind: dict[str, int] = field(default_factory=dict)
    source_rows: dict[str, int] = field(default_factory=dict)
    dead_letters: int = 0
    example: dict[str, Any] = field(default_factory=dict)
    plot: str = ""
    home: str = ""
    seconds: float = 0.0


def demo(*, as_json: bool) -> None:
    """Take the bundled sample through every planet and show what happened."""
    started = time.monotonic()
    chosen = begin()
    with worker_connection(chosen) as connection:
        before = changelog.changelog_head(connection) or 0
        run(chosen, connection)
        result = measure(connection)
        result.changed = result.changelog_index != before
        result.home = str(chosen.home)
        result.plot = str(draw(connection, Path(chosen.home) / "demo.png"))
        result.seconds = round(time.monotonic() - started, 1)
    if as_json:
        print(json.dumps(asdict(result), ensure_ascii=False, indent=2, default=str))
    else:
        show(result)


def run(chosen: Settings, connection: Connection[Any]) -> None:
    """Organisations and deposits in, every queue empty, every report fresh."""
    with sample_open(DEPOSITS) as lines:
        content = lines.read()
    key = f"sample-{sha256(content).hexdigest()[:16]}"
    with counting("") as bar:
        task = bar.add_task("organisations taken in", total=1)
        with sample_path(ORGANISATIONS) as path:
            fulgora.load(connection, "ror", str(path), label="bundled sample")
        bar.update(task, completed=1)
        drain(chosen, bar.add_task("organisations made", total=None), bar)
        task = bar.add_task("deposits taken", total=content.count(b"\n"))
        with sample_path(DEPOSITS) as path:
            for taken in nauvis.load(connection, [str(path)], key=key):
                bar.advance(task, taken.records)
        drain(chosen, bar.add_task("deposits processed", total=None), bar)
        refresh(connection, bar.add_task("reports refreshed", total=None), bar)


def drain(chosen: Settings, task: Any, bar: Any) -> None:
    """Work all queues until they are empty."""

    def progress(name: str, objects: int) -> None:
        bar.advance(task, objects)

    Worker(chosen, consumers([]), on_progress=progress).run(drain=True)
    bar.update(task, total=bar.tasks[task].completed)


def refresh(connection: Connection[Any], task: Any, bar: Any) -> None:
    """Make the reports anew that are of an older index than the catalogue."""
    head = changelog.changelog_head(connection) or 0
    rows = reports.report_list(connection)
    bar.update(task, total=len(rows))
    for row in rows:
        if row.as_of_index != head:
            with connection.transaction():
                reports.report_refresh(connection, report=row.report)
        bar.advance(task)


def measure(connection: Connection[Any]) -> Result:
    """Count what there is."""
    kinds = {row.kind: row.object_count for row in ident.ident_count_by_kind(connection)}
    taken = deposit.deposit_count(connection)
    matched = release.release_affiliation_count(connection)
    assert taken is not None and matched is not None  # noqa: S101, PT018
    return Result(
        deposits=taken.record_count or 0,
        objects=sum(kinds.values()),
        revisions=revision.revision_count(connection) or 0,
        changelog_index=changelog.changelog_head(connection) or 0,
        affiliations=matched.affiliation_count or 0,
        affiliations_matched=matched.matched_count or 0,
        enriched_by={
            row.strategy: row.found_count
            for row in strategy.strategy_coverage_list(connection)
            if row.found_count
        },
        reports=[
            {
                "report": row.report,
                "as-of-index": row.as_of_index,
                "generated-at": row.generated_at,
                "spoils-at": row.spoils_at,
                "stale": row.is_stale,
            }
            for row in reports.report_list(connection)
        ],
        verdicts={
            row.result: row.record_count
            for row in deposit_record.deposit_record_result_count(connection)
        },
        objects_by_kind=kinds,
        source_rows={row.source: row.row_count for row in sources.source_row_count(connection)},
        dead_letters=sum(row.dead for row in queue.queue_list(connection)),
        example=example(connection),
    )


def example(connection: Connection[Any]) -> dict[str, Any]:
    """One record as it was deposited, and what was added to it with the reason for each value."""
    with sample_open(DEPOSITS) as lines:
        deposited = next(record for record in map(orjson.loads, lines) if record["doi"] == SHOWCASE)
    found = release.release_get_by_doi(connection, doi=SHOWCASE)
    if found is None:
        return {"doi": SHOWCASE, "deposited": deposited["metadata"], "added": []}
    added = [
        {**element, "strategy": row.strategy}
        for row in layer.layer_list(connection, croids=[found.croid])
        for element in row.patch
    ]
    rors = [
        element["enrichedValue"]["id"].rpartition("/")[2]
        for element in added
        if element["strategy"] == RECOGNISED_BY and isinstance(element["enrichedValue"], dict)
    ]
    return {
        "doi": SHOWCASE,
        "croid": encode(found.croid),
        "organisations": {
            row.ror: row.name for row in organisation.organisation_name_list(connection, rors=rors)
        },
        "deposited": deposited["metadata"],
        "enriched": orjson.loads(found.body or b"{}"),
        "added": added,
    }
