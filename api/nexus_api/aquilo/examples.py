"""Examples of answers, from which the contract tells their shapes."""

from __future__ import annotations

from typing import Any

from nexus_hub.aquilo.formats import LISTS

_WORK: dict[str, Any] = {
    "DOI": "10.5555/nexus.1",
    "type": "journal-article",
    "title": ["A light in the house"],
    "publisher": "Example Press",
    "container-title": ["Journal of Examples"],
    "issued": {"date-parts": [[2024, 5]]},
    "author": [
        {
            "given": "Ada",
            "family": "Lovelace",
            "sequence": "first",
            "affiliation": [{"name": "University of Oxford, United Kingdom"}],
        }
    ],
    "URL": "https://doi.org/10.5555/nexus.1",
    "prefix": "10.5555",
    "reference-count": 1,
    "references-count": 1,
    "is-referenced-by-count": 0,
    "created": {
        "date-parts": [[2026, 1, 2]],
        "date-time": "2026-01-02T03:04:05Z",
        "timestamp": 1767323045000,
    },
}
WORK: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": _WORK,
}
WORKS: dict[str, Any] = {
    "status": "ok",
    "message-type": "work-list",
    "message-version": "1.0.0",
    "message": {
        "total-results": 1,
        "items-per-page": 20,
        "query": {"start-index": 0, "search-terms": "light"},
        "facets": {},
        "items": [_WORK | {"score": 0.6}],
        "next-cursor": "b3BhcXVl",
    },
}
CSL_ITEM: dict[str, Any] = {
    "type": "article-journal",
    "id": "10.5555/nexus.1",
    "DOI": "10.5555/nexus.1",
    "title": "A light in the house",
    "author": [{"family": "Lovelace", "given": "Ada"}],
    "issued": {"date-parts": [[2024, 5]]},
}
BIBTEX = "@article{lovelace2024light,\n  author = {Lovelace, Ada},\n  year = {2024}\n}\n"
ORGANIZATION: dict[str, Any] = {
    "id": "https://ror.org/052gg0110",
    "status": "active",
    "names": [{"value": "University of Oxford", "types": ["ror_display", "label"], "lang": "en"}],
    "types": ["education"],
    "croid": "01jexample0000000000000000",
}
HISTORY: dict[str, Any] = {
    "items": [
        {
            "index": 7,
            "at": "2026-01-02T03:04:05Z",
            "agent": "vulcanus",
            "deposit": "019a0000-0000-7000-8000-000000000004",
            "revision": "019a0000-0000-7000-8000-000000000002",
            "patch": [{"op": "replace", "path": "/title/0", "value": "New"}],
        }
    ],
    "next-cursor": "b3BhcXVl",
}


def _enveloped(message_type: str, message: dict[str, Any]) -> dict[str, Any]:
    head = {"status": "ok", "message-type": message_type, "message-version": "1.0.0"}
    return head | {"message": message}


def listed(message_type: str, item: dict[str, Any]) -> dict[str, Any]:
    """A list of one item in its envelope."""
    message = {
        "total-results": 1,
        "items-per-page": 20,
        "query": {"start-index": 0, "search-terms": "example"},
        "items": [item],
    }
    return _enveloped(f"{message_type}-list", message)


