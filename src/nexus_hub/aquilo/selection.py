"""What a list of works is asked for, read from query parameters against the registry.

Rules: the filters, facets, sorts, field queries and selects of Crossref's REST API. Filters of the
same name are alternatives, different names must all hold, `-` is an alias of `.` in their names.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from nexus_hub.aquilo.registered import Filter
from nexus_hub.aquilo.registry import FACETS, FILTERS, QUERY_FIELDS, SELECT_FIELDS, SORTS

MOST_VALUES = 100
MOST_FACET_VALUES = 1000
DEFAULT_FACET_VALUES = 20
MOST_SAMPLED = 100
_LONGEST_VALUE = 2000
_NAMED = re.compile(r"\s*([a-z][a-z.-]*):(.*)", re.DOTALL)
_FLAGS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
_BY_ALIAS = {name.replace(".", "-"): name for name in FILTERS}
Value = str | bool | date | int
Read = TypeVar("Read")


class Misread(ValueError):
    """A parameter that cannot be read: its name, what was sent, and what is expected."""

    def __init__(self, parameter: str, value: str, expected: str) -> None:
        super().__init__(f"parameter {parameter} is '{value}'; expected {expected}")
        self.parameter = parameter
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Selection:
    """Which works, in which order, counted by what, and how much of each is shown."""

    words: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    facets: Mapping[str, int] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    sort: str | None = None
    is_descending: bool = True
    sample: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no work is left out, so that the catalogue itself can be listed."""
        return not (self.words or self.fields or self.filters)

    @property
    def is_searched(self) -> bool:
        """Whether works have a score."""
        return bool(self.words or self.fields)


def read_filters(text: str) -> dict[str, tuple[Value, ...]]:
    """The values of each filter in the text of a `filter` parameter. Raises `Misread`.

    >>> read_filters("type:journal-article,type:book,has_orcid:true".replace("_", "-"))
    {'type': ('journal-article', 'book'), 'has-orcid': (True,)}
    >>> read_filters("container-title:Light, Dark,license-version:vor")
    {'container-title': ('Light, Dark',), 'license.version': ('vor',)}
    """
    pairs: list[tuple[str, str]] = []
    for piece in text.split(",") if text.strip() else []:
        named = _NAMED.fullmatch(piece)
        if named and (name := _BY_ALIAS.get(named[1].replace(".", "-"))):
            pairs.append((name, named[2]))
        elif pairs and FILTERS[pairs[-1][0]].takes in {"text", "doi"} and not named:
            # A comma in a title or a DOI separates nothing.
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]},{piece}")
        else:
            raise _unknown("filter", named[1] if named else piece, FILTERS, "filter")
    if len(pairs) > MOST_VALUES:
        raise Misread("filter", text[:40], f"at most {MOST_VALUES} values")
    values: dict[str, list[Value]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(read_value(FILTERS[name], value))
    return {name: tuple(found) for name, found in values.items()}


def read_value(row: Filter, text: str) -> Value:
    """A value of a filter as what it takes. Raises `Misread`.

    >>> read_value(FILTERS["until-pub-date"], "2024-02"), read_value(FILTERS["has-orcid"], "f")
    (datetime.date(2024, 2, 29), False)
    """
    told = text.strip()
    expected, pattern = _TAKES[row.takes]
    if not told or len(told) > _LONGEST_VALUE or not pattern.fullmatch(told):
        raise Misread("filter", f"{row.name}:{told[:80]}", f"{row.name}:{expected}")
    if row.takes == "flag":
        return _FLAGS[told]
    if row.takes == "date":
        return _day(row, told)
    return int(told) if row.takes == "integer" else told


def read_fields(given: Mapping[str, str]) -> dict[str, str]:
    """The words of each `query.<field>`. Raises `Misread` for one there is not."""
    found: dict[str, str] = {}
    for name, words in given.items():
        if name.startswith("query."):
            short = name.removeprefix("query.")
            if short not in QUERY_FIELDS:
                raise _unknown(name, short, QUERY_FIELDS, "field query")
            if folded := " ".join(words.split()):
                found[short] = folded
    return found


def read_facets(text: str) -> dict[str, int]:
    """How many values of each facet are wanted. Raises `Misread`.

    >>> read_facets("orcid:5,type-name:*,issn")
    {'orcid': 5, 'type-name': 1000, 'issn': 20}
    """
    found: dict[str, int] = {}
    for piece in text.split(",") if text.strip() else []:
        name, _, count = piece.strip().partition(":")
        if name not in FACETS:
            raise _unknown("facet", name, FACETS, "facet")
        number = {"": DEFAULT_FACET_VALUES, "*": MOST_FACET_VALUES}.get(count)
        if number is None and count.isascii() and count.isdigit() and len(count) < 5:
            number = int(count)
        if not number or number > MOST_FACET_VALUES:
            expected = f"{name}:*, or a number from 1 to {MOST_FACET_VALUES} after the colon"
            raise Misread("facet", piece[:80], expected)
        found[name] = number
    return found


def read_select(text: str) -> tuple[str, ...]:
    """The members that are to be shown. Raises `Misread` for one there is not."""
    names = tuple(dict.fromkeys(piece.strip() for piece in text.split(",")))
    for name in names:
        if name not in SELECT_FIELDS:
            raise _unknown("select", name, SELECT_FIELDS, "member")
    return names


def read_sort(text: str) -> str:
    """The order of the list. Raises `Misread` for one there is not."""
    if text not in SORTS:
        raise _unknown("sort", text, SORTS, "sort")
    return text


def read_sample(text: str) -> int:
    """How many works are to be drawn. Raises `Misread`."""
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_SAMPLED):
        raise Misread("sample", text[:40], f"a whole number from 1 to {MOST_SAMPLED}")
    return int(text)


