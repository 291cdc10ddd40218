"""ROR records in both of its schemas, as one: schema 2, checked, under the short form of their id.

After the ROR schema documentation (ror.readme.io, "Schema 2.1" and its crosswalk from 1.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode
from nexus_hub.catalog.ror_shapes import EXTERNAL_IDS, FUNDER_URL, ID_URL, LISTS, SCHEMA_1, SCHEMA_2
from nexus_hub.catalog.shape import Place, Problems, report
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

STATUSES: Final = ("active", "inactive", "withdrawn")


@dataclass(frozen=True, slots=True)
class RorRecord:
    """One organisation as one release of ROR describes it.

    `key` is the short form of the id, `record` the record in schema 2, `version` the day of its
    last change where it tells, `schema` that of the file (1 or 2); `problems` are warnings.
    """

    key: str
    record: dict[str, Any]
    version: date | None
    schema: int
    problems: tuple[Problem, ...] = ()


def read_record(given: bytes | dict[str, Any]) -> RorRecord:
    """Read one ROR record of either schema, from its bytes or from what they decode to.

    Raises `RefusedRecordError` for what is no ROR record (`not-a-ror-record`), has a wrong id
    (`malformed-ror`), a wrong type somewhere, not exactly one display name, an unknown status.

    >>> read_record(b'{"DOI": "10.5555/abc", "type": "book"}')  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    nexus_hub.catalog.canonical.RefusedRecordError: not-a-ror-record at /id: no id at ...
    """
    value = decode(given) if isinstance(given, bytes) else given
    return _read(value, ID_URL, _read_key(value))


def read_funder_record(value: dict[str, Any]) -> RorRecord:
    """Read a record in schema 2 of an organisation that has a funder id and no ROR id.

    Raises `RefusedRecordError` as `read_record` does, but that no name need be a display name.
    """
    given = str(value.get("id"))
    try:
        key = normalise("funder", given)
    except MalformedIdentifier as failure:
        raise RefusedRecordError(Problem("malformed-funder", "/id", failure.detail)) from None
    return _read(value, FUNDER_URL, key.removeprefix("10.13039/"))


def _read(value: dict[str, Any], url: str, key: str) -> RorRecord:
    problems: list[Problem] = []
    schema = 2 if "names" in value else 1
    if schema == 1:
        value = _convert(SCHEMA_1.read(value, None, problems))
    record = dict(SCHEMA_2.read(value, None, problems))
    record["id"] = url + key
    for name in LISTS:
        record[name] = record.get(name) or []
    _check(record, problems)
    version = _read_version(record, problems)
    for problem in problems:
        if problem.severity == "error":
            raise RefusedRecordError(problem)
    return RorRecord(key, record, version, schema, tuple(problems))


def to_v2(record: dict[str, Any]) -> dict[str, Any]:
    """Give a record of schema 1 in schema 2; one of schema 2 stays as it is.

    What schema 1 does not know is absent (`admin`) or empty (`domains`). Identifiers of kinds that
    ROR has given up with schema 2 (OrgRef, HESA ...) go, as in its own conversion.

    >>> to_v2({"id": "https://ror.org/0168r3w48", "name": "UCSD", "types": ["Education"],
    ...        "status": "active", "established": 1960})["names"]
    [{'value': 'UCSD', 'types': ['ror_display', 'label'], 'lang': None}]
    """
    if "names" in record:
        return record
    return _convert(SCHEMA_1.read(record, None, []))


# ------------------------------------------------------------------ from schema 1 to 2


def _convert(record: dict[str, Any]) -> dict[str, Any]:
    """Convert a record whose members have the types of schema 1, or are absent."""
    wikipedia = record.get("wikipedia_url")
    return {
        "id": record.get("id"),
        "status": (record.get("status") or "").lower(),
        "established": record.get("established"),
        "domains": [],
        "names": _convert_names(record),
        "types": [kind.lower() for kind in record.get("types", [])],
        "links": [
            *({"type": "website", "value": link} for link in record.get("links", []) if link),
            *([{"type": "wikipedia", "value": wikipedia}] if wikipedia else []),
        ],
        "locations": [
            _convert_address(address, record.get("country", {}))
            for address in record.get("addresses", [])
        ],
        "external_ids": _convert_external_ids(record.get("external_ids")),
        "relationships": record.get("relationships", []),
    }


def _convert_names(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Give every name once, with all that it is; the display name comes first."""
    names: dict[str, dict[str, Any]] = {}

    def add(value: str | None, lang: str | None, *types: str) -> None:
        if not value:
            return
        name = names.setdefault(value, {"value": value, "types": [], "lang": None})
        name["types"] += [kind for kind in types if kind not in name["types"]]
        name["lang"] = name["lang"] or lang

    add(record.get("name"), None, "ror_display", "label")
    for label in record.get("labels", []):
        add(label.get("label"), label.get("iso639"), "label")
    for alias in record.get("aliases", []):
        add(alias, None, "alias")
    for acronym in record.get("acronyms", []):
        add(acronym, None, "acronym")
    return list(names.values())


