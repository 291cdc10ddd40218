"""Names of organisations made comparable: folded, cut into words, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from nexus_hub.vulcanus.words import LEGAL_FORMS, STOP_WORDS

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f]")
_INITIALS = "\\b[^\\W\\d_]\\.(?:[ \\-]?[^\\W\\d_]\\.)*[ \\-]?[^\\W\\d_]\\b(?!['’])|"
_WORD = re.compile(
    _INITIALS +
    # One ideogram or kana is a word of its own: these scripts leave no space between words.
    "[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    # French and Italian articles that lean on their noun.
    "|(?:\\b[dDlL]|[dD]ell|[aA]ll|[nN]ell|[dD]all|[sS]ull)['’`´](?=\\w)"
    "|(?:[^\\W_\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    "|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e00-\u0e7f]"
    "|(?<=\\w)['’`´ʼ](?=\\w))+"
    "|&"
)
_ASCII_WORD = re.compile(
    _INITIALS + "(?:\\b[dDlL]|[dD]ell|[aA]ll|[nN]ell|[dD]all|[sS]ull)['`](?=\\w)"
    "|[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*|&"
)
_BOUNDARY = re.compile(
    r"[,;:()\[\]{}/|\n\t•·]|\s[-–—]\s|-\s(?!und\b|and\b|oder\b)|[–—]|(?<!\s)  (?!\s)"
)

_SAME_WORDS: Final = {
    "academy": "acad academie academia accademia akademie akademia akademi academies",
    "agricultural": "agric agr agri",
    "applied": "appl",
    "association": "assoc assn",
    "biology": "biol",
    "center": "centre centro centrum zentrum ctr cntr centar centru",
    "chemistry": "chem",
    "college": "coll colleges",
    "communication": "commun communications",
    "company": "co",
    "computer": "comput comp",
    "corporation": "corp",
    "department": "dept dep dpt departement departamento dipartimento departments depts",
    "development": "dev",
    "division": "div",
    "economic": "econ economics",
    "education": "educ edu",
    "electrical": "electr elect",
    "electronic": "electron electronics",
    "engineering": "eng engn engg engrg",
    "environmental": "environ env",
    "faculty": "fac faculte facultad facolta faculdade fakultat fakultaet facultat",
    "federal": "fed",
    "foundation": "found fdn",
    "general": "gen",
    "government": "govt gov",
    "group": "grp",
    "health": "hlth",
    "hospital": "hosp hopital hospitals",
    "incorporated": "inc",
    "industrial": "ind",
    "information": "inf info inform",
    "institute": "inst institut instituto istituto instituut institutet institutul",
    "international": "int intl internat internacional",
    "laboratory": "lab labs laboratories laboratoire laboratorio laboratorium",
    "limited": "ltd",
    "management": "mgmt manag manage",
    "material": "mater materials",
    "mathematics": "math maths",
    "mechanical": "mech",
    "medical": "medizinische medizinischen medico medica medicale medische",
    "medicine": "med medecine medicina medizin",
    "ministry": "ministere ministerio ministero ministerium",
    "national": "natl nat nacional nationale nazionale",
    "observatory": "obs observ",
    "physics": "phys",
    "polytechnic": "polytech politec",
    "research": "res recherche recherches",
    "saint": "st ste sankt sint",
    "school": "sch",
    "science": "sci sciences ciencias ciencia scienze",
    "system": "syst systems",
    "technical": "technische technischen technique tecnica tecnico technicka techniczna",
    "technology": "tech technol technologies technological tecnologia tecnologico",
    "telecommunication": "telecommun telecommunications",
    "university": (
        "univ universitat universitaet universite universidad universita universidade universitet "
        "universitetet universiteit uniwersytet univerzita univerza universitas universitatea "
        "universiti unversity universtity universitesi univerzitet sveuciliste "
        "egyetem yliopisto ulikool uni"
    ),
    "veterinary": "vet",
    # Cities by the names their own people give them.
    "antwerp": "antwerpen anvers",
    "basel": "basle",
    "beijing": "peking",
    "belgrade": "beograd",
    "brussels": "bruxelles brussel",
    "bucharest": "bucuresti",
    "cologne": "koln koeln",
    "copenhagen": "kobenhavn koebenhavn",
    "cracow": "krakow",
    "florence": "firenze",
    "geneva": "geneve genf",
    "genoa": "genova",
    "ghent": "gent gand",
    "gothenburg": "goteborg goeteborg",
    "hanover": "hannover",
    "kyiv": "kiev",
    "lisbon": "lisboa",
    "milan": "milano",
    "moscow": "moskva",
    "munich": "munchen muenchen",
    "naples": "napoli",
    "nuremberg": "nurnberg nuernberg",
    "padua": "padova",
    "prague": "praha",
    "rome": "roma",
    "seville": "sevilla",
    "tehran": "teheran",
    "turin": "torino",
    "venice": "venezia",
    "vienna": "wien",
    "warsaw": "warszawa",
    "zurich": "zuerich",
    "университет": "университета",
    "институт": "института",
}
SENTENCE_WORD: Final = 6
_CANONICAL = {other: word for word, others in _SAME_WORDS.items() for other in others.split()}


class Word(NamedTuple):
    """A word of a name or an affiliation: its comparable form, and where it stands in the text."""

    form: str
    start: int
    end: int


_JUNK = re.compile(r"#[A-Z]+#|</?[A-Za-z][^<>]{0,80}>|&(?:[a-z]{2,6}|#\d{1,6});")
_ENTITIES = {"&amp;": "&", "&apos;": "'", "&#39;": "'", "&quot;": '"', "&nbsp;": " "}


def tidy(text: str) -> str:
    """The text in NFC, with the traces of mark-up blanked out, every character in its place.

    >>> tidy("Max&amp;Co#TAB#"), tidy("R&amp;D")
    ('Max&    Co,    ', 'R&    D')
    """
    text = unicodedata.normalize("NFC", text)
    if "#" not in text and "<" not in text and "&" not in text:
        return text
    return _JUNK.sub(lambda found: _ENTITIES.get(found[0], ",").ljust(len(found[0])), text)


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """The comparable form of one word.

    >>> fold_word("Universität"), fold_word("Inst"), fold_word("King's"), fold_word("Łódź")
    ('university', 'institute', 'kings', 'lodz')
    """
    folded = fold(word)
    return _CANONICAL.get(folded, folded)


def fold(text: str) -> str:
    """Lower case without diacritics; other scripts keep their letters.

    >>> fold("Ångström"), fold("Тюмень"), fold("ガ")
    ('angstrom', 'тюмень', 'ガ')
    """
    if "." in text:
        text = text.replace(".", "").replace(" ", "").replace("-", "")
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    text = _MARKS.sub("", text)
    return unicodedata.normalize("NFKC", re.sub("['’`´ʼ]", "", text))


def cut(text: str) -> list[Word]:
    """The words of a text in their order, with their places.

    >>> [word.form for word in cut("Dept. of Chem., Univ. de l'État")]
    ['department', 'of', 'chemistry', 'university', 'de', 'l', 'etat']
    """
    pattern = _ASCII_WORD if text.isascii() else _WORD
    return [Word(fold_word(m[0]), m.start(), m.end()) for m in pattern.finditer(text)]


def word_texts(text: str) -> list[str]:
    """The words of a text as they are written.

    >>> word_texts("King's College, London")
    ["King's", 'College', 'London']
    """
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return _WORD.findall(unicodedata.normalize("NFC", text))


def content(words: list[Word]) -> list[Word]:
    """The words that tell names apart: all but articles and prepositions."""
    return [word for word in words if word.form not in STOP_WORDS]


def name_key(name: str) -> str:
    """What two spellings of one name have in common; empty where nothing tells them apart.

    >>> name_key("The University of Antwerp") == name_key("Univ. Antwerp")
    True
    """
    return " ".join([form for form in map(fold_word, word_texts(name)) if form not in STOP_WORDS])


def literal_key(words: Iterable[str]) -> str:
    """Like `name_key`, but with abbreviations and other languages' words left as they are.

    >>> literal_key(["Institut", "Pasteur"]), literal_key(["Instituto", "Pasteur"])
    ('institut pasteur', 'instituto pasteur')
    """
    return " ".join([form for form in map(fold, words) if form not in STOP_WORDS])


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")


def spelled_out(name: str) -> str | None:
    """The name as it is written without umlauts, where it has some.

    >>> spelled_out("Universität Köln"), spelled_out("Brown University")
    ('universitaet koeln', None)
    """
    if name.isascii():
        return None
    lower = unicodedata.normalize("NFC", name).lower()
    spelled = lower.translate(_GERMAN)
    return None if spelled == lower else spelled


def without_brackets(name: str) -> tuple[str, str] | None:
    """The name without what stands in brackets, and what stood there.

    >>> without_brackets("Microsoft (Finland)")
    ('Microsoft', 'Finland')
    """
    if "(" not in name and "（" not in name and "[" not in name:
        return None
    found = _BRACKETS.search(name)
    return (_BRACKETS.sub(" ", name).strip(), found[1]) if found else None


def boundary_between(text: str, left: Word, right: Word) -> bool:
    """Whether a comma, a bracket, a dash or the like parts two neighbouring words.

    A full stop does so behind a long word that is no known abbreviation.
    """
    gap = text[left.end : right.start]
    if gap == " ":
        return False
    if gap[:1] == "." and left.form in LEGAL_FORMS:
        return True
    if gap[:2] == ". " and left.end - left.start >= SENTENCE_WORD:
        return left.form == fold(text[left.start : left.end])
    return _BOUNDARY.search(text, left.end, right.start) is not None
