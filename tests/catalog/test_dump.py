"""The catalogue leaves as files and comes back as it was; what is private stays."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import polars as pl
import psycopg
import pytest

from faults import flow
from faults.flow import Shared, shared_database
from nexus_hub.catalog import manifest
from nexus_hub.catalog.dump import dump_flat, dump_full
from nexus_hub.catalog.errors import DumpUnfit
from nexus_hub.catalog.queries import editgroup as q
from nexus_hub.catalog.queries.models import EditAction, Kind
from nexus_hub.catalog.restore import restore
from nexus_hub.platform import db

VULCANUS = UUID("00000000-0000-7000-8000-000000000001")
TRICKY = 'a \\ backslash, a "quote", \u2028, \t a tab, \n a line, \\. and {"croid"}'
SECRET = "a key that is nobody's business"

CONTENT = """
SELECT i.croid, i.kind::text, i.state::text, i.redirect_to, r.content_hash,
       catalog.read_body(i.croid, i.revision_id)
FROM catalog.ident AS i
LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
WHERE i.is_live ORDER BY i.croid
"""
HISTORY = "SELECT index, editgroup_id, edit_count, hash FROM catalog.changelog ORDER BY index"
LIVE = "SELECT to_jsonb(r) FROM catalog.release AS r ORDER BY r.croid"
NAMES = "SELECT scheme, value, croid FROM croid.identifier ORDER BY 1, 2, 3"
RELATIONS = """
SELECT subject_croid, relation_type, object_key FROM nexus.relation
WHERE is_current ORDER BY 1, 2, 3
"""


def edit(
    connection: psycopg.Connection[Any], action: str, croid: UUID, target: UUID | None
) -> None:
    q.editgroup_apply(
        connection,
        editor_id=VULCANUS,
        description=None,
        extra=None,
        idempotency_key=SECRET + action,
        actions=[EditAction(action)],
        croids=[croid],
        kinds=[Kind.RELEASE],
        bodies=[None],
        targets=[target],
        revision_ids=[None],
        expected_ids=[None],
        extras=[None],
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """A catalogue with revisions, a merged object, a deleted one, and a proposal."""
    with shared_database(tmp_path_factory.mktemp("source")) as database:
        with database.connect() as connection:
            croids = sorted(uuid4() for _ in range(5))
            for round_no in range(2):
                flow.revise(
                    connection,
                    {
                        croid: {
                            "DOI": f"10.5555/d{n}",
                            "type": "book",
                            "title": [f"{TRICKY} {round_no}"],
                            "author": [{"family": "Ng"}],
                            "reference": [{"key": "1", "DOI": f"10.5555/d{n ^ 1}"}],
                        }
                        for n, croid in enumerate(croids)
                    },
                )
            edit(connection, "redirect", croids[0], croids[1])
            edit(connection, "delete", croids[2], None)
            q.editgroup_open(
                connection, editor_id=VULCANUS, description="open", extra=None, idempotency_key=None
            )
            connection.commit()
        yield database


def owner(database: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(db.as_role(database.owner_uri, "nexus_owner"))


def rows(database: Any, statement: str) -> list[Any]:
    with database.connect(None) as connection:
        return connection.execute(statement.encode()).fetchall()


def dumped(source: Shared, folder: Path) -> manifest.Manifest:
    return dump_full(lambda: source.connect("nexus_dba"), folder)


def test_what_is_restored_is_what_was_dumped(source, fresh_database, tmp_path: Path) -> None:
    plan = dumped(source, tmp_path / "full")
    with owner(fresh_database) as connection:
        restore(connection, tmp_path / "full")
    for statement in (CONTENT, HISTORY, LIVE, NAMES):
        assert rows(fresh_database, statement) == rows(source, statement)
        assert rows(source, statement)
    assert rows(fresh_database, "SELECT index, hash FROM catalog.clock") == [
        (plan.index, bytes.fromhex(plan.hash))
    ]
    with fresh_database.connect() as connection:
        flow.revise(connection, {uuid4(): {"DOI": "10.5555/after", "type": "book"}})
    assert rows(fresh_database, HISTORY)[-1][0] == plan.index + 1


def test_how_objects_relate_is_found_anew(source, fresh_database, tmp_path: Path) -> None:
    dumped(source, tmp_path / "full")
    with owner(fresh_database) as connection:
        restore(connection, tmp_path / "full")
    for database in (source, fresh_database):
        flow.drain(database, "nexus")
    found = rows(fresh_database, RELATIONS)
    assert found == rows(source, RELATIONS)
    assert len(found) == 2


def test_proposals_and_private_columns_stay(source, tmp_path: Path) -> None:
    import zstandard

    plan = dumped(source, tmp_path / "full")
    files = {file.content: file for file in plan.files}
    assert files["catalog.editgroup"].rows == len(rows(source, HISTORY))
    for file in plan.files:
        with (tmp_path / "full" / file.name).open("rb") as packed:
            assert SECRET.encode() not in zstandard.ZstdDecompressor().stream_reader(packed).read()


def test_every_column_of_a_dumped_table_is_declared_public_or_private(db) -> None:
    undeclared = db.execute(
        "SELECT d.table_name, a.attname FROM catalog.list_dump(1) AS d"
        " JOIN pg_attribute AS a ON a.attrelid = d.table_name::regclass"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        " LEFT JOIN platform.published_column AS p"
        " ON p.table_name = d.table_name AND p.column_name = a.attname"
        " WHERE p.column_name IS NULL"
    ).fetchall()
    assert undeclared == []
    gone = db.execute(
        "SELECT p.table_name, p.column_name FROM platform.published_column AS p"
        " LEFT JOIN pg_attribute AS a ON a.attrelid = to_regclass(p.table_name)"
        " AND a.attname = p.column_name AND NOT a.attisdropped WHERE a.attname IS NULL"
    ).fetchall()
    assert gone == []


def test_an_interrupted_dump_is_gone_on_with(source, fresh_database, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    seen: list[str] = []

    def stop(name: str, size_bytes: int) -> None:
        seen.append(name)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dump_full(lambda: source.connect("nexus_dba"), folder, stop)
    (folder / seen[0]).write_bytes(b"torn")
    before = {name: (folder / name).stat().st_mtime_ns for name in seen[1:]}
    plan = dumped(source, folder)
    assert {name: (folder / name).stat().st_mtime_ns for name in seen[1:]} == before
    assert sorted({file.name for file in plan.files}) == [file.name for file in plan.files]
    assert not list(folder.glob("*partial*"))
    with owner(fresh_database) as connection:
        restore(connection, folder)
    assert rows(fresh_database, CONTENT) == rows(source, CONTENT)


def test_a_folder_with_something_else_is_refused(source, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear reader")
    with pytest.raises(DumpUnfit, match="not empty"):
        dumped(source, tmp_path)
    dumped(source, tmp_path / "full")
    with pytest.raises(DumpUnfit, match="finished"):
        dumped(source, tmp_path / "full")


def test_a_changed_file_is_refused_before_anything_is_written(
    source, fresh_database, tmp_path: Path
) -> None:
    plan = dumped(source, tmp_path / "full")
    broken = tmp_path / "full" / plan.files[-1].name
    content = broken.read_bytes()
    broken.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with owner(fresh_database) as connection, pytest.raises(DumpUnfit):
        restore(connection, tmp_path / "full")
    assert rows(fresh_database, "SELECT count(*) FROM catalog.ident") == [(0,)]
    broken.write_bytes(content)
    with owner(fresh_database) as connection:
        restore(connection, tmp_path / "full")
    with owner(fresh_database) as connection, pytest.raises(psycopg.Error, match="not-empty"):
        restore(connection, tmp_path / "full")


def flat(source: Shared) -> dict[str, Any]:
    found = rows(source, CONTENT)
    return {str(row[0]): json.loads(row[5]) for row in found if row[2] == "active"}


def test_live_objects_are_dumped_as_json_lines(source, tmp_path: Path) -> None:
    plan = dump_flat(
        lambda: source.connect("nexus_dba"), tmp_path / "flat", [Kind.RELEASE], objects_per_file=2
    )
    lines = [
        json.loads(line)
        for file in plan.files
        for line in gzip.decompress((tmp_path / "flat" / file.name).read_bytes()).splitlines()
    ]
    assert [file.rows for file in plan.files] == [2, 1]
    assert [line["record"] for line in lines] == list(flat(source).values())
    assert all(len(line["croid"]) == 26 and line["kind"] == "release" for line in lines)


def test_live_objects_are_dumped_as_parquet(source, tmp_path: Path) -> None:
    folder = tmp_path / "flat"
    plan = dump_flat(lambda: source.connect("nexus_dba"), folder, file_format="parquet", jobs=1)
    frame = pl.read_parquet(folder / plan.files[0].name)
    assert frame.columns == ["croid", "kind", "revision", "record"]
    assert [json.loads(text) for text in frame["record"]] == list(flat(source).values())


def test_a_flat_dump_is_not_restored(source, fresh_database, tmp_path: Path) -> None:
    dump_flat(lambda: source.connect("nexus_dba"), tmp_path / "flat")
    with owner(fresh_database) as connection:  # noqa: SIM117
        with pytest.raises(DumpUnfit, match="full"):
            restore(connection, tmp_path / "flat")
