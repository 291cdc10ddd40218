"""Crossref's work JSON as the body of a release: clean, in normal forms, without what is volatile.

What is harmless is mended with a warning; what the catalogue could not work with is an error, and
the record is refused.
"""

from __future__ import annotations

import re
from typing import Any

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.crossref_members import VOLATILE, WORK_MEMBERS
from nexus_hub.catalog.shape import Record
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi

MAX_PROBLEMS = 100
"""How many problems of one record are told; the errors come first."""

_WORK = Record(WORK_MEMBERS, dropped="-count")


def read_work(raw: bytes) -> tuple[dict[str, Any], list[Problem]]:
    """Read the bytes of one Crossref work into the body of a release.

    The same as `decode` and `normalise_work`; what either refuses is an error among the problems.

    >>> read_work(b'{"DOI": "10.5555/ABC", "type": "book", "score": 1.0}')[0]
    {'DOI': '10.5555/abc', 'type': 'book', 'nexus': {'doi-as-deposited': '10.5555/ABC'}}
    >>> [problem.code for problem in read_work(b'{"DOI": "10.5555/abc"}')[1]]
    ['missing-type']
    """
    try:
        work = decode(raw)
    except RefusedRecordError as refusal:
        return {}, [refusal.problem]
    return normalise_work(work, may_have_traces=b"$" in raw and b'"$' in raw)


REQUIRED = (("DOI", "missing-doi"), ("type", "missing-type"))
"""What a deposited work must have, and what is said where it has not."""


def normalise_work(
    work: Any,
    *,
    may_have_traces: bool = True,
    shape: Record = _WORK,
    required: tuple[tuple[str, str], ...] = REQUIRED,
) -> tuple[dict[str, Any], list[Problem]]:
    """Make the body of a release out of a decoded Crossref work, which is left as it is.

    Gives the body and its problems; if one is an error, the body must not be stored. Normalising a
    body again changes nothing. `may_have_traces` says whether a database's extended JSON
    (`{"$numberLong": "7"}`) may occur, which is looked for everywhere: a `"$` in the bytes tells.
    `shape` and `required` differ for what is no deposit.
    """
    problems: list[Problem] = []
    if type(work) is not dict:
        return {}, [Problem("not-an-object", "", "a work is a JSON object")]
    if may_have_traces:
        work = resolve_traces(work)
    body = work.copy()
    for name in VOLATILE:
        if name in body:
            del body[name]
    body = shape.read(body, None, problems)
    for name, code in required:
        if work.get(name) in (None, ""):
            problems.append(Problem(code, f"/{name}", f"a work has a {name}"))
    if body.get("DOI"):
        _settle_doi(body, problems)
        _leave_out_derived(body)
    return body, _told(problems)


_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)


def _leave_out_derived(body: dict[str, Any]) -> None:
    """Leave out what the DOI says already: the link that resolves it, and a prefix that is its own.

    A prefix that is not is that of another member, who has the work now: it stays.
    """
    link = body.get("URL")
    if type(link) is str and _RESOLVER.match(link):
        del body["URL"]
    prefix = body.get("prefix")
    if prefix is not None and body["DOI"].startswith(prefix + "/"):
        del body["prefix"]


def _settle_doi(body: dict[str, Any], problems: list[Problem]) -> None:
    """Put the DOI in its normal form, and remember the one deposited if it differs."""
    given = body["DOI"]
    try:
        doi = normalise_doi(given)
    except MalformedIdentifier:
        problems.append(Problem("malformed-doi", "/DOI", f"{given[:100]!r} is not a DOI"))
        return
    if doi != given:
        body["DOI"] = doi
        body["nexus"] = {**body.get("nexus", {}), "doi-as-deposited": given}


def _told(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MAX_PROBLEMS:
        return problems
    problems.sort(key=lambda problem: problem.severity != "error")
    more = f"{len(problems) - MAX_PROBLEMS:,} more, not told"
    severity = problems[MAX_PROBLEMS].severity
    return [*problems[:MAX_PROBLEMS], Problem("more-problems", "", more, severity)]


def resolve_traces(value: Any) -> Any:
    """Turn the extended JSON of a database export into plain JSON, and drop its row ids.

    After MongoDB Extended JSON (v2); what cannot be told stays as it is.

    >>> resolve_traces({"_id": {"$oid": "5a"}, "at": {"$numberLong": "7"}})
    {'at': 7}
    """
    if isinstance(value, list):
        return [resolve_traces(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        name, inner = next(iter(value.items()))
        if name in _TRACES:
            return _resolve(name, inner)
    return {name: resolve_traces(item) for name, item in value.items() if name != "_id"}


_TRACES = frozenset({"$numberLong", "$numberInt", "$numberDouble", "$oid", "$date"})


def _resolve(name: str, inner: Any) -> Any:
    if name == "$date" and isinstance(inner, dict):
        return resolve_traces(inner)
    try:
        if name in ("$numberLong", "$numberInt"):
            inner = decode(str(int(inner)).encode())
        elif name == "$numberDouble":
            inner = decode(repr(float(inner)).encode())
    except (TypeError, ValueError):
        return {name: inner}
    return inner
