"""Examples of what is sent and answered, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

_ID = "019a0000-0000-7000-8000-000000000009"
_PROBLEM = {
    "code": "unknown-member",
    "pointer": "/colour",
    "detail": "the member is not part of the deposit format",
    "severity": "warning",
}
DOCUMENT: dict[str, Any] = {
    "records": [
        {
            "doi": "10.5555/nexus.1",
            "expect": "any",
            "state": "findable",
            "resource": {"primary": "https://example.org/1"},
            "metadata": {"type": "journal-article", "title": ["A light in the house"]},
        }
    ],
    "test": False,
    "atomic": False,
}
CSL: list[dict[str, Any]] = [
    {
        "DOI": "10.5555/nexus.2",
        "type": "article-journal",
        "title": "A light in the house",
        "author": [{"family": "Lovelace", "given": "Ada"}],
    }
]
DATACITE: dict[str, Any] = {
    "data": {
        "type": "dois",
        "attributes": {
            "doi": "10.5555/nexus.3",
            "types": {"resourceTypeGeneral": "Dataset"},
            "titles": [{"title": "Lights in houses"}],
            "creators": [{"name": "Lovelace, Ada", "nameType": "Personal"}],
            "publisher": "Example Press",
            "publicationYear": 2024,
        },
    }
}
_RECORD: dict[str, Any] = {
    "n": 1,
    "doi": "10.5555/nexus.1",
    "state": "findable",
    "croid": "01jexample0000000000000000",
    "result": "created",
    "revision": "019a0000-0000-7000-8000-000000000002",
    "index": 7,
    "problems": [_PROBLEM],
}
STATUS: dict[str, Any] = {
    "id": _ID,
    "state": "completed",
    "test": False,
    "atomic": False,
    "media": "application/json",
    "size-bytes": 214,
    "received-at": "2026-01-02T03:04:05Z",
    "settled-at": "2026-01-02T03:04:06Z",
    "index": 7,
    "counts": {
        "records": 1,
        "settled": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "warning": 0,
        "rejected": 0,
    },
    "records": [_RECORD],
    "next-cursor": "b3BhcXVl",
}
_OF_ONE = frozenset({"index", "counts", "records", "next-cursor"})
DEPOSITS: dict[str, Any] = {
    "items": [
        {"deposit": _ID, "received-at": "2026-01-02T03:04:05Z"}
        | {name: value for name, value in _RECORD.items() if name not in {"doi", "state", "croid"}}
    ],
    "next-cursor": "b3BhcXVl",
}
DEPOSIT_LIST: dict[str, Any] = {
    "items": [
        {name: value for name, value in STATUS.items() if name not in _OF_ONE}
        | {"origin": "http", "counts": {"records": 1, "settled": 1, "rejected": 0}}
    ],
    "next-cursor": "b3BhcXVl",
}
CHANGES: dict[str, Any] = {
    "deposit": _ID,
    "test": False,
    "items": [_RECORD | {"patch": [{"op": "replace", "path": "/title/0", "value": "A light"}]}],
    "next-cursor": "b3BhcXVl",
}
NULLABLE = ("doi", "croid", "result", "revision", "index", "settled-at", "next-cursor")

HANDLE: dict[str, Any] = {
    "responseCode": 1,
    "handle": "10.5555/12345678",
    "values": [
        {
            "index": 1,
            "type": "URL",
            "data": {"format": "string", "value": "https://example.org/12345678"},
            "ttl": 86400,
            "timestamp": "2026-01-02T03:04:05Z",
        }
    ],
}
