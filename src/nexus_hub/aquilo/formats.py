"""The formats there are, of one work and of lists: one table that everything reads.

Content negotiation, `/transform`, `?format=`, links, the contract and the documentation know a
format from here alone. A writer is read when its format is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

JSON = "application/json"
CSL = "application/vnd.citationstyles.csl+json"
BIBTEX = "application/x-bibtex"
RIS = "application/x-research-info-systems"
CITATION = "text/x-bibliography"
SCHEMA_ORG = "application/vnd.schemaorg.ld+json"
DATACITE = "application/vnd.datacite.datacite+json"
TURTLE = "text/turtle"
RDF_XML = "application/rdf+xml"
LD_JSON = "application/ld+json"
RO_CRATE_PROFILE = "https://w3id.org/ro/crate"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"
HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Source:
    """What a work is written from: its body, its CROID, and what was asked for beside the type."""

    body: Mapping[str, Any]
    croid: str
    style: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A media type, what else it is called, and how a work or a list of works is written in it.

    `name` is what `?format=` says. The format of a work without `write` is the API's own. Of two
    formats of one media type the profile tells which is meant. `is_slow` writes aside, so that
    nobody else waits.
    """

    name: str
    media_type: str
    extension: str
    title: str
    aliases: tuple[str, ...] = ()
    profile: str = ""
    write: Callable[[Source], bytes] | None = field(default=None, compare=False)
    write_list: Callable[[Sequence[bytes]], bytes] | None = field(default=None, compare=False)
    is_slow: bool = False

    @property
    def content_type(self) -> str:
        """The media type, with its profile where it has one."""
        return f'{self.media_type}; profile="{self.profile}"' if self.profile else self.media_type

    @property
    def types(self) -> tuple[str, ...]:
        """All media types it is asked for by."""
        return (self.media_type, *self.aliases)


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value)


def _write_csl(source: Source) -> bytes:
    from nexus_hub.aquilo import csl

    return _json(csl.item(source.body, source.croid))


def _write_bibtex(source: Source) -> bytes:
    from nexus_hub.aquilo import bibtex

    return bibtex.entry(source.body, source.croid).encode()


def _write_ris(source: Source) -> bytes:
    from nexus_hub.aquilo import ris

    return ris.record(source.body, source.croid).encode()


def _write_citation(source: Source) -> bytes:
    from nexus_hub.aquilo import citation

    told = citation.cite(source.body, source.croid, source.style, source.locale)
    return f"{told}\n".encode()


def _write_schema_org(source: Source) -> bytes:
    from nexus_hub.aquilo import schema_org

    return _json(schema_org.work(source.body, source.croid))


def _write_turtle(source: Source) -> bytes:
    from nexus_hub.aquilo import rdf

    return rdf.serialise(source.body, source.croid, "turtle")


def _write_rdf_xml(source: Source) -> bytes:
    from nexus_hub.aquilo import rdf

    return rdf.serialise(source.body, source.croid, "xml")


def _write_datacite(source: Source) -> bytes:
    from nexus_hub.aquilo import datacite_json

    return _json(datacite_json.record(source.body))


def _write_ro_crate(source: Source) -> bytes:
    from nexus_hub.aquilo import ro_crate

    return _json(ro_crate.metadata(source.body, source.croid))


def _ndjson(items: Sequence[bytes]) -> bytes:
    from nexus_hub.aquilo import tables

    return tables.write_ndjson(items)


def _csv(items: Sequence[bytes]) -> bytes:
    from nexus_hub.aquilo import tables

    return tables.write_csv(items)


def _parquet(items: Sequence[bytes]) -> bytes:
    from nexus_hub.aquilo import tables

    return tables.write_parquet(items)


ITEMS: tuple[Format, ...] = (
    Format(
        "json", JSON, "json", "Crossref JSON", ("application/vnd.crossref-api-message+json",)
    ),
    Format(
        "csl", CSL, "csl.json", "CSL-JSON", ("application/citeproc+json",), write=_write_csl
    ),
    Format("bibtex", BIBTEX, "bib", "BibTeX", ("text/x-bibtex",), write=_write_bibtex),
    Format(
        "ris", RIS, "ris", "RIS", ("application/research-info-systems",), write=_write_ris
    ),
    Format(
        "citation", CITATION, "txt", "Formatted citation", write=_write_citation, is_slow=True
    ),
    Format(
        "schema-org", SCHEMA_ORG, "jsonld", "schema.org JSON-LD", (LD_JSON,),
        write=_write_schema_org,
    ),
    Format("turtle", TURTLE, "ttl", "RDF, Turtle", write=_write_turtle, is_slow=True),
    Format("rdf-xml", RDF_XML, "rdf", "RDF/XML", write=_write_rdf_xml, is_slow=True),
    Format(
        "datacite", DATACITE, "datacite.json", "DataCite JSON", ("application/x-datacite+json",),
        write=_write_datacite,
    ),
    Format(
        "ro-crate", LD_JSON, "ro-crate.json", "RO-Crate metadata", profile=RO_CRATE_PROFILE,
        write=_write_ro_crate,
    ),
    Format("html", HTML, "html", "Page for people"),
)  # fmt: skip
"""Of one work, the one given to who does not mind first."""

LISTS: tuple[Format, ...] = (
    Format("json", JSON, "json", "Crossref JSON", ("application/vnd.crossref-api-message+json",)),
    Format(
        "ndjson", NDJSON, "ndjson", "JSON, a work a line",
        ("application/ndjson", "application/jsonl"), write_list=_ndjson,
    ),
    Format("csv", CSV, "csv", "CSV", write_list=_csv),
    Format(
        "parquet", PARQUET, "parquet", "Parquet", ("application/x-parquet",), write_list=_parquet,
        is_slow=True,
    ),
)  # fmt: skip
"""Of lists of works, the one given to who does not mind first."""
