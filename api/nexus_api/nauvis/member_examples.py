"""Examples of what is sent and answered about the keys of members."""

from __future__ import annotations

from typing import Any

WANTED_KEY: dict[str, Any] = {
    "role": "depositor",
    "person": "Nightly loader",
    "description": "deposits of the journal",
    "expires-at": "2027-01-02T03:04:05Z",
}
ROTATION: dict[str, Any] = {"overlap-s": 3600}
KEY: dict[str, Any] = {
    "id": "01k8000000e0080000000000r5",
    "role": "depositor",
    "person": "Nightly loader",
    "description": "deposits of the journal",
    "rotated-from": None,
    "created-at": "2026-01-02T03:04:05Z",
    "expires-at": "2027-01-02T03:04:05Z",
    "revoked-at": None,
}
ISSUED: dict[str, Any] = KEY | {"key": f"nx_01k8000000e0080000000000r5_{'a' * 52}"}
KEYS: dict[str, Any] = {"items": [KEY], "next-cursor": "b3BhcXVl"}
NULLABLE = (
    "person",
    "description",
    "rotated-from",
    "expires-at",
    "revoked-at",
    "next-cursor",
)