def _convert_address(address: dict[str, Any], country: dict[str, Any]) -> dict[str, Any]:
    """Give the place; codes of subdivisions are GeoNames' own in schema 1, and left out."""
    city = address.get("geonames_city", {})
    details = {
        "name": city.get("city") or address.get("city"),
        "lat": address.get("lat"),
        "lng": address.get("lng"),
        "country_code": country.get("country_code"),
        "country_name": country.get("country_name"),
        "country_subdivision_name": city.get("geonames_admin1", {}).get("name"),
    }
    known = {name: value for name, value in details.items() if value is not None}
    place = {"geonames_id": city["id"]} if "id" in city else {}
    return {**place, "geonames_details": known}


def _convert_external_ids(given: Any) -> list[dict[str, Any]]:
    found = []
    for kind, ids in given.items() if isinstance(given, dict) else ():
        if kind.lower() not in EXTERNAL_IDS or not isinstance(ids, dict):
            continue
        values = ids.get("all")
        values = values if isinstance(values, list) else [values]
        values = [value for value in values if isinstance(value, str) and value]
        preferred = ids.get("preferred")
        preferred = preferred if isinstance(preferred, str) and preferred else None
        if preferred is not None and preferred not in values:
            values.append(preferred)
        if values:
            found.append({"type": kind.lower(), "all": values, "preferred": preferred})
    return found


# ------------------------------------------------------------------ what makes a record whole


def _read_key(value: Any) -> str:
    given = value.get("id") if isinstance(value, dict) else None
    if not isinstance(given, str) or "ror.org/" not in given:
        raise RefusedRecordError(Problem("not-a-ror-record", "/id", f"no id at {ID_URL}"))
    try:
        return normalise("ror", given)
    except MalformedIdentifier as failure:
        raise RefusedRecordError(Problem("malformed-ror", "/id", failure.detail)) from None


def _check(record: dict[str, Any], problems: Problems) -> None:
    """Say what is missing or double in a record of schema 2."""
    shown = [name for name in record["names"] if "ror_display" in (name.get("types") or [])]
    if len(shown) != 1 and (shown or record["id"].startswith(ID_URL)):
        detail = f"{len(shown)} display names, where a record has one"
        problems.append(Problem("no-display-name", "/names", detail))
    if any(not isinstance(name.get("value"), str) for name in record["names"]):
        problems.append(Problem("nameless-name", "/names", "a name has a value"))
    if record.get("status") not in STATUSES:
        detail = f"{str(record.get('status'))[:40]!r} is none of {', '.join(STATUSES)}"
        problems.append(Problem("unknown-status", "/status", detail))


def _read_version(record: dict[str, Any], problems: Problems) -> date | None:
    """Give the day of the last change, which schema 1 does not tell."""
    changed = (record.get("admin") or {}).get("last_modified") or {}
    given = changed.get("date")
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        place: Place = ((None, "admin"), "last_modified")
        report(problems, (place, "date"), "bad-date", f"{given[:40]!r} is no day")
        return None
