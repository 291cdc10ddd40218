"""Examples of answers, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

_PREPRINT: dict[str, Any] = {
    "croid": "01jexample0000000000000000",
    "kind": "release",
    "state": "live",
    "identifiers": ["doi:10.5555/nexus.1"],
    "into": "01jexample0000000000000002",
}
_ARTICLE = _PREPRINT | {
    "croid": "01jexample0000000000000001",
    "identifiers": ["doi:10.5555/nexus.2"],
}
RELATIONSHIP: dict[str, Any] = {
    "subject": _PREPRINT,
    "type": "is-preprint-of",
    "inverse": "has-preprint",
    "object": _ARTICLE,
    "asserted-by": ["subject", "object"],
    "source": ["relation"],
    "state": "current",
    "first-index": 7,
    "index": 9,
    "at": "2026-01-02T03:04:05Z",
}
RELATIONSHIPS: dict[str, Any] = {"items": [RELATIONSHIP], "next-cursor": "b3BhcXVl"}
WORK_RELATIONSHIPS: dict[str, Any] = {
    "items": [RELATIONSHIP],
    "counts": {"is-preprint-of": 1},
    "next-cursor": "b3BhcXVl",
}
GRAPH: dict[str, Any] = {
    "croid": "01jexample0000000000000000",
    "depth": 1,
    "nodes": [_PREPRINT | {"distance": 0}, _ARTICLE | {"distance": 1}],
    "edges": [
        {
            "subject": "01jexample0000000000000000",
            "type": "is-preprint-of",
            "inverse": "has-preprint",
            "object": "01jexample0000000000000001",
        }
    ],
    "truncated": False,
}
NULLABLE = ("next-cursor", "croid", "kind", "into")
