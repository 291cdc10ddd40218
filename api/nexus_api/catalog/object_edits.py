"""One change to one object, with the editgroup around it made on the way.

Who may accept finds the change made when the answer comes; for others an editgroup was submitted
(202). With `editgroup=` the change is put into an open one and nothing else is done.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
import orjson
from litestar import Request, Response, delete, post, put
from litestar.params import FromPath, QueryParameter
from psycopg import AsyncConnection

from nexus_api.auth import Agent, agent_of, keyed
from nexus_api.catalog import edit_bodies as bodies
from nexus_api.catalog import edit_examples as examples
from nexus_api.catalog import proposing
from nexus_api.catalog.editgroup_steps import Opening, answer
from nexus_api.catalog.editgroups import find, read_editgroup, tell
from nexus_api.catalog.objects import known_object, object_etag
from nexus_api.conditional import check_match, item_etag
from nexus_api.database import Database
from nexus_api.describing import JSON, IfMatch, check_parameters, described
from nexus_api.idempotency import IdempotencyKey, read_key
from nexus_api.ids import read_id
from nexus_api.problems import Refused
from nexus_hub.aquilo.errors import NoSuchRevision
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.errors import EditgroupKeyReused, PreconditionFailed, StaleBase
from nexus_hub.catalog.queries import ident, redaction
from nexus_hub.catalog.queries.editgroup import editgroup_edit_list_async
from nexus_hub.catalog.queries.revision import revision_get_async
from nexus_hub.catalog.works import add_works, lacking_works
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.service import check_fence_async, link

AnyRequest = Request[Any, Any, Any]
InGroup = Annotated[
    str | None,
    QueryParameter(
        name="editgroup", description="An open editgroup to put the edit into.", required=False
    ),
]
Fence = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=2**63 - 1,
        description="The token of the lease one holds; refused once another took it.",
        required=False,
    ),
]
_PROPOSED = "An editgroup with the change waits: the key may not accept, or `editgroup` was named."
_CONFLICT = "`fenced-off`, `identifier-taken`, `wrong-state` or `checks-missing`; nothing was done."
_GUARDED = {
    202: _PROPOSED,
    409: _CONFLICT,
    412: "`precondition-failed`: it was changed since; read it again.",
}
_REQUIRED = {428: "`precondition-required`: no `If-Match` was sent."}


class NewObject(Opening, forbid_unknown_fields=True):
    """An object that is to be; `croid` is one from POST /croids, or left out."""

    kind: str = ""
    record: Any = None
    croid: str | None = None


class Replacement(msgspec.Struct):
    """What an object is to hold; other members of GET /cro/{croid} may stand beside it."""

    record: Any = None
    description: bodies.Description | None = None
    extra: dict[str, Any] | None = None


class Merger(Opening, forbid_unknown_fields=True):
    """Into which object another is merged."""

    into: str = ""


class Redacting(msgspec.Struct, forbid_unknown_fields=True):
    """Why a content is taken away."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=10_000)]


class Wish(NamedTuple):
    """One change, by whom, and into which editgroup, if any is named."""

    agent: Agent
    edit: dict[str, Any]
    about: tuple[str | None, dict[str, Any] | None] = (None, None)
    editgroup: str | None = None
    key: str | None = None


def _described(status: int, body: Any, takes: Any, others: dict[int, str]) -> Any:
    return described(
        {JSON: examples.WRITTEN},
        status=status,
        headers=("Location", "ETag", "X-Nexus-Index"),
        nullable=examples.NULLABLE,
        body=body,
        takes=takes,
        others=others,
    )


@post(
    "/cro",
    operation_id="object_create",
    tags=["objects"],
    **keyed("edit"),
    operation_class=_described(
        201,
        examples.NEW_OBJECT,
        NewObject,
        {202: _PROPOSED, 409: _CONFLICT, 422: "`editgroup-key-reused`"},
    ),
)
async def object_create(
    request: AnyRequest,
    db: Database,
    editgroup: InGroup = None,
    idempotency_key: IdempotencyKey = None,
) -> Response[bytes]:
    """Create an object of any kind; a release that names no work gets one."""
    check_parameters(request, {"editgroup", "mailto"})
    asked = bodies.read_body(await bodies.read_json(request), NewObject)
    edit: dict[str, Any] = {"action": "create", "kind": asked.kind, "record": asked.record}
    if asked.croid is not None:
        edit["croid"] = asked.croid
    about = (asked.description, asked.extra)
    wish = Wish(agent_of(request), edit, about, editgroup, read_key(idempotency_key))
    return await _write(db, wish, None, created=201)