_COUNTS = {"total-dois": 12, "current-dois": 2, "backfile-dois": 10}
COLLECTION_ITEMS: dict[str, dict[str, Any]] = {
    "members": _enveloped(
        "member",
        {
            "id": 1000000,
            "primary-name": "Example Press",
            "names": ["Example Press"],
            "prefixes": ["10.5555"],
            "prefix": [{"value": "10.5555", "name": "Example Press"}],
            "counts": _COUNTS,
            "breakdowns": {"dois-by-issued-year": [[2024, 12]]},
            "flags": {"deposits": True},
            "tokens": ["example", "press"],
            "nexus": {"told-by": ["here", "works"]},
        },
    ),
    "prefixes": _enveloped(
        "prefix",
        {
            "member": "http://id.crossref.org/member/1000000",
            "name": "Example Press",
            "prefix": "http://id.crossref.org/prefix/10.5555",
            "nexus": {"told-by": ["crossref-members", "here"]},
        },
    ),
    "funders": _enveloped(
        "funder",
        {
            "id": "100000001",
            "name": "Example Foundation",
            "alt-names": ["EF"],
            "uri": "http://dx.doi.org/10.13039/100000001",
            "replaces": [],
            "replaced-by": [],
            "tokens": ["example", "foundation"],
        },
    ),
    "journals": _enveloped(
        "journal",
        {
            "title": "Journal of Examples",
            "publisher": "Example Press",
            "ISSN": ["1234-5679"],
            "issn-type": [{"value": "1234-5679", "type": "unknown"}],
            "counts": _COUNTS,
            "breakdowns": {"dois-by-issued-year": [[2024, 12]]},
            "flags": {"deposits": True},
            "subjects": [],
        },
    ),
    "licenses": _enveloped(
        "license", {"URL": "http://creativecommons.org/licenses/by/4.0/", "work-count": 12}
    ),
}
TYPE = _enveloped("type", {"id": "journal-article", "label": "Journal Article"})
AGENCY = _enveloped(
    "work-agency",
    {"DOI": "10.5555/nexus.1", "agency": {"id": "nexus", "label": "NEXUS"}},
)
LINKSET: dict[str, Any] = {
    "linkset": [
        {
            "anchor": "https://nexus.example/works/10.5555%2Fnexus.1",
            "cite-as": [{"href": "https://doi.org/10.5555/nexus.1"}],
            "describedby": [
                {
                    "href": "https://nexus.example/works/10.5555%2Fnexus.1/transform/bibtex",
                    "type": "application/x-bibtex",
                }
            ],
        }
    ]
}
LINKSET_TEXT = (
    '<https://doi.org/10.5555/nexus.1>; rel="cite-as";'
    ' anchor="https://nexus.example/works/10.5555%2Fnexus.1"\n'
)
_JSON_LD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "@id": "https://doi.org/10.5555/nexus.1",
    "name": "A light in the house",
    "author": [{"@type": "Person", "name": "Ada Lovelace"}],
    "datePublished": "2024-05",
}
OF_FORMATS: dict[str, Any] = {
    "json": WORK,
    "csl": CSL_ITEM,
    "bibtex": BIBTEX,
    "ris": "TY  - JOUR\r\nAU  - Lovelace, Ada\r\nTI  - A light in the house\r\nER  - \r\n",
    "citation": "Lovelace, A. (2024). A light in the house. Journal of Examples.\n",
    "schema-org": _JSON_LD,
    "turtle": '<https://doi.org/10.5555/nexus.1> dcterms:title "A light in the house" .\n',
    "rdf-xml": '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF/>\n',
    "datacite": {
        "doi": "10.5555/nexus.1",
        "creators": [{"name": "Lovelace, Ada", "nameType": "Personal"}],
        "titles": [{"title": "A light in the house"}],
        "publisher": {"name": "Example Press"},
        "publicationYear": "2024",
        "types": {"resourceTypeGeneral": "JournalArticle"},
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    },
    "ro-crate": {
        "@context": "https://w3id.org/ro/crate/1.2/context",
        "@graph": [{"@id": "ro-crate-metadata.json", "@type": "CreativeWork"}],
    },
    "html": "<!DOCTYPE html>",
    "ndjson": '{"DOI":"10.5555/nexus.1"}\n',
    "csv": "doi,type,title\n10.5555/nexus.1,journal-article,A light in the house\n",
    "parquet": "PAR1",
}
"""An example of each format, by its name."""
OF_LISTS: dict[str, Any] = {
    form.content_type: WORKS if form.name == "json" else OF_FORMATS[form.name] for form in LISTS
}
"""An example of each format of lists, by its media type."""
SITEMAPS = (
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
    "<loc>https://nexus.example/sitemaps/01jexample0000000000000000.xml</loc>"
    "</sitemap></sitemapindex>\n"
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    "<loc>https://nexus.example/works/10.5555%2Fnexus.1</loc>"
    "<lastmod>2026-01-02T03:04:05Z</lastmod></url></urlset>\n"
)
