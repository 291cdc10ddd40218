"""Reads references: what a string or the members of a deposited reference say of what is cited.

A string is not taken apart for good: its numbers, names and years are noted as candidates, and
whether a work is meant is decided by holding the work against the string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LONGEST: Final = 2000
"""Characters of a reference that are read."""

_YEAR = re.compile(r"(?<![\d.:/-])(1[5-9]\d\d|20[0-4]\d)(?=[a-z]?(?![\w/-]|-\d{1,2}\b))", re.A)
_NUMBER = re.compile(r"\b[A-Za-z]{0,2}\d[\dA-Za-z]{0,11}\b", re.A)
_RANGE = re.compile(
    r"\b([A-Za-z]{0,2}\d{1,7}[A-Za-z]?)\s*(?:-|\u2010|\u2011|\u2013|\u2014|\u2212|--)\s*[A-Za-z]{0,2}\d",
    re.A,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_BROKEN = re.compile(r"(\w)[-\u00ad\u2010]\s*\n\s*(\w)")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
    "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Squashed:
    """A text reduced to its letters and digits, and where each of them stood in it."""

    text: str
    source: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference says. Of a string `title` is None; the candidates may hold wrong ones.

    `pairs` are volumes with first pages; `has_place` says that what stands there can only be these.
    `surnames`, `numbers` and `pages` are in comparable form. `has_string`: `text` is as written.
    """

    text: Squashed
    words: tuple[str, ...]
    surnames: tuple[str, ...]
    years: tuple[int, ...]
    pairs: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]
    numbers: frozenset[str]
    dois: tuple[str, ...]
    title: str | None = None
    container: str | None = None
    is_structured: bool = False
    has_place: bool = False
    has_string: bool = True


