"""Finds the organisations an affiliation string names; in doubt it finds none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nexus_hub.vulcanus.names import (
    GENERIC_WORDS,
    Word,
    boundary_between,
    content,
    cut,
)
from nexus_hub.vulcanus.organisations import Known, NameKind, OrganisationIndex
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME, LONGEST_NAME, STATE_CODES

LONGEST_TEXT = 2_000
LONGEST_CITY = 4
CACHE_SIZE = 50_000


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
    """What a string names: `chosen` in the order of the string, `ambiguous` what it leaves open."""

    chosen: tuple[Candidate, ...]
    ambiguous: tuple[Candidate, ...]
    evidence: dict[str, Any] = field(default_factory=dict)


class Place(NamedTuple):
    """A country named by the words from `start` to before `end`."""

    start: int
    end: int
    countries: frozenset[str]


class Hit(NamedTuple):
    """A name of the index that the words from `start` to before `end` spell."""

    start: int
    end: int
    key: str


class Scene:
    """An affiliation string, read: its words, where its parts end, the places it names."""

    def __init__(self, text: str, index: OrganisationIndex) -> None:
        self.text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
        words = cut(self.text)
        self.words = content(words)
        self.forms = [word.form for word in self.words]
        count = len(self.words)
        # edge[i]: a part of the string begins at word i; tight[i]: i follows i-1 with nothing between
        self.edge = [True] * (count + 1)
        self.tight = [False] * (count + 1)
        for i in range(1, count):
            left, right = self.words[i - 1], self.words[i]
            self.edge[i] = boundary_between(self.text, left, right)
            gap = self.text[left.end : right.start]
            self.tight[i] = not self.edge[i] and not any(c.isalnum() or c == "&" for c in gap)
        self.places = list(self._countries())
        self.line = f" {' '.join(self.forms)} "

    def _countries(self) -> Iterator[Place]:
        i, count = 0, len(self.words)
        while i < count:
            for j in range(min(count, i + LONGEST_NAME), i, -1):
                codes = self._country(i, j)
                if codes:
                    yield Place(i, j, codes)
                    i = j - 1
                    break
            i += 1

    def _country(self, i: int, j: int) -> frozenset[str] | None:
        ends = self.edge[j] or self.forms[j].isdigit()
        if not ends:
            return None
        if j == i + 1:
            raw = self.text[self.words[i].start : self.words[i].end]
            if len(raw) == 2 and not (raw.isupper() or not raw.isascii()):
                return None
            if raw in STATE_CODES and raw.isupper() and i and self.edge[i]:
                return frozenset({"US"})
        return COUNTRY_BY_NAME.get(" ".join(self.forms[i:j]))

    def countries_outside(self, start: int, end: int) -> frozenset[str]:
        """What countries the string names beside these words."""
        found: frozenset[str] = frozenset()
        for place in self.places:
            if place.end <= start or place.start >= end:
                found |= place.countries
        return found

    def names_city(self, city: str) -> bool:
        """Whether the city stands anywhere in the string."""
        return bool(city) and f" {city} " in self.line


def match(text: str, index: OrganisationIndex) -> Match:
    return _match(text, index)


def _match(text: str, index: OrganisationIndex) -> Match:
    scene = Scene(text, index)
    chosen: list[Candidate] = []
    open_: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for hit in sorted(_hits(scene, index), key=lambda hit: (hit.start - hit.end, hit.start)):
        if any(hit.start < end and start < hit.end for start, end in taken):
            continue
        found = _resolve(scene, hit, index)
        if found is None:
            continue
        taken.append((hit.start, hit.end))
        if isinstance(found, list):
            open_ += found
        elif found.ror not in {c.ror for c in chosen}:
            chosen.append(found)
    chosen.sort(key=lambda c: c.span)
    return Match(tuple(chosen), tuple(open_))


def _hits(scene: Scene, index: OrganisationIndex) -> Iterator[Hit]:
    forms, count = scene.forms, len(scene.forms)
    for i in range(count):
        for j in range(min(count, i + index.longest_from(forms[i])), i, -1):
            key = " ".join(forms[i:j])
            if index.has_name(key):
                yield Hit(i, j, key)


class Option(NamedTuple):
    organisation: Known
    kind: NameKind
    in_city: bool


def _resolve(scene: Scene, hit: Hit, index: OrganisationIndex) -> Candidate | list[Candidate] | None:
    if index.is_city(hit.key) or hit.key in COUNTRY_BY_NAME:
        return None
    best: dict[str, Option] = {}
    for organisation, kind in index.named(hit.key):
        living = index.living(organisation)
        if living is None:
            continue
        known = best.get(living.ror)
        if known is None or kind < known.kind:
            best[living.ror] = Option(living, kind, scene.names_city(living.city))
    if not best:
        return None
    countries = scene.countries_outside(hit.start, hit.end)
    options = [o for o in best.values() if not countries or o.organisation.country in countries]
    if not options:
        return None
    named = [o for o in options if o.kind != NameKind.ACRONYM]
    options = named or options
    in_city = [o for o in options if o.in_city]
    rule = "unique"
    if len(options) > 1:
        options = in_city or options
        rule = "city"
        if len(options) > 1:
            first = min(o.kind for o in options)
            options = [o for o in options if o.kind == first]
            rule = "kind"
            if len(options) > 1 or first > NameKind.LABEL:
                return [_candidate(scene, hit, o, 0.0, "ambiguous") for o in options]
    elif countries and len(best) > 1:
        rule = "country"
    option = options[0]
    confirmed = bool(countries) or option.in_city
    words = scene.forms[hit.start : hit.end]
    distinct = [w for w in words if w not in GENERIC_WORDS and not w.isdigit()]
    alone = scene.edge[hit.start] and scene.edge[hit.end]
    if option.kind == NameKind.ACRONYM:
        raw = scene.text[scene.words[hit.start].start : scene.words[hit.end - 1].end]
        if not confirmed or rule != "unique" or len(raw) < 3 or not raw.isupper():
            return None
        return _candidate(scene, hit, option, 0.8, "acronym")
    if len(words) == 1 and scene.words[hit.start].end - scene.words[hit.start].start > 1:
        if len(words[0]) < 4 or not distinct or not (alone or confirmed):
            return None
        rule += "-word"
    if not distinct and not (confirmed and alone):
        return None
    if not _fits(scene, hit, distinct):
        return None
    confidence = {"unique": 0.95, "country": 0.93, "city": 0.93, "kind": 0.85}.get(rule, 0.85)
    return _candidate(scene, hit, option, confidence + (0.04 if confirmed else 0), rule)


def _fits(scene: Scene, hit: Hit, distinct: Sequence[str]) -> bool:
    """Whether the words around the name may stand there without being part of a longer name."""
    if scene.tight[hit.start] and not _neutral(scene, hit.start - 1):
        return False
    return not (scene.tight[hit.end] and not _neutral(scene, hit.end))


def _neutral(scene: Scene, at: int) -> bool:
    form = scene.forms[at]
    return form in GENERIC_WORDS or form.isdigit() or f" {form} " in scene.line and False


def _candidate(
    scene: Scene, hit: Hit, option: Option, confidence: float, rule: str
) -> Candidate:
    start, end = scene.words[hit.start].start, scene.words[hit.end - 1].end
    o = option.organisation
    return Candidate(o.ror, o.croid, round(confidence, 2), hit.key, (start, end), rule, o.country)
