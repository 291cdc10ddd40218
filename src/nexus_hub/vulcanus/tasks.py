"""The tasks that can be evaluated, each with its matchers over one set of candidates."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise
from nexus_hub.vulcanus.baselines import (
    CandidateMatcher,
    RecipeMatcher,
    TrigramMatcher,
    names_of,
)
from nexus_hub.vulcanus.directory import Directory
from nexus_hub.vulcanus.errors import UnknownMatchingTask
from nexus_hub.vulcanus.evaluation import Case
from nexus_hub.vulcanus.funder_match import funder_id
from nexus_hub.vulcanus.matching import (
    REFERENCES,
    TITLES,
    AffiliationMatcher,
    FunderMatcher,
    Matcher,
    WorkMatcher,
    Works,
)
from nexus_hub.vulcanus.opposed import Labels
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.queries import citable as q
from nexus_hub.vulcanus.registry import read_organisations as read_live
from nexus_hub.vulcanus.truth import read_organisations

MOST_WORKS: Final = 300_000
"""Works that the trigrams of all can be held in memory of; of more, that method is left out."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A matcher and those it is compared with, all over the same candidates.

    `rivals` makes them when they are wanted. `clock` gives the seconds that rates are told in.
    `oppose`: whether the candidates themselves contradict the truth of a case.
    """

    matcher: Matcher
    rivals: Callable[[], Sequence[Matcher]]
    candidates: int
    is_known: Callable[[str], bool]
    same: Callable[[str], str]
    clock: Callable[[], float] = time.process_time
    oppose: Callable[[Case], bool] | None = None


Task = Callable[[Connection[Any], Sequence[Path]], Contest]


def affiliation_task(connection: Connection[Any], registries: Sequence[Path]) -> Contest:
    """Affiliations over the organisations of these files, or else of the catalogue."""
    rows = [row for row in _organisations(connection, registries) if is_ror(row)]
    index = OrganisationIndex(rows)

    def same(ror: str) -> str:
        known = index.by_ror(ror)
        living = index.living(known) if known else None
        return living.ror if living else ror

    return Contest(
        AffiliationMatcher(index),
        lambda: [RecipeMatcher(rows), TrigramMatcher(names_of(rows))],
        len(index),
        lambda ror: index.by_ror(ror) is not None,
        same,
    )


def funder_task(connection: Connection[Any], registries: Sequence[Path]) -> Contest:
    """Funders over the organisations of these files, or else of the catalogue.

    A funder is truly named by a ROR id or a funder id, with or without what stands before it.
    """
    directory = Directory()
    rows = unite(_organisations(connection, registries))
    for row in rows:
        directory.replace(row)

    def same(given: str) -> str:
        known = directory.by_address(_address(given))
        living = directory.living(known) or known if known else None
        return living.ror if living else given

    return Contest(
        FunderMatcher(directory),
        lambda: [RecipeMatcher(rows), TrigramMatcher(names_of(rows))],
        len(directory),
        lambda given: directory.by_address(_address(given)) is not None,
        same,
        oppose=Labels(rows, same).oppose,
    )


def _organisations(
    connection: Connection[Any], registries: Sequence[Path]
) -> Iterable[Organisation]:
    rows = [row for path in registries for row in read_organisations(path)]
    return rows or read_live(connection)


def is_ror(row: Organisation) -> bool:
    """Whether an organisation has a ROR id."""
    return row.ror.startswith("https://ror.org/")


def _address(given: str) -> str:
    """A ROR id or a funder id as an address; what is neither stays as it is.

    >>> _address("05dxps055"), _address("100000001")
    ('https://ror.org/05dxps055', 'https://doi.org/10.13039/100000001')
    """
    bare = f"10.13039/{given}" if given.isdigit() and given[0] != "0" else given
    if funder := funder_id(bare):
        return f"https://doi.org/{funder}"
    try:
        return f"https://ror.org/{normalise('ror', given)}"
    except MalformedIdentifier:
        return given


def unite(rows: Iterable[Organisation]) -> list[Organisation]:
    """Rows of one organisation as one: a funder adds its names to whoever has its id in ROR."""
    found = {row.ror: row for row in rows}
    owners = {funder: row.ror for row in found.values() if is_ror(row) for funder in row.funders}
    for row in [row for row in found.values() if not is_ror(row)]:
        if owner := owners.get(row.funders[0]):
            known = found[owner]
            found[owner] = known._replace(names=[*dict.fromkeys([*known.names, *row.names])])
            del found[row.ror]
    return list(found.values())


def reference_task(connection: Connection[Any], registries: Sequence[Path]) -> Contest:
    """References over the works of the catalogue."""
    return _work_task(connection, registries, REFERENCES)


def title_task(connection: Connection[Any], registries: Sequence[Path]) -> Contest:
    """Titles, alone or with an author and a year, over the works of the catalogue."""
    return _work_task(connection, registries, TITLES)


def _work_task(connection: Connection[Any], registries: Sequence[Path], works: Works) -> Contest:
    if registries:
        raise ValueError("works are matched against the catalogue: nexus load crossref FILE")
    count = q.citable_count(connection)

    def rivals() -> Sequence[Matcher]:
        first = CandidateMatcher(connection, works.read)
        if count > MOST_WORKS:
            return [first]
        lines = [(row.doi, row.line) for row in q.citable_line_list(connection)]
        return [first, TrigramMatcher(lines)]

    return Contest(
        WorkMatcher(works, connection),
        rivals,
        count,
        lambda doi: q.citable_has_doi(connection, doi=_doi(doi)),
        _doi,
        time.perf_counter,
    )


def _doi(given: str) -> str:
    try:
        return normalise("doi", given)
    except MalformedIdentifier:
        return given.lower()


TASKS: Final[Mapping[str, Task]] = {
    "affiliation": affiliation_task,
    "funder": funder_task,
    "reference": reference_task,
    "title": title_task,
}


def find_task(name: str) -> Task:
    """The task of a name; raises UnknownMatchingTask, which names those there are."""
    if name not in TASKS:
        raise UnknownMatchingTask(f"{name}: there are {', '.join(sorted(TASKS))}")
    return TASKS[name]
