"""Releases come in whole or not at all, and every version of every row stays."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults import flow
from faults.flow import changed, organisation, ror_id, work, write_lines
from nexus_hub.fulgora import service
from nexus_hub.fulgora.errors import NoSuchSource, WrongSourceFile
from nexus_hub.fulgora.queries import release as q
from nexus_hub.platform.error_classes import UnreadableFile

CURRENT = """
SELECT key, record, valid_from_release FROM fulgora.record
WHERE source = %s AND valid_to_release IS NULL ORDER BY key
"""
VERSIONS = """
SELECT valid_from_release, valid_to_release, version, record FROM fulgora.record
WHERE source = %s AND key = %s ORDER BY valid_from_release
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture
def db(db: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """The connection inside its transaction, so that what is loaded is rolled back with it."""
    db.execute("SELECT 1")
    return db


def read(record: bytes) -> Any:
    return json.loads(zstandard.decompress(record))


def current(db: psycopg.Connection[Any], source: str) -> dict[str, Any]:
    return {key: read(record) for key, record, _ in db.execute(CURRENT, [source]).fetchall()}


def versions(db: psycopg.Connection[Any], source: str, key: str) -> list[tuple[Any, ...]]:
    rows = db.execute(VERSIONS, [source, key]).fetchall()
    return [(*row[:3], read(row[3])) for row in rows]


def old_organisation(number: int, name: str) -> dict[str, Any]:
    """An organisation in schema 1."""
    return {
        "id": f"https://ror.org/{ror_id(number)}",
        "name": name,
        "types": ["Education"],
        "status": "active",
        "country": {"country_code": "DE", "country_name": "Germany"},
        "addresses": [{"city": "Berlin", "lat": 52.5, "lng": 13.4}],
        "labels": [],
        "aliases": [],
        "acronyms": [],
        "links": [],
        "established": 1900,
        "relationships": [],
        "external_ids": {},
    }


# ------------------------------------------------------------------ every form of file


def forms(path: Path, rows: list[Any]) -> dict[str, str]:
    """The same rows in every form that is read."""
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    array = json.dumps(rows, indent=1).encode()
    files = {
        "lines.jsonl": lines,
        "array.json": array,
        "items.json": json.dumps({"items": rows}).encode(),
        "lines.jsonl.gz": gzip.compress(lines),
        "array.json.zst": zstandard.compress(array),
    }
    for name, content in files.items():
        (path / name).write_bytes(content)
    with zipfile.ZipFile(path / "v1.60-ror-data.zip", "w") as archive:
        archive.writestr("v1.60-ror-data.json", json.dumps([old_organisation(9, "Not this one")]))
        archive.writestr("v1.60-ror-data_schema_v2.json", array)
        archive.writestr("v1.60-ror-data.csv", "id,name\n")
    return {name: str(path / name) for name in [*files, "v1.60-ror-data.zip"]}


@pytest.mark.parametrize(
    "name",
    [
        "lines.jsonl",
        "array.json",
        "items.json",
        "lines.jsonl.gz",
        "array.json.zst",
        "v1.60-ror-data.zip",
    ],
)
def test_every_form_of_file_gives_the_same_rows(db, tmp_path, name: str) -> None:
    rows = [organisation(1, "One"), organisation(2, "Two")]
    loaded = service.load(db, "ror", forms(tmp_path, rows)[name])
    assert (loaded.rows, loaded.changed, loaded.older, loaded.problems) == (2, 2, 0, [])
    assert current(db, "ror") == {ror_id(1): rows[0], ror_id(2): rows[1]}


def test_rows_of_schema_1_are_kept_as_they_came(db, tmp_path) -> None:
    row = old_organisation(3, "Old")
    loaded = service.load(db, "ror", write_lines(tmp_path / "v1.jsonl", [row]))
    assert (loaded.rows, loaded.problems) == (1, [])
    assert current(db, "ror") == {ror_id(3): row}


def test_both_schemas_become_organisations(shared, tmp_path) -> None:
    with shared.connect() as connection:
        rows = [old_organisation(4, "Old"), organisation(5, "New")]
        service.load(connection, "ror", write_lines(tmp_path / "both.jsonl", rows))
        connection.commit()
        flow.drain(shared)
        bodies = flow.bodies(connection, "ror")
    shown = {
        key: [n["value"] for n in body["names"] if "ror_display" in n["types"]]
        for key, body in bodies.items()
    }
    assert (shown[ror_id(4)], shown[ror_id(5)]) == (["Old"], ["New"])


# ------------------------------------------------------------------ versions


def test_same_file_again_is_no_release(db, tmp_path) -> None:
    file = write_lines(tmp_path / "x.jsonl", [organisation(1, "One")])
    assert service.load(db, "ror", file).release_no == 1
    sent = "SELECT sum(sent_total) FROM platform.queue_depth()"
    before = db.execute(sent).fetchone()
    again = service.load(db, "ror", file)
    assert (again.release_no, again.rows, again.changed) == (None, 1, 0)
    assert len([row for row in q.release_list(db) if row.source == "ror"]) == 1
    assert db.execute(sent).fetchone() == before


def test_same_row_in_other_bytes_is_no_change(db, tmp_path) -> None:
    row = organisation(1, "One")
    service.load(db, "ror", write_lines(tmp_path / "x.jsonl", [row]))
    (tmp_path / "y.json").write_text(json.dumps([dict(reversed(row.items()))], indent=3))
    assert service.load(db, "ror", str(tmp_path / "y.json")).changed == 0


def test_changed_row_is_a_new_version_and_the_old_one_stays_readable(db, tmp_path) -> None:
    old, same = organisation(1, "One"), organisation(2, "Two")
    new = {**old, "established": 1950}
    service.load(db, "ror", write_lines(tmp_path / "1.jsonl", [old, same]))
    loaded = service.load(db, "ror", write_lines(tmp_path / "2.jsonl", [new, same]))
    assert (loaded.release_no, loaded.rows, loaded.changed) == (2, 2, 1)
    day = "2020-01-01"
    assert versions(db, "ror", ror_id(1)) == [(1, 2, day, old), (2, None, day, new)]
    assert versions(db, "ror", ror_id(2)) == [(1, None, day, same)]
    keys = "SELECT key FROM fulgora.changed_key WHERE source = 'ror' AND release_no = 2"
    assert db.execute(keys).fetchall() == [(ror_id(1),)]


def test_older_version_never_replaces_a_newer_one(db, tmp_path) -> None:
    def row(day: str, title: str) -> dict[str, Any]:
        return work("10.5555/x", title, indexed={"date-time": f"{day}T00:00:00Z"})

    service.load(db, "crossref", write_lines(tmp_path / "1.jsonl", [row("2021-01-01", "New")]))
    older = service.load(
        db, "crossref", write_lines(tmp_path / "2.jsonl", [row("2020-01-01", "Old")])
    )
    assert (older.release_no, older.changed, older.older) == (None, 0, 1)
    none = service.load(db, "crossref", write_lines(tmp_path / "3.jsonl", [work("10.5555/x")]))
    assert (none.changed, none.older) == (0, 1)
    assert current(db, "crossref")["10.5555/x"]["title"] == ["New"]
    newer = service.load(
        db, "crossref", write_lines(tmp_path / "4.jsonl", [row("2022-01-01", "Newer")])
    )
    assert newer.changed == 1
    assert current(db, "crossref")["10.5555/x"]["title"] == ["Newer"]


def test_of_one_key_in_one_file_the_newest_version_counts(db, tmp_path) -> None:
    rows = [
        organisation(1, f"As of {day}", **changed(day))
        for day in ("2021-01-01", "2023-01-01", "2022-01-01")
    ]
    # The last one comes in a batch of its own.
    filler = [organisation(n, f"Filler {n}") for n in range(100, 1097)]
    loaded = service.load(
        db, "ror", write_lines(tmp_path / "x.jsonl", [*rows[:2], *filler, rows[2]])
    )
    assert loaded.rows == 1000
    assert current(db, "ror")[ror_id(1)]["names"][0]["value"] == "As of 2023-01-01"
    assert len(versions(db, "ror", ror_id(1))) == 1
    later = [organisation(n, f"Filler {n}") for n in range(2000, 3000)]
    again = service.load(db, "ror", write_lines(tmp_path / "y.jsonl", [rows[1], *later, rows[0]]))
    assert again.changed == 1000
    assert current(db, "ror")[ror_id(1)]["names"][0]["value"] == "As of 2023-01-01"


@given(
    releases=st.lists(
        st.dictionaries(
            st.integers(1, 4), st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
def test_current_rows_are_those_of_a_plain_model(db, tmp_path_factory, releases) -> None:
    folder = tmp_path_factory.mktemp("releases")
    model: dict[str, tuple[int, int]] = {}
    with db.transaction(force_rollback=True):
        for release in releases:
            rows = [
                work(
                    f"10.5555/{key}", str(title), indexed={"date-time": f"202{age}-01-01T00:00:00Z"}
                )
                for key, (age, title) in release.items()
            ]
            service.load(db, "crossref", write_lines(folder / "x.jsonl", rows))
            for key, (age, title) in release.items():
                if model.get(f"10.5555/{key}", (0, 0))[0] <= age:
                    model[f"10.5555/{key}"] = (age, title)
        found = {key: row["title"] for key, row in current(db, "crossref").items()}
        assert found == {key: [str(title)] for key, (_, title) in model.items()}
        spans = db.execute(
            "SELECT key, array_agg("
            " int4range(valid_from_release, valid_to_release) ORDER BY valid_from_release)"
            " FROM fulgora.record GROUP BY key"
        ).fetchall()
        for _, ranges in spans:
            assert all(a.upper == b.lower for a, b in pairwise(ranges))


# ------------------------------------------------------------------ bad files


def test_bad_rows_are_named_and_the_rest_goes_through(db, tmp_path) -> None:
    file = tmp_path / "mixed.jsonl"
    good, bad = json.dumps(organisation(1, "One")), json.dumps({"id": "https://ror.org/xxx"})
    lone = json.dumps({**organisation(2, "Two"), "established": "x"})[:-1] + ', "y": "\\ud800"}'
    file.write_text("\n".join([good, bad, "", "{not json", lone, "[]"]))
    loaded = service.load(db, "ror", str(file))
    assert loaded.rows == 1
    places = [problem.split(": ")[0] for problem in loaded.problems]
    assert sorted(places) == [
        f"{file}:{line} (record {number})" for line, number in ((2, 2), (4, 3), (5, 4), (6, 5))
    ]
    [row] = [row for row in q.release_list(db) if row.source == "ror"]
    assert (row.state, row.row_count, row.problem_count) == ("complete", 1, 4)


def truncated_gzip(path: Path) -> Path:
    rows = [organisation(n, f"Number {n} of a long list") for n in range(3000)]
    whole = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
    (path / "cut.jsonl.gz").write_bytes(whole[: len(whole) * 3 // 4])
    return path / "cut.jsonl.gz"


def truncated_array(path: Path) -> Path:
    rows = json.dumps([organisation(n, f"Number {n}") for n in range(1500)], indent=1)
    (path / "cut.json").write_text(rows[:-200])
    return path / "cut.json"


def empty(path: Path) -> Path:
    (path / "empty.jsonl").touch()
    return path / "empty.jsonl"


def empty_gzip(path: Path) -> Path:
    (path / "empty.gz").write_bytes(gzip.compress(b""))
    return path / "empty.gz"


def no_json(path: Path) -> Path:
    (path / "page.html").write_text("<html>\n<body>429 too many requests</body></html>")
    return path / "page.html"


def missing(path: Path) -> Path:
    return path / "missing.jsonl"


def empty_zip(path: Path) -> Path:
    with zipfile.ZipFile(path / "x.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return path / "x.zip"


BROKEN = [truncated_gzip, truncated_array, empty, empty_gzip, no_json, missing, empty_zip]


@pytest.mark.parametrize("make", BROKEN, ids=lambda make: make.__name__)
def test_broken_file_is_named_and_nothing_of_it_is_kept(shared, tmp_path, make) -> None:
    file = make(tmp_path)
    before = flow.row_counts(shared)
    with shared.connect() as connection:
        connection.autocommit = True
        with pytest.raises(UnreadableFile) as refused:
            service.load(connection, "ror", str(file))
    assert str(file) in refused.value.detail
    assert flow.row_counts(shared) == before


def test_truncated_file_is_named_with_its_line(db, tmp_path) -> None:
    with pytest.raises(UnreadableFile, match=r"cut\.jsonl\.gz:\d+: truncated") as refused:
        service.load(db, "ror", str(truncated_gzip(tmp_path)))
    line = int(refused.value.detail.split(":")[1])
    assert 1000 < line < 3000


@pytest.mark.parametrize(
    ("source", "row"), [("ror", work("10.5555/x")), ("crossref", organisation(1, "One"))]
)
def test_file_of_another_source_is_refused_and_says_where(shared, tmp_path, source, row) -> None:
    file = write_lines(tmp_path / "other.jsonl", [row] * 3)
    before = flow.row_counts(shared)
    with shared.connect() as connection:
        connection.autocommit = True
        with pytest.raises(WrongSourceFile) as refused:
            service.load(connection, source, file)
    assert refused.value.detail.startswith(f"{file}:1 (record 1): ")
    assert flow.row_counts(shared) == before


def test_unknown_source_is_refused(db, tmp_path) -> None:
    with pytest.raises(NoSuchSource, match="nowhere"):
        service.load(db, "nowhere", write_lines(tmp_path / "x.jsonl", []))


# ------------------------------------------------------------------ interrupted and at once


def test_load_that_is_killed_leaves_nothing_and_can_be_run_again(shared, tmp_path) -> None:
    rows = [work(f"10.5555/killed.{n}", "x" * 500) for n in range(6000)]
    file = write_lines(tmp_path / "big.jsonl", rows)
    before = flow.row_counts(shared)
    program = (
        "import sys, psycopg\n"
        "from nexus_hub.fulgora import service\n"
        "with psycopg.connect(sys.argv[1], autocommit=True) as connection:\n"
        "    connection.execute('SET ROLE nexus_worker')\n"
        "    service.load(connection, 'crossref', sys.argv[2],\n"
        "                 on_bytes=lambda *_: print('.', flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, shared.owner_uri, file],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    with shared.connect(None) as owner:
        for _ in range(100):
            busy = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%store_records%'"
            if flow.one(owner, f"{busy} AND pid <> pg_backend_pid()") == 0:
                break
            time.sleep(0.05)
    assert flow.row_counts(shared) == before
    with shared.connect() as connection:
        loaded = service.load(connection, "crossref", file)
        connection.commit()
    assert (loaded.rows, loaded.changed) == (6000, 6000)


def test_second_loader_of_a_source_waits_for_the_first(shared, tmp_path) -> None:
    with shared.connect() as first, shared.connect() as second:
        one = q.release_begin(first, source="ror", label="first")
        second.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            q.release_begin(second, source="ror", label="second")
        second.rollback()
        q.release_begin(second, source="crossref", label="another source")
        first.rollback()
        second.rollback()
        assert q.release_begin(second, source="ror", label="second") == one
