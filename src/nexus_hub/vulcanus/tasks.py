"""The tasks that can be evaluated, each with its matchers over one set of candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from nexus_hub.vulcanus.baselines import RecipeMatcher, TrigramMatcher
from nexus_hub.vulcanus.errors import UnknownMatchingTask
from nexus_hub.vulcanus.matching import AffiliationMatcher, Matcher
from nexus_hub.vulcanus.organisations import OrganisationIndex
from nexus_hub.vulcanus.registry import read_organisations as read_live
from nexus_hub.vulcanus.truth import read_organisations


@dataclass(frozen=True, slots=True)
class Contest:
    """A matcher and those it is compared with, all over the same candidates."""

    matcher: Matcher
    rivals: Sequence[Matcher]
    candidates: int
    is_known: Callable[[str], bool]
    same: Callable[[str], str]


Task = Callable[[Connection[Any], Sequence[Path]], Contest]


def affiliation_task(connection: Connection[Any], registries: Sequence[Path]) -> Contest:
    """Affiliations over the organisations of these files, or else of the catalogue."""
    rows = [row for path in registries for row in read_organisations(path)]
    if not rows:
        rows = read_live(connection)
    index = OrganisationIndex(rows)

    def same(ror: str) -> str:
        known = index.by_ror(ror)
        living = index.living(known) if known else None
        return living.ror if living else ror

    return Contest(
        AffiliationMatcher(index),
        [RecipeMatcher(rows), TrigramMatcher(rows)],
        len(index),
        lambda ror: index.by_ror(ror) is not None,
        same,
    )


TASKS: Final[Mapping[str, Task]] = {"affiliation": affiliation_task}


def find_task(name: str) -> Task:
    """The task of a name; raises UnknownMatchingTask, which names those there are."""
    if name not in TASKS:
        raise UnknownMatchingTask(f"{name}: there are {', '.join(sorted(TASKS))}")
    return TASKS[name]
