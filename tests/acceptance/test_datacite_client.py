"""DataCite's own client, as it is, makes and changes DOIs here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from datacite import DataCiteRESTClient
from datacite.errors import (
    DataCiteError,
    DataCiteForbiddenError,
    DataCiteNotFoundError,
    DataCiteUnauthorizedError,
)

from api.test_members import make_member
from nexus_hub.catalog.credentials import Key
from nexus_hub.cli.rooms import consumers
from nexus_hub.platform.queues import Worker

PREFIX = "10.5555"


@pytest.fixture(scope="module")
def working(shared_database) -> Iterator[None]:
    """Workers beside the service."""
    stopping = threading.Event()
    worker = Worker(shared_database.settings, consumers([]), stopping=stopping)
    thread = threading.Thread(target=worker.run)
    thread.start()
    yield
    stopping.set()
    thread.join()


@pytest.fixture(scope="module")
def key(shared_database) -> Key:
    with shared_database.connect() as connection:
        made = make_member(connection, "DataCite's client", PREFIX)[1]
        connection.commit()
    return made


@pytest.fixture(scope="module")
def client(service, working, key) -> DataCiteRESTClient:
    _, name, secret = key.text().split("_", 2)
    return DataCiteRESTClient(name, secret, PREFIX, url=service)


def metadata(title: str = "Lights in houses") -> dict[str, Any]:
    return {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "titles": [{"title": title}],
        "creators": [{"name": "Lovelace, Ada", "nameType": "Personal"}],
        "publisher": "Example Press",
        "publicationYear": 2024,
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


URL = "https://example.org/lights"


def test_a_draft_is_made_changed_and_deleted(client) -> None:
    doi = client.draft_doi()
    assert doi.startswith(f"{PREFIX}/")
    assert client.get_metadata(doi)["state"] == "draft"
    client.update_doi(doi, metadata("A draft"))
    assert client.get_metadata(doi)["titles"] == [{"title": "A draft"}]
    client.delete_doi(doi)
    with pytest.raises(DataCiteNotFoundError):
        client.get_metadata(doi)


def test_a_public_doi_is_found_and_its_url_changes(client, service) -> None:
    doi = client.public_doi(metadata(), URL, f"{PREFIX}/public")
    assert doi == f"{PREFIX}/public"
    assert client.get_doi(doi) == URL
    assert client.update_url(doi, URL + "/2") == URL + "/2"
    assert client.get_doi(doi) == URL + "/2"
    told = client.get_metadata(doi)
    assert (told["state"], told["publicationYear"]) == ("findable", 2024)
    assert told["creators"] == [{"name": "Lovelace, Ada", "nameType": "Personal"}]
    assert httpx.get(f"{service}/works/{doi}").json()["message"]["title"] == ["Lights in houses"]
    assert client.get_media(doi) == {"data": []}
    changed = client.update_doi(doi, metadata("Other lights"), URL)
    assert (changed["titles"], changed["url"]) == ([{"title": "Other lights"}], URL)
    with pytest.raises(DataCiteError):
        client.delete_doi(doi)
    assert client.get_doi(doi) == URL


def test_a_doi_is_hidden_and_shown(client, service) -> None:
    doi = client.public_doi(metadata(), URL)
    assert client.hide_doi(doi)["state"] == "registered"
    assert httpx.get(f"{service}/works/{doi}").status_code == 410
    assert httpx.get(f"{service}/dois/{doi}").status_code == 404
    assert client.get_metadata(doi)["state"] == "registered"
    assert client.show_doi(doi)["state"] == "findable"
    assert httpx.get(f"{service}/works/{doi}").status_code == 200


def test_a_private_doi_is_registered_and_stays(client) -> None:
    doi = client.private_doi(metadata(), URL)
    assert client.get_metadata(doi)["state"] == "registered"
    with pytest.raises(DataCiteError, match="wrong-doi-state"):
        client.delete_doi(doi)


def test_faults_are_told_as_its_errors_are(client, service, key) -> None:
    with pytest.raises(DataCiteError) as failed:
        client.public_doi(metadata() | {"titles": "no list of objects", "creators": 7}, URL)
    assert '"errors"' in str(failed.value)
    client.draft_doi(doi=f"{PREFIX}/twice")
    with pytest.raises(DataCiteError, match="already-exists"):
        client.draft_doi(doi=f"{PREFIX}/twice")
    foreign = DataCiteRESTClient(client.username, client.password, "10.6666", url=service)
    with pytest.raises(DataCiteForbiddenError):
        foreign.draft_doi(doi="10.6666/a")
    wrong = DataCiteRESTClient(client.username, "wrong", PREFIX, url=service)
    with pytest.raises(DataCiteUnauthorizedError):
        wrong.draft_doi()
    for body in (b"{", b"[]", b'{"data": 7}', b'{"data": {"attributes": []}}'):
        answer = httpx.post(
            f"{service}/dois", content=body, auth=(client.username, client.password),
            headers={"Content-Type": "application/vnd.api+json"},
        )  # fmt: skip
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert (error["status"], error["code"]) == ("422", "bad-doi-document")
        assert answer.headers["content-type"] == "application/vnd.api+json"


def test_dois_are_listed_page_by_page(client, service) -> None:
    made = {client.draft_doi(doi=f"{PREFIX}/list.{n}") for n in range(3)}
    url, found = f"{service}/dois?page[size]=2&prefix={PREFIX}", []
    while url:
        page = httpx.get(url, auth=(client.username, client.password)).json()
        found += [item["id"] for item in page["data"]]
        url = page["links"].get("next")
    assert found == sorted(set(found))
    assert made <= set(found)
    public = httpx.get(f"{service}/dois").json()["data"]
    assert not made & {item["id"] for item in public}
