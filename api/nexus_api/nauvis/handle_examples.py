"""Examples of what is told of DOIs: deletions and aliases."""

from __future__ import annotations

from typing import Any

DELETED: dict[str, Any] = {"doi": "10.5555/nexus.1", "was": "findable", "index": 8}
NEW_ALIAS: dict[str, Any] = {"alias": "10.5555/old.1"}
ALIAS: dict[str, Any] = {"alias": "10.5555/old.1", "doi": "10.5555/nexus.1"}
ALIASES: dict[str, Any] = {
    "items": [{"alias": "10.5555/old.1", "since": "2026-01-02T03:04:05Z"}],
    "next-cursor": "b3BhcXVl",
}
