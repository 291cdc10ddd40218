"""Release bodies as DataCite JSON, valid under the JSON Schema of DataCite 4.5.

What DataCite requires and the record does not say is told as DataCite says it: `:unav`, and the
year `0000`. Rules: DataCite Metadata Schema 4.5 and its standard values for unknown information.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from nexus_hub.aquilo import csl, schema_org
from nexus_hub.aquilo.members import member, members, text, values
from nexus_hub.catalog import datacite

SCHEMA = "http://datacite.org/schema/kernel-4"
UNKNOWN = ":unav"
RELATIONS = frozenset(
    re.findall(
        r"\w+",
        "IsCitedBy Cites IsCollectedBy Collects IsSupplementTo IsSupplementedBy IsContinuedBy "
        "Continues IsDescribedBy Describes HasMetadata IsMetadataFor HasVersion IsVersionOf "
        "IsNewVersionOf IsPartOf IsPreviousVersionOf IsPublishedIn HasPart IsReferencedBy "
        "References IsDocumentedBy Documents IsCompiledBy Compiles IsVariantFormOf "
        "IsOriginalFormOf IsIdenticalTo IsReviewedBy Reviews IsDerivedFrom IsSourceOf "
        "IsRequiredBy Requires IsObsoletedBy Obsoletes",
    )
)
"""What schema 4.5 knows of relations."""

_YEAR = re.compile(r"[0-9]{4}")
_PARTS = frozenset({"name", "nameType", "givenName", "familyName", "nameIdentifiers", "lang"})


def record(body: Mapping[str, Any]) -> dict[str, Any]:
    """One release as a DataCite record; what schema 4.5 has no place for is left out.

    >>> told = record({"DOI": "10.5555/a", "type": "book", "title": ["T"]})
    >>> told["creators"], told["publisher"], told["publicationYear"]
    ([{'name': ':unav'}], {'name': ':unav'}, '0000')
    """
    told = datacite.write(body)
    out = {name: _once(value) for name, value in told.items()}
    for role in ("creators", "contributors"):
        named = [_named(one) for one in members(told.get(role))]
        out[role] = [one for one in named if one.get("name")]
    out["creators"] = out["creators"] or [{"name": UNKNOWN}]
    titles = [
        {**one, "title": title}
        for one in members(told.get("titles"))
        if (title := csl.plain(text(one.get("title"))))
    ]
    out["titles"] = titles or [{"title": UNKNOWN}]
    told_of = members(told.get("descriptions"))
    out["descriptions"] = [one for one in told_of if text(one.get("description"))]
    funding = members(out.get("fundingReferences"))
    out["fundingReferences"] = [{"funderName": UNKNOWN, **one} for one in funding]
    out["publisher"] = _publisher(told.get("publisher"))
    out["publicationYear"] = _year(body, told)
    out["types"] = {"resourceTypeGeneral": "Other", **member(told.get("types"))}
    related = members(out.get("relatedIdentifiers"))
    out["relatedIdentifiers"] = [one for one in related if one.get("relationType") in RELATIONS]
    out["schemaVersion"] = SCHEMA
    return {name: value for name, value in out.items() if value not in ([], "", None)}


def _once(value: object) -> object:
    """A value; of a list each item but once, as the schema wants it."""
    if not isinstance(value, list):
        return value
    seen: dict[bytes, Any] = {}
    for one in value:
        seen.setdefault(orjson.dumps(one, option=orjson.OPT_SORT_KEYS), one)
    return list(seen.values())


def _named(one: Mapping[str, Any]) -> dict[str, Any]:
    out = {name: value for name, value in one.items() if name in {*_PARTS, "contributorType"}}
    places = [
        dict(place) if isinstance(place, Mapping) else {"name": text(place)}
        for place in values(one.get("affiliation"))
    ]
    if named := [place for place in places if place.get("name")]:
        out["affiliation"] = _once(named)
    return out


def _publisher(raw: object) -> dict[str, Any]:
    told = dict(raw) if isinstance(raw, Mapping) else {"name": text(raw)}
    return told if told.get("name") else told | {"name": UNKNOWN}


def _year(body: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    issued = schema_org.date(csl.item(body))[:4]
    year = issued or text(told.get("publicationYear"))
    return year if _YEAR.fullmatch(year) else "0000"
