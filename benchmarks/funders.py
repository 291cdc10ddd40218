"""Makes a truth file of funders' names as publishers wrote them, and what each of them means.

Reads `crossref/` and `datacite/` below the folder that NEXUS_REAL_DATA names:

    NEXUS_REAL_DATA=... python benchmarks/funders.py truth.jsonl
    NEXUS_REAL_DATA=... python benchmarks/funders.py --truth published truth.jsonl

What a name means was judged twice, by language models that saw the name and likely organisations
in no order, but neither what anybody answers nor the publisher's id (`funders.tsv`, by hash of the
name; `-`: none that the registries have, `?`: the name alone does not tell). A name is `judged`
where both say an organisation that is the same; `either` takes the publishers' ids for the others;
`published` takes these for all. Each name is one line, with how often it was given an id.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nexus_hub.vulcanus.funder_match import funder_id
from nexus_hub.vulcanus.truth import read_lines

CROSSREF = ("works.jsonl.gz", "works-ama.jsonl.gz")
JUDGED = Path(__file__).with_name("funders.tsv")
TRUTHS = ("judged", "either", "published")
NOBODY = "none"
"""What a name is given as its id that means an organisation of no registry."""


def named(folder: Path) -> Iterator[tuple[Any, Any]]:
    """Names of funders as deposited, and what stands beside them as their id."""
    for name in CROSSREF:
        for work in read_lines(folder / "crossref" / name):
            yield from ((one.get("name"), one.get("DOI")) for one in objects(work.get("funder")))
    for record in read_lines(folder / "datacite" / "dois.jsonl.gz"):
        attributes = record.get("attributes") or record.get("data", {}).get("attributes") or record
        for one in objects(attributes.get("fundingReferences")):
            yield one.get("funderName"), one.get("funderIdentifier")


def objects(items: Any) -> list[dict[str, Any]]:
    """The objects of a list; none of what is no list."""
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def read_judgements() -> dict[str, list[str]]:
    """By hash of a name, the ids that both readers gave it; not there where they gave none."""
    found: dict[str, list[str]] = {}
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, dialect=csv.excel_tab):
            both = set(row["one"].split()) & set(row["two"].split()) - {"?"}
            if both:
                found[row["name"]] = [NOBODY] if both == {"-"} else sorted(both)
    return found


def name_hash(name: str) -> str:
    """What stands for a name among the judgements.

    >>> name_hash("Salt Fund")
    '280a639e86625557'
    """
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def main(target: Path, truth: str) -> None:
    """Write the truth file, sorted by name."""
    found: dict[str, Counter[str]] = {}
    for name, given in named(Path(os.environ["NEXUS_REAL_DATA"])):
        funder = funder_id(given) if isinstance(given, str) else ""
        if funder and isinstance(name, str) and name.strip():
            found.setdefault(name.strip(), Counter())[funder] += 1
    judged = {} if truth == "published" else read_judgements()
    written = 0
    with target.open("w", encoding="utf-8") as lines:
        for name, ids in sorted(found.items()):
            meant = judged.get(name_hash(name), None if truth == "judged" else sorted(ids))
            if meant:
                row = {"text": name, "ids": meant, "mentions": ids.total()}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
                written += 1
    print(f"{written:,} of {len(found):,} names of funders: {target}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a truth file of funders' names.")
    parser.add_argument("target", type=Path)
    parser.add_argument("--truth", choices=TRUTHS, default=TRUTHS[0])
    arguments = parser.parse_args()
    main(arguments.target, arguments.truth)
