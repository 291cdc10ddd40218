"""The fold of layers: who wins, what is skipped, and that order of arrival never matters."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from nexus_hub.vulcanus.merge import Base, Patch, explain, merge
from nexus_hub.vulcanus.policy import BaseRank, PatchRank

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return NEW_YEAR + timedelta(days=number)


def deposit(body: dict[str, Any], layer_id: str = "deposit-1", **changes: Any) -> Base:
    given: dict[str, Any] = {
        "layer_id": layer_id,
        "source": "deposit",
        "source_version": "1",
        "rank": BaseRank.DEPOSIT,
        "version": 1,
        "body": body,
        "asserted_at": day(0),
    }
    return Base(**{**given, **changes})


def registry(body: dict[str, Any], source: str = "crossref", **changes: Any) -> Base:
    given = {"layer_id": "crossref-1", "source": source, "rank": BaseRank.REGISTRY_OF_RECORD}
    return deposit(body, **{**given, **changes})


def strategy(*elements: Any, name: str = "affiliation-ror", **changes: Any) -> Patch:
    given: dict[str, Any] = {
        "layer_id": f"{name}-1",
        "source": "vulcanus",
        "source_version": "2.5",
        "strategy": name,
        "rank": PatchRank.STRATEGY,
        "elements": elements,
        "evidence": {"why": name},
        "confidence": 0.9,
        "asserted_at": day(1),
    }
    return Patch(**{**given, **changes})


def editor(*elements: Any, who: str = "ann", **changes: Any) -> Patch:
    given: dict[str, Any] = {
        "layer_id": f"editor-{who}",
        "source": f"editor:{who}",
        "source_version": "1",
        "strategy": None,
        "rank": PatchRank.EDITOR,
        "confidence": 1.0,
        "evidence": None,
        "asserted_at": day(2),
    }
    return strategy(*elements, **{**given, **changes})


def element(action: str, path: str, original: Any, enriched: Any, **more: Any) -> dict[str, Any]:
    return {
        "field": path.strip("/").split("/")[0],
        "action": action,
        "path": path,
        "originalValue": original,
        "enrichedValue": enriched,
        **more,
    }


def update(path: str, original: Any, enriched: Any, **more: Any) -> dict[str, Any]:
    return element("update", path, original, enriched, **more)


def reasons(kind: str, bases: list[Base], patches: list[Patch]) -> list[tuple[str, str]]:
    return [(item.layer_id, item.reason) for item in merge(kind, bases, patches).skipped]


# ---------------------------------------------------------------- bases


def test_one_base_alone_is_handed_through_uncopied():
    base = deposit({"title": ["A"]})
    dead = strategy(update("/title/0", "A", "B"), retired_at=day(3))
    assert merge("release", [base]).body is base.body
    assert merge("release", [base], [dead]).body is base.body
    assert merge("release", [base], [strategy()]).body is base.body


def test_the_stronger_base_says_a_field_and_the_weaker_one_fills_the_gaps():
    ours = deposit({"title": ["Ours"], "volume": "3", "issue": ""})
    theirs = registry({"title": ["Theirs"], "issue": "7", "page": "1-2"})
    assert merge("release", [theirs, ours]).body == {
        "title": ["Ours"],
        "volume": "3",
        "issue": "7",
        "page": "1-2",
    }


def test_what_the_strongest_base_lacked_is_noted_with_the_base_that_lent_it():
    strong = deposit({"title": ["A"], "subject": ["x"], "volume": ""})
    weak = registry({"title": ["B"], "subject": ["y"], "volume": "3", "a/b": 1})
    assert dict(merge("release", [strong, weak]).lent) == {
        "/subject/1": "crossref-1",
        "/volume": "crossref-1",
        "/a~1b": "crossref-1",
    }
    assert merge("release", [strong]).lent == {}


def test_a_field_of_the_base_alone_is_never_filled_by_another():
    body = merge("release", [deposit({"title": ["A"]}), registry({"DOI": "10.5555/x"})]).body
    assert body == {"title": ["A"]}


def test_of_one_source_only_the_newest_version_is_heard():
    old = registry({"title": ["Old"], "page": "1"}, layer_id="r1", version=9, asserted_at=day(9))
    new = registry({"title": ["New"]}, layer_id="r2", version=10, asserted_at=day(1))
    assert merge("release", [new, old]).body == {"title": ["New"]}
    assert merge("release", [old, new]).layers == ("r2",)


def test_versions_of_different_shape_still_have_an_order():
    text = registry({"title": ["Text"]}, layer_id="a", version="2026-01")
    number = registry({"title": ["Number"]}, layer_id="b", version=(2, 5))
    assert merge("release", [text, number]).body == merge("release", [number, text]).body


def test_a_retired_base_contributes_nothing():
    gone = registry({"title": ["Gone"], "page": "9"}, retired_at=day(1))
    assert merge("release", [deposit({"volume": "1"}), gone]).body == {"volume": "1"}


def test_a_union_keeps_the_stronger_order_and_adds_what_is_new_ignoring_case():
    ours = deposit({"subject": ["Physics", "Law"]})
    theirs = registry({"subject": ["law", "Art", "ART"]})
    assert merge("release", [theirs, ours]).body["subject"] == ["Physics", "Law", "Art"]


def test_a_union_knows_its_items_by_their_identity():
    ours = deposit({"update-to": [{"DOI": "10.5555/A", "type": "correction", "label": "C"}]})
    theirs = registry(
        {
            "update-to": [
                {"DOI": "10.5555/a", "type": "correction"},
                {"DOI": "10.5555/a", "type": "retraction"},
            ]
        }
    )
    found = merge("release", [ours, theirs]).body["update-to"]
    assert [item["type"] for item in found] == ["correction", "retraction"]
    assert found[0]["label"] == "C"


def test_relations_are_united_type_by_type():
    ours = deposit({"relation": {"has-part": [{"id": "10.5555/1", "id-type": "doi"}]}})
    theirs = registry(
        {
            "relation": {
                "has-part": [{"id": "10.5555/2", "id-type": "doi"}],
                "is-review-of": [{"id": "10.5555/3", "id-type": "doi"}],
            }
        }
    )
    found = merge("release", [ours, theirs]).body["relation"]
    assert [item["id"] for item in found["has-part"]] == ["10.5555/1", "10.5555/2"]
    assert found["is-review-of"][0]["id"] == "10.5555/3"
    assert len(ours.body["relation"]["has-part"]) == 1


def test_no_layer_at_all_makes_an_empty_record():
    assert merge("release", []).body == {}
    assert explain("release", []) == []


# ---------------------------------------------------------------- patches


def test_an_element_applies_where_its_original_value_stands():
    base = deposit({"title": ["Old"], "volume": "3"})
    merged = merge("release", [base], [strategy(update("/title/0", "Old", "New"))])
    assert merged.body == {"title": ["New"], "volume": "3"}
    assert merged.skipped == ()
    assert base.body["title"] == ["Old"]


def test_what_the_owner_changed_since_is_not_overwritten_by_anyone():
    base = deposit({"title": ["Changed by the owner"]})
    patches = [
        strategy(update("/title/0", "Old", "S")),
        editor(update("/title/0", "Old", "E")),
    ]
    assert merge("release", [base], patches).body == base.body
    assert reasons("release", [base], patches) == [
        ("affiliation-ror-1", "stale"),
        ("editor-ann", "stale"),
    ]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        ("not an object", "malformed"),
        ({}, "malformed"),
        (element("rename", "/title", None, 1), "malformed"),
        (element("update", "title", None, 1), "malformed"),
        ({"action": "update", "path": 7, "enrichedValue": 1}, "malformed"),
        ({"action": "update", "path": "", "enrichedValue": 1}, "malformed"),
        ({"action": "update", "path": "/a~2b", "enrichedValue": 1}, "malformed"),
        ({"action": "update", "path": "/title/0"}, "malformed"),
        ({"action": "deleteChild", "path": "/title/0"}, "malformed"),
        ({**element("insert", "/x", None, 1), "when": "never"}, "malformed"),
        (element("update", "/title/7", None, "x"), "stale"),
        (element("update", "/title/-", None, "x"), "stale"),
        (element("update", "/title/00", "A", "x"), "stale"),
        (element("insert", "/title/0/deep", None, "x"), "stale"),
        (element("insert", "/author/9/given", None, "x"), "stale"),
        (element("insertChild", "/author/9/affiliation", None, "x"), "stale"),
        (element("insertChild", "/volume", None, "x"), "stale"),
        (element("insertChild", "/title/5", None, "x"), "stale"),
        (element("deleteChild", "/gone", None, None), "stale"),
        (element("insert", "/DOI", None, "10.5555/other"), "protected"),
    ],
)
def test_a_bad_element_is_reported_and_the_others_go_through(one: Any, reason: str):
    base = deposit({"title": ["A"], "volume": "3", "author": [{"family": "Curie"}]})
    patches = [strategy(one, update("/volume", "3", "4"))]
    merged = merge("release", [base], patches)
    assert merged.body == {**base.body, "volume": "4"}
    assert [(skipped.reason, skipped.position) for skipped in merged.skipped] == [(reason, 0)]
    assert merged.skipped[0].element == one


def test_an_insert_makes_missing_objects_but_never_missing_list_items():
    base = deposit({"title": ["A"]})
    made = merge("release", [base], [strategy(element("insert", "/container/croid", None, "c"))])
    assert made.body["container"] == {"croid": "c"}
    none = merge("release", [base], [strategy(element("insert", "/author/0/croid", None, "c"))])
    assert none.body == base.body


def test_the_end_of_a_list_that_is_not_there_is_no_member_of_a_new_object():
    writes = strategy(
        element("insert", "/subject/-", None, "a"), element("insert", "/subject", None, ["b"])
    )
    edits = editor(element("insert", "/subject/0", None, "c"))
    merged = merge("release", [deposit({})], [writes, edits])
    assert merged.body == {"subject": ["c", "b", "a"]}
    assert explain("release", [deposit({})], [writes, edits])


def test_a_member_named_like_a_digit_of_another_script_is_explained():
    base = deposit({"title": ["A"], "nexus": {"²": 1}})
    change = strategy(update("/nexus/²", 1, 2))
    assert [item.pointer for item in explain("release", [base], [change])][:1] == ["/nexus"]


def test_true_is_not_one():
    base = deposit({"flag": True})
    assert reasons("release", [base], [strategy(update("/flag", 1, False))])[0][1] == "stale"


def test_a_child_is_found_by_its_value_when_the_list_has_moved():
    base = deposit({"author": [{"family": "New"}, {"family": "Curie"}, {"family": "Wu"}]})
    patches = [
        editor(
            element(
                "updateChild", "/author/0", {"family": "Curie"}, {"family": "Curie-Sklodowska"}
            ),
            element("deleteChild", "/author/1", {"family": "Wu"}, None),
        )
    ]
    merged = merge("release", [base], patches)
    assert [author["family"] for author in merged.body["author"]] == ["New", "Curie-Sklodowska"]
    assert merged.skipped == ()


def test_a_value_named_in_when_has_to_stand():
    base = deposit({"author": [{"affiliation": [{"name": "Elsewhere"}]}]})
    inserted = element(
        "insert",
        "/author/0/affiliation/0/croid",
        None,
        "c",
        when={"/author/0/affiliation/0/name": "Charité"},
    )
    assert reasons("release", [base], [strategy(inserted)]) == [("affiliation-ror-1", "stale")]


def test_of_two_strategies_on_one_field_the_stronger_wins_and_the_weaker_is_remembered():
    base = deposit({"language": "xx"})
    low = strategy(update("/language", "xx", "de"), name="guess", asserted_at=day(9))
    high = strategy(update("/language", "xx", "en"), name="detect", rank=20)
    for patches in ([low, high], [high, low]):
        assert merge("release", [base], patches).body == {"language": "en"}
        assert merge("release", [base], patches).skipped == ()
    found = explain("release", [base], [low, high])[0]
    assert (found.strategy, found.value) == ("detect", "en")
    assert [(lost.layer, lost.value) for lost in found.overridden] == [
        ("deposit-1", "xx"),
        ("guess-1", "de"),
    ]


def test_of_two_editors_the_later_wins():
    base = deposit({"title": ["A"]})
    ann = editor(update("/title/0", "A", "Ann's"), who="ann", asserted_at=day(5))
    bob = editor(update("/title/0", "A", "Bob's"), who="bob", asserted_at=day(4))
    assert merge("release", [base], [ann, bob]).body == {"title": ["Ann's"]}
    assert merge("release", [base], [bob, ann]).body == {"title": ["Ann's"]}


def test_an_editor_outranks_a_strategy_that_came_later():
    base = deposit({"title": ["A"]})
    late = strategy(update("/title/0", "A", "S"), asserted_at=day(99))
    ann = editor(update("/title/0", "A", "E"))
    assert merge("release", [base], [late, ann]).body == {"title": ["E"]}


def test_an_editor_corrects_what_a_strategy_wrote_and_stays_corrected():
    base = deposit({"author": [{"affiliation": [{"name": "Charité"}]}]})
    wrong = strategy(element("insert", "/author/0/affiliation/0/croid", None, "wrong"))
    right = editor(update("/author/0/affiliation/0/croid", "wrong", "right", baseValue=None))
    place = {"name": "Charité", "croid": "right"}
    assert merge("release", [base], [wrong, right]).body["author"][0]["affiliation"] == [place]
    second = strategy(element("insert", "/author/0/affiliation/0/croid", None, "wrong again"))
    assert merge("release", [base], [second, right]).body["author"][0]["affiliation"] == [place]
    assert merge("release", [base], [right]).body["author"][0]["affiliation"] == [place]


def test_an_editor_who_saw_a_value_between_two_strategies_still_decides():
    base = deposit({"resource": {"primary": "a", "other": "z"}})
    one = strategy(update("/resource/primary", "a", "b"), name="one")
    two = strategy(update("/resource/primary", "b", "c"), name="two", rank=20)
    ann = editor(update("/resource/primary", "b", "d"))
    merged = merge("release", [base], [two, ann, one])
    assert merged.body["resource"] == {"primary": "d", "other": "z"}
    assert merged.skipped == ()


def test_an_editor_who_deletes_what_a_strategy_added_stays_obeyed():
    base = deposit({"subject": ["Law"]})
    added = strategy(element("insertChild", "/subject", None, "Astrology"))
    ann = editor(element("deleteChild", "/subject/1", "Astrology", None))
    merged = merge("release", [base], [ann, added])
    assert merged.body == {"subject": ["Law"]}
    assert merged.skipped == ()


def test_a_strategy_does_not_put_back_what_an_editor_took_away():
    base = deposit({"language": "xx"})
    ann = editor(element("deleteChild", "/language", "xx", None))
    guess = strategy(element("insert", "/language", None, "en"))
    assert merge("release", [base], [ann, guess]).body == {}
    assert reasons("release", [base], [ann, guess]) == [("affiliation-ror-1", "outranked")]


def test_a_strategy_does_not_replace_an_editors_value_even_when_it_has_seen_it():
    base = deposit({"language": "xx"})
    ann = editor(update("/language", "xx", "de"))
    guess = strategy(update("/language", "de", "en"))
    assert merge("release", [base], [ann, guess]).body == {"language": "de"}
    assert reasons("release", [base], [ann, guess]) == [("affiliation-ror-1", "outranked")]


def test_a_strategy_enriches_what_an_editor_added():
    base = deposit({"author": [{"family": "Curie"}]})
    ann = editor(
        element("insertChild", "/author/1", None, {"family": "Wu", "affiliation": [{"name": "P"}]})
    )
    matched = strategy(element("insert", "/author/1/affiliation/0/croid", None, "c"))
    merged = merge("release", [base], [matched, ann])
    assert merged.body["author"][1]["affiliation"] == [{"name": "P", "croid": "c"}]
    assert merged.skipped == ()


def test_what_an_editor_had_not_seen_survives_a_wholesale_change_that_still_has_its_place():
    base = deposit({"author": [{"family": "Curie", "affiliation": [{"name": "P"}]}]})
    renamed = [{"family": "Sklodowska", "affiliation": [{"name": "P"}]}]
    ann = editor(update("/author", base.body["author"], renamed))
    matched = strategy(
        element(
            "insert",
            "/author/0/affiliation/0/croid",
            None,
            "c",
            when={"/author/0/affiliation/0/name": "P"},
        )
    )
    merged = merge("release", [base], [matched, ann])
    assert merged.body["author"] == [
        {"family": "Sklodowska", "affiliation": [{"name": "P", "croid": "c"}]}
    ]


def test_an_edit_of_one_list_item_does_not_hit_its_neighbour_after_the_list_moved():
    base = deposit({"author": [{"family": "A"}, {"family": "B"}]})
    first = editor(element("deleteChild", "/author/0", {"family": "A"}, None), who="ann")
    later = editor(update("/author/0/family", "A", "A2"), who="bob", asserted_at=day(9))
    merged = merge("release", [base], [first, later])
    assert merged.body["author"] == [{"family": "B"}]
    assert [(item.layer_id, item.reason) for item in merged.skipped] == [("editor-bob", "stale")]


def test_an_editor_may_correct_a_field_of_the_base_alone():
    base = deposit({"prefix": "10.5555"})
    merged = merge("release", [base], [editor(update("/prefix", "10.5555", "10.5556"))])
    assert merged.body == {"prefix": "10.5556"}


def test_strategies_add_to_a_set_in_canonical_order_whoever_ran_last():
    base = deposit({"subject": ["Zoology"]})
    one = strategy(element("insertChild", "/subject", None, "Law"), name="one", asserted_at=day(1))
    two = strategy(element("insertChild", "/subject", None, "Art"), name="two", asserted_at=day(2))
    again = strategy(
        element("insertChild", "/subject", None, "Law"), name="one", asserted_at=day(3)
    )
    expected = ["Zoology", "Art", "Law"]
    assert merge("release", [base], [one, two]).body["subject"] == expected
    assert merge("release", [base], [again, two]).body["subject"] == expected


def test_inputs_are_never_changed():
    bases = [deposit({"subject": ["A"], "author": [{"family": "C"}]}), registry({"subject": ["B"]})]
    patches = [
        strategy(
            element("insertChild", "/subject", None, "C"),
            element("insert", "/author/0/nested", None, {"deep": []}),
            element("insertChild", "/author/0/nested/deep", None, 1),
        )
    ]
    before = copy.deepcopy((bases, patches))
    first = merge("release", bases, patches)
    assert (bases, patches) == before
    assert first.body["author"][0]["nested"] == {"deep": [1]}
    assert merge("release", bases, patches) == first


# ---------------------------------------------------------------- reasons


def test_explain_names_the_layer_of_every_field():
    ours = deposit({"title": ["Ours"], "subject": ["Law"]})
    theirs = registry({"title": ["Theirs"], "subject": ["Art"], "page": "1"})
    own = {"evidence": {"span": "0:3"}, "confidence": 0.7}
    patch = strategy(element("insert", "/language", None, "en", **own))
    found = {item.pointer: item for item in explain("release", [theirs, ours], [patch])}
    assert list(found) == ["/language", "/page", "/subject", "/subject/1", "/title"]
    assert found["/page"].layer == "crossref-1"
    assert found["/subject/1"].layer == "crossref-1"
    assert found["/subject/1"].value == "Art"
    assert found["/title"].overridden[0].value == ["Theirs"]
    assert (found["/language"].confidence, found["/language"].evidence) == (0.7, {"span": "0:3"})


def test_explain_tells_what_was_taken_away():
    base = deposit({"subject": ["Law", "Astrology"], "page": "1"})
    ann = editor(
        element("deleteChild", "/subject/1", "Astrology", None),
        element("deleteChild", "/page", "1", None),
    )
    found = {item.pointer: item for item in explain("release", [base], [ann])}
    assert found["/page"].value is None
    assert found["/subject/1"].overridden[0].value == "Astrology"
    assert {found[name].layer for name in ("/page", "/subject/1")} == {"editor-ann"}


def test_explain_of_a_retired_strategy_does_not_name_it():
    dead = strategy(update("/title/0", "A", "B"), retired_at=day(3))
    found = explain("release", [deposit({"title": ["A"]})], [dead])
    assert [(item.pointer, item.layer) for item in found] == [("/title", "deposit-1")]


def test_explain_follows_an_item_that_moved():
    base = deposit({"author": [{"family": "A"}, {"family": "B"}]})
    matched = strategy(element("insert", "/author/1/ORCID", None, "0000"))
    ann = editor(element("deleteChild", "/author/0", {"family": "A"}, None))
    found = {item.pointer: item.value for item in explain("release", [base], [matched, ann])}
    assert found["/author/0/ORCID"] == "0000"


def test_the_bytes_can_be_written():
    body = merge("release", [deposit({"a": 1}), registry({"b": [None, {"c": 1.5}]})]).body
    assert orjson.loads(orjson.dumps(body)) == body
