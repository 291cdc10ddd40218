"""Finds the organisation that a funder is, by its funder id or by its name; in doubt none.

A funder's name as deposited is a whole name, not a sentence: what has to be found in the registry
is all of it, but for what stands in brackets or behind a comma.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise
from nexus_hub.vulcanus.directory import ROR, SHORTEST_SLIP, Bearer, Directory
from nexus_hub.vulcanus.hits import FAMOUS
from nexus_hub.vulcanus.names import name_key, without_brackets, word_texts
from nexus_hub.vulcanus.organisations import Known, NameKind
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME

LONGEST_NAME: Final = 500
SHORTEST_ACRONYM: Final = 3
SEAT: Final = 2
"""What organisations of its own weigh at least by which one is told from namesakes without any."""


CONFIDENCE: Final = {
    "asserted by the publisher": 1.0,
    "funder id": 1.0,
    "name": 0.97,
    "alias": 0.95,
    "country": 0.95,
    "brackets": 0.94,
    "part": 0.92,
    "words": 0.9,
    "acronym": 0.9,
}
"""By rule."""


class Funder(NamedTuple):
    """What a record says of a funder: `country` is a name or a code, as somebody wrote it."""

    name: str
    doi: str = ""
    country: str = ""


class FunderMatch(NamedTuple):
    """What a funder is: `chosen` by `rule`, and the organisations between which nothing decides.

    `keys` are the comparable names that were looked up.
    """

    chosen: Known | None
    rule: str
    matched_name: str = ""
    open: tuple[Known, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """How sure it is, 0 where nothing was chosen."""
        return CONFIDENCE.get(self.rule, 0.0)


NOTHING: Final = FunderMatch(None, "")


class Reading(NamedTuple):
    """One way to read a name: a key to look up, and what was said of it besides."""

    key: str
    rule: str
    countries: frozenset[str]
    acronym: str = ""


_CODE = re.compile(r"[A-Z]{2}")
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_IN_COUNTRY = re.compile(r"(.+) in (?:the )?([\w ]+?)[ .]*")
_PARTS = re.compile(r"\s*[,;|]\s*|\s+[-–—/]\s+|\s*[–—]\s*")


def match_funder(funder: Funder, directory: Directory) -> FunderMatch:
    """The organisation that a funder is; a funder id decides before any name."""
    if known := by_id(funder.doi, directory):
        return FunderMatch(known, "funder id")
    tried: list[str] = []
    given = countries_of(funder.country)
    told: frozenset[str] = frozenset()
    name = " ".join(html.unescape(funder.name[:LONGEST_NAME]).split())
    for reading in readings(name):
        tried.append(reading.key)
        told |= reading.countries
        found = decide(reading._replace(countries=reading.countries or given), directory)
        if found.chosen or found.open:
            return found._replace(keys=tuple(tried))
    keys = tuple(tried)
    found = match_parts(name, given, directory)
    if not found.chosen:
        found = match_words(keys, told or given, directory)
    return found._replace(keys=keys)


def match_parts(name: str, given: frozenset[str], directory: Directory) -> FunderMatch:
    """The lowest of the organisations that the parts of a name are, each a part of another.

    Strokes (`|`) lead from the large to the small, whether or not all of it is known.
    """
    parts = [part for part in _PARTS.split(_BRACKETS.sub(" ", name)) if part]
    if len(parts) == 1:
        parts = list(halves(name_key(name), directory))
    found = [decide(Reading(name_key(part), "part", given), directory) for part in parts]
    if "|" in name and found and found[-1].chosen and found[-1].rule == "part":
        return found[-1]
    chosen = {one.chosen.ror: one for one in found if one.chosen}
    if len(parts) < 2 or len(chosen) != len(parts):
        return NOTHING
    for low in chosen.values():
        others = [one.chosen for one in chosen.values() if one is not low]
        if low.chosen and all(one and directory.is_under(low.chosen, one) for one in others):
            return low
    return NOTHING


def halves(key: str, directory: Directory) -> Sequence[str]:
    """The two names that a key is made of; nothing where it is not."""
    words = key.split(" ")
    for at in range(2, len(words) - 1):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        if directory.has_name(first) and directory.has_name(last):
            return first, last
    return ()


def match_words(keys: Sequence[str], given: frozenset[str], directory: Directory) -> FunderMatch:
    """The organisation whose name has the same words in another order or nearly so spelled."""
    for key in keys[:2]:
        for near in [*numbers(key, directory), *directory.similar_keys(key)]:
            found = decide(Reading(near, "words", given), directory)
            if found.chosen or found.open:
                return found
    return NOTHING


def numbers(key: str, directory: Directory) -> Iterator[str]:
    """The names that differ from a key in the plural of one word."""
    words = key.split(" ")
    for at, word in enumerate(words if len(words) > 1 else ()):
        other = word.removesuffix("s") if word.endswith("s") else f"{word}s"
        near = " ".join([*words[:at], other, *words[at + 1 :]])
        if len(word) >= SHORTEST_SLIP and directory.has_name(near):
            yield near


def by_id(doi: str, directory: Directory) -> Known | None:
    """The organisation of a funder id as somebody wrote it."""
    funder = funder_id(doi)
    known = directory.by_funder(funder) if funder else None
    return directory.living(known) or known if known else None


def funder_id(text: str) -> str:
    """The normal form of a funder id; empty where the text is none.

    >>> funder_id("http://dx.doi.org/10.13039/100000001"), funder_id("10.5555/x")
    ('10.13039/100000001', '')
    """
    try:
        return normalise("funder", text) if text else ""
    except MalformedIdentifier:
        return ""


def countries_of(text: str) -> frozenset[str]:
    """The countries that a code or a name means.

    >>> countries_of("DE") == countries_of("Germany") == frozenset({"DE"})
    True
    """
    if _CODE.fullmatch(text):
        return frozenset({text})
    return COUNTRY_BY_NAME.get(name_key(text), frozenset()) if text else frozenset()


def readings(name: str) -> Iterator[Reading]:
    """The ways to read a name, the plainest first, none twice.

    >>> [(one.key, one.rule) for one in readings("Salt Fund (SF), Norway")][1:]
    [('salt fund norway', 'brackets'), ('salt fund', 'part')]
    """
    seen: set[str] = set()
    for reading in _readings(name):
        if reading.key and reading.key not in seen:
            seen.add(reading.key)
            yield reading


def _readings(name: str) -> Iterator[Reading]:
    yield Reading(name_key(name), "name", frozenset())
    bare, countries, acronym = name, frozenset[str](), ""
    for inner in _BRACKETS.findall(name):
        if found := countries_of(inner.strip()):
            countries = found
        elif len(word_texts(inner)) == 1:
            acronym = name_key(inner)
    if parts := without_brackets(name):
        bare = parts[0]
        yield Reading(name_key(bare), "brackets", countries, acronym)
    if (within := _IN_COUNTRY.fullmatch(bare)) and (found := countries_of(within[2])):
        yield Reading(name_key(within[1]), "part", found, acronym)
    head, *tail = _PARTS.split(bare)
    if tail and (found := countries_of(tail[-1].strip(" ."))):
        yield Reading(name_key(" ".join([head, *tail[:-1]])), "part", found, acronym)


def decide(reading: Reading, directory: Directory) -> FunderMatch:
    """The one organisation of a reading's name, where there is one."""
    options: dict[str, Bearer] = {}
    for bearer in directory.named(reading.key):
        before = options.get(bearer.known.ror)
        if before is None or (bearer.is_heir, bearer.kind) < (before.is_heir, before.kind):
            options[bearer.known.ror] = bearer
    left = [one for one in options.values() if _may_be(one.known, one.kind, reading)]
    if not left:
        return NOTHING
    found = _settle(left, reading.key, directory)
    if found is None:
        return FunderMatch(None, "", reading.key, tuple(one.known for one in left))
    known, kind, _ = found
    rule = reading.rule
    if kind is NameKind.ACRONYM:
        rule = "acronym"
    elif rule == "name" and len(left) > 1 and reading.countries:
        rule = "country"
    elif rule == "name" and kind > NameKind.LABEL:
        rule = "alias"
    return FunderMatch(known, rule, reading.key)


