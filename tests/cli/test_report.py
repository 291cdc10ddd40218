"""`nexus report` prints rows with their age, for people and for programs."""

from __future__ import annotations

import csv
import io
import json

import psycopg
import pytest


@pytest.fixture
def counted(fresh_database):
    with psycopg.connect(fresh_database.owner_uri) as owner:
        owner.execute(
            "INSERT INTO catalog.release (croid, doi, type, issued_year)"
            " SELECT uuidv7(), '10.' || p || '/' || n, 'dataset', 2020"
            " FROM unnest(ARRAY[5555, 5555, 6666]) WITH ORDINALITY AS t (p, n)"
        )
    return fresh_database


def test_reports_are_listed_without_a_name(nexus):
    result = nexus("report")
    assert result.exit_code == 0
    assert "doi-counts" in result.stdout
    assert "enrichment-coverage" in result.stdout
    assert result.stdout.count("never made") == 3


def test_report_says_how_old_it_is_and_until_when_it_holds(nexus, counted):
    said = nexus("report", "doi-counts", "--refresh").stdout.splitlines()[0]
    assert "as of index 0" in said
    assert "shelf life 1 h" in said
    assert said.endswith("fresh")
    with psycopg.connect(counted.owner_uri) as owner:
        owner.execute(
            "UPDATE gleba.shelf_life SET refreshed_at = refreshed_at - interval '2 hours'"
        )
    said = nexus("report", "doi-counts").stdout.splitlines()[0]
    assert "2 h old" in said
    assert said.endswith("stale")


def test_report_is_not_made_anew_unless_asked(nexus, counted):
    rows = json.loads(nexus("report", "doi-counts", "--format", "json").stdout)["rows"]
    assert rows == []
    nexus("report", "--refresh")
    rows = json.loads(nexus("report", "doi-counts", "--format", "json").stdout)["rows"]
    assert [row["doi-count"] for row in rows] == [2, 1]


def test_json_names_age_and_rows(nexus, counted):
    said = nexus("report", "doi-counts", "--refresh", "--format", "json", "--prefix", "10.6666")
    body = json.loads(said.stdout)
    assert body["rows"] == [
        {"prefix": "10.6666", "type": "dataset", "issued-year": 2020, "doi-count": 1}
    ]
    assert body["stale"] is False
    assert body["as-of-index"] == 0
    assert body["generated-at"] < body["spoils-at"]


def test_csv_is_nothing_but_csv(nexus, counted):
    result = nexus("report", "doi-counts", "--refresh", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["prefix"], row["doi-count"]) for row in rows] == [
        ("10.5555", "2"),
        ("10.6666", "1"),
    ]
    assert "as of index 0" in result.stderr


def test_coverage_has_no_prefixes(nexus):
    result = nexus("report", "enrichment-coverage", "--prefix", "10.5555")
    assert result.exit_code == 2
    assert "no prefixes" in result.stderr


def test_unknown_report_is_refused_by_name(nexus):
    result = nexus("report", "citations")
    assert result.exit_code == 1
    assert "no-such-report: citations" in result.stderr
