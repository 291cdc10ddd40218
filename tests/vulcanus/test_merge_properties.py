"""Laws of the fold, on layers nobody thought of."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.difference import difference
from nexus_hub.vulcanus.merge import Base, Patch, explain, merge
from nexus_hub.vulcanus.patch import look_up, parse_pointer, same
from nexus_hub.vulcanus.policy import BaseRank, PatchRank

START = datetime(2026, 1, 1, tzinfo=UTC)
FIELDS = ["title", "subject", "ISSN", "volume", "relation", "author", "DOI"]

names = st.sampled_from(["a", "b", "c", "A"])
scalars = st.one_of(names, st.integers(0, 3), st.booleans(), st.none())
subjects = st.lists(names, max_size=4)
people = st.lists(
    st.fixed_dictionaries(
        {"family": names}, optional={"ORCID": names, "affiliation": st.lists(names, max_size=2)}
    ),
    max_size=3,
)
bodies = st.fixed_dictionaries(
    {},
    optional={
        "DOI": names,
        "title": subjects,
        "subject": subjects,
        "ISSN": subjects,
        "volume": scalars,
        "relation": st.dictionaries(st.sampled_from(["has-part", "is-part-of"]), subjects),
        "author": people,
    },
)
paths = st.sampled_from(
    [
        "/title",
        "/title/0",
        "/subject",
        "/subject/0",
        "/subject/-",
        "/volume",
        "/author",
        "/author/0",
        "/author/0/family",
        "/author/1/ORCID",
        "/author/0/affiliation",
        "/relation/has-part",
        "/nexus/deep/er",
        "/DOI",
        "",
        "bad",
        "/a~9",
        "/title/x/0",
        "/subject/²",
        "/nexus/-/0",
    ]
)
elements = st.fixed_dictionaries(
    {
        "field": st.just("any"),
        "action": st.sampled_from(
            ["insert", "update", "insertChild", "updateChild", "deleteChild", "explode"]
        ),
        "path": paths,
        "originalValue": st.one_of(scalars, subjects, people),
        "enrichedValue": st.one_of(scalars, subjects, people, st.just({"family": "z"})),
    }
)
days = st.integers(0, 5).map(lambda number: START + timedelta(days=number))
retirement = st.one_of(st.none(), st.none(), st.none(), st.just(START))


@st.composite
def aimed(draw: st.DrawFn, body: dict[str, Any]) -> dict[str, Any]:
    """An element whose original value is often the one that stands."""
    made = dict(draw(elements))
    if draw(st.booleans()):
        try:
            value = look_up(body, parse_pointer(made["path"]))
        except ValueError:
            return made
        made["originalValue"] = copy.deepcopy(value) if not same(value, None) else None
    return made


@st.composite
def layers(draw: st.DrawFn) -> tuple[list[Base], list[Patch]]:
    """At least five layers: bases, a retired one, strategies and an editor's."""
    ranks = st.sampled_from([rank.value for rank in BaseRank])
    bases = [
        Base(
            f"base-{number}",
            draw(st.sampled_from(["deposit", "crossref", "datacite"])),
            "1",
            draw(ranks),
            draw(st.one_of(st.integers(0, 3), st.just("x"))),
            draw(bodies),
            draw(days),
            draw(retirement),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    body = merge("release", bases).body
    patches = [
        Patch(
            f"patch-{number}",
            f"editor:{number}" if editor else "vulcanus",
            "1",
            None if editor else f"strategy-{number}",
            PatchRank.EDITOR if editor else PatchRank.STRATEGY,
            draw(st.lists(aimed(body), max_size=4)),
            None,
            0.5,
            draw(days),
            draw(retirement),
        )
        for number, editor in enumerate([True, False, False, *draw(st.lists(st.booleans()))][:5])
    ]
    dead = Patch(
        "dead", "vulcanus", "1", "dead", 10, draw(st.lists(aimed(body))), None, 1.0, START, START
    )
    return bases, [*patches, dead]


@given(layers(), st.randoms(use_true_random=False))
def test_the_same_layers_in_any_order_give_the_same_bytes_and_the_same_reasons(given_layers, dice):
    bases, patches = given_layers
    before = copy.deepcopy(given_layers)
    first = merge("release", bases, patches)
    reasons = explain("release", bases, patches)
    dice.shuffle(bases)
    dice.shuffle(patches)
    second = merge("release", bases, patches)
    assert orjson.dumps(first.body) == orjson.dumps(second.body)
    assert first.skipped == second.skipped
    assert first.layers == second.layers
    assert reasons == explain("release", bases, patches)
    assert sorted(map(repr, before[0])) == sorted(map(repr, bases))
    assert sorted(map(repr, before[1])) == sorted(map(repr, patches))


@given(layers())
def test_a_retired_layer_changes_nothing(given_layers):
    bases, patches = given_layers
    live = [patch for patch in patches if patch.retired_at is None]
    heard = [base for base in bases if base.retired_at is None]
    assert merge("release", bases, patches) == merge("release", heard, live)


@given(layers())
def test_a_layer_heard_twice_is_heard_once(given_layers):
    bases, _ = given_layers
    assert merge("release", [*bases, *bases]) == merge("release", bases)


@given(bodies, bodies, bodies)
def test_bases_may_be_folded_in_steps(first, second, third):
    def base(number: int, body: dict[str, Any]) -> Base:
        return Base(f"b{number}", f"s{number}", "1", 100 - number, 1, body, START)

    whole = merge("release", [base(1, first), base(2, second), base(3, third)]).body
    left = merge("release", [base(1, first), base(2, second)]).body
    right = merge("release", [base(2, second), base(3, third)]).body
    assert merge("release", [base(1, left), base(3, third)]).body == whole
    assert merge("release", [base(1, first), base(2, right)]).body == whole


@given(layers())
def test_reasons_tell_the_truth_about_the_merged_record(given_layers):
    bases, patches = given_layers
    body = merge("release", bases, patches).body
    found = explain("release", bases, patches)
    for item in found:
        value = look_up(body, parse_pointer(item.pointer))
        assert item.value is None or same(item.value, value)
    told = {parse_pointer(item.pointer)[0] for item in found}
    assert told >= set(body)


@given(bodies, bodies)
def test_an_editors_difference_leads_to_what_the_editor_wrote(before, after):
    base = Base("b", "deposit", "1", 30, 1, before, START)
    patch = Patch(
        "e", "editor:1", "1", None, PatchRank.EDITOR, difference(before, after), None, 1.0, START
    )
    merged = merge("release", [base], [patch])
    assert same(merged.body, after)
    assert merged.skipped == ()


@given(layers(), bodies)
def test_no_merge_undoes_the_last_editor(given_layers, wanted):
    """An edit of the merged record holds while the other layers stay as they are.

    A strategy that found no place before may fill what the editor left empty in what he added.
    """
    bases, patches = given_layers
    seen = merge("release", bases, patches).body
    edit = Patch(
        "last",
        "editor:last",
        "1",
        None,
        PatchRank.EDITOR,
        difference(seen, wanted),
        None,
        1.0,
        START + timedelta(days=99),
    )
    edited = merge("release", bases, [*patches, edit])
    for name, value in wanted.items():
        if same(seen.get(name), value):
            continue
        assert holds(edited.body.get(name), value)


def holds(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(holds(found.get(k), v) for k, v in wanted.items())
    if isinstance(wanted, list):
        return (
            isinstance(found, list) and len(found) >= len(wanted) and all(map(holds, found, wanted))
        )
    return same(found, wanted)


@given(bodies, names, names)
def test_an_edit_holds_when_the_strategy_it_corrected_is_switched_off(body, guess, truth):
    body = {**body, "volume": "owner"}
    base = Base("b", "deposit", "1", 30, 1, body, START)
    enriched = [{"action": "update", "path": "/volume", "originalValue": "owner"}]
    live = Patch(
        "s", "v", "1", "s", 10, [{**enriched[0], "enrichedValue": guess}], None, 1.0, START
    )
    seen = merge("release", [base], [live]).body
    elements = difference(seen, {**seen, "volume": truth}, body)
    edit = Patch("e", "editor:1", "1", None, PatchRank.EDITOR, elements, None, 1.0, START)
    if guess != truth:
        assert merge("release", [base], [live, edit]).body["volume"] == truth
        assert merge("release", [base], [edit]).body["volume"] == truth
