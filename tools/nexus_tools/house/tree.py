"""The files a rule may look at, and what it says about one of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SKIPPED_FOLDERS = {".git", ".venv", ".venv-bench", "site", "build", "dist", "__pycache__"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend, and how."""

    path: str
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.rule}: {self.advice}"


@dataclass(frozen=True)
class Tree:
    """The project's files: those git tracks or would track; without git, all but known litter."""

    root: Path

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every file, relative to the root, sorted."""
        return tuple(sorted(path for path in self._listed() if (self.root / path).is_file()))

    def _listed(self) -> list[str]:
        if shutil.which("git") and (self.root / ".git").exists():
            command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
            listing = subprocess.run(command, cwd=self.root, capture_output=True, check=True)
            return [path for path in listing.stdout.decode().split("\0") if path]
        return [
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if not SKIPPED_FOLDERS & set(path.relative_to(self.root).parts)
        ]

    def files(self, *folders: str, suffix: str = "") -> Iterator[str]:
        """Files below any of the folders (all where none is given) with this ending."""
        for path in self.paths:
            inside = not folders or any(path.startswith(f"{folder}/") for folder in folders)
            if inside and path.endswith(suffix):
                yield path

    def text(self, path: str) -> str:
        """The file as text; empty where it is not text."""
        try:
            return (self.root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return ""

    def lines(self, path: str) -> list[tuple[int, str]]:
        """The numbered lines of a file."""
        return list(enumerate(self.text(path).split("\n"), start=1))


def generated(path: str) -> bool:
    """Whether the file is written by a generator, which no size rule binds."""
    parts = path.split("/")
    return (
        ("queries" in parts[:-1] and path.endswith(".py"))
        or path.endswith((".snapshot.sql", "openapi.json", "aquilo/registry.py"))
        or path.startswith("docs/reference/")
    )
