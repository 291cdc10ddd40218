"""The names of all organisations in memory, made to be asked many times and updated in place."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, NamedTuple

from nexus_hub.vulcanus.names import (
    fold,
    literal_key,
    name_key,
    spelled_out,
    without_brackets,
    word_texts,
)
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME
from nexus_hub.vulcanus.words import GENERIC_WORDS, STOP_WORDS

COMMON_IN: Final = 25
"""A word in names of this many countries is common; in an organisation's proper name, where the
word is known as common beforehand only."""

RARITIES: Final = (3, 50, 400)
"""Up to so many names a word is as rare as others; how rare a word is changes seldom."""


class Organisation(NamedTuple):
    """What the index needs to be told of an organisation.

    `croid` is its encoded identifier, `ror` the whole address (`https://ror.org/...`), `names` are
    (value, ROR name type) pairs, `successor_ror` is where a closed organisation went. One that has
    no ROR id has the address of its funder id instead (`https://doi.org/10.13039/...`); `funders`
    are all its funder ids (`10.13039/...`).
    """

    croid: str
    ror: str
    status: str
    country_code: str | None
    city: str | None
    names: Sequence[tuple[str, str]]
    successor_ror: str | None = None
    parent_rors: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()


class NameKind(IntEnum):
    """How much a name says, strongest first.

    `SHORT` is a name without the city it ends with, `BRANCH` one without the country in brackets
    that tells the branches of a company apart.
    """

    DISPLAY = 0
    LABEL = 1
    ALIAS = 2
    SHORT = 3
    BRANCH = 4
    ACRONYM = 5


_KINDS = {
    "ror_display": NameKind.DISPLAY,
    "label": NameKind.LABEL,
    "alias": NameKind.ALIAS,
    "acronym": NameKind.ACRONYM,
}


class Known(NamedTuple):
    """An organisation as the index keeps it; `spelled_keys` says whose name each literal is."""

    croid: str
    ror: str
    active: bool
    country: str
    city: str
    successor: str | None
    parents: tuple[str, ...]
    keys: tuple[str, ...]
    literals: tuple[int, ...]
    spelled_keys: tuple[str, ...]
    funders: tuple[str, ...] = ()

    def is_spelled(self, literal: str) -> bool:
        """Whether a name of it is written just so, language and abbreviations included."""
        return hash(literal) in self.literals


Entry = tuple[Known, NameKind]


class State(NamedTuple):
    """An organisation as the index keeps it, with the kind of each of its names."""

    known: Known
    kinds: dict[str, NameKind]


@dataclass(slots=True)
class Journal:
    """How common words were, and whether cities were known, before changes that touched them."""

    words: dict[str, tuple[int, bool]] = field(default_factory=dict)
    cities: dict[str, bool] = field(default_factory=dict)


class OrganisationIndex:
    """Organisations by comparable name, by ROR id, by funder id and by city.

    Filling it costs about 0.1 ms and 2 KB an organisation. Not safe for writing by two threads.
    """

    def __init__(self, rows: Iterable[Organisation] = (), registry_version: str = "") -> None:
        self.registry_version = registry_version
        # What was found of strings, and what is similar to parts of them, while nothing changes
        self.matches: dict[str, Any] = {}
        self.alike: dict[str, Sequence[tuple[float, str]]] = {}
        self._by_croid: dict[str, int] = {}
        self._by_ror: dict[str, int] = {}
        self._by_funder: dict[str, int] = {}
        self._slots: list[Known | None] = []
        self._free: list[int] = []
        # key -> slot * 8 + kind, or several of them
        self._names: dict[str, int | tuple[int, ...]] = {}
        self._cities: dict[str, int] = {}
        # word -> one bit for each country that has a name with it
        self._spread: dict[str, int] = {}
        self._bits: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        # ROR id -> how many organisations name it as their parent
        self._parts: dict[str, int] = {}
        # word -> the names with it; of common words how many there are
        self._with_word: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}
        # word -> how rare it is, of words that were asked about
        self._rarities: dict[str, int] = {}
        self._journal: Journal | None = None
        for row in rows:
            self.replace(row)

    def __len__(self) -> int:
        return len(self._by_croid)

    def replace(self, row: Organisation) -> None:
        """Take an organisation in, or its new state."""
        self.remove(row.croid)
        city = place_key(row.city)
        kinds = _name_kinds(row.names, city)
        spellings = sorted(set(map(_spelling, {value for value, _ in row.names})))
        found = Known(
            row.croid,
            row.ror,
            row.status == "active",
            sys.intern(row.country_code or ""),
            sys.intern(city),
            row.successor_ror,
            row.parent_rors,
            tuple(kinds),
            tuple(hashed for hashed, _ in spellings),
            tuple(key for _, key in spellings),
            row.funders,
        )
        slot = self._free.pop() if self._free else len(self._slots)
        if slot == len(self._slots):
            self._slots.append(found)
        else:
            self._slots[slot] = found
        self._by_croid[row.croid] = slot
        self._by_ror[row.ror] = slot
        for funder in row.funders:
            self._by_funder[funder] = slot
        for parent in found.parents:
            self._parts[parent] = self._parts.get(parent, 0) + 1
        if city:
            self._note_city(city)
            self._cities[city] = self._cities.get(city, 0) + 1
        bit = self._bit(found.country)
        for key, kind in kinds.items():
            words = set(key.split(" "))
            self._note_words(words)
            self._add_name(key, slot * 8 + kind)
            for word in words:
                self._spread[word] = self._spread.get(word, 0) | bit

    def remove(self, croid: str) -> None:
        """Forget an organisation; one that is not there is forgotten already."""
        self.matches.clear()
        self.alike.clear()
        slot = self._by_croid.pop(croid, None)
        found = self._slots[slot] if slot is not None else None
        if slot is None or found is None:
            return
        if self._by_ror.get(found.ror) == slot:
            del self._by_ror[found.ror]
        for funder in found.funders:
            if self._by_funder.get(funder) == slot:
                del self._by_funder[funder]
        for parent in found.parents:
            self._parts[parent] -= 1
        words = {word for key in found.keys for word in key.split(" ")}
        self._note_words(words)
        for key in found.keys:
            self._drop_name(key, slot)
        if found.city:
            self._note_city(found.city)
            self._cities[found.city] -= 1
            if not self._cities[found.city]:
                del self._cities[found.city]
        self._slots[slot] = None
        self._free.append(slot)
        for word in words:
            if not self.is_common(word) and not self._is_in(word, found.country):
                self._spread[word] &= ~self._bit(found.country)

    def _is_in(self, word: str, country: str) -> bool:
        """Whether an organisation of the country has a name with this word."""
        return any(
            known.country == country
            for key in self._with_word.get(word, ())
            for known, _ in self.named(key)
        )

    def _bit(self, country: str) -> int:
        return 1 << self._bits.setdefault(country, len(self._bits))

    def begin(self) -> None:
        """Keep a journal of what changes from now on."""
        self._journal = Journal()

    def end(self) -> Journal:
        """The journal since `begin`."""
        journal, self._journal = self._journal or Journal(), None
        return journal

    def _note_words(self, words: Iterable[str]) -> None:
        if self._journal is not None:
            for word in words:
                if word not in self._journal.words:
                    was = self.rarity(word), self.is_common(word, COMMON_IN)
                    self._journal.words[word] = was

    def _note_city(self, city: str) -> None:
        if self._journal is not None:
            self._journal.cities.setdefault(city, self.is_city(city))

    def state(self, croid: str) -> State | None:
        """An organisation with all that is matched against of it; None where it is not here."""
        known = self.by_croid(croid)
        if known is None:
            return None
        kinds = {
            key: kind
            for key in known.keys
            for other, kind in self.named(key)
            if other.croid == croid
        }
        return State(known, kinds)

    def __iter__(self) -> Iterator[Known]:
        """All organisations."""
        return (known for known in self._slots if known is not None)

    def named(self, key: str) -> list[Entry]:
        """The organisations of this name, closed ones too, in no order that means anything."""
        found = self._names.get(key)
        if found is None:
            return []
        entries = (found,) if isinstance(found, int) else found
        return [
            (organisation, NameKind(entry & 7))
            for entry in entries
            if (organisation := self._slots[entry >> 3]) is not None
        ]

    def has_name(self, key: str) -> bool:
        """Whether any organisation has this name."""
        return key in self._names

    def longest_from(self, word: str) -> int:
        """Words in the longest name that begins with this word; 0 where none does."""
        return self._longest.get(word, 0)

    def rarity(self, word: str) -> int:
        """How rare a word is, from 0 on, the rarest first; the last are those known as common."""
        found = self._rarities.get(word)
        if found is None:
            count = self.count(word)
            found = len(RARITIES) + 1 if self.is_common(word) else bisect_left(RARITIES, count)
            if count:
                self._rarities[word] = found
        return found

    def count(self, word: str) -> int:
        """Names that have this word."""
        return self._counts.get(word, 0)

    def keys_with(self, word: str) -> Sequence[str]:
        """The names that have this word; none of a common word."""
        return self._with_word.get(word, ())

    def is_city(self, key: str) -> bool:
        """Whether an organisation sits in a city of this name."""
        return key in self._cities

    def is_common(self, word: str, spread: int = 0) -> bool:
        """Whether a word tells organisations apart badly: it is known to, or is a number.

        With `spread`, a word in the names of so many countries is common as well.
        """
        if word in GENERIC_WORDS or word.isdigit():
            return True
        return bool(spread) and self._spread.get(word, 0).bit_count() >= spread

    def by_croid(self, croid: str) -> Known | None:
        """The organisation of an encoded CROID, closed or not."""
        slot = self._by_croid.get(croid)
        return None if slot is None else self._slots[slot]

    def by_ror(self, ror: str) -> Known | None:
        """The organisation of a ROR id, closed or not."""
        slot = self._by_ror.get(ror)
        return None if slot is None else self._slots[slot]

    def by_funder(self, funder: str) -> Known | None:
        """The organisation of a funder id (`10.13039/...`), closed or not."""
        slot = self._by_funder.get(funder)
        return None if slot is None else self._slots[slot]

    def living(self, organisation: Known) -> Known | None:
        """The organisation itself, or where it went when it closed; None where nobody knows."""
        for _ in range(5):
            if organisation.active:
                return organisation
            after = self.by_ror(organisation.successor) if organisation.successor else None
            if after is None:
                return None
            organisation = after
        return None

    def parts_of(self, ror: str) -> int:
        """How many organisations say that the one of this ROR id is their parent."""
        return self._parts.get(ror, 0)

    def weight(self, organisation: Known) -> tuple[int, int]:
        """How many organisations of its own and funder ids it has, in powers of two."""
        parts = self.parts_of(organisation.ror)
        return parts.bit_length(), len(organisation.funders).bit_length()

    def is_under(self, below: Known, above: Known) -> bool:
        """Whether `above` is the parent of `below`, or the parent's parent, and so on."""
        seen: set[str] = set()
        todo = list(below.parents)
        while todo:
            ror = todo.pop()
            if ror == above.ror:
                return True
            if ror not in seen and (parent := self.by_ror(ror)) is not None:
                seen.add(ror)
                todo += parent.parents
        return False

    def _add_name(self, key: str, entry: int) -> None:
        key = sys.intern(key)
        known = self._names.get(key)
        if known is None:
            self._names[key] = entry
            for word in set(key.split(" ")):
                self._counts[word] = self._counts.get(word, 0) + 1
                self._rarities.pop(word, None)
                if not self.is_common(word):
                    self._with_word.setdefault(word, []).append(key)
        else:
            self._names[key] = (*((known,) if isinstance(known, int) else known), entry)
        first, _, _ = key.partition(" ")
        length = key.count(" ") + 1
        if self._longest.get(first, 0) < length:
            self._longest[sys.intern(first)] = length

    def _drop_name(self, key: str, slot: int) -> None:
        known = self._names[key]
        entries = (known,) if isinstance(known, int) else known
        left = tuple(entry for entry in entries if entry >> 3 != slot)
        if not left:
            del self._names[key]
            for word in set(key.split(" ")):
                self._counts[word] -= 1
                self._rarities.pop(word, None)
                if not self.is_common(word):
                    self._with_word[word].remove(key)
        else:
            self._names[key] = left[0] if len(left) == 1 else left


