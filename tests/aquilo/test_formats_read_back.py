"""Every format says what the record says, as a parser that is not ours reads it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import bibtexparser
import polars
import pytest
import rdflib
import rispy
from datacite import schema45
from pylatexenc.latex2text import LatexNodes2Text
from rdflib import RDF, Namespace, URIRef
from rocrate.rocrate import ROCrate

from aquilo.works_to_write import CROID, ODD, names, plain_title, real
from nexus_hub.aquilo import bibtex, csl, datacite_json, rdf, ris, ro_crate, schema_org, tables
from nexus_hub.aquilo.formats import ITEMS, Source
from nexus_hub.aquilo.members import text, texts

DCTERMS = Namespace("http://purl.org/dc/terms/")
BIBO = Namespace("http://purl.org/ontology/bibo/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
_DECODE = LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)
_UNKNOWN = {
    r"\textbraceleft{}": "\ue000",
    r"\textbraceright{}": "\ue001",
    r"\textasciicircum{}": "\ue002",
    r"\textasciitilde{}": "\ue003",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
}
"""Commands that the decoder does not know, or sets as another character."""

_BACK = {"\ue000": "{", "\ue001": "}", "\ue002": "^", "\ue003": "~"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def year(body: dict[str, Any]) -> str:
    parts = csl.item(body).get("issued", {}).get("date-parts", [[]])[0]
    return str(parts[0]) if parts else ""


def spaced(value: str) -> str:
    return " ".join(value.split())


def without_commas(value: str) -> str:
    return spaced(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", value).replace(",", " "))


def in_one_line(value: str) -> str:
    return spaced(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", value))


def check_ris(body: dict[str, Any]) -> None:
    (entry,) = rispy.loads(ris.record(body, CROID))
    item = csl.item(body)
    authors = [
        ", ".join(
            without_commas(one.get(part, ""))
            for part in ("family", "given", "suffix")
            if one.get(part) or (part == "given" and "suffix" in one)
        )
        if "family" in one
        else without_commas(one["literal"])
        for one in names(body)
    ]
    assert entry.get("authors", []) == authors
    assert entry.get("title", "") == in_one_line(plain_title(body))
    assert entry.get("secondary_title", "") == csl.plain(item.get("container-title", ""))
    assert entry.get("year", "") == year(body)
    assert entry.get("volume", "") == text(body.get("volume"))
    assert entry.get("number", "") == text(body.get("issue"))
    assert entry.get("doi", "") == text(body.get("DOI"))
    assert entry.get("publisher", "") == item.get("publisher", "")
    pages = [entry[end] for end in ("start_page", "end_page") if end in entry]
    assert "-".join(pages) in {re.sub(r"\s*[-–—]+\s*", "-", text(body.get("page"))),
                               text(body.get("page"))}  # fmt: skip


def decoded(value: str) -> str:
    """What TeX would set, braces that only protect taken away."""
    shown = re.sub(r"\\text(?:it|bf|subscript|superscript)(?=\{)", "", value)
    for command, char in _UNKNOWN.items():
        shown = shown.replace(command, char)
    told = _DECODE.latex_to_text(shown)
    return spaced("".join(_BACK.get(char, char) for char in told))


def check_bibtex(body: dict[str, Any]) -> None:
    if not (names(body) or names(body, "editor")):
        return
    library = bibtexparser.parse_string(bibtex.entry(body, CROID))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    item = csl.item(body)
    assert decoded(fields.get("title", "")) == spaced(plain_title(body))
    people = [decoded(one) for one in split_names(fields.get("author", ""))]
    assert people == [
        spaced(", ".join(one[part] for part in ("family", "suffix", "given") if part in one))
        if "family" in one
        else spaced(one["literal"])
        for one in names(body)
    ]
    assert fields.get("year", "") == year(body)
    assert fields.get("doi", "") == text(body.get("DOI"))
    assert decoded(fields.get("volume", "")) == text(body.get("volume"))
    held = fields.get("journal") or fields.get("booktitle") or fields.get("howpublished") or ""
    assert decoded(held) == spaced(csl.plain(item.get("container-title", "")))


def split_names(value: str) -> list[str]:
    """Names as BibTeX splits them: at `and` outside of braces."""
    out, depth, start = [], 0, 0
    for n, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0 and value[n : n + 5] == " and ":
            out.append(value[start:n])
            start = n + 5
    return [*out, value[start:]] if value else []


def check_rdf(body: dict[str, Any]) -> None:
    turtle = rdflib.Graph().parse(data=rdf.serialise(body, CROID, "turtle"), format="turtle")
    xml = rdflib.Graph().parse(data=rdf.serialise(body, CROID, "xml"), format="xml")
    for graph in (turtle, xml):
        work = URIRef(csl.doi_url(body["DOI"]))

        def said(subject: Any, term: Any, graph: Any = graph) -> str:
            return str(graph.value(subject, term, default=""))

        assert said(work, DCTERMS.title) == _NOT_XML.sub("", plain_title(body))
        assert said(work, BIBO.doi) == body["DOI"]
        assert said(work, BIBO.volume) == text(body.get("volume"))
        assert said(work, BIBO.issue) == text(body.get("issue"))
        assert said(work, BIBO.pages) == text(body.get("page"))
        assert said(work, DCTERMS.date)[:4] == year(body).zfill(4) * bool(year(body))
        cell, people = graph.value(work, BIBO.authorList), []
        while cell is not None and cell != RDF.nil:
            people.append(graph.value(cell, RDF.first))
            cell = graph.value(cell, RDF.rest)
        assert len(people) == len(names(body))
        for node, one in zip(people, names(body), strict=True):
            if "family" in one:
                assert URIRef(FOAF.Person) in set(graph.objects(node, RDF.type))
                told = {str(name) for name in graph.objects(node, FOAF.familyName)}
                assert _NOT_XML.sub("", one["family"]) in told
            else:
                assert said(node, FOAF.name) == one["literal"]
    assert len(turtle) == len(xml)


def check_schema_org(body: dict[str, Any]) -> None:
    told = json.loads(json.dumps(schema_org.work(body, CROID)))
    told["@context"] = {"@vocab": "https://schema.org/"}
    graph = rdflib.Dataset().parse(data=json.dumps(told), format="json-ld")
    vocabulary = Namespace("https://schema.org/")
    work = URIRef(csl.doi_url(body["DOI"]))
    assert str(graph.value(work, vocabulary.name, default="")) == plain_title(body)
    families = sorted(one["family"] for one in names(body) if "family" in one)
    people = list(graph.objects(work, vocabulary.author))
    found = {
        str(name) for person in people for name in graph.objects(person, vocabulary.familyName)
    }
    assert found == set(families)
    date = str(graph.value(work, vocabulary.datePublished, default=""))
    assert date[:4] == year(body).zfill(4) * bool(year(body))
    container, issn = told.get("isPartOf", {}), texts(body.get("ISSN"))
    parts = [container, *schema_org.parts_of(container)]
    by_name = {name: part[name] for part in parts for name in part}
    assert by_name.get("volumeNumber", "") == text(body.get("volume"))
    assert by_name.get("issueNumber", "") == text(body.get("issue"))
    assert by_name.get("issn", "") in {"", *issn}
    assert bool(by_name.get("issn")) == bool(issn)


def check_datacite(body: dict[str, Any]) -> None:
    told = json.loads(json.dumps(datacite_json.record(body)))
    schema45.validator.validate(told)
    assert told["doi"] == body["DOI"]
    title = csl.plain(text(body.get("title")) or text(body.get("subtitle")))
    assert told["titles"][0]["title"] == (title or ":unav")
    assert told["publicationYear"] == (year(body).zfill(4) if year(body) else "0000")
    written = [spaced(one.get("familyName") or one["name"]) for one in told["creators"]]
    asked = [one.get("family") or one["literal"] for one in names(body)]
    assert written == (asked or [":unav"])


def check_ro_crate(body: dict[str, Any]) -> None:
    crate = ROCrate(json.loads(json.dumps(ro_crate.metadata(body, CROID))))
    root = crate.root_dataset
    assert root.id.rstrip("/") == csl.doi_url(body["DOI"]).rstrip("/")
    assert root["name"] == (plain_title(body) or csl.doi_url(body["DOI"]))
    people = root.get("author", [])
    people = people if isinstance(people, list) else [people]
    families = {one["family"] for one in names(body) if "family" in one}
    assert {person["familyName"] for person in people if person.get("familyName")} == families


def check_csl(body: dict[str, Any]) -> None:
    from citeproc.source.json import CiteProcJSON

    item = json.loads(json.dumps(csl.item(body, CROID)))
    assert item.pop("custom") == {"croid": CROID}
    # A variable of CSL 1.0.2; the reader is of 1.0.1.
    item.pop("event-title", None)
    source = CiteProcJSON([item])
    reference = source[str(item["id"]).lower()]
    assert spaced(str(reference.get("title", ""))) == spaced(item.get("title", ""))
    assert [dict(name) for name in reference.get("author", [])] == item.get("author", [])
    assert str(reference.get("DOI", "")) == body["DOI"]
    assert str(reference["issued"]["year"] if "issued" in reference else "") == year(body)


CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "bibtex": check_bibtex,
    "csl": check_csl,
    "datacite": check_datacite,
    "rdf": check_rdf,
    "ris": check_ris,
    "ro-crate": check_ro_crate,
    "schema-org": check_schema_org,
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", CHECKS)
def test_odd_works_are_read_back_as_they_are(name: str) -> None:
    for body in ODD:
        CHECKS[name](body)


@pytest.mark.real_data
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", CHECKS)
def test_real_works_are_read_back_as_they_are(name: str, real_data: Any) -> None:
    count = 0
    for body in real(real_data):
        try:
            CHECKS[name](body)
        except Exception as error:
            raise AssertionError(f"{body['DOI']} as {name}") from error
        count += 1
    assert count > 100


def check_tables(bodies: list[dict[str, Any]]) -> None:
    items = [json.dumps(body).encode() for body in bodies]
    rows = list(csv.DictReader(io.StringIO(tables.write_csv(items).decode(), newline="")))
    frame = polars.read_parquet(io.BytesIO(tables.write_parquet(items)))
    lines = tables.write_ndjson(items).splitlines()
    assert [json.loads(line) for line in lines] == bodies
    assert len(rows) == frame.height == len(bodies)
    for body, row, found in zip(bodies, rows, frame.iter_rows(named=True), strict=True):
        assert row["doi"] == found["doi"] == body["DOI"]
        assert row["title"] == (found["title"] or "") == plain_title(body)
        people = [one.get("family") or one["literal"] for one in names(body)]
        assert [name.partition(", ")[0] for name in found["author"]] == [
            name.partition(", ")[0] for name in people
        ]
        assert row["author"] == "; ".join(found["author"])
        assert found["issn"] == texts(body.get("ISSN"))
        assert row["volume"] == (found["volume"] or "") == text(body.get("volume"))
        assert json.loads(found["record"]) == body


def test_odd_works_are_read_back_from_tables() -> None:
    check_tables([{name: value for name, value in body.items() if value} for body in ODD])


@pytest.mark.real_data
def test_real_works_are_read_back_from_tables(real_data: Any) -> None:
    check_tables(list(real(real_data)))


def test_rdf_xml_is_xml_whatever_the_record_holds() -> None:
    for body in ODD:
        ElementTree.fromstring(rdf.serialise(body, CROID, "xml"))


def test_the_same_body_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, sys\n"
        "from aquilo.works_to_write import CROID, ODD\n"
        "from nexus_hub.aquilo.formats import ITEMS, Source\n"
        "h = hashlib.sha256()\n"
        "for form in ITEMS:\n"
        "    if form.write and form.name != 'bibtex':\n"
        "        for body in ODD: h.update(form.write(Source(body, CROID)))\n"
        "print(h.hexdigest())\n"
    )
    path = ":".join(one for one in sys.path if one)
    told = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env={"PYTHONPATH": f"{path}:tests", "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_every_format_of_a_work_has_a_name_and_a_type_of_its_own() -> None:
    assert len({form.name for form in ITEMS}) == len(ITEMS)
    asked_by = [(kind, form.profile) for form in ITEMS for kind in form.types]
    assert len(set(asked_by)) == len(asked_by)
    for form in ITEMS:
        if form.write is not None:
            assert form.write(Source(ODD[0], CROID))


def test_the_guide_tells_of_every_format() -> None:
    guide = Path(__file__).parents[2] / "docs/howto/formats.md"
    told = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", guide.read_text(), re.MULTILINE)
    assert told == [(form.name, form.content_type) for form in ITEMS]
