"""Which of several organisations of one name a string means.

One whose city is named, whose own name it is, that is above the others, that is written just so, or
that none of the others outweighs: by how many organisations are parts of it, and by how many funder
ids it has.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from nexus_hub.vulcanus.names import literal_key
from nexus_hub.vulcanus.organisations import Known, NameKind, OrganisationIndex
from nexus_hub.vulcanus.scene import Scene

MAIN: Final = 3
"""What the main one of several campuses weighs at least."""

MEDICAL: Final = frozenset({"medicine", "medical"})
SCHOOLS: Final = frozenset({"school", "college"})


class Hit(NamedTuple):
    """A name of the index that the words from `start` to before `end` spell."""

    start: int
    end: int
    key: str
    is_inverted: bool = False


class Option(NamedTuple):
    """An organisation a hit may mean. `is_backed`: name and surroundings are proof enough."""

    organisation: Known
    kind: NameKind
    in_city: bool
    is_backed: bool


def settle(
    scene: Scene, hit: Hit, options: list[Option], index: OrganisationIndex
) -> tuple[Option, str] | None:
    """The one organisation meant and the rule that found it; None where it stays open."""
    backed = [option for option in options if option.is_backed]
    in_city = [option for option in backed if option.in_city]
    # Frankfurt is named where Frankfurt am Main is.
    in_city = [one for one in in_city if not any(_is_within(one, other) for other in in_city)]
    if len(options) == 1 or len(in_city) == 1:
        option = in_city[0] if in_city else options[0]
        return (option, _rule(scene, hit, option, len(options))) if option.is_backed else None
    left = in_city or backed
    own = [option for option in left if option.kind is NameKind.DISPLAY]
    is_one_land = len({option.organisation.country for option in options}) == 1
    if is_one_land and _is_of_medicine(scene, hit):
        return (own[0], "kind") if len(own) == 1 else None
    if not in_city and all(option.kind is NameKind.SHORT for option in options):
        return _find_campus(scene, hit, options, index)
    if backed and options[0].kind is NameKind.ACRONYM:
        found = find_weightiest(options, index)
        return (found, "acronym") if found else None
    if len(own) == 1:
        return own[0], "kind"
    if found := _find_highest(left, index) or _find_spelled(scene, hit, left, len(backed)):
        return found
    weightiest = find_weightiest(options, index)
    return (weightiest, "seat") if weightiest and weightiest.is_backed else None


def _find_highest(options: list[Option], index: OrganisationIndex) -> tuple[Option, str] | None:
    """The one that all others are parts of."""
    for above in options:
        others = [other for other in options if other is not above]
        if others and all(index.is_under(o.organisation, above.organisation) for o in others):
            return above, "kin"
    return None


def _find_spelled(
    scene: Scene, hit: Hit, options: list[Option], count: int
) -> tuple[Option, str] | None:
    """The one whose name is written just so, of `count` in all."""
    literal = literal_key(scene.raw_words(hit.start, hit.end))
    left = [option for option in options if option.organisation.is_spelled(literal)] or options
    own = [option for option in left if option.kind is NameKind.DISPLAY]
    if len(own) == 1:
        return own[0], "spelling" if len(left) == 1 else "kind"
    return (left[0], "spelling") if len(left) == 1 < count else None


def _is_within(one: Option, other: Option) -> bool:
    """Whether the name of one city is a part of the other's."""
    city, longer = one.organisation.city, other.organisation.city
    return city != longer and f" {city} " in f" {longer} "


def _is_of_medicine(scene: Scene, hit: Hit) -> bool:
    """Whether it is the medical school of that name, which often is a campus of its own."""
    follows = scene.forms[hit.end : hit.end + 4]
    return not MEDICAL.isdisjoint(follows) and not SCHOOLS.isdisjoint(follows)


def _find_campus(
    scene: Scene, hit: Hit, options: list[Option], index: OrganisationIndex
) -> tuple[Option, str] | None:
    """The main campus, where the string tells of none."""
    words = scene.forms[hit.start : hit.end]
    if "university" not in words or all(index.is_common(word) for word in words):
        return None
    if not scene.begins_part(hit.end) and not scene.is_last(hit.end):
        return None
    found = find_weightiest(options, index)
    if found is None or sum(index.weight(found.organisation)) < MAIN:
        return None
    return found, "seat"


def find_weightiest(options: list[Option], index: OrganisationIndex) -> Option | None:
    """The one of several that no other outweighs, in organisations of its own or in funder ids."""
    weights = {option.organisation.ror: index.weight(option.organisation) for option in options}
    first = max(options, key=lambda option: (weights[option.organisation.ror], -option.kind))
    weight = weights[first.organisation.ror]
    for other in options:
        found = weights[other.organisation.ror]
        is_even = found == weight and other.kind is first.kind
        if other is not first and (is_even or found[1] > weight[1] or other.kind < first.kind):
            return None
    return first


def _rule(scene: Scene, hit: Hit, option: Option, count: int) -> str:
    if hit.is_inverted:
        return "inverted"
    if option.kind is NameKind.ACRONYM:
        return "acronym"
    if option.kind in (NameKind.SHORT, NameKind.BRANCH):
        return "short"
    if hit.end - hit.start == 1 and scene.raw(hit.start, hit.end).isascii():
        return "word"
    if count > 1:
        return "city"
    return "name"
