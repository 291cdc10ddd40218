"""What is done to an editgroup: opened, filled, offered, accepted or given up, and undone."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import orjson
from litestar import Request, Response, delete, post
from litestar.params import FromPath

from nexus_api.auth import agent_of, keyed
from nexus_api.catalog import edit_bodies as bodies
from nexus_api.catalog import edit_examples as examples
from nexus_api.catalog import proposing
from nexus_api.catalog.editgroups import find, read_editgroup, tell
from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_api.freshness import HEADER
from nexus_api.idempotency import IdempotencyKey, read_key
from nexus_api.ids import read_id
from nexus_hub.catalog import editing
from nexus_hub.catalog.errors import EditgroupKeyReused, NoSuchEdit
from nexus_hub.catalog.queries import editgroup as q

AnyRequest = Request[Any, Any, Any]
_KEY_REUSED = {422: "`editgroup-key-reused`: the key was used for something else."}
_CLOSED = "`editgroup-closed` (400): it was accepted or withdrawn already."


class Opening(msgspec.Struct, forbid_unknown_fields=True):
    """What an editgroup is for."""

    description: bodies.Description | None = None
    extra: dict[str, Any] | None = None


class Batch(Opening, forbid_unknown_fields=True):
    """A whole editgroup."""

    edits: list[Any] = msgspec.field(default_factory=list)


class Edits(msgspec.Struct, forbid_unknown_fields=True):
    """Edits for an editgroup."""

    edits: list[Any]


class Annotation(msgspec.Struct, forbid_unknown_fields=True):
    """Something said, or the result of a check; `check` and `passed` go together."""

    markdown: Annotated[str, msgspec.Meta(max_length=100_000)] | None = None
    extra: dict[str, Any] | None = None
    check: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    passed: bool | None = None


class Undoing(msgspec.Struct, forbid_unknown_fields=True):
    """Why an editgroup is undone."""

    description: bodies.Description | None = None


@post(
    "/editgroups",
    operation_id="editgroup_open",
    tags=["editing"],
    **keyed("edit"),
    operation_class=described(
        {JSON: examples.EDITGROUP},
        status=201,
        headers=("Location",),
        nullable=examples.NULLABLE,
        body=examples.OPENING,
        takes=Opening,
        may_lack=True,
        others=_KEY_REUSED,
    ),
)
async def editgroup_open(
    request: AnyRequest, db: Database, idempotency_key: IdempotencyKey = None
) -> Response[bytes]:
    """Open an editgroup. The same `Idempotency-Key` gives the same one."""
    key = read_key(idempotency_key)
    asked = bodies.read_body(await bodies.read_json(request, may_lack=True), Opening)
    opened = await editing.open_editgroup_async(
        db, agent_of(request).editor_id, asked.description, asked.extra, key
    )
    row = await find(db, opened.editgroup_id)
    extra = orjson.loads(row.extra) if row.extra else None
    if not opened.is_new and (row.description, extra) != (asked.description, asked.extra):
        raise EditgroupKeyReused(f"it made editgroup {opened.editgroup_id}")
    return answer(tell(row), 201, location=f"/editgroups/{opened.editgroup_id}")


@post(
    "/editgroups/batch",
    operation_id="editgroup_apply",
    tags=["editing"],
    **keyed("accept"),
    operation_class=described(
        {JSON: examples.APPLIED},
        status=201,
        headers=("Location", "X-Nexus-Index"),
        nullable=examples.NULLABLE,
        body=examples.BATCH,
        takes=Batch,
        others={409: "An object is not in a state for its edit; nothing was done.", **_KEY_REUSED},
    ),
)
async def editgroup_apply(
    request: AnyRequest, db: Database, idempotency_key: IdempotencyKey = None
) -> Response[bytes]:
    """Open an editgroup, fill it with up to 10,000 edits and accept it: all of it, or nothing.

    The same `Idempotency-Key` with the same edits gives the first answer, and changes nothing.
    """
    key = read_key(idempotency_key)
    asked = bodies.read_body(await bodies.read_json(request), Batch)
    edits, warnings = await proposing.read(db, bodies.read_drafts(asked.edits))
    about = (asked.description, asked.extra)
    editor_id = agent_of(request).editor_id
    applied, made = await proposing.apply(db, editor_id, edits, about, key)
    rows = await proposing.rows_of(db, applied.editgroup_id, made)
    told = tell(await find(db, applied.editgroup_id))
    told |= {"edits": [proposing.tell_edit(row) for row in rows], "warnings": warnings}
    location = f"/editgroups/{applied.editgroup_id}"
    return answer(told, 201, location=location, index=applied.index)


@post(
    "/editgroups/{editgroup_id:str}/edits",
    operation_id="edit_create",
    tags=["editing"],
    **keyed("edit"),
    operation_class=described(
        {JSON: examples.EDITS_MADE},
        status=201,
        headers=("Location",),
        nullable=examples.NULLABLE,
        body=examples.EDITS,
        takes=Edits,
        others={
            409: "`already-edited`, `stale-base`, `wrong-state` or `identifier-taken`; nothing"
            " was added."
        },
    ),
)
async def edit_create(
    editgroup_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Add edits to an editgroup, up to 10,000 at once, all or none; told in the order sent.

    Works that were made for releases without one come last.
    """
    number = read_editgroup(editgroup_id)
    asked = bodies.read_body(await bodies.read_json(request), Edits)
    await find(db, number)
    edits, warnings = await proposing.read(db, bodies.read_drafts(asked.edits))
    rows = await proposing.fill(db, number, agent_of(request).editor_id, edits)
    told = {"edits": [proposing.tell_edit(row) for row in rows], "warnings": warnings}
    return answer(told, 201, location=f"/editgroups/{number}/edits")


