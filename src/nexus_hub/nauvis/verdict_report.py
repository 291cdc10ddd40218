"""The report of a bulk deposit: a line of JSON for each record, written as the verdicts come.

The lines of a batch stand together and say how many they are, so that a run that was killed goes
on after the last batch that is in the report whole.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import orjson

from nexus_hub.nauvis.errors import NotAReport


class VerdictReport:
    """A report that is written on; without a path it only counts."""

    def __init__(self, path: Path | None) -> None:
        self.counts: Counter[str] = Counter()
        self._done: set[str] = set()
        self._file: BinaryIO | None = None
        if path is not None:
            whole = self._read(path) if path.exists() else 0
            self._file = path.open("r+b" if path.exists() else "xb")
            self._file.seek(whole)
            self._file.truncate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def has(self, batch: str) -> bool:
        """Whether all verdicts on a batch are written down."""
        return batch in self._done

    def add(self, batch: str, verdicts: Iterable[dict[str, Any]]) -> None:
        """Write the verdicts on a batch down, and see them onto the disk."""
        told = list(verdicts)
        self._count(batch, told)
        if self._file is None:
            return
        named = [{**one, "batch": batch, "batch-records": len(told)} for one in told]
        self._file.write(b"".join(orjson.dumps(one) + b"\n" for one in named))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _count(self, batch: str, told: list[dict[str, Any]]) -> None:
        self._done.add(batch)
        self.counts.update(str(one["result"]) for one in told)

    def _read(self, path: Path) -> int:
        """Take in the batches that are whole; the bytes up to the end of the last of them."""
        whole = position = 0
        batch: list[dict[str, Any]] = []
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                position += len(line)
                one = self._line(path, number, line)
                if one is None:
                    break
                if batch and batch[0]["batch"] != one["batch"]:
                    batch = []
                batch.append(one)
                if len(batch) == one["batch-records"]:
                    self._count(one["batch"], batch)
                    whole, batch = position, []
        return whole

    def _line(self, path: Path, number: int, line: bytes) -> dict[str, Any] | None:
        """A line of the report; None where writing it was interrupted."""
        if not line.endswith(b"\n"):
            return None
        try:
            one = orjson.loads(line)
            if isinstance(one["batch"], str) and isinstance(one["batch-records"], int):
                return one
        except (orjson.JSONDecodeError, KeyError, TypeError):
            pass
        raise NotAReport(f"{path}, line {number}")
