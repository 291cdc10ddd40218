"""What a change of a record is called and looks like to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from nexus_hub.catalog.difference import Change, compare

MOST_TEXT = 2000
_CALLED = {
    "DOI": "DOI",
    "URL": "address",
    "ISSN": "ISSN",
    "ISBN": "ISBN",
    "ORCID": "ORCID",
    "given": "given name",
    "family": "family name",
    "container-title": "journal or book",
    "issued": "date of issue",
    "published": "date of publication",
    "date-parts": "date",
    "is-referenced-by-count": "citations",
    "resource": "landing page",
    "primary": "first address",
}


def called(pointer: str) -> str:
    """The place a JSON pointer names, in words; what is counted is counted from 1.

    >>> called("/author/1/family"), called("/title"), called("")
    ('author 2, family name', 'title', 'the whole record')
    """
    words: list[str] = []
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if words and name.isdigit():
            words[-1] += f" {int(name) + 1}"
        elif words and name == "-":
            words[-1] += ", at the end"
        else:
            words.append(_CALLED.get(name, name.replace("-", " ")))
    return ", ".join(words) or "the whole record"


def shown(value: Any) -> str:
    """A value as people read it: a name, a date, a list of such; JSON where nothing else is known.

    >>> shown({"date-parts": [[2024, 5]]}), shown({"given": "Ada", "family": "Lovelace"})
    ('2024-05', 'Ada Lovelace')
    >>> shown(["A", "B"]), shown(True), shown(None)
    ('A; B', 'yes', 'nothing')
    """
    text = _shown(value)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]} ... ({len(text):,} characters)"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return "; ".join(_shown(one) for one in value)
    return _shown_object(value)


def _shown_object(value: dict[str, Any]) -> str:
    match value:
        case {"date-parts": [[*parts]]} if parts and all(isinstance(p, int) for p in parts):
            return "-".join(f"{part:02}" for part in parts)
        case {"family": str(family)}:
            return " ".join(filter(None, (str(value.get("given") or ""), family)))
        case {"name": str(name)}:
            return name
        case {"unstructured": str(text)} | {"DOI": str(text)} | {"URL": str(text)}:
            return text
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def changes(before: str | None, after: str | None) -> list[Change]:
    """What differs between two contents; of a new one each member is told by itself.

    >>> texts = ['{"issued": {"date-parts": [[%s]]}}' % date for date in ("2024", "2025, 1")]
    >>> [(called(one.pointer), shown(one.before), shown(one.after)) for one in changes(*texts)]
    [('date of issue', '2024', '2025-01')]
    """
    if not after:
        return []
    was, now = orjson.loads(before) if before else {}, orjson.loads(after)
    return list(_whole_dates(was, now, compare(was, now)))


def _whole_dates(was: Any, now: Any, found: Sequence[Change]) -> Iterator[Change]:
    """The changes, those of a year, a month or a day told as one of their date."""
    told: set[str] = set()
    for one in found:
        name, inside, _ = one.pointer[1:].partition("/date-parts")
        if not inside or "/" in name:
            yield one
        elif name not in told:
            told.add(name)
            yield Change(f"/{name}", "changed", was.get(name), now.get(name))


def foreseen(patch: Sequence[dict[str, Any]]) -> Iterator[Change]:
    """The operations of a JSON Patch as changes; what was there before a test is not kept.

    >>> [one.change for one in foreseen([{"op": "remove", "path": "/a"}])]
    ['removed']
    """
    for one in patch:
        if one["op"] == "add" and one["path"] == "" and isinstance(one["value"], dict):
            yield from compare({}, one["value"])
        elif one["op"] == "remove":
            yield Change(one["path"], "removed")
        else:
            kind = "changed" if one["op"] == "replace" else "added"
            after = one.get("value", f"what was at {called(one.get('from', ''))}")
            yield Change(one["path"], kind, after=after)