@put(
    "/cro/{croid:str}",
    operation_id="object_replace",
    tags=["objects"],
    **keyed("edit"),
    operation_class=_described(200, examples.REPLACEMENT, Replacement, _GUARDED | _REQUIRED),
)
async def object_replace(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    if_match: IfMatch = None,
    editgroup: InGroup = None,
    fence: Fence = None,
) -> Response[bytes]:
    """Give an object this content; one that was merged or deleted is of its own again."""
    seen = await _seen(croid, request, db, fence)
    asked = bodies.read_body(await bodies.read_json(request), Replacement)
    edit = {"action": "update", "croid": encode(seen.croid), "record": asked.record}
    edit["kind"] = seen.kind
    wish = Wish(agent_of(request), edit, (asked.description, asked.extra), editgroup)
    return await _write(db, wish, seen)


@delete(
    "/cro/{croid:str}",
    operation_id="object_delete",
    tags=["objects"],
    status_code=200,
    **keyed("edit"),
    operation_class=_described(200, None, None, _GUARDED | _REQUIRED),
)
async def object_delete(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    if_match: IfMatch = None,
    editgroup: InGroup = None,
    fence: Fence = None,
) -> Response[bytes]:
    """Delete an object; its revisions stay."""
    seen = await _seen(croid, request, db, fence)
    edit = {"action": "delete", "croid": encode(seen.croid)}
    return await _write(db, Wish(agent_of(request), edit, editgroup=editgroup), seen)


@post(
    "/cro/{croid:str}/merge",
    operation_id="object_merge",
    tags=["objects"],
    status_code=200,
    **keyed("edit"),
    operation_class=_described(200, examples.MERGER, Merger, _GUARDED),
)
async def object_merge(
    croid: FromPath[str],
    request: AnyRequest,
    db: Database,
    if_match: IfMatch = None,
    editgroup: InGroup = None,
    fence: Fence = None,
) -> Response[bytes]:
    """Merge an object into another of its kind, to which it leads from then on."""
    seen = await _seen(croid, request, db, fence, is_required=False)
    asked = bodies.read_body(await bodies.read_json(request), Merger)
    edit = {"action": "redirect", "croid": encode(seen.croid), "into": asked.into}
    wish = Wish(agent_of(request), edit, (asked.description, asked.extra), editgroup)
    return await _write(db, wish, seen if if_match else None)


@post(
    "/cro/{croid:str}/revisions/{revision_id:str}/redact",
    operation_id="revision_redact",
    tags=["objects"],
    status_code=200,
    **keyed("accept"),
    operation_class=described(
        {JSON: examples.REDACTION},
        headers=(),
        body=examples.REDACTING,
        takes=Redacting,
        others={
            409: "`wrong-state`: it is the current one, or an editgroup would bring it back.",
            410: "`redacted`: it was taken away already.",
        },
    ),
)
async def revision_redact(
    croid: FromPath[str], revision_id: FromPath[str], request: AnyRequest, db: Database
) -> Response[bytes]:
    """Take the content of an old revision away for good; its hash and the reason stay."""
    key, number = decode(croid), read_id(revision_id)
    asked = bodies.read_body(await bodies.read_json(request), Redacting)
    if number is None:
        raise NoSuchRevision(revision_id[:100])
    await editing.redact_async(db, key, number, agent_of(request).editor_id, asked.reason)
    row = await redaction.redaction_get_async(db, croid=key, revision_id=number)
    if row is None:
        raise NoSuchRevision(revision_id[:100])
    return answer(
        {
            "croid": encode(key),
            "revision": number,
            "reason": row.reason,
            "by": row.username,
            "at": row.redacted_at,
        }
    )


