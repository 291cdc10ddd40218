"""Rows about journals: the directory of those in open access, abbreviations, what articles cost."""

from __future__ import annotations

import re
from typing import Any

from nexus_hub.catalog.journal import cells_of, has_fee, issns_of, listed_on
from nexus_hub.fulgora.cells import facts, identifier, known, refused, row_of, text
from nexus_hub.fulgora.declaration import Rows, Statement
from nexus_hub.platform.files import read_records
from nexus_hub.platform.tables import read_table
from nexus_hub.platform.unpacking import Progress

_FLAGS = {"TRUE": True, "FALSE": False}
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,12})?")


def read_doaj(path: str, progress: Progress) -> Rows:
    """The journals of the directory's CSV."""
    return read_table(path, required=("Publisher",), progress=progress)


def state_doaj(value: Any) -> list[Statement]:
    """That the journal is listed, for each of its ISSNs; and that they name one journal."""
    cells = cells_of(value)
    told = facts(
        title=cells.get("title"),
        publisher=cells.get("publisher"),
        licence=cells.get("licence"),
        has_fee=has_fee(cells),
        listed_on=listed_on(cells),
    )
    issns = sorted(set(issns_of(cells).values()))
    return [
        *(Statement("issn", issn, "listed", told) for issn in issns),
        *(Statement("issn", issn, "same", {}) for issn in issns if len(issns) > 1),
    ]


def read_abbreviations(path: str, progress: Progress) -> Rows:
    """The lines of abbreviation and title, a tab between them."""
    columns = ("abbreviation", "title")
    return read_table(path, columns=columns, delimiter="\t", is_quoted=False, progress=progress)


def abbreviation_key(value: Any) -> tuple[str, str]:
    """Abbreviation and title together, since one abbreviation may stand for several titles."""
    row = row_of(value)
    short, title = text(row, "abbreviation"), text(row, "title")
    if not short or not title:
        raise refused("missing-title", "", "a line has an abbreviation and a title")
    if len(short) + len(title) > 1000:
        raise refused("too-long", "", "an abbreviation and its title have at most 1,000 characters")
    return f"{short} {title}", ""


def state_abbreviation(value: Any) -> list[Statement]:
    """What the abbreviation stands for."""
    row = row_of(value)
    told = {"title": text(row, "title")}
    return [Statement("abbreviation", text(row, "abbreviation"), "abbreviated", told)]


def read_openapc(path: str, progress: Progress) -> Rows:
    """The articles of OpenAPC, from its CSV or from JSON lines of the same columns."""
    if path.lower().removesuffix(".gz").endswith(".csv"):
        return read_table(path, required=("institution", "doi", "euro"), progress=progress)
    return read_records(path, progress=progress)


def openapc_key(value: Any) -> tuple[str, str]:
    """The DOI of the article, or its address where it has none.

    Raises RefusedRecordError where it has neither, or where what was paid is no amount.
    """
    row = row_of(value)
    paid = known(row, "euro")
    if paid is not None and not _AMOUNT.fullmatch(paid):
        raise refused("bad-amount", "/euro", f"{paid[:40]!r} is no amount")
    key = identifier("doi", known(row, "doi")) or known(row, "url")
    if key is None or len(key) > 1000:
        raise refused("missing-doi", "/doi", "an article has a DOI or an address")
    return key, ""


def state_openapc(value: Any) -> list[Statement]:
    """Who paid what for the article, by its DOI."""
    row = row_of(value)
    doi = identifier("doi", known(row, "doi"))
    if doi is None:
        return []
    told = facts(
        institution=known(row, "institution"),
        period=known(row, "period"),
        euro=known(row, "euro"),
        is_hybrid=_FLAGS.get(text(row, "is_hybrid")),
        licence=known(row, "license_ref"),
        issn_l=identifier("issn", known(row, "issn_l", "issn")),
    )
    return [Statement("doi", doi, "paid", told)]
