"""Examples of what is sent and answered about editors and their keys."""

from __future__ import annotations

from typing import Any

EDITOR: dict[str, Any] = {
    "id": "019a0000-0000-7000-8000-000000000004",
    "username": "ada",
    "role": "editor",
    "bot": False,
    "active": True,
    "created-at": "2026-01-02T03:04:05Z",
}
ME: dict[str, Any] = EDITOR | {"scopes": ["account", "deposit", "edit", "member"]}
RENAMING: dict[str, Any] = {"username": "ada.lovelace"}
NEW_EDITOR: dict[str, Any] = {"username": "loader-bot", "role": "editor", "bot": True}
CHANGE: dict[str, Any] = {"username": "loader", "role": "admin", "active": True}
WANTED_TOKEN: dict[str, Any] = {
    "description": "nightly loader",
    "scopes": ["deposit"],
    "expires-at": "2027-01-02T03:04:05Z",
}
TOKEN: dict[str, Any] = {
    "id": "01k8000000e0080000000000r5",
    "scopes": ["deposit"],
    "description": "nightly loader",
    "created-at": "2026-01-02T03:04:05Z",
    "expires-at": "2027-01-02T03:04:05Z",
    "revoked-at": None,
    "last-used-at": "2026-02-03T04:05:06Z",
}
ISSUED: dict[str, Any] = TOKEN | {"token": f"nx_01k8000000e0080000000000r5_{'a' * 52}"}
MADE: dict[str, Any] = EDITOR | {"token": ISSUED["token"]}
TOKENS: dict[str, Any] = {"items": [TOKEN], "next-cursor": "b3BhcXVl"}
NULLABLE = ("description", "expires-at", "revoked-at", "last-used-at", "next-cursor")
