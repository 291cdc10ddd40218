"""Bodies of every kind, made up: one that says everything, and strategies for any that is valid."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from stdnum import ean, issn
from stdnum.iso7064 import mod_11_2

from nexus_hub.catalog.vocabularies import CONTRIBUTOR_ROLES, RELEASE_STAGES, RELEASE_TYPES
from nexus_hub.catalog.vocabularies import WITHDRAWN_STATUSES as WITHDRAWN
from nexus_hub.croid.codec import encode

Body = dict[str, Any]

CLEAN = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXT = st.text(CLEAN, max_size=8)
NAME = TEXT.filter(lambda text: text.strip() != "")
NUMBER = st.integers(-(2**53), 2**53)
JSON = st.recursive(
    st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
EXTRA = st.dictionaries(NAME.filter(lambda name: name != "nexus"), JSON, min_size=1, max_size=3)
UUIDS = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))
CROIDS = UUIDS.map(encode)
DAYS = st.dates(date(1, 1, 1)).map(date.isoformat)
YEARS = st.integers(-9999, 9999)
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat() + "Z")
SIZES = st.integers(0, 2**53)


def hexadecimal(digits: int) -> st.SearchStrategy[str]:
    return st.integers(0, 16**digits - 1).map(lambda number: f"{number:0{digits}x}")


def checked(digits: int, most: int, check: Any, form: Any) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(lambda n: form(f"{n:0{digits}}" + check(f"{n:0{digits}}")))


ORCIDS = checked(
    15,
    10**15 - 1,
    mod_11_2.calc_check_digit,
    lambda text: "-".join(text[start : start + 4] for start in (0, 4, 8, 12)),
)
ISSNS = checked(7, 10**7 - 1, issn.calc_check_digit, lambda text: f"{text[:4]}-{text[4:]}")
ISBNS = st.integers(0, 10**9 - 1).map(lambda n: f"978{n:09}" + ean.calc_check_digit(f"978{n:09}"))
DIGITS = st.integers(1, 10**8).map(str)
EXT_IDS = {
    "wikidata_qid": DIGITS.map("Q{}".format),
    "pmid": DIGITS,
    "pmcid": st.builds("PMC{}{}".format, DIGITS, st.sampled_from(["", ".1", ".12"])),
    "core": DIGITS,
    "arxiv": st.sampled_from(["0806.2878v1", "hep-th/9901001v1", "math/0611800v2"]),
    "jstor": DIGITS,
    "ark": st.just("ark:/12148/btv1b8449691v"),
    "mag": DIGITS,
    "doaj": hexadecimal(32),
    "dblp": st.just("journals/vldb/MannAJ16"),
    "oai": st.just("oai:arXiv.org:cs/0112017"),
    "hdl": st.just("2381/12775"),
}
DOIS = st.integers(0, 10**6).map("10.5555/a.{}".format)
TYPES = st.sampled_from(RELEASE_TYPES)
STAGES = st.sampled_from(RELEASE_STAGES)
STATUSES = st.sampled_from(WITHDRAWN)
ROLES = st.sampled_from(CONTRIBUTOR_ROLES)

HASHES = {"md5": hexadecimal(32), "sha1": hexadecimal(40), "sha256": hexadecimal(64)}
NAMED = st.fixed_dictionaries({"croid": CROIDS})
URLS = st.lists(st.fixed_dictionaries({"url": NAME, "rel": NAME}), min_size=1, max_size=2)
STORED = {
    "content_scope": TEXT,
    "releases": st.lists(NAMED, min_size=1, max_size=3, unique_by=lambda each: each["croid"]),
    "extra": EXTRA,
}

BODIES: dict[str, st.SearchStrategy[Body]] = {
    "creator": st.fixed_dictionaries(
        {"display_name": NAME},
        optional={
            "given_name": TEXT,
            "surname": TEXT,
            "orcid": ORCIDS,
            "wikidata_qid": EXT_IDS["wikidata_qid"],
            "extra": EXTRA,
        },
    ),
    "container": st.fixed_dictionaries(
        {"name": NAME},
        optional={
            **dict.fromkeys(("container_type", "publication_status", "publisher"), TEXT),
            **dict.fromkeys(("issnl", "issne", "issnp"), ISSNS),
            "wikidata_qid": EXT_IDS["wikidata_qid"],
            "extra": EXTRA,
        },
    ),
    "work": st.fixed_dictionaries({}, optional={"extra": EXTRA}),
    "file": st.fixed_dictionaries(
        {}, optional={**STORED, **HASHES, "size": SIZES, "mimetype": TEXT, "urls": URLS}
    ),
    "fileset": st.fixed_dictionaries(
        {},
        optional={
            **STORED,
            "urls": URLS,
            "manifest": st.lists(
                st.fixed_dictionaries(
                    {"path": NAME, "size": SIZES},
                    optional={**HASHES, "mimetype": TEXT, "extra": EXTRA},
                ),
                min_size=1,
                max_size=2,
            ),
        },
    ),
    "webcapture": st.fixed_dictionaries(
        {"original_url": NAME, "timestamp": MOMENTS},
        optional={
            **STORED,
            "archive_urls": URLS,
            "cdx": st.lists(
                st.fixed_dictionaries(
                    {"surt": NAME, "timestamp": MOMENTS, "url": NAME, "sha1": HASHES["sha1"]},
                    optional={
                        "mimetype": TEXT,
                        "status_code": st.integers(-999, 999),
                        "size": SIZES,
                        "sha256": HASHES["sha256"],
                    },
                ),
                min_size=1,
                max_size=2,
            ),
        },
    ),
}
"""Any clean body of the kinds whose members are fatcat's."""

