"""What people do to the catalogue: editgroups from the first edit to acceptance, and back.

Each function comes twice, for workers and, with `_async`, for the API. The transaction is the
caller's. Refusals come as `psycopg.Error` with the code of one of this room's errors:
`not-allowed`, `no-such-editgroup`, `editgroup-closed`, `already-edited`, `bad-edit`, `bad-record`,
`bad-redirect`, `wrong-state`, `stale-base`, `identifier-taken`, `checks-missing`, `redacted`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypedDict
from uuid import UUID

import orjson
from psycopg import AsyncConnection, Connection

from nexus_hub.catalog.queries import editgroup as q
from nexus_hub.catalog.queries import redaction as redactions
from nexus_hub.catalog.queries.models import EditAction, Kind

Action = Literal["create", "update", "revert", "redirect", "delete"]
Extra = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to one object.

    A create needs `kind` and `body`, and mints a CROID where it has none; an update needs `body`, a
    redirect `target`, a revert `revision_id`. `expected_id` is the current revision as the editor
    knows it: another one there is `stale-base`. Of the same object each editgroup has one edit.
    """

    action: Action
    croid: UUID | None = None
    kind: str | None = None
    body: dict[str, Any] | str | None = None
    target: UUID | None = None
    revision_id: UUID | None = None
    expected_id: UUID | None = None
    extra: Extra | None = None


class Opened(NamedTuple):
    """An editgroup, and whether it was opened now or found under its key."""

    editgroup_id: UUID
    status: str
    is_new: bool


class Applied(NamedTuple):
    """An editgroup that was accepted, its index, and whether that happened now."""

    editgroup_id: UUID
    index: int
    is_new: bool


class _Columns(TypedDict):
    actions: list[EditAction | None]
    croids: list[UUID | None]
    kinds: list[Kind | None]
    bodies: list[str | None]
    targets: list[UUID | None]
    revision_ids: list[UUID | None]
    expected_ids: list[UUID | None]
    extras: list[str | None]


def open_editgroup(
    conn: Connection[Any],
    editor_id: UUID,
    description: str | None = None,
    extra: Extra | None = None,
    key: str | None = None,
) -> Opened:
    """Open an editgroup; the same key of the same editor gives the same one."""
    row = q.editgroup_open(
        conn,
        editor_id=editor_id,
        description=description,
        extra=_text(extra),
        idempotency_key=key,
    )
    return Opened(row.editgroup_id, row.status, row.is_new)


async def open_editgroup_async(
    conn: AsyncConnection[Any],
    editor_id: UUID,
    description: str | None = None,
    extra: Extra | None = None,
    key: str | None = None,
) -> Opened:
    """Open an editgroup; as `open_editgroup`."""
    row = await q.editgroup_open_async(
        conn,
        editor_id=editor_id,
        description=description,
        extra=_text(extra),
        idempotency_key=key,
    )
    return Opened(row.editgroup_id, row.status, row.is_new)


def add_edits(
    conn: Connection[Any], editgroup_id: UUID, editor_id: UUID, edits: Sequence[Edit]
) -> list[q.EditgroupAddEditsRow]:
    """Propose changes, all or none; what became of each, in the order given."""
    return q.editgroup_add_edits(
        conn, editgroup_id=editgroup_id, editor_id=editor_id, **_columns(edits)
    )


async def add_edits_async(
    conn: AsyncConnection[Any], editgroup_id: UUID, editor_id: UUID, edits: Sequence[Edit]
) -> list[q.EditgroupAddEditsRow]:
    """Propose changes, all or none; as `add_edits`."""
    return await q.editgroup_add_edits_async(
        conn, editgroup_id=editgroup_id, editor_id=editor_id, **_columns(edits)
    )


def delete_edit(conn: Connection[Any], editgroup_id: UUID, edit_id: UUID, editor_id: UUID) -> None:
    """Take an edit out of an editgroup that is not accepted yet."""
    q.editgroup_delete_edit(conn, editgroup_id=editgroup_id, edit_id=edit_id, editor_id=editor_id)


async def delete_edit_async(
    conn: AsyncConnection[Any], editgroup_id: UUID, edit_id: UUID, editor_id: UUID
) -> None:
    """Take an edit out of an editgroup that is not accepted yet."""
    await q.editgroup_delete_edit_async(
        conn, editgroup_id=editgroup_id, edit_id=edit_id, editor_id=editor_id
    )


def submit(conn: Connection[Any], editgroup_id: UUID, editor_id: UUID) -> None:
    """Offer an editgroup for review."""
    q.editgroup_submit(conn, editgroup_id=editgroup_id, editor_id=editor_id)


async def submit_async(conn: AsyncConnection[Any], editgroup_id: UUID, editor_id: UUID) -> None:
    """Offer an editgroup for review."""
    await q.editgroup_submit_async(conn, editgroup_id=editgroup_id, editor_id=editor_id)


def unsubmit(conn: Connection[Any], editgroup_id: UUID, editor_id: UUID) -> None:
    """Take an editgroup back from review."""
    q.editgroup_unsubmit(conn, editgroup_id=editgroup_id, editor_id=editor_id)


async def unsubmit_async(conn: AsyncConnection[Any], editgroup_id: UUID, editor_id: UUID) -> None:
    """Take an editgroup back from review."""
    await q.editgroup_unsubmit_async(conn, editgroup_id=editgroup_id, editor_id=editor_id)


def withdraw(conn: Connection[Any], editgroup_id: UUID, editor_id: UUID) -> None:
    """Give an editgroup up for good; what it would have created is free."""
    q.editgroup_withdraw(conn, editgroup_id=editgroup_id, editor_id=editor_id)


