"""Records that no strategy looks at are taken apart as they are read: nobody can tell."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from faults import flow
from faults.flow import author, context, croid_of, record, take_records, work
from nexus_hub.catalog.parts import Layout
from nexus_hub.vulcanus.bases import Answer
from nexus_hub.vulcanus.merge import Base, Patch, explain, merge
from nexus_hub.vulcanus.service import process
from nexus_hub.vulcanus.strategies import ARE_OFF

DAY = datetime(2026, 1, 1, tzinfo=UTC)
LICENCE = [{"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"}]
NAMES = ("DOI", "author", "reference", "license", "publisher", "volume")
LAYOUT = Layout(
    [("author", "author"), ("reference", "reference"), ("license", "*"), ("publisher", "*")]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
bodies = st.dictionaries(st.sampled_from(NAMES), values)


def base(body: dict[str, Any], name: str, rank: int, *, is_split: bool) -> Base:
    split = LAYOUT.split(body) if is_split else None
    return Base(name, name, "1", rank, 1, {} if split else body, DAY, split=split)


@given(bodies)
def test_what_is_taken_apart_is_joined_to_the_same(body: dict[str, Any]) -> None:
    assert LAYOUT.split(body).join() == body


@given(bodies, st.lists(bodies, max_size=1), st.booleans())
def test_merge_of_what_was_taken_apart_is_that_of_the_whole(
    body: dict[str, Any], others: list[dict[str, Any]], is_patched: bool
) -> None:
    patch = Patch(
        "p", "strategy:x", "1", "x", 40,
        [{"field": "volume", "action": "insert", "path": "/volume", "enrichedValue": "7"}],
        None, 0.9, DAY,
    )  # fmt: skip
    patches = [patch] if is_patched else []
    rest = [base(other, "crossref", 20, is_split=False) for other in others]
    apart = [base(body, "deposit", 30, is_split=True), *rest]
    whole = [base(body, "deposit", 30, is_split=False), *rest]
    assert merge("release", apart, patches).whole() == merge("release", whole, patches).body
    assert explain("release", apart, patches) == explain("release", whole, patches)


def test_record_has_the_same_content_whether_or_not_it_was_taken_apart(database, worker) -> None:
    records = [
        record("10.5555/long", author=[author("Ng", "Berlin")], reference=[{"DOI": "10.5555/x"}]),
        record("10.5555/short"),
        record("10.5555/licensed", license=LICENCE, publisher="P"),
    ]
    with database.connect(None) as owner:
        owner.execute("UPDATE vulcanus.strategy SET is_enabled = false")
    handed = context(database, worker)
    for expected in ("created", "unchanged"):
        take_records(worker, records)
        croids = [croid_of(worker, one["doi"]) for one in records]
        outcomes = process(handed, croids, "deposit")
        assert {outcome.result for outcome in outcomes} == {expected}
        assert handed.memory[ARE_OFF]
        handed.memory[ARE_OFF] = False
    found = flow.bodies(worker)
    assert found["10.5555/long"]["author"][0]["family"] == "Ng"


def test_strategy_that_is_on_though_taken_for_off_looks_at_the_whole_record(
    database, worker
) -> None:
    handed = context(database, worker)
    handed.memory[ARE_OFF] = True
    take_records(worker, [record("10.5555/open", license=LICENCE)])
    process(handed, [croid_of(worker, "10.5555/open")], "deposit")
    assert flow.bodies(worker)["10.5555/open"]["license"][0]["spdx"] == "CC-BY-4.0"
    assert not handed.memory[ARE_OFF]


def test_record_that_another_source_adds_to_is_merged_whole(database, worker) -> None:
    handed = context(database, worker)
    take_records(worker, [record("10.5555/both", license=LICENCE)])
    croid = croid_of(worker, "10.5555/both")
    process(handed, [croid], "deposit")
    handed.memory[ARE_OFF] = True
    told = json.dumps(work("10.5555/both", volume="7")).encode()
    process(handed, [croid], "enrichment", [Answer(croid, "crossref", "1", 20, told, DAY)])
    body = flow.bodies(worker)["10.5555/both"]
    assert body["volume"] == "7"
    assert body["license"][0]["URL"] == LICENCE[0]["URL"]
