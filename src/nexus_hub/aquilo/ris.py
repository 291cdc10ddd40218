"""Release bodies as RIS records, in UTF-8 with lines ended by CR LF.

Rules: the RIS tags as reference managers read them (Reference Manager's specification of 2001 and
the tags that EndNote added: `DO`, `C7`, `LA`). A name is `Family, Given, Suffix`: a comma that
stands in a part of it would make two parts, so it becomes a space. RIS knows no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nexus_hub.aquilo import csl

_TYPES: Mapping[str, str] = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "article": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "SER",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""CSL item types -> RIS types; what is missing here is `GEN`."""

_PAGES = re.compile(r"\s*[-–—]+\s*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def record(body: Mapping[str, Any], croid: str | None = None) -> str:
    r"""One release as a RIS record, from `TY` to `ER`; the same body gives the same bytes.

    >>> print(record({"type": "journal-article", "title": ["On <i>E. coli</i>"], "page": "7-9",
    ...     "author": [{"family": "Żak", "given": "Ewa"}]}).replace("\r\n", "|"))
    TY  - JOUR|AU  - Żak, Ewa|TI  - On E. coli|SP  - 7|EP  - 9|ER  - |
    """
    item = csl.item(body, croid)
    lines = [f"TY  - {_TYPES.get(item['type'], 'GEN')}"]
    lines += [f"{tag}  - {told}" for tag, value in _tags(item) if (told := _line(value))]
    return "\r\n".join([*lines, "ER  - ", ""])


def _tags(item: csl.Item) -> Iterator[tuple[str, str]]:
    yield from (("AU", _name(name)) for name in item.get("author", ()))
    yield from (("A2", _name(name)) for name in item.get("editor", ()))
    yield from (("A4", _name(name)) for name in item.get("translator", ()))
    yield "TI", csl.plain(item.get("title", ""))
    yield "T2", csl.plain(item.get("container-title", ""))
    yield "J2", csl.plain(item.get("container-title-short", ""))
    yield "T3", csl.plain(item.get("collection-title", ""))
    yield from _date(item)
    yield "VL", item.get("volume", "")
    yield "IS", item.get("issue", "")
    yield from _pages(item.get("page", ""))
    yield "C7", item.get("number", "") if item["type"] == "article-journal" else ""
    yield "M1", "" if item["type"] == "article-journal" else item.get("number", "")
    yield "ET", item.get("edition", "")
    yield "PB", item.get("publisher", "")
    yield "CY", item.get("publisher-place", "")
    yield "M3", item.get("genre", "")
    yield "SN", item.get("ISSN", "") or item.get("ISBN", "")
    yield "LA", item.get("language", "")
    yield from (("KW", word) for word in item.get("keyword", "").split(", "))
    yield "AB", item.get("abstract", "")
    yield "DO", item.get("DOI", "")
    yield "UR", item.get("URL", "")


def _name(name: Mapping[str, str]) -> str:
    if literal := name.get("literal"):
        return _part(literal)
    parts = [name["family"], name.get("given", ""), name.get("suffix", "")]
    while not parts[-1]:
        parts.pop()
    return ", ".join(_part(part) for part in parts)


def _part(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _date(item: csl.Item) -> Iterator[tuple[str, str]]:
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if parts:
        month, day = (f"{number:02}" for number in [*parts[1:], 0, 0][:2])
        yield "PY", str(parts[0])
        if len(parts) > 1:
            yield "DA", f"{parts[0]:04}/{month}/{day if len(parts) > 2 else ''}/"


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    """First and last page of a plain span; anything else stands whole at the first."""
    ends = _PAGES.split(pages)
    if len(ends) == 2 and all(end and not re.search(r"[,;\s]", end) for end in ends):
        yield "SP", ends[0]
        yield "EP", ends[1]
    else:
        yield "SP", pages


def _line(value: str) -> str:
    return " ".join(_CONTROL.sub(" ", value).split())
