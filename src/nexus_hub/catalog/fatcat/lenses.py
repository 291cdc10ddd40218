"""How a member of a body and fields of an entity say the same: there and back, and what is left.

A view is what an entity says: some of its fields. Where a view does not give the member back, the
member travels beside it and counts for as long as the view is still what it shows; so a change made
to the entity is never undone by what travelled with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from nexus_hub.catalog.fatcat.idents import croid_of, ident_of
from nexus_hub.catalog.shape import ABSENT
from nexus_hub.croid.errors import MalformedCroid

View = dict[str, Any]
OURS: Final = "nexus"
"""Under this name the catalogue's own lies in a body, and what travels in an entity's `extra`."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A member of the body, the fields that show it, and both ways between them.

    `show` gives the fields of a value that is there; `make` the value for fields, or `ABSENT`, and
    sees the fields that stand beside them. A field `extra/x` is the member `x` of `extra`.
    """

    member: str
    fields: tuple[str, ...]
    show: Callable[[Any], View]
    make: Callable[[View], Any]
    beside: tuple[str, ...] = ()

    def view(self, value: Any) -> View:
        """What a member shows; nothing where it is absent."""
        return {} if value is ABSENT else self.show(value)

    def out_of(self, entity: Mapping[str, Any], travelled: Mapping[str, Any]) -> Any:
        """The member that an entity says, or the one that travelled if it is still what is said."""
        said = {field: entity[field] for field in self.fields if field in entity}
        if self.member in travelled:
            value = travelled[self.member]
            value = ABSENT if value is None else value
            given = travelled.get(OURS)
            given = given if isinstance(given, dict) else {}
            over = {field: given[field] for field in self.fields if field in given}
            if same(overridden(self.view(value), over), said):
                return value
        return self.make({**said, **{name: entity[name] for name in self.beside if name in entity}})


def put(record: dict[str, Any], name: str, value: Any) -> None:
    """Set a member that is not absent."""
    if value is not ABSENT:
        record[name] = value


def overrides(said: Mapping[str, Any], shown: Mapping[str, Any]) -> View:
    """What a view says beyond what is shown; null for what is shown and not said."""
    differing = [name for name in said if not same(said[name], shown.get(name, ABSENT))]
    return {name: said[name] for name in differing} | {
        name: None for name in shown if name not in said
    }


def overridden(shown: Mapping[str, Any], given: Mapping[str, Any]) -> View:
    """What is shown but for what is given; null takes a field away."""
    return {name: value for name, value in {**shown, **given}.items() if value is not None}


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON, of the same types."""
    return one is other or (type(one) is type(other) and one == other)


def text(member: str, field: str) -> Lens:
    """A text."""

    def show(value: Any) -> View:
        return {field: value} if isinstance(value, str) else {}

    return Lens(member, (field,), show, lambda view: view.get(field, ABSENT))


def first(member: str, field: str) -> Lens:
    """The first of several texts."""

    def show(value: Any) -> View:
        is_list = isinstance(value, list) and value and isinstance(value[0], str)
        return {field: value[0]} if is_list else {}

    return Lens(member, (field,), show, lambda view: [view[field]] if field in view else ABSENT)


def inner(member: str, name: str, field: str) -> Lens:
    """A text that is the member of an object."""

    def show(value: Any) -> View:
        given = value.get(name) if isinstance(value, dict) else None
        return {field: given} if isinstance(given, str) else {}

    return Lens(
        member, (field,), show, lambda view: {name: view[field]} if field in view else ABSENT
    )


def named(member: str, field: str) -> Lens:
    """Another object: `{croid}` there, its identifier here."""

    def show(value: Any) -> View:
        return shown_ident(value.get("croid"), field) if isinstance(value, dict) else {}

    def make(view: View) -> Any:
        return {"croid": croid_of(view[field])} if field in view else ABSENT

    return Lens(member, (field,), show, make)


def bare_named(member: str, field: str) -> Lens:
    """Another object: its CROID there, its identifier here."""
    return Lens(
        member,
        (field,),
        lambda value: shown_ident(value, field),
        lambda view: croid_of(view[field]) if field in view else ABSENT,
    )


def shown_ident(croid: Any, field: str) -> View:
    """The identifier for a CROID; nothing where it is none."""
    try:
        return {field: ident_of(croid)} if isinstance(croid, str) else {}
    except MalformedCroid:
        return {}


def _show_issued(value: Any) -> View:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    given = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(given, list) or not given or type(given[0]) is not int:
        return {}
    try:
        day = date(*given).isoformat() if len(given) == 3 else None
    except (TypeError, ValueError):
        day = None
    return {"release_year": given[0]} | ({"release_date": day} if day else {})


def _make_issued(view: View) -> Any:
    if "release_date" in view:
        day = date.fromisoformat(view["release_date"])
        return {"date-parts": [[day.year, day.month, day.day]]}
    year = view.get("release_year", 0)
    return {"date-parts": [[year]]} if 1 <= year <= 9999 else ABSENT


ISSUED: Final = Lens("issued", ("release_date", "release_year"), _show_issued, _make_issued)
"""The date of issue; a year that no calendar has is not said by it."""