def _spelling(name: str) -> tuple[int, str]:
    """The hash of a name as it is written, and its key."""
    words = word_texts(name)
    return hash(literal_key(words)), sys.intern(name_key(name))


def _name_kinds(names: Iterable[tuple[str, str]], city: str) -> dict[str, NameKind]:
    """Every key of an organisation with the strongest kind it has."""
    kinds: dict[str, NameKind] = {}
    for value, type_name in names:
        kind = _KINDS.get(type_name, NameKind.ALIAS)
        if kind is NameKind.ACRONYM:
            if key := _acronym_key(value):
                kinds.setdefault(key, kind)
            continue
        for key in _keys_of(value):
            kinds[key] = min(kind, kinds.get(key, kind))
        if (parts := without_brackets(value)) and (key := name_key(parts[0])):
            aside = name_key(parts[1])
            bare = NameKind.BRANCH if aside in COUNTRY_BY_NAME else kind
            if city and aside == city:
                bare = NameKind.SHORT
            kinds[key] = min(bare, kinds.get(key, bare))
        if (head := _AND.match(value)) and (key := name_key(head[0])) not in kinds:
            kinds[key] = NameKind.SHORT
    if city:
        for key in [key for key, kind in kinds.items() if kind is not NameKind.ACRONYM]:
            short = (
                key.removesuffix(" " + city)
                .removesuffix(" " + city.partition(" ")[0])
                .removesuffix(" " + city.rpartition(" ")[2])
            )
            if " " in short and short not in kinds:
                kinds[short] = NameKind.SHORT
    return kinds


_AND = re.compile(
    r"(?:(?!\b(?:of|der)\b).)+ (?:University|Universiteit|Universität)(?= (?:&|and|en|und) )"
)


def _keys_of(name: str) -> Iterable[str]:
    yield from filter(None, (name_key(name),))
    if spelled := spelled_out(name):
        yield from filter(None, (name_key(spelled),))


def _acronym_key(value: str) -> str | None:
    """The key of an acronym; none for one too short, or that reads as a common word."""
    key = name_key(value)
    if len(key) < 3 or key in GENERIC_WORDS or key in STOP_WORDS or key != fold(value):
        return None
    return key


def place_key(place: str | None) -> str:
    """The comparable form of a place's name.

    >>> place_key("Frankfurt am Main"), place_key("Xi'an"), place_key(None)
    ('frankfurt main', 'xian', '')
    """
    return name_key(place) if place else ""
