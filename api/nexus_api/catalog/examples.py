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
_EDIT: dict[str, Any] = {
    "index": 7,
    "at": "2026-01-02T03:04:05Z",
    "editor": "vulcanus",
    "editgroup": "019a0000-0000-7000-8000-000000000003",
    "action": "update",
    "revision": _REVISION,
    "previous": "019a0000-0000-7000-8000-000000000001",
    "into": "01jexample0000000000000001",
    "description": "merge of layers",
}
HISTORY: dict[str, Any] = {"items": [_EDIT], "next-cursor": "b3BhcXVl"}
REVISIONS: dict[str, Any] = {
    "items": [
        {
            "revision": _REVISION,
            "index": 7,
            "at": "2026-01-02T03:04:05Z",
            "editor": "vulcanus",
            "action": "update",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        }
    ],
    "next-cursor": "b3BhcXVl",
}
_PLACE = {"revision": _REVISION, "index": 7, "at": "2026-01-02T03:04:05Z", "agent": "vulcanus"}
DIFF: dict[str, Any] = {
    "croid": _CROID,
    "from": _PLACE | {"revision": "019a0000-0000-7000-8000-000000000001", "index": 3},
    "to": _PLACE,
    "patch": [{"op": "replace", "path": "/title/0", "value": "New"}],
    # What stands before and after may be any JSON.
    "changes": [{"pointer": "/title/0", "change": "changed", "before": None, "after": None}],
}
DIFF_TEXT = (
    "--- 019a0000-0000-7000-8000-000000000001 index 3 2026-01-01T00:00:00+00:00 vulcanus\n"
    f"+++ {_REVISION} index 7 2026-01-02T03:04:05+00:00 vulcanus\n"
    'changed /title/0\n- "Old"\n+ "New"\n'
)
BLAME: dict[str, Any] = {
    "croid": _CROID,
    "revision": _REVISION,
    "index": 7,
    "fields": [
        {
            "pointer": "/title",
            "index": 7,
            "at": "2026-01-02T03:04:05Z",
            "editor": "vulcanus",
            "revision": _REVISION,
        }
    ],
}
