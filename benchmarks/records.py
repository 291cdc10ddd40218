"""The records that everything is measured on: real works where they are at hand, else the sample.

From them come, all outside the measured time: one file of Crossref works as JSON lines, the same as
containers for alexandria3k, copies under fresh DOIs for the large ladder, and changed titles.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import orjson

from nexus_hub.sample import deposit_list

Work = dict[str, Any]
SAMPLE_COPIES = 25
"""How often the sample is repeated, so that two workers have several batches each."""

CONTAINER_RECORDS = 5000
"""Records in a file of Crossref's public data file."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file of works, one JSON object per line, and where they are from."""

    path: Path
    origin: str
    works: list[Work]

    @property
    def size_bytes(self) -> int:
        """The file's size, uncompressed."""
        return self.path.stat().st_size


def write_input(folder: Path, real_data: Path | None) -> Input:
    """Write the works once as JSON lines, of each DOI the first."""
    real = real_data / "crossref" / "works.jsonl.gz" if real_data else None
    if real is not None and real.is_file():
        with gzip.open(real) as lines:
            raw = [line.strip() for line in lines]
        origin = "real Crossref works"
    else:
        sample = [deposit["metadata"] for deposit in deposit_list()]
        copies = range(SAMPLE_COPIES)
        raw = [orjson.dumps(copy_work(work, copy)) for copy in copies for work in sample]
        origin = (
            f"the bundled sample {SAMPLE_COPIES} times under fresh DOIs,"
            " since NEXUS_REAL_DATA names no folder with real works"
        )
    kept: dict[str, tuple[bytes, Work]] = {}
    for line in raw:
        work = orjson.loads(line)
        kept.setdefault(work["DOI"].lower(), (line, work))
    path = folder / "works.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line, _ in kept.values()))
    return Input(path, origin, [work for _, work in kept.values()])


def organisations_file(folder: Path, real_data: Path | None) -> Path | None:
    """The real organisations, unpacked; None where there are none."""
    real = real_data / "ror" / "ror-v2.jsonl.gz" if real_data else None
    if real is None or not real.is_file():
        return None
    path = folder / "organisations.jsonl"
    with gzip.open(real) as content:
        path.write_bytes(content.read())
    return path


def write_containers(folder: Path, works: Sequence[Work]) -> None:
    """Write the works as a folder of the public data file, with plain numbers."""
    folder.mkdir()
    for number, first in enumerate(range(0, len(works), CONTAINER_RECORDS)):
        items = [flatten_numbers(work) for work in works[first : first + CONTAINER_RECORDS]]
        with gzip.open(folder / f"{number}.json.gz", "wb") as file:
            file.write(b'{\n"items": ' + orjson.dumps(items) + b"}\n")


def flatten_numbers(value: Any) -> Any:
    """The value with every `{"$numberLong": "1"}` as the number it stands for.

    >>> flatten_numbers({"start": [{"$numberLong": "17"}]})
    {'start': [17]}
    """
    if isinstance(value, dict):
        if value.keys() == {"$numberLong"}:
            return int(value["$numberLong"])
        return {name: flatten_numbers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [flatten_numbers(member) for member in value]
    return value


def copy_work(work: Work, copy: int) -> Work:
    """The work under a fresh DOI, citing copies of what it cites, in another order.

    Copy 0 is the work itself. A reference leads to this or an earlier copy, or to the original.

    >>> cited = {"key": "a", "DOI": "10.5555/b"}, {"key": "c"}
    >>> copy_work({"DOI": "10.5555/a", "reference": list(cited)}, 1)
    {'DOI': '10.5555/a-c1', 'reference': [{'key': 'c-1'}, {'key': 'a-1', 'DOI': '10.5555/b-c1'}]}
    """
    if copy == 0:
        return work
    references = work.get("reference") or []
    turn = copy % len(references) if references else 0
    copied = [
        _copy_reference(reference, copy, (copy + place) % (copy + 1))
        for place, reference in enumerate(references)
    ]
    changed = {**work, "DOI": f"{work['DOI']}-c{copy}"}
    if references:
        changed["reference"] = copied[turn:] + copied[:turn]
    return changed


def _copy_reference(reference: Work, copy: int, cited_copy: int) -> Work:
    changed = {**reference, "key": f"{reference.get('key', '')}-{copy}"}
    if "DOI" in reference and cited_copy:
        changed["DOI"] = f"{reference['DOI']}-c{cited_copy}"
    return changed


def write_copies(path: Path, works: Sequence[Work], copies: Sequence[int]) -> int:
    """Write these copies of all works as JSON lines; how many records they are."""
    with path.open("wb") as file:
        for copy in copies:
            file.writelines(orjson.dumps(copy_work(work, copy)) + b"\n" for work in works)
    return len(works) * len(copies)


def typical_articles(works: Sequence[Work]) -> list[Work]:
    """Journal articles in the middle half by authors as well as by references."""
    articles = [work for work in works if work.get("type") == "journal-article"]
    chosen = [work for work in articles if work.get("title")]
    for member in ("author", "reference"):
        low, _, high = quantiles([len(work.get(member) or []) for work in articles], n=4)
        chosen = [work for work in chosen if low <= len(work.get(member) or []) <= high]
    return chosen


def write_retitled(path: Path, works: Sequence[Work], edition: int) -> None:
    """Write the works with another title each, and nothing else changed."""
    with path.open("wb") as file:
        file.writelines(orjson.dumps(retitled) + b"\n" for retitled in _retitled(works, edition))


def _retitled(works: Sequence[Work], edition: int) -> Iterator[Work]:
    for work in works:
        first, *others = work["title"]
        yield {**work, "title": [f"{first} ({edition})", *others]}
