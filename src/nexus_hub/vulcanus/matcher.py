"""Finds the organisations an affiliation string names; in doubt it finds none.

Every run of words that is a name in the index is a hit; the longest go first and do not overlap.
A hit counts when no country in the string contradicts it, when the words beside it do not make it
a part of a longer name, and when one organisation is left, by itself or by its city, its kin in
the same string or the exact spelling. What is left open is reported, not chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nexus_hub.vulcanus.names import literal_key
from nexus_hub.vulcanus.organisations import Known, NameKind, OrganisationIndex
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.words import UNIT_WORDS

CACHE_SIZE = 1 << 16
LONG_GENERIC_NAME = 5
"""From this many words on, a name of common words alone is its own proof."""

LONG_NAME = 4
"""From this many words on, a name may have a person's name before it."""

OWNED_WORDS = frozenset({"institute", "center", "branch", "observatory", "museum", "garden"})
"""What an academy has of its own: where it is not in the index, the academy is not meant."""

CONFIDENCE = {
    "unique": 0.95,
    "country": 0.94,
    "city": 0.94,
    "kin": 0.9,
    "spelling": 0.88,
    "kind": 0.85,
    "word": 0.85,
    "short": 0.9,
    "inverted": 0.85,
    "acronym": 0.8,
}
CONFIRMED = 0.04
"""Added where the string names the organisation's country or city as well."""


