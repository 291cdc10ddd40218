"""Names that a part of an affiliation string nearly spells: asked where no name is spelled out.

What two names share is weighed by how rare each word is in the registry; words of five letters and
more may differ by a slip of the pen. Words that make another name of a name (`State`, `Medical`,
`Hospital`) must be on both sides or on none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from nexus_hub.vulcanus.organisations import RARITIES, Known, NameKind, OrganisationIndex
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.words import HEAD_WORDS, TELLING, UNIT_WORDS

ENOUGH: Final = 0.8
"""Share of the weight of both names' words that they have in common."""

MARGIN: Final = 0.1
"""By how much the next organisation must be less similar."""

SHORTEST_SLIP: Final = 5
"""Letters a word needs to be told from another by more than one of them."""

INITIALS: Final = 2
"""Letters of a word that may be somebody's initials, which are often left away."""

SAME_WORD: Final = 0.8
"""Similarity of two spellings of one word (Levenshtein, as a share of the longer)."""

MANY: Final = RARITIES[-1]
"""A word of so many names is no way to find one of them."""

WEIGHTS: Final = (10.0, 8.0, 6.0, 5.0, 5.0)
"""Of words by their rarity, known common ones last. There are few steps, and a new name moves few
words from one to another: so few strings read otherwise for the sake of a name they do not have."""

LACKING: Final = 1 - ENOUGH + MARGIN + 1e-6
"""Share of the weight of a name above which its words must not be without their like; what sums of
weights are rounded by counts as nothing."""

REMEMBERED: Final = 1 << 16
"""Parts of strings of which it is kept what is similar to them."""

ABBREVIATED: Final = 0.9
"""Similarity of a word and what it begins."""

_HEADS: Final = HEAD_WORDS | UNIT_WORDS | {"branch"}


@lru_cache(maxsize=1 << 16)
def ends(word: str) -> tuple[str, ...]:
    """How a word begins and how it ends; a slip of the pen leaves one of the two as it is.

    >>> ends("pasteur"), ends("salt")
    (('^pa', 'ur$'), ())
    """
    return (f"^{word[:2]}", f"{word[-2:]}$") if len(word) >= SHORTEST_SLIP else ()


def likely_words(
    name: str, weigh: Callable[[str], float], lacking: str = ""
) -> Iterator[tuple[str, str]]:
    """Pairs of a name's words: of a part that is similar to it, one has the first and the like of
    the second, or the first alone where that is all of the pair.

    What they share has to be so much of the weight of the name that not all of its heaviest words
    can be left out. Of parts without the word that is `lacking`, none where it weighs too much.
    """
    words = name.split(" ")
    spare = LACKING * sum(map(weigh, words))
    without = weigh(lacking) * words.count(lacking) if lacking else 0.0
    for word in words if without <= spare else ():
        if word == lacking:
            continue
        others = sorted(
            (one for one in words if one not in (word, lacking)), key=lambda one: (-weigh(one), one)
        )
        left_out = without
        if left_out + sum(map(weigh, others)) <= spare:
            yield word, word
            continue
        for other in others:
            yield word, other
            left_out += weigh(other) * words.count(other)
            if left_out > spare:
                break


class Similar(NamedTuple):
    """The words from `start` to before `end` nearly spell `key`, a name of the organisation."""

    start: int
    end: int
    key: str
    organisation: Known
    kind: NameKind
    in_city: bool


def find_similar(scene: Scene, index: OrganisationIndex) -> Iterator[Similar]:
    """For each part of the string the one organisation whose name it nearly spells."""
    for start, end in _parts(scene):
        words = scene.forms[start:end]
        part = " ".join(words)
        # A part that is a name is not another, though it was not clear whose name it is.
        if len(words) < 2 or index.has_name(part) or part in COUNTRY_BY_NAME or index.is_city(part):
            continue
        scores = _scores(scene, (start, end), words, index)
        ranked = sorted(scores.values(), key=lambda item: (-item[0], item[1].organisation.ror))
        if ranked and ranked[0][0] >= ENOUGH:
            following = ranked[1][0] if len(ranked) > 1 else 0.0
            if ranked[0][0] - following >= MARGIN:
                yield ranked[0][1]


def _parts(scene: Scene) -> Iterator[tuple[int, int]]:
    """The parts of the string, cut at numbers as well: those of footnotes and streets."""
    for start, end in scene.parts():
        first = start
        for at in range(start, end):
            if scene.forms[at].isdigit():
                yield first, at
                first = at + 1
        yield first, end


