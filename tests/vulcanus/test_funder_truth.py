"""What names of funders truly mean: judged twice, joined with the names by their hash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import funders
from benchmarks.funders import NOBODY, main, name_hash, named, read_judgements


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    rows = (
        ("Salt Fund", "05dxps055", "05dxps055 100000001"),
        ("Brine Fund", "-", "-"),
        ("SF", "?", "?"),
        ("Sugar Fund", "05dxps055", "100000001"),
        ("Pepper Fund", "05dxps055", "-"),
    )
    path = tmp_path / "judged.tsv"
    lines = [f"{name_hash(name)}\t{one}\t{two}\n" for name, one, two in rows]
    path.write_text("name\tone\ttwo\n" + "".join(lines))
    monkeypatch.setattr(funders, "JUDGED", path)
    return read_judgements()


def test_a_name_means_what_both_readers_say(judged: dict[str, list[str]]) -> None:
    assert judged[name_hash("Salt Fund")] == ["05dxps055"]
    assert judged[name_hash("Brine Fund")] == [NOBODY]
    untold = ("SF", "Sugar Fund", "Pepper Fund")
    assert not judged.keys() & set(map(name_hash, untold))


@pytest.mark.real_data
def test_every_name_of_the_real_works_was_judged(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_REAL_DATA", str(real_data))
    names = {name.strip() for name, given in named(real_data) if isinstance(name, str) and given}
    lines: dict[str, list[dict[str, object]]] = {}
    for truth in funders.TRUTHS:
        main(tmp_path / truth, truth)
        lines[truth] = [json.loads(line) for line in (tmp_path / truth).read_text().splitlines()]
    published = {str(row["text"]) for row in lines["published"]}
    assert published <= names
    assert {str(row["text"]) for row in lines["either"]} == published
    assert len(published) > len(lines["judged"]) > 0.95 * len(published)
    known = funders.JUDGED.read_text()
    assert all(name_hash(name) in known for name in published)
