"""What is asked for is pinned, with hashes, and the lists agree."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
NAME = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)
LISTS = ["install", "run", "dev", "bench"]


def pins(name: str) -> set[tuple[str, str]]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {(found[1].lower(), found[2]) for found in PIN.finditer(text)}


def names(name: str) -> set[str]:
    return {pin[0] for pin in pins(name)}


def asked_for(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.in").read_text()
    return {found.lower() for found in NAME.findall(text)}


def test_everything_the_program_needs_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {NAME.findall(line)[0].lower() for line in project["dependencies"]}
    assert needed - names("run") == set()


@pytest.mark.parametrize("name", ["install", "dev", "docs", "bench"])
def test_everything_asked_for_is_pinned(name: str) -> None:
    assert asked_for(name) - names("dev" if name == "docs" else name) == set()


def test_developers_run_what_users_run() -> None:
    assert pins("run") - pins("dev") == set()


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert pins(name)
    for block in re.split(r"\n(?=[A-Za-z])", text):
        assert "--hash=sha256:" in block, block
