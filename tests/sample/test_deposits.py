"""What the bundled deposits promise about themselves, without any other source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from idutils import is_orcid
from stdnum import isbn, issn

from nexus_hub.sample import DEPOSITS, ORGANISATIONS, sample_open, sample_path

Record = dict[str, Any]
EXPORT_TRACES = {"$numberLong", "_id", "indexed", "deposited", "created", "score", "source"}
VOLATILE = {"is-referenced-by-count", "reference-count", "references-count", "updated-by"}
PROSE = {"abstract", "project-description", "description", "unstructured"}


def members(value: object) -> Iterator[tuple[str, Any]]:
    """Every member of every object in it, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from members(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner)


def cited(work: Record) -> list[str]:
    return [reference["DOI"] for reference in work.get("reference", []) if "DOI" in reference]


def test_about_two_hundred_works_in_the_order_of_their_dois(deposits: list[Record]) -> None:
    dois = [deposit["doi"] for deposit in deposits]
    assert 190 <= len(dois) <= 220
    assert dois == sorted(set(dois))


@pytest.mark.parametrize(
    ("kind", "at_least"),
    [
        ("journal-article", 120),
        ("dataset", 10),
        ("posted-content", 8),
        ("book-chapter", 4),
        ("edited-book", 1),
        ("proceedings-article", 5),
        ("report", 1),
        ("dissertation", 1),
        ("peer-review", 1),
        ("grant", 1),
    ],
)
def test_each_type_is_there(works: dict[str, Record], kind: str, at_least: int) -> None:
    assert Counter(work["type"] for work in works.values())[kind] >= at_least


def test_every_deposit_has_our_form(deposits: list[Record]) -> None:
    for deposit in deposits:
        assert set(deposit) == {"doi", "resource", "state", "metadata"}
        assert deposit["state"] == "findable"
        assert re.fullmatch(r"https?://\S+", deposit["resource"]["primary"])
        assert deposit["metadata"]["DOI"] == deposit["doi"]
        assert deposit["metadata"]["prefix"] == deposit["doi"].split("/")[0]
        assert deposit["metadata"]["publisher"]


def test_every_work_has_a_title_and_a_grant_has_it_in_its_project(works: dict[str, Record]) -> None:
    for doi, work in works.items():
        titles = work.get("title") or [
            title["title"] for project in work["project"] for title in project["project-title"]
        ]
        assert titles, doi
        assert titles[0] == " ".join(titles[0].split()), doi
        assert set(re.findall(r"</?([a-z:]+)", titles[0])) <= {"i", "b", "sub", "sup"}, doi


def test_no_abstract_no_prose_and_no_trace_of_an_export(deposits: list[Record]) -> None:
    for deposit in deposits:
        names = {name for name, _ in members(deposit)}
        assert not names & (PROSE | EXPORT_TRACES | VOLATILE), deposit["doi"]


def test_dois_are_lower_case_and_well_formed(works: dict[str, Record]) -> None:
    for doi, work in works.items():
        named = [value for name, value in members(work) if name == "DOI"]
        named += [
            target["id"] for targets in work.get("relation", {}).values() for target in targets
        ]
        for value in named:
            assert re.fullmatch(r"10\.\d{4,9}/\S+", value), (doi, value)
            assert value == value.lower(), (doi, value)


def test_checksums_hold(works: dict[str, Record]) -> None:
    orcids, issns, isbns = set(), set(), set()
    for work in works.values():
        orcids |= {value for name, value in members(work) if name == "ORCID"}
        issns |= set(work.get("ISSN", []))
        isbns |= set(work.get("ISBN", []))
    assert min(len(orcids), len(issns), len(isbns)) > 5
    for orcid in orcids:
        assert orcid.startswith("https://orcid.org/")
        assert is_orcid(orcid.removeprefix("https://orcid.org/")), orcid
    assert all(issn.is_valid(value) and value == issn.format(value) for value in issns)
    assert all(isbn.is_valid(value) and value == isbn.compact(value) for value in isbns)


