"""`/reports`, `/reports/doi-counts`, `/reports/enrichment-coverage` and `/reports/resolution`.

Every body says of which index it is, when it was made, when it spoils and whether it has; in CSV
each row does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation
from litestar.response import Stream

from nexus_api.conditional import is_fresh, item_etag, not_modified
from nexus_api.database import Database
from nexus_api.describing import (
    JSON,
    Cursor,
    IfNoneMatch,
    Mailto,
    Rows,
    check_parameters,
    described,
)
from nexus_api.freshness import Freshness
from nexus_api.gleba import examples
from nexus_api.listing import CSV, page_answer, short_answer
from nexus_api.paging import DEFAULT_ROWS, Key, Pager, parameters_of
from nexus_hub.aquilo.errors import NotAcceptable
from nexus_hub.gleba.errors import NoSuchReport
from nexus_hub.gleba.queries import report as q

AnyRequest = Request[Any, Any, Any]
Members = dict[str, Any]
_DOI_PARAMETERS = frozenset({"prefix", "rows", "cursor", "mailto"})
_HEADERS = ("X-Nexus-Index", "ETag", "Link")


@get(
    "/reports",
    operation_id="report_list",
    tags=["reports"],
    operation_class=described({JSON: examples.REPORTS}, nullable=examples.NULLABLE),
)
async def report_list(request: AnyRequest, db: Database) -> Response[bytes]:
    """Every report there is, and how old each is."""
    check_parameters(request, {"mailto"})
    items = [_age(row) | {"url": f"/reports/{row.report}"} for row in await q.report_list_async(db)]
    return Response(msgspec.json.encode({"items": items}), media_type=JSON)


@get(
    "/reports/doi-counts",
    operation_id="doi_count_list",
    tags=["reports"],
    operation_class=described(
        {JSON: examples.DOI_COUNTS, CSV: examples.DOI_COUNTS_CSV},
        headers=_HEADERS,
        nullable=examples.NULLABLE,
        others={304: "What is held already is current.", 406: "There is JSON and CSV."},
    ),
)
async def doi_count_list(
    request: AnyRequest,
    db: Database,
    pager: NamedDependency[SkipValidation[Pager]],
    prefix: Annotated[
        str | None, QueryParameter(description="Only DOIs of this prefix.", max_length=100)
    ] = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """How many live DOIs there are of each prefix, type of work and year of issue.

    The type is empty and the year null where a record tells none.
    """

    async def read(after: Key, limit: int) -> list[Any]:
        return [
            *await q.report_doi_count_list_async(
                db,
                after_prefix=after[0],
                after_type=after[1],
                after_year=after[2],
                prefix=prefix.strip() if prefix else None,
                limit_count=limit,
            )
        ]

    return await _paged(request, db, pager, _DOI_COUNTS, read)


@get(
    "/reports/enrichment-coverage",
    operation_id="enrichment_coverage_list",
    tags=["reports"],
    operation_class=described(
        {JSON: examples.COVERAGES, CSV: examples.COVERAGES_CSV},
        headers=_HEADERS,
        nullable=examples.NULLABLE,
        others={304: "What is held already is current.", 406: "There is JSON and CSV."},
    ),
)
async def enrichment_coverage_list(
    request: AnyRequest, db: Database, mailto: Mailto = None, if_none_match: IfNoneMatch = None
) -> Response[Any]:
    """How many values each strategy could enrich, how many are, and how many of these it added."""
    check_parameters(request, {"mailto"})
    media_type = _media_type(request)
    age = await _read_age(db, "enrichment-coverage")
    etag = _etag(request, age, media_type)
    if is_fresh(request, etag):
        return not_modified(etag)
    items = [
        {
            "strategy": row.strategy,
            "values": row.value_count,
            "enriched": row.enriched_count,
            "added": row.added_count,
            "releases": row.release_count,
            "organisations": row.organisation_count,
        }
        for row in await q.report_enrichment_coverage_list_async(db)
    ]
    content = _write(media_type, age, items, list(examples.COVERAGE), {})
    return page_answer(request, content, media_type=media_type, etag=etag)


@get(
    "/reports/resolution",
    operation_id="resolution_list",
    tags=["reports"],
    operation_class=described(
        {JSON: examples.RESOLUTIONS, CSV: examples.RESOLUTIONS_CSV},
        headers=_HEADERS,
        nullable=examples.NULLABLE,
        others={304: "What is held already is current.", 406: "There is JSON and CSV."},
    ),
)
async def resolution_list(
    request: AnyRequest,
    db: Database,
    pager: NamedDependency[SkipValidation[Pager]],
    prefix: Annotated[
        str | None, QueryParameter(description="Only names of this prefix.", max_length=100)
    ] = None,
    rows: Rows = DEFAULT_ROWS,
    cursor: Cursor = None,
    mailto: Mailto = None,
    if_none_match: IfNoneMatch = None,
) -> Response[Any] | Stream:
    """How often names were resolved here, and how many different ones, by prefix and month.

    `outcome` says what who asked was given, `agent` what kind of client it was. The prefix is empty
    where a CROID was resolved.
    """

    async def read(after: Key, limit: int) -> list[Any]:
        return [
            *await q.report_resolution_list_async(
                db,
                after_prefix=after[0],
                after_month=after[1],
                after_outcome=after[2],
                after_agent=after[3],
                prefix=prefix.strip() if prefix else None,
                limit_count=limit,
            )
        ]

    return await _paged(request, db, pager, _RESOLUTIONS, read)


async def _paged(
    request: AnyRequest,
    db: Any,
    pager: Pager,
    report: _Report,
    read: Callable[[Key, int], Awaitable[list[Any]]],
) -> Response[Any] | Stream:
    check_parameters(request, _DOI_PARAMETERS)
    media_type = _media_type(request)
    parameters = parameters_of(request)
    page = pager.page(parameters)
    age = await _read_age(db, report.name)
    etag = _etag(request, age, media_type)
    if (short := short_answer(request, etag, media_type)) is not None:
        return short
    found = await read(page.after or list(report.grain.values()), page.probe)
    shown, following = pager.cut(found, page, parameters, *report.grain)
    items = [report.tell(row) for row in shown]
    content = _write(media_type, age, items, report.columns, {"next-cursor": following})
    return page_answer(request, content, media_type=media_type, cursor=following, etag=etag)


def _doi_count(row: q.ReportDoiCountListRow) -> Members:
    return {
        "prefix": row.prefix,
        "type": row.type,
        "year": row.issued_year or None,
        "count": row.doi_count,
    }


def _resolution(row: q.ReportResolutionListRow) -> Members:
    return {
        "prefix": row.prefix,
        "month": row.month,
        "outcome": row.outcome,
        "agent": row.agent,
        "resolutions": row.resolution_count,
        "dois": row.doi_count,
    }


@dataclass(frozen=True, slots=True)
class _Report:
    """A report that is read by the page; `grain` holds what its rows are sorted by, from where."""

    name: str
    columns: Sequence[str]
    grain: Members
    tell: Callable[[Any], Members]


_DOI_COUNTS = _Report(
    "doi-counts",
    list(examples.DOI_COUNT),
    {"prefix": "", "type": "", "issued_year": -(2**31)},
    _doi_count,
)
_RESOLUTIONS = _Report(
    "resolution",
    list(examples.RESOLUTION),
    {"prefix": "", "month": "", "outcome": "", "agent": ""},
    _resolution,
)


async def _read_age(db: Any, report: str) -> Members:
    row = await q.report_get_async(db, report=report)
    if row is None:
        raise NoSuchReport(report)
    return _age(row)


def _age(row: q.ReportListRow | q.ReportGetRow) -> Members:
    return {
        "report": row.report,
        "title": row.title,
        "as-of-index": row.as_of_index,
        "generated-at": _moment(row.generated_at),
        "spoils-at": _moment(row.spoils_at),
        "stale": row.is_stale,
    }


def _moment(at: datetime | None) -> str | None:
    """A point in time as RFC 3339 writes it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _media_type(request: AnyRequest) -> str:
    chosen = request.accept.best_match([JSON, CSV])
    if chosen is None:
        raise NotAcceptable(f"there is: {JSON}, {CSV}")
    return chosen


def _etag(request: AnyRequest, age: Members, media_type: str) -> str:
    path = request.scope.get("raw_path", b"").partition(b"?")[0]
    return item_etag(*age.values(), path, request.scope["query_string"], media_type)


def _write(
    media_type: str, age: Members, items: list[Members], columns: Sequence[str], tail: Members
) -> bytes:
    """A report in JSON, or as a table (RFC 4180) of which each row tells the age."""
    if media_type == JSON:
        return msgspec.json.encode(age | {"items": items} | tail)
    told = {name: age[name] for name in examples.AGE_CSV.split(",")}
    told["stale"] = "true" if age["stale"] else "false"
    text = io.StringIO()
    table = csv.DictWriter(text, [*columns, *told])
    table.writeheader()
    table.writerows(item | told for item in items)
    return text.getvalue().encode()


route_handlers = [
    Router(
        path="/",
        route_handlers=[report_list, doi_count_list, enrichment_coverage_list, resolution_list],
        middleware=[Freshness()],
    )
]
