"""Takes releases of public data in: every row as it was, what changed, and what was older."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Any

import zstandard
from psycopg import Connection

from nexus_hub.catalog.canonical import RefusedRecordError, decode, encode
from nexus_hub.catalog.organisation import read_ror_key
from nexus_hub.catalog.records import read_crossref_key
from nexus_hub.fulgora.errors import NoSuchSource, WrongSourceFile
from nexus_hub.fulgora.queries import release as q
from nexus_hub.fulgora.ror import pick_members
from nexus_hub.platform.error_classes import UnreadableFile
from nexus_hub.platform.files import Located, batch_records, pick_json, read_records

OnBytes = Callable[[str, int, int | None], None]


READERS: Mapping[str, Callable[[Any], tuple[str, str]]] = {
    "ror": read_ror_key,
    "crossref": read_crossref_key,
}
"""How the key of a row, and which version of it this is, are read in each source."""


@dataclass(slots=True)
class Loaded:
    """What taking a release in came to."""

    source: str
    label: str
    release_no: int | None = None
    rows: int = 0
    changed: int = 0
    older: int = 0
    problems: list[str] = field(default_factory=list)


def load(
    connection: Connection[Any],
    source: str,
    path: str,
    *,
    label: str | None = None,
    on_bytes: OnBytes = lambda path, done, total: None,
) -> Loaded:
    """Take one file in as a release of a source, whole or not at all.

    Rows that cannot be read are named in the problems and the rest goes through; a file that breaks
    off raises UnreadableFile, one without any row of the source WrongSourceFile, each naming the
    place, and nothing of it is kept. An older version never replaces a newer one.
    """
    if source not in READERS:
        raise NoSuchSource(source)
    loaded = Loaded(source, label or PurePath(path).name)
    with connection.transaction():
        release_no = q.release_begin(connection, source=source, label=loaded.label)
        for located, problems in batch_records(_read(path, source, on_bytes)):
            loaded.problems += [str(problem) for problem in problems]
            if broken := next((problem for problem in problems if problem.fatal), None):
                raise UnreadableFile(str(broken))
            _store(connection, loaded, release_no, located, path)
        if loaded.rows == 0:
            found = loaded.problems[0] if loaded.problems else "the file has no records"
            raise WrongSourceFile(found)
        is_news = q.release_complete(
            connection,
            source=source,
            release_no=release_no,
            problem_count=len(loaded.problems),
        )
        loaded.release_no = release_no if is_news else None
    return loaded


def _read(path: str, source: str, on_bytes: OnBytes) -> Iterator[Any]:
    pick = pick_members if source == "ror" else pick_json
    return read_records(path, pick=pick, progress=lambda done, total: on_bytes(path, done, total))


def _store(
    connection: Connection[Any], loaded: Loaded, release_no: int, located: list[Located], path: str
) -> None:
    compressor = zstandard.ZstdCompressor(level=1)
    read = READERS[loaded.source]
    keys, versions, hashes, records = [], [], [], []
    for item in located:
        try:
            value = decode(item.raw)
            key, version = read(value)
        except RefusedRecordError as refused:
            place = f"{path}:{item.line} (record {item.number})"
            loaded.problems.append(f"{place}: {refused}")
            continue
        keys.append(key)
        versions.append(version)
        hashes.append(sha256(encode(value)).digest())
        records.append(compressor.compress(item.raw))
    if not keys:
        return
    stored = q.release_store(
        connection,
        source=loaded.source,
        release_no=release_no,
        keys=keys,
        versions=versions,
        hashes=hashes,
        records=records,
    )
    loaded.rows += len(keys)
    loaded.changed += stored.changed
    loaded.older += stored.older
