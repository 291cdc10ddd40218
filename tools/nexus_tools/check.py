"""`python -m nexus_tools.check`: every guard of the house, a line each; fails if any does."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from glob import glob
from typing import NamedTuple

from nexus_tools.scratch import migrated_database


class Guard(NamedTuple):
    """A command that fails when something is out of order, and what to do then."""

    name: str
    command: list[str]
    remedy: str = ""


class Verdict(NamedTuple):
    """What a guard found."""

    guard: Guard
    is_kept: bool
    said: str
    seconds: float


def guards(database_uri: str) -> list[Guard]:
    """Every guard; the slow ones first, so that the cores are used to the end."""
    steps = sorted(glob("migrations/steps/*.sql"))
    return [
        Guard(
            "generated files",
            [
                sys.executable,
                "-m",
                "nexus_tools.generate",
                "--check",
                "--database-uri",
                database_uri,
            ],
            "make gen",
        ),
        Guard(
            "SQL style",
            ["sqlfluff", "lint", "sql", "queries", "tools"],
            "sqlfluff fix sql queries",
        ),
        Guard("types", ["ty", "check", "--output-format", "concise"]),
        Guard("imports", ["lint-imports", "--no-logo"]),
        Guard(
            "house",
            [sys.executable, "-m", "nexus_tools.house", "--database-uri", database_uri],
        ),
        Guard("migrations", ["squawk", "--config", ".squawk.toml", *steps]),
        Guard("Python style", ["ruff", "check", "--quiet"], "ruff check --fix"),
        Guard("Python format", ["ruff", "format", "--check", "--quiet"], "ruff format"),
    ]


def run(guard: Guard) -> Verdict:
    """Run one guard and keep what it says."""
    began = time.monotonic()
    done = subprocess.run(
        guard.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Verdict(guard, done.returncode == 0, done.stdout.strip(), time.monotonic() - began)


def report(verdict: Verdict) -> None:
    """Say in a line how a guard ended, and all it said where it failed."""
    mark = "ok  " if verdict.is_kept else "FAIL"
    print(f"{mark} {verdict.guard.name} ({verdict.seconds:.1f} s)", flush=True)
    if not verdict.is_kept:
        remedy = f"\nto mend: {verdict.guard.remedy}" if verdict.guard.remedy else ""
        print(f"{verdict.said}{remedy}\n", flush=True)


def main() -> int:
    """Run every guard, two at a time, to the end."""
    with (
        migrated_database() as uri,
        ThreadPoolExecutor(max_workers=2) as workers,
    ):
        verdicts = []
        for verdict in workers.map(run, guards(uri)):
            report(verdict)
            verdicts.append(verdict)
    return 0 if all(verdict.is_kept for verdict in verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
