"""A deposit in the format of others is taken in like any: every record found and named."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.nauvis.errors import MalformedDeposit
from nexus_hub.nauvis.formats import read_record
from nexus_hub.nauvis.service import prepare_document

WORK = {"DOI": "10.5555/1", "type": "book", "title": ["T"]}
OTHER = {"DOI": "10.5555/2", "type": "book", "title": ["T"]}
DOI = {"doi": "10.5555/1"}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just("10.5555/1"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "records",
                    "message",
                    "items",
                    "data",
                    "attributes",
                    "doi",
                    "DOI",
                    "id",
                    "metadata",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def taken(document: Any, media: Any = "deposit") -> list[tuple[Any, str | None]]:
    """The records of a document as they lie in its bytes, and their DOIs."""
    body = json.dumps(document, indent=1).encode()
    call = prepare_document(body, media=media)
    pieces = zip(call["byte_offsets"], call["sizes"], strict=True)
    records = [json.loads(body[offset : offset + size]) for offset, size in pieces]
    return list(zip(records, call["dois"], strict=True))


@pytest.mark.parametrize(
    ("document", "records"),
    [
        (WORK, [WORK]),
        ({"status": "ok", "message-type": "work", "message": WORK}, [WORK]),
        ({"status": "ok", "message": {"total-results": 2, "items": [WORK, OTHER]}}, [WORK, OTHER]),
        ({"total-results": 2, "items": [WORK, OTHER]}, [WORK, OTHER]),
        ({"records": [{"message": WORK}, OTHER]}, [{"message": WORK}, OTHER]),
    ],
)
def test_what_the_rest_api_answers_is_a_deposit(document, records):
    found = taken(document)
    assert [record for record, _ in found] == records
    assert [doi for _, doi in found] == ["10.5555/1", "10.5555/2"][: len(records)]


@pytest.mark.parametrize(
    ("media", "document", "count"),
    [
        ("csl", WORK, 1),
        ("csl", [WORK, OTHER], 2),
        ("csl", {"items": [WORK, OTHER]}, 2),
        ("datacite", DOI, 1),
        ("datacite", [DOI, {"attributes": {"doi": "10.5555/2"}}], 2),
        ("datacite", {"data": {"type": "dois", "attributes": DOI}}, 1),
        ("datacite", {"data": [{"id": "10.5555/1", "attributes": {}}, {"doi": "10.5555/2"}]}, 2),
    ],
)
def test_each_record_of_the_format_of_others_is_named(media, document, count):
    assert [doi for _, doi in taken(document, media)] == ["10.5555/1", "10.5555/2"][:count]


@pytest.mark.parametrize(
    ("media", "record", "problem"),
    [
        ("csl", {}, ("no-doi", "/DOI")),
        ("csl", {"DOI": 7}, ("wrong-type", "/DOI")),
        ("csl", {"DOI": "x"}, ("malformed-doi", "/DOI")),
        ("csl", [], ("wrong-type", "")),
        ("datacite", {}, ("no-doi", "/doi")),
        ("datacite", {"doi": "x"}, ("malformed-doi", "/doi")),
        ("datacite", {"attributes": {}}, ("no-doi", "/attributes/doi")),
        ("datacite", {"attributes": {"doi": 7}}, ("wrong-type", "/attributes/doi")),
        ("datacite", {"id": "x", "attributes": {}}, ("malformed-doi", "/id")),
    ],
)
def test_a_record_without_a_name_is_refused_by_itself(media, record, problem):
    found = read_record(json.dumps(record).encode(), 1, 0, media)
    assert [(p.code, p.pointer) for p in found.problems] == [problem]
    assert found.is_refused


@pytest.mark.parametrize("media", ["deposit", "csl", "datacite"])
@pytest.mark.parametrize("body", [b"", b"7", b"{", b'"x"', b"\xff", b"[}", b"{}"])
def test_what_is_no_document_is_refused_whole_or_record_by_record(media, body):
    try:
        call = prepare_document(body, media=media)
    except MalformedDeposit:
        return
    assert call["refused"] == [True]


@given(ANYTHING, st.sampled_from(["deposit", "csl", "datacite"]))
def test_whatever_a_document_holds_its_records_lie_in_its_bytes(document, media):
    body = json.dumps(document).encode()
    try:
        call = prepare_document(body, media=media)
    except MalformedDeposit:
        return
    for offset, size in zip(call["byte_offsets"], call["sizes"], strict=True):
        msgspec.json.decode(body[offset : offset + size])
