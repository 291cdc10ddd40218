"""What a folder of dumped files holds: which moment, which files, how large, with which hashes."""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from nexus_hub.catalog.errors import DumpUnfit

NAME = "manifest.json"
UNFINISHED = "manifest.partial.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class File:
    """One file of a dump: of which table or kind, its rows, its size, its SHA-256 in hex."""

    name: str
    content: str
    rows: int
    size_bytes: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """A dump up to an index of the changelog, whose hash is told so that two can be compared."""

    kind: Literal["full", "flat"]
    index: int
    hash: str
    begun_at: datetime
    finished_at: datetime | None = None
    version: int = VERSION
    files: list[File] = field(default_factory=list)
    _lock: Any = field(default_factory=threading.Lock, repr=False, compare=False)

    def is_done(self, folder: Path, name: str) -> bool:
        """Whether a file was written whole before, and still is what it was."""
        found = next((file for file in self.files if file.name == name), None)
        if found is not None and is_whole(folder, found):
            return True
        self.files = [file for file in self.files if file.name != name]
        return False

    def note(self, folder: Path, file: File) -> None:
        """Remember a file that is whole."""
        with self._lock:
            self.files.append(file)
            _save(self, folder / UNFINISHED)

    def finish(self, folder: Path) -> Manifest:
        """Write the manifest of a dump that is complete."""
        self.files.sort(key=lambda file: file.name)
        self.finished_at = datetime.now(UTC)
        _save(self, folder / NAME)
        (folder / UNFINISHED).unlink(missing_ok=True)
        return self


def begin(
    folder: Path, kind: Literal["full", "flat"], index: int, digest: bytes, *, is_bound: bool
) -> Manifest:
    """Begin a dump in a folder, or go on with the one that was interrupted there.

    With `is_bound` it must be of the same index; otherwise it is begun anew. Raises DumpUnfit for a
    folder that holds something else, or a finished dump.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / NAME).exists():
        raise DumpUnfit(f"{folder} holds a finished dump: give another folder")
    if (folder / UNFINISHED).exists():
        before = read(folder / UNFINISHED)
        if before.kind != kind:
            raise DumpUnfit(f"{folder} holds a {before.kind} dump that was interrupted")
        if before.index == index or not is_bound:
            return before
        for file in before.files:
            (folder / file.name).unlink(missing_ok=True)
    elif any(folder.iterdir()):
        raise DumpUnfit(f"{folder} is not empty")
    plan = Manifest(kind, index, digest.hex(), datetime.now(UTC))
    _save(plan, folder / UNFINISHED)
    return plan


def read(path: Path) -> Manifest:
    """Read a manifest; raises DumpUnfit where it is none."""
    try:
        known: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        files = [msgspec.convert(file, File) for file in known.pop("files")]
        begun, finished = known.pop("begun_at"), known.pop("finished_at")
        plan = Manifest(
            begun_at=datetime.fromisoformat(begun),
            finished_at=datetime.fromisoformat(finished) if finished else None,
            files=files,
            **known,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DumpUnfit(f"{path}: {error}") from None
    if plan.version != VERSION:
        raise DumpUnfit(f"{path} is of version {plan.version}; this program reads {VERSION}")
    return plan


def is_whole(folder: Path, file: File) -> bool:
    """Whether a file has the size and hash its manifest tells."""
    path = folder / file.name
    if not path.is_file() or path.stat().st_size != file.size_bytes:
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


def _save(plan: Manifest, path: Path) -> None:
    told = {
        "version": plan.version,
        "kind": plan.kind,
        "index": plan.index,
        "hash": plan.hash,
        "begun_at": plan.begun_at.isoformat(),
        "finished_at": plan.finished_at.isoformat() if plan.finished_at else None,
        "files": [asdict(file) for file in plan.files],
    }
    partial = path.with_name(f"{path.name}.new")
    with partial.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
