"""The strategy `container-issn`: in which journal a work appeared, by its ISSN or its exact title.

Pure: a record and the containers that share an ISSN or a title with it give the elements of a
patch. Where several containers could be meant nothing is said; so it is where a record without an
ISSN is no article of a journal, since books and series share the titles of journals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any, Final, NamedTuple

from nexus_hub.catalog.crossref_forms import words
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise
from nexus_hub.vulcanus.citation import clean_text
from nexus_hub.vulcanus.containers import is_named
from nexus_hub.vulcanus.strategy import Elements, element

STRATEGY: Final = "container-issn"

BY_ISSN: Final = 1.0
BY_ISSN_ALONE: Final = 0.9
"""The title is another: journals are renamed, and ISSNs mistaken."""
BY_TITLE: Final = 0.9

_WORD: Final = re.compile(r"[^\W_]+")
_IN_JOURNALS: Final = frozenset(words("journal-article journal-issue journal-volume"))


class Container(NamedTuple):
    """A container of the catalogue, by its encoded CROID."""

    croid: str
    name: str
    issn_l: str | None
    issns: tuple[str, ...]


class Appearance(NamedTuple):
    """What a record says of where it appeared: ISSNs that are some, others, titles."""

    issns: tuple[str, ...]
    wrong: tuple[tuple[int, str], ...]
    titles: tuple[str, ...]
    has_title_alone: bool


def appearance(body: Mapping[str, Any]) -> Appearance:
    """What a record says of where it appeared.

    >>> appearance({"ISSN": ["1234-5679", "1234-5678"]})[:2]
    (('1234-5679',), ((1, '1234-5678'),))
    """
    issns: list[str] = []
    wrong: list[tuple[int, str]] = []
    for n, given in enumerate(_texts(body.get("ISSN"))):
        issn = read_issn(given)
        if issn is None:
            wrong.append((n, given))
        else:
            issns.append(issn)
    titles = tuple(_texts(body.get("container-title")))
    has_title_alone = not issns and bool(titles) and body.get("type") in _IN_JOURNALS
    return Appearance(tuple(issns), tuple(wrong), titles, has_title_alone)


@lru_cache(maxsize=1 << 16)
def read_issn(written: str) -> str | None:
    """An ISSN in its normal form, None where it is none; journals come again and again."""
    try:
        return normalise("issn", written)
    except MalformedIdentifier:
        return None


def fold_title(title: str) -> str:
    """A title as it is compared: its words, without case, accents, marks and markup.

    >>> fold_title("Revista de Salud P&uacute;blica"), fold_title("  the   LANCET. ")
    ('revista de salud publica', 'the lancet')
    """
    folded = unicodedata.normalize("NFKD", plain_title(title).casefold())
    folded = unicodedata.normalize("NFKD", folded.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare.replace("&", " and ")))


def plain_title(title: str) -> str:
    """A title without markup and entities."""
    return clean_text(unescape(title))


def enrich(found: Appearance, containers: Iterable[Container]) -> Elements:
    """The element that names the container of a record, and one for each ISSN that is none."""
    elements = [
        element(
            "insertChild",
            ("nexus", "problems"),
            {"code": "wrong-checksum", "pointer": f"/ISSN/{n}", "value": given},
            1.0,
            {"rule": "wrong-checksum"},
            {f"/ISSN/{n}": given},
        )
        for n, given in found.wrong
    ]
    known = list(containers)
    return [*elements, *(_by_issn(found, known) if found.issns else _by_title(found, known))]


def _by_issn(found: Appearance, known: Sequence[Container]) -> Elements:
    shares = {one: len(set(found.issns).intersection(one.issns)) for one in known}
    most = max(shares.values(), default=0)
    chosen = [one for one, share in shares.items() if share == most > 0]
    if len(chosen) > 1:
        titled = {fold_title(title) for title in found.titles}
        chosen = [one for one in chosen if fold_title(one.name) in titled]
    if len(chosen) != 1:
        return []
    [one] = chosen
    shared = sorted(set(found.issns).intersection(one.issns))
    rule, sure = "ISSN; the title is another", BY_ISSN_ALONE
    if not found.titles:
        rule, sure = "ISSN", BY_ISSN
    elif any(is_named(one.name, title) for title in found.titles):
        rule, sure = "ISSN and title", BY_ISSN
    return [_element(one, sure, {"rule": rule, "issn": shared, "title": list(found.titles)})]


def _by_title(found: Appearance, known: Sequence[Container]) -> Elements:
    if not found.has_title_alone:
        return []
    # Titles of one word are those of several journals, whichever of them is known here.
    titled = {folded for title in found.titles if " " in (folded := fold_title(title))}
    chosen = [one for one in known if fold_title(one.name) in titled]
    if len(chosen) != 1:
        return []
    evidence = {"rule": "title alone", "title": list(found.titles)}
    return [_element(chosen[0], BY_TITLE, evidence)]


def _element(one: Container, sure: float, evidence: dict[str, Any]) -> dict[str, Any]:
    told = {**evidence, "name": one.name}
    if one.issn_l:
        told["issn_l"] = one.issn_l
    return element("insert", ("container", "croid"), one.croid, sure, told, {})


def _texts(items: Any) -> list[str]:
    return [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
