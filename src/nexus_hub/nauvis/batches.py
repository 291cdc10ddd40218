"""Files cut into batches to send: the same file always into the same batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.sending import Batch, key_of
from nexus_hub.platform.files import FileProblem, read_records

BATCH_RECORDS = 1000
BATCH_BYTES = 8 << 20
OnBytes = Callable[[str, int, int | None], None]


@dataclass(slots=True)
class Cut:
    """A batch to send, the DOIs in it, and what of its stretch of the file could not be read."""

    batch: Batch
    dois: frozenset[str]
    unread: list[dict[str, Any]]


@dataclass(slots=True)
class _Stretch:
    lines: list[int] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    dois: set[str] = field(default_factory=set)
    unread: list[dict[str, Any]] = field(default_factory=list)
    size: int = 0


def cut(
    path: str, *, is_test: bool, salt: str, seen: Counter[str], on_bytes: OnBytes
) -> Iterator[Cut]:
    """The batches of a file. No batch has a DOI twice, so that the later record counts.

    `seen` counts the keys of a run: the same records, met again in it, are a deposit of their own.
    """
    held = _Stretch()
    for item in read_records(path, progress=lambda done, total: on_bytes(path, done, total)):
        if isinstance(item, FileProblem):
            held.unread.append(_unread(path, item.line, f"{item.code}: {item.detail}"))
            continue
        doi, fault = _look(item.raw)
        if fault is not None:
            held.unread.append(_unread(path, item.line, fault))
            continue
        is_full = len(held.raws) >= BATCH_RECORDS or held.size + len(item.raw) > BATCH_BYTES
        if held.raws and (is_full or doi in held.dois):
            yield _closed(path, held, is_test, salt, seen)
            held = _Stretch()
        held.lines.append(item.line)
        held.raws.append(item.raw)
        held.size += len(item.raw)
        if doi is not None:
            held.dois.add(doi)
    if held.raws or held.unread:
        yield _closed(path, held, is_test, salt, seen)


def _closed(path: str, held: _Stretch, is_test: bool, salt: str, seen: Counter[str]) -> Cut:
    kept = held.raws or [orjson.dumps(held.unread)]
    key = key_of(kept, is_test=is_test, salt=salt)
    seen[key] += 1
    if seen[key] > 1:
        key = f"{key}-{seen[key]}"
    return Cut(Batch(path, held.lines, held.raws, key), frozenset(held.dois), held.unread)


def _look(raw: bytes) -> tuple[str | None, str | None]:
    """The DOI of a record where it has one, and what makes it unreadable."""
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return None, f"malformed-json: {error}"
    told = record.get("doi") or record.get("DOI") if isinstance(record, dict) else None
    if not isinstance(told, str):
        return None, None
    try:
        return normalise_doi(told), None
    except MalformedIdentifier:
        return None, None


def _unread(path: str, line: int | None, detail: str) -> dict[str, Any]:
    problem = {"code": "unread", "pointer": "", "detail": detail, "severity": "error"}
    return {
        "file": path,
        "line": line,
        "doi": None,
        "croid": None,
        "result": "unread",
        "problems": [problem],
        "deposit": None,
    }
