"""The picture of the demonstration: works by year and type, affiliations recognised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import vl_convert
from psycopg import Connection

from nexus_hub.catalog.queries import release
from nexus_hub.gleba.queries import report

SHOWN_TYPES = 6


def draw(connection: Connection[Any], path: Path) -> Path:
    """Draw what the catalogue holds as a PNG, from live counts; returns where it lies."""
    charts = alt.vconcat(_by_year(connection), _coverage(connection), spacing=28)
    chart = charts.resolve_scale(color="independent").configure(
        font="DejaVu Sans, Arial, sans-serif",
        title=alt.TitleConfig(anchor="start", fontSize=15, subtitleColor="#555"),
        axis=alt.AxisConfig(gridColor="#e6e6e6", labelColor="#444", titleColor="#444"),
        view=alt.ViewConfig(strokeWidth=0),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))
    return path


def _by_year(connection: Connection[Any]) -> alt.Chart:
    rows = release.release_count_by_year(connection)
    table = pl.DataFrame(
        {
            "year": [row.issued_year for row in rows],
            "type": [row.type or "unknown" for row in rows],
            "works": [row.release_count for row in rows],
        },
        schema={"year": pl.Int64, "type": pl.String, "works": pl.Int64},
    )
    common = table.group_by("type").agg(pl.col("works").sum()).sort("works", descending=True)
    names = common["type"].head(SHOWN_TYPES).to_list()
    table = table.with_columns(
        pl.when(pl.col("type").is_in(names)).then(pl.col("type")).otherwise(pl.lit("other"))
    )
    return (
        alt.Chart(alt.Data(values=table.to_dicts()), mark="bar")
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-90)),
            y=alt.Y("sum(works):Q", title="live works"),
            color=alt.Color(
                "type:N",
                title=None,
                sort=[*names, "other"],
                scale=alt.Scale(scheme="tableau10"),
            ),
        )
        .properties(width=720, height=220, title="Works by year of issue and type")
    )


def _coverage(connection: Connection[Any]) -> alt.Chart:
    values = []
    for row in report.report_enrichment_coverage_list(connection):
        added, known = row.added_count or 0, row.enriched_count or 0
        total = row.value_count or 0
        values += [
            {"part": "recognised by NEXUS", "order": 1, "affiliations": added},
            {"part": "asserted by the publisher", "order": 2, "affiliations": known - added},
            {"part": "not recognised", "order": 3, "affiliations": total - known},
        ]
    parts = ["recognised by NEXUS", "asserted by the publisher", "not recognised"]
    return (
        alt.Chart(alt.Data(values=values), mark=alt.MarkDef("bar", height=26))
        .encode(
            x=alt.X(
                "affiliations:Q",
                title="affiliations of live works",
                stack="zero",
                axis=alt.Axis(tickCount=6),
            ),
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=parts, range=["#2a9d8f", "#8ab17d", "#d9d9d9"]),
            ),
            order="order:O",
        )
        .properties(width=720, height=50, title="Affiliations recognised as organisations")
    )
