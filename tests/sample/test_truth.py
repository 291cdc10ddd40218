"""Each bundled fact against the real records it was taken from.

Three kinds of works have no record of their own in that folder, and are listed here one by one:
works often cited there (checked against the citations), notices that a list of updates names
(checked against that list), and a few that were verified elsewhere (nothing to check here, so
the list is closed: a further one fails).
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import os
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from .truth_lists import NOTICES, OFTEN_CITED, VERIFIED_ELSEWHERE

Record = dict[str, Any]


def plain(text: str) -> str:
    """Letters and digits only: what is left when markup, case and punctuation are set aside."""
    text = html.unescape(html.unescape(text))
    return "".join(re.findall(r"\w", re.sub(r"</?[a-zA-Z:]+[^>]*>", "", text))).casefold()


class Source(NamedTuple):
    """What a real record says of a work; `text` is all of it, to look further facts up in."""

    titles: set[str]
    names: list[str]
    affiliations: list[str]
    text: str


class RealData:
    """The real records that stand behind the sample, by lower-case DOI."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self, name: str) -> Iterator[Record]:
        with gzip.open(self.folder / name, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)

    @cached_property
    def sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for name in ("crossref/works.jsonl.gz", "crossref/works-ama.jsonl.gz"):
            found |= {row["DOI"].lower(): crossref_source(row) for row in self.lines(name)}
        for row in self.lines("datacite/dois.jsonl.gz"):
            attributes = row.get("attributes") or row
            if attributes.get("doi"):
                found.setdefault(attributes["doi"].lower(), datacite_source(attributes))
        for path in sorted((self.folder / "papers").glob("*.crossref.xml")):
            doi, source = deposit_source(path)
            found[doi] = source
        return found

    @cached_property
    def citations(self) -> dict[str, list[str]]:
        """The citations of a DOI, each as one text, from references and deposited lists."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.lines("crossref/works.jsonl.gz"):
            for reference in row.get("reference") or []:
                text = json.dumps(reference, ensure_ascii=False)
                found[str(reference.get("DOI")).lower()].append(text)
        for path in (self.folder / "papers").glob("*.crossref.xml"):
            for citation in elements(path).iter("citation"):
                if doi := citation.findtext("doi"):
                    found[doi.lower().strip()].append(" ".join(citation.itertext()))
        return found

    @cached_property
    def updates(self) -> dict[str, Record]:
        rows = self.lines("retractions/open-retractions.jsonl.gz")
        return {
            update["identifier"]["doi"].lower(): {**row, "of": row["identifier"]["doi"].lower()}
            for row in rows
            for update in row["updates"]
            if update["identifier"].get("doi")
        }

    @cached_property
    def organisations(self) -> dict[str, Record]:
        return {row["id"]: row for row in self.lines("ror/ror-v2.jsonl.gz")}

    @cached_property
    def prefixes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        name = self.folder / "registries/crossref-prefixes.csv.gz"
        with gzip.open(name, "rt", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                found[row["prefix"]].add(row["id"])
        return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def crossref_source(row: Record) -> Source:
    people = [*listed(row.get("author")), *listed(row.get("editor"))]
    names = [plain(p.get("family") or p.get("name") or p.get("given") or "") for p in people]
    names = [name for name in names if name]  # some records hold a contributor without a name
    at = [a.get("name") or "" for p in people for a in p.get("affiliation") or []]
    titles = {plain(title) for title in listed(row.get("title"))}
    return Source(titles, names, [plain(text) for text in at], json.dumps(row, ensure_ascii=False))


def datacite_source(row: Record) -> Source:
    titles = {plain(t["title"] if isinstance(t, dict) else t) for t in row.get("titles") or []}
    people = [c for c in row.get("creators") or [] if isinstance(c, dict)]
    names = [plain(p.get("familyName") or str(p.get("name")).split(",")[0]) for p in people]
    at = [a if isinstance(a, str) else a.get("name") or "" for p in people for a in at_of(p)]
    return Source(titles, names, [plain(text) for text in at], json.dumps(row, ensure_ascii=False))


def at_of(person: Record) -> list[Any]:
    return [at for at in person.get("affiliation") or [] if at]


def elements(path: Path) -> ET.Element:
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    for element in root.iter():
        element.tag = element.tag.split("}")[-1]
    return root


def deposit_source(path: Path) -> tuple[str, Source]:
    root = elements(path)
    article = root.find(".//journal_article")
    assert article is not None
    title = article.find("titles/title")
    assert title is not None
    names = [plain(name.text or "") for name in article.iter("surname")]
    at = [plain(name.text or "") for name in article.iter("institution_name")]
    doi = article.findtext("doi_data/doi") or ""
    return doi.lower(), Source(
        {plain("".join(title.itertext()))}, names, at, ET.tostring(root, "unicode")
    )


@pytest.fixture(scope="module")
def real() -> RealData:
    folder = os.environ.get("NEXUS_REAL_DATA")
    if not folder:
        pytest.skip("NEXUS_REAL_DATA is not set: nothing to compare the sample with")
    return RealData(Path(folder))


def people(work: Record) -> list[Record]:
    return [*work.get("author", []), *work.get("editor", [])]


@pytest.mark.real_data
def test_every_work_is_as_the_real_record_says(works: dict[str, Record], real: RealData) -> None:
    compared = 0
    for doi, work in works.items():
        if (source := real.sources.get(doi)) is None:
            continue
        compared += 1
        assert plain(work["title"][0]) in source.titles, doi
        names = [plain(p.get("family") or p["name"]) for p in people(work)]
        assert names == source.names[: len(names)], doi
        for person in people(work):
            assert person.get("ORCID", "")[-19:] in source.text, (doi, person)
            for at in person.get("affiliation", []):
                assert any(plain(at["name"]) in text for text in source.affiliations), (doi, at)
    assert compared >= 170


@pytest.mark.real_data
def test_identifiers_and_links_are_in_the_real_record(
    works: dict[str, Record], real: RealData
) -> None:
    checked = 0
    for doi, work in works.items():
        if (source := real.sources.get(doi)) is None:
            continue
        text = html.unescape(source.text).lower()
        links = [reference["DOI"] for reference in work.get("reference", []) if "DOI" in reference]
        links += [update["DOI"] for update in work.get("update-to", [])]
        links += [funder["DOI"] for funder in work.get("funder", []) if "DOI" in funder]
        if doi not in VERIFIED_ELSEWHERE["relation"]:
            links += [t["id"] for targets in work.get("relation", {}).values() for t in targets]
        links += [value.replace("-", "") for value in work.get("ISSN", []) + work.get("ISBN", [])]
        bare = text.replace("-", "")
        for link in map(str.lower, links):
            assert link in text or link.replace("-", "") in bare, (doi, link)
        letters = plain(source.text)
        words = [award for funder in work.get("funder", []) for award in funder.get("award", [])]
        words += [work.get(field, "") for field in ("volume", "issue", "page", "publisher")]
        words += [
            value
            for reference in work.get("reference", [])
            for field, value in reference.items()
            if field not in {"key", "DOI"}
        ]
        for word in words:
            assert plain(word) in letters, (doi, word)
        year = work["issued"]["date-parts"][0][0] if "issued" in work else ""
        assert str(year) in source.text, doi
        checked += len(links)
    assert checked >= 1_300


@pytest.mark.real_data
def test_landing_pages_are_those_of_the_resolver_or_the_record(
    deposits: list[Record], real: RealData
) -> None:
    for deposit in deposits:
        page, doi = deposit["resource"]["primary"], deposit["doi"]
        if page.lower() != f"https://doi.org/{doi}":
            text = html.unescape(real.sources[doi].text)
            assert page.removeprefix("https:").removeprefix("http:") in text, doi


@pytest.mark.real_data
def test_works_without_a_real_record_are_exactly_those_listed(
    works: dict[str, Record], real: RealData
) -> None:
    alone = set(works) - set(real.sources)
    listed_here = {*OFTEN_CITED, *NOTICES, *VERIFIED_ELSEWHERE["work"]}
    assert alone == listed_here
    assert len(VERIFIED_ELSEWHERE["work"]) <= 15


@pytest.mark.real_data
@pytest.mark.parametrize("doi", OFTEN_CITED)
def test_often_cited_works_are_as_their_citations_say(
    works: dict[str, Record], real: RealData, doi: str
) -> None:
    work = works[doi]
    texts = real.citations[doi]
    letters = [plain(text) for text in texts]
    assert len(texts) >= 3
    assert any(plain(work["title"][0]) in text for text in letters)
    numbers = [str(work["issued"]["date-parts"][0][0]), work["page"].split("-")[0]]
    numbers += [work[field] for field in ("volume", "issue") if field in work]
    for number in numbers:
        assert any(re.search(rf"(?<!\d){number}(?!\d)", text) for text in texts), number
    for person in people(work)[: OFTEN_CITED[doi]]:
        assert any(plain(person["family"]) in text for text in letters), person


@pytest.mark.real_data
@pytest.mark.parametrize("doi", NOTICES)
def test_notices_are_as_the_list_of_updates_says(
    works: dict[str, Record], real: RealData, doi: str
) -> None:
    work = works[doi]
    row = real.updates[doi]
    assert plain(work["title"][0]) == plain(row["title"])
    assert [update["DOI"] for update in work["update-to"]] == [row["of"]]


@pytest.mark.real_data
def test_retracted_works_are_known_as_retracted(works: dict[str, Record], real: RealData) -> None:
    name = real.folder / "retractions/retractions.csv.gz"
    with gzip.open(name, "rt", encoding="utf-8") as stream:
        known = {
            row["doi"].lower() for row in csv.DictReader(stream) if "Retr" in row["retractionwatch"]
        }
    retracted = {
        update["DOI"]
        for work in works.values()
        for update in work.get("update-to", [])
        if update["type"] == "retraction"
    }
    assert retracted - known <= {"10.1038/ncomms4761"}, "the list of updates has this one"
    assert real.updates["10.1038/ncomms13417"]["retracted"]


@pytest.mark.real_data
def test_members_own_their_prefixes(works: dict[str, Record], real: RealData) -> None:
    for doi in {*OFTEN_CITED, *NOTICES, *VERIFIED_ELSEWHERE["work"]}:
        member, prefix = works[doi]["member"], works[doi]["prefix"]
        assert member in real.prefixes[prefix], doi


@pytest.mark.real_data
def test_every_organisation_is_as_the_registry_says(
    organisations: dict[str, Record], real: RealData
) -> None:
    for ror, record in organisations.items():
        source = real.organisations[ror]
        for field in ("types", "status", "established"):
            assert record[field] == source[field], (ror, field)
        names = [(n["value"], set(n["types"]), n["lang"]) for n in source["names"]]
        for name in record["names"]:
            assert (name["value"], set(name["types"]), name["lang"]) in names, ror
        outer = {e["type"]: (e["preferred"], set(e["all"])) for e in source["external_ids"]}
        for given in record["external_ids"]:
            preferred, every = outer[given["type"]]
            assert given["preferred"] == preferred, ror
            assert set(given["all"]) <= every, ror
        for relationship in record["relationships"]:
            assert relationship in source["relationships"], ror
        for place, known in zip(record["locations"], source["locations"], strict=False):
            assert place["geonames_id"] == known["geonames_id"]
            assert place["geonames_details"].items() <= known["geonames_details"].items(), ror
        assert all(link in source["links"] for link in record["links"]), ror
        assert set(record["domains"]) <= set(source["domains"]), ror
        assert record["admin"] == source["admin"], ror
