"""The members of a Crossref work, one table: what each must look like, and its normal form.

After the JSON format of Crossref's REST API (api.crossref.org, "work" message) and what its whole
corpus holds. The same table reads records and describes them as JSON Schema.
"""

from __future__ import annotations

from typing import Final

from nexus_hub.catalog.crossref_forms import (
    Claims,
    Date,
    References,
    Related,
    fold_doi,
    fold_identifier,
    fold_short,
    fold_type,
    fold_update_type,
    words,
)
from nexus_hub.catalog.kind_shapes import DAY, YEAR, Identifier, Known, Term
from nexus_hub.catalog.location_shapes import LOCATIONS
from nexus_hub.catalog.shape import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    Named,
    Open,
    Record,
    Reserved,
    Several,
    Shape,
    Text,
    Texts,
)
from nexus_hub.catalog.vocabularies import (
    CONTRIBUTOR_ROLES,
    RELEASE_STAGES,
    RELEASE_TYPES,
    WITHDRAWN_STATUSES,
)

DATE: Final = Date()
DOI: Final = Text(fold_doi)
ISBN: Final = fold_identifier("isbn")
ISSN: Final = fold_identifier("issn")


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(words(names), TEXT)


RESERVED: Final = Reserved("which object it is, the catalogue finds out")
OURS: Final = {"croid": RESERVED}
"""What says who or what somebody is among the objects here: only layers of the catalogue say so."""
DERIVED: Final = Reserved("the catalogue derives it from the record", is_told=False)

IDS: Final = Several(Related(_texts("id id-type asserted-by")))
AFFILIATION: Final[dict[str, Shape]] = {
    **_texts("name country"),
    **OURS,
    **dict.fromkeys(("acronym", "department", "place"), TEXTS),
    "id": Claims(IDS.item),
}
PERSON: Final[dict[str, Shape]] = {
    **_texts("given family name prefix suffix sequence"),
    **OURS,
    "ORCID": Text(fold_identifier("orcid", "https://orcid.org/")),
    "authenticated-orcid": BOOLEAN,
    "orcid-asserted-by": TEXT,
    "affiliation": Several(Record(AFFILIATION)),
    "alternate-name": TEXTS,
    "role": Several(Record(_texts("role vocabulary"))),
    "role-start": DATE,
    "role-end": DATE,
    "nexus": Record(
        {
            "index": INTEGER,
            "raw_name": TEXT,
            "role": Term("contributor_role", CONTRIBUTOR_ROLES),
            "extra": OBJECT,
        },
        has_nulls=True,
    ),
}
PEOPLE: Final = Several(Record(PERSON))
REFERENCE: Final[dict[str, Shape]] = {
    **_texts("""
        DOI ISBN ISSN article-title author component doi-asserted-by edition first-page
        isbn-type issn-type issue journal-title key series-title standard-designator
        standards-body type unstructured volume volume-title year
        """),
    **OURS,
    "nexus": Record({"index": INTEGER, "extra/doi": TEXT, "extra": OBJECT}),
}
FUNDER: Final[dict[str, Shape]] = {
    **_texts("name doi-asserted-by"),
    **OURS,
    "DOI": DOI,
    "award": TEXTS,
    "award-info": Several(Record({"award-number": TEXTS, **_texts("award-title award-uri")})),
    "country": TEXT,
    "id": IDS,
}
LICENCE: Final[dict[str, Shape]] = {
    **_texts("URL content-version"),
    "spdx": DERIVED,
    "start": DATE,
    "delay-in-days": INTEGER,
}
UPDATE: Final[dict[str, Shape]] = {
    **_texts("label source record-id"),
    "DOI": DOI,
    "type": Text(fold_update_type),
    "updated": DATE,
}
ASSERTION: Final[dict[str, Shape]] = {
    **_texts("name label value URL"),
    "order": INTEGER,
    "group": Record(_texts("name label")),
    "explanation": Record(_texts("URL")),
}
INSTITUTION: Final[dict[str, Shape]] = {
    "name": TEXT,
    **OURS,
    **dict.fromkeys(("acronym", "department", "place"), TEXTS),
    "id": IDS,
}
AMOUNT: Final = Record({"amount": NUMBER, "percentage": NUMBER, "currency": TEXT})
FUNDING: Final[dict[str, Shape]] = {
    **_texts("type scheme"),
    "award-amount": AMOUNT,
    "funder": Record(FUNDER),
}
PROJECT: Final[dict[str, Shape]] = {
    "project-title": Several(Record(_texts("title language"))),
    "project-description": Several(Record(_texts("description language"))),
    "award-amount": AMOUNT,
    **dict.fromkeys(("award-start", "award-end", "award-planned-end"), DATE),
    **dict.fromkeys(("lead-investigator", "co-lead-investigator", "investigator"), PEOPLE),
    "funding": Several(Record(FUNDING)),
}

