"""How often a matcher is right on a truth file, with the range that other inputs might have given.

An input counts as right when one of the chosen answers is among the true ones: publishers assert
one organisation of a string that often names two. `lead_precision` counts the first answer alone.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from nexus_hub.vulcanus.matching import Found, Matcher

RESAMPLES: Final = 400
HELD_OUT: Final = 3
"""One input of so many is held out from whoever changes the rules."""

Interval = tuple[float, float]


class Case(NamedTuple):
    """An input and the ids it truly names."""

    text: str
    true: frozenset[str]


class Outcome(NamedTuple):
    """What became of a case: `confidence` is that of the likeliest chosen answer."""

    answered: bool
    right: bool
    is_lead_right: bool
    confidence: float


class Point(NamedTuple):
    """Precision and recall where only answers of at least this confidence count."""

    confidence: float
    precision: float
    recall: float


@dataclass(slots=True)
class Figures:
    """What was measured of one method on one part of the cases.

    `opposed`: how many cases were set aside because the candidates contradict their truth; None
    where none was asked about.
    """

    method: str
    version: str
    part: str
    cases: int
    answered: int
    right: int
    lead_right: int
    strange: int
    strange_answered: int
    per_second: float
    opposed: int | None = None
    intervals: dict[str, Interval] = field(default_factory=dict)
    curve: list[Point] = field(default_factory=list)

    def measures(self) -> dict[str, float]:
        """Precision, recall, F1, F0.5, and the precision of first answers."""
        found = measures(self.cases, self.answered, self.right)
        return found | {"lead_precision": self.lead_right / max(1, self.answered)}

    @property
    def abstained(self) -> int:
        """Inputs without an answer."""
        return self.cases - self.answered


def measures(cases: int, answered: int, right: int) -> dict[str, float]:
    """Precision, recall, F1 and F0.5.

    >>> measures(100, 80, 60)["precision"], measures(100, 80, 60)["recall"]
    (0.75, 0.6)
    """
    return {
        "precision": right / max(1, answered),
        "recall": right / max(1, cases),
        "f1": 2 * right / max(1, answered + cases),
        "f05": 1.25 * right / max(1.0, answered + 0.25 * cases),
    }


def is_held_out(text: str) -> bool:
    """Whether an input belongs to the third that nobody tunes to; by its hash, so for ever.

    >>> is_held_out("MIT"), is_held_out("Harvard University")
    (False, True)
    """
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % HELD_OUT == 0


PARTS: Final[Mapping[str, Callable[[str], bool]]] = {
    "tuned": lambda text: not is_held_out(text),
    "held-out": is_held_out,
    "all": lambda text: True,
}


def evaluate(
    matcher: Matcher,
    cases: Sequence[Case],
    is_known: Callable[[str], bool],
    same: Callable[[str], str] = str,
    resamples: int = RESAMPLES,
    clock: Callable[[], float] = time.process_time,
) -> list[Figures]:
    """Figures for each part of the cases.

    `is_known`: whether an id can be found at all; cases of which no true id can are strange, and
    every answer to them is wrong. `same` maps an id to the one that stands for it now. Rates are
    per second of `clock`: of one processor, if nothing else is said.
    """
    begun = clock()
    answers = matcher.match_many([case.text for case in cases])
    per_second = len(cases) / max(1e-9, clock() - begun)
    found: list[Figures] = []
    for part, belongs in PARTS.items():
        outcomes: list[Outcome] = []
        strange: list[bool] = []
        for case, given in zip(cases, answers, strict=True):
            if not belongs(case.text):
                continue
            chosen = [answer for answer in given if answer.chosen]
            if all(is_known(one) for one in case.true):
                outcomes.append(_outcome(case, chosen, same))
            elif not any(is_known(one) for one in case.true):
                strange.append(bool(chosen))
        found.append(_figures(matcher, part, outcomes, strange, per_second))
        found[-1].intervals = bootstrap(outcomes, resamples)
    return found


def _outcome(case: Case, chosen: Sequence[Found], same: Callable[[str], str]) -> Outcome:
    true = {same(one) for one in case.true}
    right = [same(answer.id) in true for answer in chosen]
    surest = max((answer.confidence for answer in chosen), default=0.0)
    return Outcome(bool(chosen), any(right), any(right[:1]), surest)


def _figures(
    matcher: Matcher,
    part: str,
    outcomes: Sequence[Outcome],
    strange: Sequence[bool],
    per_second: float,
) -> Figures:
    return Figures(
        matcher.method,
        matcher.version,
        part,
        cases=len(outcomes),
        answered=sum(outcome.answered for outcome in outcomes),
        right=sum(outcome.right for outcome in outcomes),
        lead_right=sum(outcome.is_lead_right for outcome in outcomes),
        strange=len(strange),
        strange_answered=sum(strange),
        per_second=per_second,
        curve=list(curve(outcomes)),
    )


def curve(outcomes: Iterable[Outcome]) -> Iterable[Point]:
    """Precision and recall by confidence, the surest answers first.

    >>> outcomes = [Outcome(True, True, True, 0.9), Outcome(True, False, False, 0.5)]
    >>> [tuple(point) for point in curve(outcomes)]
    [(0.9, 1.0, 0.5), (0.5, 0.5, 0.5)]
    """
    known = list(outcomes)
    ranked = sorted((o for o in known if o.answered), key=lambda o: -o.confidence)
    right = 0
    for number, outcome in enumerate(ranked, start=1):
        right += outcome.right
        is_last = number == len(ranked) or ranked[number].confidence < outcome.confidence
        if is_last:
            yield Point(outcome.confidence, right / number, right / len(known))


def bootstrap(outcomes: Sequence[Outcome], resamples: int = RESAMPLES) -> dict[str, Interval]:
    """By measure what 95 of 100 resamples of the cases lie between; the same every time."""
    if not outcomes:
        return {}
    lot = random.Random(len(outcomes))  # noqa: S311  a fair draw, no secret
    kinds = [(o.answered, o.right, o.is_lead_right) for o in outcomes]
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        sample = lot.choices(kinds, k=len(kinds))
        answered, right, lead = (sum(kind[n] for kind in sample) for n in range(3))
        found = measures(len(sample), answered, right)
        found["lead_precision"] = lead / max(1, answered)
        for name, value in found.items():
            drawn.setdefault(name, []).append(value)
    low, high = int(0.025 * resamples), max(0, int(0.975 * resamples) - 1)
    return {
        name: (ranked[low], ranked[high])
        for name, values in drawn.items()
        if (ranked := sorted(values))
    }
