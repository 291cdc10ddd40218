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


def test_registries_of_files_serve_organisations_and_no_works(run, tmp_path: Path) -> None:
    registry = tmp_path / "ror.jsonl"
    registry.write_text(json.dumps(FUNDING) + "\n")
    beside = ("--registry", str(registry), "--rival-inputs", "0")
    assert "1 candidates" in run("funder", *CASES["funder"], more=beside)
    assert "catalogue" in run("title", *CASES["title"], more=beside, code=2)
