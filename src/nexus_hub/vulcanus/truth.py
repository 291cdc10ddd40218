"""Reads truth files: JSON lines, also in gzip, of an input and the ids it truly names."""

from __future__ import annotations

import ast
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from nexus_hub.catalog.canonical import RefusedRecordError
from nexus_hub.catalog.funder import is_funder_body, read_funder
from nexus_hub.platform.elements import read_elements
from nexus_hub.vulcanus.evaluation import Case
from nexus_hub.vulcanus.organisations import Organisation

TEXTS: Final = ("text", "input", "affiliation", "original_affiliation", "reference", "name")
CHUNK: Final = 1 << 16
IDS: Final = ("ids", "ror", "labels", "doi", "organisation", "id")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line; a name that ends in `.gz` is unpacked."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a truth file; raises ValueError with the number of a line that is none.

    The input is under `text`, `input`, `affiliation`, `original_affiliation`, `reference` or
    `name`; what it names under `ids`, `ror`, `labels`, `doi`, `organisation` or `id`: a string, a
    list, or a list or set as Python writes it.
    """
    for number, row in enumerate(read_lines(path), start=1):
        text = next((row[name] for name in TEXTS if row.get(name)), None)
        ids = next((row[name] for name in IDS if row.get(name)), None)
        if not isinstance(text, str) or not ids:
            raise ValueError(f"line {number} has no input or no id")
        yield Case(text, frozenset(_ids(ids)))


def _ids(value: Any) -> list[str]:
    if isinstance(value, str):
        value = ast.literal_eval(value) if value[0] in "[{" else [value]
    return [one for one in value if isinstance(one, str)]


def read_organisations(path: Path) -> Iterator[Organisation]:
    """The organisations of a file of ROR records, of schema 1 or 2, or of the funder registry.

    The funder registry is told by its name: `.rdf` or `.xml`, also with `.gz`.
    """
    is_xml = path.name.removesuffix(".gz").endswith((".rdf", ".xml"))
    for record in read_concepts(path) if is_xml else read_lines(path):
        if "names" in record:
            places = [place.get("geonames_details", {}) for place in record["locations"]] or [{}]
            names = [(name["value"], kind) for name in record["names"] for kind in name["types"]]
            country, city = places[0].get("country_code"), places[0].get("name")
        else:
            names = [(record["name"], "ror_display")]
            names += [(label["label"], "label") for label in record["labels"]]
            names += [(value, "alias") for value in record["aliases"]]
            names += [(value, "acronym") for value in record["acronyms"]]
            city = record["addresses"][0]["city"] if record["addresses"] else None
            country = record["country"]["country_code"]
        yield _organisation(record, country, city, names)


def _organisation(
    record: dict[str, Any], country: str | None, city: str | None, names: list[tuple[str, str]]
) -> Organisation:
    related: dict[str, list[str]] = {"successor": [], "parent": []}
    for relation in record["relationships"]:
        related.get(relation["type"].lower(), []).append(relation["id"])
    return Organisation(
        croid=record["id"],
        ror=record["id"],
        status=record["status"],
        country_code=country,
        city=city,
        names=names,
        successor_ror=next(iter(related["successor"]), None),
        parent_rors=tuple(related["parent"]),
        funders=tuple(_funders(record)),
    )


def _funders(record: dict[str, Any]) -> Iterator[str]:
    """The funder ids of a record; what closed yields those that it does not bear itself."""
    if is_funder_body(record):
        yield record["id"].removeprefix("https://doi.org/")
        return
    external = record["external_ids"]
    if isinstance(external, dict):
        external = [{"type": kind.lower(), **each} for kind, each in external.items()]
    for one in external if record["status"] == "active" else ():
        if one["type"] == "fundref":
            yield from (f"10.13039/{number}" for number in one["all"] or ())


def read_concepts(path: Path) -> Iterator[dict[str, Any]]:
    """The funders of an RDF file of the funder registry, as records in schema 2."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        chunks = iter(lambda: file.read(CHUNK), b"")
        for _, _, value in read_elements(chunks, lambda name, depth: name == "Concept"):
            try:
                yield read_funder(orjson.dumps(value))[0]
            except RefusedRecordError:
                continue
