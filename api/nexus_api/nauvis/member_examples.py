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
CALLBACK_SECRET: dict[str, Any] = {"member": 1_000_000, "secret": "nxs_..."}
CALLBACKS: dict[str, Any] = {
    "items": [
        {
            "n": 1,
            "event": "019a0000-0000-7000-8000-000000000008",
            "url": "https://example.org/told",
            "state": "sent",
            "attempts": 1,
            "next-at": "2026-01-02T03:04:16Z",
            "sent-at": "2026-01-02T03:04:06Z",
            "tried": [
                {
                    "at": "2026-01-02T03:04:06Z",
                    "status": 204,
                    "error": "fetch-failed: no answer within 20 s",
                    "duration-ms": 85,
                }
            ],
        }
    ]
}
