"""The strategy `dates`: when a work was published, out of the many dates a record has.

The earliest day counts, to the precision that is known; a date that is less precise gives way to
one within it. Where `issued` says the same already, as it mostly does, there is nothing to say.
Dates that no publication can have are named as problems and left as they are. (What is in no
calendar, a month 13 or a year 0, is left out with a warning when a record is read.)
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from nexus_hub.catalog.crossref_forms import words
from nexus_hub.vulcanus.plain import Plain
from nexus_hub.vulcanus.strategy import Elements, element

STRATEGY: Final = "dates"

MEMBERS: Final = words("published-print published-online published-other posted published issued")
"""The dates of a publication."""
INSTEAD: Final = "approved"
"""When a dissertation or standard was approved: taken where nothing tells of a publication."""

EARLIEST_YEAR: Final = 1450
AHEAD_YEARS: Final = 2
"""How far ahead of its time a journal dates an issue."""

PRECISIONS: Final = ("year", "month", "day")
Parts = list[int]


def parts_of(date: Any) -> Parts | None:
    """The numbers of a date `{"date-parts": [[y, m, d]]}`; None where there are none.

    >>> parts_of({"date-parts": [[2024, 5]]}), parts_of({"date-parts": [[None]]}), parts_of("2024")
    ([2024, 5], None, None)
    """
    given = date.get("date-parts") if isinstance(date, dict) else None
    first = given[0] if isinstance(given, list) and given else None
    if not isinstance(first, list) or not 0 < len(first) <= len(PRECISIONS):
        return None
    return first if all(type(part) is int for part in first) else None


def shown(parts: Parts) -> str:
    """A date as ISO 8601 has it, to the precision that is known.

    >>> shown([2024]), shown([2024, 5]), shown([987, 5, 4])
    ('2024', '2024-05', '0987-05-04')
    """
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def is_plausible(parts: Parts, this_year: int) -> bool:
    """Whether something can have been published then."""
    return EARLIEST_YEAR <= parts[0] <= this_year + AHEAD_YEARS


def earliest(dates: dict[str, Parts]) -> tuple[str, Parts] | None:
    """The member and parts of the earliest date; within a year or month, the more precise one.

    >>> earliest({"issued": [2019], "published-print": [2019, 5], "published-online": [2019, 3, 4]})
    ('published-online', [2019, 3, 4])
    """
    if not dates:
        return None
    return min(dates.items(), key=lambda item: (*item[1], 99, 99)[:3])


def read(body: dict[str, Any], this_year: int | None = None) -> dict[str, Any] | None:
    """What is to be said of the dates of a record; None where `issued` says it all."""
    this_year = this_year or datetime.now(UTC).year
    dates = {name: parts for name in MEMBERS if (parts := parts_of(body.get(name)))}
    wrong = {name: parts for name, parts in dates.items() if not is_plausible(parts, this_year)}
    right = {name: parts for name, parts in dates.items() if name not in wrong}
    instead = parts_of(body.get(INSTEAD))
    if not right and instead and is_plausible(instead, this_year):
        right = {INSTEAD: instead}
    chosen = earliest(right)
    issued = dates.get("issued")
    if not wrong and (chosen is None or chosen[1] == issued):
        return None
    return {
        "wrong": wrong,
        "chosen": chosen if chosen and chosen[1] != issued else None,
        "issued": issued,
        "dates": {name: shown(parts) for name, parts in right.items()},
    }


def say(found: dict[str, Any]) -> Elements:
    """The date in the record's own member where it has none, else beside it; what is wrong."""
    elements = [
        element(
            "insertChild",
            ("nexus", "problems"),
            {"code": "implausible-date", "pointer": f"/{name}", "value": shown(parts)},
            1.0,
            {"rule": f"before {EARLIEST_YEAR} or more than {AHEAD_YEARS} years ahead"},
            {f"/{name}/date-parts/0": parts},
        )
        for name, parts in found["wrong"].items()
    ]
    if found["chosen"] is None:
        return elements
    name, parts = found["chosen"]
    when = {f"/{name}/date-parts/0": parts}
    evidence = {"dates": found["dates"], "member": name}
    sure = 0.8 if name == INSTEAD else 1.0
    if found["issued"] is None:
        evidence["rule"] = "the earliest date; the record has none of issue"
        value: Any = {"date-parts": [parts]}
        return [*elements, element("insert", ("issued",), value, sure, evidence, when)]
    evidence["rule"] = "the earliest date, another than that of issue"
    value = {"date": shown(parts), "precision": PRECISIONS[len(parts) - 1], "from": name}
    when["/issued/date-parts/0"] = found["issued"]
    sure = min(sure, 0.9)
    return [*elements, element("insert", ("nexus", "published"), value, sure, evidence, when)]


DATES: Final = Plain(STRATEGY, read, say)
