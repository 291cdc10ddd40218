"""The client signposting and extruct, as they are, find their way from a work here."""

from __future__ import annotations

import warnings
from typing import Any

import httpx
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import extruct
    import signposting

from nexus_hub.cli.rooms import consumers
from nexus_hub.platform.queues import Worker

DOI = "10.5555/ABC(1)<2>;3"
ORCID = "https://orcid.org/0000-0002-1825-0097"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PDF = "https://example.org/abc.pdf"
CITE_AS = "https://doi.org/10.5555/abc(1)%3C2%3E;3"

pytestmark = pytest.mark.filterwarnings("ignore")
"""The clients warn of themselves."""


@pytest.fixture(scope="module")
def work(service, shared_database) -> str:
    """The URL of a work that has everything that is linked."""
    metadata = {
        "type": "journal-article",
        "title": ["On <i>signs</i>"],
        "author": [{"family": "Lovelace", "given": "Ada", "ORCID": ORCID}],
        "license": [{"URL": LICENCE}],
        "link": [{"URL": PDF, "content-type": "application/pdf"}],
        "issued": {"date-parts": [[2024, 5]]},
    }
    record = {"doi": DOI, "resource": {"primary": "https://example.org/"}, "metadata": metadata}
    answer = httpx.post(f"{service}/deposits", json={"records": [record]}, timeout=60)
    assert answer.status_code == 202, answer.text
    Worker(shared_database.settings, consumers([])).run(drain=True)
    return f"{service}/works/10.5555%2Fabc(1)%3C2%3E;3"


def check(found: Any, *, is_whole: bool = True) -> None:
    """Fails where what was found is not what was deposited."""
    assert found.citeAs.target == CITE_AS
    assert "text/turtle" in {one.type for one in found.describedBy}
    assert found.license.target == LICENCE
    if is_whole:
        assert {one.target for one in found.types} >= {"https://schema.org/ScholarlyArticle"}
        assert {one.target for one in found.authors} == {ORCID}
        assert {(one.target, one.type) for one in found.items} == {(PDF, "application/pdf")}


def test_the_header_the_page_and_both_link_sets_say_the_same(work):
    by_header = signposting.find_signposting_http(work)
    check(by_header)
    check(signposting.find_signposting_html(work), is_whole=False)
    linksets = {one.type: one.target for one in by_header.linksets}
    assert set(linksets) == {"application/linkset", "application/linkset+json"}
    for media_type, url in linksets.items():
        check(signposting.find_signposting_linkset(url, media_type).for_context(work))


def test_what_describes_a_work_is_there_in_the_type_it_is_said_to_have(work):
    for one in signposting.find_signposting_http(work).describedBy:
        answer = httpx.get(one.target, timeout=30)
        assert answer.status_code == 200, one
        assert answer.headers["content-type"].startswith(one.type)
        assert f'<{CITE_AS}>; rel="cite-as"' in answer.headers["link"]


def test_search_engines_read_the_work_off_its_page(work):
    html = httpx.get(work, headers={"accept": "text/html"}, timeout=30).text
    (told,) = extruct.extract(html, base_url=work, syntaxes=["json-ld"])["json-ld"]
    assert told["@id"] == CITE_AS
    assert told["name"] == "On signs"
    assert told["author"][0]["@id"] == ORCID
