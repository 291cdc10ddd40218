"""Rows about retractions, corrections and other updates of what is published."""

from __future__ import annotations

from typing import Any

from nexus_hub.fulgora.cells import (
    american_day,
    day_of,
    facts,
    identifier,
    items,
    known,
    refused,
    row_of,
    text,
)
from nexus_hub.fulgora.declaration import Rows, Statement
from nexus_hub.platform.files import read_records
from nexus_hub.platform.tables import read_table
from nexus_hub.platform.unpacking import Progress

RETRACTION_WATCH_COLUMNS = (
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author",
    "URLS", "ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID",
    "OriginalPaperDate", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason",
    "Paywalled", "Notes",
)  # fmt: skip
_REQUIRED = ("Record ID", "RetractionDate", "OriginalPaperDOI", "RetractionNature", "Reason")


def read_retraction_watch(path: str, progress: Progress) -> Rows:
    """The rows of the CSV that Crossref publishes, by the columns of its header."""
    return read_table(path, required=_REQUIRED, progress=progress)


def retraction_watch_key(value: Any) -> tuple[str, str]:
    """The record's number; the file does not say when a row was last changed.

    Raises RefusedRecordError for a row without a number, with a date that is none or without what
    happened.
    """
    row = row_of(value)
    number = text(row, "Record ID")
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise refused("missing-record-id", "/Record ID", f"{number[:40]!r} is no number")
    for name in ("RetractionDate", "OriginalPaperDate"):
        american_day(text(row, name), f"/{name}")
    if not text(row, "RetractionNature"):
        raise refused("missing-nature", "/RetractionNature", "it is not said what happened")
    return str(int(number)), ""


def state_retraction_watch(value: Any) -> list[Statement]:
    """What the row says of the paper, by its DOI and its PubMed id, and of the notice."""
    row = row_of(value)
    notice = identifier("doi", known(row, "RetractionDOI"))
    paper = identifier("doi", known(row, "OriginalPaperDOI"))
    told = facts(
        type=text(row, "RetractionNature"),
        on=american_day(text(row, "RetractionDate"), "/RetractionDate"),
    )
    about = {**told, **facts(notice=notice, reasons=_reasons(row))}
    found = []
    if paper:
        found.append(Statement("doi", paper, "updated", about))
    if pmid := identifier("pmid", known(row, "OriginalPaperPubMedID")):
        found.append(Statement("pmid", pmid, "updated", about))
    if notice and notice != paper:
        found.append(Statement("doi", notice, "notice", {**told, **facts(original=paper)}))
    return found


def _reasons(row: dict[str, Any]) -> list[str]:
    return [reason.lstrip("+").strip() for reason in items(text(row, "Reason"))]


def read_open_retractions(path: str, progress: Progress) -> Rows:
    """The records of the JSON lines: a DOI and its updates, in Crossref's words and others."""
    return read_records(path, progress=progress)


def open_retractions_key(value: Any) -> tuple[str, str]:
    """The DOI, and the day of its newest update. Raises RefusedRecordError where it has none."""
    row = row_of(value)
    doi = _doi_of(row)
    if doi is None:
        raise refused("missing-doi", "/identifier/doi", "a record has a DOI")
    days = [day_of(update.get("timestamp")) for update in _updates(row)]
    return doi, max((day for day in days if day), default="")


def state_open_retractions(value: Any) -> list[Statement]:
    """Every update of the DOI, and the other side of it for the notice."""
    row = row_of(value)
    doi = _doi_of(row)
    found: list[Statement] = []
    for update in _updates(row):
        notice, word = _doi_of(update), text(update, "type")
        if not doi or not word:
            continue
        told = facts(type=word, on=day_of(update.get("timestamp")))
        found.append(Statement("doi", doi, "updated", {**told, **facts(notice=notice)}))
        if notice and notice != doi:
            found.append(Statement("doi", notice, "notice", {**told, "original": doi}))
    return found


def _updates(row: dict[str, Any]) -> list[dict[str, Any]]:
    given = row.get("updates")
    return (
        [update for update in given if isinstance(update, dict)] if isinstance(given, list) else []
    )


def _doi_of(row: dict[str, Any]) -> str | None:
    named = row.get("identifier")
    return identifier("doi", text(named, "doi")) if isinstance(named, dict) else None