class Candidate(NamedTuple):
    """An organisation a string names. `span` is (start, end) in the NFC form of the string."""

    ror: str
    croid: str
    confidence: float
    matched_name: str
    span: tuple[int, int]
    rule: str
    country: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a string names, in the order of the string, and what it leaves open.

    `evidence` is for a reader: the countries the string names, and how many names it left open.
    """

    chosen: tuple[Candidate, ...]
    ambiguous: tuple[Candidate, ...]
    evidence: dict[str, object]


class Hit(NamedTuple):
    """A name of the index that the words from `start` to before `end` spell."""

    start: int
    end: int
    key: str
    is_inverted: bool = False


class Option(NamedTuple):
    """An organisation a hit may mean."""

    organisation: Known
    kind: NameKind
    in_city: bool


def match(text: str, index: OrganisationIndex) -> Match:
    """The organisations the string names; the same string is worked out once per state of the index.

    Takes the first 2,000 characters. About 100 us a string of usual length.
    """
    cache: dict[str, Match] = index.matches
    found = cache.pop(text, None)
    if found is None:
        found = _match(text, index)
        if len(cache) >= CACHE_SIZE:
            del cache[next(iter(cache))]
    cache[text] = found
    return found


def _match(text: str, index: OrganisationIndex) -> Match:
    scene = Scene(text)
    chosen: list[tuple[Hit, Option, str]] = []
    unsettled: list[tuple[Hit, list[Option]]] = []
    taken: list[tuple[int, int]] = []
    for hit in sorted(_hits(scene, index), key=lambda hit: (hit.start - hit.end, hit.start)):
        if any(hit.start < end and start < hit.end for start, end in taken):
            continue
        options = _options(scene, hit, index)
        if not options:
            continue
        taken.append((hit.start, hit.end))
        settled = _settle(scene, hit, options, index)
        if settled is None:
            unsettled.append((hit, options))
        else:
            chosen.append((hit, *settled))
    for hit, options in list(unsettled):
        kin = _kin(options, chosen, index)
        if kin:
            chosen.append((hit, kin, "kin"))
            unsettled.remove((hit, options))
    chosen = _of_one_country(scene, chosen)
    if len(chosen) > 1:
        chosen = [c for c in chosen if c[2] != "acronym"] or chosen
    candidates: dict[str, Candidate] = {}
    for hit, option, rule in sorted(chosen, key=lambda c: c[0].start):
        found = _candidate(scene, hit, option, rule)
        known = candidates.get(found.ror)
        if known is None or known.confidence < found.confidence:
            candidates[found.ror] = found
    left = [_candidate(scene, hit, option, "") for hit, options in unsettled for option in options]
    return Match(
        tuple(candidates.values()),
        tuple(left),
        {"countries": sorted(scene.countries_outside(0, 0)), "open": len(unsettled)},
    )


def _hits(scene: Scene, index: OrganisationIndex) -> Iterator[Hit]:
    forms, count = scene.forms, len(scene.forms)
    for i in range(count):
        for j in range(min(count, i + index.longest_from(forms[i])), i, -1):
            key = " ".join(forms[i:j])
            if index.has_name(key):
                yield Hit(i, j, key)
        for j in range(i + 2, min(count, i + 4) + 1):
            if forms[j - 1] == "university" and not scene.parts_within(i, j):
                key = " ".join(("university", *forms[i : j - 1]))
                if index.has_name(key):
                    yield Hit(i, j, key, is_inverted=True)


def _options(scene: Scene, hit: Hit, index: OrganisationIndex) -> list[Option]:
    """The organisations the hit may mean where it stands; none where it is no name at all."""
    if index.is_city(hit.key) or hit.key in COUNTRY_BY_NAME or not _fits(scene, hit):
        return []
    countries = scene.countries_outside(hit.start, hit.end)
    best: dict[str, Option] = {}
    for organisation, kind in index.named(hit.key):
        living = index.living(organisation)
        if living is None or (countries and living.country not in countries):
            continue
        option = Option(living, kind, scene.names_city(living.city, hit.start, hit.end))
        if not _holds(scene, hit, option, bool(countries), index):
            continue
        known = best.get(living.ror)
        if known is None or kind < known.kind:
            best[living.ror] = option
    options = list(best.values())
    if len(options) > 1:
        strong = [option for option in options if option.kind < NameKind.SHORT]
        options = strong or options
        if all(option.kind is NameKind.ACRONYM for option in options):
            return []
    return options


def _fits(scene: Scene, hit: Hit) -> bool:
    if scene.parts_within(hit.start, hit.end) and not scene.is_whole(hit.start, hit.end):
        return False
    words = scene.forms[hit.start : hit.end]
    if "academy" in words and scene.belongs(hit.start):
        owned = scene.part_before(hit.start)
        if not OWNED_WORDS.isdisjoint(owned):
            return False
    begins = scene.begins_name(hit.start) or hit.end - hit.start >= LONG_NAME
    return begins and scene.ends_name(hit.end)


def _holds(
    scene: Scene, hit: Hit, option: Option, in_country: bool, index: OrganisationIndex
) -> bool:
    """Whether so weak a name as this is backed by what stands beside it."""
    words = scene.forms[hit.start : hit.end]
    confirmed = in_country or option.in_city
    alone = scene.is_alone(hit.start, hit.end)
    if f"{hit.key} system" in option.organisation.keys:
        return False
    if hit.is_inverted:
        return confirmed
    if option.kind is NameKind.ACRONYM:
        return confirmed and scene.raw(hit.start, hit.end).isupper()
    if option.kind is NameKind.SHORT and not confirmed:
        return False
    distinct = [word for word in words if not index.is_common(word)]
    if not distinct:
        if words[0] in UNIT_WORDS:
            return False
        if option.kind > NameKind.LABEL or len(words) < LONG_GENERIC_NAME:
            return alone and (option.in_city or (in_country and option.kind <= NameKind.LABEL))
        return alone
    if len(words) == 1 and scene.raw(hit.start, hit.end).isascii():
        return len(words[0]) >= 4 and alone
    return True


def _settle(
    scene: Scene, hit: Hit, options: list[Option], index: OrganisationIndex
) -> tuple[Option, str] | None:
    """The one organisation meant and the rule that found it; None where it stays open."""
    if len(options) == 1:
        return options[0], _rule_of_one(scene, hit, options[0], index)
    in_city = [option for option in options if option.in_city]
    if len(in_city) == 1:
        return in_city[0], "city"
    options = in_city or options
    for above in options:
        others = [other for other in options if other is not above]
        if all(index.is_under(other.organisation, above.organisation) for other in others):
            return above, "kin"
    literal = literal_key(scene.raw_words(hit.start, hit.end))
    spelled = [option for option in options if option.organisation.is_spelled(literal)]
    if len(spelled) == 1:
        return spelled[0], "spelling"
    options = spelled or options
    strongest = min(option.kind for option in options)
    left = [option for option in options if option.kind == strongest]
    if len(left) == 1 and strongest is NameKind.DISPLAY:
        return left[0], "kind"
    return None


def _rule_of_one(scene: Scene, hit: Hit, option: Option, index: OrganisationIndex) -> str:
    if hit.is_inverted:
        return "inverted"
    if option.kind is NameKind.ACRONYM:
        return "acronym"
    if option.kind is NameKind.SHORT:
        return "short"
    if hit.end - hit.start == 1 and scene.raw(hit.start, hit.end).isascii():
        return "word"
    return "unique" if len(index.named(hit.key)) == 1 else "country"


def _kin(
    options: list[Option], chosen: list[tuple[Hit, Option, str]], index: OrganisationIndex
) -> Option | None:
    """The option that is parent or child of an organisation the string names beyond doubt."""
    kin = [
        option
        for option in options
        for _, other, _ in chosen
        if index.is_under(option.organisation, other.organisation)
        or index.is_under(other.organisation, option.organisation)
    ]
    return kin[0] if len({option.organisation.ror for option in kin}) == 1 else None


def _of_one_country(
    scene: Scene, chosen: list[tuple[Hit, Option, str]]
) -> list[tuple[Hit, Option, str]]:
    """Where no country is named, the longest name decides for one; a place confirms the others."""
    if len(chosen) < 2 or scene.places:
        return chosen
    lead = max(chosen, key=lambda c: (c[1].in_city, c[0].end - c[0].start))
    country = lead[1].organisation.country
    return [c for c in chosen if c[1].in_city or c[1].organisation.country == country]


def _candidate(scene: Scene, hit: Hit, option: Option, rule: str) -> Candidate:
    found = option.organisation
    confidence = CONFIDENCE.get(rule, 0.0)
    if rule and (option.in_city or found.country in scene.countries_outside(hit.start, hit.end)):
        confidence += CONFIRMED
    return Candidate(
        found.ror,
        found.croid,
        round(confidence, 2),
        hit.key,
        scene.span(hit.start, hit.end),
        rule or "ambiguous",
        found.country,
    )
