"""`nexus evaluate` of each task on a real hub, beside simpler methods."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from nexus_hub.cli import evaluate, session
from nexus_hub.cli.main import app
from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
FUNDING = OXFORD | {"external_ids": [{"type": "fundref", "all": ["501100000769"]}]}
TITLE = "On the curing of herring with coarse salt"
SALT = record("10.5555/salt", title=[TITLE], volume="12", page="101-118")


@pytest.fixture
def run(hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(evaluate, "begin", lambda: hub.settings)
    monkeypatch.setattr(evaluate, "console", session.Console(width=200))
    hub.organisations(FUNDING)
    hub.deposit(SALT)

    def call(task: str, *rows: dict[str, Any], more: tuple[str, ...] = (), code: int = 0) -> str:
        truth = tmp_path / "truth.jsonl"
        truth.write_text("".join(json.dumps(row) + "\n" for row in rows))
        plot = ("--plot", str(tmp_path / "curve.png"))
        found = CliRunner().invoke(app, ["evaluate", task, str(truth), *plot, *more])
        assert found.exit_code == code, found.output
        return found.output

    return call


CASES = {
    "affiliation": [
        {"affiliation": "University of Oxford, Oxford, UK", "ror": [OXFORD["id"]]},
        {"affiliation": "University of Bergen", "ror": ["https://ror.org/03zga2b32"]},
    ],
    "funder": [
        {"name": "University of Oxford", "ids": ["10.13039/501100000769"]},
        {"name": "University of Oxford", "ror": OXFORD["id"]},
        {"name": "University of Bergen", "id": "https://doi.org/10.13039/100000001"},
    ],
    "reference": [
        {"reference": f"Lovelace A. {TITLE}. J Ex 2024;12:101-118", "doi": "10.5555/SALT"},
        {"reference": "Olsen C (1999) A history of brine. Bergen", "doi": "10.5555/brine"},
    ],
    "title": [
        {"text": TITLE, "doi": "https://doi.org/10.5555/salt"},
        {"text": "A history of brine, of salt and of sugar", "doi": "10.5555/brine"},
    ],
}


@pytest.mark.parametrize("task", CASES)
def test_a_task_is_measured_beside_simpler_methods_and_kept(task: str, run, hub: Hub) -> None:
    known = len(CASES[task]) - 1
    figures = json.loads(run(task, *CASES[task], more=("--json",)))
    ours = next(row for row in figures if row["part"] == "all")
    assert (ours["inputs"], ours["right"], ours["strange"]) == (known, known, 1)
    assert (ours["precision"], ours["recall"], ours["strange-answered"]) == (1, 1, 0)
    assert "trigram" in {row["method"] for row in figures}
    stored = "SELECT method, right_count FROM vulcanus.evaluation WHERE task = %s AND part = 'all'"
    with hub.database.connect() as connection:
        rows = dict(connection.execute(stored, [task]).fetchall())
    assert rows[ours["method"]] == known
    assert rows.keys() == {row["method"] for row in figures}


def test_names_that_are_another_funders_label_are_told_apart(run, hub: Hub, tmp_path: Path) -> None:
    salt = FUNDING | {
        "id": "https://ror.org/03zga2b32",
        "names": [{"value": "Salt Fund", "types": ["ror_display", "label"], "lang": "en"}],
        "external_ids": [{"type": "fundref", "all": ["100000001"]}],
    }
    registry = tmp_path / "ror.jsonl"
    registry.write_text(json.dumps(FUNDING) + "\n" + json.dumps(salt) + "\n")
    cases = [{"name": name, "id": "100000001"} for name in ("Salt Fund", "University of Oxford")]
    beside = ("--registry", str(registry), "--rival-inputs", "0")
    shown = json.loads(run("funder", *cases, more=(*beside, "--json")))
    as_given, unopposed = (row for row in shown if row["part"] == "all")
    assert (as_given["inputs"], as_given["right"]) == (2, 1)
    assert "set-aside" not in as_given
    assert (unopposed["inputs"], unopposed["right"], unopposed["set-aside"]) == (1, 1, 1)
    assert "all, unopposed (-1)" in run("funder", *cases, more=beside)
    stored = "SELECT DISTINCT truth_name FROM vulcanus.evaluation ORDER BY truth_name"
    with hub.database.connect() as connection:
        names = [name for (name,) in connection.execute(stored).fetchall()]
    assert names == ["truth.jsonl", "truth.jsonl, unopposed"]


def test_registries_of_files_serve_organisations_and_no_works(run, tmp_path: Path) -> None:
    registry = tmp_path / "ror.jsonl"
    registry.write_text(json.dumps(FUNDING) + "\n")
    beside = ("--registry", str(registry), "--rival-inputs", "0")
    assert "1 candidates" in run("funder", *CASES["funder"], more=beside)
    assert "catalogue" in run("title", *CASES["title"], more=beside, code=2)
