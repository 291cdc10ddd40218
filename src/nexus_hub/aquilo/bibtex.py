"""Release bodies as BibTeX entries, in UTF-8.

Rules: the entry types and fields of BibTeX (Patashnik, *BibTeXing*, 1988) and its brace counting: a
brace counts even behind a backslash, so braces of the text become commands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from nexus_hub.aquilo import csl

_ENTRY_TYPES: Mapping[str, str] = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "standard": "techreport",
    "thesis": "phdthesis",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
    }
)
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
_RANGE = re.compile(r"(?<=\w)\s*[-–—]+\s*(?=\w)")
_MARKUP = re.compile(r"<(/?)(i|b|sub|sup)>")
_COMMANDS = {"i": "textit", "b": "textbf", "sub": "textsubscript", "sup": "textsuperscript"}
_STOP_WORDS = frozenset(
    re.findall(r"\w+", "a an and are at by das der die for from in is la le les on the to with")
)


def entry(body: Mapping[str, Any], croid: str | None = None) -> str:
    """One release as a BibTeX entry, ended by a line break; the same body gives the same bytes.

    A record that names neither authors nor editors has a `key`, by which styles sort and label it.

    >>> print(entry({"type": "journal-article", "DOI": "10.5555/12", "title": ["On DNA & 5% of it"],
    ...     "author": [{"family": "Żak", "given": "Ewa"}], "issued": {"date-parts": [[2020, 5]]}}))
    @article{zak2020dna,
      author = {Żak, Ewa},
      title = {On {DNA} \\& 5\\% of it},
      year = {2020},
      month = may,
      doi = {10.5555/12},
      url = {https://doi.org/10.5555/12}
    }
    <BLANKLINE>
    """
    item = csl.item(body, croid)
    kind = _entry_type(body, item["type"])
    fields = _fields(item, kind)
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@{kind}{{{key(item)},\n{lines}\n}}\n"


def key(item: csl.Item) -> str:
    """The citation key of a CSL item: family name, year and first telling word, in plain ASCII.

    >>> key({"author": [{"family": "Müller"}], "title": "The <i>Ab</i> initio way",
    ...      "issued": {"date-parts": [[1998]]}})
    'muller1998ab'
    """
    people = item.get("author") or item.get("editor") or [{}]
    name = people[0].get("family") or people[0].get("literal") or ""
    family = _folded(name) or "anon"
    year = str(_date(item)[0]) if _date(item) else "nd"
    title = _MARKUP.sub("", item.get("title", ""))
    words = (_folded(word) for word in re.findall(r"\w+", title))
    word = next((word for word in words if word and word not in _STOP_WORDS), "")
    return f"{family}{year}{word}"


def escape(text: str) -> str:
    """Text with BibTeX's and TeX's special characters made harmless; all else stays UTF-8.

    >>> escape("50% of {a_b} & C~")
    '50\\\\% of \\\\textbraceleft{}a\\\\_b\\\\textbraceright{} \\\\& C\\\\textasciitilde{}'
    """
    # Two characters that TeX would set as one stand apart.
    return _LIGATURES.sub("{}", text.translate(_ESCAPES))


def _entry_type(body: Mapping[str, Any], kind: str) -> str:
    if body.get("type") == "proceedings":
        return "proceedings"
    if kind == "thesis" and "master" in str(body.get("degree", "")).casefold():
        return "mastersthesis"
    return _ENTRY_TYPES.get(kind, "misc")


def _fields(item: csl.Item, kind: str) -> dict[str, str]:
    container = "journal" if kind == "article" else "booktitle"
    publisher = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
    numbered = "number" if "issue" in item or kind == "techreport" else "eid"
    pages = "--".join(escape(end) for end in _RANGE.split(item.get("page", "")))
    date = _date(item)
    fields = {
        "author": _people(item.get("author", ())),
        "editor": _people(item.get("editor", ())),
        "key": "" if item.get("author") or item.get("editor") else _sort_key(item),
        "title": _title(item.get("title", "")),
        container: escape(item.get("container-title", "")) if kind != "misc" else "",
        "howpublished": escape(item.get("container-title", "")) if kind == "misc" else "",
        "series": escape(item.get("collection-title", "")),
        "year": str(date[0]) if date else "",
        "month": _MONTHS[date[1] - 1] if len(date) > 1 else "",
        "volume": escape(item.get("volume", "")),
        "eid": escape(item.get("number", "")) if kind == "article" else "",
        numbered: escape(item.get("issue") or item.get("number", "")),
        "pages": pages,
        publisher.get(kind, "publisher"): escape(item.get("publisher", "")),
        "address": escape(item.get("publisher-place", "")),
        "edition": escape(item.get("edition", "")),
        "version": escape(item.get("version", "")),
        "isbn": escape(item.get("ISBN", "")),
        "issn": escape(item.get("ISSN", "")),
        "doi": _verbatim(item.get("DOI", "")),
        "url": _verbatim(item.get("URL", "")),
    }
    return {
        name: value if name == "month" else f"{{{value}}}"
        for name, value in fields.items()
        if value
    }


def _sort_key(item: csl.Item) -> str:
    """What stands for the people that a record does not name."""
    told = (item.get(name) for name in ("publisher", "container-title", "title", "DOI"))
    return escape(_MARKUP.sub("", next((text for text in told if text), "")))


def _people(names: list[dict[str, str]] | tuple[()]) -> str:
    return " and ".join(_person(name) for name in names)


def _person(name: dict[str, str]) -> str:
    """`Family, Suffix, Given`; a group, and a part that BibTeX would split, stands in braces."""
    if literal := name.get("literal"):
        return f"{{{escape(literal)}}}"
    if "given" not in name and " " in name["family"]:
        return f"{{{escape(name['family'])}}}"
    parts = [name["family"], name.get("suffix", ""), name.get("given", "")]
    return ", ".join(_guarded(part) for part in parts if part)


def _guarded(part: str) -> str:
    splits = "," in part or re.search(r"(?i)\band\b", part)
    return f"{{{escape(part)}}}" if splits else escape(part)


def _title(title: str) -> str:
    """A title whose capitals inside words survive styles that lower them, markup as commands."""
    out: list[str] = []
    open_tags: list[str] = []
    end = 0
    for tag in _MARKUP.finditer(title):
        out.append(_capitals(title[end : tag.start()]))
        end = tag.end()
        if not tag[1]:
            open_tags.append(tag[2])
            out.append(f"\\{_COMMANDS[tag[2]]}{{")
        elif open_tags:
            open_tags.pop()
            out.append("}")
    out.append(_capitals(title[end:]))
    return "".join(out) + "}" * len(open_tags)


def _capitals(text: str) -> str:
    def protected(word: re.Match[str]) -> str:
        inner = word[0][1:]
        return f"{{{escape(word[0])}}}" if inner != inner.lower() else escape(word[0])

    return re.sub(r"\S+", protected, text)


def _verbatim(value: str) -> str:
    """An identifier as it is: readers of `doi` and `url` undo no TeX; lone braces are encoded."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            break
    return value if depth == 0 else value.replace("{", "%7B").replace("}", "%7D")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def _date(item: csl.Item) -> list[int]:
    parts: list[list[int]] = item.get("issued", {}).get("date-parts", [[]])
    return parts[0]
