"""What ROR records look like: the members of schema 1 and of schema 2, as shapes."""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.catalog.shape import (
    ABSENT,
    INTEGER,
    NUMBER,
    TEXT,
    TEXTS,
    Place,
    Problems,
    Record,
    Several,
    Shape,
    report,
)
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

ID_URL: Final = "https://ror.org/"
FUNDER_URL: Final = "https://doi.org/10.13039/"


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), TEXT)


def _record(members: dict[str, Shape]) -> Record:
    return Record(members, has_nulls=True)


class _Relationship(Record):
    """A relation to another organisation, which need not be among those that are known."""

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the relation, its id as a URL and its type in lower case."""
        read = super().read(value, place, problems)
        if read is ABSENT:
            return ABSENT
        given, kind = read.get("id") or "", read.get("type") or ""
        scheme, url = ("funder", FUNDER_URL) if FUNDER_URL in given else ("ror", ID_URL)
        try:
            key = normalise(scheme, given)
        except MalformedIdentifier:
            report(problems, (place, "id"), "malformed-ror", f"{given[:100]!r} left out")
            return ABSENT
        shown = url + key.removeprefix("10.13039/")
        return {**read, "id": shown, "type": kind.lower()}


_RELATIONSHIPS: Final = Several(_Relationship(_texts("id label type"), has_nulls=True))
_DATED: Final = _record(_texts("date schema_version"))
SCHEMA_2: Final = _record(
    {
        **_texts("id status"),
        "admin": _record({"created": _DATED, "last_modified": _DATED}),
        "domains": TEXTS,
        "established": INTEGER,
        "external_ids": Several(_record({"all": TEXTS, **_texts("preferred type")})),
        "links": Several(_record(_texts("type value"))),
        "locations": Several(
            _record(
                {
                    "geonames_id": INTEGER,
                    "geonames_details": _record(
                        {
                            **_texts("continent_code continent_name country_code country_name"),
                            **_texts("country_subdivision_code country_subdivision_name name"),
                            "lat": NUMBER,
                            "lng": NUMBER,
                        }
                    ),
                }
            )
        ),
        "names": Several(_record({"types": TEXTS, **_texts("lang value")})),
        "relationships": _RELATIONSHIPS,
        "types": TEXTS,
    }
)
EXTERNAL_IDS: Final = ("fundref", "grid", "isni", "wikidata")
LISTS: Final = ("domains", "external_ids", "links", "locations", "names", "relationships", "types")

_ADMIN_AREA: Final = Record({"id": INTEGER, **_texts("name ascii_name code")})
SCHEMA_1: Final = Record(
    {
        **_texts("id name status wikipedia_url email_address"),
        **dict.fromkeys(("acronyms", "aliases", "ip_addresses", "links", "types"), TEXTS),
        "established": INTEGER,
        "addresses": Several(
            Record(
                {
                    **_texts("city state state_code postcode line"),
                    "lat": NUMBER,
                    "lng": NUMBER,
                    "country_geonames_id": INTEGER,
                    "primary": Shape(),
                    "geonames_city": Record(
                        {
                            **_texts("city"),
                            "id": INTEGER,
                            "geonames_admin1": _ADMIN_AREA,
                            "geonames_admin2": _ADMIN_AREA,
                            **dict.fromkeys(
                                ("license", "nuts_level1", "nuts_level2", "nuts_level3"), Shape()
                            ),
                        }
                    ),
                }
            )
        ),
        "country": Record(_texts("country_code country_name")),
        "external_ids": Shape(),
        "labels": Several(Record(_texts("label iso639"))),
        "relationships": _RELATIONSHIPS,
    }
)
