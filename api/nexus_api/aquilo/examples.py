"""Examples of answers, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

_WORK: dict[str, Any] = {
    "DOI": "10.5555/nexus.1",
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
            "affiliation": [{"name": "University of Oxford, United Kingdom"}],
        }
    ],
    "URL": "https://doi.org/10.5555/nexus.1",
    "prefix": "10.5555",
    "reference-count": 1,
    "references-count": 1,
    "is-referenced-by-count": 0,
    "created": {
        "date-parts": [[2026, 1, 2]],
        "date-time": "2026-01-02T03:04:05Z",
        "timestamp": 1767323045000,
    },
}
WORK: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": _WORK,
}
WORKS: dict[str, Any] = {
    "status": "ok",
    "message-type": "work-list",
    "message-version": "1.0.0",
    "message": {
        "total-results": 1,
        "items-per-page": 20,
        "query": {"start-index": 0, "search-terms": "light"},
        "facets": {},
        "items": [_WORK | {"score": 0.6}],
        "next-cursor": "b3BhcXVl",
    },
}
CSL_ITEM: dict[str, Any] = {
    "type": "article-journal",
    "id": "10.5555/nexus.1",
    "DOI": "10.5555/nexus.1",
    "title": "A light in the house",
    "author": [{"family": "Lovelace", "given": "Ada"}],
    "issued": {"date-parts": [[2024, 5]]},
}
BIBTEX = "@article{lovelace2024light,\n  author = {Lovelace, Ada},\n  year = {2024}\n}\n"
ORGANIZATION: dict[str, Any] = {
    "id": "https://ror.org/052gg0110",
    "status": "active",
    "names": [{"value": "University of Oxford", "types": ["ror_display", "label"], "lang": "en"}],
    "types": ["education"],
    "croid": "01jexample0000000000000000",
}
HISTORY: dict[str, Any] = {
    "items": [
        {
            "index": 7,
            "at": "2026-01-02T03:04:05Z",
            "agent": "vulcanus",
            "deposit": "019a0000-0000-7000-8000-000000000004",
            "revision": "019a0000-0000-7000-8000-000000000002",
            "patch": [{"op": "replace", "path": "/title/0", "value": "New"}],
        }
    ],
    "next-cursor": "b3BhcXVl",
}
