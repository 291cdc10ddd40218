"""`/sources`, their releases, what each changed, and every row of every release as it was."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import zstandard
from litestar import Request, Response, get
from litestar.params import PathParameter, QueryParameter
from psycopg import AsyncConnection

from nexus_api.database import Database
from nexus_api.describing import JSON, Cursor, Mailto, Rows, check_parameters, described
from nexus_api.fulgora import examples
from nexus_api.listing import page_answer
from nexus_api.paging import DEFAULT_ROWS, Paging, parameters_of
from nexus_api.problems import invalid
from nexus_hub.fulgora.errors import NoSuchRelease, NoSuchRow, NoSuchSource
from nexus_hub.fulgora.queries import row as q
from nexus_hub.fulgora.sources import SOURCES

AnyRequest = Request[Any, Any, Any]
CHANGES = ("added", "changed", "removed")
MAX_ROW_BYTES = 1 << 26
_LAST = 2**31 - 1
_PAGED = frozenset({"rows", "cursor", "mailto"})
_HEADERS = ("Link",)
_KEPT = {"Cache-Control": "public, max-age=86400"}
SourcePath = Annotated[str, PathParameter(description="The name of a source, such as `ror`.")]
ReleasePath = Annotated[str, PathParameter(description="The number of a release of the source.")]
KeyPath = Annotated[str, PathParameter(description="The key of a row; slashes may stand as such.")]


@get(
    "/sources",
    operation_id="source_list",
    tags=["sources"],
    operation_class=described({JSON: examples.SOURCES}, nullable=examples.NULLABLE),
)
async def source_list(request: AnyRequest, db: Database, mailto: Mailto = None) -> Response[bytes]:
    """Every source of public data: its licence, what its rows describe, its last release."""
    check_parameters(request, {"mailto"})
    items = [_source(row) for row in await q.row_source_list_async(db, source=None)]
    return Response(msgspec.json.encode({"items": items}), media_type=JSON)


@get(
    "/sources/{source:str}",
    operation_id="source_get",
    tags=["sources"],
    operation_class=described({JSON: examples.SOURCE}, nullable=examples.NULLABLE),
)
async def source_get(source: SourcePath, db: Database) -> Response[bytes]:
    """One source."""
    row = await _find_source(db, source)
    return Response(msgspec.json.encode(_source(row)), media_type=JSON)


@get(
    "/sources/{source:str}/releases",
    operation_id="source_release_list",
    tags=["sources"],
    operation_class=described(
        {JSON: examples.RELEASES}, headers=_HEADERS, nullable=examples.NULLABLE
    ),
)
async def source_release_list(
    request: AnyRequest,
    source: SourcePath,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Response[bytes]:
    """The releases of a source that were taken in, newest first."""
    check_parameters(request, _PAGED)
    await _find_source(db, source)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    before = page.after[0] if page.after else _LAST
    found = await q.row_release_list_async(
        db, source=source, before_release_no=before, limit_count=page.probe
    )
    shown, following = pager.cut(found, page, parameters, "release_no")
    content = {"items": [_release(row) for row in shown], "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)


@get(
    "/sources/{source:str}/releases/{release:str}",
    operation_id="source_release_get",
    tags=["sources"],
    operation_class=described({JSON: examples.RELEASE}),
)
async def source_release_get(
    source: SourcePath, release: ReleasePath, db: Database
) -> Response[bytes]:
    """One release: how many rows it had, and how many of them it changed or removed."""
    row = await _find_release(db, source, release)
    return Response(msgspec.json.encode(_release(row)), media_type=JSON)


@get(
    "/sources/{source:str}/releases/{release:str}/changes",
    operation_id="source_change_list",
    tags=["sources"],
    operation_class=described(
        {JSON: examples.CHANGES}, headers=_HEADERS, nullable=examples.NULLABLE
    ),
)
async def source_change_list(
    request: AnyRequest,
    source: SourcePath,
    release: ReleasePath,
    db: Database,
    pager: Paging,
    change: Annotated[
        str | None, QueryParameter(description="One of added, changed, removed.", required=False)
    ] = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Response[bytes]:
    """What a release added, changed and removed, in the order of the keys.

    The row before a change is found under the release before.
    """
    check_parameters(request, {*_PAGED, "change"})
    if change is not None and change not in CHANGES:
        raise invalid("change", change[:40], "one of " + ", ".join(CHANGES))
    about = await _find_release(db, source, release)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    found = await q.row_change_list_async(
        db,
        source=source,
        release_no=about.release_no,
        after_key=page.after[0] if page.after else "",
        change=change,
        limit_count=page.probe,
    )
    shown, following = pager.cut(found, page, parameters, "key")
    items = [
        {
            "key": row.key,
            "change": row.change,
            "before-release": row.before_release_no,
            "url": _row_url(
                source, about.release_no - (1 if row.change == "removed" else 0), row.key
            ),
        }
        for row in shown
    ]
    content = {"items": items, "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)


@get(
    "/sources/{source:str}/releases/{release:str}/rows",
    operation_id="source_row_list",
    tags=["sources"],
    operation_class=described({JSON: examples.ROWS}, headers=_HEADERS, nullable=examples.NULLABLE),
)
async def source_row_list(
    request: AnyRequest,
    source: SourcePath,
    release: ReleasePath,
    db: Database,
    pager: Paging,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
) -> Response[bytes]:
    """The keys of the rows that held after a release, in their order."""
    check_parameters(request, _PAGED)
    about = await _find_release(db, source, release)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    found = await q.row_list_async(
        db,
        source=source,
        release_no=about.release_no,
        after_key=page.after[0] if page.after else "",
        limit_count=page.probe,
    )
    shown, following = pager.cut(found, page, parameters, "key")
    items = [
        {
            "key": row.key,
            "version": row.version,
            "since-release": row.valid_from_release,
            "url": _row_url(source, about.release_no, row.key),
        }
        for row in shown
    ]
    content = {"items": items, "next-cursor": following}
    return page_answer(request, msgspec.json.encode(content), cursor=following)


@get(
    "/sources/{source:str}/releases/{release:str}/rows/{key:str}",
    operation_id="source_row_get",
    tags=["sources"],
    operation_class=described({JSON: examples.ROW}, headers=("Cache-Control",)),
)
async def source_row_get(
    source: SourcePath, release: ReleasePath, key: KeyPath, db: Database
) -> Response[bytes]:
    """A row as it was after a release, byte for byte, and what it says about identifiers.

    The e-mail addresses of people are left out.
    """
    about = await _find_release(db, source, release)
    row = await q.row_get_async(db, source=source, key=key, release_no=about.release_no)
    if row is None:
        raise NoSuchRow(f"{source} {about.release_no}: {key[:100]}")
    told = await _find_source(db, source)
    stated = await q.row_statement_list_async(
        db, source=source, key=key, release_no=row.valid_from_release
    )
    plain = zstandard.ZstdDecompressor().decompress(row.record, max_output_size=MAX_ROW_BYTES)
    declared = SOURCES.get(source)
    if declared is not None and declared.clean is not None:
        plain = declared.clean(plain)
    content = {
        "source": source,
        "release": about.release_no,
        "key": row.key,
        "version": row.version,
        "since-release": row.valid_from_release,
        "licence": told.licence,
        "attribution": told.attribution,
        "statements": [
            {
                "scheme": one.scheme,
                "value": one.value,
                "role": one.role,
                "facts": msgspec.Raw(one.facts.encode()),
            }
            for one in stated
        ],
        "record": msgspec.Raw(plain),
    }
    return Response(msgspec.json.encode(content), media_type=JSON, headers=_KEPT)


async def _find_source(db: AsyncConnection[Any], source: str) -> q.RowSourceListRow:
    found = await q.row_source_list_async(db, source=source) if "\0" not in source else []
    if not found:
        raise NoSuchSource(source[:100])
    return found[0]


async def _find_release(db: AsyncConnection[Any], source: str, release: str) -> q.RowReleaseListRow:
    await _find_source(db, source)
    is_number = release.isascii() and release.isdigit() and len(release) < 10
    number = int(release) if is_number else 0
    found = await q.row_release_list_async(
        db, source=source, before_release_no=number + 1, limit_count=1
    )
    if not found or found[0].release_no != number:
        raise NoSuchRelease(f"{source} has no release {release[:40]}")
    return found[0]


def _source(row: q.RowSourceListRow) -> dict[str, Any]:
    return {
        "source": row.source,
        "title": row.title,
        "licence": row.licence,
        "attribution": row.attribution,
        "homepage": row.homepage,
        "kind": row.kind,
        "scheme": row.scheme,
        "whole": row.is_whole,
        "last-release": row.release_no,
        "last-label": row.label,
        "last-at": row.completed_at,
        "url": f"/sources/{row.source}",
    }


def _release(row: q.RowReleaseListRow) -> dict[str, Any]:
    return {
        "source": row.source,
        "release": row.release_no,
        "label": row.label,
        "counts": {
            "rows": row.row_count,
            "changed": row.changed_count,
            "removed": row.removed_count,
            "older": row.older_count,
            "unreadable": row.problem_count,
        },
        "started-at": row.started_at,
        "completed-at": row.completed_at,
        "url": f"/sources/{row.source}/releases/{row.release_no}",
    }


def _row_url(source: str, release_no: int, key: str) -> str:
    return f"/sources/{source}/releases/{release_no}/rows/{quote(key, safe='')}"


route_handlers = [
    source_list,
    source_get,
    source_release_list,
    source_release_get,
    source_change_list,
    source_row_list,
    source_row_get,
]
