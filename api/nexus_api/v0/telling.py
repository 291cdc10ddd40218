"""Rows as fatcat's models tell them: edits, editgroups, editors, annotations, entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec
import orjson
from litestar import Response

from nexus_api.describing import JSON
from nexus_hub.catalog.fatcat import ENTITIES
from nexus_hub.catalog.fatcat.idents import to_ident
from nexus_hub.catalog.queries.models import EditorRole

Record = dict[str, Any]


class EditorRow(Protocol):
    """What is told of an editor."""

    @property
    def editor_id(self) -> UUID: ...  # noqa: D102
    @property
    def username(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> EditorRole: ...  # noqa: D102
    @property
    def is_bot(self) -> bool: ...  # noqa: D102
    @property
    def is_active(self) -> bool: ...  # noqa: D102


class EditgroupRow(EditorRow, Protocol):
    """What is told of an editgroup."""

    @property
    def editgroup_id(self) -> UUID: ...  # noqa: D102
    @property
    def description(self) -> str | None: ...  # noqa: D102
    @property
    def editgroup_extra(self) -> str | None: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102
    @property
    def submitted_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def index(self) -> int | None: ...  # noqa: D102


class EditRow(Protocol):
    """What is told of an edit, but for its editgroup."""

    @property
    def edit_id(self) -> UUID: ...  # noqa: D102
    @property
    def croid(self) -> UUID: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def revision_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def redirect_to(self) -> UUID | None: ...  # noqa: D102
    @property
    def previous_revision_id(self) -> UUID | None: ...  # noqa: D102


class AnnotationRow(EditorRow, Protocol):
    """What is told of an annotation."""

    @property
    def annotation_id(self) -> UUID: ...  # noqa: D102
    @property
    def editgroup_id(self) -> UUID: ...  # noqa: D102
    @property
    def markdown(self) -> str | None: ...  # noqa: D102
    @property
    def extra(self) -> str | None: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102


class StoredEditRow(EditRow, Protocol):
    """An edit as it is kept."""

    @property
    def editgroup_id(self) -> UUID: ...  # noqa: D102
    @property
    def extra(self) -> str | None: ...  # noqa: D102


def reply(told: Any, status: int = 200) -> Response[bytes]:
    """An answer in JSON."""
    return Response(msgspec.json.encode(told), status_code=status, media_type=JSON)


def success(message: str) -> Response[bytes]:
    """The answer to what has nothing else to tell."""
    return reply({"success": True, "message": message})


def maybe_ident(croid: UUID | None) -> str | None:
    """An ident, where there is one."""
    return None if croid is None else to_ident(croid)


def edit(row: EditRow, editgroup_id: UUID, extra: Record | None = None) -> Record:
    """An edit of an entity."""
    return {
        "edit_id": row.edit_id,
        "ident": to_ident(row.croid),
        "revision": row.revision_id,
        "prev_revision": row.previous_revision_id,
        "redirect_ident": maybe_ident(row.redirect_to),
        "editgroup_id": to_ident(editgroup_id),
        "extra": extra,
    }


def stored_edit(row: StoredEditRow) -> Record:
    """An edit as it is kept."""
    return edit(row, row.editgroup_id, _object(row.extra))


def editor(row: EditorRow) -> Record:
    """An editor as everybody may see it."""
    return {
        "editor_id": to_ident(row.editor_id),
        "username": row.username,
        "is_admin": row.role == EditorRole.ADMIN,
        "is_bot": row.is_bot,
        "is_active": row.is_active,
    }


def editgroup(
    row: EditgroupRow, edits: Iterable[StoredEditRow] | None = None, *, with_editor: bool = True
) -> Record:
    """An editgroup; its edits by kind, where they are given."""
    told = {
        "editgroup_id": to_ident(row.editgroup_id),
        "editor_id": to_ident(row.editor_id),
        "changelog_index": row.index,
        "created": row.created_at,
        "submitted": row.submitted_at,
        "description": row.description,
        "extra": _object(row.editgroup_extra),
    }
    if with_editor:
        told["editor"] = editor(row)
    if edits is not None:
        by_kind: dict[str, list[Record]] = {f"{kind}s": [] for kind in ENTITIES}
        for each in edits:
            if each.kind in ENTITIES:
                by_kind[f"{each.kind}s"].append(stored_edit(each))
        told["edits"] = by_kind
    return told


def entry(row: EditgroupRow, accepted_at: datetime, told: Record | None = None) -> Record:
    """An entry of the changelog, with its editgroup where that is given."""
    return {
        "index": row.index,
        "editgroup_id": to_ident(row.editgroup_id),
        "timestamp": accepted_at,
        "editgroup": told,
    }


def annotation(row: AnnotationRow, *, with_editor: bool = True) -> Record:
    """What somebody said about an editgroup."""
    told = {
        "annotation_id": row.annotation_id,
        "editgroup_id": to_ident(row.editgroup_id),
        "editor_id": to_ident(row.editor_id),
        "created": row.created_at,
        "comment_markdown": row.markdown,
        "extra": _object(row.extra),
    }
    return told | {"editor": editor(row)} if with_editor else told


def grouped(rows: Sequence[StoredEditRow]) -> dict[UUID, list[StoredEditRow]]:
    """Edits by their editgroups."""
    groups: dict[UUID, list[StoredEditRow]] = {}
    for row in rows:
        groups.setdefault(row.editgroup_id, []).append(row)
    return groups


def text(value: Record | None) -> str | None:
    """An object as JSON text, where there is one."""
    return None if value is None else orjson.dumps(value).decode()


def _object(written: str | None) -> Record | None:
    return None if written is None else orjson.loads(written)
