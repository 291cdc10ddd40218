"""What a source is declared by: the one place from which all that knows sources is derived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from nexus_hub.platform.files import FileProblem, Located
from nexus_hub.platform.unpacking import Progress

Rows = Iterator[Located | FileProblem]
Reader = Callable[[str, Progress], Rows]


class Statement(NamedTuple):
    """What a row says about an identifier: the few facts of it that SQL reads.

    `role` is what the identifier is to the row; `same` says that it names what the key names.
    """

    scheme: str
    value: str
    role: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A release that lies at one address; whether it changed is asked of the server."""

    url: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A release that is the newest archive of a record of the Zenodo API, with its checksum."""

    url: str


@dataclass(frozen=True, slots=True)
class Pages:
    """What changed since the last time, as pages of an API: each names the next.

    `url` has places for `{since}`, a day, and for `{cursor}` where the API has cursors.
    """

    url: str
    shape: Literal["crossref", "datacite"]
    first_day: str


Fetcher = File | Record | Pages


@dataclass(frozen=True, slots=True)
class Source:
    """One source: who publishes it under which licence, how it is fetched and read.

    `kind` and `scheme` say what its rows are whole records of and which identifier their keys are;
    without them they only tell something about objects that others make. `read` gives the rows of
    a file, `key` the key and the version of a row, `state` what it says about identifiers. A
    release of an `is_whole` source has every row. What `clean` takes out of a row is neither kept
    nor told. `notes` say what is peculiar, in Markdown.
    """

    name: str
    title: str
    licence: str
    attribution: str
    homepage: str
    makes: str
    columns: str
    read: Reader
    key: Callable[[Any], tuple[str, str]]
    rank: int
    kind: str | None = None
    scheme: str | None = None
    state: Callable[[Any], Sequence[Statement]] | None = None
    clean: Callable[[bytes], bytes] | None = None
    is_whole: bool = False
    fetcher: Fetcher | None = None
    cron: str = ""
    views: tuple[str, ...] = ()
    notes: str = ""
