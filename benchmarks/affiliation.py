"""How often the affiliation strategy is right, and how fast: prints, asserts nothing.

Reads `ror/` and `truth/affiliations.jsonl.gz` below the folder that NEXUS_REAL_DATA names:

    NEXUS_REAL_DATA=... python benchmarks/affiliation.py [--part all|seen|held-out]

A third of the strings (by hash) is held out from whoever changes the rules. The publishers'
assertions name one organisation of a string where it often names two, so three measures are shown:
of all (string, organisation) pairs; of strings, right when a true organisation is among those
chosen; and the same with parents, children and siblings of a true one counted as right.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_hub.vulcanus.matcher import Match, match
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex


@dataclass(frozen=True, slots=True)
class Case:
    """A string, the organisations it is known to name, and who said so."""

    text: str
    source: str
    true_rors: frozenset[str]


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a gzip file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def organisations(folder: Path) -> Iterator[Organisation]:
    """The registry: schema 2, and what is known in schema 1 alone."""
    for record in records(folder / "ror-v2.jsonl.gz"):
        places = [place["geonames_details"] for place in record["locations"]] or [{}]
        names = [(name["value"], kind) for name in record["names"] for kind in name["types"]]
        country, city = places[0].get("country_code"), places[0].get("name")
        yield _organisation(record, country, city, names)
    for record in records(folder / "ror-v1.jsonl.gz"):
        names = [(record["name"], "ror_display")]
        names += [(label["label"], "label") for label in record["labels"]]
        names += [(value, "alias") for value in record["aliases"]]
        names += [(value, "acronym") for value in record["acronyms"]]
        city = record["addresses"][0]["city"] if record["addresses"] else None
        yield _organisation(record, record["country"]["country_code"], city, names)


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
    )


def cases(path: Path, part: str) -> Iterator[Case]:
    """The strings of a part, with what their source says they name."""
    for row in records(path):
        text = row.get("affiliation") or row["original_affiliation"]
        held_out = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0
        if part == "all" or held_out == (part == "held-out"):
            rors = row["ror"] if "ror" in row else ast.literal_eval(row["labels"])
            yield Case(text, row["source"], frozenset(rors))


def related(index: OrganisationIndex, one: str, other: str) -> bool:
    """Whether two organisations are parent and child, or have a parent in common."""
    left, right = index.by_ror(one), index.by_ror(other)
    if left is None or right is None:
        return False
    above = index.is_under(left, right) or index.is_under(right, left)
    return above or not set(left.parents).isdisjoint(right.parents)


def living(index: OrganisationIndex, ror: str) -> str:
    """The organisation, or the one it became."""
    known = index.by_ror(ror)
    successor = index.living(known) if known else None
    return successor.ror if successor else ror


def measure(title: str, index: OrganisationIndex, answers: list[tuple[Case, Match]]) -> None:
    """Print precision, recall and F1 of these answers, three ways."""
    pairs = [0, 0, 0]
    answered = right = near = 0
    for case, found in answers:
        true = {living(index, ror) for ror in case.true_rors}
        chosen = {candidate.ror for candidate in found.chosen}
        pairs[0] += len(chosen & true)
        pairs[1] += len(chosen - true)
        pairs[2] += len(true - chosen)
        answered += bool(chosen)
        right += bool(chosen & true)
        near += bool(chosen & true) or any(related(index, a, b) for a in chosen for b in true)
    print(f"{title}: {len(answers)} strings, {answered} answered")
    _line("pairs", pairs[0], pairs[0] + pairs[1], pairs[0] + pairs[2])
    _line("strings", right, answered, len(answers))
    _line("strings, with kin", near, answered, len(answers))


def _line(title: str, right: int, given: int, wanted: int) -> None:
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  {title:18} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")


def main() -> None:
    """Load the registry, match every string, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=["all", "seen", "held-out"], default="all")
    part = parser.parse_args().part
    folder = os.environ.get("NEXUS_REAL_DATA")
    if not folder:
        sys.exit("NEXUS_REAL_DATA names no folder: there is nothing to measure")
    rows = list(organisations(Path(folder) / "ror"))
    before, clock = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    index = OrganisationIndex(rows)
    spent = time.process_time() - clock
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{len(index)} organisations indexed in {spent:.1f} CPU s, {grown:.0f} MB")
    strings = list(cases(Path(folder) / "truth" / "affiliations.jsonl.gz", part))
    clock = time.process_time()
    answers = [(case, match(case.text, index)) for case in strings]
    spent = time.process_time() - clock
    print(f"{len(strings)} strings ({part}) in {spent:.2f} CPU s: {len(strings) / spent:.0f}/s")
    known = [(c, m) for c, m in answers if all(index.by_ror(ror) for ror in c.true_rors)]
    for source in sorted({case.source for case in strings}):
        measure(f"{source}, in the registry", index, [a for a in known if a[0].source == source])
    measure("all, in the registry", index, known)
    strange = [(c, m) for c, m in answers if not any(index.by_ror(ror) for ror in c.true_rors)]
    wrong = sum(bool(found.chosen) for _, found in strange)
    print(f"true organisation not in the registry: {len(strange)} strings, {wrong} answered")


if __name__ == "__main__":
    main()
