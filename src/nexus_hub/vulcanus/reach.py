"""How far changes of organisations reach: which strings may name another one for them.

A string that spells a name has all words of it. So for each name that is new, gone or means another
organisation, the strings with all of its words are concerned, and no others. A string that spells
none may nearly spell a name that shares a telling word with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nexus_hub.vulcanus.matcher import NEAR, term
from nexus_hub.vulcanus.organisations import (
    COMMON_IN,
    Journal,
    Known,
    Organisation,
    OrganisationIndex,
    State,
)
from nexus_hub.vulcanus.schools import SCHOOL
from nexus_hub.vulcanus.similarity import MANY, ends, likely_words, weight_of
from nexus_hub.vulcanus.words import HEAD_WORDS

SYSTEM = " system"
"""What ends the name of several campuses, which share the rest of it."""


@dataclass(slots=True)
class Reach:
    """Names whose words, taken together, concern a string; those with a word more, by which they go
    on; sets of words, and of their ends, that do where it spells no name; ROR ids whose
    organisation is another one; those of organisations that weigh more by their parts, or less."""

    names: set[str] = field(default_factory=set)
    longer: set[tuple[str, ...]] = field(default_factory=set)
    near: set[tuple[str, ...]] = field(default_factory=set)
    rors: set[str] = field(default_factory=set)
    weighed: set[str] = field(default_factory=set)

    def add(self, other: Reach) -> None:
        """Reach as far as another, too."""
        self.names |= other.names
        self.longer |= other.longer
        self.near |= other.near
        self.rors |= other.rors
        self.weighed |= other.weighed

    def word_sets(self) -> set[tuple[int, ...]]:
        """Terms that stand together in a string that is concerned, one set at least."""
        found = {_terms(name.split(" ")) for name in self.names}
        found.update(_terms(words) for name in self.names for words in _cut_short(name))
        found.update(map(_terms, self.longer))
        found.update(_terms([NEAR, *words]) for words in self.near)
        return found


def _near(one: str, other: str) -> Iterator[tuple[str, ...]]:
    """What a string has that has a word, and another one or the like of it."""
    if one == other:
        yield (one,)
    else:
        yield from ((one, end) for end in ends(other) or (other,))


def _terms(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(set(map(term, words))))


def _cut_short(name: str) -> Iterator[list[str]]:
    """What a string says instead of a name: `Yale School` of that of Yale, one campus of many."""
    words = name.split(" ")
    if len(words) > 1 and "university" in (words[0], words[-1]):
        rest = words[1:] if words[0] == "university" else words[:-1]
        yield [*rest, SCHOOL]
    if name.endswith(SYSTEM):
        yield words[:-1]


def apply_changes(
    index: OrganisationIndex, gone: Iterable[str], rows: Iterable[Organisation]
) -> Reach:
    """Forget organisations (by encoded CROID), take in others, and tell how far that reaches."""
    olds: dict[str, State | None] = {}
    index.begin()
    for croid in gone:
        olds.setdefault(croid, index.state(croid))
        index.remove(croid)
    for row in rows:
        olds.setdefault(row.croid, index.state(row.croid))
        index.replace(row)
    journal = index.end()
    changes = _Changes(index)
    for croid, old in olds.items():
        changes.compare(old, index.state(croid))
    changes.follow()
    changes.weigh(journal)
    return changes.reach


@dataclass(slots=True)
class _Changes:
    """What was found to reach so far. `moved`: ROR ids of what is another organisation to those
    that went into it; `hung`: those under another parent; `parts`: how many more a parent has."""

    index: OrganisationIndex
    reach: Reach = field(default_factory=Reach)
    moved: set[str] = field(default_factory=set)
    hung: set[str] = field(default_factory=set)
    parts: dict[str, int] = field(default_factory=dict)

    def compare(self, old: State | None, new: State | None) -> None:
        """Note what is another between two states of an organisation."""
        states = [state for state in (old, new) if state is not None]
        before, after = (state.kinds if state else {} for state in (old, new))
        names = before.keys() | after.keys()
        changed = {name for name in names if before.get(name) != after.get(name)}
        if _differs(old, new, _is_university):
            # Its acronym begins the names of its schools.
            changed |= {name for name in names if " " not in name}
        self.reach.names |= changed
        self.reach.longer.update(_goes_on(names - changed, changed))
        if _differs(old, new, _facts):
            self.reach.names |= names
            self.moved.update(state.known.ror for state in states)
        elif old is not None and new is not None:
            spelled = _spellings(old.known) ^ _spellings(new.known)
            self.reach.names.update(key for _, key in spelled if key)
        if _differs(old, new, lambda known: known.ror):
            self.reach.rors.update(state.known.ror for state in states)
        if _differs(old, new, lambda known: frozenset(known.parents)):
            self.hung.update(state.known.ror for state in states)
            for state, more in ((old, -1), (new, 1)):
                for parent in state.known.parents if state else ():
                    self.parts[parent] = self.parts.get(parent, 0) + more

    def follow(self) -> None:
        """Reach what lies below and what went before, and parents that weigh more now, or less."""
        if self.hung:
            below = _closure(self.hung, self._links(lambda known: known.parents))
            self._reach_names(below)
            self.moved |= below
        for parent, more in self.parts.items():
            count = self.index.parts_of(parent)
            if count.bit_length() != (count - more).bit_length():
                self._reach_names([parent])
                self.moved.add(parent)
                self.reach.weighed.add(parent)
        if self.moved:
            links = self._links(lambda known: (known.successor,) if known.successor else ())
            self._reach_names(_closure(self.moved, links))

    def _links(self, of: Callable[[Known], Iterable[str]]) -> Mapping[str, list[str]]:
        """By ROR id, the organisations that name it so."""
        found: dict[str, list[str]] = {}
        for known in self.index:
            for other in of(known):
                found.setdefault(other, []).append(known.ror)
        return found

    def _reach_names(self, rors: Iterable[str]) -> None:
        for ror in rors:
            if known := self.index.by_ror(ror):
                self.reach.names.update(known.keys)

    def weigh(self, journal: Journal) -> None:
        """Reach what cities and words tell that are more common now, or less."""
        index, reach = self.index, self.reach
        cities = {city for city, was in journal.cities.items() if index.is_city(city) != was}
        turned: list[str] = []
        for word, (rarity, was_common) in journal.words.items():
            if index.is_common(word, COMMON_IN) != was_common:
                reach.names.update(index.keys_with(word))
            if index.rarity(word) != rarity:
                turned.append(word)
        rarities = {word: rarity for word, (rarity, _) in journal.words.items()}

        def weigh(word: str) -> float:
            return weight_of(word, index.rarity(word))

        def weighed(word: str) -> float:
            return weight_of(word, rarities.get(word, index.rarity(word)))

        for name in reach.names:
            self._reach_alike({*likely_words(name, weigh), *likely_words(name, weighed)})
            words = name.split(" ")
            telling = next((n for n, word in enumerate(words) if self._is_telling(word)), None)
            if telling is not None and len(words) > 2:
                # A name cut short still has a word by which it is looked for.
                reach.near.add(tuple(words[: max(2, telling + 1)]))
        for word in turned:
            reach.near.add((word,))
            for name in set(index.keys_with(word)) - reach.names:
                # What has not the word itself has the like of it, or can do without it.
                likes = {(one, word) for one in name.split(" ") if one != word and ends(word)}
                without = (likely_words(name, each, word) for each in (weigh, weighed))
                self._reach_alike(likes.union(*without))
        reach.names |= cities

    def _reach_alike(self, pairs: Iterable[tuple[str, str]]) -> None:
        for one, other in pairs:
            if self._is_telling(one):
                self.reach.near.update(_near(one, other))

    def _is_telling(self, word: str) -> bool:
        """Whether names like a part of a string are looked for by this word."""
        return not self.index.is_common(word) and self.index.count(word) <= MANY


def _facts(known: Known) -> tuple[object, ...]:
    funders = len(known.funders).bit_length()
    return known.ror, known.active, known.country, known.city, known.successor, funders


def _is_university(known: Known) -> bool:
    return any("university" in key for key in known.keys)


def _goes_on(names: Iterable[str], changed: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The words of each name with one of another, with which a string may go on."""
    heads = HEAD_WORDS.intersection(word for other in changed for word in other.split(" "))
    for words in (name.split(" ") for name in names if " " in name):
        yield from ((*words, head) for head in heads.difference(words))


def _spellings(known: Known) -> set[tuple[int, str]]:
    return set(zip(known.literals, known.spelled_keys, strict=True))


def _differs(old: State | None, new: State | None, of: Callable[[Known], object]) -> bool:
    """Whether two states of an organisation differ in something; there and not there do."""
    if old is None or new is None:
        return old is not new
    return of(old.known) != of(new.known)


def _closure(first: Iterable[str], links: Mapping[str, list[str]]) -> set[str]:
    """These, and all that lead to them."""
    found: set[str] = set(first)
    todo = list(found)
    while todo:
        for other in links.get(todo.pop(), ()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found
