"""Whole records as they come from outside, read into bodies: the one way in for every source."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.crossref import normalise_work, resolve_traces
from nexus_hub.catalog.location_shapes import read_resource
from nexus_hub.catalog.record_types import find_missing
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi

Reading = tuple[dict[str, Any], list[Problem]]


def read_deposit(raw: bytes) -> Reading:
    """The body a deposited record asks for, from our envelope or a bare Crossref work.

    Raises RefusedRecordError where the bytes are no clean JSON; other faults are in the problems.
    """
    record = decode(raw)
    if not isinstance(record, dict):
        raise RefusedRecordError(Problem("wrong-type", "", "a record is an object"))
    may_have_traces = b"$" in raw and b'"$' in raw
    if "metadata" not in record:
        if "message" in record and "DOI" not in record:
            return _read_answer(record["message"], may_have_traces=may_have_traces)
        return _whole(*normalise_work(record, may_have_traces=may_have_traces))
    work = record["metadata"]
    if not isinstance(work, dict):
        raise RefusedRecordError(Problem("wrong-type", "/metadata", "the metadata is an object"))
    if "doi" in record:
        work = {**work, "DOI": work.get("DOI", record["doi"])}
    body, problems = _whole(*normalise_work(work, may_have_traces=may_have_traces))
    located = read_resource(record.get("resource"), body)
    moved = [Problem(p.code, f"/metadata{p.pointer}", p.detail, p.severity) for p in problems]
    unknown = [
        Problem(
            "unknown-member", f"/{name}", "the member is not part of the deposit format", "warning"
        )
        for name in record.keys() - ENVELOPE_MEMBERS
    ]
    return body, moved + located + sorted(unknown, key=lambda problem: problem.pointer)


def _whole(body: dict[str, Any], problems: list[Problem]) -> Reading:
    """A reading, and a warning for what the type requires and is not there; none if refused."""
    missing = find_missing(body)
    if missing and not any(problem.severity == "error" for problem in problems):
        problems = problems + missing
    return body, problems


def _read_answer(work: Any, *, may_have_traces: bool) -> Reading:
    """The body of a work in the envelope that `GET /works/{doi}` answers with."""
    if not isinstance(work, dict):
        raise RefusedRecordError(Problem("wrong-type", "/message", "the message is an object"))
    body, problems = _whole(*normalise_work(work, may_have_traces=may_have_traces))
    return body, [replace(each, pointer=f"/message{each.pointer}") for each in problems]


ENVELOPE_MEMBERS = frozenset(
    {"doi", "metadata", "expect", "state", "mint", "prefix", "resource", "comment", "patched"}
)
"""What our own record may hold beside its metadata; `patched` tells which patch made it."""


def read_crossref_key(work: Any) -> tuple[str, str]:
    """The DOI of a row of Crossref, and when Crossref last indexed it (RFC 3339, so that it sorts).

    Raises RefusedRecordError where it is no work with a DOI.
    """
    given = work.get("DOI") if isinstance(work, dict) else None
    if not isinstance(given, str):
        raise RefusedRecordError(Problem("missing-doi", "/DOI", "a Crossref work has a DOI"))
    try:
        doi = normalise_doi(given)
    except MalformedIdentifier as error:
        raise RefusedRecordError(Problem("malformed-doi", "/DOI", error.detail)) from None
    for member in ("indexed", "deposited", "created"):
        if version := _moment(work.get(member)):
            return doi, version
    return doi, ""


def _moment(date: Any) -> str:
    if not isinstance(date, dict):
        return ""
    if isinstance(text := date.get("date-time"), str):
        return text
    milliseconds = resolve_traces(date).get("timestamp")
    if not isinstance(milliseconds, int):
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
