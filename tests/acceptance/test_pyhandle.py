"""The Handle System's client pyhandle, as it is, reads DOIs here."""

from __future__ import annotations

import warnings
from typing import Any

import httpx
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyhandle.client.resthandleclient import RESTHandleClient
    from pyhandle.handleexceptions import GenericHandleError

from nexus_hub.cli.rooms import consumers
from nexus_hub.platform.queues import Worker

DOI = "10.5555/ABC(1)<2>;3"
URL, MIRROR = "https://example.org/abc", "https://mirror.example.org/abc"


@pytest.fixture(scope="module")
def handles(service, shared_database) -> Any:
    """A client of the running service, with one DOI registered."""
    record = {
        "doi": DOI,
        "resource": {"primary": URL, "locations": [{"url": MIRROR, "country": "GB"}]},
        "metadata": {"type": "book", "title": ["A"]},
    }
    answer = httpx.post(f"{service}/deposits", json={"records": [record]}, timeout=60)
    assert answer.status_code == 202, answer.text
    Worker(shared_database.settings, consumers([])).run(drain=True)
    return RESTHandleClient.instantiate_for_read_access(service)


def test_a_record_is_read_with_its_values(handles):
    record = handles.retrieve_handle_record(DOI)
    assert record["URL"] == URL
    assert 'href="https://mirror.example.org/abc"' in record["10320/loc"]
    assert 'country="gb"' in record["10320/loc"]
    assert handles.get_value_from_handle(DOI, "URL") == URL


def test_values_are_asked_for_by_index_and_type(handles):
    assert handles.retrieve_handle_record(DOI, indices=[1]) == {"URL": URL}
    told = handles.retrieve_handle_record_json(DOI, type="10320/loc")
    assert [value["index"] for value in told["values"]] == [2]
    assert handles.retrieve_handle_record_json(DOI, indices=[99])["responseCode"] == 200


def test_what_nobody_registered_is_none(handles):
    assert handles.retrieve_handle_record_json("10.5555/nothing") is None
    with pytest.raises(GenericHandleError):
        handles.retrieve_handle_record_json(DOI, indices=["x"])
