"""The real files of the sources: what is read, what is refused, and that states agree."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from faults import flow
from faults.flow import one
from fulgora.rows import retraction_watch
from nexus_hub.fulgora import service

pytestmark = pytest.mark.real_data
OPEN_RETRACTIONS = "retractions/open-retractions.jsonl.gz"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def db(shared: flow.Shared) -> Iterator[psycopg.Connection[Any]]:
    with shared.connect() as connection:
        connection.autocommit = True
        yield connection


def take(db: psycopg.Connection[Any], source: str, path: Path | str) -> service.Loaded:
    """Load a file, and say how fast that was."""
    begun = time.monotonic()
    loaded = service.load(db, source, str(path))
    spent = time.monotonic() - begun
    print(
        f"{source}: {loaded.rows:,} rows, {loaded.rows / spent:,.0f} a second", loaded.problems[:3]
    )
    return loaded


@pytest.mark.parametrize(
    ("source", "name", "rows", "unreadable"),
    [
        ("funder-registry", "registries/funder-registry-2018.rdf.gz", 18_067, 0),
        ("doaj", "registries/doaj-journals.csv.gz", 9_802, 2),
        ("journal-abbreviations", "registries/journal-abbreviations.txt.gz", 86_600, 21),
        ("openapc", "registries/openapc-sample.jsonl.gz", 94_648, 1),
        ("crossref-members", "registries/crossref-members-2023.tsv.gz", 31_123, 1),
        ("crossref-prefixes", "registries/crossref-prefixes.csv.gz", 35_008, 1),
        ("orcid", "orcid/orcid-summaries-sample.tar.gz", 7, 1),
        ("orcid", "orcid/orcid-record-3.0.json.gz", 1, 0),
    ],
)
def test_file_is_read_whole(db, real_data, source, name, rows, unreadable):
    loaded = take(db, source, real_data / name)
    assert (loaded.rows, len(loaded.problems)) == (rows, unreadable)


def test_words_of_real_updates_are_known_but_for_what_is_no_update(db, real_data):
    take(db, "open-retractions", real_data / OPEN_RETRACTIONS)
    assert take(db, "open-retractions", real_data / OPEN_RETRACTIONS).release_no is None
    unknown = db.execute(
        "SELECT DISTINCT given_type FROM fulgora.update_notice WHERE update_type IS NULL"
    ).fetchall()
    assert {word for (word,) in unknown} == {"comment", "note-discuss"}


def renamed(path: Path) -> Iterator[dict[str, str]]:
    """The rows of the sample, whose columns were renamed, as the official file has them."""
    names = {
        "articletype": "ArticleType",
        "retractiondate": "RetractionDate",
        "retractiondoi": "RetractionDOI",
        "originalpaperdate": "OriginalPaperDate",
        "originalpaperdoi": "OriginalPaperDOI",
        "retractionnature": "RetractionNature",
        "notes": "Notes",
        "publisher": "Publisher",
        "container": "Journal",
    }
    text = io.TextIOWrapper(io.BytesIO(gzip.decompress(path.read_bytes())), "utf-8")
    for number, row in enumerate(csv.DictReader(text), 1):
        reasons = re.findall(r"'(\+[^']*)'", row["reason"])
        yield {
            "Record ID": str(number),
            "Reason": "".join(f"{reason};" for reason in reasons),
            **{theirs: row[ours] for ours, theirs in names.items()},
        }


def test_sample_of_retraction_watch_is_read(db, real_data, tmp_path):
    rows = list(renamed(real_data / "retractions/retraction-watch-sample.csv.gz"))
    loaded = take(db, "retraction-watch", retraction_watch(tmp_path / "rw.csv", *rows))
    assert (loaded.rows, loaded.problems) == (2_401, [])
    told = db.execute(
        "SELECT update_type, count(DISTINCT key) FROM fulgora.update_notice"
        " WHERE source = 'retraction-watch' GROUP BY update_type"
    ).fetchall()
    kinds = dict(told)
    assert None not in kinds
    assert set(kinds) == {"retraction", "expression_of_concern", "correction", "reinstatement"}


def test_datacite_records_have_keys(db, real_data):
    loaded = take(db, "datacite", real_data / "datacite/dois.jsonl.gz")
    # Test records of DataCite have prefixes that no DOI has.
    assert (loaded.rows, len(loaded.problems)) == (1_538, 31)


def test_releases_of_ror_one_after_the_other_end_as_the_last_dump(shared, db, real_data, tmp_path):
    lines = gzip.decompress((real_data / "ror/ror-releases.jsonl.gz").read_bytes()).splitlines()
    named: dict[str, list[bytes]] = {}
    last: dict[str, Any] = {}
    for line in lines:
        row = json.loads(line)
        named.setdefault(row["release"], []).append(json.dumps(row["record"]).encode())
        last[row["record"]["id"].removeprefix("https://ror.org/")] = row["record"]
    for name, rows in sorted(named.items()):
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(b"\n".join(rows))
        take(db, "ror", path)

    def state() -> dict[str, bytes]:
        return dict(
            db.execute(
                "SELECT key, row_hash FROM fulgora.record"
                " WHERE source = 'ror' AND valid_to_release IS NULL AND key = ANY (%s)",
                [list(last)],
            ).fetchall()
        )

    stepwise = state()
    assert len(stepwise) == len(last)
    # The last dump has nothing to say about them that is new.
    take(db, "ror", real_data / "ror/ror-v2.jsonl.gz")
    assert state() == stepwise
    gone = [row for row in last.values() if row["status"] in ("inactive", "withdrawn")]
    followed = [row for row in gone if any(r["type"] == "successor" for r in row["relationships"])]
    assert gone
    assert followed
    kept = one(
        db, "SELECT count(*) FROM fulgora.record WHERE source = 'ror' AND valid_to_release IS NULL"
    )
    assert kept >= 31_013
