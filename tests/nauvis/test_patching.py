"""Patches of a deposited record, by themselves."""

from __future__ import annotations

import json

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.nauvis import patching
from nexus_hub.nauvis.errors import MalformedPatch, PatchDoesNotApply
from nexus_hub.nauvis.patching import JSON_PATCH, MERGE_PATCH, PatchError, apply, read_patch

DOI = "10.5555/a"
BODY = {"DOI": DOI, "title": ["A"], "author": [{"family": "Lovelace"}], "volume": "1"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


def refused(document, media_type=JSON_PATCH, body=BODY):
    raw = json.dumps(document).encode()
    with pytest.raises(PatchError) as caught:
        apply(body, read_patch(raw, media_type), media_type, DOI)
    return caught.value


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        # The examples of RFC 7396, appendix A.
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merge_patches_do_what_the_rfc_says(target, patch, result):
    assert patching.merge(target, patch) == result


@given(st.dictionaries(st.text(max_size=3), JSON), st.dictionaries(st.text(max_size=3), JSON))
def test_a_difference_applied_gives_the_other(before, after):
    before, after = before | {"DOI": DOI}, after | {"DOI": DOI}
    kept = json.dumps(before)
    document = list(jsonpatch.make_patch(before, after))
    if document:
        assert apply(before, document, JSON_PATCH, DOI) == after
        assert json.dumps(before) == kept


@pytest.mark.parametrize("value", [True, 1.0, "1", [1]])
def test_a_test_tells_values_apart_by_type(value):
    body = BODY | {"volume": 1}
    document = [{"op": "test", "path": "/volume", "value": value}]
    if value == 1 and not isinstance(value, bool):
        read = read_patch(json.dumps(document).encode(), JSON_PATCH)
        assert apply(body, read, JSON_PATCH, DOI) == body
    else:
        assert isinstance(refused(document, body=body).error, PatchDoesNotApply)


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({}, ""),
        ([], ""),
        ([{"op": "add", "path": "/a", "value": 1}] * 1001, ""),
        (["x"], "/0/op"),
        ([{"op": "grow", "path": "/a"}], "/0/op"),
        ([{"op": ["add"], "path": "/a"}], "/0/op"),
        ([{"op": "add", "value": 1}], "/0/path"),
        ([{"op": "add", "path": "/a"}], "/0"),
        ([{"op": "move", "path": "/a"}], "/0"),
        ([{"op": "copy", "path": "/a", "from": 1}], "/0/from"),
        ([{"op": "replace", "path": "/DOI", "value": "10.5555/b"}], "/DOI"),
        ([{"op": "remove", "path": "/DOI"}], "/DOI"),
        ([{"op": "replace", "path": "", "value": [1]}], ""),
    ],
)
def test_what_is_no_patch_of_a_work_is_refused(document, pointer):
    caught = refused(document)
    assert isinstance(caught.error, MalformedPatch)
    assert caught.pointer == pointer


@pytest.mark.parametrize(
    "one",
    [
        {"op": "remove", "path": "/subtitle"},
        {"op": "replace", "path": "/author/7/family", "value": "B"},
        {"op": "test", "path": "/title/0", "value": "B"},
        {"op": "move", "path": "/a", "from": "/b"},
    ],
)
def test_what_does_not_fit_says_where(one):
    caught = refused([{"op": "test", "path": "/DOI", "value": DOI}, one])
    assert isinstance(caught.error, PatchDoesNotApply), caught.error
    assert caught.pointer == "/1"


def test_copies_do_not_grow_without_end():
    grow = [{"op": "copy", "from": "/title", "path": "/title/-"}] * 60
    assert isinstance(refused(grow).error, MalformedPatch)


def test_a_merge_patch_does_not_change_the_doi():
    assert refused({"DOI": None}, MERGE_PATCH).pointer == "/DOI"
    spelt = apply(BODY, {"DOI": "https://doi.org/10.5555/A"}, MERGE_PATCH, DOI)
    assert spelt["DOI"].endswith("A")
