"""Cells of tables as values: identifiers, days, lists, yes and no; what is not there is None."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from nexus_hub.catalog.canonical import Problem, RefusedRecordError
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

_NOTHING = frozenset({"", "na", "n/a", "none", "null", "unavailable", "0"})


def refused(code: str, pointer: str, detail: str) -> RefusedRecordError:
    """The refusal of a row."""
    return RefusedRecordError(Problem(code, pointer, detail))


def row_of(value: Any) -> dict[str, Any]:
    """The row, which is an object; raises RefusedRecordError."""
    if not isinstance(value, dict):
        raise refused("wrong-type", "", "a row is an object")
    return value


def text(row: Mapping[str, Any], *names: str) -> str:
    """The first of these cells that is text and not empty, stripped; else "".

    >>> text({"a": " ", "b": " x "}, "a", "b")
    'x'
    """
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and (stripped := value.strip()):
            return stripped
    return ""


def known(row: Mapping[str, Any], *names: str) -> str | None:
    """The same, where NA, none and the like say that there is nothing.

    >>> known({"doi": "NA"}, "doi") is None
    True
    """
    found = text(row, *names)
    return None if found.lower() in _NOTHING else found


def identifier(scheme: str, given: str | None) -> str | None:
    """The normal form of an identifier; None where there is none or it has none.

    >>> identifier("doi", "https://doi.org/10.5555/A"), identifier("doi", "unavailable")
    ('10.5555/a', None)
    """
    if not given:
        return None
    try:
        return normalise(scheme, given)
    except MalformedIdentifier:
        return None


def items(given: str) -> list[str]:
    """The items of a list of which each ends with a semicolon.

    >>> items("+Paper Mill;+Fake Peer Review;")
    ['+Paper Mill', '+Fake Peer Review']
    """
    return [item for part in given.split(";") if (item := part.strip())]


def american_day(given: str, pointer: str) -> str | None:
    """The day of a moment written m/d/Y H:M, as YYYY-MM-DD; None of nothing.

    Raises RefusedRecordError where it is no such moment.

    >>> american_day("2/1/2015 0:00", "/RetractionDate")
    '2015-02-01'
    """
    if not given:
        return None
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?", given)
    try:
        if found is None:
            raise ValueError(given)
        month, day, year = (int(part) for part in found.groups())
        return datetime(year, month, day, tzinfo=UTC).date().isoformat()
    except ValueError:
        detail = f"{given[:40]!r} is no date as m/d/Y H:M"
        raise refused("bad-date", pointer, detail) from None


def day_of(milliseconds: Any) -> str | None:
    """The day (UTC) of a time in milliseconds since 1970; None where it is no such time.

    >>> day_of(1591760408044), day_of("x")
    ('2020-06-10', None)
    """
    if type(milliseconds) is not int:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def facts(**given: Any) -> dict[str, Any]:
    """The facts that are there.

    >>> facts(a=1, b=None, c="")
    {'a': 1}
    """
    return {name: value for name, value in given.items() if value not in (None, "", [])}
