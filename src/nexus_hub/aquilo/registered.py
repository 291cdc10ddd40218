"""What rows of the registry of lists say: filters, facets, sorts, query fields, selects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """A row of `aquilo.filter`: what it takes, and the condition on documents it stands for."""

    name: str
    takes: str
    term: str | None
    form: str | None
    sub_object: str | None
    fragment: str
    bound_by: str | None
    example: str
    description: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A row of `aquilo.facet`: the term whose values are counted."""

    name: str
    term: str
    description: str


@dataclass(frozen=True, slots=True)
class Sort:
    """A row of `aquilo.sort`: a column to order by, None for the score."""

    name: str
    expression: str | None
    takes: str
    description: str


@dataclass(frozen=True, slots=True)
class QueryField:
    """A row of `aquilo.query_field`: where words are searched; without codes, in all that is."""

    name: str
    codes: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class SelectField:
    """A row of `aquilo.select_field`: a member that can be shown alone."""

    name: str
    is_volatile: bool
