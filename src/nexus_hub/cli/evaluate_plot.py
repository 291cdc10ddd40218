"""The picture of an evaluation: precision over recall, as the confidence asked for falls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from nexus_hub.vulcanus.evaluation import Figures


def draw(figures: Sequence[Figures], title: str, path: Path) -> Path:
    """Draw the curve of each method and part as a PNG; returns where it lies."""
    values: list[dict[str, Any]] = [
        {
            "method": found.method,
            "part": found.part,
            "recall": point.recall,
            "precision": point.precision,
            "order": number,
            "is_last": number == len(found.curve) - 1,
        }
        for found in figures
        if found.part != "all" and found.opposed is None
        for number, point in enumerate(found.curve)
    ]
    floor = max(0.0, min((value["precision"] for value in values), default=0.0) - 0.02)
    encodings: dict[str, Any] = {
        "x": alt.X("recall:Q", title="recall", scale=alt.Scale(domain=[0, 1])),
        "y": alt.Y("precision:Q", title="precision", scale=alt.Scale(domain=[floor, 1])),
        "color": alt.Color(
            "method:N",
            title=None,
            sort=None,
            scale=alt.Scale(range=["#2a9d8f", "#e9a23b", "#8a8a8a"]),
        ),
    }
    dash = alt.StrokeDash("part:N", title=None, scale=alt.Scale(domain=["tuned", "held-out"]))
    data = alt.Data(values=values)
    line = alt.Chart(data, mark=alt.MarkDef(type="line", strokeWidth=2))
    dots = alt.Chart(data, mark=alt.MarkDef(type="point", filled=True, size=28))
    chart = (
        alt.layer(
            line.encode(order="order:Q", strokeDash=dash, **encodings), dots.encode(**encodings)
        )
        .properties(width=560, height=340, title=title)
        .configure(
            font="DejaVu Sans, Arial, sans-serif",
            title=alt.TitleConfig(anchor="start", frame="group", fontSize=15, offset=10),
            legend=alt.LegendConfig(orient="right", labelLimit=0),
            axis=alt.AxisConfig(gridColor="#e6e6e6", labelColor="#444", titleColor="#444"),
            view=alt.ViewConfig(strokeWidth=0),
            padding=16,
            background="white",
        )
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))
    return path
