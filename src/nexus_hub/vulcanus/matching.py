"""Tasks of matching: texts go in, identifiers with their confidence come out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from nexus_hub.vulcanus import affiliation
from nexus_hub.vulcanus.matcher import Candidate, match
from nexus_hub.vulcanus.organisations import OrganisationIndex


class Found(NamedTuple):
    """What a text may name. `start` and `end` count characters of its NFC form."""

    id: str
    confidence: float
    strategy: str
    chosen: bool
    matched_name: str = ""
    rule: str = ""
    start: int = 0
    end: int = 0


class Matcher(Protocol):
    """One way to match: `method` is the name of its strategy, or of what it is compared with.

    Answers stand in the order of the inputs, each with the likeliest first.
    """

    method: str
    version: str

    def match_many(self, inputs: Sequence[str]) -> list[list[Found]]:
        """What each of these texts names."""
        ...


class AffiliationMatcher:
    """`affiliation-ror` over the organisations in memory."""

    method = affiliation.STRATEGY
    version = affiliation.VERSION

    def __init__(self, index: OrganisationIndex) -> None:
        self.index = index

    def match_many(self, inputs: Sequence[str]) -> list[list[Found]]:
        """The organisations of these affiliations, chosen ones first, what is left open last."""
        return [self._match(text) for text in inputs]

    def _match(self, text: str) -> list[Found]:
        named = match(text, self.index)
        open_ones = sorted(named.ambiguous, key=lambda candidate: candidate.ror)
        chosen = [_found(candidate, is_chosen=True) for candidate in named.ranked]
        return chosen + [_found(candidate, is_chosen=False) for candidate in open_ones]


def _found(candidate: Candidate, *, is_chosen: bool) -> Found:
    return Found(
        candidate.ror,
        candidate.confidence,
        affiliation.STRATEGY,
        is_chosen,
        candidate.matched_name,
        candidate.rule,
        *candidate.span,
    )
