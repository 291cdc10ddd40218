"""`nexus gaps`: where a strategy found nothing, and where what it found is stale."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from nexus_hub.cli.session import begin, console, worker_connection

SHOWN = 20


class Values(StrEnum):
    """Which values are looked for."""

    ROR = "ror"
    FUNDER = "funder"


STRATEGIES = {Values.ROR: "affiliation-ror", Values.FUNDER: "funder-ror"}


def gaps(
    values: Annotated[Values, typer.Argument(metavar="VALUES", help="ror or funder.")],
    each: Annotated[
        bool, typer.Option("--list", help="Every place, tab-separated: CROID, DOI, pointer, text.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many lines.")] = SHOWN,
) -> None:
    """Print how many places lack a value, the texts that most often do, and what is stale."""
    from rich.table import Table

    from nexus_hub.croid.codec import encode
    from nexus_hub.vulcanus.queries import missing_value as q
    from nexus_hub.vulcanus.queries import strategy as strategies

    name = STRATEGIES[values]
    with worker_connection(begin()) as connection:
        if each:
            for row in q.missing_value_list(connection, strategy=name, limit_count=limit):
                print(encode(row.croid), row.doi or "", row.pointer, row.text, sep="\t")
            return
        missing = q.missing_value_count(connection, strategy=name)
        texts = q.missing_value_text_list(connection, strategy=name, limit_count=limit)
        covered = {row.strategy: row for row in strategies.strategy_coverage_list(connection)}
    stale = covered[name].stale_count if name in covered else 0
    console.print(
        f"{missing.place_count:,} places in {missing.object_count:,} releases lack a value of "
        f"{name}; {stale:,} releases have a stale layer"
    )
    table = Table()
    table.add_column("text", overflow="fold")
    table.add_column("places", justify="right")
    for text in texts:
        table.add_row(text.text, f"{text.place_count:,}")
    if texts:
        console.print(table)
