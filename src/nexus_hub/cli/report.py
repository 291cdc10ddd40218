"""`nexus report`: reports with their age, for people and for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.queues import age
from nexus_hub.cli.session import begin, console, errors, worker_connection

if TYPE_CHECKING:
    from nexus_hub.gleba import service


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def report(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="REPORT",
            help="doi-counts, enrichment-coverage or resolution; without one, all are listed.",
        ),
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Make it anew before.")] = False,
    as_format: Annotated[
        Format, typer.Option("--format", help="table, json, or csv (its age on standard error).")
    ] = Format.TABLE,
    prefix: Annotated[
        str | None, typer.Option(help="Only this DOI prefix, where the report has prefixes.")
    ] = None,
) -> None:
    """Print a report: of which index of the changelog, how old, until when it holds, its rows."""
    from psycopg import IsolationLevel

    from nexus_hub.gleba import service

    with worker_connection(begin()) as connection:
        if name is None:
            for known in service.list_ages(connection) if refresh else []:
                service.refresh(connection, known.report)
            _list(service.list_ages(connection), as_format)
            return
        service.get_age(connection, name)
        if prefix is not None and name not in service.BY_PREFIX:
            raise typer.BadParameter(f"{name} has no prefixes", param_hint="--prefix")
        if refresh:
            service.refresh(connection, name)
        # Its age and all its rows are of one moment, whoever makes it anew meanwhile.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            of = service.get_age(connection, name)
            rows = service.read_rows(connection, name, prefix=prefix)
            _print(of, (asdict(row) for row in rows), as_format)


def _list(ages: list[service.Age], as_format: Format) -> None:
    from rich.table import Column, Table

    if as_format is Format.JSON:
        print(json.dumps([_head(of) for of in ages], indent=2))
        return
    if as_format is Format.CSV:
        _csv(_head(of) for of in ages)
        return
    # A name is what the next command needs: never shortened.
    name = Column("report", no_wrap=True, min_width=max(len(of.report) for of in ages))
    table = Table(name, "title", "as of index", "age", "shelf life", "")
    for of in ages:
        table.add_row(of.report, of.title, *_age(of))
    console.print(table)


def _print(of: service.Age, rows: Iterator[dict[str, Any]], as_format: Format) -> None:
    from rich.table import Table

    if as_format is Format.JSON:
        print(json.dumps(_head(of) | {"rows": [_named(row) for row in rows]}, indent=2))
        return
    index, old, life, state = _age(of)
    said = f"{of.title}: as of index {index}, {old} old, shelf life {life}, {state}"
    if as_format is Format.CSV:
        errors.print(said, highlight=False, soft_wrap=True)
        _csv(_named(row) for row in rows)
        return
    console.print(said, highlight=False, soft_wrap=True)
    table: Table | None = None
    for row in map(_named, rows):
        if table is None:
            table = Table()
            for column, value in row.items():
                table.add_column(column, justify="right" if isinstance(value, int) else "left")
        table.add_row(*(str(value) for value in row.values()))
    console.print(table or "no rows")


def _csv(rows: Iterator[dict[str, Any]]) -> None:
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row))
            writer.writeheader()
        writer.writerow(row)


def _head(of: service.Age) -> dict[str, Any]:
    return {
        "report": of.report,
        "title": of.title,
        "as-of-index": of.as_of_index,
        "generated-at": of.generated_at.isoformat() if of.generated_at else None,
        "spoils-at": of.spoils_at.isoformat() if of.spoils_at else None,
        "stale": of.is_stale,
    }


def _age(of: service.Age) -> tuple[str, str, str, str]:
    """Index, age, shelf life and state, as they are shown."""
    if of.generated_at is None or of.spoils_at is None:
        return "none", "never made", "", "[yellow]stale[/yellow]"
    old = age(int((datetime.now(UTC) - of.generated_at).total_seconds()))
    life = age(int((of.spoils_at - of.generated_at).total_seconds()))
    state = "[yellow]stale[/yellow]" if of.is_stale else "[green]fresh[/green]"
    return f"{of.as_of_index:,}", old, life, state


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in row.items()}
