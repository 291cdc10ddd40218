"""Servers that may be killed, and what the long form tells while it goes and when it is done."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from faults import form
from faults.mortal import MortalServer

SUMMARIES: list[str] = []


@dataclass
class Teller:
    """Prints a line past pytest's capture, in the long form alone."""

    show: Callable[[str], None]
    lines: list[str] = field(default_factory=list)

    def progress(self, line: str) -> None:
        """How far it has come."""
        if form.IS_LONG:
            self.show(line)

    def summary(self, line: str) -> None:
        """What was done in the end; shown again below all tests."""
        self.progress(line)
        SUMMARIES.append(line)


@pytest.fixture
def teller(request: pytest.FixtureRequest) -> Teller:
    """Tells what this test does."""
    capture: Any = request.config.pluginmanager.getplugin("capturemanager")
    reporter: Any = request.config.pluginmanager.getplugin("terminalreporter")
    begun = time.monotonic()

    def show(line: str) -> None:
        if reporter is not None:
            with capture.global_and_fixture_disabled():
                reporter.ensure_newline()
                reporter.write_line(f"{time.monotonic() - begun:6.1f} s  {line}")

    return Teller(show)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures of the long form."""
    if form.IS_LONG and SUMMARIES:
        terminalreporter.section("faults")
        for line in SUMMARIES:
            terminalreporter.write_line(line)


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalServer]:
    """A migrated PostgreSQL of the module's own, whose commits are durable."""
    folder = tmp_path_factory.mktemp("mortal")
    for parent in (folder, *folder.parents[:-1]):
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    with MortalServer.made(Path(folder)) as server:
        yield server
