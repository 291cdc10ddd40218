"""Real identifiers, with the dirt that real data has."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise, normalise_doi

pytestmark = pytest.mark.real_data


def records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def test_real_dois_have_a_normal_form(real_data: Path) -> None:
    refused, total = [], 0
    with gzip.open(real_data / "crossref" / "doi-strings.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            total += 1
            try:
                normal = normalise_doi(line.rstrip("\n"))
            except MalformedIdentifier as error:
                refused.append(error.detail)
            else:
                assert normalise_doi(normal.upper()) == normal
    print(f"{len(refused)} of {total} DOI strings refused ({len(refused) / total:.4%}): {refused}")
    assert len(refused) / total < 0.0005


def test_real_ror_ids_pass_their_checksum(real_data: Path) -> None:
    ids = [record["id"] for record in records(real_data / "ror" / "ror-v2.jsonl.gz")]
    assert [normalise("ror", ror_id) for ror_id in ids] == [ror_id[-9:] for ror_id in ids]


def test_real_works_carry_sound_orcids_issns_and_funders(real_data: Path) -> None:
    given = set()
    for work in records(real_data / "crossref" / "works.jsonl.gz"):
        given |= {
            ("orcid", author["ORCID"]) for author in work.get("author") or [] if "ORCID" in author
        }
        given |= {("issn", issn) for issn in work.get("ISSN") or []}
        given |= {
            ("funder", funder["DOI"]) for funder in work.get("funder") or [] if "DOI" in funder
        }
        given |= {("isbn", isbn) for isbn in work.get("ISBN") or []}
    refused = []
    for scheme, value in sorted(given):
        try:
            normalise(scheme, value)
        except MalformedIdentifier as error:
            refused.append(error.detail)
    print(f"{len(refused)} of {len(given)} refused: {refused}")
    assert len(refused) / len(given) < 0.01