EXT_IDS: Final[dict[str, Shape]] = {
    "wikidata_qid": Identifier("wikidata"),
    **{
        name: Identifier(name)
        for name in words("pmid pmcid core arxiv jstor ark mag doaj dblp oai hdl")
    },
}
"""Identifiers of a release other than its DOI and ISBNs, under the names fatcat gives them."""

NEXUS: Final[dict[str, Shape]] = {
    **_texts("doi-as-deposited license_slug number"),
    "release_type": Term("release_type", RELEASE_TYPES),
    "release_stage": Term("release_stage", RELEASE_STAGES),
    "release_year": YEAR,
    "withdrawn_status": Term("withdrawn_status", WITHDRAWN_STATUSES),
    "withdrawn_date": DAY,
    "withdrawn_year": YEAR,
    "ext_ids": Known(EXT_IDS),
    "ids_as_given": Known(dict.fromkeys(("isbn13", *EXT_IDS), TEXT)),
    **dict.fromkeys(("problems", "published", "types"), DERIVED),
    "contributor": PEOPLE,
    "abstract": Record(_texts("mimetype lang"), has_nulls=True),
    "abstracts": Several(Known(_texts("content mimetype lang"), required=("content",))),
    "datacite": OBJECT,
    "csl": OBJECT,
    "extra": OBJECT,
}
"""What a release may say that Crossref has no member for, under `nexus`."""

WORK_MEMBERS: Final[dict[str, Shape]] = {
    **_texts("""
        DOI URL abstract article-number award component-number container-title-short
        description edition-number group-title issue language page part-number publisher
        publisher-location series-title source special_numbering subtype update-policy
        volume
        """),
    **dict.fromkeys(
        words("""
        accepted approved award-start content-created content-updated issued posted
        published published-online published-other published-print
        """),
        DATE,
    ),
    **dict.fromkeys(
        words("""
        aliases alternative-id archive container-title degree original-title
        proceedings-subject short-container-title short-title subject subtitle title
        """),
        TEXTS,
    ),
    **dict.fromkeys(("author", "chair", "editor", "translator"), PEOPLE),
    "ISBN": Texts(ISBN),
    "ISSN": Texts(ISSN),
    "assertion": Several(Record(ASSERTION)),
    "clinical-trial-number": Several(Record(_texts("clinical-trial-number registry type"))),
    "container": RESERVED,
    "content-domain": Record({"domain": TEXTS, "crossmark-restriction": BOOLEAN}),
    "event": Record(
        {
            **_texts("name acronym location number theme"),
            "sponsor": TEXTS,
            "start": DATE,
            "end": DATE,
        }
    ),
    "free-to-read": Record({"start-date": DATE, "end-date": DATE}),
    "funder": Several(Record(FUNDER)),
    "institution": Several(Record(INSTITUTION)),
    "isbn-type": Several(Record({"type": TEXT, "value": Text(ISBN)})),
    "issn-type": Several(Record({"type": TEXT, "value": Text(ISSN)})),
    "journal-issue": Record({"issue": TEXT, "published-online": DATE, "published-print": DATE}),
    "license": Several(Record(LICENCE)),
    "link": Several(Record(_texts("URL content-type content-version intended-application"))),
    "member": Text(fold_short("member")),
    "nexus": Open(NEXUS),
    "prefix": Text(fold_short("prefix")),
    "project": Several(Record(PROJECT)),
    "reference": References(REFERENCE),
    "relation": Named(IDS),
    "resource": Record({"primary": Record(_texts("URL")), "secondary": LOCATIONS}),
    "review": Record(
        _texts("""
        competing-interest-statement language recommendation revision-round running-number
        stage type
        """)
    ),
    "standards-body": Record(_texts("name acronym")),
    "type": Text(fold_type),
    "update-to": Several(Record(UPDATE)),
    "version": Record(_texts("version language")),
    "work": RESERVED,
}
"""Every member of a work that is known, and its shape."""

VOLATILE: Final = frozenset(
    words("""
        _id created deposited indexed is-referenced-by-count reference-count
        references-count score updated-by
        """)
)
"""What changes without the work changing: never in a body. So is every other `*-count`."""
