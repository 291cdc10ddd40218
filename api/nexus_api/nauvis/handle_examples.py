"""Examples of what is told of DOIs: deletions and aliases."""

from __future__ import annotations

from typing import Any

DELETED: dict[str, Any] = {"doi": "10.5555/nexus.1", "was": "findable", "index": 8}
NEW_ALIAS: dict[str, Any] = {"alias": "10.5555/old.1"}
ALIAS: dict[str, Any] = {"alias": "10.5555/old.1", "doi": "10.5555/nexus.1"}
ALIASES: dict[str, Any] = {
    "items": [{"alias": "10.5555/old.1", "since": "2026-01-02T03:04:05Z"}],
    "next-cursor": "b3BhcXVl",
}
NEW_DOI: dict[str, Any] = {
    "data": {
        "type": "dois",
        "attributes": {
            "doi": "10.5555/nexus.3",
            "event": "publish",
            "url": "https://example.org/3",
            "types": {"resourceTypeGeneral": "Dataset"},
            "titles": [{"title": "Lights in houses"}],
            "creators": [{"name": "Lovelace, Ada", "nameType": "Personal"}],
            "publisher": "Example Press",
            "publicationYear": 2024,
        },
    }
}
_DOI: dict[str, Any] = {
    "id": "10.5555/nexus.3",
    "type": "dois",
    "attributes": {
        "doi": "10.5555/nexus.3",
        "prefix": "10.5555",
        "suffix": "nexus.3",
        "state": "findable",
        "url": "https://example.org/3",
        "titles": [{"title": "Lights in houses"}],
        "publicationYear": 2024,
    },
    "relationships": {"media": {"data": []}},
}
DOI: dict[str, Any] = {"data": _DOI, "relationships": {"media": {"data": []}}}
DOIS: dict[str, Any] = {
    "data": [_DOI],
    "meta": {"size": 1},
    "links": {"self": "http://127.0.0.1:8088/dois"},
}
