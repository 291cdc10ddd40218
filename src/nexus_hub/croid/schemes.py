"""What each identifier scheme looks like: what is written around a value, and its normal form.

The forms are those of `croid.pattern` in the database, which takes off nothing that is written
around. They are our own and not idutils', whose patterns serve to find identifiers, not to be the
key of one: any registrant and any script in a DOI, no versions asked of arXiv, ROR ids and ISSNs
without their check digits, no Funder Registry. Check digits are python-stdnum's but for ROR, which
it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from stdnum import isbn, issn
from stdnum.iso7064 import mod_11_2

_CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ASCII_LOWER: Final = str.maketrans({chr(code): chr(code + 32) for code in range(65, 91)})
_WEB: Final = r"(?:https?:/+)?(?:www\.)?"


class Scheme(NamedTuple):
    """The rules of one scheme.

    `written` matches what precedes a value, its group `url` being set where that is a URL; `fold`
    gives the normal form of a value that has one; `form` is that form; `is_sound` checks digits.
    """

    written: re.Pattern[str]
    fold: Callable[[str], str]
    form: re.Pattern[str]
    is_sound: Callable[[str], object] = bool


def _scheme(
    labels: str,
    urls: str,
    form: str,
    fold: Callable[[str], str] = str,
    is_sound: Callable[[str], object] = bool,
) -> Scheme:
    label = rf"(?:{labels})(?::\s*|\s+)"
    written = rf"(?:(?P<url>{_WEB}(?:{urls}))|{label})+" if urls else rf"(?:(?P<url>(?!))|{label})+"
    return Scheme(re.compile(written, re.IGNORECASE), fold, re.compile(form), is_sound)


def fold_handle(text: str) -> str:
    r"""Lower-case in ASCII, the rest as it is, in NFC (handles fold ASCII alone: RFC 3651, 2.2).

    >>> fold_handle("2381/\u212ah\u0331")  # a Kelvin sign; h and a line below
    '2381/kẖ'
    """
    # NFC makes a K of a Kelvin sign, and lower case may compose where upper case did not: so twice.
    folded = unicodedata.normalize("NFC", text).translate(_ASCII_LOWER)
    return unicodedata.normalize("NFC", folded)


def fold_arxiv(text: str) -> str:
    """Without `.pdf`, and without the subject class that arXiv ignores.

    >>> fold_arxiv("math.GT/0309136v1")
    'math/0309136v1'
    """
    return re.sub(r"^([a-z]+(?:-[a-z]+)*)\.[a-z]{2}/", r"\1/", text.lower().removesuffix(".pdf"))


def _fold_orcid(text: str) -> str:
    digits = text.replace("-", "").replace(" ", "").upper()
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _fold_isni(text: str) -> str:
    return text.replace("-", "").replace(" ", "").upper()


def _fold_issn(text: str) -> str:
    digits = text.replace("-", "").upper()
    return f"{digits[:4]}-{digits[4:]}"


def _fold_funder(text: str) -> str:
    return "10.13039/" + text.removeprefix("10.13039/")


def _fold_ark(text: str) -> str:
    # Old and new spelling of one ARK; the slash after the colon is the one most data has.
    return re.sub(r"^ark:/?", "ark:/", text, flags=re.IGNORECASE)


def has_ror_checksum(value: str) -> bool:
    """Whether the last two digits are ISO 7064 MOD 97-10 of the base32 number before them.

    >>> has_ror_checksum("05gq02987"), has_ror_checksum("05gq02988")
    (True, False)
    """
    number = 0
    for character in value[:7]:
        number = number * 32 + _CROCKFORD.index(character)
    return 98 - number * 100 % 97 == int(value[7:])


SCHEMES: Final[dict[str, Scheme]] = {
    "doi": _scheme(
        r"doi|urn:doi",
        r"(?:dx\.)?doi\.org/+|info:doi/",
        r"^10\.[1-9][0-9]{3,8}(\.[0-9]+)*/[!-@\[-~]+$",
        str.lower,
    ),
    "orcid": _scheme(
        r"orcid(?: id)?",
        r"orcid\.org/",
        r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$",
        _fold_orcid,
        lambda value: mod_11_2.is_valid(value.replace("-", "")),
    ),
    "ror": _scheme(
        r"ror(?: id)?",
        r"ror\.org/",
        r"^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$",
        str.lower,
        has_ror_checksum,
    ),
    "funder": _scheme(
        r"funder(?: id)?|fundref|doi(?=:10\.13039/)",
        r"(?:dx\.)?doi\.org/+(?=10\.13039/)",
        r"^10\.13039/[0-9]{9,12}$",
        _fold_funder,
    ),
    "pmid": _scheme(
        r"pmid",
        r"info:pmid/|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/",
        r"^[1-9][0-9]{0,8}$",
    ),
    "pmcid": _scheme(
        r"pmcid",
        r"pmc\.ncbi\.nlm\.nih\.gov/articles/|ncbi\.nlm\.nih\.gov/pmc/articles/",
        r"^PMC[1-9][0-9]{0,8}(\.[1-9][0-9]?)?$",
        str.upper,
    ),
    "hdl": _scheme(
        r"hdl|handle",
        r"hdl\.handle\.net/+|info:hdl/",
        r"^(?!10[./])[0-9]+(\.[0-9]+)*/[!-@\[-~\u00A1-\u00AC\u00AE-\u167F\u1681-\u180D\u180F-\u1FFF"
        r"\u2010-\u2027\u2030-\u205E\u2070-\u2FFF\u3001-\uD7FF\uE000-\uFEFE\uFF00-\U0010FFFF]+$",
        fold_handle,
    ),
    "arxiv": _scheme(
        r"arxiv",
        r"arxiv\.org/(?:abs|pdf|html)/",
        r"^([0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(-[a-z]+)*/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3})"
        r"v[1-9][0-9]{0,2}$",
        fold_arxiv,
    ),
    "issn": _scheme(
        r"(?:[elp]-?)?issn(?:-l)?|urn:issn",
        r"portal\.issn\.org/resource/issn/|id\.crossref\.org/issn/",
        r"^[0-9]{4}-[0-9]{3}[0-9X]$",
        _fold_issn,
        issn.is_valid,
    ),
    "isbn": _scheme(
        r"isbn(?:-?1[03])?|urn:isbn",
        r"id\.crossref\.org/isbn/",
        r"^97[89][0-9]{10}$",
        lambda text: isbn.validate(text, convert=True),
    ),
    "isni": _scheme(
        r"isni",
        r"isni\.org/(?:isni/)?",
        r"^[0-9]{15}[0-9X]$",
        _fold_isni,
        mod_11_2.is_valid,
    ),
    "grid": _scheme(
        r"grid(?: id)?", r"grid\.ac/institutes/", r"^grid\.[0-9]+\.[0-9a-f]+$", str.lower
    ),
    "wikidata": _scheme(
        r"wikidata", r"wikidata\.org/(?:wiki|entity)/", r"^Q[1-9][0-9]{0,11}$", str.upper
    ),
    "core": _scheme(r"core", r"core\.ac\.uk/(?:works|display|outputs)/", r"^[1-9][0-9]{0,11}$"),
    "jstor": _scheme(r"jstor", r"jstor\.org/stable/", r"^[0-9]{1,12}$"),
    "ark": _scheme(
        r"(?!)",
        r"[\w.-]+/(?=ark:)",
        r"^ark:/[0-9bcdfghjkmnpqrstvwxz]{5,16}/[!-~]+$",
        _fold_ark,
    ),
    "mag": _scheme(r"mag", r"", r"^[1-9][0-9]{0,11}$"),
    "doaj": _scheme(r"doaj", r"doaj\.org/article/", r"^[0-9a-f]{32}$", str.lower),
    "dblp": _scheme(r"dblp", r"dblp\.(?:org|uni-trier\.de)/rec/", r"^[a-z]+/[0-9A-Za-z-]+/[!-~]+$"),
    "oai": _scheme(r"(?!)", r"", r"^oai:[!-9;-~]+:[!-~]+$"),
}
"""Every scheme, under the names and with the forms of `croid.scheme`."""
