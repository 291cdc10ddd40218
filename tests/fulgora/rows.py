"""Small files of each source, written for tests."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nexus_hub.fulgora.updates import RETRACTION_WATCH_COLUMNS


def write_table(
    path: Path, header: Sequence[str], rows: Sequence[Mapping[str, str]], **options: Any
) -> str:
    """A CSV of these rows; what a row lacks is empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n", **options)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def retraction(number: int, doi: str, nature: str = "Retraction", **cells: str) -> dict[str, str]:
    """A row of Retraction Watch."""
    return {
        "Record ID": str(number),
        "Title": "On Salt",
        "RetractionDate": "2/1/2015 0:00",
        "RetractionDOI": f"10.5555/notice{number}",
        "OriginalPaperDate": "11/9/2011 0:00",
        "OriginalPaperDOI": doi,
        "OriginalPaperPubMedID": "0",
        "RetractionNature": nature,
        "Reason": "+Fake Peer Review;+Paper Mill;",
        **{name.replace("_", " "): cell for name, cell in cells.items()},
    }


def retraction_watch(path: Path, *rows: Mapping[str, str]) -> str:
    """A file of Retraction Watch."""
    return write_table(path, RETRACTION_WATCH_COLUMNS, rows)


def concept(number: int, name: str, more: str = "", changed: str = "2018-01-01T00:00:00") -> str:
    """A concept of the funder registry."""
    return (
        f'<skos:Concept rdf:about="http://dx.doi.org/10.13039/{number}">'
        '<skosxl:prefLabel><skosxl:Label rdf:about="http://x.org/l">'
        f'<skosxl:literalForm xml:lang="en">{name}</skosxl:literalForm></skosxl:Label>'
        f"</skosxl:prefLabel>{more}<dct:created>2010-01-01T00:00:00</dct:created>"
        f"<dct:modified>{changed}</dct:modified>"
        "<svf:fundingBodyType>gov</svf:fundingBodyType></skos:Concept>\n"
    )


def relation(name: str, number: int) -> str:
    """A relation of a concept to another."""
    return f'<{name} rdf:resource="http://dx.doi.org/10.13039/{number}" />'


def funder_registry(path: Path, *concepts: str) -> str:
    """A file of the funder registry."""
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "svf": "http://data.crossref.org/fundingdata/xml/schema/grant/grant-1.2/",
        "fref": "http://data.crossref.org/fundingdata/terms",
    }
    named = " ".join(f'xmlns:{short}="{long}"' for short, long in spaces.items())
    text = f'<?xml version="1.0"?>\n<rdf:RDF {named}>\n{"".join(concepts)}</rdf:RDF>\n'
    path.write_text(text, encoding="utf-8")
    return str(path)


DOAJ_COLUMNS = (
    "Journal title", "Alternative title", "Journal ISSN (print version)",
    "Journal EISSN (online version)", "Publisher", "Journal license", "APC", "Added on Date",
    "Last updated Date",
)  # fmt: skip


def journal(title: str, printed: str = "", online: str = "", **cells: str) -> dict[str, str]:
    """A row of the DOAJ."""
    return {
        "Journal title": title,
        "Journal ISSN (print version)": printed,
        "Journal EISSN (online version)": online,
        "Publisher": "Press",
        "Journal license": "CC BY",
        "APC": "No",
        "Added on Date": "2012-04-19T15:49:28Z",
        **cells,
    }


def doaj(path: Path, *rows: Mapping[str, str]) -> str:
    """A file of the DOAJ."""
    return write_table(path, DOAJ_COLUMNS, rows)


def person(orcid: str, family: str | None = "Salt", *dois: str, day: int = 1) -> dict[str, Any]:
    """A public ORCID record as JSON."""
    name = {"given-names": {"value": "Ann"}, "family-name": {"value": family}} if family else None
    works = [
        {
            "external-ids": {"external-id": []},
            "work-summary": [
                {
                    "title": {"title": {"value": "On Salt"}},
                    "source": {"source-name": {"value": "Ann Salt"}},
                    "external-ids": {
                        "external-id": [
                            {
                                "external-id-type": "doi",
                                "external-id-value": f"https://doi.org/{doi}",
                                "external-id-relationship": "SELF",
                            }
                        ]
                    },
                }
            ],
        }
        for doi in dois
    ]
    job = {
        "department-name": "Chemistry",
        "role-title": "Professor",
        "start-date": {"year": {"value": "2013"}, "month": {"value": "02"}, "day": None},
        "end-date": None,
        "organization": {
            "name": "Salt University",
            "disambiguated-organization": {
                "disambiguated-organization-identifier": "https://ror.org/05gq02987",
                "disambiguation-source": "ROR",
            },
        },
    }
    return {
        "orcid-identifier": {"path": orcid},
        "history": {"last-modified-date": {"value": 1626783344981 + day * 86_400_000}},
        "person": {"name": name},
        "activities-summary": {
            "works": {"group": works},
            "employments": {"affiliation-group": [{"summaries": [{"employment-summary": job}]}]},
        },
    }
