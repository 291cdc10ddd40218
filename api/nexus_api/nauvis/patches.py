"""PATCH of a work: what was deposited of it last, with a patch applied, taken in as a deposit.

Rules: RFC 5789 (PATCH), RFC 7396 (merge patch), RFC 6902 (JSON Patch). Nothing is changed in place:
the deposit that a patch makes is kept like any other, with the patch as it was received.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, patch
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, RequestBody
from litestar.params import FromPath, HeaderParameter, QueryParameter, SkipValidation
from psycopg import AsyncConnection

from nexus_api.aquilo.works import json_tags, moved
from nexus_api.auth import agent_of, keyed
from nexus_api.conditional import check_match
from nexus_api.database import WAIT_S, Pool
from nexus_api.describing import JSON, IfMatch, described, schema_of
from nexus_api.idempotency import IdempotencyKey, read_key
from nexus_api.nauvis import examples, taking
from nexus_api.nauvis.deposits import answer_taken
from nexus_api.paging import Pager
from nexus_api.problems import Fault, Refused
from nexus_hub.aquilo.errors import UnsupportedMediaType
from nexus_hub.nauvis import patching, service
from nexus_hub.nauvis.errors import KeyReused, NothingDeposited
from nexus_hub.nauvis.queries import deposit as q
from nexus_hub.platform import frames
from nexus_hub.vulcanus.merge import Base

AnyRequest = Request[Any, Any, Any]
ACCEPT_PATCH: dict[str, str] = {"Accept-Patch": ", ".join(patching.MEDIA_TYPES)}
_BODIES = {
    patching.MERGE_PATCH: {"title": ["A light in the house, again"]},
    patching.JSON_PATCH: [{"op": "replace", "path": "/title/0", "value": "A light, again"}],
}


_DESCRIBED: Any = described(
    {JSON: examples.STATUS},
    status=202,
    headers=("Location", "Retry-After", "X-Nexus-Index"),
    nullable=examples.NULLABLE,
    others={
        200: "Settled while the depositor waited, as `Prefer: wait` asked.",
        308: "The work was merged into another; `Location` leads to it.",
        403: "`not-your-prefix`: the prefix is another member's.",
        404: "No live work has this DOI.",
        409: "`patch-does-not-apply`, `not-settled`, `nothing-deposited`: nothing was done.",
        410: "The work was deleted.",
        412: "`precondition-failed`: it was changed since; read it again.",
        415: "The body is no patch of a kind that `Accept-Patch` names.",
        422: "`malformed-patch`: it cannot be read, or it would change the DOI.",
        428: "`precondition-required`: no `If-Match` was sent.",
    },
)


class _Operation(_DESCRIBED):
    def __post_init__(self) -> None:
        super().__post_init__()
        contents = {
            name: OpenAPIMediaType(schema=schema_of(example)) for name, example in _BODIES.items()
        }
        self.request_body = RequestBody(contents, required=True)


@patch(
    "/works/{doi:str}",
    operation_id="work_patch",
    tags=["deposits"],
    status_code=202,
    **keyed("deposit", is_open=True),
    operation_class=_Operation,
)
async def work_patch(
    doi: FromPath[str],
    request: AnyRequest,
    pager: NamedDependency[SkipValidation[Pager]],
    if_match: IfMatch = None,
    test: Annotated[
        bool, QueryParameter(description="Tell what would be done, and do nothing.")
    ] = False,
    idempotency_key: IdempotencyKey = None,
    prefer: Annotated[
        str | None,
        HeaderParameter(
            name="Prefer", description="`wait=N`: answer when settled, or after N seconds (60)."
        ),
    ] = None,
) -> Response[Any]:
    """Change what was deposited of a work last; the result is a deposit like any other.

    The patch is applied to `?view=deposited`. `If-Match` takes the tag of the work as JSON, in
    either view.
    """
    media_type = read_type(request)
    raw = await request.body()
    document = await asyncio.to_thread(checked, patching.read_patch, raw, media_type)
    key = read_key(idempotency_key)
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as connection:
        editor_id = agent_of(request).editor_id
        deposit_id = await _find_again(connection, editor_id, key, doi, raw)
        if deposit_id is None:
            row, base, tags = await json_tags(connection, doi)
            if row.redirect_to is not None:
                answer = await moved(connection, request, doi, row.redirect_to)
                answer.status_code = 308
                return answer
            await q.deposit_hold_async(connection, editor_id=editor_id, doi=doi, croid=row.croid)
            row, base, tags = await json_tags(connection, doi)
            check_match(request, *tags)
            expect = None if (if_match or "").strip() == "*" else row.revision_id
            patched = Patched(doi, document, media_type, raw, expect)
            deposit_id = await take(
                connection, patched, base, editor_id=editor_id, test=test, key=key
            )
    return await answer_taken(request, pager, deposit_id, prefer)


class Patched(msgspec.Struct, frozen=True):
    """A patch of the work of a DOI, and the revision that must still be there when it is done."""

    doi: str
    document: Any
    media_type: str
    raw: bytes
    expect: UUID | None = None
    comment: str | None = None


async def take(
    connection: AsyncConnection[Any],
    patched: Patched,
    base: Base | None,
    *,
    editor_id: UUID,
    test: bool = False,
    key: str | None = None,
) -> UUID:
    """Apply a patch to the base of a work and take the result in as a deposit; its id.

    Raises `NothingDeposited`, and `Refused` with the pointer where the patch cannot be applied.
    """
    if base is None:
        raise NothingDeposited(f"doi:{patched.doi}")
    body = await asyncio.to_thread(
        checked, patching.apply, base.body, patched.document, patched.media_type, patched.doi
    )
    record: dict[str, Any] = {"doi": patched.doi, "metadata": body}
    if patched.expect is not None:
        record["expect"] = {"revision": patched.expect}
    if patched.comment:
        record["comment"] = patched.comment
    record["patched"] = {
        "from": base.layer_id,
        "type": patched.media_type,
        "patch": msgspec.Raw(patched.raw),
    }
    content = msgspec.json.encode({"records": [record]})
    prepared = await asyncio.to_thread(
        service.read, content, editor_id=editor_id, test=test, key=key
    )
    return await taking.keep(connection, prepared)


def checked(read: Any, *arguments: Any) -> Any:
    """What a reader of patches returns; what it refuses, with the pointer into the patch."""
    try:
        return read(*arguments)
    except patching.PatchError as refused:
        fault = Fault(refused.error.slug, refused.error.detail, pointer=refused.pointer)
        raise Refused(refused.error, [fault], members={"pointer": refused.pointer}) from None


def read_type(request: AnyRequest) -> str:
    """Which of the two kinds of patch is sent. Raises `Refused` with 415."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in patching.MEDIA_TYPES:
        detail = f"{media_type[:100]!r}; a patch is {' or '.join(patching.MEDIA_TYPES)}"
        raise Refused(UnsupportedMediaType(detail), headers=ACCEPT_PATCH)
    return media_type


