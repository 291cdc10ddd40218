"""Keeps reports fresh, and reads them with their age."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from psycopg import Connection

from nexus_hub.gleba.errors import NoSuchReport
from nexus_hub.gleba.queries import report as q
from nexus_hub.gleba.queries import resolution as resolutions

PAGE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Age:
    """How old a report is: of which index of the changelog, when made, and until when it holds."""

    report: str
    title: str
    as_of_index: int | None
    generated_at: datetime | None
    spoils_at: datetime | None
    is_stale: bool


Rows = Iterator[Any]
Key = list[Any]


def list_ages(connection: Connection[Any]) -> list[Age]:
    """How old every report is, by name; one that was never made is stale."""
    return [_age(row) for row in q.report_list(connection)]


def get_age(connection: Connection[Any], report: str) -> Age:
    """How old a report is; raises NoSuchReport."""
    row = q.report_get(connection, report=report)
    if row is None:
        raise NoSuchReport(report)
    return _age(row)


def refresh(connection: Connection[Any], report: str) -> int:
    """Make a report anew; returns the index of the changelog it is of at least."""
    get_age(connection, report)
    return q.report_refresh(connection, report=report)


def refresh_spoiled(connection: Connection[Any]) -> list[str]:
    """Make every report anew that is past its shelf life; returns their names.

    Each is a transaction of its own where the connection commits by itself.
    """
    spoiled = [age.report for age in list_ages(connection) if age.is_stale]
    for report in spoiled:
        q.report_refresh(connection, report=report)
    return spoiled


def fold_resolutions(
    connection: Connection[Any], kept_months: int, today: date | None = None
) -> Iterator[str]:
    """Keep of the months before the newest `kept_months` whole ones their counts alone.

    Yields each as it is done, in a transaction of its own where the connection commits by itself.
    What the report says of them stays as it is.
    """
    day = today or datetime.now(UTC).date()
    months = day.year * 12 + day.month - 1 - kept_months
    before = datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    while (month := resolutions.resolution_fold(connection, before=before)) is not None:
        yield month


def read_rows(connection: Connection[Any], report: str, *, prefix: str | None = None) -> Rows:
    """The rows of a report in the order of their grain; `prefix` keeps those of one DOI prefix.

    Raises NoSuchReport; ValueError for a prefix with a report that has none.
    """
    get_age(connection, report)
    if prefix is not None and report not in BY_PREFIX:
        raise ValueError(f"{report} has no prefixes")
    return READERS[report](connection, prefix)


def _doi_counts(connection: Connection[Any], prefix: str | None) -> Rows:
    def read(after: Key) -> list[Any]:
        return q.report_doi_count_list(
            connection,
            after_prefix=after[0],
            after_type=after[1],
            after_year=after[2],
            prefix=prefix,
            limit_count=PAGE_ROWS,
        )

    return _by_page(read, {"prefix": "", "type": "", "issued_year": -1})


def _enrichment_coverage(connection: Connection[Any], prefix: str | None) -> Rows:
    yield from q.report_enrichment_coverage_list(connection)


def _resolutions(connection: Connection[Any], prefix: str | None) -> Rows:
    def read(after: Key) -> list[Any]:
        return q.report_resolution_list(
            connection,
            after_prefix=after[0],
            after_month=after[1],
            after_outcome=after[2],
            after_agent=after[3],
            prefix=prefix,
            limit_count=PAGE_ROWS,
        )

    return _by_page(read, {"prefix": "", "month": "", "outcome": "", "agent": ""})


def _by_page(read: Callable[[Key], list[Any]], grain: Mapping[str, Any]) -> Rows:
    after = list(grain.values())
    while rows := read(after):
        yield from rows
        if len(rows) < PAGE_ROWS:
            return
        after = [getattr(rows[-1], name) for name in grain]


READERS: Mapping[str, Callable[[Connection[Any], str | None], Rows]] = {
    "doi-counts": _doi_counts,
    "enrichment-coverage": _enrichment_coverage,
    "resolution": _resolutions,
}
BY_PREFIX = frozenset({"doi-counts", "resolution"})


def _age(row: q.ReportListRow | q.ReportGetRow) -> Age:
    return Age(
        row.report,
        row.title,
        row.as_of_index,
        row.generated_at,
        row.spoils_at,
        row.is_stale is not False,
    )
