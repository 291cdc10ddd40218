"""Every filter selects the work it is meant for and leaves out the one it is not; facets, sorts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from aquilo.filter_records import (
    GRANT,
    GRANT_METADATA,
    NOTICE,
    NOTICE_METADATA,
    PLAIN,
    PLAIN_METADATA,
    RICH,
    RICH_METADATA,
    SELECTING,
)
from nexus_hub.aquilo import composition
from nexus_hub.aquilo.registry import FACETS, FILTERS, QUERY_FIELDS, SELECT_FIELDS, SORTS
from nexus_hub.aquilo.selection import Selection, read_filters
from serving import serving
from stories.hub import OXFORD, Hub

FLAGS = {name: ("true", RICH) for name in FILTERS if FILTERS[name].takes == "flag"}
CASES = FLAGS | SELECTING
STATES = """
UPDATE aquilo.document
SET created_at = '2001-01-01', deposited_at = '2001-01-01', indexed_at = '2001-01-01'
WHERE terms @> '{doi=10.6666/plain}';
INSERT INTO nauvis.handle (croid, doi, alias_of)
SELECT p.croid, p.doi, r.croid FROM catalog.release AS p, catalog.release AS r
WHERE p.doi = '10.6666/plain' AND r.doi = '10.5555/rich';
INSERT INTO fulgora.release (source, release_no, label, state, completed_at)
VALUES ('doaj', 1, 'one', 'complete', now());
INSERT INTO fulgora.record (source, key, valid_from_release, row_hash, record)
VALUES ('doaj', '1234-5679', 1, '', '');
INSERT INTO fulgora.statement (source, key, valid_from_release, n, scheme, value, role)
VALUES ('doaj', '1234-5679', 1, 1, 'issn', '1234-5679', 'listed');
DELETE FROM vulcanus.layer;
INSERT INTO vulcanus.run (reason, object_count) VALUES ('test', 1);
INSERT INTO vulcanus.layer (
  croid, run_id, source, source_version, strategy, inputs_index, input_hash, patch, evidence,
  confidence
)
SELECT r.croid, n.run_id, 'strategy:affiliation-ror', 'old', 'affiliation-ror', 0, '', '[{}]', '{}',
  1
