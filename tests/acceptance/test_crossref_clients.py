"""habanero, crossrefapi and crossref-commons, as they are, read works here as at Crossref."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import crossref_commons.iteration
import crossref_commons.retrieval
import crossref_commons.sampling
import httpx
import pytest
from crossref import restful
from habanero import Crossref
from habanero.crossref.filters import works_filter_details
from habanero.exceptions import RequestError
from habanero.facets import VALID_FACETS
from habanero.field_queries import VALID_FIELD_QUERIES
from habanero.filterhandler import dict_filts, filter_handler, others
from habanero.select import VALID_SELECTS
from habanero.sort import VALID_SORTS

from api.test_members import make_member
from aquilo.filter_records import (
    GRANT,
    GRANT_METADATA,
    NOTICE,
    NOTICE_METADATA,
    PLAIN,
    PLAIN_METADATA,
    RICH,
    RICH_METADATA,
)
from nexus_hub.aquilo.registry import FACETS, FILTERS, QUERY_FIELDS, SELECT_FIELDS, SORTS
from nexus_hub.cli.rooms import consumers
from nexus_hub.platform.queues import Worker

ODD = "10.5555/a(b)<c>;d//e%2f?f#g/"
WORKS = {
    RICH: RICH_METADATA,
    PLAIN: PLAIN_METADATA,
    NOTICE: NOTICE_METADATA,
    GRANT: GRANT_METADATA,
    ODD: PLAIN_METADATA | {"member": "98", "publisher": "Rich Press"},
}
OURS = {"changed-since-index", "enriched-by", "missing-enrichment", "stale-enrichment"}
UNSENDABLE = set(others) - set(dict_filts)
"""What habanero lists as a filter, and cannot name when it sends one."""


@pytest.fixture(scope="module")
def filled(service, shared_database) -> str:
    """The URL of a service with works, whose workers have done everything."""
    records = [
        {"doi": doi, "resource": {"primary": "https://example.org"}, "metadata": metadata}
        for doi, metadata in WORKS.items()
    ]
    answer = httpx.post(f"{service}/deposits", json={"records": records})
    assert answer.status_code == 202, answer.text
    Worker(shared_database.settings, consumers([])).run(drain=True)
    with shared_database.connect() as connection:
        make_member(connection, "Example Press", "10.5555")
        connection.commit()
    return service


@pytest.fixture
def habanero(filled) -> Crossref:
    return Crossref(base_url=filled, mailto="me@example.org")


@pytest.fixture
def crossrefapi(filled, monkeypatch) -> Any:
    def build(endpoint: str, context: str | None = None) -> str:
        return "/".join([filled, *(part for part in (context, endpoint) if part)])

    monkeypatch.setattr(restful, "build_url_endpoint", build)
    return restful


@pytest.fixture
def commons(filled, monkeypatch) -> Any:
    for module in ("iteration", "retrieval", "sampling"):
        monkeypatch.setattr(f"crossref_commons.{module}.API_URL", filled)
    return crossref_commons


def test_the_registry_is_habaneros_whitelist_and_four_filters_more():
    sent = {
        filter_handler({name: "x"}).partition(":")[0].replace(".", "-")
        for name in works_filter_details
        if name not in UNSENDABLE
    }
    sent |= {name.replace("_", "-") for name in UNSENDABLE}
    assert len(works_filter_details) == 93
    assert {name.replace(".", "-") for name in FILTERS} == sent | OURS
    assert FACETS.keys() == set(VALID_FACETS)
    assert {f"query.{name}" for name in QUERY_FIELDS} == set(VALID_FIELD_QUERIES)
    assert SELECT_FIELDS.keys() == set(VALID_SELECTS)
    assert SORTS.keys() == set(VALID_SORTS)
    assert [len(table) for table in (FACETS, QUERY_FIELDS, SELECT_FIELDS, SORTS)] == [
        21,
        21,
        59,
        12,
    ]


def test_habanero_asks_by_every_filter_facet_field_select_and_sort(habanero):
    by_name = {name.replace(".", "-"): row for name, row in FILTERS.items()}
    for name in works_filter_details.keys() - UNSENDABLE:
        row = by_name[filter_handler({name: "x"}).partition(":")[0].replace(".", "-")]
        assert habanero.works(filter={name: row.example}, limit=1)["status"] == "ok", name
    facets = habanero.works(facet=",".join(f"{one}:*" for one in VALID_FACETS), limit=0)
    assert facets["message"]["facets"].keys() == set(VALID_FACETS)
    for name in VALID_FIELD_QUERIES:
        keyword = name.replace(".", "_").replace("-", "_")
        assert habanero.works(**{keyword: "light"})["status"] == "ok"
    assert habanero.works(select=VALID_SELECTS, limit=1)["message-type"] == "work-list"
    for name in VALID_SORTS:
        found = habanero.works(sort=name, order="asc")["message"]
        assert found["total-results"] == len(found["items"]) == len(WORKS), name


def test_habanero_reads_works_pages_and_samples(habanero):
    pages = habanero.works(cursor="*", limit=2, cursor_max=100)
    items = [item["DOI"] for page in pages for item in page["message"]["items"]]
    assert sorted(items) == sorted(WORKS)
    found = habanero.works(query="galaxies", filter={"has_orcid": True, "type": "journal-article"})
    assert found["message"]["items"][0]["DOI"] == RICH
    assert habanero.works(ids=RICH)["message"]["title"] == ["Galaxies in the house"]
    assert habanero.works(ids=quote(ODD, safe=""))["message"]["DOI"] == ODD
    assert len(habanero.random_dois(3)) == 3
    assert habanero.registration_agency(RICH) == ["NEXUS"]
    with pytest.raises(RequestError, match="did you mean"):
        habanero.works(filter={"has_orcidd": True})


def test_habanero_reads_what_works_belong_to(habanero):
    assert habanero.members(ids=98)["message"]["primary-name"] == "Rich Press"
    below = habanero.members(ids=98, works=True)["message"]["items"]
    assert {item["DOI"] for item in below} == {RICH, ODD}
    assert habanero.members(query="example")["message"]["items"][0]["id"] >= 1_000_000
    for name in ("prefix", "current_doi_count", "backfile_doi_count"):
        value = "10.5555" if name == "prefix" else 0
        assert habanero.members(filter={name: value})["message-type"] == "member-list"
    assert habanero.prefixes(ids="10.5555")["message"]["name"] == "Example Press"
    assert habanero.prefixes(ids="10.6666", works=True)["message"]["total-results"] == 1
    assert habanero.funders(query="example")["message"]["items"][0]["id"] == "100000001"
    assert habanero.funders(ids="100000001")["message"]["work-count"] == 2
    assert habanero.funders(ids="10.13039/100000001", works=True)["message"]["total-results"] == 2
    assert habanero.funders(filter={"location": "Nowhere"})["message"]["items"] == []
    assert habanero.journals(ids="1234-5679")["message"]["title"] == "Light, Dark: a Journal"
    assert habanero.journals(ids="1234-5679", works=True)["message"]["total-results"] == 1
    assert habanero.journals(query="dark")["message"]["total-results"] == 1
    assert habanero.types(ids="journal-article")["message"]["label"] == "Journal Article"
    assert habanero.types()["message"]["total-results"] > 30
    assert habanero.types(ids="book", works=True)["message"]["total-results"] == 2
    urls = [item["URL"] for item in habanero.licenses()["message"]["items"]]
    assert "http://creativecommons.org/licenses/by/4.0/" in urls


def test_crossrefapi_reads_everything(crossrefapi):
    works = crossrefapi.Works()
    assert {item["DOI"] for item in works.all(None)} == set(WORKS)
    found = works.filter(has_orcid="true", from_pub_date="2020").query("galaxies").sort("published")
    assert [item["DOI"] for item in found.order("desc")] == [RICH]
    assert found.count() == 1
    assert works.facet("type-name", 2) is not None
    assert {item["DOI"] for item in works.filter(type="book").select("DOI")} == {PLAIN, ODD}
    assert works.doi(RICH)["publisher"] == "Rich Press"
    assert works.doi("10.5555/nothing") is None
    assert works.doi_exists(RICH)
    assert not works.doi_exists("10.5555/nothing")
    assert works.agency(RICH)["agency"]["id"]
    assert len(list(works.sample(2))) == 2
    assert works.version == "1.0.0"
    assert (
        int(works.x_rate_limit_limit or 1) > 0 if works.x_rate_limit_limit != "undefined" else True
    )
    assert {m["id"] for m in crossrefapi.Members().all(None)} >= {97, 98, 1_000_000}
    assert crossrefapi.Members().member(98)["prefixes"] == ["10.5555"]
    assert {w["DOI"] for w in crossrefapi.Members().works(98)} == {RICH, ODD}
    assert crossrefapi.Funders().funder("100000001")["name"] == "Example Foundation"
    assert {w["DOI"] for w in crossrefapi.Funders().works("100000001")} == {RICH, GRANT}
    assert crossrefapi.Journals().journal("1234-5679")["ISSN"] == ["1234-5679"]
    assert crossrefapi.Journals().journal_exists("1234-5679")
    assert {w["DOI"] for w in crossrefapi.Journals().works("1234-5679")} == {RICH}
    assert {t["id"] for t in crossrefapi.Types().all()} >= {"book", "grant"}
    assert crossrefapi.Types().type("book")["label"] == "Book"
    assert {w["DOI"] for w in crossrefapi.Types().works("grant")} == {GRANT}
    assert crossrefapi.Prefixes().prefix("10.6666")["name"]
    assert {w["DOI"] for w in crossrefapi.Prefixes().works("10.6666")} == {PLAIN}


def test_crossref_commons_reads_iterates_and_samples(commons):
    retrieval = commons.retrieval
    assert retrieval.get_publication_as_json(ODD)["DOI"] == ODD
    with pytest.raises(ValueError, match="does not exist"):
        retrieval.get_publication_as_json("10.5555/nothing")
    assert retrieval.get_member_as_json("98")["id"] == 98
    found = commons.iteration.iterate_publications_as_json(
        filter={"type": "journal-article"}, queries={}, max_results=10
    )
    assert {item["DOI"] for item in found} == {RICH, NOTICE}
    sample = commons.sampling.get_sample_chunk(3, filter={}, queries={})
    assert len(sample) == 3
