"""Rows of Crossref's public registry: its members and their prefixes."""

from __future__ import annotations

import re
from typing import Any

from nexus_hub.fulgora.cells import facts, refused, row_of, text
from nexus_hub.fulgora.declaration import Rows, Statement
from nexus_hub.platform.tables import read_table
from nexus_hub.platform.unpacking import Progress

_PREFIX = re.compile(r"10\.[1-9][0-9]{3,8}(\.[0-9]+)*", re.ASCII)


def read_members(path: str, progress: Progress) -> Rows:
    """The lines of member, prefix, number of DOIs and name, tabs between them."""
    columns = ("id", "prefix", "dois", "name")
    return read_table(path, columns=columns, delimiter="\t", is_quoted=False, progress=progress)


def read_prefixes(path: str, progress: Progress) -> Rows:
    """The rows of the CSV of prefixes."""
    return read_table(path, required=("id", "name", "prefix"), progress=progress)


def prefix_key(value: Any) -> tuple[str, str]:
    """The prefix and its member: a prefix that moves stands with both until the next release.

    Raises RefusedRecordError where one of them is none.
    """
    row = row_of(value)
    member, prefix = text(row, "id"), text(row, "prefix")
    if not (member.isascii() and member.isdigit() and len(member) < 10):
        raise refused("malformed-member", "/id", f"{member[:40]!r} is no member's number")
    if not _PREFIX.fullmatch(prefix):
        raise refused("malformed-prefix", "/prefix", f"{prefix[:40]!r} is no prefix")
    return f"{prefix}/{int(member)}", ""


def state_prefix(value: Any) -> list[Statement]:
    """Who holds the prefix."""
    row = row_of(value)
    told = facts(member=int(text(row, "id")), name=text(row, "name"), dois=text(row, "dois"))
    return [Statement("prefix", text(row, "prefix"), "held", told)]