def test_dates_are_iso_parts(works: dict[str, Record]) -> None:
    for doi, work in works.items():
        for name, value in members(work):
            if name == "date-parts":
                ((year, *rest),) = value
                assert 1700 <= year <= 2026, doi
                assert all(1 <= part <= 31 for part in rest), doi
                assert len(rest) <= 2, doi


def test_first_contributors_come_first(works: dict[str, Record]) -> None:
    for doi, work in works.items():
        for role in ("author", "editor"):
            order = [person["sequence"] for person in work.get(role, [])]
            assert order == ["first", "additional", *["additional"] * len(order)][: len(order)], doi
            assert all(person.get("family") or person.get("name") for person in work.get(role, []))


def test_references_are_few_and_none_cites_itself_or_twice(works: dict[str, Record]) -> None:
    for doi, work in works.items():
        references = work.get("reference", [])
        assert len(references) <= 15, doi
        assert len({reference["key"] for reference in references}) == len(references), doi
        assert len(set(cited(work))) == len(cited(work)), doi
        assert doi not in cited(work)


def test_at_least_sixty_citations_stay_inside(works: dict[str, Record]) -> None:
    inside = [(doi, target) for doi, work in works.items() for target in cited(work)]
    assert len([link for link in inside if link[1] in works]) >= 60


def test_eight_preprints_meet_their_published_versions(works: dict[str, Record]) -> None:
    pairs = set()
    for doi, work in works.items():
        for target in work.get("relation", {}).get("is-preprint-of", []):
            pairs.add((doi, target["id"]))
        for target in work.get("relation", {}).get("has-preprint", []):
            pairs.add((target["id"], doi))
    inside = {(one, other) for one, other in pairs if one in works and other in works}
    assert len(inside) >= 8
    for preprint, published in inside:
        assert works[preprint]["type"] == "posted-content"
        assert works[published]["type"] == "journal-article"


def test_every_notice_speaks_of_a_work_inside(works: dict[str, Record]) -> None:
    notices = [update for work in works.values() for update in work.get("update-to", [])]
    kinds = Counter(update["type"] for update in notices)
    assert {update["DOI"] for update in notices} <= set(works)
    assert kinds["retraction"] >= 2
    assert kinds["correction"] >= 1
    assert all(update["label"] and update["updated"] for update in notices)


def test_a_book_stands_with_at_least_four_of_its_chapters(works: dict[str, Record]) -> None:
    books = {tuple(w["ISBN"]): w for w in works.values() if w["type"] == "edited-book"}
    chapters = Counter(
        tuple(work["ISBN"])
        for work in works.values()
        if work["type"] == "book-chapter"
        and tuple(work.get("ISBN", ())) in books
        and work["container-title"] == books[tuple(work["ISBN"])]["title"]
    )
    assert max(chapters.values()) >= 4


def test_much_is_there_to_enrich(works: dict[str, Record], affiliations: set[str]) -> None:
    funders = [funder for work in works.values() for funder in work.get("funder", [])]
    people = [person for work in works.values() for person in work.get("author", [])]
    assert len(affiliations) >= 200
    assert len([funder for funder in funders if "DOI" in funder]) >= 60
    assert len([person for person in people if "ORCID" in person]) >= 150
    assert len([work for work in works.values() if "license" in work]) >= 100
    assert len({work["publisher"] for work in works.values()}) >= 60


def test_the_files_are_small_and_open_both_ways() -> None:
    total = 0
    for name in (DEPOSITS, ORGANISATIONS):
        with sample_open(name) as stream, sample_path(name) as path:
            raw = stream.read()
            assert raw == path.read_bytes()
        total += len(raw)
        assert raw.endswith(b"}\n")
        assert all(isinstance(json.loads(line), dict) for line in raw.splitlines())
    assert total < 700_000
