"""Tells whether a text names a container, in full or abbreviated."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from nexus_hub.vulcanus.citation import comparable_words

_SMALL: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "a",
        "an",
        "to",
        "for",
        "on",
        "with",
        "by",
        "from",
        "at",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "der",
        "die",
        "das",
        "und",
        "fur",
        "&",
    ]
)


@lru_cache(maxsize=1 << 14)
def _significant(name: str) -> tuple[str, ...]:
    return tuple(word for word in comparable_words(name) if word not in _SMALL)


def is_named(container: str, text: str) -> bool:
    """Whether a text names a container: its words in order, each whole or by its beginning.

    >>> is_named("Journal of Biological Chemistry", "Smith J. J Biol Chem 1990;3:4")
    True
    >>> is_named("J Biol Chem", "The Journal of Biological Chemistry")
    True
    >>> is_named("Nature", "Natural history")
    False
    """
    words, there = _significant(container), _significant(text)
    if not words:
        return False
    if len(words) == 1:
        return words[0] in there
    return any(_runs(words, there[at : at + len(words) + 1]) for at in range(len(there)))


def _runs(words: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Whether words follow one another from the start, of long names all but one."""
    at = missed = 0
    for word in words:
        if at < len(there) and _is_short_for(there[at], word):
            at += 1
        elif at == 0 or missed or len(words) < 4:
            return False
        else:
            missed = 1
    return at > 1


def _is_short_for(short: str, word: str) -> bool:
    if short == word:
        return True
    if len(short) > len(word):
        short, word = word, short
    return word.startswith(short) or (
        len(short) > 3 and short[:2] == word[:2] and _is_subsequence(short, word)
    )


def _is_subsequence(short: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in short)
