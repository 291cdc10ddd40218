"""A strategy is switched off and on again: records and what is made of them follow both ways."""

from __future__ import annotations

from typing import Any

import pytest

from faults import flow
from nexus_hub.fulgora import service as fulgora
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
TITLE = "On the curing of herring with coarse salt"
PEOPLE = [{"family": "Vega", "given": "Ana"}, {"family": "Ng", "given": "Li"}]
PLACE = {"author": PEOPLE, "container-title": ["Brine"], "volume": "3", "page": "7-9"}
CITED = "Vega A, Ng L. On the curing of herring with coarse salt. Brine. 2024;3:7-9."
RETRACTIONS = (
    "Record ID,Title,OriginalPaperDOI,RetractionDOI,RetractionNature,RetractionDate,Reason,"
    "OriginalPaperDate\n"
    "1,On the curing,10.5555/article,10.5555/notice,Retraction,3/9/2024 0:00,+Brine;,\n"
)
DOWNSTREAM = {
    "documents": "SELECT croid, terms, search::text, fields::text, reference_count"
    " FROM aquilo.document ORDER BY croid",
    "relations": "SELECT subject_croid, relation_type, object_key, by_subject, by_object, by_nexus"
    " FROM nexus.relation WHERE is_current ORDER BY 1, 2, 3",
    "cited": "SELECT croid, cited_by_count FROM aquilo.cited ORDER BY croid",
    "notices": "SELECT croid, doi, update_type, source FROM aquilo.notice ORDER BY croid, doi",
    "told": "SELECT original_doi, notice_doi, update_type, source FROM aquilo.told_update"
    " ORDER BY 1, 2, 3, 4",
    "affiliations": "SELECT croid, ror, organisation_croid, asserted_by FROM catalog.affiliation"
    " ORDER BY croid, ror",
}


@pytest.fixture
def filled(hub: Hub) -> Hub:
    """A hub in which every strategy has something to say."""
    hub.organisations(OXFORD)
    reference = {"key": "1", "unstructured": CITED}
    hub.deposit(
        record("10.5555/article", title=[TITLE], **PLACE),
        record("10.5555/preprint", type="posted-content", title=[TITLE], author=PEOPLE),
        record("10.5555/citing", title=["On brine"], reference=[reference]),
        record("10.5555/notice", title=["Retraction"]),
    )
    path = hub.settings.home / "rw.csv"
    path.write_text(RETRACTIONS)
    with hub.database.connect() as connection:
        connection.autocommit = True
        fulgora.load(connection, "retraction-watch", str(path))
    hub.work()
    return hub


def state(hub: Hub) -> dict[str, Any]:
    with hub.database.connect(None) as owner:
        found = {name: owner.execute(query).fetchall() for name, query in DOWNSTREAM.items()}
        return found | {"contents": flow.contents(owner)}


def said_by(hub: Hub, strategy: str) -> set[tuple[str, str]]:
    """The values that a strategy has in the records now, as their provenance tells."""
    query = "SELECT croid::text, pointer FROM nexus.provenance"
    query += " WHERE kind = 'release' AND strategy = %s AND superseded_index IS NULL"
    with hub.database.connect("nexus_dba") as connection:
        return set(connection.execute(query, [strategy]).fetchall())


def switch(hub: Hub, strategy: str, *, is_on: bool) -> int:
    """Switch it with the one UPDATE, let the workers follow, and give the newest index."""
    with hub.database.connect(None) as owner:
        owner.execute(
            "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = %s", [is_on, strategy]
        )
    hub.work()
    return int(hub.client.get("/changes").headers["x-nexus-index"])


@pytest.mark.parametrize(
    ("strategy", "follow"),
    [
        ("affiliation-ror", {"contents", "documents", "relations", "affiliations"}),
        ("reference-doi", {"contents", "relations", "cited"}),
        ("update-notice", {"contents", "documents", "relations", "notices", "told"}),
        ("release-work", {"contents"}),
    ],
)
def test_all_that_a_strategy_made_goes_with_it_and_comes_back(
    filled: Hub, strategy: str, follow: set[str]
) -> None:
    before, said = state(filled), said_by(filled, strategy)
    assert said
    index = int(filled.client.get("/changes").headers["x-nexus-index"])

    off = switch(filled, strategy, is_on=False)
    without = state(filled)
    assert said_by(filled, strategy) == set()
    assert off > index
    changed = filled.get(f"/changes?after={index}&limit=1000")["items"]
    assert {item["croid"] for item in changed}
    differing = {name for name in before if without[name] != before[name]}
    assert differing >= follow

    on = switch(filled, strategy, is_on=True)
    again = state(filled)
    assert said_by(filled, strategy) == said
    assert on > off
    for name, rows in before.items():
        assert again[name] == rows, name
