"""Crossref's answers around stored bytes."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.aquilo import crossref_view as view

objects = st.dictionaries(
    st.text(max_size=5).map("b".__add__), st.none() | st.text() | st.integers() | st.just({})
)
extras = st.dictionaries(st.text(max_size=5).map("x".__add__), st.text() | st.none())
NOON = datetime(2024, 2, 29, 12, 0, 0, 999_999, tzinfo=UTC)


@given(objects, extras, st.sampled_from(["", " ", "\n"]))
def test_splicing_is_the_union_of_both(body, extra, space):
    text = space + json.dumps(body, indent=1 if space else None) + space
    assert json.loads(view.splice(text.encode(), extra)) == body | extra


def test_a_moment_is_told_in_utc_to_the_second():
    at = NOON.astimezone(timezone(timedelta(hours=14)))
    assert view.moment(at) == {
        "date-parts": [[2024, 2, 29]],
        "date-time": "2024-02-29T12:00:00Z",
        "timestamp": 1_709_208_000_000,
    }


def test_the_changing_members_of_a_work_carry_crossrefs_names():
    members = view.volatile(
        "10.5555/a<b>",
        reference_count=3,
        cited_by_count=5,
        created=NOON,
        deposited=NOON,
        indexed=NOON,
    )
    assert members["URL"] == "https://doi.org/10.5555/a%3Cb%3E"
    assert members["prefix"] == "10.5555"
    assert members["reference-count"] == members["references-count"] == 3
    assert members["is-referenced-by-count"] == 5
    assert members["indexed"]["date-time"] == "2024-02-29T12:00:00Z"
    assert "score" not in members


def test_an_answer_is_the_message_in_its_envelope():
    assert json.loads(view.envelope("work", b'{"DOI": "10.5555/1"}')) == {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
        "message": {"DOI": "10.5555/1"},
    }


@pytest.mark.parametrize(
    ("cursor", "expected"),
    [(False, {}), (None, {"next-cursor": None}), ("c", {"next-cursor": "c"})],
)
def test_next_cursor_stands_in_a_list_only_when_a_cursor_was_sent(cursor, expected):
    about = view.WorkList(2, 20, 40, "water", {"type-name": {"value-count": 0}}, cursor)
    assert (
        json.loads(view.work_list([b'{"a":1}', b'{"a":2}'], about))
        == {
            "total-results": 2,
            "items-per-page": 20,
            "query": {"start-index": 40, "search-terms": "water"},
            "facets": {"type-name": {"value-count": 0}},
            "items": [{"a": 1}, {"a": 2}],
        }
        | expected
    )