class _Kept(msgspec.Struct):
    patch: msgspec.Raw


class _KeptRecord(msgspec.Struct):
    doi: str
    patched: _Kept | None = None


class _KeptDocument(msgspec.Struct):
    records: list[_KeptRecord]


async def _find_again(
    connection: AsyncConnection[Any], editor_id: UUID, key: str | None, doi: str, raw: bytes
) -> UUID | None:
    """The deposit that this very patch made under the key before. Raises `KeyReused`."""
    if key is None:
        return None
    row = await q.deposit_find_by_key_async(connection, editor_id=editor_id, idempotency_key=key)
    if row is None:
        return None
    last = frames.numbers(0, row.size_bytes)[-1]
    if row.size_bytes <= patching.MOST_BYTES * 3:
        chunks = await q.deposit_chunk_list_async(
            connection, deposit_id=row.deposit_id, first_chunk=0, last_chunk=last
        )
        content = b"".join(frames.decompress(chunk.body) for chunk in chunks)
        if await asyncio.to_thread(_is_same, content, doi, raw):
            return row.deposit_id
    raise KeyReused(f"{key} was used for deposit {row.deposit_id}")


def _is_same(content: bytes, doi: str, raw: bytes) -> bool:
    try:
        [record] = msgspec.json.decode(content, type=_KeptDocument).records
    except (msgspec.MsgspecError, ValueError):
        return False
    kept = bytes(record.patched.patch) if record.patched else None
    return record.doi == doi and kept is not None and kept == raw.strip()
