"""How the demonstration's result is shown: a table per planet, one record before and after."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from nexus_hub.cli.session import console

if TYPE_CHECKING:
    from nexus_hub.cli.demo import Result


RECOGNISED_BY = "affiliation-ror"
"""The strategy whose values stand beside the affiliations as they were deposited."""


def show(result: Result) -> None:
    """Print everything a newcomer wants to see, and what to do next."""
    if not result.changed:
        console.print("Nothing changed: the sample was here already.\n")
    for table in planets(result):
        console.print(table)
    show_example(result.example)
    console.print(f"Plot            {result.plot}", highlight=False)
    console.print(f"Data            {result.home}", highlight=False)
    nexus = command_name()
    console.print(f"Serve it        [bold]{nexus} serve --with-workers[/bold]", highlight=False)
    console.print(f"Look inside     [bold]{nexus} psql[/bold]", highlight=False)
    console.print(f"A report        [bold]{nexus} report doi-counts[/bold]", highlight=False)
    console.print(f"\nDone in {result.seconds} s", highlight=False)


def command_name() -> str:
    """How this very program is called from the folder at hand."""
    path = Path(sys.argv[0]).absolute()
    if shutil.which("nexus") == str(path):
        return "nexus"
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def planets(result: Result) -> list[Table]:
    """One table per planet."""
    share = 100 * result.affiliations_matched // max(result.affiliations, 1)
    return [
        _table(
            "Nauvis took deposits",
            [("records deposited", result.deposits)]
            + [(f"  {verdict}", count) for verdict, count in sorted(result.verdicts.items())],
        ),
        _table(
            "Fulgora keeps public data",
            [(f"rows of {source}", count) for source, count in sorted(result.source_rows.items())],
        ),
        _table(
            "Vulcanus made records",
            [("live objects", result.objects)]
            + [(f"  {kind}", count) for kind, count in sorted(result.objects_by_kind.items())]
            + [
                ("affiliations", result.affiliations),
                (f"  matched to organisations ({share} %)", result.affiliations_matched),
            ]
            + [(f"records enriched by {name}", n) for name, n in result.enriched_by.items()],
        ),
        _table(
            "The catalogue",
            [
                ("revisions", result.revisions),
                ("changelog index", result.changelog_index),
                ("dead letters", result.dead_letters),
            ],
        ),
        _reports(result),
    ]


def _table(title: str, rows: list[tuple[str, int]]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, min_width=52)
    table.add_column()
    table.add_column(justify="right")
    for name, count in rows:
        table.add_row(name, f"{count:,}")
    return table


def _reports(result: Result) -> Table:
    table = Table(title="Gleba counted", title_justify="left", min_width=52)
    for column in ("report", "as of index", "spoils at"):
        table.add_column(column)
    for report in result.reports:
        spoils = report["spoils-at"]
        table.add_row(
            report["report"],
            str(report["as-of-index"]),
            f"{spoils:%Y-%m-%d %H:%M} UTC" if spoils else "stale",
        )
    return table


def show_example(example: dict[str, Any]) -> None:
    """One record: its affiliations as deposited, and as recognised, each with the reason."""
    deposited = example["deposited"]
    console.print(f"\n[bold]{example['doi']}[/bold]  {deposited['title'][0]}", highlight=False)
    table = Table(title="Its affiliations", title_justify="left", show_lines=True)
    for column in ("as deposited", "as enriched", "why"):
        table.add_column(column, overflow="fold")
    reasons = reasons_by_place(example["added"], example.get("organisations", {}))
    shown: set[str] = set()
    for i, author in enumerate(deposited.get("author", [])):
        for j, affiliation in enumerate(author.get("affiliation", [])):
            name = affiliation.get("name", "")
            if name not in shown:
                shown.add(name)
                found, why = reasons.get(f"/author/{i}/affiliation/{j}", ("", "no name in it fits"))
                table.add_row(name, found, why)
    console.print(table)
    if others := [each for each in example["added"] if each["strategy"] != RECOGNISED_BY]:
        console.print(_others(others))


def _others(added: list[dict[str, Any]]) -> Table:
    table = Table(title="What else was added", title_justify="left", show_lines=True)
    for column in ("where", "value", "why"):
        table.add_column(column, overflow="fold")
    for element in added:
        value, evidence = element["enrichedValue"], element.get("evidence") or {}
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        reason = f"{element['strategy']}: {evidence.get('rule', 'derived')}"
        table.add_row(element["path"], shown, f"{reason}, confidence {element.get('confidence')}")
    return table


def reasons_by_place(
    added: list[dict[str, Any]], names: dict[str, str]
) -> dict[str, tuple[str, str]]:
    """The organisation and the reason of each affiliation that a value was added to."""
    found: dict[str, tuple[str, str]] = {}
    for element in added:
        place = "/".join(element["path"].split("/")[:5])
        value = element["enrichedValue"]
        if element["strategy"] == RECOGNISED_BY and isinstance(value, dict):
            ror = value["id"].removeprefix("https://ror.org/")
            evidence = element.get("evidence") or {}
            why = f"{evidence.get('rule')} \u2018{evidence.get('matched_name')}\u2019"
            if evidence.get("country"):
                why += f", country {evidence['country']}"
            organisation = f"{names.get(ror, '')}\nror.org/{ror}".strip()
            found[place] = (organisation, f"{why}, confidence {element.get('confidence')}")
    return found
