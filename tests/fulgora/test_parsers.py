"""Files of sources are read row by row: bad rows are named by line, the rest goes through."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faults.flow import organisation, work, write_lines
from fulgora.rows import (
    concept,
    doaj,
    funder_registry,
    journal,
    person,
    relation,
    retraction,
    retraction_watch,
)
from nexus_hub.catalog.canonical import RefusedRecordError, decode
from nexus_hub.catalog.kinds import validate
from nexus_hub.fulgora.sources import SOURCES
from nexus_hub.platform.files import FileProblem, Located
from nexus_hub.vulcanus.bases import READERS

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
SAMPLES: dict[str, dict[str, Any]] = {
    "ror": organisation(11, "Salt University"),
    "crossref": work("10.5555/a"),
    "retraction-watch": retraction(1, "10.5555/a"),
    "open-retractions": {
        "identifier": {"doi": "10.5555/a"},
        "updates": [{"timestamp": 1591760408044, "identifier": {"doi": "10.5555/b"}, "type": "x"}],
    },
    "funder-registry": {
        "about": "http://dx.doi.org/10.13039/100000001",
        "prefLabel": {"Label": {"literalForm": {"lang": "en", "value": "Salt Fund"}}},
        "altLabel": [{"Label": {"literalForm": "SF"}}],
        "broader": {"resource": "http://dx.doi.org/10.13039/100000002"},
        "modified": "2018-01-01T00:00:00",
        "country": {"resource": "http://sws.geonames.org/6252001/"},
    },
    "doaj": journal("Salt", "0378-5955", "2049-3630"),
    "journal-abbreviations": {"abbreviation": "jsalt", "title": "journal of salt"},
    "openapc": {"institution": "U", "euro": "12.5", "doi": "10.5555/a", "issn_l": "0378-5955"},
    "crossref-members": {"id": "7", "prefix": "10.5555", "dois": "1", "name": "Press"},
    "crossref-prefixes": {"id": "7", "prefix": "10.5555", "name": "Press"},
    "orcid": person("0000-0002-1825-0097", "Salt", "10.5555/a"),
    "datacite": {"id": "10.5555/d", "attributes": {"doi": "10.5555/D", "updated": "2021"}},
}
DAMAGES = ["[]", "", "NA", " ", "99/99/2020", "10.5555", 7, None, [], {}, [[]], {"value": 1}]


def rows_of(name: str, path: str | Path) -> tuple[list[dict[str, Any]], list[FileProblem]]:
    """The rows of a file that can be read, and the problems."""
    items = list(SOURCES[name].read(str(path), lambda done, total: None))
    rows = [decode(item.raw) for item in items if isinstance(item, Located)]
    return rows, [item for item in items if isinstance(item, FileProblem)]


def places(problems: list[FileProblem]) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.code) for problem in problems]


def test_every_source_is_tried():
    assert sorted(SAMPLES) == sorted(SOURCES)
    assert sorted(READERS) == sorted(name for name, one in SOURCES.items() if one.kind)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_sample_has_a_key_and_says_what_it_says(name):
    source = SOURCES[name]
    key, version = source.key(SAMPLES[name])
    assert key
    assert isinstance(version, str)
    for told in source.state(SAMPLES[name]) if source.state else ():
        assert told.value
        json.dumps(told.facts)


@pytest.mark.parametrize("name", sorted(SOURCES))
@settings(max_examples=80)
@given(data=st.data())
def test_whatever_a_row_holds_it_is_read_or_refused(name, data):
    source, row = SOURCES[name], dict(SAMPLES[name])
    if data.draw(st.booleans()):
        member = data.draw(st.sampled_from(sorted(row)))
        row[member] = data.draw(ANYTHING | st.sampled_from(DAMAGES))
    value: Any = row if data.draw(st.integers(0, 9)) else data.draw(ANYTHING)
    try:
        value = decode(json.dumps(value).encode())
        key, _ = source.key(value)
        for told in source.state(value) if source.state else ():
            assert told.value
    except RefusedRecordError:
        return
    assert key
    if source.kind:
        try:
            READERS[name](json.dumps(value).encode())
        except RefusedRecordError:
            return


@pytest.mark.parametrize(
    "name", ["retraction-watch", "doaj", "orcid", "funder-registry", "openapc"]
)
@settings(max_examples=60)
@given(content=st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_named(name, content):
    with TemporaryDirectory() as folder:
        for suffix in (".csv", ".tar.gz", ".xml", ".json"):
            path = Path(folder) / f"x{suffix}"
            path.write_bytes(content)
            rows_of(name, path)


# ------------------------------------------------------------------ tables


def test_bad_rows_of_a_table_are_named_by_line(tmp_path):
    path = Path(retraction_watch(tmp_path / "x.csv", retraction(1, "10.5555/a", Title="a\nb")))
    lines = path.read_bytes()
    bad = b"2,too,few\n" + b'3,"\xff",' + b"," * 17 + b"\n"
    path.write_bytes(lines + bad + lines.partition(b"\n")[2].replace(b"1,", b"4,", 1))
    rows, problems = rows_of("retraction-watch", path)
    assert [row["Record ID"] for row in rows] == ["1", "4"]
    assert rows[0]["Title"] == "a\nb"
    assert places(problems) == [(4, "wrong-width"), (5, "not-utf8")]


def test_quote_that_is_never_closed_does_not_swallow_the_file(tmp_path):
    path = Path(retraction_watch(tmp_path / "x.csv", retraction(1, "10.5555/a")))
    head = path.read_bytes()
    row = head.partition(b"\n")[2]
    path.write_bytes(head + b'2,"never closed\n' + row * 30_000)
    rows, problems = rows_of("retraction-watch", path)
    assert problems[0].line == 3
    assert not any(problem.fatal for problem in problems)
    assert len(rows) > 10_000


def test_table_of_something_else_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("doi,title\n10.5555/a,A\n")
    _, problems = rows_of("retraction-watch", path)
    assert [(problem.code, problem.fatal) for problem in problems] == [("wrong-header", True)]
    assert "Record ID" in problems[0].detail


def test_table_may_be_compressed_and_begin_with_a_mark(tmp_path):
    plain = Path(doaj(tmp_path / "x.csv", journal("Sål", "0378-5955"))).read_bytes()
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain))
    rows, problems = rows_of("doaj", path)
    assert [row["Journal title"] for row in rows] == ["Sål"]
    assert problems == []
    path.write_bytes(gzip.compress(plain)[:-12])
    assert rows_of("doaj", path)[1][-1].fatal


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("retraction-watch", {"Record ID": "x"}, "missing-record-id"),
        ("retraction-watch", {"RetractionDate": "2015-02-01"}, "bad-date"),
        ("retraction-watch", {"RetractionDate": "2/30/2015 0:00"}, "bad-date"),
        ("retraction-watch", {"RetractionNature": ""}, "missing-nature"),
        ("open-retractions", {"identifier": {}}, "missing-doi"),
        ("funder-registry", {"about": "http://example.org/1"}, "malformed-funder"),
        ("funder-registry", {"prefLabel": []}, "nameless-funder"),
        ("doaj", {"Journal ISSN (print version)": "0378-5956"}, "malformed-issn"),
        ("doaj", {"Journal title": " "}, "missing-name"),
        ("openapc", {"euro": "much"}, "bad-amount"),
        ("openapc", {"doi": "NA"}, "missing-doi"),
        ("crossref-members", {"prefix": "5555"}, "malformed-prefix"),
        ("crossref-members", {"id": ""}, "malformed-member"),
        ("journal-abbreviations", {"title": ""}, "missing-title"),
        ("orcid", {"orcid-identifier": {"path": "0000-0002-1825-0098"}}, "malformed-orcid"),
        ("datacite", {"id": "", "attributes": {}}, "missing-doi"),
    ],
)
def test_row_that_is_not_whole_is_refused(name, changes, code):
    with pytest.raises(RefusedRecordError) as refused:
        SOURCES[name].key({**SAMPLES[name], **changes})
    assert refused.value.problem.code == code


# ------------------------------------------------------------------ XML


def test_concepts_are_read_with_their_lines(tmp_path):
    path = funder_registry(
        tmp_path / "x.rdf",
        concept(100000001, "Fund", relation("skos:narrower", 100000002)),
        concept(100000002, "Fund &amp; Office"),
    )
    rows, problems = rows_of("funder-registry", path)
    assert [SOURCES["funder-registry"].key(row) for row in rows] == [
        ("10.13039/100000001", "2018-01-01T00:00:00"),
        ("10.13039/100000002", "2018-01-01T00:00:00"),
    ]
    assert problems == []
    body, _ = READERS["funder-registry"](json.dumps(rows[1]).encode())
    assert body["names"] == [{"value": "Fund & Office", "types": ["label"], "lang": "en"}]
    assert body["types"] == ["funder", "government"]


def test_body_of_a_funder_is_one_that_may_be_edited(tmp_path):
    path = funder_registry(
        tmp_path / "x.rdf", concept(100000001, "Fund", relation("skos:broader", 100000002))
    )
    ((row,), _) = rows_of("funder-registry", path)
    body, _ = READERS["funder-registry"](json.dumps(row).encode())
    clean, problems = validate("organisation", body)
    assert problems == []
    assert clean == body
    wrong = {**body, "id": "https://doi.org/10.13039/x"}
    assert [one.code for one in validate("organisation", wrong)[1]] == ["malformed-funder"]


def test_entities_are_refused_and_nothing_is_expanded(tmp_path):
    path = tmp_path / "x.rdf"
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rdf>&b;</rdf>'
    path.write_text(bomb)
    rows, problems = rows_of("funder-registry", path)
    assert rows == []
    assert [(problem.code, problem.fatal) for problem in problems] == [("entities-in-xml", True)]


def test_what_stands_before_a_break_is_read(tmp_path):
    path = Path(funder_registry(tmp_path / "x.rdf", concept(100000001, "A"), concept(2, "B")))
    path.write_bytes(path.read_bytes()[:-200])
    rows, problems = rows_of("funder-registry", path)
    assert len(rows) == 1
    assert [(problem.code, problem.fatal) for problem in problems] == [("malformed-xml", True)]


# ------------------------------------------------------------------ archives of people


def xml_person(orcid: str, name: str) -> bytes:
    return (
        f'<r:record xmlns:r="r" xmlns:c="c" path="/{orcid}"><c:orcid-identifier><c:path>{orcid}'
        "</c:path></c:orcid-identifier><r:history><c:last-modified-date>2022-09-05T22:28:31.879Z"
        "</c:last-modified-date></r:history><r:person><r:name><r:given-names>Ann</r:given-names>"
        f"<r:family-name>{name}</r:family-name></r:name></r:person></r:record>"
    ).encode()


def archive(path: Path, members: dict[str, bytes]) -> str:
    with tarfile.open(path, "w:gz") as packed:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            packed.addfile(about, io.BytesIO(content))
    return str(path)


def test_bad_member_of_an_archive_costs_no_other(tmp_path):
    path = archive(
        tmp_path / "x.tar.gz",
        {
            "s/097/0000-0002-1825-0097.xml": xml_person("0000-0002-1825-0097", "Salt"),
            "s/000/locked.xml": b"<error><message>locked</message></error>",
            "s/000/cut.xml": b"<r:record",
            "s/readme.txt": b"hello",
            "s/700/0000-0001-5109-3700.xml": xml_person("0000-0001-5109-3700", "Stone"),
        },
    )
    rows, problems = rows_of("orcid", path)
    assert [SOURCES["orcid"].key(row)[0] for row in rows] == [
        "0000-0002-1825-0097",
        "0000-0001-5109-3700",
    ]
    assert [(problem.member, problem.code) for problem in problems] == [
        ("s/000/locked.xml", "not-a-record"),
        ("s/000/cut.xml", "malformed-xml"),
    ]
    assert not any(problem.fatal for problem in problems)
    whole = Path(path).read_bytes()
    Path(path).write_bytes(whole[: len(whole) // 2])
    assert rows_of("orcid", path)[1][-1].fatal


def test_person_reads_the_same_in_xml_and_json(tmp_path):
    plain = tmp_path / "x.xml"
    plain.write_bytes(xml_person("0000-0002-1825-0097", "Salt"))
    ((in_xml,), _) = rows_of("orcid", plain)
    lines = write_lines(tmp_path / "x.jsonl", [person("0000-0002-1825-0097", "Salt")])
    ((in_json,), _) = rows_of("orcid", lines)
    bodies = [READERS["orcid"](json.dumps(row).encode())[0] for row in (in_xml, in_json)]
    for body in bodies:
        body.pop("extra", None)
    assert bodies[0] == bodies[1]
    assert bodies[0]["display_name"] == "Ann Salt"


def test_a_paper_is_no_notice_of_its_own() -> None:
    told = retraction(1, "10.5555/a", RetractionDOI="10.5555/A")
    found = SOURCES["retraction-watch"].state(told)
    assert [one.role for one in found if one.scheme == "doi"] == ["updated"]
