"""Members, prefixes, funders, journals, types and licences in the shapes of Crossref's REST API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from nexus_hub.aquilo.queries import listed as q

CURRENT_YEARS = 2
"""Works issued this year and in so many before it are current, older ones are the backfile."""

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many works there are: in all, current ones, and by year of issue, newest first."""

    total: int = 0
    current: int = 0
    by_year: Sequence[Sequence[int]] = ()

    @property
    def told(self) -> Item:
        """The member `counts`."""
        backfile = self.total - self.current
        return {
            "total-dois": self.total,
            "current-dois": self.current,
            "backfile-dois": backfile,
        }


def since() -> date:
    """The first day of what is current."""
    return date(datetime.now(UTC).year - CURRENT_YEARS, 1, 1)


def funder_number(doi: str) -> str:
    """The number at the end of the DOI of a funder.

    >>> funder_number("10.13039/100000001")
    '100000001'
    """
    return doi.removeprefix("10.13039/")


def member(row: q.ListedListRow, counts: Counts) -> Item:
    """A member, with its prefixes and how many works it has."""
    prefixes = [detail for detail in row.details if detail]
    return {
        "last-status-check-time": 0,
        "primary-name": row.name,
        "counts": counts.told,
        "breakdowns": {"dois-by-issued-year": counts.by_year},
        "prefixes": prefixes,
        "coverage": {},
        "prefix": [{"value": detail, "name": name} for detail, name in row.pairs if detail],
        "id": int(row.id),
        "tokens": tokens(row.names),
        "counts-type": {},
        "coverage-type": {},
        "flags": {"deposits": bool(counts.total)},
        "location": None,
        "names": row.names,
        "nexus": told_by(row),
    }


def prefix(row: q.ListedListRow, counts: Counts) -> Item:
    """A DOI prefix, with its owner."""
    number = next((detail for detail in row.details if detail), None)
    return {
        "member": f"http://id.crossref.org/member/{number}" if number else None,
        "name": row.name,
        "prefix": f"http://id.crossref.org/prefix/{row.id}",
        "nexus": told_by(row),
    }


def told_by(row: q.ListedListRow) -> Item:
    """Who tells of it: `here` where it deposits, `works` that name it, a source by its name."""
    return {"told-by": row.origins}


def funder(row: q.ListedListRow, counts: Counts) -> Item:
    """A funder, with its other names and where it is."""
    return {
        "id": funder_number(row.id),
        "location": next((detail for detail in row.details if detail), None),
        "name": row.name,
        "alt-names": [name for name in row.names if name != row.name],
        "uri": f"http://dx.doi.org/{row.id}",
        "replaces": [],
        "replaced-by": [],
        "tokens": tokens(row.names),
    }


def whole_funder(row: q.ListedListRow, counts: Counts) -> Item:
    """A funder by itself: how many works it funded as well."""
    return funder(row, counts) | {
        "work-count": counts.total,
        "descendant-work-count": counts.total,
        "descendants": [],
        "hierarchy": {funder_number(row.id): {}},
        "hierarchy-names": {funder_number(row.id): row.name},
    }


def journal(row: q.ListedListRow, counts: Counts) -> Item:
    """A journal, with its ISSNs and how many works appeared in it."""
    issns = row.id.split(",")
    return {
        "last-status-check-time": 0,
        "counts": counts.told,
        "breakdowns": {"dois-by-issued-year": counts.by_year},
        "publisher": next((detail for detail in row.details if detail), None),
        "coverage": {},
        "title": row.name,
        "subjects": [],
        "coverage-type": {},
        "flags": {"deposits": bool(counts.total)},
        "ISSN": issns,
        "issn-type": [{"value": issn, "type": "unknown"} for issn in issns],
    }


def licence(row: q.ListedListRow, counts: Counts) -> Item:
    """A licence, with how many works may be used under it."""
    return {"URL": row.id, "work-count": counts.total}


def tokens(names: Sequence[str]) -> list[str]:
    """The words of names, as Crossref tells them.

    >>> tokens(["Example Press", "The Press"])
    ['example', 'press', 'the']
    """
    return list(dict.fromkeys(word for name in names for word in name.lower().split()))


def counted(found: Mapping[str, q.ListedCountsListRow], term: str) -> Counts:
    """What was counted of a term."""
    row = found.get(term)
    return Counts(row.total, row.current, row.by_year) if row else Counts()
