"""What strategies are compared with, over the same organisations and works.

`trigram`: the name, or the line of a work, most similar to the whole string by shared trigrams, as
pg_trgm counts them.
`ror-recipe`: what the registry publishes of its own matching: the string is cut at its commas and
the like, each piece is held against the names by the ratio of their sorted words, a country named
in the string must not contradict, and the best of at least 0.9 is chosen.
`first-candidate`: the first of the works that a reference is held against, without doing so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from psycopg import Connection
from rapidfuzz import fuzz

from nexus_hub.vulcanus.citables import BATCH, find_candidates
from nexus_hub.vulcanus.citation import Reference
from nexus_hub.vulcanus.matching import Found
from nexus_hub.vulcanus.names import fold
from nexus_hub.vulcanus.organisations import Organisation
from nexus_hub.vulcanus.scene import Scene

TRIGRAM_ENOUGH: Final = 0.3
"""pg_trgm.similarity_threshold as it is delivered."""

RECIPE_ENOUGH: Final = 0.9
CANDIDATES: Final = 50
_PIECES = re.compile(r"[,;:/()\n\t]|\s[-–]\s")
_WORDS = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, folded.

    >>> words("Université de Genève")
    ['universite', 'de', 'geneve']
    """
    return _WORDS.findall(fold(text.replace(".", " ")))


def trigrams(text: str) -> set[str]:
    """The trigrams of each word, as pg_trgm pads them.

    >>> sorted(trigrams("MIT"))
    ['  m', ' mi', 'it ', 'mit']
    """
    return {f"  {w} "[i : i + 3] for w in words(text) for i in range(len(w) + 1)}


class TrigramMatcher:
    """The name most similar to the whole string, of pairs of an id and a name."""

    method = "trigram"
    version = "1"

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._ids: list[str] = []
        self._sizes: list[int] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, (one, name) in enumerate(names):
            grams = trigrams(name)
            self._ids.append(one)
            self._sizes.append(len(grams))
            for gram in grams:
                self._with[gram].append(number)

    def match_many(self, inputs: Sequence[str]) -> list[list[Found]]:
        """What has the name most similar to each string, where it is similar enough."""
        return [list(self._match(text)) for text in inputs]

    def _match(self, text: str) -> Iterator[Found]:
        grams = trigrams(text)
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(self._with.get(gram, ()))
        best, number = max(
            ((n / (len(grams) + self._sizes[i] - n), -i) for i, n in shared.items()),
            default=(0.0, 0),
        )
        if best >= TRIGRAM_ENOUGH:
            yield Found(self._ids[-number], round(best, 3), self.method, True)


def names_of(rows: Iterable[Organisation]) -> Iterator[tuple[str, str]]:
    """The id of each organisation with each of its names, but for acronyms."""
    for row in rows:
        for name in {name for name, kind in row.names if kind != "acronym"}:
            yield row.ror, name


class CandidateMatcher:
    """The first candidate for a reference, whatever else it says."""

    method = "first-candidate"
    version = "1"

    def __init__(self, connection: Connection[Any], read: Callable[[str], Reference]) -> None:
        self._connection = connection
        self._read = read

    def match_many(self, inputs: Sequence[str]) -> list[list[Found]]:
        """The work that shares most keys with each string."""
        found: list[list[Found]] = []
        for at in range(0, len(inputs), BATCH):
            read = [self._read(text) for text in inputs[at : at + BATCH]]
            for candidates in find_candidates(self._connection, read):
                found.append([Found(c.doi, 0.5, self.method, True) for c in candidates[:1]])
        return found


class RecipeMatcher:
    """The published recipe of the registry, written anew from its description."""

    method = "ror-recipe"
    version = "1"

    def __init__(self, rows: Iterable[Organisation]) -> None:
        self._names: list[tuple[str, str, str]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            if row.status != "active":
                continue
            for name in {name for name, kind in row.names if kind != "acronym"}:
                found = words(name)
                for word in set(found):
                    self._with[word].append(len(self._names))
                sorted_words = " ".join(sorted(found))
                self._names.append((sorted_words, row.ror, row.country_code or ""))

    def match_many(self, inputs: Sequence[str]) -> list[list[Found]]:
        """The organisation of each string that scores best, where it scores enough."""
        return [list(self._match(text)) for text in inputs]

    def _match(self, text: str) -> Iterator[Found]:
        countries = Scene(text).countries_outside(0, 0)
        best: dict[str, float] = {}
        for piece in {text, *_PIECES.split(text)}:
            found = words(piece)
            if not found:
                continue
            sorted_words = " ".join(sorted(found))
            for number in self._candidates(found):
                name, ror, country = self._names[number]
                if countries and country not in countries:
                    continue
                score = fuzz.ratio(sorted_words, name) / 100
                if score > best.get(ror, 0.0):
                    best[ror] = score
        if best:
            ror, score = min(best.items(), key=lambda item: (-item[1], item[0]))
            if score >= RECIPE_ENOUGH:
                yield Found(ror, round(score, 3), self.method, True)

    def _candidates(self, found: Sequence[str]) -> list[int]:
        """The names that share the rarest words of a piece."""
        shared: Counter[int] = Counter()
        ranked = sorted(set(found), key=lambda word: len(self._with.get(word, ())))
        for word in ranked[:4]:
            holders = self._with.get(word, ())
            if len(holders) > 20_000:
                break
            shared.update(holders)
        return [number for number, _ in shared.most_common(CANDIDATES)]
