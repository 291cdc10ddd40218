"""Examples of answers, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

_CROID = "01jexample0000000000000000"
_REVISION = "019a0000-0000-7000-8000-000000000002"
OBJECT: dict[str, Any] = {
    "croid": _CROID,
    "kind": "release",
    "state": "active",
    "revision": _REVISION,
    "index": 7,
    "identifiers": [{"scheme": "doi", "value": "10.5555/nexus.1"}],
    "record": {"DOI": "10.5555/nexus.1", "type": "journal-article"},
}
REVISION: dict[str, Any] = {
    "croid": _CROID,
    "kind": "release",
    "revision": _REVISION,
    "index": 7,
    "at": "2026-01-02T03:04:05Z",
    "agent": "vulcanus",
    "record": {"DOI": "10.5555/nexus.1", "type": "journal-article"},
}
CHANGE: dict[str, Any] = {
    "index": 7,
    "at": "2026-01-02T03:04:05Z",
    "croid": _CROID,
    "kind": "release",
    "identifiers": ["doi:10.5555/nexus.1"],
    "revision": _REVISION,
    "previous": "019a0000-0000-7000-8000-000000000001",
    "change": "updated",
    "into": "01jexample0000000000000001",
    "fields": ["/title"],
    "agent": "vulcanus",
    "editgroup": "019a0000-0000-7000-8000-000000000003",
}
CHANGES: dict[str, Any] = {"items": [CHANGE], "complete-to": 7, "next-cursor": "b3BhcXVl"}
