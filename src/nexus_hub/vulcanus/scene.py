"""An affiliation string, read: its words, where its parts end, the countries it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from nexus_hub.vulcanus.names import boundary_between, content, cut, tidy
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME, LONGEST_FROM, STATE_CODES
from nexus_hub.vulcanus.words import (
    EXTENDING_WORDS,
    GENERIC_WORDS,
    HEAD_WORDS,
    LEGAL_FORMS,
    OWNED_HEADS,
    UNIT_WORDS,
)

LONGEST_TEXT = 2_000
_QUOTES = frozenset('"“”«»„')
NOWHERE: frozenset[str] = frozenset()

_CONTINUES = re.compile(
    r"^\W*(?:(?:of|for|at(?!\s+the\b)|de|del|della|dell|di|da|do|du|des|für|fur|zu|von|van)\b|d['’])",
    re.IGNORECASE,
)
_BELONGS = re.compile(r"\b(?:of|de|del|della|di|do|du)\b|affiliated (?:to|with)", re.IGNORECASE)
_JOINS = re.compile(r"(?:&|\band\b|\bat\b|\bund\b|\bet\b|\by\b)", re.IGNORECASE)
_POSTCODE = re.compile(r"[A-Z]{1,3}[- ]?\d{3,6}\b")
_AT = re.compile(r"\bat\b", re.IGNORECASE)
_IDEOGRAM = re.compile("[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_IDEOGRAM_HOSPITAL = re.compile("附属|附屬|医院|醫院|病院")
_IDEOGRAM_PLACE = frozenset("市省国國县縣区區州町村")
_HANGUL_UNIT = re.compile("(?:대학|대학원|학과|학부|연구소|교실)$")
_UNIT_NUMBER = re.compile(r"[ -]?\d{1,4}\b(?!-\d)")
_NUMBERED_UNIT = re.compile(r"(?:umr|ums|upr|unit|ea|u|usr|uar|fre)?[a-z]?\d+[a-z]?|umr|upr|ums")


class Place(NamedTuple):
    """A country named by the words from `start` to before `end`; codes of all it may mean."""

    start: int
    end: int
    countries: frozenset[str]


class Scene:
    """The words of a string that tell names apart, by number, and what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text[:LONGEST_TEXT])
        self.words = content(cut(self.text))
        self.forms = [word.form for word in self.words]
        self.line = f" {' '.join(self.forms)} "
        count = len(self.words)
        # _edge[i]: a comma or the like stands before word i; the ends of the string are edges
        self._edge = [True] * (count + 1)
        for i in range(1, count):
            self._edge[i] = boundary_between(self.text, self.words[i - 1], self.words[i])
        self.places = list(self._countries())

    def _countries(self) -> Iterator[Place]:
        i, count = 0, len(self.words)
        while i < count:
            step, word = 1, self.words[i]
            # The codes of states have two letters.
            longest = LONGEST_FROM.get(word.form, int(word.end - word.start == 2))
            for j in range(min(count, i + longest), i, -1):
                if codes := self._country(i, j):
                    yield Place(i, j, codes)
                    step = j - i
                    break
            i += step

    def _country(self, i: int, j: int) -> frozenset[str]:
        """What country the words name, if a part of the string ends with them."""
        ends = self._edge[j] or self.forms[j][:1].isdigit() or _JOINS.search(self.gap(j))
        if not ends:
            return NOWHERE
        if j == i + 1:
            raw = self.raw(i, j)
            if self._is_short_for(i, raw):
                return NOWHERE
            if raw == "US" and _UNIT_NUMBER.match(self.text, self.words[i].end):
                return NOWHERE
            if raw in STATE_CODES:
                return frozenset({"US"}) if i and self._edge[i] else NOWHERE
            if len(raw) == 2 and raw.isascii() and not raw.isupper():
                return NOWHERE
        return COUNTRY_BY_NAME.get(" ".join(self.forms[i:j]), NOWHERE)

    def _is_short_for(self, at: int, raw: str) -> bool:
        """Whether letters in brackets are the initials of what stands before: `(DRC)`."""
        if at < len(raw) or not raw.isupper() or not self.gap(at).endswith("("):
            return False
        return [form[0] for form in self.forms[at - len(raw) : at]] == list(raw.lower())

    def forget_places_within(self, names: Iterable[tuple[int, int]]) -> None:
        """A country is none where it ends a name: `University of Washington`."""
        inner = [p for p in self.places if not self._edge[p.start]]
        if not inner:
            return
        for start, end in names:
            for place in inner:
                covered = start < place.start and place.end <= end
                if covered and place in self.places and not self.parts_within(start, end):
                    self.places.remove(place)

    def countries_outside(self, start: int, end: int) -> frozenset[str]:
        """The countries named beside these words."""
        found = NOWHERE
        for place in self.places:
            if place.end <= start or place.start >= end:
                found |= place.countries
        return found

    def names_city(self, city: str, start: int, end: int) -> bool:
        """Whether the city stands beside these words."""
        if not city or city not in self.line:
            return False
        sides = (" ".join(self.forms[:start]), " ".join(self.forms[end:]))
        return any(f" {city} " in f" {side} " for side in sides)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words stand in the text."""
        return self.words[start].start, self.words[end - 1].end

    def raw(self, start: int, end: int) -> str:
        """The words as they are written, with what stands between them."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def raw_words(self, start: int, end: int) -> list[str]:
        """The words as they are written, one by one."""
        return [self.text[word.start : word.end] for word in self.words[start:end]]

    def gap(self, at: int) -> str:
        """What stands before a word, back to the word before it."""
        before = self.words[at - 1].end if at else 0
        after = self.words[at].start if at < len(self.words) else len(self.text)
        return self.text[before:after]

    def parts_within(self, start: int, end: int) -> bool:
        """Whether a comma or the like stands among the words."""
        return any(self._edge[start + 1 : end])

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the words are whole parts of the string, with nothing else in them."""
        left = self._edge[start] or _AT.search(self.gap(start)) is not None
        return left and self._edge[end]

    def is_last(self, end: int) -> bool:
        """Whether nothing but countries and numbers comes after."""
        for i in range(end, len(self.forms)):
            in_place = any(place.start <= i < place.end for place in self.places)
            if not (in_place or self.forms[i][:1].isdigit()):
                return False
        return True

    def belongs(self, at: int) -> bool:
        """Whether what begins here owns what stands before it in this part of the string."""
        return not self._edge[at] and _BELONGS.search(self.gap(at)) is not None

    def is_alone(self, start: int, end: int) -> bool:
        """Whether the words are a part of the string by themselves, or joined to another."""
        left = self._edge[start] or _JOINS.search(self.gap(start)) is not None
        right = self._edge[end] or _JOINS.search(self.gap(end)) is not None
        if not right and self._is_country(end):
            right = True
        elif not right:
            form = self.forms[end]
            right = _NUMBERED_UNIT.fullmatch(form) is not None
            right = right or (form in LEGAL_FORMS and self._edge[end + 1])
        return left and right

    def _is_country(self, at: int) -> bool:
        """Whether a country begins here and ends the part: `Research Council of Norway`."""
        return any(place.start == at and self._edge[place.end] for place in self.places)

    def parts(self) -> Iterator[tuple[int, int]]:
        """What commas and the like part, as (start, end)."""
        start = 0
        for end in range(1, len(self.forms) + 1):
            if self._edge[end]:
                yield start, end
                start = end

    def begins_part(self, at: int) -> bool:
        """Whether a comma or the like, or nothing, stands before a word."""
        return self._edge[at]

    def is_company(self, end: int) -> bool:
        """Whether `Ltd` or the like follows and ends the part."""
        return end < len(self.forms) and self.forms[end] in LEGAL_FORMS and self._edge[end + 1]

    def part_before(self, at: int) -> list[str]:
        """The words from the last comma or the like to here."""
        start = at
        while not self._edge[start]:
            start -= 1
        return self.forms[start:at]

    def part_after(self, at: int) -> list[str]:
        """The words from here to the next comma or the like."""
        end = at
        while not self._edge[end]:
            end += 1
        return self.forms[at:end]

    def begins_name(self, at: int) -> bool:
        """Whether a name may begin here, or what stands before begins a longer one."""
        if self._edge[at]:
            return True
        before, gap = self.forms[at - 1], self.gap(at).strip()
        if any(c in _QUOTES for c in gap):
            return True
        if any(c.isalnum() or c == "&" for c in gap):
            return True
        if _IDEOGRAM.match(before):
            return before in _IDEOGRAM_PLACE
        raw = self.raw(at - 1, at)
        if before[:1].isdigit() or (len(raw) >= 3 and raw.isupper() and raw.isascii()):
            return True
        return before in GENERIC_WORDS and before not in EXTENDING_WORDS

    def ends_name(self, at: int, is_city: Callable[[str], bool], owns: bool = False) -> bool:
        """Whether a name may end here, or what follows makes it a longer one.

        `owns`: it is a university's, whose centres and schools bear its name.
        """
        if self._edge[at] or _POSTCODE.match(self.text, self.words[at].start):
            return True
        gap = self.gap(at).strip()
        if any(c.isalnum() or c == "&" for c in gap):
            return _CONTINUES.match(gap) is None or self._is_country(at)
        if self.forms[at] in LEGAL_FORMS and self._edge[at + 1]:
            return True
        follows = self.part_after(at)
        if follows[0] == "affiliated":
            return True
        raw = self.raw(at, at + 1)
        if len(raw) >= 4 and raw.isupper() and raw.isascii() and not self.text.isupper():
            return True
        if _NUMBERED_UNIT.fullmatch(follows[0]) or _HANGUL_UNIT.search(follows[0]):
            return True
        if _IDEOGRAM.match(follows[0]):
            return _IDEOGRAM_HOSPITAL.search("".join(follows)) is None
        first_unit = next((n for n, form in enumerate(follows) if form in UNIT_WORDS), None)
        first_head = next((n for n, form in enumerate(follows) if form in HEAD_WORDS), None)
        if first_head is not None and (first_unit is None or first_head < first_unit):
            return (
                owns
                and follows[first_head] in OWNED_HEADS
                and "hospital" not in follows[first_head]
            )
        if first_unit is not None:
            return True
        if follows[0] in GENERIC_WORDS or any(place.start == at for place in self.places):
            return True
        return any(is_city(" ".join(follows[:length])) for length in (1, 2, 3))
