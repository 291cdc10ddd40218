"""Journals as the Directory of Open Access Journals lists them, read into bodies of containers.

Both its own CSV (doaj.org/csv) and the dotted headers in which it is often passed on are read.
"""

from __future__ import annotations

import re
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.records import Reading
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

MEMBERS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("Journal title", "Title"),
    "alternative_title": ("Alternative title", "Title.Alternative"),
    "print": ("Journal ISSN (print version)", "ISSN"),
    "online": ("Journal EISSN (online version)", "EISSN"),
    "publisher": ("Publisher",),
    "country": ("Country of publisher", "Country"),
    "licence": ("Journal license", "CC.License"),
    "fee": ("APC", "Publication.fee"),
    "fee_amount": ("APC amount",),
    "languages": ("Languages in which the journal accepts manuscripts", "Language"),
    "subjects": ("Subjects",),
    "url": ("Journal URL", "Identifier"),
    "listed_at": ("Added on Date", "Added.on.date"),
    "changed_at": ("Last updated Date",),
}
"""What is read of a row, and how its columns are called."""
_FEES: Final = {"y": True, "yes": True, "n": False, "no": False}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def cells_of(value: Any) -> dict[str, str]:
    """The cells of a row that say something, by their names here.

    >>> cells_of({"Title": "Studies", "ISSN": "", "End.Year": "NA"})
    {'title': 'Studies'}
    """
    if not isinstance(value, dict):
        raise RefusedRecordError(Problem("wrong-type", "", "a row is an object"))
    found: dict[str, str] = {}
    for member, columns in MEMBERS.items():
        for column in columns:
            cell = value.get(column)
            if isinstance(cell, str) and cell.strip() not in ("", "NA"):
                found.setdefault(member, cell.strip())
    return found


def read_journal_key(value: Any) -> tuple[str, str]:
    """The ISSN of a journal, that of the online edition before that of print, and its version.

    Raises RefusedRecordError where a row has no name, no ISSN, or one that is none.
    """
    cells = cells_of(value)
    if "title" not in cells:
        raise RefusedRecordError(Problem("missing-name", "/Title", "a journal has a title"))
    issns = issns_of(cells)
    return issns.get("issne") or issns["issnp"], cells.get("changed_at", "")


def issns_of(cells: dict[str, str]) -> dict[str, str]:
    """The ISSNs of a row, by the members of a container. Raises RefusedRecordError."""
    found: dict[str, str] = {}
    for member, name in (("issne", "online"), ("issnp", "print")):
        if given := cells.get(name):
            try:
                found[member] = normalise("issn", given)
            except MalformedIdentifier as failure:
                problem = Problem("malformed-issn", f"/{name}", failure.detail)
                raise RefusedRecordError(problem) from None
    if not found:
        raise RefusedRecordError(Problem("missing-issn", "", "a journal has an ISSN"))
    return found


def has_fee(cells: dict[str, str]) -> bool | None:
    """Whether authors are asked for a fee; None where the row does not say so plainly."""
    return _FEES.get(cells.get("fee", "").lower())


def listed_on(cells: dict[str, str]) -> str | None:
    """The day on which the directory took the journal up."""
    found = _DAY.match(cells.get("listed_at", ""))
    return found[0] if found else None


def read_journal(raw: bytes) -> Reading:
    """The body of a container that a row of the directory describes.

    Raises RefusedRecordError where the bytes are no such row.
    """
    value = decode(raw)
    read_journal_key(value)
    cells = cells_of(value)
    doaj: dict[str, Any] = {
        name: cells[name]
        for name in ("licence", "fee", "fee_amount", "languages", "subjects", "country", "url")
        if name in cells
    }
    if day := listed_on(cells):
        doaj["listed_on"] = day
    extra: dict[str, Any] = {"doaj": doaj}
    if other := cells.get("alternative_title"):
        extra["alternative_titles"] = [other]
    body: dict[str, Any] = {
        "name": cells["title"],
        "container_type": "journal",
        **issns_of(cells),
        "extra": extra,
    }
    if publisher := cells.get("publisher"):
        body["publisher"] = publisher
    return body, []