async def withdraw_async(conn: AsyncConnection[Any], editgroup_id: UUID, editor_id: UUID) -> None:
    """Give an editgroup up for good; what it would have created is free."""
    await q.editgroup_withdraw_async(conn, editgroup_id=editgroup_id, editor_id=editor_id)


def accept(conn: Connection[Any], editgroup_id: UUID, editor_id: UUID) -> int:
    """Make an editgroup current, in the name of an admin; its index in the changelog."""
    index = q.editgroup_accept(conn, editgroup_id=editgroup_id, editor_id=editor_id)
    assert index is not None  # noqa: S101
    return index


async def accept_async(conn: AsyncConnection[Any], editgroup_id: UUID, editor_id: UUID) -> int:
    """Make an editgroup current, in the name of an admin; its index in the changelog."""
    index = await q.editgroup_accept_async(conn, editgroup_id=editgroup_id, editor_id=editor_id)
    assert index is not None  # noqa: S101
    return index


def apply(
    conn: Connection[Any],
    editor_id: UUID,
    edits: Sequence[Edit],
    description: str | None = None,
    extra: Extra | None = None,
    key: str | None = None,
) -> Applied:
    """Open an editgroup, fill it and accept it at one go, as an admin.

    The same key with the same edits gives the first one's index; with others, it is refused as
    `editgroup-key-reused`.
    """
    row = q.editgroup_apply(
        conn,
        editor_id=editor_id,
        description=description,
        extra=_text(extra),
        idempotency_key=key,
        **_columns(edits),
    )
    return Applied(row.editgroup_id, row.index, row.is_new)


async def apply_async(
    conn: AsyncConnection[Any],
    editor_id: UUID,
    edits: Sequence[Edit],
    description: str | None = None,
    extra: Extra | None = None,
    key: str | None = None,
) -> Applied:
    """Open an editgroup, fill it and accept it at one go; as `apply`."""
    row = await q.editgroup_apply_async(
        conn,
        editor_id=editor_id,
        description=description,
        extra=_text(extra),
        idempotency_key=key,
        **_columns(edits),
    )
    return Applied(row.editgroup_id, row.index, row.is_new)


def revert(
    conn: Connection[Any],
    editgroup_id: UUID,
    editor_id: UUID,
    description: str | None = None,
    key: str | None = None,
) -> Opened:
    """Open an editgroup that undoes an accepted one; `stale-base` where an object changed since."""
    row = q.editgroup_revert(
        conn,
        editgroup_id=editgroup_id,
        editor_id=editor_id,
        description=description,
        idempotency_key=key,
    )
    return Opened(row.editgroup_id, row.status, row.is_new)


async def revert_async(
    conn: AsyncConnection[Any],
    editgroup_id: UUID,
    editor_id: UUID,
    description: str | None = None,
    key: str | None = None,
) -> Opened:
    """Open an editgroup that undoes an accepted one; as `revert`."""
    row = await q.editgroup_revert_async(
        conn,
        editgroup_id=editgroup_id,
        editor_id=editor_id,
        description=description,
        idempotency_key=key,
    )
    return Opened(row.editgroup_id, row.status, row.is_new)


def annotate(
    conn: Connection[Any],
    editgroup_id: UUID,
    editor_id: UUID,
    markdown: str | None = None,
    extra: Extra | None = None,
    check: tuple[str, bool] | None = None,
) -> UUID:
    """Say something about an editgroup, or give a check's name and whether it passed."""
    return q.editgroup_annotate(
        conn,
        editgroup_id=editgroup_id,
        editor_id=editor_id,
        markdown=markdown,
        extra=_text(extra),
        check_name=check[0] if check else None,
        is_passed=check[1] if check else None,
    )


async def annotate_async(
    conn: AsyncConnection[Any],
    editgroup_id: UUID,
    editor_id: UUID,
    markdown: str | None = None,
    extra: Extra | None = None,
    check: tuple[str, bool] | None = None,
) -> UUID:
    """Say something about an editgroup, or give the result of a check; as `annotate`."""
    return await q.editgroup_annotate_async(
        conn,
        editgroup_id=editgroup_id,
        editor_id=editor_id,
        markdown=markdown,
        extra=_text(extra),
        check_name=check[0] if check else None,
        is_passed=check[1] if check else None,
    )


def redact(
    conn: Connection[Any], croid: UUID, revision_id: UUID, editor_id: UUID, reason: str
) -> None:
    """Take the content of an old revision away for good, as an admin; its hash stays."""
    redactions.redaction_make(
        conn, croid=croid, revision_id=revision_id, editor_id=editor_id, reason=reason
    )


async def redact_async(
    conn: AsyncConnection[Any], croid: UUID, revision_id: UUID, editor_id: UUID, reason: str
) -> None:
    """Take the content of an old revision away for good; as `redact`."""
    await redactions.redaction_make_async(
        conn, croid=croid, revision_id=revision_id, editor_id=editor_id, reason=reason
    )


def _columns(edits: Sequence[Edit]) -> _Columns:
    return {
        "actions": [EditAction(edit.action) for edit in edits],
        "croids": [edit.croid for edit in edits],
        "kinds": [Kind(edit.kind) if edit.kind is not None else None for edit in edits],
        "bodies": [_text(edit.body) for edit in edits],
        "targets": [edit.target for edit in edits],
        "revision_ids": [edit.revision_id for edit in edits],
        "expected_ids": [edit.expected_id for edit in edits],
        "extras": [_text(edit.extra) for edit in edits],
    }


def _text(value: dict[str, Any] | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()