_A, _B = encode(UUID(int=1)), encode(UUID(int=2**127))
_HASHES = {"md5": "a" * 32, "sha1": "b" * 40, "sha256": "c" * 64}
_STORED: Body = {
    "content_scope": "issue",
    "releases": [{"croid": _A}, {"croid": _B}],
    "extra": {"a": 1},
}
_MOMENT = "2016-09-19T17:20:24.500000Z"
_URLS: list[Body] = [
    {"url": "https://example.org/1", "rel": "web"},
    {"url": "ipfs://x", "rel": "dweb"},
]

WHOLE: dict[str, Body] = {
    "creator": {
        "display_name": "Ann Ng",
        "given_name": "Ann",
        "surname": "Ng",
        "orcid": "0000-0002-1825-0097",
        "wikidata_qid": "Q42",
        "extra": {"a": 1},
    },
    "container": {
        "name": "Journal of Salt",
        "container_type": "journal",
        "publication_status": "active",
        "publisher": "Salt Press",
        "issnl": "0378-5955",
        "issne": "1050-124X",
        "issnp": "0378-5955",
        "wikidata_qid": "Q43",
        "extra": {"a": 1},
    },
    "work": {"extra": {"a": 1}},
    "file": {**_STORED, **_HASHES, "size": 7, "mimetype": "application/pdf", "urls": _URLS},
    "fileset": {
        **_STORED,
        "urls": _URLS,
        "manifest": [
            {"path": "a/b", "size": 1, **_HASHES, "mimetype": "text/csv", "extra": {"a": 1}},
            {"path": "c", "size": 0},
        ],
    },
    "webcapture": {
        **_STORED,
        "archive_urls": _URLS,
        "original_url": "https://example.org/",
        "timestamp": _MOMENT,
        "cdx": [
            {
                "surt": "org,example)/",
                "timestamp": _MOMENT,
                "url": "https://example.org/",
                "mimetype": "text/html",
                "status_code": 200,
                "size": 9,
                "sha1": "b" * 40,
                "sha256": "c" * 64,
            },
            {"surt": "x", "timestamp": _MOMENT, "url": "u", "sha1": "d" * 40},
        ],
    },
}
"""One body of each of these kinds that has every member."""
