"""Deposits: taken in at once, settled later or while the depositor waits, readable for ever."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, QueryParameter, SkipValidation
from litestar.response import Stream

from nexus_api import jsonapi
from nexus_api.auth import agent_of, keyed
from nexus_api.conditional import is_fresh, not_modified
from nexus_api.database import WAIT_S, Database, Pool
from nexus_api.describing import JSON, Cursor, Mailto, MinIndex, Rows, described
from nexus_api.freshness import HEADER
from nexus_api.idempotency import read_key
from nexus_api.ids import read_id
from nexus_api.listing import wants_head
from nexus_api.nauvis import examples, forms, handle_examples, status, taking
from nexus_api.paging import DEFAULT_ROWS, Page, Pager, next_link, parameters_of
from nexus_api.problems import invalid
from nexus_hub.aquilo.errors import UnsupportedMediaType
from nexus_hub.nauvis import callbacks
from nexus_hub.nauvis.envelope import Asked
from nexus_hub.nauvis.errors import MalformedDeposit
from nexus_hub.nauvis.formats import CSL_TYPE, DATACITE_TYPE, MEDIA, Media
from nexus_hub.nauvis.queries import deposit as q
from nexus_hub.platform import frames

AnyRequest = Request[Any, Any, Any]
PagerDependency = NamedDependency[SkipValidation[Pager]]
MOST_WAIT_S = 60
CHUNKS_AT_ONCE = 16
_WAIT = re.compile(r'(?:^|[,;\s])wait\s*=\s*"?([0-9]{1,6})', re.IGNORECASE)
_BYTE = re.compile(r"\(byte ([0-9]+)\)")


Standing = Annotated[
    Literal["draft", "registered", "findable"] | None,
    QueryParameter(
        name="state",
        description="What the DOIs of CSL-JSON or DataCite JSON are to be; `findable` without. "
        "Records in our own form say it themselves.",
        required=False,
    ),
]
Mint = Annotated[
    bool,
    QueryParameter(
        description="Give each record of CSL-JSON or DataCite JSON that has no DOI a new one. "
        "Records in our own form say it themselves."
    ),
]
Prefix = Annotated[
    str | None,
    QueryParameter(
        description="With `mint`: the prefix of the new DOIs; the member's first without.",
        required=False,
    ),
]


@post(
    "/deposits",
    operation_id="deposit_create",
    tags=["deposits"],
    status_code=202,
    **keyed("deposit", is_open=True),
    operation_class=described(
        {JSON: examples.STATUS},
        status=202,
        headers=("Location", "Retry-After", "X-Nexus-Index"),
        nullable=examples.NULLABLE,
        body=examples.DOCUMENT,
        takes={JSON: forms.DEPOSIT, CSL_TYPE: forms.ITEMS, DATACITE_TYPE: forms.ITEMS},
        bodies={CSL_TYPE: examples.CSL, DATACITE_TYPE: examples.DATACITE},
        others={
            200: "Settled while the depositor waited, as `Prefer: wait` asked.",
            413: "`deposit-too-large`: more than 10,000 records or 50 MB.",
            415: "The body is not JSON: our own, CSL-JSON or DataCite JSON.",
            422: "`key-reused`: the key was used for another deposit.",
        },
    ),
)
async def deposit_create(
    request: AnyRequest,
    pager: PagerDependency,
    test: Annotated[
        bool, QueryParameter(description="Tell what would be done, and do nothing.")
    ] = False,
    standing: Standing = None,
    mint: Mint = False,
    prefix: Prefix = None,
    callback: Annotated[
        str | None,
        QueryParameter(
            description="Whom to tell when it is settled: an address that takes a signed POST.",
            required=False,
        ),
    ] = None,
    idempotency_key: Annotated[
        str | None,
        HeaderParameter(
            name="Idempotency-Key",
            description="Any text of the depositor's; sent again, it gives the same deposit.",
        ),
    ] = None,
    prefer: Annotated[
        str | None,
        HeaderParameter(
            name="Prefer", description="`wait=N`: answer when settled, or after N seconds (60)."
        ),
    ] = None,
) -> Response[bytes]:
    """Hand in records; each stands alone, unless `atomic`. All bytes are kept as received."""
    key = read_key(idempotency_key)
    body, media = await _body(request)
    asked = _asked(media, standing, prefix, is_minted=mint)
    url = callbacks.read_url(body, callback, request.app.state.settings.callback_hosts)
    pool: Pool = request.app.state.pool
    editor_id = agent_of(request).editor_id
    try:
        deposit_id = await taking.take(
            pool, body, editor_id, test=test, key=key, media=media, asked=asked, callback=url
        )
    except MalformedDeposit as error:
        raise _placed(error, body) from None
    return await answer_taken(request, pager, deposit_id, prefer)


@get(
    "/deposits/{deposit_id:str}",
    operation_id="deposit_get",
    tags=["deposits"],
    operation_class=described(
        {JSON: examples.STATUS},
        headers=("X-Nexus-Index", "Retry-After", "Link"),
        nullable=examples.NULLABLE,
    ),
)
async def deposit_get(
    deposit_id: FromPath[str],
    request: AnyRequest,
    db: Database,
    pager: PagerDependency,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    min_index: MinIndex = None,
) -> Response[bytes]:
    """How a deposit stands, with a page of its records and the verdict on each."""
    parameters = parameters_of(request)
    page = pager.page(parameters)
    found = await status.read(db, read_id(deposit_id), page, pager, parameters)
    headers = {"Cache-Control": "no-cache"}
    if not found.is_settled:
        headers["Retry-After"] = "1"
    if found.cursor:
        headers["Link"] = next_link(request, found.cursor)
    return Response(found.content, media_type=JSON, headers=headers)


@get(
    "/deposits/{deposit_id:str}/raw",
    operation_id="deposit_read",
    tags=["deposits"],
    operation_class=described(
        {
            JSON: examples.DOCUMENT,
            "application/x-ndjson": examples.DOCUMENT["records"][0],
            CSL_TYPE: examples.CSL,
            DATACITE_TYPE: examples.DATACITE,
            jsonapi.MEDIA_TYPE: handle_examples.NEW_DOI,
        },
        headers=("ETag", "Cache-Control"),
        others={304: "What is held already is the same, as it will be for ever."},
    ),
)
async def deposit_read(
    deposit_id: FromPath[str], request: AnyRequest, min_index: MinIndex = None
) -> Response[Any] | Stream:
    """The bytes of a deposit exactly as they were received."""
    pool: Pool = request.app.state.pool
    async with pool.connection(WAIT_S) as connection:
        row = await status.find(connection, read_id(deposit_id))
    etag = f'"{row.sha256.hex()}"'
    if is_fresh(request, etag):
        return not_modified(etag)
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Length": str(row.size_bytes),
        "Repr-Digest": f"sha-256=:{base64.b64encode(row.sha256).decode()}:",
    }
    chunks = _no_chunks() if wants_head(request) else _read_chunks(pool, row)
    return Stream(chunks, media_type=status.MEDIA_TYPES[row.media], headers=headers)


async def answer_taken(
    request: AnyRequest, pager: Pager, deposit_id: UUID, prefer: str | None
) -> Response[bytes]:
    """The answer to a depositor: 202, or 200 where it is settled and was waited for."""
    seconds = _wait_of(prefer)
    found = await _await_settled(request, pager, deposit_id, seconds)
    headers = {"Location": f"/deposits/{deposit_id}"}
    if seconds:
        headers["Preference-Applied"] = f"wait={seconds}"
    if not found.is_settled:
        headers["Retry-After"] = "1"
    elif found.index is not None:
        headers[HEADER] = str(found.index)
    code = 200 if seconds and found.is_settled else 202
    return Response(found.content, status_code=code, media_type=JSON, headers=headers)


async def _read_chunks(pool: Pool, row: q.DepositGetRow) -> AsyncIterator[bytes]:
    """The bytes of a deposit, 64 KiB at a time; no connection is held while the client reads."""
    count = len(frames.numbers(0, row.size_bytes)) if row.size_bytes else 0
    for first in range(0, count, CHUNKS_AT_ONCE):
        async with pool.connection(WAIT_S) as connection:
            chunks = await q.deposit_chunk_list_async(
                connection,
                deposit_id=row.deposit_id,
                first_chunk=first,
                last_chunk=min(first + CHUNKS_AT_ONCE, count) - 1,
            )
        for chunk in chunks:
            yield frames.decompress(chunk.body)


async def _no_chunks() -> AsyncIterator[bytes]:
    return
    yield b""


async def _await_settled(
    request: AnyRequest, pager: Pager, deposit_id: UUID, seconds: int
) -> status.Status:
    """How a deposit stands, once it is settled or the time is over."""
    pool: Pool = request.app.state.pool
    await taking.wait(pool, deposit_id, seconds)
    # The cursor belongs to the list it is sent to.
    parameters = [("", f"/deposits/{deposit_id}")]
    async with pool.connection(WAIT_S) as connection:
        return await status.read(connection, deposit_id, Page(DEFAULT_ROWS), pager, parameters)


async def _body(request: AnyRequest) -> tuple[bytes, Media]:
    """The bytes of a deposit, and the format that its content type names."""
    media_type = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if media_type != JSON and not media_type.endswith("+json"):
        raise UnsupportedMediaType(f"{media_type[:100]!r}; a deposit is {JSON}")
    return await request.body(), MEDIA.get(media_type, "deposit")


def _asked(media: Media, state: str | None, prefix: str | None, *, is_minted: bool) -> Asked:
    """What the query asks of records that cannot say it. Raises `Refused` for those that can."""
    given = {"state": state, "mint": is_minted or None, "prefix": prefix}
    for name, value in given.items():
        if value is not None and media == "deposit":
            raise invalid(name, value, "none beside records that say it themselves")
    if prefix is not None and not is_minted:
        raise invalid("prefix", prefix, "mint=true beside it")
    return Asked(state, is_minted, prefix)


def _placed(error: MalformedDeposit, body: bytes) -> MalformedDeposit:
    """The same where the body is no JSON, with the line beside the byte."""
    at = _BYTE.search(error.detail)
    if at is None:
        return error
    before = body[: int(at[1])]
    line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
    return MalformedDeposit(f"{error.detail}, line {line}, column {column}")


def _wait_of(prefer: str | None) -> int:
    """The seconds of `Prefer: wait=N` (RFC 7240), at most a minute.

    >>> _wait_of("respond-async, wait=10"), _wait_of(None), _wait_of("wait=999")
    (10, 0, 60)
    """
    found = _WAIT.search(prefer or "")
    return min(int(found[1]), MOST_WAIT_S) if found else 0
