"""Where a work lies: `resource` of a body, and how deposits say it.

After Crossref's `resource`, whose further URLs have a label; country and weight are those of
handle type `10320/loc`. What nobody can be sent to is kept as it was given, with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.shape import (
    ABSENT,
    TEXT,
    Place,
    Problems,
    Record,
    Scalar,
    Several,
    Text,
    report,
)

WEB: Final = ("https://", "http://", "ftp://")
"""How a URL begins that a browser may be sent to."""

COUNTRIES: Final = frozenset(
    [
        "AD",
        "AE",
        "AF",
        "AG",
        "AI",
        "AL",
        "AM",
        "AO",
        "AQ",
        "AR",
        "AS",
        "AT",
        "AU",
        "AW",
        "AX",
        "AZ",
        "BA",
        "BB",
        "BD",
        "BE",
        "BF",
        "BG",
        "BH",
        "BI",
        "BJ",
        "BL",
        "BM",
        "BN",
        "BO",
        "BQ",
        "BR",
        "BS",
        "BT",
        "BV",
        "BW",
        "BY",
        "BZ",
        "CA",
        "CC",
        "CD",
        "CF",
        "CG",
        "CH",
        "CI",
        "CK",
        "CL",
        "CM",
        "CN",
        "CO",
        "CR",
        "CU",
        "CV",
        "CW",
        "CX",
        "CY",
        "CZ",
        "DE",
        "DJ",
        "DK",
        "DM",
        "DO",
        "DZ",
        "EC",
        "EE",
        "EG",
        "EH",
        "ER",
        "ES",
        "ET",
        "FI",
        "FJ",
        "FK",
        "FM",
        "FO",
        "FR",
        "GA",
        "GB",
        "GD",
        "GE",
        "GF",
        "GG",
        "GH",
        "GI",
        "GL",
        "GM",
        "GN",
        "GP",
        "GQ",
        "GR",
        "GS",
        "GT",
        "GU",
        "GW",
        "GY",
        "HK",
        "HM",
        "HN",
        "HR",
        "HT",
        "HU",
        "ID",
        "IE",
        "IL",
        "IM",
        "IN",
        "IO",
        "IQ",
        "IR",
        "IS",
        "IT",
        "JE",
        "JM",
        "JO",
        "JP",
        "KE",
        "KG",
        "KH",
        "KI",
        "KM",
        "KN",
        "KP",
        "KR",
        "KW",
        "KY",
        "KZ",
        "LA",
        "LB",
        "LC",
        "LI",
        "LK",
        "LR",
        "LS",
        "LT",
        "LU",
        "LV",
        "LY",
        "MA",
        "MC",
        "MD",
        "ME",
        "MF",
        "MG",
        "MH",
        "MK",
        "ML",
        "MM",
        "MN",
        "MO",
        "MP",
        "MQ",
        "MR",
        "MS",
        "MT",
        "MU",
        "MV",
        "MW",
        "MX",
        "MY",
        "MZ",
        "NA",
        "NC",
        "NE",
        "NF",
        "NG",
        "NI",
        "NL",
        "NO",
        "NP",
        "NR",
        "NU",
        "NZ",
        "OM",
        "PA",
        "PE",
        "PF",
        "PG",
        "PH",
        "PK",
        "PL",
        "PM",
        "PN",
        "PR",
        "PS",
        "PT",
        "PW",
        "PY",
        "QA",
        "RE",
        "RO",
        "RS",
        "RU",
        "RW",
        "SA",
        "SB",
        "SC",
        "SD",
        "SE",
        "SG",
        "SH",
        "SI",
        "SJ",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SR",
        "SS",
        "ST",
        "SV",
        "SX",
        "SY",
        "SZ",
        "TC",
        "TD",
        "TF",
        "TG",
        "TH",
        "TJ",
        "TK",
        "TL",
        "TM",
        "TN",
        "TO",
        "TR",
        "TT",
        "TV",
        "TW",
        "TZ",
        "UA",
        "UG",
        "UM",
        "US",
        "UY",
        "UZ",
        "VA",
        "VC",
        "VE",
        "VG",
        "VI",
        "VN",
        "VU",
        "WF",
        "WS",
        "YE",
        "YT",
        "ZA",
        "ZM",
        "ZW",
    ]
)
"""ISO 3166-1 alpha-2."""


def fold_url(text: str, place: Place, problems: Problems) -> str:
    """Give a URL as it is; a warning where no browser may be sent there."""
    if not text.lower().startswith(WEB):
        report(problems, place, "not-a-web-address", f"{text[:100]!r} kept; nobody is sent there")
    return text


def fold_country(text: str, place: Place, problems: Problems) -> str:
    """Give a country's code in upper case; one there is not stays, with a warning."""
    code = text.strip().upper()
    if code in COUNTRIES:
        return code
    report(problems, place, "unknown-country", f"{text[:100]!r} kept; ISO 3166-1 alpha-2 expected")
    return text


class Weight(Scalar):
    """How often a location is chosen, next to the others: a number from 0."""

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the weight; one below 0 is left out, with a warning."""
        read = super().read(value, place, problems)
        if read is not ABSENT and read < 0:
            report(problems, place, "negative-weight", "left out: a weight is a number from 0")
            return ABSENT
        return read

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return super().schema() | {"minimum": 0}


LOCATIONS: Final = Several(
    Record(
        {
            "URL": Text(fold_url),
            "label": TEXT,
            "country": Text(fold_country),
            "weight": Weight("a number", "number", int, float),
        }
    )
)
"""The further locations of a work: `resource.secondary`."""


def read_resource(resource: Any, body: dict[str, Any]) -> list[Problem]:
    """Put the locations that a deposit names beside its metadata into the body; what is wrong.

    What the metadata says of the same comes first. Pointers are those of the deposit's record.

    >>> body = {}
    >>> locations = [{"url": "https://b.org/", "country": "gb"}]
    >>> read_resource({"primary": "https://a.org/", "locations": locations}, body)
    []
    >>> body["resource"]["secondary"]
    [{'URL': 'https://b.org/', 'country': 'GB'}]
    """
    if type(resource) is not dict:
        return []
    problems: Problems = []
    top: Place = (None, "resource")
    primary = resource.get("primary")
    if type(primary) is str and "resource" not in body:
        body["resource"] = {"primary": {"URL": fold_url(primary, (top, "primary"), problems)}}
    if "locations" in resource:
        found = _read_locations(resource["locations"], (top, "locations"), problems)
        held = body.setdefault("resource", {})
        if found and type(held) is dict:
            held.setdefault("secondary", found)
    return problems


def _read_locations(given: Any, place: Place, problems: Problems) -> list[Any]:
    if type(given) is not list:
        report(problems, place, "wrong-type", "a list of locations expected")
        return []
    renamed = [
        {"URL" if name == "url" else name: value for name, value in one.items()}
        if isinstance(one, Mapping)
        else one
        for one in given
    ]
    told: Problems = []
    read = LOCATIONS.read(renamed, place, told)
    for problem in told:
        pointer = problem.pointer
        pointer = f"{pointer[:-4]}/url" if pointer.endswith("/URL") else pointer
        problems.append(replace(problem, pointer=pointer))
    lying = [one for one in read if "URL" in one]
    if len(lying) < len(read):
        report(problems, place, "missing-url", "a location without a URL was left out")
    return lying
