"""`nexus load fatcat`: entities come in under their own identifiers, and again without a change."""

from __future__ import annotations

import gzip
import json
from uuid import UUID

import pytest

from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.vulcanus.service import VULCANUS

CREATOR, CONTAINER, RELEASE, WORK, FILE = (UUID(int=2**120 + n) for n in range(5))
ENTITIES = [
    {"ident": to_ident(CREATOR), "state": "active", "display_name": "A. Ng"},
    {"ident": to_ident(CONTAINER), "name": "Salt", "issnl": "0378-5955"},
    {
        "ident": to_ident(RELEASE),
        "revision": "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
        "state": "active",
        "title": "On Salt",
        "work_id": to_ident(WORK),
        "container_id": to_ident(CONTAINER),
        "contribs": [{"index": 0, "creator_id": to_ident(CREATOR), "raw_name": "A. Ng"}],
        "ext_ids": {"doi": "10.5555/salt"},
        "refs": [],
    },
    {"ident": to_ident(FILE), "sha1": "a" * 40, "release_ids": [to_ident(RELEASE)], "urls": []},
]


@pytest.fixture
def rows(fresh_database):
    """What a statement gives on the test's database."""

    def read(statement):
        with fresh_database.connect() as connection:
            return connection.execute(statement).fetchall()

    return read


def lines(*entities) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in entities)


def test_entities_of_every_kind_keep_their_identifiers(nexus, rows, tmp_path):
    file = tmp_path / "export.json.gz"
    file.write_bytes(gzip.compress(lines(*ENTITIES)))
    done = nexus("load", "fatcat", str(file))
    assert done.exit_code == 0, done.output
    assert "4 entities created, 0 updated, 0 unchanged, 0 refused; 1 works made" in done.stdout
    kinds = dict(rows("SELECT croid, kind::text FROM catalog.ident WHERE state = 'active'"))
    assert kinds == {
        CREATOR: "creator",
        CONTAINER: "container",
        RELEASE: "release",
        WORK: "work",
        FILE: "file",
    }
    assert rows("SELECT creator_croid FROM catalog.contributor") == [(CREATOR,)]
    assert rows("SELECT release_croid FROM catalog.file_release") == [(RELEASE,)]
    assert rows(
        "SELECT w.username, w.is_bot, l.edit_count FROM catalog.changelog AS l"
        " JOIN catalog.editor AS w ON w.editor_id = l.accepted_by"
    ) == [("fatcat-import", True, 5)]


def test_file_that_is_loaded_again_changes_nothing_but_what_is_new_in_it(nexus, rows, tmp_path):
    file = tmp_path / "export.json"
    file.write_bytes(lines(*ENTITIES))
    assert nexus("load", "fatcat", str(file)).exit_code == 0
    again = nexus("load", "fatcat", str(file))
    assert "0 entities created, 0 updated, 4 unchanged" in again.stdout
    assert rows("SELECT count(*) FROM catalog.changelog") == [(1,)]
    file.write_bytes(lines(*ENTITIES[1:], ENTITIES[0] | {"display_name": "A. B. Ng"}))
    done = nexus("load", "fatcat", str(file))
    assert "0 entities created, 1 updated, 3 unchanged" in done.stdout
    assert rows("SELECT display_name FROM catalog.creator") == [("A. B. Ng",)]


def test_what_people_did_since_is_not_undone(nexus, rows, fresh_database, tmp_path):
    file = tmp_path / "export.json"
    file.write_bytes(lines(*ENTITIES[:2]))
    assert nexus("load", "fatcat", str(file)).exit_code == 0
    with fresh_database.connect() as connection:
        edits = [
            Edit("update", CREATOR, body={"display_name": "Ann Ng"}),
            Edit("delete", CONTAINER),
        ]
        editing.apply(connection, VULCANUS, edits)
    again = nexus("load", "fatcat", str(file))
    assert "0 entities created, 0 updated, 2 unchanged" in again.stdout
    assert rows("SELECT display_name FROM catalog.creator") == [("Ann Ng",)]
    assert rows("SELECT count(*) FROM catalog.container") == [(0,)]
    assert rows("SELECT count(*) FROM catalog.edit WHERE extra ->> 'imported-from' = 'fatcat'") == [
        (2,)
    ]


def test_bad_lines_are_named_and_the_rest_goes_through(nexus, rows, tmp_path):
    twin = ENTITIES[2] | {"ident": to_ident(UUID(int=2**121)), "work_id": None}
    file = tmp_path / "odd.json"
    file.write_bytes(
        b"".join(
            (
                lines(ENTITIES[0]),
                b"{broken\n",
                lines({"ident": "nonsense", "name": "X"}),
                lines(ENTITIES[0] | {"state": "deleted"}),
                lines(ENTITIES[1] | {"issnl": "0378-5954"}),
                lines(ENTITIES[2], twin),
            )
        )
    )
    done = nexus("load", "fatcat", str(file))
    assert done.exit_code == 1
    assert "2 entities created, 0 updated, 0 unchanged, 5 refused; 1 works made" in done.stdout
    for said in (
        "odd.json:2 (record 2): malformed-json",
        "odd.json:3 (record 3): malformed-ident",
        "odd.json:4 (record 4): not-active",
        "odd.json:5 (record 5): malformed-issn: /issnl",
        "odd.json:7 (record 7): identifier-taken: doi:10.5555/salt",
    ):
        assert said in done.stderr
    assert rows("SELECT doi FROM catalog.release") == [("10.5555/salt",)]


def test_kind_may_be_said(nexus, rows, tmp_path):
    file = tmp_path / "works.json"
    file.write_bytes(lines({"ident": to_ident(WORK), "extra": {"name": "x"}}))
    assert nexus("load", "fatcat", "--kind", "work", str(file)).exit_code == 0
    assert rows("SELECT croid FROM catalog.work") == [(WORK,)]
    refused = nexus("load", "fatcat", "--kind", "person", str(file))
    assert refused.exit_code == 2
    assert "one of release, work" in refused.output
