"""Tasks of matching: texts or members go in, identifiers with their confidence come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from psycopg import Connection

from nexus_hub.vulcanus import affiliation, citation_match, funder, reference, title_match
from nexus_hub.vulcanus.citables import Judge, match_read
from nexus_hub.vulcanus.citation import Reference, read
from nexus_hub.vulcanus.directory import Directory
from nexus_hub.vulcanus.funder_match import Funder, FunderMatch, match_funder
from nexus_hub.vulcanus.matcher import Candidate, match
from nexus_hub.vulcanus.organisations import Known, OrganisationIndex

Input = str | Mapping[str, Any]
"""A text, or the members of an affiliation, a funder or a reference in a Crossref record."""


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

    def match_many(self, inputs: Sequence[Input]) -> list[list[Found]]:
        """The organisations of these affiliations, chosen ones first, what is left open last."""
        return [self._match(affiliation.text_of(given)) for given in inputs]

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


class FunderMatcher:
    """`funder-ror` over the organisations in memory.

    An organisation is named by its ROR id, or by the address of its funder id where it has none.
    """

    method = funder.STRATEGY
    version = funder.VERSION

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def match_many(self, inputs: Sequence[Input]) -> list[list[Found]]:
        """The organisation that each of these funders is, or those that it may be."""
        return [self._match(funder.read_funder(given)) for given in inputs]

    def _match(self, given: Funder) -> list[Found]:
        found = match_funder(given, self.directory)
        if found.chosen:
            return [_funding(found, found.chosen, found.confidence)]
        return [_funding(found, one, 0.0) for one in sorted(found.open, key=lambda one: one.ror)]


def _funding(found: FunderMatch, known: Known, confidence: float) -> Found:
    rule = found.rule if confidence else "open"
    is_chosen = confidence > 0
    return Found(known.ror, confidence, funder.STRATEGY, is_chosen, found.matched_name, rule)


class Works(NamedTuple):
    """How a work is recognised: what is read of an input, and who decides between works."""

    method: str
    version: str
    read: Callable[[Input], Reference]
    judge: Judge


REFERENCES: Final = Works(reference.STRATEGY, reference.VERSION, read, citation_match.match)
TITLES: Final = Works(
    title_match.STRATEGY, title_match.VERSION, title_match.read_title, title_match.match_title
)


class WorkMatcher:
    """References or titles over the live releases of the catalogue."""

    def __init__(self, works: Works, connection: Connection[Any]) -> None:
        self.works = works
        self.method = works.method
        self.version = works.version
        self._connection = connection

    def match_many(self, inputs: Sequence[Input]) -> list[list[Found]]:
        """The DOIs that these mean; what is left open is listed and not chosen."""
        references = [self.works.read(given) for given in inputs]
        found = match_read(self._connection, references, self.works.judge)
        return [works_found(self.works, one) for one in found]


def works_found(works: Works, found: citation_match.Match) -> list[Found]:
    """What a decision between works comes to."""
    if found.citable is None:
        return [Found(doi, 0.0, works.method, False, "", "open") for doi in found.open]
    title = found.citable.title
    return [Found(found.citable.doi, found.confidence, works.method, True, title, found.rule)]