def squash(text: str) -> Squashed:
    """The letters and digits of a text, lower case, without marks; Greek letters by their names.

    >>> squash("β-Catenin & Łódź").text
    'betacateninlodz'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isascii():
            if character.isalnum():
                letters.append(character.lower())
                places.append(place)
            continue
        for part in unicodedata.normalize("NFKD", character.casefold()):
            for letter in _GREEK.get(part, part):
                if letter.isalnum():
                    letters.append(letter)
                    places.append(place)
    return Squashed("".join(letters), text, tuple(places))


def comparable_words(text: str) -> list[str]:
    """The words of a text, each squashed.

    >>> comparable_words("O'Brien, M. & Müller")
    ['obrien', 'm', 'muller']
    """
    return [squash(word).text for word in _WORD.findall(text)]


def comparable_number(text: object) -> str:
    """A volume or page as letters and digits, without leading zeros.

    >>> comparable_number("B 037"), comparable_number(" 0012")
    ('b037', '12')
    """
    return re.sub(r"[^a-z0-9]", "", str(text).lower()).lstrip("0")[:40]


def clean_text(text: str) -> str:
    """A text without markup, its lines joined; a hyphen at the end of a line joins the word.

    >>> clean_text("differ-\\nences in <i>E. coli</i>")
    'differences in E. coli'
    """
    text = unicodedata.normalize("NFC", text[:LONGEST])
    text = _TAG.sub("", text).replace("&amp;", "&")
    return " ".join(_BROKEN.sub(r"\1\2", text).split())


def read_string(text: str) -> Reference:
    """What a reference as written says.

    >>> read = read_string("Maher TM (2007) Fibrosis. Eur Respir J 30(2):835-839.")
    >>> read.years, ("30", "835") in read.pairs, read.surnames[0]
    ((2007,), True, 'maher')
    """
    cleaned = clean_text(text)
    dois = tuple(found.rstrip(".,;:)]}'").lower() for found in _DOI.findall(cleaned))[:3]
    plain = _DOI.sub(" ", cleaned)
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(plain)))
    found = [comparable_number(number) for number in _NUMBER.findall(plain)]
    numbers = [number for number in found if number]
    starts = [comparable_number(start) for start in _RANGE.findall(plain)]
    words = tuple(comparable_words(plain))
    dated = {str(year) for year in years}
    return Reference(
        text=squash(plain),
        words=words,
        surnames=tuple(dict.fromkeys(word for word in words[:14] if len(word) > 2))[:6],
        years=years[:3],
        pairs=_pairs(numbers, starts),
        pages=tuple(dict.fromkeys(starts or [n for n in numbers if n not in dated][-3:]))[:4],
        numbers=frozenset(numbers),
        dois=dois,
        # What is online first is paged from 1, which says nothing.
        has_place=bool(set(starts) - {"1"}),
    )


def _pairs(numbers: list[str], starts: list[str]) -> tuple[tuple[str, str], ...]:
    """Numbers that may be a volume with its first page: the page is the next but two at most."""
    found: dict[tuple[str, str], None] = {}
    ends = set(starts)
    for at, volume in enumerate(numbers):
        for page in numbers[at + 1 : at + 4]:
            if page in ends or not ends:
                found[volume, page] = None
    return tuple(found)[:12]


def read_members(members: Mapping[str, Any]) -> Reference:
    """What a reference in the members of a Crossref record says, its string heard as well.

    >>> read = read_members({"author": "Smith, J.", "year": "1999a", "volume": "3",
    ...     "first-page": "017", "article-title": "On x"})
    >>> read.surnames, read.years, read.pairs, read.title
    (('smith',), (1999,), (('3', '17'),), 'On x')
    """
    given = {name: _text(members.get(name)) for name in _MEMBERS}
    titled = given["article-title"] or given["volume-title"]
    container = given["journal-title"] or given["series-title"]
    if not container and given["article-title"]:
        container = given["volume-title"]
    if not (titled or container or given["volume"]) and given["unstructured"]:
        return read_string(given["unstructured"])
    line = ". ".join(filter(None, (
        given["author"], given["year"], titled, container, given["unstructured"],
    )))  # fmt: skip
    read = read_string(line)
    volume, page = (
        comparable_number(given["volume"]),
        comparable_number(
            re.split(r"[-\u2010-\u2015,;/ ]", given["first-page"].strip(), maxsplit=1)[0]
        ),
    )
    years = tuple(int(year) for year in _YEAR.findall(given["year"])) or (
        read.years if given["unstructured"] else ()
    )
    pairs: tuple[tuple[str, str], ...] = ((volume, page),) if volume and page else ()
    pages: tuple[str, ...] = (page,) if page else ()
    numbers = {number for number in (volume, page, comparable_number(given["issue"])) if number}
    if given["unstructured"]:
        string = read_string(given["unstructured"])
        pairs, pages, numbers = (
            pairs or string.pairs,
            pages or string.pages,
            numbers | string.numbers,
        )
    names = comparable_words(given["author"]) or list(read.words[:8])
    return Reference(
        text=read.text,
        words=read.words,
        surnames=tuple(dict.fromkeys(name for name in names if len(name) > 1))[:6],
        years=years,
        pairs=pairs,
        pages=pages,
        numbers=frozenset(numbers),
        dois=read.dois,
        title=clean_text(titled) or None,
        container=clean_text(container) or None,
        is_structured=True,
        has_place=bool(volume or page),
        has_string=bool(given["unstructured"]),
    )


_MEMBERS: Final = (
    "author", "year", "article-title", "volume-title", "journal-title", "series-title", "volume",
    "issue", "first-page", "unstructured",
)  # fmt: skip


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def read(given: str | Mapping[str, Any]) -> Reference:
    """What a reference says, be it a string or members."""
    return read_string(given) if isinstance(given, str) else read_members(given)


def query(reference: Reference, n: int) -> dict[str, Any]:
    """What to look a reference up by, in the shape that vulcanus.find_citables reads."""
    around = sorted({year + off for year in reference.years for off in (-1, 0, 1)})
    text = reference.title if reference.is_structured and reference.title else reference.text.source
    return {
        "n": n,
        "text": text,
        "surnames": list(reference.surnames),
        "years": around,
        "volumes": [volume for volume, _ in reference.pairs] + [""] * len(reference.pages),
        "pages": [page for _, page in reference.pairs] + list(reference.pages),
        "dois": list(reference.dois),
    }
