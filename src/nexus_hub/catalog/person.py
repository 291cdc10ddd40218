"""People as their public ORCID records describe them, read into bodies of creators.

Records come as JSON (message version 3) and as XML whose elements are members of the same names;
texts stand alone or under `value`. Both are read by one set of rules. E-mail addresses are not
taken into bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.records import Reading
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

ORGANISATION_IDS: Final = {"ROR": "ror", "GRID": "grid", "FUNDREF": "funder"}
"""How disambiguation sources are called here."""


class Work(NamedTuple):
    """A claimed work: its DOI, its title, and who put it into the record."""

    doi: str
    title: str
    claimed_by: str


class Employment(NamedTuple):
    """Where somebody works or worked; months are 2019-03, years 2019."""

    name: str
    scheme: str
    value: str
    department: str
    role: str
    begun: str
    ended: str


def read_person_key(value: Any) -> tuple[str, str]:
    """The ORCID iD of a record, and when it was last changed (RFC 3339; "" where unknown).

    Raises RefusedRecordError where the value is no ORCID record.
    """
    if not isinstance(value, dict):
        raise RefusedRecordError(Problem("wrong-type", "", "a record is an object"))
    given = _text(_at(value, "orcid-identifier", "path"))
    try:
        key = normalise("orcid", given)
    except MalformedIdentifier as failure:
        problem = Problem("malformed-orcid", "/orcid-identifier/path", failure.detail)
        raise RefusedRecordError(problem) from None
    return key, _moment(_at(value, "history", "last-modified-date"))


def read_person(raw: bytes) -> Reading:
    """The body of a creator that a public ORCID record describes.

    One without a public name has the problem `no-public-name`. Raises RefusedRecordError where the
    bytes are no ORCID record.
    """
    value = decode(raw)
    key, _ = read_person_key(value)
    name = _at(value, "person", "name")
    given, family = _text(_at(name, "given-names")), _text(_at(name, "family-name"))
    shown = _text(_at(name, "credit-name")) or " ".join(filter(None, (given, family)))
    if not shown:
        return {}, [Problem("no-public-name", "/person/name", f"{key} shows no name")]
    body: dict[str, Any] = {"display_name": shown, "orcid": key}
    if given:
        body["given_name"] = given
    if family:
        body["surname"] = family
    if extra := _extra(value):
        body["extra"] = extra
    return body, []


def works_of(value: Any) -> Iterator[Work]:
    """The works with a DOI that a record claims as the person's own, each DOI once."""
    seen: set[str] = set()
    for group in listed(_at(value, "activities-summary", "works", "group")):
        for summary in listed(_at(group, "work-summary")):
            for item in listed(_at(summary, "external-ids", "external-id")):
                doi = _own_doi(item)
                if doi and doi not in seen:
                    seen.add(doi)
                    title = _text(_at(summary, "title", "title"))
                    yield Work(doi, title, _text(_at(summary, "source", "source-name")))


def _own_doi(item: Any) -> str | None:
    kind = _text(_at(item, "external-id-type")).lower()
    relation = _text(_at(item, "external-id-relationship")).lower()
    if kind != "doi" or relation not in ("self", ""):
        return None
    return _normal("doi", _text(_at(item, "external-id-value")))


def employments_of(value: Any) -> Iterator[Employment]:
    """Where the person works or worked, in the order of the record."""
    listing = _at(value, "activities-summary", "employments")
    groups = listed(_at(listing, "affiliation-group"))
    # In JSON each summary is wrapped once more.
    summaries = [
        summary
        for group in groups
        for held in [*listed(_at(group, "summaries")), group]
        for summary in listed(_at(held, "employment-summary"))
    ]
    for summary in [*summaries, *listed(_at(listing, "employment-summary"))]:
        place = _at(summary, "organization")
        if name := _text(_at(place, "name")):
            named = _at(place, "disambiguated-organization")
            scheme, identified = _organisation_id(named)
            yield Employment(
                name,
                scheme,
                identified,
                _text(_at(summary, "department-name")),
                _text(_at(summary, "role-title")),
                _date(_at(summary, "start-date")),
                _date(_at(summary, "end-date")),
            )


def listed(value: Any) -> list[Any]:
    """A list, whether one or several or none are there."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _extra(value: dict[str, Any]) -> dict[str, Any]:
    names = [
        text
        for item in listed(_at(value, "person", "other-names", "other-name"))
        if (text := _text(_at(item, "content")))
    ]
    employments = []
    for job in employments_of(value):
        told = {"name": job.name, job.scheme: job.value, "department": job.department}
        told |= {"role": job.role, "from": job.begun, "until": job.ended}
        employments.append({member: text for member, text in told.items() if member and text})
    extra = {"other_names": names, "employments": employments}
    return {member: found for member, found in extra.items() if found}


def _organisation_id(named: Any) -> tuple[str, str]:
    source = _text(_at(named, "disambiguation-source")).upper()
    scheme = ORGANISATION_IDS.get(source, "")
    given = _text(_at(named, "disambiguated-organization-identifier"))
    value = _normal(scheme, given) if scheme and given else None
    return (scheme, value) if value else ("", "")


def _normal(scheme: str, given: str) -> str | None:
    try:
        return normalise(scheme, given) if given else None
    except MalformedIdentifier:
        return None


def _at(value: Any, *members: str) -> Any:
    for member in members:
        if not isinstance(value, dict):
            return None
        value = value.get(member)
    return value


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value", value.get("content"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _date(value: Any) -> str:
    parts = [_text(_at(value, part)) for part in ("year", "month", "day")]
    told = parts[: next((n for n, part in enumerate(parts) if not part.isdigit()), 3)]
    return "-".join(part.zfill(2) for part in told)


def _moment(value: Any) -> str:
    given = _text(value)
    if not given.isdigit():
        return given if given[:4].isdigit() else ""
    try:
        moment = datetime.fromtimestamp(int(given) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
