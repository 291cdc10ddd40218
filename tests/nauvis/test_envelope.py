"""What stands around a record decides how it is taken; what is wrong with it is named in place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.nauvis.envelope import read_incoming

REVISION = "018f0000-0000-7000-8000-000000000000"


def read(record: Any) -> tuple[str | None, str | None, list[tuple[str, str]]]:
    raw = record if isinstance(record, bytes) else json.dumps(record).encode()
    found = read_incoming(raw, 1, 0)
    return found.doi, found.expect, [(p.code, p.pointer) for p in found.problems]


def test_both_forms_name_their_object_in_normal_form() -> None:
    assert read({"doi": "10.5555/ABC", "metadata": {}}) == ("10.5555/abc", None, [])
    assert read({"DOI": "https://doi.org/10.5555/ABC", "type": "book"}) == ("10.5555/abc", None, [])
    assert read({"metadata": {"DOI": "10.5555/x"}}) == ("10.5555/x", None, [])
    assert read({"doi": "10.5555/x", "metadata": {"DOI": "10.5555/X"}}) == ("10.5555/x", None, [])


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"metadata": {}}, ("no-doi", "")),
        ({"title": ["x"]}, ("no-doi", "")),
        ({"doi": "10.2/x", "metadata": {}}, ("malformed-doi", "/doi")),
        ({"doi": "11.5555/x", "metadata": {}}, ("malformed-doi", "/doi")),
        ({"doi": "10.5555/", "metadata": {}}, ("malformed-doi", "/doi")),
        ({"doi": "10.5555/ä", "metadata": {}}, ("malformed-doi", "/doi")),
        ({"doi": "10.5555/a\x00b", "metadata": {}}, ("malformed-doi", "/doi")),
        ({"DOI": "10.5555/a b"}, ("malformed-doi", "/DOI")),
        ({"doi": "10.5555/a", "metadata": {"DOI": "10.5555/b"}}, ("doi-mismatch", "/metadata/DOI")),
        ({"doi": "10.5555/a", "metadata": {"DOI": "nonsense"}}, ("malformed-doi", "/doi")),
        ({"doi": 7, "metadata": {}}, ("wrong-type", "/doi")),
        ({"doi": "10.5555/a", "state": 7}, ("wrong-type", "/state")),
        ({"doi": "10.5555/a", "state": "hidden"}, ("unknown-state", "/state")),
        ({"doi": "10.5555/a", "mint": True}, ("mint-has-doi", "/mint")),
        ({"doi": "10.5555/a", "expect": "old"}, ("bad-expect", "/expect")),
        ({"doi": "10.5555/a", "expect": {"revision": "x"}}, ("bad-expect", "/expect")),
        ({"doi": "10.5555/a", "expect": 7}, ("bad-expect", "/expect")),
        ([], ("wrong-type", "")),
        ("text", ("wrong-type", "")),
        (b'{"doi": "10.5555/a"', ("malformed-json", "")),
        (b'{"doi": "10.5555/\\ud800"}', ("lone-surrogate", "/doi")),
        (b"\xff", ("not-utf8", "")),
        (b"", ("malformed-json", "")),
    ],
)
def test_fault_is_named_with_its_place(record: Any, problem: tuple[str, str]) -> None:
    _, _, problems = read(record)
    assert problems == [problem]


def test_expectation_is_read() -> None:
    assert read({"doi": "10.5555/a", "expect": "any"})[1] is None
    assert read({"doi": "10.5555/a", "expect": "new"})[1] == "new"
    assert read({"doi": "10.5555/a", "expect": {"revision": REVISION.upper()}})[1] == REVISION


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    found = read_incoming(raw, 3, 7)
    assert (found.n, found.offset, found.size_bytes) == (3, 7, len(raw))
    assert found.doi is not None or found.is_refused


LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(("doi", "DOI", "metadata", "expect", "state", "mint", "x"), LOOSE),
    )
)
def test_no_types_make_it_fail(record: dict[str, Any]) -> None:
    found = read_incoming(json.dumps(record).encode(), 1, 0)
    assert found.doi is not None or found.is_refused
