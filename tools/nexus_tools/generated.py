"""How a generator writes its files, or says which of them have drifted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def write(root: Path, files: Mapping[str, str], *, check: bool) -> list[str]:
    """Write each file whose text differs, or with `check` only list it; the list of those paths."""
    drifted = [path for path, text in files.items() if _read(root / path) != text]
    for path in [] if check else drifted:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(files[path], encoding="utf-8")
    return drifted


def formatted(source: str) -> str:
    """Python source as `ruff format` leaves it."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "-q",
        "--stdin-filename",
        "generated.py",
        "-",
    ]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