def read(given: Mapping[str, str]) -> Selection:
    """What all these parameters ask for together. Raises `Misread`."""
    order = given.get("order", "desc")
    if order not in {"asc", "desc"}:
        raise Misread("order", order[:40], "asc or desc")
    selection = Selection(
        words=" ".join(given.get("query", "").split()),
        fields=read_fields(given),
        filters=read_filters(given.get("filter", "")),
        facets=read_facets(given.get("facet", "")),
        select=_maybe(given, "select", read_select) or (),
        sort=_maybe(given, "sort", read_sort),
        is_descending=order == "desc",
        sample=_maybe(given, "sample", read_sample),
    )
    return selection


def _maybe(given: Mapping[str, str], name: str, reader: Callable[[str], Read]) -> Read | None:
    text = given.get(name)
    return reader(text) if text else None


def _unknown(parameter: str, name: str, known: Collection[str], kind: str) -> Misread:
    near = difflib.get_close_matches(name, sorted(known), 1, 0.5)
    guess = f"did you mean {near[0]}? " if near else ""
    return Misread(parameter, name[:80], f"a {kind} there is; {guess}known: {', '.join(known)}")


def _day(row: Filter, text: str) -> date:
    year, month, day = (int(part) if part else None for part in f"{text}--".split("-")[:3])
    is_last = row.name.startswith("until-")
    try:
        if month is None:
            return date(year or 0, 12, 31) if is_last else date(year or 0, 1, 1)
        if day is None:
            day = calendar.monthrange(year or 0, month)[1] if is_last else 1
        return date(year or 0, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        expected = f"{row.name}:{_TAKES['date'][0]}"
        raise Misread("filter", f"{row.name}:{text[:80]}", expected) from error


_TAKES: dict[str, tuple[str, re.Pattern[str]]] = {
    name: (expected, re.compile(pattern, re.ASCII | re.IGNORECASE | re.DOTALL))
    for name, (expected, pattern) in {
        "flag": ("true or false", "|".join(_FLAGS)),
        "text": ("some text", r".+"),
        "date": ("a date: 2024, 2024-05 or 2024-05-17", r"\d{4}(-\d\d?(-\d\d?)?)?"),
        "integer": ("a whole number, not below 0", r"\d{1,15}"),
        "number": ("a number", r"-?\d{1,15}(\.\d{1,6})?"),
        "doi": ("a DOI such as 10.5555/12345678", r".+"),
        "prefix": ("a DOI prefix such as 10.5555", r"(https?://.*/)?10\.\d{4,9}[^,/]*"),
        "funder": ("the DOI of a funder, or the number at its end", r"\d+|.*10\.\d{4,9}/.+"),
        "orcid": ("an ORCID iD such as 0000-0002-1825-0097", r"(.*/)?(\d{4}-){3}\d{3}[\dX]"),
        "ror": ("a ROR id such as https://ror.org/052gg0110", r"(.*/)?0[a-z0-9]{6}\d\d"),
        "issn": ("an ISSN such as 1234-5679", r"(.*/)?\d{4}-?\d{3}[\dX]"),
        "isbn": ("an ISBN such as 9781566199094", r"(.*/)?[\dX-]{10,17}"),
        "member": ("the number of a member", r"(.*/)?\d{1,9}"),
    }.items()
}
"""What is expected of values, in words and as a pattern."""
