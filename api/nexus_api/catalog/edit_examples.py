"""Examples of what is sent and answered when objects are edited."""

from __future__ import annotations

from typing import Any

_CROID = "01jexample0000000000000000"
_OTHER = "01jexample0000000000000001"
_REVISION = "019a0000-0000-7000-8000-000000000002"
_EDITGROUP = "019a0000-0000-7000-8000-000000000003"
_RECORD = {"display_name": "Ada Lovelace", "orcid": "0000-0002-1825-0097"}
_ABOUT = {"description": "names of authors", "extra": {"ticket": "4711"}}
OPENING: dict[str, Any] = _ABOUT
EDITS: dict[str, Any] = {
    "edits": [
        {"action": "create", "kind": "creator", "record": _RECORD},
        {"action": "update", "croid": _CROID, "expect": _REVISION, "record": {"name": "Example"}},
        {"action": "redirect", "croid": _CROID, "into": _OTHER},
        {"action": "revert", "croid": _CROID, "revision": _REVISION},
        {"action": "delete", "croid": _CROID},
    ]
}
BATCH: dict[str, Any] = _ABOUT | EDITS
EDIT: dict[str, Any] = {
    "id": "019a0000-0000-7000-8000-000000000005",
    "croid": _CROID,
    "kind": "creator",
    "action": "update",
    "revision": _REVISION,
    "into": _OTHER,
    "previous": "019a0000-0000-7000-8000-000000000001",
    "previous-into": _OTHER,
    "extra": {"evidence": "https://example.org/1"},
}
_WARNINGS = [
    {
        "code": "unknown-member",
        "pointer": "/edits/0/record/age",
        "detail": "left out",
        "severity": "warning",
    }
]
EDITS_MADE: dict[str, Any] = {"edits": [EDIT], "warnings": _WARNINGS}
LISTED: dict[str, Any] = {
    "id": _EDITGROUP,
    "status": "accepted",
    "editor": "ada",
    "description": "names of authors",
    "created-at": "2026-01-02T03:04:05Z",
    "submitted-at": "2026-01-02T03:05:05Z",
    "index": 7,
}
EDITGROUP: dict[str, Any] = LISTED | {
    "extra": {"ticket": "4711"},
    "accepted-by": "root",
    "accepted-at": "2026-01-02T03:06:05Z",
    "counts": {"edits": 1, "annotations": 1},
}
EDIT_PAGE: dict[str, Any] = {"items": [EDIT], "next-cursor": "b3BhcXVl"}
EDITGROUP_WITH_EDITS: dict[str, Any] = EDITGROUP | {"edits": EDIT_PAGE}
EDITGROUPS: dict[str, Any] = {"items": [LISTED], "next-cursor": "b3BhcXVl"}
APPLIED: dict[str, Any] = EDITGROUP | EDITS_MADE
ANNOTATING: dict[str, Any] = {
    "markdown": "The ORCID iD is *hers*.",
    "extra": {"seen": "https://orcid.org/0000-0002-1825-0097"},
    "check": "orcid-exists",
    "passed": True,
}
ANNOTATION: dict[str, Any] = ANNOTATING | {
    "id": "019a0000-0000-7000-8000-000000000006",
    "editor": "checker-bot",
    "created-at": "2026-01-02T03:05:35Z",
}
ANNOTATIONS: dict[str, Any] = {"items": [ANNOTATION], "next-cursor": "b3BhcXVl"}
UNDOING: dict[str, Any] = {"description": "it was another Ada"}
NEW_OBJECT: dict[str, Any] = _ABOUT | {"kind": "creator", "record": _RECORD}
REPLACEMENT: dict[str, Any] = _ABOUT | {"record": _RECORD}
MERGER: dict[str, Any] = _ABOUT | {"into": _OTHER}
WRITTEN: dict[str, Any] = {
    "croid": _CROID,
    "kind": "creator",
    "action": "update",
    "revision": _REVISION,
    "into": _OTHER,
    "index": 7,
    "editgroup": EDITGROUP,
    "warnings": _WARNINGS,
}
REDACTING: dict[str, Any] = {"reason": "names a patient"}
REDACTION: dict[str, Any] = REDACTING | {
    "croid": _CROID,
    "revision": _REVISION,
    "by": "root",
    "at": "2026-01-02T03:04:05Z",
}
NULLABLE = (
    "description",
    "extra",
    "submitted-at",
    "index",
    "accepted-by",
    "accepted-at",
    "next-cursor",
    "revision",
    "into",
    "previous",
    "previous-into",
    "markdown",
    "check",
    "passed",
)
