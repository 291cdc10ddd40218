"""Read the bundled sample: real works as deposits, and the organisations that they name.

Two files of JSON lines travel inside the package, so that the demonstration runs from an
installed wheel. `README.md` beside them says where every fact comes from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

Name = Literal["deposits.jsonl", "organisations.jsonl"]
DEPOSITS: Name = "deposits.jsonl"
ORGANISATIONS: Name = "organisations.jsonl"


def sample_path(name: Name) -> AbstractContextManager[Path]:
    """Lend a sample file as a path on disk; it may vanish when the context ends.

    Loaders that read by path (`nexus load deposits FILE`) take it as any other file.
    """
    return as_file(files(__name__) / name)


def sample_open(name: Name) -> BinaryIO:
    """Open a sample file for reading bytes, one JSON object per UTF-8 line."""
    return cast("BinaryIO", (files(__name__) / name).open("rb"))


def deposit_list() -> Iterator[dict[str, Any]]:
    """Give each deposit `{doi, resource, state, metadata}` in the order of the DOIs.

    `metadata` is a Crossref work; every `doi` is lower-case and occurs once.

    >>> next(deposit_list())["state"]
    'findable'
    """
    return _rows(DEPOSITS)


def organisation_list() -> Iterator[dict[str, Any]]:
    """Give each organisation as a ROR record of schema 2, in the order of the ROR ids.

    >>> next(organisation_list())["id"][:16]
    'https://ror.org/'
    """
    return _rows(ORGANISATIONS)


def _rows(name: Name) -> Iterator[dict[str, Any]]:
    with sample_open(name) as lines:
        for line in lines:
            yield json.loads(line)
