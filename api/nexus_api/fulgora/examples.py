"""Examples of answers, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

SOURCE: dict[str, Any] = {
    "source": "retraction-watch",
    "title": "Retraction Watch",
    "licence": "Open data; Crossref asks for attribution",
    "attribution": "Retraction Watch Database (Crossref, Center for Scientific Integrity)",
    "homepage": "https://gitlab.com/crossref/retraction-watch-data",
    "kind": "release",
    "scheme": "doi",
    "whole": True,
    "last-release": 3,
    "last-label": "retraction_watch.csv sha256:0123456789abcdef",
    "last-at": "2026-01-02T03:04:05Z",
    "url": "/sources/retraction-watch",
}
SOURCES: dict[str, Any] = {"items": [SOURCE]}
RELEASE: dict[str, Any] = {
    "source": "retraction-watch",
    "release": 3,
    "label": "retraction_watch.csv sha256:0123456789abcdef",
    "counts": {
        "rows": 60000,
        "changed": 120,
        "removed": 2,
        "older": 0,
        "unreadable": 1,
    },
    "started-at": "2026-01-02T03:04:05Z",
    "completed-at": "2026-01-02T03:04:09Z",
    "url": "/sources/retraction-watch/releases/3",
}
RELEASES: dict[str, Any] = {"items": [RELEASE], "next-cursor": "b3BhcXVl"}
ROW_KEY: dict[str, Any] = {
    "key": "4711",
    "version": "",
    "since-release": 2,
    "url": "/sources/retraction-watch/releases/3/rows/4711",
}
ROWS: dict[str, Any] = {"items": [ROW_KEY], "next-cursor": "b3BhcXVl"}
CHANGE: dict[str, Any] = {
    "key": "4711",
    "change": "changed",
    "before-release": 2,
    "url": "/sources/retraction-watch/releases/3/rows/4711",
}
CHANGES: dict[str, Any] = {"items": [CHANGE], "next-cursor": "b3BhcXVl"}
ROW: dict[str, Any] = {
    "source": "retraction-watch",
    "release": 3,
    "key": "4711",
    "version": "",
    "since-release": 2,
    "licence": "Open data; Crossref asks for attribution",
    "attribution": "Retraction Watch Database (Crossref, Center for Scientific Integrity)",
    "statements": [
        {
            "scheme": "doi",
            "value": "10.5555/a",
            "role": "updated",
            "facts": {"type": "Retraction", "on": "2015-02-01"},
        }
    ],
    "record": {"Record ID": "4711", "RetractionNature": "Retraction"},
}
NULLABLE = (
    "kind", "scheme", "last-release", "last-label", "last-at", "next-cursor", "before-release",
)  # fmt: skip
