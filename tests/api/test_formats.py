"""Formats over HTTP: negotiation, names, lists, pages, links, sitemaps."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_api.aquilo import exports
from nexus_api.aquilo.formats import ITEMS, LISTS, types_of
from nexus_api.aquilo.landing import marked
from nexus_api.aquilo.negotiation import choose, parse
from nexus_hub.aquilo import formats
from stories.hub import Hub, hub, record

__all__ = ["hub"]
DOI = "10.5555/a(b);c/"
WORK = f"/works/{DOI}"
BROWSERS = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7",
)
ACCEPTS = {
    "": "json",
    "*/*": "json",
    "application/*": "json",
    "text/*": "citation",
    "application/json, text/plain, */*": "json",
    **dict.fromkeys(BROWSERS, "html"),
    "application/vnd.citationstyles.csl+json;q=0.5, application/x-bibtex": "bibtex",
    "application/vnd.datacite.datacite+xml, application/vnd.citationstyles.csl+json;q=0.9": "csl",
    "application/rdf+xml;q=0.5, application/vnd.citationstyles.csl+json;q=1.0": "csl",
    "text/turtle, application/rdf+xml": "turtle",
    "*/*;q=0.1, application/json;q=0": "csl",
    'application/ld+json; profile="https://w3id.org/ro/crate"': "ro-crate",
    "application/ld+json": "schema-org",
    "APPLICATION/X-BIBTEX": "bibtex",
    "text/x-bibliography; style=apa": "citation",
    ",,nonsense,/, text/csv;q=x, application/x-research-info-systems": "ris",
}


class Head(HTMLParser):
    """The links, tags and JSON-LD of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, Any]] = []
        self.tags: list[tuple[Any, Any]] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        told = dict(attrs)
        if tag == "link":
            self.links.append(told)
        elif tag == "meta" and "name" in told:
            self.tags.append((told["name"], told["content"]))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)


@pytest.mark.parametrize("accept", ACCEPTS)
def test_the_format_is_the_one_that_real_clients_expect(accept: str) -> None:
    found = choose(accept, ITEMS, types_of)
    assert found is not None
    assert found[0].name == ACCEPTS[accept]


@given(st.text(max_size=200))
def test_any_text_is_read_as_an_accept(text: str) -> None:
    assert all(0 <= one.q <= 1 for one in parse(text))


@given(st.text("<>ib/su p&", max_size=60))
def test_a_title_is_balanced_html_whatever_it_holds(text: str) -> None:
    ElementTree.fromstring(f"<p>{marked(text)}</p>".encode())


def test_a_work_comes_in_every_format_by_each_of_its_names(hub: Hub) -> None:
    hub.deposit(record(DOI))
    for form in ITEMS:
        by_type = hub.client.get(WORK, headers={"accept": form.content_type})
        assert by_type.status_code == 200, form
        assert by_type.headers["content-type"].startswith(form.content_type)
        assert by_type.headers["vary"] == "Accept"
        assert 'rel="cite-as"' in by_type.headers["link"]
        for path in (f"{WORK}?format={form.name}", f"{WORK}/transform/{form.name}"):
            assert hub.client.get(path).content == by_type.content, path
        again = hub.client.get(
            WORK, headers={"accept": form.media_type, "if-none-match": by_type.headers["etag"]}
        )
        assert again.status_code == (200 if form.profile else 304)
    tags = {hub.client.get(f"{WORK}?format={form.name}").headers["etag"] for form in ITEMS}
    assert len(tags) == len(ITEMS)
    assert hub.client.head(f"{WORK}?format=turtle").status_code == 200


def test_a_citation_is_in_the_style_and_language_that_are_asked_for(hub: Hub) -> None:
    hub.deposit(record(DOI))
    path = f"{WORK}/transform/text/x-bibliography"
    apa = hub.client.get(path)
    assert apa.headers["content-type"] == "text/x-bibliography; charset=utf-8"
    assert apa.text.startswith("Lovelace, A. (2024). A light in the house.")
    german = hub.client.get(
        WORK, headers={"accept": 'text/x-bibliography; style="ieee"; locale=de'}
    )
    assert german.text == hub.client.get(f"{path}?style=ieee&locale=de").text
    assert german.text != apa.text
    assert german.headers["etag"] != apa.headers["etag"]
    for query, meant in {"style=natur": "nature", "locale=xx": "de-DE"}.items():
        refused = hub.client.get(f"{path}?{query}")
        assert refused.status_code == 400
        assert meant in refused.json()["detail"]


