"""Contributors: Crossref's lists of people by what they did, and fatcat's one list with roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from nexus_hub.catalog.fatcat.forms import Form
from nexus_hub.catalog.fatcat.lenses import OURS, Lens, View, bare_named, text
from nexus_hub.catalog.shape import ABSENT

People = dict[str, list[dict[str, Any]]]
MEMBERS: Final = ("author", "editor", "translator", "chair", "contributor")
"""The lists in the order in which they make one; the last lies under `nexus`."""

_ROLES: Final = ("author", "editor", "translator")
"""Roles that have a member of their own, of the same name."""


def _show_name(value: Any) -> View:
    return {"raw_name": value} if isinstance(value, str) else {}


def _make_name(view: View) -> Any:
    """The name of who has neither given nor family name."""
    has_parts = "given_name" in view or "surname" in view
    return ABSENT if has_parts else view.get("raw_name", ABSENT)


def _show_affiliation(value: Any) -> View:
    chosen = value[0] if isinstance(value, list) and value else None
    name = chosen.get("name") if isinstance(chosen, dict) else None
    return {"raw_affiliation": name} if isinstance(name, str) else {}


def _make_affiliation(view: View) -> Any:
    return [{"name": view["raw_affiliation"]}] if "raw_affiliation" in view else ABSENT


def full_name(person: Mapping[str, Any]) -> View:
    """The name of a contributor as it is read.

    >>> full_name({"given": "Ann", "family": "Ng"}), full_name({"name": "The Salt Group"})
    ({'raw_name': 'Ann Ng'}, {'raw_name': 'The Salt Group'})
    """
    if "name" in person:
        return _show_name(person["name"])
    parts = [person[part] for part in ("given", "family") if isinstance(person.get(part), str)]
    return {"raw_name": " ".join(parts)} if parts else {}


PERSON: Final = Form(
    (
        text("given", "given_name"),
        text("family", "surname"),
        Lens("name", ("raw_name",), _show_name, _make_name, ("given_name", "surname")),
        bare_named("croid", "creator_id"),
        Lens("affiliation", ("raw_affiliation",), _show_affiliation, _make_affiliation),
    ),
    ("index", "raw_name", "role"),
    full_name,
)


def to_contribs(people: People) -> list[dict[str, Any]]:
    """All contributors in the order of their index, which is their place if none is said."""
    contribs: list[dict[str, Any]] = []
    for member in MEMBERS:
        for person in people.get(member, []):
            contrib = PERSON.to_entity(person, _place(member, len(contribs)))
            if _home(contrib.get("role")) != member:
                extra = contrib.setdefault("extra", {})
                extra[OURS] = {**extra.get(OURS, {}), "member": member}
            contribs.append(contrib)
    return sorted(contribs, key=lambda contrib: contrib.get("index", 0))


def from_contribs(contribs: list[dict[str, Any]]) -> People:
    """The lists of people; one without an index has that of its place."""
    indexed = [{"index": n, **contrib} for n, contrib in enumerate(contribs)]
    members: dict[str, list[dict[str, Any]]] = {member: [] for member in MEMBERS}
    for contrib in sorted(indexed, key=lambda contrib: contrib["index"]):
        member, bare = _take_member(contrib)
        members[member].append(bare)
    people: People = {}
    count = 0
    for member in MEMBERS:
        for contrib in members[member]:
            person = PERSON.to_body(contrib, _place(member, count))
            people.setdefault(member, []).append(person)
            count += 1
    return people


def _place(member: str, index: int) -> View:
    return {"index": index} | ({"role": member} if member in _ROLES else {})


def _home(role: str | None) -> str:
    """The list for a role; who has none is taken for an author."""
    if role is None:
        return "author"
    return role if role in _ROLES else "contributor"


def _take_member(contrib: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The list a contributor came from or belongs to, and the contributor without that word."""
    extra = contrib.get("extra", {})
    travelled = extra.get(OURS, {})
    member = travelled.get("member")
    if member not in MEMBERS:
        return _home(contrib.get("role")), contrib
    left = {name: value for name, value in travelled.items() if name != "member"}
    rest = {name: value for name, value in extra.items() if name != OURS}
    return member, {**contrib, "extra": {**rest, **({OURS: left} if left else {})}}
