"""The picture of a run: rates with their range, cost while the database grows, requests."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from benchmarks.aims import Figure
from benchmarks.flat import Ladder
from benchmarks.measure import Spread, Subject
from benchmarks.requests_rate import Rates, Sample
from benchmarks.results import Results

WIDTH = 560
OURS, OTHERS = "#2a9d8f", "#9a9a9a"
LIGHT = "#8ab17d"


def draw(results: Results, path: Path) -> Path | None:
    """Draw what was measured as a PNG; None where there is nothing to draw."""
    charts: list[Any] = []
    if results.subjects:
        charts.append(rates_chart(results.subjects))
    if results.ladder:
        charts.append(ladder_chart(results.ladder))
    if results.rates:
        charts.append(requests_chart(results.rates))
    if accepted := [figure for figure in results.figures if figure.group == "accept"]:
        charts.append(figures_chart(accepted, "Accepting releases, per second"))
    if compared := [figure for figure in results.figures if _is_finite(figure.ratio())]:
        charts.append(aims_chart(compared))
    if not charts:
        return None
    chart = (
        alt.vconcat(*charts, spacing=30)
        .resolve_scale(color="independent")
        .configure(
            font="DejaVu Sans, Arial, sans-serif",
            title=alt.TitleConfig(
                anchor="start", frame="group", fontSize=15, subtitleColor="#555", offset=10
            ),
            legend=alt.LegendConfig(orient="top", labelFontSize=11, labelLimit=0, symbolOpacity=1),
            axis=alt.AxisConfig(gridColor="#e6e6e6", labelColor="#444", titleColor="#444"),
            axisY=alt.AxisConfig(labelLimit=420),
            view=alt.ViewConfig(strokeWidth=0),
            padding=16,
            background="white",
        )
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))
    return path


def rates_chart(subjects: list[Subject]) -> alt.LayerChart:
    """Records per second of each subject, with the range of its passes."""
    values = []
    for subject in subjects:
        spread = subject.spread("rate")
        workers = "" if subject.key[0] in "ac" else f", {_workers(subject.processes)}"
        values.append(
            {
                "subject": f"{subject.title}{workers}",
                "rate": spread.median,
                "low": spread.low,
                "high": spread.high,
                "label": f"{spread.median:,.0f}",
                "color": OTHERS
                if subject.key[0] in "ac"
                else OURS
                if subject.key[0] == "b"
                else LIGHT,
            }
        )
    names = [str(value["subject"]) for value in values]
    base: Any = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "subject:N",
            sort=names,
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelPadding=8),
        )
    )
    bars = base.mark_bar(height=18).encode(
        x=alt.X(
            "rate:Q",
            title="records per second: median, and range of the passes",
            axis=alt.Axis(tickCount=6),
        ),
        color=alt.Color("color:N", scale=None),
    )
    ranges = base.mark_rule(color="#222", strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", dx=7, color="#222").encode(x="high:Q", text="label:N")
    return alt.LayerChart(layer=[bars, ranges, labels]).properties(
        width=WIDTH, height=28 * len(values), title="Taking records in"
    )


def _workers(count: int) -> str:
    return "1 worker" if count == 1 else f"{count} workers"


def ladder_chart(ladder: Ladder) -> alt.LayerChart:
    """CPU per record of every step, clients and server, from zero."""
    values = []
    for step in ladder.steps:
        for name, cost in (
            ("clients", step.measured.client_us),
            ("PostgreSQL", step.measured.server_us),
            ("together", step.measured.cpu_us),
        ):
            values.append({"records": step.records_after, "part": name, "cost": cost})
    parts = ["together", "PostgreSQL", "clients"]
    colors = [OURS, "#e9a23b", OTHERS]
    base: Any = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("records:Q", title="records in the database", scale=alt.Scale(domainMin=0)),
        y=alt.Y(
            "cost:Q", title="CPU microseconds per record", scale=alt.Scale(zero=True, nice=True)
        ),
        color=alt.Color("part:N", title=None, scale=alt.Scale(domain=parts, range=colors)),
    )
    return alt.LayerChart(
        layer=[base.mark_line(strokeWidth=2), base.mark_point(filled=True, size=30, opacity=1)]
    ).properties(width=WIDTH, height=200, title="Cost of a record while the catalogue grows")


def requests_chart(rates: list[Rates]) -> alt.LayerChart:
    """Requests per second of both routes at each concurrency."""
    names = ["GET /works/{doi}", "the same bytes from memory"]
    values = []
    for rate in rates:
        for name, samples in zip(names, (rate.works, rate.static), strict=True):
            spread = _rate(samples)
            values.append(
                {
                    "route": name,
                    "concurrency": rate.concurrency,
                    "rate": spread.median,
                    "low": spread.low,
                    "high": spread.high,
                }
            )
    base: Any = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("concurrency:O", title="requests at once", axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("route:N", sort=names),
    )
    color = alt.Color("route:N", title=None, scale=alt.Scale(domain=names, range=[OURS, OTHERS]))
    bars = base.mark_bar().encode(
        y=alt.Y("rate:Q", title="requests per second", scale=alt.Scale(nice=True)), color=color
    )
    ranges = base.mark_rule(color="#222", strokeWidth=1.5).encode(y="low:Q", y2="high:Q")
    return alt.LayerChart(layer=[bars, ranges]).properties(
        width=WIDTH, height=200, title="Reading a record"
    )


def figures_chart(figures: list[Figure], title: str) -> alt.LayerChart:
    """The values of some figures, with the range of their passes."""
    values = [_bar(figure.name, Spread.of(figure.values)) for figure in figures]
    return _bars(values, title, alt.Scale(zero=True, nice=True))


def aims_chart(figures: list[Figure]) -> alt.LayerChart:
    """The ratios of some figures, with a mark where each is to be."""
    values = []
    for figure in figures:
        ratio = figure.ratio()
        assert ratio is not None
        bar = _bar(f"{figure.name} / {figure.beside}", ratio, digits=2)
        values.append({**bar, "aim": figure.aim, "sense": figure.sense})
    return _bars(values, "Ratios; the red mark is what is aimed at", alt.Scale(zero=True))


def _is_finite(ratio: Spread | None) -> bool:
    """Whether there is a ratio that can be drawn; that of what was refused cannot."""
    return ratio is not None and math.isfinite(ratio.high)


def _bar(name: str, spread: Spread, digits: int = 0) -> dict[str, Any]:
    label = f"{spread.median:,.{digits}f}"
    return {
        "name": name,
        "value": spread.median,
        "low": spread.low,
        "high": spread.high,
        "label": label,
    }


def _bars(values: list[dict[str, Any]], title: str, scale: alt.Scale) -> alt.LayerChart:
    names = [value["name"] for value in values]
    base: Any = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    layers = [
        base.mark_bar(height=16, color=OURS).encode(x=alt.X("value:Q", title=None, scale=scale)),
        base.mark_rule(color="#222", strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        base.mark_text(align="left", dx=7, color="#222").encode(x="high:Q", text="label:N"),
    ]
    if any(value.get("aim") for value in values):
        aimed = base.transform_filter("isValid(datum.aim)")
        layers.append(aimed.mark_tick(color="#d1495b", thickness=3, height=22).encode(x="aim:Q"))
    return alt.LayerChart(layer=layers).properties(
        width=WIDTH, height=26 * len(values), title=title
    )


def _rate(samples: list[Sample]) -> Spread:
    return Spread.of(sample.rate for sample in samples)
