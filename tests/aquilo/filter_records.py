"""Two works: one that has everything that filters ask for, and one that has none of it."""

from __future__ import annotations

from typing import Any

RICH, PLAIN, NOTICE, GRANT = "10.5555/rich", "10.6666/plain", "10.5555/notice", "10.5555/grant"


def _day(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


AFFILIATION = {
    "name": "University of Oxford, Oxford, United Kingdom",
    "id": [{"id": "https://ror.org/052gg0110", "id-type": "ROR", "asserted-by": "publisher"}],
}
RICH_METADATA: dict[str, Any] = {
    "type": "journal-article",
    "title": ["Galaxies in the house"],
    "publisher": "Rich Press",
    "container-title": ["Light, Dark: a Journal"],
    "member": "98",
    "source": "Crossref",
    "language": "en",
    "ISSN": ["1234-5679"],
    "ISBN": ["9781566199094"],
    "issue": "3",
    "volume": "12",
    "subject": ["Oncology"],
    "article-number": "e77",
    "alternative-id": ["S0140673604"],
    "archive": ["Portico"],
    "abstract": "<jats:p>Text.</jats:p>",
    "description": "A description of rich things.",
    "group-title": "Oceanography",
    "degree": ["Doctor of Philosophy"],
    "publisher-location": "Chichester",
    "standards-body": {"name": "British Standards", "acronym": "BSI"},
    "author": [
        {
            "given": "Ada",
            "family": "Lovelace",
            "sequence": "first",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "authenticated-orcid": True,
            "affiliation": [AFFILIATION],
        }
    ],
    "editor": [{"family": "Ediger", "sequence": "first"}],
    "chair": [{"family": "Chairman", "sequence": "first"}],
    "translator": [{"family": "Translatov", "sequence": "first"}],
    "issued": _day(2020, 5),
    "published": _day(2020, 5, 17),
    "published-online": _day(2020, 4, 1),
    "published-print": _day(2020, 6, 1),
    "posted": _day(2020, 3, 1),
    "accepted": _day(2020, 2, 1),
    "approved": _day(2020, 1, 15),
    "event": {
        "name": "Conference on Light",
        "acronym": "CoLi",
        "location": "Paris",
        "theme": "Lamps",
        "sponsor": ["Lamp Makers"],
        "start": _day(2019, 12, 1),
        "end": _day(2019, 12, 3),
    },
    "license": [
        {
            "URL": "http://creativecommons.org/licenses/by/4.0/",
            "start": _day(2020, 5, 20),
            "delay-in-days": 3,
            "content-version": "vor",
        },
        {"URL": "http://example.org/tdm", "start": _day(2021, 1, 1), "content-version": "tdm"},
    ],
    "link": [
        {
            "URL": "https://example.org/a.pdf",
            "content-type": "application/pdf",
            "content-version": "vor",
            "intended-application": "text-mining",
        },
        {
            "URL": "https://example.org/a.xml",
            "content-type": "text/xml",
            "content-version": "am",
            "intended-application": "similarity-checking",
        },
    ],
    "funder": [
        {
            "DOI": "10.13039/100000001",
            "name": "Example Foundation",
            "doi-asserted-by": "publisher",
            "award": ["EF-1"],
        },
        {
            "DOI": "10.13039/501100000780",
            "name": "Commission",
            "doi-asserted-by": "crossref",
            "award": ["C-2"],
        },
    ],
    "assertion": [
        {
            "name": "received",
            "value": "2020-01-01",
            "group": {"name": "publication_history", "label": "History"},
        }
    ],
    "clinical-trial-number": [
        {"clinical-trial-number": "NCT03797326", "registry": "10.18810/clinical-trials-gov"}
    ],
    "content-domain": {"domain": ["example.org"], "crossmark-restriction": True},
    "update-policy": "http://dx.doi.org/10.5555/policy",
    "relation": {
        "is-preprint-of": [{"id-type": "doi", "id": "10.7777/Later", "asserted-by": "subject"}],
        "cites": [{"id-type": "issn", "id": "2049-3630", "asserted-by": "subject"}],
    },
    "reference": [{"key": "1", "DOI": "10.6666/cited"}],
}
PLAIN_METADATA: dict[str, Any] = {
    "type": "book",
    "title": ["Plain things"],
    "publisher": "Plain Press",
    "member": "97",
    "issued": _day(1990),
}
NOTICE_METADATA: dict[str, Any] = {
    "type": "journal-article",
    "title": ["Retraction: Galaxies"],
    "publisher": "Notices",
    "issued": _day(2021),
    "update-to": [
        {"DOI": RICH, "type": "retraction", "label": "Retraction", "updated": _day(2021)}
    ],
}
GRANT_METADATA: dict[str, Any] = {
    "type": "grant",
    "award": "EF-9",
    "publisher": "Example Foundation",
    "award-start": _day(2018, 7, 1),
    "project": [
        {
            "project-title": [{"title": "Lamps"}],
            "award-amount": {"amount": 5000, "currency": "EUR"},
            "funding": [
                {
                    "type": "grant",
                    "funder": {"id": [{"id": "10.13039/100000001", "id-type": "DOI"}]},
                }
            ],
        }
    ],
}

SELECTING: dict[str, tuple[str, str]] = {
    "affiliation": (AFFILIATION["name"], RICH),
    "alternative-id": ("S0140673604", RICH),
    "archive": ("Portico", RICH),
    "article-number": ("e77", RICH),
    "assertion": ("received", RICH),
    "assertion-group": ("publication_history", RICH),
    "award.funder": ("501100000780", RICH),
    "award.number": ("ef-1", RICH),
    "category-name": ("Oncology", RICH),
    "changed-since-index": ("INDEX", RICH),
    "clinical-trial-number": ("nct03797326", RICH),
    "container-title": ("Light, Dark: a Journal", RICH),
    "content-domain": ("Example.org", RICH),
    "directory": ("doaj", RICH),
    "doi": ("https://doi.org/10.5555/RICH", RICH),
    "enriched-by": ("affiliation-ror", RICH),
    "from-accepted-date": ("2020-02", RICH),
    "from-approved-date": ("2020-01-15", RICH),
    "from-awarded-date": ("2018-07-01", GRANT),
    "from-created-date": ("2015", RICH),
    "from-deposit-date": ("2015", RICH),
    "from-event-end-date": ("2019-12-03", RICH),
    "from-event-start-date": ("2019-12", RICH),
    "from-index-date": ("2015", RICH),
    "from-issued-date": ("2020-05", RICH),
    "from-online-pub-date": ("2020-04", RICH),
    "from-posted-date": ("2020-03", RICH),
    "from-print-pub-date": ("2020-06", RICH),
    "from-pub-date": ("2020-05-17", RICH),
    "from-update-date": ("2015", RICH),
    "full-text.application": ("text-mining", RICH),
    "full-text.type": ("application/pdf", RICH),
    "full-text.version": ("VoR", RICH),
    "funder": ("100000001", RICH),
    "funder-doi-asserted-by": ("crossref", RICH),
    "group-title": ("Oceanography", RICH),
    "gte-award-amount": ("5000", GRANT),
    "has-alias": ("true", RICH),
    "has-prime-doi": ("true", PLAIN),
    "has-update": ("true", RICH),
    "is-update": ("true", NOTICE),
    "isbn": ("978-1-56619-909-4", RICH),
    "issn": ("http://id.crossref.org/issn/12345679", RICH),
    "license.delay": ("3", RICH),
    "license.url": ("https://creativecommons.org/licenses/by/4.0", RICH),
    "license.version": ("vor", RICH),
    "location": ("united kingdom", RICH),
    "lte-award-amount": ("5000", GRANT),
    "member": ("98", RICH),
    "missing-enrichment": ("ror", PLAIN),
    "orcid": ("https://orcid.org/0000-0002-1825-0097", RICH),
    "prefix": ("10.5555", RICH),
    "publisher-name": ("Rich Press", RICH),
    "relation.object": ("10.7777/later", RICH),
    "relation.object-type": ("issn", RICH),
    "relation.type": ("is-preprint-of", RICH),
    "ror-id": ("052gg0110", RICH),
    "stale-enrichment": ("ror", RICH),
    "type": ("journal-article", RICH),
    "type-name": ("Journal Article", RICH),
    "until-accepted-date": ("2020-02", RICH),
    "until-approved-date": ("2020-01", RICH),
    "until-awarded-date": ("2018", GRANT),
    "until-created-date": ("2010", PLAIN),
    "until-deposit-date": ("2010", PLAIN),
    "until-event-end-date": ("2019", RICH),
    "until-event-start-date": ("2019-12-01", RICH),
    "until-index-date": ("2010", PLAIN),
    "until-issued-date": ("1990", PLAIN),
    "until-online-pub-date": ("2020-04-01", RICH),
    "until-posted-date": ("2020", RICH),
    "until-print-pub-date": ("2020-06", RICH),
    "until-pub-date": ("1990", PLAIN),
    "until-update-date": ("2010", PLAIN),
    "update-type": ("retraction", NOTICE),
    "updates": (RICH, NOTICE),
}
"""What a filter is given, and the work that it then selects; of the two it never selects the other.

Filters that begin with `has-`, and `public-references`, select the rich one where they are true.
"""