async def _seen(
    croid: str,
    request: AnyRequest,
    db: AsyncConnection[Any],
    fence: int | None,
    *,
    is_required: bool = True,
) -> ident.IdentGetRow:
    """The object as it is now, which is as the client knows it, and nobody else holds."""
    check_parameters(request, {"editgroup", "fence", "mailto"})
    key = decode(croid)
    if fence is not None:
        await check_fence_async(db, key, fence)
    row, place = await known_object(db, key)
    check_match(request, object_etag(row, place), is_required=is_required)
    return row


async def _write(
    db: AsyncConnection[Any], wish: Wish, seen: ident.IdentGetRow | None, created: int = 200
) -> Response[bytes]:
    """Make the change, or propose it; `seen` is the object as the client has to know it."""
    edits, warnings = await proposing.read(db, [bodies.read_draft(wish.edit)])
    editgroup_id, row = await _made_of(db, wish, edits, seen)
    group = await find(db, editgroup_id)
    told = proposing.tell_edit(row)
    told = {name: told[name] for name in ("croid", "kind", "action", "revision", "into")}
    told |= {"index": group.index, "editgroup": tell(group), "warnings": warnings}
    if group.index is None:
        return answer(told, 202, location=f"/editgroups/{editgroup_id}")
    location = link(row.croid) if created == 201 else None
    answered = answer(told, created, location=location, index=group.index)
    answered.headers["ETag"] = item_etag(row.revision_id, group.index)
    return answered


async def _made_of(
    db: AsyncConnection[Any], wish: Wish, edits: list[Edit], seen: ident.IdentGetRow | None
) -> tuple[UUID, proposing.EditRow]:
    """The editgroup and the edit's row, which is one of the object as it was seen.

    Raises `PreconditionFailed` where another change came in between.
    """
    if seen is None:
        return await _made(db, wish, edits)
    refusal = PreconditionFailed(f"{encode(seen.croid)} was changed just now")
    try:
        editgroup_id, row = await _made(db, wish, edits)
    except Refused as refused:
        is_own = refused.error.detail == encode(seen.croid)
        if isinstance(refused.error, StaleBase) and is_own:
            raise refusal from refused
        raise
    before = (row.previous_revision_id, row.previous_redirect_to)
    if before != (seen.revision_id, seen.redirect_to):
        raise refusal
    return editgroup_id, row


async def _made(
    db: AsyncConnection[Any], wish: Wish, edits: list[Edit]
) -> tuple[UUID, proposing.EditRow]:
    """The editgroup that has the edit now, and the edit's row."""
    editor_id = wish.agent.editor_id
    if wish.editgroup is not None:
        number = read_editgroup(wish.editgroup)
        [row, *_] = await proposing.fill(db, number, editor_id, edits, "")
        return number, row
    if "accept" in wish.agent.scopes:
        applied, made = await proposing.apply(db, editor_id, edits, wish.about, wish.key, "")
        [row, *_] = await proposing.rows_of(db, applied.editgroup_id, made)
        return applied.editgroup_id, row
    opened = await editing.open_editgroup_async(db, editor_id, *wish.about, key=wish.key)
    if not opened.is_new:
        return opened.editgroup_id, await _found(db, wish, edits, opened.editgroup_id)
    [row, *_] = await proposing.fill(db, opened.editgroup_id, editor_id, edits, "")
    await editing.submit_async(db, opened.editgroup_id, editor_id)
    return opened.editgroup_id, row


async def _found(
    db: AsyncConnection[Any], wish: Wish, edits: list[Edit], editgroup_id: UUID
) -> proposing.EditRow:
    """The edit that was made under the key, if it is the one that is wanted now."""
    works = await proposing.works_made(db, wish.agent.editor_id, wish.key or "")
    if set(works) == set(lacking_works(edits)):
        wanted = add_works(edits, works)[0]
        rows = await editgroup_edit_list_async(
            db, editgroup_id=editgroup_id, after_croid=UUID(int=0), limit_count=100
        )
        for row in rows:
            if row.action != "create" or row.kind != wanted.kind or row.revision_id is None:
                continue
            kept = await revision_get_async(db, croid=row.croid, revision_id=row.revision_id)
            if kept is not None and orjson.loads(kept.body or "null") == wanted.body:
                return row
    raise EditgroupKeyReused(f"it made editgroup {editgroup_id}")


route_handlers = [object_create, object_replace, object_delete, object_merge, revision_redact]