def test_a_format_there_is_not_is_refused_with_those_there_are(hub: Hub) -> None:
    hub.deposit(record(DOI))
    for path, headers in (
        (WORK, {"accept": "image/png"}),
        (f"{WORK}/transform/image/png", {}),
        (f"{WORK}?format=bibtx", {}),
        ("/works?format=bibtex", {}),
        ("/works", {"accept": "image/png"}),
    ):
        refused = hub.client.get(path, headers=headers)
        assert refused.status_code == 406, path
        offered = LISTS if path.startswith("/works?") or path == "/works" else ITEMS
        assert all(form.media_type in refused.json()["detail"] for form in offered)
    assert "did you mean bibtex" in hub.client.get(f"{WORK}?format=bibtx").json()["detail"]


def test_a_list_comes_as_lines_and_tables_page_by_page(hub: Hub) -> None:
    dois = [f"10.5555/{n}" for n in range(5)]
    hub.deposit(*(record(doi) for doi in dois))
    told = hub.get("/works?rows=3&cursor=*")["message"]
    first = hub.client.get("/works?rows=3&cursor=*&format=ndjson")
    assert first.headers["content-type"].startswith(formats.NDJSON)
    assert [json.loads(line) for line in first.text.splitlines()] == told["items"]
    assert 'rel="next"' in first.headers["link"]
    table = hub.client.get("/works?rows=3", headers={"accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert [row["doi"] for row in rows] == [item["DOI"] for item in told["items"]]
    frame = polars.read_parquet(io.BytesIO(hub.client.get("/works?format=parquet").content))
    assert sorted(frame["doi"]) == dois
    assert hub.client.get("/works?query=nothing-of-this&format=parquet").status_code == 200
    assert hub.client.head("/works?format=csv").headers["content-type"].startswith("text/csv")
    then = hub.client.get("/works?as-of=1&format=csv")
    assert len(list(csv.DictReader(io.StringIO(then.text, newline="")))) == 5


def test_all_that_is_selected_comes_in_one_answer_or_is_refused(hub: Hub, monkeypatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    dois = [f"10.5555/{n}" for n in range(5)]
    hub.deposit(*(record(doi) for doi in dois), record("10.5555/else", type="dataset"))
    selected = "/works?filter=type:journal-article&sort=published&export=true"
    lines = hub.client.get(f"{selected}&format=ndjson&select=DOI")
    assert lines.headers["x-nexus-total"] == "5"
    assert sorted(json.loads(line)["DOI"] for line in lines.text.splitlines()) == dois
    for path in (f"{selected}&format=csv", "/works?query=light+house&export=true&format=csv"):
        table = hub.client.get(path)
        rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
        assert sorted(row["doi"] for row in rows if row["doi"] != "10.5555/else") == dois
        assert len(rows) == int(table.headers["x-nexus-total"])
    frame = polars.read_parquet(io.BytesIO(hub.client.get(f"{selected}&format=parquet").content))
    assert sorted(frame["doi"]) == dois
    whole = hub.client.get("/works?export=true&format=ndjson")
    assert len(whole.text.splitlines()) == 6
    none = hub.client.get("/works?query=nothing-of-this&export=true&format=csv")
    assert none.text.startswith("doi,")
    for odd in ("&export=yes&format=csv", "&export=true", "&export=true&format=csv&rows=7"):
        assert hub.client.get(f"/works?query=light{odd}").status_code == 400, odd
    monkeypatch.setattr(exports, "MOST_EXPORTED", 4)
    refused = hub.client.get(f"{selected}&format=ndjson")
    assert (refused.status_code, refused.headers["x-nexus-total"]) == (400, "5")
    assert "at most 4" in refused.json()["detail"]


def test_a_browser_is_shown_a_page_that_machines_can_read(hub: Hub) -> None:
    title = 'The <i>E. coli</i> of </script><script>alert(1)</script> & "more"'
    hub.deposit(
        record(
            DOI,
            title=[title],
            license=[{"URL": "https://creativecommons.org/licenses/by/4.0/"}],
            link=[{"URL": "https://example.org/a.pdf", "content-type": "application/pdf"}],
            abstract="<jats:title>Abstract</jats:title><jats:p>One <jats:italic>x</jats:italic>"
            "</jats:p><jats:p>Two</jats:p>",
        )
    )
    shown = hub.client.get(WORK, headers={"accept": BROWSERS[0]})
    assert shown.headers["content-type"].startswith("text/html")
    assert "script-src" not in shown.headers["content-security-policy"]
    assert "<i>E. coli</i>" in shown.text
    assert "<p>One x</p>" in shown.text
    assert "alert(1)</script>" not in shown.text
    head = Head()
    head.feed(shown.text)
    tags = dict(head.tags)
    assert tags["citation_doi"] == DOI
    assert tags["citation_author"] == "Ada Lovelace"
    assert tags["citation_pdf_url"] == "https://example.org/a.pdf"
    assert tags["citation_publication_date"].startswith("2024")
    (work,) = (json.loads(script) for script in head.scripts)
    assert work == hub.get(f"{WORK}?format=schema-org")
    rels = {link["rel"] for link in head.links}
    assert {"canonical", "cite-as", "describedby", "linkset", "license"} <= rels
    then = hub.client.get(f"{WORK}?as-of=1", headers={"accept": BROWSERS[0]})
    assert "as it was at 1" in then.text


def test_a_link_set_says_everything_twice(hub: Hub) -> None:
    told = hub.deposit(record(DOI, author=[{"family": "L", "ORCID": "0000-0002-1825-0097"}]))
    croid = told["records"][0]["croid"]
    answer = hub.client.get(f"/linkset/{croid}")
    assert answer.headers["content-type"] == "application/linkset+json"
    (page, *_) = answer.json()["linkset"]
    assert page["cite-as"] == [{"href": "https://doi.org/10.5555/a(b);c/"}]
    assert page["author"] == [{"href": "https://orcid.org/0000-0002-1825-0097"}]
    assert len(page["describedby"]) == len(ITEMS) - 1
    for one in page["describedby"]:
        described = hub.client.get(one["href"].removeprefix("http://testserver.local"))
        assert described.status_code == 200, one
        assert described.headers["content-type"].startswith(one["type"])
    text = hub.client.get(f"/linkset/{croid}", headers={"accept": "application/linkset"})
    assert text.headers["content-type"] == "application/linkset"
    links = sum(len(one[rel]) for one in answer.json()["linkset"] for rel in one if rel != "anchor")
    assert text.text.count("anchor=") == links
    assert hub.client.get(f"{WORK}/linkset").content == answer.content
    assert hub.client.get(f"/linkset/{croid}", headers={"accept": "image/png"}).status_code == 406
    assert hub.client.get("/linkset/00000000000000000000000001").status_code == 404
    again = hub.client.get(f"/linkset/{croid}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_links_of_endless_records_stay_in_the_link_set(hub: Hub) -> None:
    people = [{"family": "L", "ORCID": f"0000-0002-1825-{n:04}"} for n in range(500)]
    hub.deposit(record(DOI, author=people))
    link = hub.client.get(WORK).headers["link"]
    assert len(link) < 4_000
    assert 'rel="linkset"' in link
    assert 'rel="cite-as"' in link
    (page, *_) = hub.client.get(f"{WORK}/linkset").json()["linkset"]
    assert len(page["author"]) == 500


def test_sitemaps_lead_to_every_work(hub: Hub) -> None:
    hub.deposit(record(DOI), record("10.5555/b"))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(hub.client.get("/sitemap.xml").content)
    (where,) = (one.text for one in index.iter(f"{space}loc"))
    assert next(index.iter(f"{space}lastmod")).text
    path = str(where).removeprefix("http://testserver.local")
    page = ElementTree.fromstring(hub.client.get(path).content)
    found = [
        str(one.text).removeprefix("http://testserver.local") for one in page.iter(f"{space}loc")
    ]
    assert len(found) == len(list(page.iter(f"{space}lastmod"))) == 2
    told = {hub.get(one)["message"]["DOI"] for one in found}
    assert told == {DOI, "10.5555/b"}
    head = hub.client.head(path)
    assert head.status_code == 200
    tag = {"if-none-match": head.headers["etag"]}
    assert hub.client.get(path, headers=tag).status_code == 304
    assert hub.client.get("/sitemaps/nothing").status_code == 404
    assert "/sitemap.xml" in hub.client.get("/robots.txt").text


def test_sitemaps_are_cut_into_pages(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nexus_api.aquilo.sitemaps.PAGE", 2)
    hub.deposit(*(record(f"10.5555/{n}") for n in range(5)))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(hub.client.get("/sitemap.xml").content)
    pages = [str(one.text) for one in index.iter(f"{space}loc")]
    assert len(pages) == 3
    found = []
    for page in pages:
        told = ElementTree.fromstring(
            hub.client.get(page.removeprefix("http://testserver.local")).content
        )
        found += [one.text for one in told.iter(f"{space}loc")]
    assert len(found) == len(set(found)) == 5


def test_a_name_at_the_root_leads_to_the_format_that_is_wanted(hub: Hub) -> None:
    hub.deposit(record("10.5555/b"))
    for accept, where in {
        "application/vnd.citationstyles.csl+json": "/works/10.5555%2Fb/transform/csl",
        "text/x-bibliography; style=apa; locale=de": "/works/10.5555%2Fb/transform/citation"
        "?style=apa&locale=de",
        "application/json": "/works/10.5555%2Fb",
        BROWSERS[0]: "https://example.org/10.5555/b",
        "": "https://example.org/10.5555/b",
    }.items():
        answer = hub.client.get("/10.5555/b", headers={"accept": accept}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (302, where), accept
    followed = hub.client.get("/10.5555/b", headers={"accept": "text/x-bibliography; style=ieee"})
    assert followed.text.startswith("[1] A. Lovelace")
