"""Examples of answers, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

AGE: dict[str, Any] = {
    "report": "doi-counts",
    "title": "DOIs by prefix, type and year",
    "as-of-index": 7,
    "generated-at": "2026-01-02T03:04:05Z",
    "spoils-at": "2026-01-02T04:04:05Z",
    "stale": False,
}
REPORTS: dict[str, Any] = {"items": [AGE | {"url": "/reports/doi-counts"}]}
DOI_COUNT: dict[str, Any] = {
    "prefix": "10.5555",
    "type": "journal-article",
    "year": 2024,
    "count": 12,
}
DOI_COUNTS: dict[str, Any] = AGE | {"items": [DOI_COUNT], "next-cursor": "b3BhcXVl"}
COVERAGE: dict[str, Any] = {
    "strategy": "affiliation-ror",
    "values": 100,
    "enriched": 60,
    "added": 40,
    "releases": 50,
    "organisations": 30,
}
COVERAGES: dict[str, Any] = AGE | {"items": [COVERAGE]}
AGE_CSV = "as-of-index,generated-at,spoils-at,stale"
DOI_COUNTS_CSV = (
    f"prefix,type,year,count,{AGE_CSV}\r\n"
    "10.5555,journal-article,2024,12,7,2026-01-02T03:04:05Z,2026-01-02T04:04:05Z,false\r\n"
)
COVERAGES_CSV = (
    f"strategy,values,enriched,added,releases,organisations,{AGE_CSV}\r\n"
    "affiliation-ror,100,60,40,50,30,7,2026-01-02T03:04:05Z,2026-01-02T04:04:05Z,false\r\n"
)
RESOLUTION: dict[str, Any] = {
    "prefix": "10.5555",
    "month": "2026-01",
    "outcome": "landed",
    "agent": "browser",
    "resolutions": 120,
    "dois": 12,
}
RESOLUTIONS: dict[str, Any] = (
    AGE
    | {"report": "resolution", "title": "Resolutions by prefix and month"}
    | {"items": [RESOLUTION], "next-cursor": "b3BhcXVl"}
)
RESOLUTIONS_CSV = (
    f"prefix,month,outcome,agent,resolutions,dois,{AGE_CSV}\r\n"
    "10.5555,2026-01,landed,browser,120,12,7,2026-01-02T03:04:05Z,2026-01-02T04:04:05Z,false\r\n"
)
NULLABLE = ("as-of-index", "generated-at", "spoils-at", "next-cursor", "year")
