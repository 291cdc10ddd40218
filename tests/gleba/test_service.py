"""Reports say how old they are, spoil, and are made anew when they have."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest

from nexus_hub.gleba import service
from nexus_hub.gleba.errors import NoSuchReport
from nexus_hub.gleba.queries.resolution import resolution_add
from nexus_hub.gleba.tasks import SCHEDULES


@pytest.fixture
def connection(fresh_database):
    with fresh_database.connect() as connection:
        connection.autocommit = True
        yield connection


def add_releases(database, rows: list[tuple[str, str | None, int | None]]) -> None:
    """Live releases as the projection holds them: prefix, type and year."""
    with psycopg.connect(database.owner_uri) as owner, owner.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog.release (croid, doi, type, issued_year)"
            " VALUES (uuidv7(), %s || '/' || uuidv4(), %s, %s)",
            rows,
        )


def spoil(database, report: str) -> None:
    with psycopg.connect(database.owner_uri) as owner:
        owner.execute(
            "UPDATE gleba.shelf_life SET refreshed_at = refreshed_at - shelf_life"
            " WHERE report = %s",
            [report],
        )


def test_report_that_was_never_made_is_stale(connection):
    assert {age.report for age in service.list_ages(connection) if age.is_stale} == {
        "doi-counts",
        "enrichment-coverage",
        "resolution",
    }


def test_refreshed_report_is_fresh_until_its_shelf_life_is_over(fresh_database, connection):
    service.refresh(connection, "doi-counts")
    made = service.get_age(connection, "doi-counts")
    assert not made.is_stale
    assert made.as_of_index == 0
    assert (made.spoils_at - made.generated_at).total_seconds() == 3600
    spoil(fresh_database, "doi-counts")
    assert service.get_age(connection, "doi-counts").is_stale


def test_only_what_is_spoiled_is_made_anew(fresh_database, connection):
    service.refresh(connection, "doi-counts")
    service.refresh(connection, "enrichment-coverage")
    service.refresh(connection, "resolution")
    assert service.refresh_spoiled(connection) == []
    spoil(fresh_database, "doi-counts")
    kept = service.get_age(connection, "enrichment-coverage")
    assert service.refresh_spoiled(connection) == ["doi-counts"]
    assert service.refresh_spoiled(connection) == []
    assert service.get_age(connection, "enrichment-coverage") == kept


def test_schedule_makes_spoiled_reports_anew(fresh_database, connection):
    schedule = next(one for one in SCHEDULES if one.name == "gleba.refresh_spoiled")
    assert schedule.cron == "*/5 * * * *"
    schedule.run(fresh_database.settings, None)
    assert not any(age.is_stale for age in service.list_ages(connection))


def test_dois_are_counted_by_prefix_type_and_year(fresh_database, connection):
    add_releases(
        fresh_database,
        [("10.5555", "journal-article", 2020)] * 2
        + [("10.5555", "dataset", None), ("10.6666", None, 1999)],
    )
    assert list(service.read_rows(connection, "doi-counts")) == []
    service.refresh(connection, "doi-counts")
    rows = service.read_rows(connection, "doi-counts")
    counted = [(row.prefix, row.type, row.issued_year, row.doi_count) for row in rows]
    assert counted == [
        ("10.5555", "dataset", 0, 1),
        ("10.5555", "journal-article", 2020, 2),
        ("10.6666", "", 1999, 1),
    ]
    only = service.read_rows(connection, "doi-counts", prefix="10.6666")
    assert [row.prefix for row in only] == ["10.6666"]


def test_long_report_is_read_whole_in_pages(fresh_database, connection):
    years = range(service.PAGE_ROWS * 2 + 1)
    add_releases(fresh_database, [("10.5555", "dataset", year) for year in years])
    service.refresh(connection, "doi-counts")
    rows = list(service.read_rows(connection, "doi-counts"))
    assert [row.issued_year for row in rows] == list(years)


def test_coverage_tells_what_was_given_from_what_was_added(fresh_database, connection):
    with psycopg.connect(fresh_database.owner_uri) as owner:
        owner.execute(
            "INSERT INTO catalog.affiliation"
            " (croid, member, contributor_position, position, name, ror, asserted_by,"
            " organisation_croid)"
            " SELECT '00000000-0000-7000-8000-000000000001', 'author', 0, n, 'x', r, b,"
            " CASE WHEN r IS NULL THEN NULL ELSE uuidv7() END"
            " FROM unnest(ARRAY[NULL, 'a', 'b'], ARRAY[NULL, 'publisher', 'nexus'])"
            " WITH ORDINALITY AS t (r, b, n)"
        )
    service.refresh(connection, "enrichment-coverage")
    row, funders = service.read_rows(connection, "enrichment-coverage")
    assert (row.strategy, funders.strategy) == ("affiliation-ror", "funder-ror")
    assert funders.value_count == 0
    assert (row.value_count, row.enriched_count, row.added_count) == (3, 2, 1)
    assert (row.release_count, row.organisation_count) == (1, 2)


def test_unknown_report_is_refused(connection):
    for ask in (service.get_age, service.refresh, service.read_rows):
        with pytest.raises(NoSuchReport):
            ask(connection, "citations")


def test_report_without_prefixes_cannot_be_cut_to_one(connection):
    with pytest.raises(ValueError, match="no prefixes"):
        service.read_rows(connection, "enrichment-coverage", prefix="10.5555")


def test_every_report_can_be_read(connection):
    assert set(service.READERS) == {age.report for age in service.list_ages(connection)}


def add_resolutions(connection, *hours: str, doi: str = "10.5555/a") -> None:
    resolution_add(
        connection,
        croids=[UUID(int=7)] * len(hours),
        dois=[doi] * len(hours),
        hours=[datetime.fromisoformat(hour).replace(tzinfo=UTC) for hour in hours],
        outcomes=["landed"] * len(hours),
        agents=["browser"] * len(hours),
        locations=[0] * len(hours),
        counts=[2] * len(hours),
    )


def test_of_months_that_are_not_kept_the_counts_stay_in_the_report(connection):
    months = ["2024-01-31T23:00", "2024-02-01T00:00", "2024-02-03T05:00", "2026-01-02T03:00"]
    add_resolutions(connection, *months)
    add_resolutions(connection, "2024-02-03T05:00", doi="10.5555/b")

    def told() -> list[tuple[str, int, int]]:
        service.refresh(connection, "resolution")
        rows = service.read_rows(connection, "resolution")
        return [(row.month, row.resolution_count, row.doi_count) for row in rows]

    before = told()
    assert before == [("2024-01", 2, 1), ("2024-02", 6, 2), ("2026-01", 2, 1)]
    today = date(2026, 3, 1)
    assert list(service.fold_resolutions(connection, 26, today)) == []
    assert list(service.fold_resolutions(connection, 25, today)) == ["2024-01"]
    assert list(service.fold_resolutions(connection, 3, today)) == ["2024-02"]
    assert list(service.fold_resolutions(connection, 2, today)) == []
    assert told() == before
    left = connection.execute("SELECT count(*) FROM gleba.resolution").fetchone()
    assert left == (1,)
    # What comes late is added to the counts of its month.
    add_resolutions(connection, "2024-01-31T23:00")
    assert told()[0] == ("2024-01", 4, 1)
    assert list(service.fold_resolutions(connection, 3, today)) == ["2024-01"]
    assert told()[0] == ("2024-01", 4, 1)


def test_a_schedule_folds_what_is_older_than_the_setting(fresh_database, connection):
    today = datetime.now(UTC).date()
    add_resolutions(connection, "2001-01-01T00:00", f"{today}T00:00")
    schedule = next(one for one in SCHEDULES if one.name == "gleba.fold_resolutions")
    schedule.run(fresh_database.settings, threading.Event())
    left = connection.execute("SELECT begun_at::date FROM gleba.resolution").fetchall()
    assert left == [(today,)]
    kept = connection.execute("SELECT month, resolution_count FROM gleba.resolution_month")
    assert kept.fetchall() == [("2001-01", 2)]