def _scores(
    scene: Scene, span: tuple[int, int], words: list[str], index: OrganisationIndex
) -> dict[str, tuple[float, Similar]]:
    """By ROR id, how similar the most similar name of each organisation is."""
    countries = scene.countries_outside(*span)
    found: dict[str, tuple[float, Similar]] = {}
    for score, key in _alike(words, index):
        for named, kind in index.named(key):
            living = index.living(named)
            if living is None or kind is NameKind.ACRONYM:
                continue
            if countries and living.country not in countries:
                continue
            if living.ror not in found or score > found[living.ror][0]:
                in_city = scene.names_city(living.city, *span)
                found[living.ror] = (score, Similar(*span, key, living, kind, in_city))
    return found


def _alike(words: list[str], index: OrganisationIndex) -> Sequence[tuple[float, str]]:
    """Names that are similar to a part, and how much; parts are many, different ones few."""
    part = " ".join(words)
    found = index.alike.get(part)
    if found is None:
        if len(index.alike) >= REMEMBERED:
            index.alike.clear()
        found = index.alike[part] = tuple(_compare(words, part, index))
    return found


def _compare(words: list[str], part: str, index: OrganisationIndex) -> Iterator[tuple[float, str]]:
    for key in sorted(_candidates(words, part, index)):
        score = similarity(words, key.split(" "), index)
        if key.startswith(f"{part} ") and _goes_on(words, key[len(part) + 1 :]):
            score = max(score, ENOUGH)
        if score >= ENOUGH - MARGIN:
            yield score, key


def _goes_on(words: list[str], rest: str) -> bool:
    """Whether a name may be cut short before `rest`; a university's only before a country."""
    if "university" in words:
        return rest in COUNTRY_BY_NAME
    return _HEADS.isdisjoint(rest.split(" "))


def _candidates(words: list[str], part: str, index: OrganisationIndex) -> Iterator[str]:
    """Names that have a telling word of a part, and may share enough of their weight with it.

    Of a word that is none of the part's, and begins and ends like none of them, it has no like.
    """
    own = set(words)
    keys: set[str] = set()
    for word in own:
        if not index.is_common(word) and index.count(word) <= MANY:
            keys.update(index.keys_with(word))
    likes = {end for word in own for end in ends(word)}
    for key in keys:
        others = key.split(" ")
        missing = [one for one in others if one not in own and likes.isdisjoint(ends(one))]
        if not _is_too_much(missing, others, index) or key.startswith(f"{part} "):
            yield key


def _is_too_much(missing: list[str], others: list[str], index: OrganisationIndex) -> bool:
    """Whether a name that has none of some of its words cannot be similar any more."""
    if not missing:
        return False
    gone = len([word for word in missing if len(word) > INITIALS])
    least = gone * WEIGHTS[-1]
    if least > LACKING * (least + (len(others) - gone) * WEIGHTS[0]):
        return True
    lacking = sum(_weight(word, index) for word in missing)
    return lacking > LACKING * sum(_weight(word, index) for word in others)


def similarity(words: list[str], others: list[str], index: OrganisationIndex) -> float:
    """What two names share, by weight of their words, from 0 to 1; 0 where a telling word differs.


    The order of words does not count.
    """
    if len(others) < 2:
        return 0.0
    left, common, total = list(others), 0.0, 0.0
    alone: list[str] = []
    for word in words:
        other, share = _same_word(word, left)
        if other is None:
            if word in TELLING:
                return 0.0
            total += _weight(word, index)
            alone.append(word)
            continue
        left.remove(other)
        weight = _weight(other, index)
        common += share * weight
        total += weight
    replaced = not _HEADS.isdisjoint(left) and not _HEADS.isdisjoint(alone)
    if replaced or not TELLING.isdisjoint(left):
        return 0.0
    return common / (total + sum(_weight(other, index) for other in left))


def _same_word(word: str, others: list[str]) -> tuple[str | None, float]:
    if word in others:
        return word, 1.0
    best: tuple[str | None, float] = (None, 0.0)
    if len(word) >= SHORTEST_SLIP:
        for other in others:
            if len(other) < SHORTEST_SLIP:
                continue
            if other.startswith(word):
                return other, ABBREVIATED
            if word[:2] != other[:2] and word[-2:] != other[-2:]:
                continue
            share = Levenshtein.normalized_similarity(word, other, score_cutoff=SAME_WORD)
            if share > best[1]:
                best = (other, share)
    return best


def _weight(word: str, index: OrganisationIndex) -> float:
    return weight_of(word, index.rarity(word))


def weight_of(word: str, rarity: int) -> float:
    """What a word of a rarity weighs."""
    return 1.0 if len(word) <= INITIALS else WEIGHTS[rarity]
