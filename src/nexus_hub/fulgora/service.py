"""Takes releases of public data in: every row as it was, what changed, and what was older."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Any

import orjson
import zstandard
from psycopg import Connection

from nexus_hub.catalog.canonical import RefusedRecordError, decode, encode
from nexus_hub.fulgora.declaration import Source, Statement
from nexus_hub.fulgora.errors import NoSuchSource, WrongSourceFile
from nexus_hub.fulgora.queries import release as q
from nexus_hub.fulgora.sources import SOURCES
from nexus_hub.platform.error_classes import UnreadableFile
from nexus_hub.platform.files import Located, batch_records

OnBytes = Callable[[str, int, int | None], None]
MAX_UNREAD_SHARE = 0.01
"""With more unreadable rows than this, nothing is taken to be missing: it may be among them."""


@dataclass(slots=True)
class Loaded:
    """What taking a release in came to."""

    source: str
    label: str
    release_no: int | None = None
    rows: int = 0
    changed: int = 0
    older: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """Rows ready to be stored."""

    keys: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)
    statements: list[tuple[str, bytes, Statement]] = field(default_factory=list)


def source_of(name: str) -> Source:
    """The declaration of a source; raises NoSuchSource."""
    if name not in SOURCES:
        raise NoSuchSource(name)
    return SOURCES[name]


def load(
    connection: Connection[Any],
    source: str,
    path: str,
    *,
    label: str | None = None,
    is_whole: bool | None = None,
    on_bytes: OnBytes = lambda path, done, total: None,
) -> Loaded:
    """Take one file in as a release of a source, whole or not at all.

    Rows that cannot be read are named in the problems and the rest goes through; a file that breaks
    off raises UnreadableFile, one without any row of the source WrongSourceFile, each naming the
    place, and nothing of it is kept. An older version never replaces a newer one. Of a release that
    `is_whole` (by default as the source is declared) what it does not have has ended.
    """
    about = source_of(source)
    loaded = Loaded(source, label or PurePath(path).name)
    seen: list[str] | None = [] if (about.is_whole if is_whole is None else is_whole) else None
    with connection.transaction():
        release_no = q.release_begin(connection, source=source, label=loaded.label)
        rows = about.read(path, lambda done, total: on_bytes(path, done, total))
        for located, problems in batch_records(rows):
            loaded.problems += [str(problem) for problem in problems]
            if broken := next((problem for problem in problems if problem.fatal), None):
                raise UnreadableFile(str(broken))
            batch = _read(about, loaded, located, path)
            _store(connection, loaded, release_no, batch)
            if seen is not None:
                seen += batch.keys
        if loaded.rows == 0:
            found = loaded.problems[0] if loaded.problems else "the file has no records"
            raise WrongSourceFile(found)
        if seen is not None and len(loaded.problems) <= MAX_UNREAD_SHARE * loaded.rows:
            loaded.removed = q.release_end_missing(
                connection, source=source, release_no=release_no, keys=seen
            )
        is_news = q.release_complete(
            connection,
            source=source,
            release_no=release_no,
            problem_count=len(loaded.problems),
        )
        loaded.release_no = release_no if is_news else None
    return loaded


def _read(about: Source, loaded: Loaded, located: list[Located], path: str) -> _Batch:
    compressor = zstandard.ZstdCompressor(level=1)
    batch = _Batch()
    for item in located:
        try:
            value = decode(item.raw)
            key, version = about.key(value)
            stated = about.state(value) if about.state else ()
        except RefusedRecordError as refused:
            name = f"{path}!{item.member}" if item.member else path
            place = f"{name}:{item.line} (record {item.number})"
            loaded.problems.append(f"{place}: {refused}")
            continue
        digest = sha256(encode(value)).digest()
        batch.keys.append(key)
        batch.versions.append(version)
        batch.hashes.append(digest)
        batch.records.append(compressor.compress(item.raw))
        batch.statements += [(key, digest, statement) for statement in stated]
    return batch


def _store(connection: Connection[Any], loaded: Loaded, release_no: int, batch: _Batch) -> None:
    if not batch.keys:
        return
    stored = q.release_store(
        connection,
        source=loaded.source,
        release_no=release_no,
        keys=batch.keys,
        versions=batch.versions,
        hashes=batch.hashes,
        records=batch.records,
    )
    if batch.statements and stored.changed:
        q.release_store_statements(
            connection,
            source=loaded.source,
            release_no=release_no,
            keys=[key for key, _, _ in batch.statements],
            hashes=[digest for _, digest, _ in batch.statements],
            schemes=[told.scheme for _, _, told in batch.statements],
            identifiers=[told.value for _, _, told in batch.statements],
            roles=[told.role for _, _, told in batch.statements],
            facts=[orjson.dumps(told.facts).decode() for _, _, told in batch.statements],
        )
    loaded.rows += len(batch.keys)
    loaded.changed += stored.changed
    loaded.older += stored.older
