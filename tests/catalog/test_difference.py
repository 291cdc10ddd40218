"""What is different between two contents is told whole, and leads from the one to the other."""

import json
from typing import Any

import jsonpatch
import jsonpointer
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.catalog import difference

scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "b~/c"])
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("ab~/"), inner, max_size=3)
    ),
    max_leaves=8,
)
contents = st.dictionaries(st.sampled_from(["a", "b", "c/d"]), values, max_size=3)


def same(one: Any, other: Any) -> bool:
    return difference.key(one) == difference.key(other)


@given(contents, contents)
@settings(max_examples=200)
def test_every_change_is_where_its_pointer_leads(before: Any, after: Any):
    changes = difference.compare(before, after)
    assert (changes == []) == same(before, after)
    for one in changes:
        if one.change != "added" and one.change != "changed":
            assert same(jsonpointer.resolve_pointer(before, one.pointer), one.before)
        else:
            assert same(jsonpointer.resolve_pointer(after, one.pointer), one.after)
        assert one.change != "changed" or not same(one.before, one.after)


@given(contents, contents)
@settings(max_examples=100)
def test_a_patch_leads_from_the_one_to_the_other(before: Any, after: Any):
    made = difference.patch(json.dumps(before), json.dumps(after))
    assert jsonpatch.apply_patch(before, made) == after


def test_an_element_put_in_between_is_told_alone():
    names = [{"name": str(n)} for n in range(20)]
    changed = [*names[:5], {"name": "new"}, *names[5:]]
    (one,) = difference.compare({"author": names}, {"author": changed})
    assert (one.change, one.pointer, one.after) == ("added", "/author/5", {"name": "new"})


def test_long_lists_are_compared_by_place():
    long = list(range(1100))
    found = difference.compare(long, [*long[:7], -1, *long[8:]])
    assert [(one.pointer, one.before, one.after) for one in found] == [("/7", 7, -1)]


def test_changes_are_written_as_text():
    changes = difference.compare({"a": 1, "b": [1]}, {"b": [1, {"c": None}]})
    assert difference.write(changes) == 'removed /a\n- 1\nadded /b/1\n+ {"c":null}\n'
