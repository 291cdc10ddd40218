"""Dates of CSL-JSON as the dates of a work."""

from __future__ import annotations

import re
from typing import Any, Final

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?(?:T.*)?")


def read_date(given: Any) -> dict[str, Any] | None:
    """A date or a range, from its parts or from text in ISO 8601; None where there is none.

    >>> read_date({"date-parts": [["2020", 5]]}), read_date({"raw": "2020-05-01/2020-05-03"})
    ({'date-parts': [[2020, 5]]}, {'date-parts': [[2020, 5, 1], [2020, 5, 3]]})
    >>> read_date({"literal": "in spring"}) is None
    True
    """
    if isinstance(given, str):
        return _from_text(given)
    if not isinstance(given, dict):
        return None
    parts = _parts(given.get("date-parts"))
    if parts:
        moment = given.get("date-time")
        return {"date-parts": parts} | ({"date-time": moment} if moment else {})
    for name in ("raw", "edtf", "literal", "date-time"):
        if isinstance(text := given.get(name), str) and (date := _from_text(text)):
            return date
    return None


def _parts(given: Any) -> list[list[Any]]:
    if not isinstance(given, list):
        return []
    rows = given if any(isinstance(row, list) for row in given) else [given]
    found = []
    for row in rows:
        if isinstance(row, list):
            numbers = [_number(part) for part in row]
            if numbers and numbers[0] is not None:
                found.append([number for number in numbers if number is not None])
    return found


def _number(part: Any) -> Any:
    if isinstance(part, str):
        return (
            int(part)
            if part.strip().isascii() and part.strip().isdecimal() and len(part) < 9
            else None
        )
    return part


def _from_text(text: str) -> dict[str, Any] | None:
    found = [_ISO.fullmatch(end.strip()) for end in text.split("/")]
    ends = [end for end in found if end is not None]
    if len(ends) != len(found) or len(ends) > 2:
        return None
    return {"date-parts": [[int(part) for part in end.groups() if part] for end in ends]}
