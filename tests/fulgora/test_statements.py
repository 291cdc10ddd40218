"""What sources say about objects that others make: kept, found, asked for, and gone again."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import polars as pl
import psycopg
import pytest

from faults import flow
from faults.flow import croid_of, drain, one, organisation, record, take_records, write_lines
from fulgora.rows import (
    concept,
    doaj,
    funder_registry,
    journal,
    person,
    relation,
    retraction,
    retraction_watch,
)  # fmt: skip
from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.crossref_forms import _UPDATE_TYPES_MEANT, UPDATE_TYPES, fold_update_type
from nexus_hub.croid.codec import decode
from nexus_hub.fulgora import service
from nexus_hub.platform.queries import task as tasks


@pytest.fixture
def db(fresh_database) -> Iterator[psycopg.Connection[Any]]:
    with fresh_database.connect() as connection:
        connection.autocommit = True
        yield connection


def everything(db: psycopg.Connection[Any], query: str, *values: Any) -> list[tuple[Any, ...]]:
    return db.execute(query.encode(), list(values) or None).fetchall()


def answered(database: Any, db: psycopg.Connection[Any]) -> list[pl.DataFrame]:
    """Every Parquet file that Fulgora wrote, oldest first."""
    blobs = flow.context(database, db).blobs
    urls = everything(
        db, "SELECT result_url FROM platform.task WHERE kind = 'enrichment' ORDER BY task_id"
    )
    return [pl.read_parquet(BytesIO(blobs.get(url))) for (url,) in urls]


def test_retractions_are_answered_for_the_objects_they_are_about(fresh_database, db, tmp_path):
    take_records(db, [record("10.5555/a"), record("10.5555/b"), record("10.5555/c")])
    drain(fresh_database)
    path = retraction_watch(
        tmp_path / "one.csv",
        retraction(1, "10.5555/A"),
        retraction(2, "10.5555/b", "Expression of concern"),
        retraction(3, "10.5555/elsewhere"),
        retraction(4, "unavailable", OriginalPaperPubMedID="4711"),
    )
    loaded = service.load(db, "retraction-watch", path)
    assert (loaded.rows, loaded.changed, loaded.problems) == (4, 4, [])
    drain(fresh_database)
    (answer,) = answered(fresh_database, db)
    found = {(decode(row["croid"]), row["key"]) for row in answer.iter_rows(named=True)}
    assert found == {(croid_of(db, "10.5555/a"), "1"), (croid_of(db, "10.5555/b"), "2")}
    assert answer["found"].all()
    # No object is made of what is only said about it.
    assert one(db, "SELECT count(*) FROM croid.identifier WHERE value = '10.5555/elsewhere'") == 0
    told = everything(
        db,
        "SELECT value, update_type, is_withdrawing, updated_on::text, notice_doi, reasons"
        " FROM fulgora.update_notice WHERE key = '1'",
    )
    reasons = ["Fake Peer Review", "Paper Mill"]
    assert told == [("10.5555/a", "retraction", True, "2015-02-01", "10.5555/notice1", reasons)]
    rows = everything(db, "SELECT scheme, value FROM fulgora.update_notice WHERE key = '4'")
    assert rows == [("pmid", "4711")]


def test_next_release_concerns_exactly_what_it_changed(fresh_database, db, tmp_path):
    names = ["a", "b", "c", "d"]
    take_records(db, [record(f"10.5555/{name}") for name in names])
    first = [retraction(n, f"10.5555/{name}") for n, name in enumerate(names[:3], 1)]
    service.load(db, "retraction-watch", retraction_watch(tmp_path / "1.csv", *first))
    drain(fresh_database)
    second = [
        first[0],
        retraction(2, "10.5555/b", "Reinstatement"),
        retraction(4, "10.5555/d"),
    ]
    path = retraction_watch(tmp_path / "2.csv", *second)
    loaded = service.load(db, "retraction-watch", path)
    assert (loaded.changed, loaded.removed) == (2, 1)
    drain(fresh_database)
    answer = answered(fresh_database, db)[-1]
    found = {decode(row["croid"]): row["found"] for row in answer.iter_rows(named=True)}
    assert found == {
        croid_of(db, "10.5555/b"): True,
        croid_of(db, "10.5555/c"): False,
        croid_of(db, "10.5555/d"): True,
    }
    changes = everything(
        db,
        "SELECT key, change, before_release_no FROM fulgora.release_change"
        " WHERE source = 'retraction-watch' AND release_no = 2 ORDER BY key",
    )
    assert changes == [("2", "changed", 1), ("3", "removed", 1), ("4", "added", None)]
    now = everything(db, "SELECT value, update_type FROM fulgora.update_notice ORDER BY key")
    assert now == [
        ("10.5555/a", "retraction"),
        ("10.5555/b", "reinstatement"),
        ("10.5555/d", "retraction"),
    ]


def test_words_of_updates_are_normalised_by_the_table(db, tmp_path):
    words = ["Retration", "Corrigendum", "err", "expression-of-concern", "note-discuss"]
    rows = [
        {
            "identifier": {"doi": f"10.5555/{n}"},
            "updates": [
                {
                    "timestamp": 1591760408044,
                    "identifier": {"doi": f"10.5555/n{n}"},
                    "type": word,
                }
            ],
        }
        for n, word in enumerate(words)
    ]
    service.load(db, "open-retractions", write_lines(tmp_path / "x.jsonl", rows))
    told = everything(
        db, "SELECT given_type, update_type FROM fulgora.update_notice ORDER BY value"
    )
    kinds = ["retraction", "corrigendum", "erratum", "expression_of_concern", None]
    assert told == list(zip(words, kinds, strict=True))


@pytest.mark.parametrize("is_ror_first", [True, False])
def test_funder_and_ror_row_become_one_organisation(
    fresh_database, db, tmp_path, is_ror_first
) -> None:
    row = organisation(11, "Science Foundation")
    row["external_ids"] = [{"type": "fundref", "all": ["100000001"], "preferred": None}]
    ror = write_lines(tmp_path / "ror.jsonl", [row])
    rdf = funder_registry(
        tmp_path / "registry.rdf",
        concept(100000001, "Foundation of Science"),
        concept(100000002, "Office", relation("skos:broader", 100000001)),
        concept(100000003, "Old Office", relation("dct:isReplacedBy", 100000002)),
    )
    order = [("ror", ror), ("funder-registry", rdf)]
    for source, path in order if is_ror_first else order[::-1]:
        service.load(db, source, path)
        drain(fresh_database)
    bodies = flow.bodies(db, "funder")
    assert sorted(bodies) == [f"10.13039/10000000{n}" for n in (1, 2, 3)]
    merged = bodies["10.13039/100000001"]
    assert merged["id"] == row["id"]
    assert {name["value"] for name in merged["names"]} == {
        "Science Foundation",
        "Foundation of Science",
    }
    assert one(db, "SELECT count(*) FROM catalog.organisation") == 3
    old = bodies["10.13039/100000003"]
    assert old["status"] == "inactive"
    successor = {"type": "successor", "id": "https://doi.org/10.13039/100000002"}
    assert old["relationships"] == [successor]
    rows = everything(db, "SELECT name, ror FROM catalog.organisation WHERE ror IS NULL")
    assert sorted(rows) == [("Office", None), ("Old Office", None)]
    assert one(db, "SELECT count(*) FROM fulgora.unmerged_organisation") == 0


def test_both_issns_of_a_journal_lead_to_one_container(fresh_database, db, tmp_path):
    first = doaj(tmp_path / "1.csv", journal("Salt", "0378-5955"))
    service.load(db, "doaj", first)
    drain(fresh_database)
    both = doaj(tmp_path / "2.csv", journal("Salt", "0378-5955", "2049-3630"))
    service.load(db, "doaj", both)
    drain(fresh_database)
    assert one(db, "SELECT count(*) FROM catalog.container") == 1
    bodies = flow.bodies(db, "issn")
    assert sorted(bodies) == ["0378-5955", "2049-3630"]
    assert bodies["0378-5955"]["extra"]["doaj"]["licence"] == "CC BY"
    listed = everything(db, "SELECT issn, title, has_fee FROM fulgora.listed_journal ORDER BY issn")
    assert listed == [("0378-5955", "Salt", False), ("2049-3630", "Salt", False)]


def test_person_becomes_a_creator_with_claims_and_employment(fresh_database, db, tmp_path):
    rows = [
        person("0000-0002-1825-0097", "Salt", "10.5555/A", day=2),
        person("0000-0001-5109-3700", None),
    ]
    service.load(db, "orcid", write_lines(tmp_path / "1.jsonl", rows))
    older = write_lines(tmp_path / "2.jsonl", [person("0000-0002-1825-0097", "Young", day=1)])
    assert service.load(db, "orcid", older).older == 1
    drain(fresh_database)
    (body,) = flow.bodies(db, "orcid").values()
    assert (body["display_name"], body["orcid"]) == ("Ann Salt", "0000-0002-1825-0097")
    assert body["extra"]["employments"] == [
        {
            "name": "Salt University",
            "ror": "05gq02987",
            "department": "Chemistry",
            "role": "Professor",
            "from": "2013-02",
        }
    ]
    claims = everything(db, "SELECT doi, orcid, claimed_by FROM fulgora.work_claim")
    assert claims == [("10.5555/a", "0000-0002-1825-0097", "Ann Salt")]
    jobs = everything(db, "SELECT scheme, value, orcid, job FROM fulgora.employment ORDER BY 3")
    people = ["0000-0001-5109-3700", "0000-0002-1825-0097"]
    assert jobs == [("ror", "05gq02987", orcid, "Professor") for orcid in people]


def test_claims_are_answered_for_a_work_and_are_no_base_of_it(fresh_database, db, tmp_path):
    take_records(db, [record("10.5555/a")])
    rows = [person("0000-0002-1825-0097", "Salt", "10.5555/A")]
    service.load(db, "orcid", write_lines(tmp_path / "1.jsonl", rows))
    drain(fresh_database)
    before = flow.bodies(db)
    croid = croid_of(db, "10.5555/a")
    task = one(db, "SELECT fulgora.ask(ARRAY['orcid'], %s)", [croid])
    drain(fresh_database)
    row = tasks.task_get(db, task_id=task)
    assert row is not None
    assert row.state == "completed"
    answer = answered(fresh_database, db)[-1]
    assert answer["key"].to_list() == ["0000-0002-1825-0097"]
    assert flow.bodies(db) == before


def test_record_of_datacite_yields_to_a_deposit_and_to_no_older_version(
    fresh_database, db, tmp_path
):
    def dataset(title: str, updated: str) -> dict[str, Any]:
        return {
            "id": "10.5555/d",
            "type": "dois",
            "attributes": {
                "doi": "10.5555/D",
                "titles": [{"title": title}],
                "creators": [{"name": "Ng, A.", "nameType": "Personal"}],
                "publisher": "Press",
                "publicationYear": 2020,
                "types": {"resourceTypeGeneral": "Dataset"},
                "updated": updated,
            },
        }

    new = write_lines(tmp_path / "1.jsonl", [dataset("New", "2021-01-02T00:00:00Z")])
    old = write_lines(tmp_path / "2.jsonl", [dataset("Old", "2021-01-01T00:00:00Z")])
    service.load(db, "datacite", new)
    assert service.load(db, "datacite", old).older == 1
    drain(fresh_database)
    assert flow.bodies(db)["10.5555/d"]["title"] == ["New"]
    take_records(db, [record("10.5555/d", "Mine")])
    drain(fresh_database)
    assert flow.bodies(db)["10.5555/d"]["title"] == ["Mine"]


def test_words_of_updates_are_read_at_the_border_as_the_table_reads_them(db):
    words = dict(db.execute("SELECT word, update_type FROM fulgora.update_word").fetchall())
    assert {word for word, meant in words.items() if word == meant} >= UPDATE_TYPES
    read: dict[str, str] = {}
    for word in words:
        problems: list[Problem] = []
        meant = fold_update_type(word, None, problems)
        if meant in UPDATE_TYPES:
            read[word] = meant
    assert read == {word: words[word] for word in read}
    assert {*_UPDATE_TYPES_MEANT} <= words.keys()
