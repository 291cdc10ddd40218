"""Editors with keys, for tests of a service: made as the operator makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from nexus_hub.catalog.credentials import Key, digest, make_secret
from nexus_hub.catalog.queries import editor, token
from nexus_hub.catalog.queries.models import EditorRole


def make_editor(connection: Any, name: str, role: EditorRole = EditorRole.EDITOR) -> UUID:
    return editor.editor_create(connection, username=name, role=role, is_bot=False, agent_id=None)


def make_key(
    connection: Any,
    editor_id: UUID,
    scopes: Sequence[str] | None = None,
    expires_at: datetime | None = None,
) -> Key:
    secret = make_secret()
    token_id = token.token_issue(
        connection,
        editor_id=editor_id,
        secret_sha256=digest(secret),
        scopes=scopes,
        expires_at=expires_at,
        description=None,
        with_token_id=None,
    )
    return Key(token_id, secret)


def bearer(key: Key | str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key if isinstance(key, str) else key.text()}"}
