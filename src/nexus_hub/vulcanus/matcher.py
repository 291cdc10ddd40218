"""Finds the organisations an affiliation string names; in doubt it finds none.

Every run of words that is a name in the index is a hit; the longest go first and do not overlap.
A hit counts when no country in the string contradicts it, when the words beside it do not make it
a part of a longer name, and when one organisation is left, by itself or by its city, its kin in
the same string or the exact spelling. What is left open is reported, not chosen.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nexus_hub.vulcanus.hits import (
    SHORTEST_WORD,
    find_hits,
    kin_of,
    options_of,
    owners_of,
    within,
)
from nexus_hub.vulcanus.namesakes import Hit, Option, settle
from nexus_hub.vulcanus.organisations import NameKind, OrganisationIndex
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.schools import find_schools
from nexus_hub.vulcanus.similarity import ends, find_similar

CACHE_SIZE = 1 << 16

NEAR = "?"
"""Stands among the terms of a string that spells no name: names like its parts may change that."""

CONFIDENCE = {
    "name": 0.95,
    "city": 0.94,
    "kin": 0.9,
    "owner": 0.9,
    "short": 0.88,
    "spelling": 0.88,
    "inverted": 0.86,
    "word": 0.85,
    "kind": 0.85,
    "acronym": 0.8,
    "seat": 0.8,
    "school": 0.75,
    "similar": 0.75,
}
"""By rule, before any confirmation."""

CONFIRMED = 0.04
"""Added where the string names the organisation's country or city as well."""