def _may_be(known: Known, kind: NameKind, reading: Reading) -> bool:
    if reading.countries and known.country and known.country not in reading.countries:
        return False
    if kind is NameKind.ACRONYM:
        return len(reading.key) >= SHORTEST_ACRONYM
    return True


Bearers = Sequence[Bearer]


def _settle(options: Bearers, key: str, directory: Directory) -> Bearer | None:
    """The one option that is stronger than all others."""
    left = _narrow(options, [lambda one: not one.is_heir])
    if len(left) > 1 and directory.is_vague(key):
        return None
    left = _narrow(left, STRONGER)
    if seat := _find_seat(left, directory):
        return seat
    left = _narrow(left, [_is_proper])
    return left[0] if len(left) == 1 else _find_weightiest(left, directory)


STRONGER: Final[Sequence[Callable[[Bearer], bool]]] = (
    lambda one: bool(one.known.funders),
    lambda one: one.kind is not NameKind.ACRONYM,
)
"""What is stronger than what is not: a funder; a name than an acronym."""


def _is_proper(one: Bearer) -> bool:
    return one.kind <= NameKind.LABEL


def _narrow(options: Bearers, tests: Iterable[Callable[[Bearer], bool]]) -> Bearers:
    """The options that pass one test after the other, where any do."""
    for is_stronger in tests:
        options = [one for one in options if is_stronger(one)] or options
    return options


def _find_seat(options: Bearers, directory: Directory) -> Bearer | None:
    """The one that has several organisations of its own, where no other has any."""
    if any(not one.known.ror.startswith(ROR) for one in options):
        return None
    seats = [one for one in options if directory.weight(one.known)[0]]
    return seats[0] if len(seats) == 1 and directory.weight(seats[0].known)[0] >= SEAT else None


def _find_weightiest(options: Bearers, directory: Directory) -> Bearer | None:
    """The one that no other outweighs, in organisations of its own or in funder ids.

    It bears the name no less properly than the others; an acronym has to be known far and wide.
    """
    weights = [directory.weight(one.known) for one in options]
    first = max(weights)
    found = options[weights.index(first)]
    if weights.count(first) > 1 or any(funders > first[1] for _, funders in weights):
        return None
    if any(one.kind < found.kind for one in options):
        return None
    return None if found.kind is NameKind.ACRONYM and sum(first) < FAMOUS else found
