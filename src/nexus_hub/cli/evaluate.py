"""`nexus evaluate`: how often a strategy is right on a truth file, beside simpler methods."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.session import begin, console, worker_connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from nexus_hub.vulcanus.evaluation import Case, Figures
    from nexus_hub.vulcanus.tasks import Contest


UNOPPOSED = "unopposed"
"""Where cases were set aside whose truth the candidates contradict."""

TASK_HELP = "affiliation, funder, reference or title."


class TaskName(StrEnum):
    """What can be evaluated."""

    AFFILIATION = "affiliation"
    FUNDER = "funder"
    REFERENCE = "reference"
    TITLE = "title"


FILL = {
    TaskName.AFFILIATION: "nexus load ror FILE",
    TaskName.FUNDER: "nexus load ror FILE",
    TaskName.REFERENCE: "nexus load crossref FILE",
    TaskName.TITLE: "nexus load crossref FILE",
}
"""How what a task matches against comes in."""


def evaluate(
    task: Annotated[TaskName, typer.Argument(metavar="TASK", help=TASK_HELP)],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="JSON lines, also .gz: an input and the ids it truly names.",
        ),
    ],
    registry: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Match against the records of this file, not the catalogue; can be repeated. ROR "
            "as JSON lines, the funder registry as RDF; works are the catalogue's.",
        ),
    ] = None,
    plot: Annotated[
        Path, typer.Option(help="Where to draw the curve of precision and recall.")
    ] = Path("evaluation.png"),
    rival_inputs: Annotated[
        int, typer.Option(min=0, help="Inputs the methods beside it are measured on; 0: none.")
    ] = 300,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Measure precision, recall and speed, keep them with the version, and draw the curve.

    A third of the inputs, by a hash of the input, is told apart as held out. For funders there are
    figures also without the names that are another funder's label, as unopposed.
    """
    from nexus_hub.cli.evaluate_plot import draw
    from nexus_hub.vulcanus.tasks import find_task
    from nexus_hub.vulcanus.truth import read_cases

    with worker_connection(begin()) as connection:
        try:
            cases = list(read_cases(file))
        except (ValueError, OSError) as error:
            raise typer.BadParameter(str(error), param_hint="FILE") from error
        try:
            contest = find_task(task)(connection, registry or [])
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--registry") from error
        if not contest.candidates:
            raise typer.BadParameter(f"there is nothing to match against: {FILL[task]}")
        figures = measure(contest, cases, rival_inputs)
        keep(connection, task, file, contest.candidates, figures)
    if as_json:
        print(json.dumps([as_object(found) for found in figures], indent=2))
    else:
        show(figures, contest.candidates)
    drawn = draw(figures, f"{task}: {len(cases):,} inputs of {file.name}", plot)
    if not as_json:
        console.print(f"curve: {drawn}", highlight=False, soft_wrap=True)


def measure(contest: Contest, cases: Sequence[Case], rival_inputs: int) -> list[Figures]:
    """The figures of the strategy on all inputs, of its rivals on some from all of the file."""
    from nexus_hub.vulcanus.evaluation import evaluate as run

    same, clock = contest.same, contest.clock
    found = run(contest.matcher, cases, contest.is_known, same, clock=clock)
    if contest.oppose:
        found += _unopposed(contest, cases)
    some = cases[:: max(1, len(cases) // max(1, rival_inputs))][:rival_inputs]
    for rival in contest.rivals() if some else ():
        found += run(rival, some, contest.is_known, same, clock=clock)
    return found


def _unopposed(contest: Contest, cases: Sequence[Case]) -> list[Figures]:
    """The figures of the strategy where the candidates do not contradict the truth of a case."""
    from nexus_hub.vulcanus.evaluation import PARTS
    from nexus_hub.vulcanus.evaluation import evaluate as run

    opposed = [bool(contest.oppose and contest.oppose(case)) for case in cases]
    left = [case for case, is_opposed in zip(cases, opposed, strict=True) if not is_opposed]
    found = run(contest.matcher, left, contest.is_known, contest.same, clock=contest.clock)
    for figures in found:
        belongs = PARTS[figures.part]
        aside = zip(cases, opposed, strict=True)
        figures.opposed = sum(is_opposed and belongs(case.text) for case, is_opposed in aside)
    return found


def keep(
    connection: Connection[Any],
    task: str,
    file: Path,
    candidates: int,
    figures: Sequence[Figures],
) -> None:
    """Store what was measured in vulcanus.evaluation."""
    import hashlib

    from nexus_hub.vulcanus.queries import evaluation as q

    digest = hashlib.sha256(file.read_bytes()).digest()
    for found in figures:
        q.evaluation_store(
            connection,
            task=task,
            method=found.method,
            version=found.version,
            part=found.part,
            truth_name=file.name if found.opposed is None else f"{file.name}, {UNOPPOSED}",
            truth_sha256=digest,
            candidate_count=candidates,
            case_count=found.cases,
            answered_count=found.answered,
            right_count=found.right,
            strange_count=found.strange,
            strange_answered_count=found.strange_answered,
            per_second=found.per_second,
            intervals=json.dumps(found.intervals),
        )


def show(figures: Sequence[Figures], candidates: int) -> None:
    """Print a table of the figures, each with the interval of precision and recall."""
    from rich.box import SIMPLE
    from rich.table import Table

    rates = Table(title=f"{candidates:,} candidates", title_justify="left", box=SIMPLE)
    ranges = Table(title="95 of 100 resamples lie between", title_justify="left", box=SIMPLE)
    for table, names in (
        (rates, ("inputs", "P", "R", "F1", "F0.5", "first P", "per s")),
        (ranges, ("abstained", "P", "R", "strange")),
    ):
        for name in ("method", "part"):
            table.add_column(name, no_wrap=True)
        for name in names:
            table.add_column(name, justify="right", no_wrap=True)
    for found in figures:
        of = found.measures()
        shares = (of[name] for name in ("precision", "recall", "f1", "f05", "lead_precision"))
        part = found.part
        if found.opposed is not None:
            part = f"{part}, {UNOPPOSED} (-{found.opposed:,})"
        rates.add_row(
            found.method,
            part,
            f"{found.cases:,}",
            *(f"{share:.3f}" for share in shares),
            f"{found.per_second:,.0f}",
        )
        ranges.add_row(
            found.method,
            part,
            f"{found.abstained:,}",
            *(_range(found, name) for name in ("precision", "recall")),
            f"{found.strange_answered:,} of {found.strange:,}",
        )
    console.print(rates, ranges)


def _range(found: Figures, name: str) -> str:
    low, high = found.intervals.get(name, (0.0, 0.0))
    return f"{low:.3f}-{high:.3f}"


def as_object(found: Figures) -> dict[str, Any]:
    """The figures as JSON has them."""
    return {
        "method": found.method,
        "version": found.version,
        "part": found.part,
        "inputs": found.cases,
        "answered": found.answered,
        "abstained": found.abstained,
        "right": found.right,
        **found.measures(),
        "intervals": found.intervals,
        **({} if found.opposed is None else {"set-aside": found.opposed}),
        "strange": found.strange,
        "strange-answered": found.strange_answered,
        "per-second": round(found.per_second, 1),
    }
