"""Examples of what is told of where values come from."""

from __future__ import annotations

from typing import Any

_HOME = "http://127.0.0.1:8088"
_AT = "2026-01-02T03:04:05Z"
_CROID = "01jexample0000000000000000"
_ROW = "/sources/ror/releases/3/rows/052gg0110"
PROVENANCE: dict[str, Any] = {
    "croid": _CROID,
    "items": [
        {
            "pointer": "/author/0/affiliation/0/id/0",
            "value": None,
            "layer": "019a0000-0000-7000-8000-000000000003",
            "source": "strategy:affiliation-ror",
            "source_version": "2",
            "strategy": "affiliation-ror",
            "action": "insertChild",
            "original_value": None,
            "confidence": 0.97,
            "evidence": None,
            "asserted_at": _AT,
            "since": {
                "index": 7,
                "at": _AT,
                "revision": "019a0000-0000-7000-8000-000000000002",
            },
            "superseded": {"index": 9, "at": _AT},
            "links": {
                "revision": f"/cro/{_CROID}/revisions/019a0000-0000-7000-8000-000000000002",
                "deposit": "/deposits/019a0000-0000-7000-8000-000000000009",
                "row": _ROW,
            },
        }
    ],
    "next-cursor": "b3BhcXVl",
}
NULLABLE = ("next-cursor", "strategy", "action", "confidence", "asserted_at", "superseded")

ENRICHMENTS: dict[str, Any] = {
    "data": [
        {
            "id": "019a0000-0000-5000-8000-000000000003",
            "type": "enrichments",
            "attributes": {
                "doi": "10.5555/nexus.1",
                "contributors": [
                    {
                        "name": "affiliation-ror 2",
                        "nameType": "Organizational",
                        "contributorType": "DataCurator",
                    }
                ],
                "resources": [
                    {
                        "relatedIdentifier": f"{_HOME}{_ROW}",
                        "relatedIdentifierType": "URL",
                        "relationType": "IsDerivedFrom",
                    }
                ],
                "field": "author",
                "path": "/author/0/affiliation/0/id/0",
                "action": "insert",
                "originalValue": None,
                "enrichedValue": None,
                "process": "affiliation-ror 2",
                "confidence": 0.97,
                "evidence": None,
                "created": _AT,
                "updated": _AT,
            },
        }
    ],
    "meta": {"size": 1},
    "links": {"self": f"{_HOME}/enrichments"},
}
ENRICHMENTS_NULLABLE = ("doi", "confidence")

_ACTIVITY: dict[str, Any] = {
    "id": "019a0000-0000-7000-8000-000000000004",
    "type": "activities",
    "attributes": {
        "prov:wasGeneratedBy": f"{_HOME}/activities/019a0000-0000-7000-8000-000000000004",
        "prov:generatedAtTime": _AT,
        "prov:wasDerivedFrom": "https://doi.org/10.5555/nexus.1",
        "prov:wasAttributedTo": f"{_HOME}/editors/vulcanus",
        "action": "update",
        "version": 2,
        "changes": {},
        "index": 7,
        "revision": "019a0000-0000-7000-8000-000000000002",
        "deposit": f"{_HOME}/deposits/019a0000-0000-7000-8000-000000000009",
    },
    "relationships": {"doi": {"data": {"id": "10.5555/nexus.1", "type": "dois"}}},
}
ACTIVITY: dict[str, Any] = {"data": _ACTIVITY}
ACTIVITIES: dict[str, Any] = {
    "data": [_ACTIVITY],
    "meta": {"size": 1},
    "links": {"self": f"{_HOME}/activities"},
}
ACTIVITIES_NULLABLE = ("revision", "deposit", "changes")