FROM catalog.release AS r, vulcanus.run AS n WHERE r.doi = '10.5555/rich' AND n.reason = 'test';
"""


@pytest.fixture(scope="module")
def hub(shared_database) -> Iterator[Hub]:
    with serving(shared_database.settings) as client:
        hub = Hub(client, shared_database.settings, shared_database)
        fundref = {"type": "fundref", "preferred": "100000001", "all": ["100000001"]}
        hub.organisations(OXFORD | {"external_ids": [fundref]})
        works = [(RICH, RICH_METADATA), (PLAIN, PLAIN_METADATA), (GRANT, GRANT_METADATA)]
        hub.deposit(*map(_record, works))
        hub.deposit(_record((NOTICE, NOTICE_METADATA)))
        with shared_database.connect(role=None) as connection:
            connection.execute(STATES)
        yield hub


def _record(work: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    doi, metadata = work
    return {"doi": doi, "resource": {"primary": "https://example.org"}, "metadata": metadata}


def ask(hub: Hub, **parameters: Any) -> dict[str, Any]:
    query = "&".join(f"{name.replace('__', '.')}={quote(str(v))}" for name, v in parameters.items())
    return hub.get(f"/works?{query}")["message"]


def dois(hub: Hub, **parameters: Any) -> list[str]:
    message = ask(hub, **({"rows": 100} | parameters))
    found = [item["DOI"] for item in message["items"]]
    assert message["total-results"] == len(found)
    return found


def test_every_filter_has_its_case():
    assert CASES.keys() == FILTERS.keys()


@pytest.mark.parametrize("name", CASES)
def test_a_filter_selects_what_it_is_meant_for_and_nothing_else(hub: Hub, name: str):
    value, wanted = CASES[name]
    if value == "INDEX":
        croid = hub.client.get(f"/works/{PLAIN}").headers["x-nexus-croid"]
        value = hub.get(f"/cro/{croid}")["index"]
    unwanted = RICH if wanted in {PLAIN, NOTICE} else PLAIN
    found = dois(hub, filter=f"{name}:{value}")
    assert wanted in found
    assert unwanted not in found
    assert dois(hub, filter=f"{name.replace('.', '-')}:{value}") == found
    if FILTERS[name].takes == "flag":
        rest = dois(hub, filter=f"{name}:false")
        assert sorted(found + rest) == sorted([RICH, PLAIN, NOTICE, GRANT])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("license.url:http://creativecommons.org/licenses/by/4.0/,license.version:vor", [RICH]),
        ("license.url:http://creativecommons.org/licenses/by/4.0/,license.version:tdm", []),
        ("license.delay:3,license.version:vor", [RICH]),
        ("license.delay:3,license.version:tdm", []),
        ("license.delay:3,license.delay:900,license.version:tdm", [RICH]),
        ("full-text.type:application/pdf,full-text.version:vor", [RICH]),
        ("full-text.type:application/pdf,full-text.version:am", []),
        (
            "full-text.type:text/xml,full-text.version:am,full-text.application:similarity-checking",
            [RICH],
        ),
        ("full-text.type:text/xml,full-text.version:am,full-text.application:text-mining", []),
        ("award.number:EF-1,award.funder:100000001", [RICH]),
        ("award.number:EF-1,award.funder:501100000780", []),
        ("award.number:EF-1,award.number:C-2,award.funder:501100000780", [RICH]),
        ("relation.type:cites,relation.object-type:issn", [RICH]),
        ("relation.type:cites,relation.object:10.7777/later", []),
        ("gte-award-amount:4000,lte-award-amount:6000", [GRANT]),
        ("gte-award-amount:4000,lte-award-amount:4500", []),
        ("type:book,type:grant", [PLAIN, GRANT]),
        ("type:book,has-orcid:true", []),
        ("has-orcid:true,has-orcid:false", [RICH, PLAIN, GRANT, NOTICE]),
        ("until-pub-date:1990-01,until-pub-date:1990-12", [PLAIN]),
    ],
)
def test_filters_of_a_name_are_alternatives_and_dotted_ones_bind_the_same(
    hub: Hub, text: str, found: list[str]
):
    assert sorted(dois(hub, filter=text)) == sorted(found)


WORDS = {
    "affiliation": "oxford",
    "author": "lovelac*",
    "bibliographic": "galaxy lovelace 2020 12345679",
    "chair": "chairman",
    "container-title": "dark journal",
    "contributor": "translatov lovelace",
    "degree": "philosophy",
    "description": "rich",
    "editor": "ediger",
    "event-acronym": "coli",
    "event-location": "paris",
    "event-name": "conference",
    "event-sponsor": "makers",
    "event-theme": "lamps",
    "funder-name": "foundation",
    "publisher-location": "chichester",
    "publisher-name": "rich",
    "standards-body-acronym": "bsi",
    "standards-body-name": "british",
    "title": "galaxies",
    "translator": "translatov",
}


def test_every_field_is_searched(hub: Hub):
    assert WORDS.keys() == QUERY_FIELDS.keys()
    for name, words in WORDS.items():
        if name == "bibliographic":
            words = "galaxy lovelace 2020 1234-5679"
        assert RICH in dois(hub, **{f"query.{name}": words}), name
        assert dois(hub, **{f"query.{name}": f"{words} nothingofit"}) == [] or name in {
            "bibliographic",
            "title",
        }, name


def test_every_facet_counts_and_every_sort_and_select_is_answered(hub: Hub):
    for name in FACETS:
        told = ask(hub, facet=f"{name}:*", rows=0)["facets"][name]
        assert told["value-count"] == len(told["values"]) >= 1, name
        assert all(count >= 1 for count in told["values"].values())
    facets = ask(hub, facet="type-name:1,publisher-name", rows=0)["facets"]
    assert facets["type-name"] == {"value-count": 1, "values": {"Journal Article": 2}}
    assert list(facets["publisher-name"]["values"]) == [
        "Example Foundation", "Notices", "Plain Press", "Rich Press",
    ]  # fmt: skip
    for name in SORTS:
        assert len(dois(hub, sort=name, order="asc")) == 4, name
    assert dois(hub, sort="issued")[:2] == [NOTICE, RICH]
    assert dois(hub, sort="issued", order="asc")[-1] == NOTICE
    for name in SELECT_FIELDS:
        items = ask(hub, select=name, rows=4)["items"]
        assert all(item.keys() <= {name} for item in items), name
    (item,) = ask(hub, select="DOI,updated-by,score", filter=f"doi:{RICH}")["items"]
    assert item["updated-by"][0]["DOI"] == NOTICE


def test_pages_of_every_order_tell_each_work_once(hub: Hub):
    for sort, order in itertools.product(SORTS, ("asc", "desc")):
        for asked in ("", "&query=press", "&filter=has-abstract:false"):
            path = f"/works?rows=1&sort={sort}&order={order}{asked}"
            found, cursor = [], "*"
            while True:
                answer = hub.client.get(f"{path}&cursor={cursor}")
                message = answer.json()["message"]
                if not message["items"]:
                    break
                found.append(message["items"][0]["DOI"])
                cursor = message["next-cursor"]
                assert f"sort={sort}" in answer.headers["link"]
            assert message["next-cursor"] is None
            assert len(found) == len(set(found)) == message["total-results"], path


def test_what_cannot_be_read_is_told_with_what_was_meant(hub: Hub):
    for query, told in {
        "filter=has-orcld:true": "did you mean has-orcid",
        "filter=has-orcid:maybe": "true or false",
        "filter=has-orcid": "a filter there is",
        "filter=from-pub-date:2020-13": "a date",
        "filter=from-pub-date:2020-02-30": "a date",
        "filter=orcid:12": "an ORCID iD",
        "filter=type:": "some text",
        "filter=missing-enrichment:rorr": "affiliation-ror",
        "filter=license.delay:-1": "a whole number",
        "facet=type-nam:*": "did you mean type-name",
        "facet=issn:1001": "from 1 to 1000",
        "sort=pubished": "did you mean published",
        "select=DIO": "a member there is",
        "order=up": "asc or desc",
        "sample=101": "from 1 to 100",
        "sample=5&cursor=*": "no offset and no cursor",
        "query.auhtor=x": "did you mean query.author",
    }.items():
        answer = hub.client.get(f"/works?{query}")
        assert answer.status_code == 400, query
        assert told in answer.json()["detail"], query
        assert answer.json()["message"][0]["parameter"], query


def test_text_of_all_kinds_is_bound_and_never_run(hub: Hub):
    for odd in ("'; DROP TABLE x;--", "%s %(p0)s", "{terms}", "\\", '"', "a\u2028b", "((|&!", "*"):
        for name in ("query", "query.author", "query.title", "facet", "sort", "select"):
            assert hub.client.get("/works", params={name: odd}).status_code in {200, 400}, (
                name,
                odd,
            )
    for name in FILTERS:
        answer = hub.client.get("/works", params={"filter": f"{name}:';%s%(p0)s{{terms}}\\"})
        assert answer.status_code in {200, 400}, name


def test_every_fragment_and_each_two_of_them_are_statements(hub: Hub):
    values = {name: read_filters(f"{name}:{FILTERS[name].example}")[name] for name in FILTERS}
    pairs = [*((name,) for name in FILTERS), *itertools.combinations(sorted(FILTERS), 2)]
    with hub.database.connect(role="nexus_api") as connection:
        for n, names in enumerate(pairs):
            selection = Selection(filters={name: values[name] for name in names})
            statement = composition.count(selection)
            # Explained rather than run: what cannot be prepared fails here as well.
            connection.execute(
                composition.explained(statement).text.encode(), statement.parameters, prepare=False
            )
            if n % 500 == 0:
                connection.rollback()


def test_a_sample_is_drawn_of_what_is_selected(hub: Hub):
    items = ask(hub, sample=100, filter="type:book,type:grant")["items"]
    assert sorted(item["DOI"] for item in items) == [GRANT, PLAIN]
    assert len(ask(hub, sample=2)["items"]) == 2


def test_a_mistyped_title_is_found_and_an_identifier_first(hub: Hub):
    assert dois(hub, query="Galxies in the huose")[0] == RICH
    assert dois(hub, query="Galaxis") == [RICH]
    for typed in (RICH, "https://orcid.org/0000-0002-1825-0097", "1234-5679", "ror.org/052gg0110"):
        message = ask(hub, query=typed)
        assert (message["items"][0]["DOI"], message["items"][0]["score"]) == (RICH, 1.0), typed


ALIKE = """
INSERT INTO aquilo.document (croid, search, title)
SELECT uuidv7(), to_tsvector('simple', 'galaxies of a house'), 'galaxies of a house'
FROM generate_series(1, 50)
"""
CALLS = "SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = 'relax_query'"


def test_words_are_relaxed_for_a_statement_and_not_for_each_work_it_finds(hub: Hub):
    statement = composition.page(Selection(words="galaxies houses house"), 100, way="most")
    with hub.database.connect(role=None) as connection:
        connection.execute("SET LOCAL track_functions = 'all'")
        connection.execute(ALIKE)
        found = connection.execute(statement.text.encode(), statement.parameters, prepare=False)
        assert len(found.fetchall()) >= 50
        [(calls,)] = connection.execute(CALLS).fetchall()
        assert calls < 10
        connection.rollback()
