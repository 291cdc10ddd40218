"""Names of organisations made comparable: folded, cut into words, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f]")
_WORD = re.compile(
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
    "(?:\\b[dDlL]|[dD]ell|[aA]ll|[nN]ell|[dD]all|[sS]ull)['`](?=\\w)"
    "|[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*|&"
)
_BOUNDARY = re.compile(r"[,;:()\[\]{}/|\n\t•·#\"“”«»]|\s[-–—]\s|[–—]|\.\s")

STOP_WORDS: Final = frozenset(
    "of the at and for in on to a an from by with & "
    "de la le les du des del della delle dei degli di da do das dos el los las y e et en au aux l d "
    "dell all nell dall sull al der die dem den und fur fuer zu zur zum von vom van im am i w z na "
    "och og for".split()
)

_SAME_WORDS = {
    "academy": "acad academie academia accademia akademie akademia akademi academies",
    "agricultural": "agric agr agri",
    "association": "assoc assn",
    "biology": "biol",
    "brothers": "bros",
    "center": "centre centro centrum zentrum ctr cntr centar centru",
    "chemistry": "chem",
    "college": "coll colleges",
    "company": "co",
    "corporation": "corp",
    "department": "dept dep dpt departement departamento dipartimento departments depts",
    "development": "dev",
    "division": "div",
    "education": "educ edu",
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
    "information": "inf info",
    "institute": "inst institut instituto istituto instituut institutet inst institutul",
    "international": "int intl internat internacional",
    "laboratory": "lab labs laboratories laboratoire laboratorio laboratorium labor",
    "limited": "ltd",
    "management": "mgmt manag",
    "medicine": "med medecine medicina medizin",
    "ministry": "min ministere ministerio ministero ministerium",
    "national": "natl nat nacional nationale nazionale",
    "observatory": "obs observ",
    "physics": "phys",
    "polytechnic": "polytech politec",
    "research": "res recherche recherches",
    "saint": "st ste sankt sint",
    "school": "sch",
    "science": "sci sciences ciencias ciencia scienze",
    "sociology": "sociol",
    "state": "stt",
    "studies": "stud",
    "technology": "tech technol technologies tecnologia tecnologico",
    "university": (
        "univ universitat universitaet universite universidad universita universidade universitet "
        "universitetet universiteit uniwersytet univerzita univerza universitas universitatea "
        "universiti unversity universtity universities universitesi univerzitet sveuciliste "
        "universitaria universidads uni"
    ),
    "университет": "универ ун университета",
    "институт": "инт института",
}
GENERIC_WORDS: Final = frozenset(
    (
        "academy advanced affiliated agency agricultural agriculture applied art arts association "
        "authority bank biological biology biomedical board bureau business campus cancer cardiology "
        "center central chemical chemistry chair city clinic clinical college commission company "
        "computer computing corporation council country defence defense dental dentistry department "
        "development division earth east eastern ecology economic economics education electrical "
        "electronic electronics energy engineering environment environmental facility faculty federal "
        "first food forest forestry foundation general genetics geology geography government graduate "
        "great group health higher history hospital human humanities incorporated industrial industry "
        "information institute institution international key laboratory law library life limited "
        "management marine materials mathematics mathematical mechanical medical medicine ministry "
        "molecular museum music national natural navy neurology neuroscience new north northern nuclear "
        "nursing observatory office oncology organization pathology people peoples pharmaceutical "
        "pharmacology pharmacy philosophy physical physics physiology plant police political "
        "polytechnic post postgraduate private program programme provincial psychiatry psychology "
        "public quality radiology regional research royal rural safety school science second section "
        "sector security service services social society sociology software south southern special "
        "state statistics station structural studies study surgery sustainable system systems "
        "teaching technical technological technology theoretical third trust unit university urban "
        "veterinary water west western women womens world zoology "
        "biochemistry microbiology immunology epidemiology pediatrics paediatrics bioengineering "
        "biotechnology anatomy anthropology architecture astronomy biophysics botany dermatology "
        "entomology gynecology gynaecology obstetrics hematology linguistics literature nutrition "
        "ophthalmology orthopedics orthopaedics otolaryngology pulmonology urology virology toxicology "
        "biostatistics bioinformatics cell cellular brain disease diseases infectious tropical "
        "experimental fundamental internal pure inserm cnrs umr team corresponding author present "
        "address member"
    ).split()
)
_CANONICAL = {other: word for word, others in _SAME_WORDS.items() for other in others.split()}


class Word(NamedTuple):
    """A word of a name or an affiliation: its comparable form, and where it stands in the text."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
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


def content(words: list[Word]) -> list[Word]:
    """The words that tell names apart: all but articles and prepositions."""
    return [word for word in words if word.form not in STOP_WORDS]


def name_key(name: str) -> str:
    """What two spellings of one name have in common; empty where nothing tells them apart.

    >>> name_key("The University of Antwerp") == name_key("Univ. Antwerp")
    True
    """
    if name.isascii():
        forms = map(fold_word, _ASCII_WORD.findall(name))
    else:
        forms = map(fold_word, _WORD.findall(unicodedata.normalize("NFC", name)))
    return " ".join([form for form in forms if form not in STOP_WORDS])


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*")


def name_variants(name: str) -> tuple[set[str], set[str]]:
    """Keys that mean the same as the name, and keys of the name without what stands in brackets.

    >>> name_variants("Microsoft (Finland)")
    ({'microsoft finland'}, {'microsoft'})
    >>> sorted(name_variants("Universität Köln")[0])
    ['university koeln', 'university koln']
    """
    whole = {name_key(name)}
    if not name.isascii():
        whole.add(name_key(unicodedata.normalize("NFC", name).lower().translate(_GERMAN)))
    whole.discard("")
    if "(" not in name and "（" not in name and "[" not in name:
        return whole, set()
    return whole, {name_key(_BRACKETS.sub(" ", name))} - whole - {""}


def boundary_between(text: str, left: Word, right: Word) -> bool:
    """Whether a comma, a bracket, a dash or the like parts two neighbouring words."""
    return _BOUNDARY.search(text, left.end, right.start) is not None