@delete(
    "/editgroups/{editgroup_id:str}/edits/{edit_id:str}",
    operation_id="edit_delete",
    tags=["editing"],
    **keyed("edit"),
)
async def edit_delete(
    editgroup_id: FromPath[str], edit_id: FromPath[str], request: AnyRequest, db: Database
) -> None:
    """Take an edit out of an editgroup that is neither accepted nor withdrawn."""
    number, edit = read_editgroup(editgroup_id), read_id(edit_id)
    if edit is None:
        raise NoSuchEdit(edit_id[:100])
    await editing.delete_edit_async(db, number, edit, agent_of(request).editor_id)


def _step(description: str = _CLOSED, scope: str = "edit") -> dict[str, Any]:
    """What the routes have in common that lead an editgroup from one status to another."""
    return {
        "tags": ["editing"],
        "status_code": 200,
        **keyed(scope),
        "operation_class": described(
            {JSON: examples.EDITGROUP},
            headers=("X-Nexus-Index",) if scope == "accept" else (),
            nullable=examples.NULLABLE,
            others={409: description} if scope == "accept" else {400: description},
        ),
    }


@post("/editgroups/{editgroup_id:str}/submit", operation_id="editgroup_submit", **_step())
async def editgroup_submit(
    editgroup_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Offer an editgroup for review."""
    number = read_editgroup(editgroup_id)
    await editing.submit_async(db, number, agent_of(request).editor_id)
    return answer(tell(await find(db, number)))


@post("/editgroups/{editgroup_id:str}/unsubmit", operation_id="editgroup_unsubmit", **_step())
async def editgroup_unsubmit(
    editgroup_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Take an editgroup back from review."""
    number = read_editgroup(editgroup_id)
    await editing.unsubmit_async(db, number, agent_of(request).editor_id)
    return answer(tell(await find(db, number)))


@post("/editgroups/{editgroup_id:str}/withdraw", operation_id="editgroup_withdraw", **_step())
async def editgroup_withdraw(
    editgroup_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Give an editgroup up for good; what it would have created is free."""
    number = read_editgroup(editgroup_id)
    await editing.withdraw_async(db, number, agent_of(request).editor_id)
    return answer(tell(await find(db, number)))


@post(
    "/editgroups/{editgroup_id:str}/accept",
    operation_id="editgroup_accept",
    **_step(
        "`stale-base`: objects changed since, the detail names them; `identifier-taken`;"
        " `checks-missing`. The editgroup stays as it is.",
        "accept",
    ),
)
async def editgroup_accept(
    editgroup_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Make an editgroup current, all of it or nothing; it need not be submitted."""
    number = read_editgroup(editgroup_id)
    index = await editing.accept_async(db, number, agent_of(request).editor_id)
    return answer(tell(await find(db, number)), index=index)


@post(
    "/editgroups/{editgroup_id:str}/annotations",
    operation_id="annotation_create",
    tags=["editing"],
    **keyed("edit"),
    operation_class=described(
        {JSON: examples.ANNOTATION},
        status=201,
        headers=("Location",),
        nullable=examples.NULLABLE,
        body=examples.ANNOTATING,
        takes=Annotation,
    ),
)
async def annotation_create(
    editgroup_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Say something about an editgroup, or, as a bot or an admin, give the result of a check."""
    number = read_editgroup(editgroup_id)
    asked = bodies.read_body(await bodies.read_json(request), Annotation)
    agent = agent_of(request)
    annotation_id = await q.editgroup_annotate_async(
        db,
        editgroup_id=number,
        editor_id=agent.editor_id,
        markdown=asked.markdown,
        extra=orjson.dumps(asked.extra).decode() if asked.extra is not None else None,
        check_name=asked.check,
        is_passed=asked.passed,
    )
    told = msgspec.to_builtins(asked) | {"id": annotation_id, "editor": agent.username}
    return answer(told, 201, location=f"/editgroups/{number}/annotations")


@post(
    "/editgroups/{editgroup_id:str}/revert",
    operation_id="editgroup_revert",
    tags=["editing"],
    **keyed("edit"),
    operation_class=described(
        {JSON: examples.EDITGROUP},
        status=201,
        headers=("Location",),
        nullable=examples.NULLABLE,
        body=examples.UNDOING,
        takes=Undoing,
        may_lack=True,
        others={
            409: "`stale-base`: objects changed since; the detail names them.",
            **_KEY_REUSED,
        },
    ),
)
async def editgroup_revert(
    editgroup_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    idempotency_key: IdempotencyKey = None,
) -> Response[bytes]:
    """Open an editgroup that undoes an accepted one."""
    key, number = read_key(idempotency_key), read_editgroup(editgroup_id)
    asked = bodies.read_body(await bodies.read_json(request, may_lack=True), Undoing)
    opened = await editing.revert_async(
        db, number, agent_of(request).editor_id, asked.description, key
    )
    row = await find(db, opened.editgroup_id)
    if not opened.is_new and orjson.loads(row.extra or "{}").get("reverts") != str(number):
        raise EditgroupKeyReused(f"it made editgroup {opened.editgroup_id}")
    return answer(tell(row), 201, location=f"/editgroups/{opened.editgroup_id}")


def answer(
    told: dict[str, Any],
    status: int = 200,
    *,
    location: str | None = None,
    index: int | None = None,
) -> Response[bytes]:
    """What a change is answered with; the index where it is current already."""
    headers = {"Location": location} if location else {}
    if index is not None:
        headers[HEADER] = str(index)
    return Response(msgspec.json.encode(told), status_code=status, media_type=JSON, headers=headers)


route_handlers = [
    editgroup_open,
    editgroup_apply,
    edit_create,
    edit_delete,
    editgroup_submit,
    editgroup_unsubmit,
    editgroup_withdraw,
    editgroup_accept,
    annotation_create,
    editgroup_revert,
]
