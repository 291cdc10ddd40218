"""Identifiers as people write them, and the one form under which each is stored and found.

`normalise` takes off what is written around a value (`doi:`, `https://ror.org/`), folds what its
scheme does not distinguish, and checks form and check digits. `recognise` guesses the scheme.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from stdnum.exceptions import ValidationError

from nexus_hub.croid.errors import MalformedIdentifier, UnknownScheme
from nexus_hub.croid.schemes import SCHEMES

LONGEST_BYTES: Final = 2000
"""What the database can index; real identifiers need a tenth of that."""

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_DASHED: Final = frozenset({"orcid", "isni", "issn", "isbn"})
_CHECKED: Final = frozenset({"orcid", "issn", "ror"})
_ESCAPED: Final = frozenset({"doi", "hdl", "ark"})
_normal_doi = SCHEMES["doi"].form.fullmatch

_BARE: Final = {
    scheme: re.compile(form, re.IGNORECASE)
    for scheme, form in {
        "funder": r"10\.13039/[0-9]+",
        "doi": r"10\.[0-9]{4,9}[./].+",
        "orcid": r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]",
        "pmcid": r"PMC[0-9.]+",
        "arxiv": r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z.-]+/[0-9]{7})v[0-9]+",
        "issn": r"[0-9]{4}-[0-9]{3}[0-9X]",
        "isbn": r"(?:97[89][- ]?)?[0-9](?:[- ]?[0-9]){8}[- ]?[0-9X]",
        "ror": r"0[0-9a-z]{6}[0-9]{2}",
        "grid": r"grid\..+",
        "ark": r"ark:.+",
        "oai": r"oai:.+",
        "wikidata": r"Q[0-9]+",
    }.items()
}
"""What is told by its looks alone, the more telling first; digits alone tell nothing."""


def normalise(scheme: str, value: str) -> str:
    """The normal form of an identifier, whatever is written around it.

    Raises `UnknownScheme`, and `MalformedIdentifier` for a wrong form or check digit. The normal
    form of a normal form is itself.

    >>> normalise("orcid", "https://orcid.org/0000-0002-9079-593x")
    '0000-0002-9079-593X'
    >>> normalise("isbn", "ISBN 0-19-974303-7"), normalise("funder", "501100000780")
    ('9780199743032', '10.13039/501100000780')
    >>> normalise("ror", "https://ror.org/05gq02988")
    Traceback (most recent call last):
    nexus_hub.croid.errors.MalformedIdentifier: ror 'https://ror.org/05gq02988'
    """
    rules = SCHEMES.get(scheme)
    if rules is None:
        raise UnknownScheme(f"{scheme[:100]!r}")
    if scheme in _CHECKED and rules.form.fullmatch(value) and rules.is_sound(value):
        return value  # as most are written
    text = _bare(scheme, value)
    if text.isascii() or scheme == "hdl":
        try:
            text = rules.fold(text)
        except ValidationError:
            raise _malformed(scheme, value) from None
        if (
            rules.form.fullmatch(text)
            and rules.is_sound(text)
            and len(text.encode()) <= LONGEST_BYTES
        ):
            return text
    raise _malformed(scheme, value)


def normalise_doi(value: str) -> str:
    """The normal form of a DOI: lower-case, ASCII without white space, nothing around it.

    Percent-encoding is undone in URLs only, since elsewhere `%3C` may be part of the DOI. Case is
    folded as the DOI Handbook says (2.4); what else it allows, but no agency registers, is refused:
    registrants of fewer than four digits, other scripts, an empty suffix. Raises
    `MalformedIdentifier`.

    >>> normalise_doi("https://dx.doi.org/10.1002/(SICI)1%3C2::AID-A%3E3.0.CO;2-T")
    '10.1002/(sici)1<2::aid-a>3.0.co;2-t'
    >>> normalise_doi("doi:10.24911/JBCGenetics/")
    '10.24911/jbcgenetics/'
    >>> normalise_doi("10.1234/")
    Traceback (most recent call last):
    nexus_hub.croid.errors.MalformedIdentifier: doi '10.1234/'
    """
    # Called for every reference of every record, nearly always with a DOI alone.
    if len(value) <= LONGEST_BYTES and value.isascii():
        if _normal_doi(value):
            return value
        folded = value.lower()
        if _normal_doi(folded):
            return folded
    return normalise("doi", value)


def recognise(text: str) -> tuple[str, str] | None:
    """A guess at the scheme of an identifier, with its normal form; None if it looks like none.

    What names its scheme (`hdl:`, a URL) is believed; of the rest only forms that are telling.

    >>> recognise("https://doi.org/10.5555/ABC"), recognise("0378-5955"), recognise("PMID: 12345")
    (('doi', '10.5555/abc'), ('issn', '0378-5955'), ('pmid', '12345'))
    >>> recognise("12345")
    """
    text = text.strip()
    named = [scheme for scheme, rules in SCHEMES.items() if rules.written.match(text)]
    looking = [scheme for scheme, form in _BARE.items() if form.fullmatch(text)]
    for scheme in sorted(named, key=lambda scheme: scheme != "funder") + looking:
        try:
            return scheme, normalise(scheme, text)
        except MalformedIdentifier:
            continue
    return None


def _bare(scheme: str, value: str) -> str:
    """The value without white space around it and without what precedes it, out of its URL."""
    text = value.strip()
    if scheme in _DASHED:
        text = text.translate(_DASHES)
    written = SCHEMES[scheme].written.match(text)
    if written is None:
        return text
    text = text[written.end() :]
    if written["url"] is None:
        return text
    if scheme in _ESCAPED:
        return unquote(text)
    return re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/")


def _malformed(scheme: str, value: str) -> MalformedIdentifier:
    return MalformedIdentifier(f"{scheme} {value[:100]!r}")
