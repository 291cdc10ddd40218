"""Makes a truth file of funders: their names, and the funder ids that publishers gave beside them.

Reads `crossref/` and `datacite/` below the folder that NEXUS_REAL_DATA names:

    NEXUS_REAL_DATA=... python benchmarks/funders.py truth.jsonl

Each different name is one line, with all ids it was given and how often. What of it is true is told
by `nexus evaluate funder`.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nexus_hub.vulcanus.funder_match import funder_id
from nexus_hub.vulcanus.truth import read_lines

CROSSREF = ("works.jsonl.gz", "works-ama.jsonl.gz")


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


def main(target: Path) -> None:
    """Write the truth file, sorted by name."""
    found: dict[str, Counter[str]] = {}
    for name, given in named(Path(os.environ["NEXUS_REAL_DATA"])):
        funder = funder_id(given) if isinstance(given, str) else ""
        if funder and isinstance(name, str) and name.strip():
            found.setdefault(name.strip(), Counter())[funder] += 1
    with target.open("w", encoding="utf-8") as lines:
        for name, ids in sorted(found.items()):
            row = {"text": name, "ids": sorted(ids), "mentions": ids.total()}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(found):,} names of funders: {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
