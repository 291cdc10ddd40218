"""A whole hub in one process: a database of its own, the service, and workers when they are due."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from litestar.testing import TestClient

from nexus_hub.cli.rooms import consumers
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.config import Settings
from nexus_hub.platform.queues import Worker
from serving import serving

OXFORD = {
    "id": "https://ror.org/052gg0110",
    "status": "active",
    "names": [{"value": "University of Oxford", "types": ["ror_display", "label"], "lang": "en"}],
    "types": ["education"],
    "established": 1096,
    "domains": [],
    "links": [],
    "external_ids": [],
    "relationships": [],
    "locations": [
        {
            "geonames_id": 2640729,
            "geonames_details": {
                "name": "Oxford",
                "lat": 51.75222,
                "lng": -1.25596,
                "country_code": "GB",
                "country_name": "United Kingdom",
            },
        }
    ],
    "admin": {
        "created": {"date": "2018-11-14", "schema_version": "1.0"},
        "last_modified": {"date": "2024-12-11", "schema_version": "2.1"},
    },
}


def work(**members: Any) -> dict[str, Any]:
    """Metadata of a small article, with further members or others instead."""
    return {
        "type": "journal-article",
        "title": ["A light in the house"],
        "publisher": "Example Press",
        "container-title": ["Journal of Examples"],
        "issued": {"date-parts": [[2024, 5]]},
        "author": [
            {
                "given": "Ada",
                "family": "Lovelace",
                "sequence": "first",
                "affiliation": [{"name": "University of Oxford, Oxford, United Kingdom"}],
            }
        ],
    } | members


def record(doi: str, **members: Any) -> dict[str, Any]:
    """A record of a deposit whose metadata is that of `work`."""
    return {"doi": doi, "resource": {"primary": f"https://example.org/{doi}"}} | {
        "metadata": work(**members)
    }


@dataclass
class Hub:
    """The service and the workers on one database."""

    client: TestClient[Any]
    settings: Settings
    database: Any

    def work(self, *rooms: str) -> int:
        """Let the workers of some rooms, or of all, do what is to be done."""
        return Worker(self.settings, consumers(list(rooms))).run(drain=True)

    def deposit(self, *records: Any, headers: dict[str, str] | None = None, **more: Any) -> Any:
        """Hand records in and let them be processed; the status then."""
        answer = self.client.post("/deposits", json={"records": records} | more, headers=headers)
        assert answer.status_code == 202, answer.text
        self.work()
        return self.client.get(answer.headers["location"]).json()

    def organisations(self, *rows: dict[str, Any]) -> None:
        """Take organisations in as a release of the registry."""
        path = self.settings.home / "organisations.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        with self.database.connect() as connection:
            connection.autocommit = True
            fulgora.load(connection, "ror", str(path))
        self.work()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Workers beside the test, for answers that wait for them."""
        stopping = threading.Event()
        worker = Worker(self.settings, consumers([]), stopping=stopping)
        thread = threading.Thread(target=worker.run)
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join()

    def get(self, path: str, **headers: str) -> Any:
        """The JSON of a path that answers 200."""
        answer = self.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def hub(fresh_database) -> Iterator[Hub]:
    """A hub that nothing was deposited in."""
    settings = fresh_database.settings
    with serving(settings) as client:
        yield Hub(client, settings, fresh_database)