class Candidate(NamedTuple):
    """An organisation a string names. `span` is (start, end) in the NFC form of the string.

    `rule`: `name` (it alone has this name here), `city` (of several, its city is named), `kin` (its
    parent or child is named), `spelling` (of several, its name is written just so), `kind` (of
    several, it is its proper name), `seat` (no other of them outweighs it), `short` (without its
    city or country), `inverted` (X University for University of X), `word` (a single word),
    `acronym`, `owner` (its name begins or ends a longer one), `similar` (nearly spelled), `school`
    (named after it); `open` where it was not chosen.
    """

    ror: str
    croid: str
    confidence: float
    matched_name: str
    span: tuple[int, int]
    rule: str
    country: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a string names, in its order, and what it leaves open.

    `evidence` is for a reader: the text as it was read and the countries it names. `terms` are
    hashes of its words and, where it spells no name, of NEAR and of the ends of its words.
    """

    chosen: tuple[Candidate, ...]
    ambiguous: tuple[Candidate, ...]
    evidence: dict[str, object]
    terms: Sequence[int] = ()

    @property
    def lead(self) -> Candidate | None:
        """The organisation the others belong to, as far as a string tells: its last university."""
        return max(self.chosen, key=_authority, default=None)

    @property
    def ranked(self) -> list[Candidate]:
        """The chosen, the lead first."""
        return sorted(self.chosen, key=_authority, reverse=True)


def _authority(candidate: Candidate) -> tuple[bool, int, float]:
    """Strings go from the small to the large: department, hospital, university."""
    is_university = "university" in candidate.matched_name.split(" ")
    return is_university, candidate.span[1], candidate.confidence


class Choice(NamedTuple):
    """A hit with the organisation it means and the rule that found it."""

    hit: Hit
    option: Option
    rule: str


def match(text: str, index: OrganisationIndex) -> Match:
    """The organisations the string names. Repeated strings are answered from memory.

    Reads the first 2,000 characters; about 100 us for a string of usual length.
    """
    known: Match | None = index.matches.pop(text, None)
    if known is None:
        known = _match(Scene(text), index)
        if len(index.matches) >= CACHE_SIZE:
            del index.matches[next(iter(index.matches))]
    index.matches[text] = known
    return known


def _match(scene: Scene, index: OrganisationIndex) -> Match:
    chosen: list[Choice] = []
    left_open: list[tuple[Hit, list[Option]]] = []
    taken = [False] * len(scene.forms)
    hits = list(find_hits(scene, index))
    scene.forget_places_within((hit.start, hit.end) for hit in hits)
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.is_inverted)):
        if any(taken[hit.start : hit.end]):
            continue
        options = options_of(scene, hit, index)
        if not options or _is_outdone(scene, hit, options, hits, index):
            continue
        if found := settle(scene, hit, options, index):
            chosen.append(Choice(hit, *found))
        else:
            left_open.append((hit, options))
            if not any(option.is_backed for option in options):
                continue
        taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    chosen, left_open = _with_kin(scene, chosen, left_open, index)
    chosen += _acronyms(scene, chosen, left_open)
    chosen = _without_strangers(scene, chosen)
    chosen += _owners(scene, chosen, hits, index)
    words = set(scene.forms)
    if not chosen and not any(option.is_backed for _, options in left_open for option in options):
        words.update((NEAR, *(end for word in scene.forms for end in ends(word))))
        chosen = _similar(scene, index)
        chosen = chosen or [Choice(*found, "school") for found in find_schools(scene, index)]
    candidates: dict[str, Candidate] = {}
    for choice in sorted(chosen, key=lambda choice: choice.hit.start):
        found = _candidate(scene, choice)
        if found.confidence > candidates.get(found.ror, found._replace(confidence=0.0)).confidence:
            candidates[found.ror] = found
    ambiguous = tuple(
        _candidate(scene, Choice(hit, option, "open"))
        for hit, options in left_open
        if any(option.is_backed for option in options)
        for option in options
    )
    evidence = {"text": scene.text, "countries": sorted(scene.countries_outside(0, 0))}
    terms = array("i", sorted(set(map(term, words))))
    return Match(tuple(candidates.values()), ambiguous, evidence, terms)


@lru_cache(maxsize=1 << 16)
def term(word: str) -> int:
    """The hash of a word or an identifier, the same in every process: 31 bits."""
    return zlib.crc32(word.encode()) & 0x7FFFFFFF


def _is_outdone(
    scene: Scene, hit: Hit, options: list[Option], hits: list[Hit], index: OrganisationIndex
) -> bool:
    """Whether the words are better read as `University of X`, whose city the string names."""
    if hit.is_inverted or any(o.in_city or o.kind is not NameKind.SHORT for o in options):
        return False
    return any(
        option.in_city
        for other in hits
        if other.is_inverted and (other.start, other.end) == (hit.start, hit.end)
        for option in options_of(scene, other, index)
    )


def _with_kin(
    scene: Scene,
    chosen: list[Choice],
    left_open: list[tuple[Hit, list[Option]]],
    index: OrganisationIndex,
) -> tuple[list[Choice], list[tuple[Hit, list[Option]]]]:
    """Settle what is open by what is not, names too weak to stand alone among it."""
    sure = [choice.option.organisation for choice in chosen]
    still: list[tuple[Hit, list[Option]]] = []
    for hit, options in left_open:
        inside = any(c.hit.start < hit.end and hit.start < c.hit.end for c in chosen)
        weak = hit.end - hit.start == 1 and not scene.raw(hit.start, hit.end).isupper()
        others = [
            option.organisation
            for other, more in left_open
            if other.end <= hit.start or hit.end <= other.start
            for option in more
        ]
        found = None if inside or weak else kin_of(options, sure + others, index)
        if found:
            chosen.append(Choice(hit, *found))
        else:
            still.append((hit, options))
    return chosen, still


def _acronyms(
    scene: Scene, chosen: list[Choice], left_open: list[tuple[Hit, list[Option]]]
) -> list[Choice]:
    """Acronyms of one organisation alone in the countries of those the string names by name."""
    countries = {choice.option.organisation.country for choice in chosen}
    found: list[Choice] = []
    for hit, options in left_open:
        near = [o for o in options if o.organisation.country in countries]
        is_acronym = near and near[0].kind is NameKind.ACRONYM and len(hit.key) >= SHORTEST_WORD
        if is_acronym and len(near) == 1 and scene.raw(hit.start, hit.end).isupper():
            found.append(Choice(hit, near[0], "acronym"))
    return found


def _without_strangers(scene: Scene, chosen: list[Choice]) -> list[Choice]:
    """Drop, where no country is named, what sits in another country.

    The country is that of the organisation whose city is named, or else whose name is longest.
    Universities stay: their names are their own.
    """
    if len(chosen) < 2 or scene.places:
        return chosen
    lead = max(chosen, key=lambda c: (c.option.in_city, c.hit.end - c.hit.start, -c.hit.start))
    country = lead.option.organisation.country
    return [
        choice
        for choice in chosen
        if choice.option.in_city
        or choice.option.organisation.country == country
        or "university" in choice.hit.key
    ]


def _similar(scene: Scene, index: OrganisationIndex) -> list[Choice]:
    """What the parts of a string that spells no name nearly spell."""
    return [
        Choice(
            Hit(near.start, near.end, near.key),
            Option(near.organisation, near.kind, near.in_city, True),
            "similar",
        )
        for near in find_similar(scene, index)
    ]


def _owners(
    scene: Scene, chosen: list[Choice], hits: list[Hit], index: OrganisationIndex
) -> list[Choice]:
    """The organisations whose names begin or end a longer name: the university of its hospital."""
    known = {choice.option.organisation.ror for choice in chosen}
    found: list[Choice] = []
    for choice in chosen:
        for hit in hits:
            if hit.is_inverted or not within(hit, choice.hit):
                continue
            owners = owners_of(scene, hit, choice.hit, choice.option.organisation, index)
            if len(owners) == 1 and owners[0].organisation.ror not in known:
                known.add(owners[0].organisation.ror)
                found.append(Choice(hit, owners[0], "owner"))
    return found


def _candidate(scene: Scene, choice: Choice) -> Candidate:
    hit, option, rule = choice
    found = option.organisation
    confidence = CONFIDENCE.get(rule, 0.0)
    if confidence and (
        option.in_city or found.country in scene.countries_outside(hit.start, hit.end)
    ):
        confidence += CONFIRMED
    return Candidate(
        found.ror,
        found.croid,
        round(confidence, 2),
        hit.key,
        scene.span(hit.start, hit.end),
        rule,
        found.country,
    )
