"""Examples of what is sent and answered about corrections."""

from __future__ import annotations

from typing import Any

PROPOSAL: dict[str, Any] = {
    "doi": "10.5555/nexus.1",
    "patch": [{"op": "replace", "path": "/author/0/family", "value": "Lovelace"}],
    "evidence": "https://example.org/1: the title page of the PDF",
    "comment": "The family name is misspelt.",
}
DECISION: dict[str, Any] = {"comment": "Thank you, that is right."}
CORRECTION: dict[str, Any] = {
    "id": "019a0000-0000-7000-8000-00000000000a",
    "state": "accepted",
    "doi": "10.5555/nexus.1",
    "croid": "01jexample0000000000000000",
    "patch": PROPOSAL["patch"],
    "evidence": PROPOSAL["evidence"],
    "comment": PROPOSAL["comment"],
    "proposed-by": "ada",
    "proposed-at": "2026-01-02T03:04:05Z",
    "decided-by": "member-1000000",
    "decided-at": "2026-01-02T03:04:06Z",
    "decision-comment": DECISION["comment"],
    "deposit": "019a0000-0000-7000-8000-000000000009",
    "editgroup": None,
}
CORRECTIONS: dict[str, Any] = {"items": [CORRECTION], "next-cursor": "b3BhcXVl"}
NULLABLE = (
    *("comment", "decided-by", "decided-at", "decision-comment"),
    *("deposit", "editgroup", "next-cursor"),
)
