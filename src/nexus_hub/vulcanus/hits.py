"""Names of the index within a string, and which organisation each means where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nexus_hub.vulcanus.names import literal_key
from nexus_hub.vulcanus.organisations import COMMON_IN, Known, NameKind, OrganisationIndex
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.words import EXTENDING_WORDS, OWNED_HEADS, UNIT_WORDS

LONG_GENERIC_NAME = 3
"""From this many words on, a name of common words may stand without a place beside it."""

LONG_NAME = 4
"""From this many words on, a name may have a person's name before it."""

SHORTEST_WORD = 4
"""Letters a name of one word needs."""

SEAT = 2
"""From so many organisations of its own on, one is told from namesakes that have none."""

HOSPITALS = frozenset({"hospital", "clinic", "center"})
"""What has institutes of its own, as a university has."""


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


def find_hits(scene: Scene, index: OrganisationIndex) -> Iterator[Hit]:
    """Every run of words that is a name, and `X University` where `University of X` is one."""
    forms, count = scene.forms, len(scene.forms)
    for i in range(count):
        for j in range(min(count, i + index.longest_from(forms[i])), i, -1):
            key = " ".join(forms[i:j])
            if index.has_name(key):
                yield Hit(i, j, key)
        for j in range(i + 2, min(count, i + 4) + 1):
            if forms[j - 1] == "university" and not scene.parts_within(i, j):
                key = " ".join(("university", *forms[i : j - 1]))
                if index.has_name(key):
                    yield Hit(i, j, key, is_inverted=True)


def options_of(scene: Scene, hit: Hit, index: OrganisationIndex) -> list[Option]:
    """The organisations the hit may mean, backed ones first; none where it is no name here.

    An organisation in a country the string contradicts is left out, a closed one stands for where
    it went. An acronym of several organisations means none of them.
    """
    if index.is_city(hit.key) or hit.key in COUNTRY_BY_NAME or not _fits(scene, hit, index):
        return []
    countries = scene.countries_outside(hit.start, hit.end)
    best: dict[str, Option] = {}
    shared = False
    for named, kind in index.named(hit.key):
        living = index.living(named)
        if living is None or (countries and living.country not in countries):
            continue
        if f"{hit.key} system" in living.keys:  # the campuses share the name
            shared = True
            continue
        known = best.get(living.ror)
        if known is None or kind < known.kind:
            in_city = scene.names_city(living.city, hit.start, hit.end)
            best[living.ror] = Option(living, kind, in_city, False)
    options = [option for option in best.values() if option.kind is not NameKind.ACRONYM]
    if shared:
        options = [o for o in options if o.kind is not NameKind.SHORT or o.in_city]
    elif not options:
        options = list(best.values())
    options = [
        option._replace(
            is_backed=_is_backed(scene, hit, option, _is_above(option, options, index), index)
        )
        for option in options
    ]
    return sorted(options, key=lambda option: (not option.is_backed, option.organisation.ror))


def _is_above(option: Option, options: list[Option], index: OrganisationIndex) -> bool:
    """Whether all others of this name are parts of it; so it is where there is no other."""
    return all(
        other is option or index.is_under(other.organisation, option.organisation)
        for other in options
    )


def _fits(scene: Scene, hit: Hit, index: OrganisationIndex) -> bool:
    """Whether the hit is not a piece of something longer."""
    if scene.parts_within(hit.start, hit.end) and not scene.is_whole(hit.start, hit.end):
        return False
    begins = scene.begins_name(hit.start) or (
        hit.end - hit.start >= LONG_NAME and scene.forms[hit.start - 1] not in EXTENDING_WORDS
    )
    words = hit.key.split(" ")
    owns = "university" in words or not HOSPITALS.isdisjoint(words)
    return begins and scene.ends_name(hit.end, index.is_city, owns)


def _is_backed(
    scene: Scene, hit: Hit, option: Option, is_only: bool, index: OrganisationIndex
) -> bool:
    """Whether so weak a name as this is borne out by what stands beside it."""
    words = scene.forms[hit.start : hit.end]
    in_country = bool(scene.countries_outside(hit.start, hit.end))
    confirmed = in_country or option.in_city
    alone = scene.is_alone(hit.start, hit.end)
    if hit.is_inverted:
        return confirmed or hit.key == f"university {option.organisation.city}"
    if option.kind is NameKind.ACRONYM:
        sure = confirmed or (
            is_only
            and len(hit.key) >= SHORTEST_WORD
            and hit.end - hit.start < len(scene.forms)
            and (alone or scene.begins_part(hit.start))
        )
        return sure and scene.raw(hit.start, hit.end).isupper()
    spread = COMMON_IN if option.kind is not NameKind.DISPLAY else 0
    distinct = [word for word in words if not index.is_common(word, spread)]
    if option.kind is NameKind.BRANCH:
        return bool(distinct) and (
            confirmed or (is_only and alone and (len(words) > 1 or scene.is_company(hit.end)))
        )
    if option.kind is NameKind.SHORT and distinct:
        telling = len(distinct) > 1 and "university" in words
        if is_only and "university" in words:
            return True
        return option.in_city or (telling and (alone or confirmed))
    if not distinct:
        return alone and _is_generic_backed(scene, hit, option, is_only)
    if len(words) == 1 and scene.raw(hit.start, hit.end).isascii():
        return len(words[0]) >= SHORTEST_WORD and alone
    return True


def _is_generic_backed(scene: Scene, hit: Hit, option: Option, is_only: bool) -> bool:
    """The same for a name of common words: `National Institute of Health`, `School of Medicine`."""
    words = scene.forms[hit.start : hit.end]
    if words[0] in UNIT_WORDS:
        return False
    in_country = bool(scene.countries_outside(hit.start, hit.end))
    own = option.kind <= NameKind.LABEL
    if is_only and own and "university" in words:
        return True
    if is_only and len(words) > LONG_GENERIC_NAME and scene.is_last(hit.end):
        return True
    if own and len(words) >= LONG_GENERIC_NAME and scene.is_last(hit.end):
        return True
    return option.in_city or (in_country and own)


def settle(
    scene: Scene, hit: Hit, options: list[Option], index: OrganisationIndex
) -> tuple[Option, str] | None:
    """The one organisation meant and the rule that found it; None where it stays open."""
    backed = [option for option in options if option.is_backed]
    in_city = [option for option in backed if option.in_city]
    if len(options) == 1 or len(in_city) == 1:
        option = in_city[0] if in_city else options[0]
        return (option, _rule(scene, hit, option, len(options))) if option.is_backed else None
    left = in_city or backed
    own = [option for option in left if option.kind is NameKind.DISPLAY]
    if len(own) == 1:
        return own[0], "kind"
    for above in left:
        others = [other for other in left if other is not above]
        if others and all(index.is_under(o.organisation, above.organisation) for o in others):
            return above, "kin"
    literal = literal_key(scene.raw_words(hit.start, hit.end))
    left = [option for option in left if option.organisation.is_spelled(literal)] or left
    own = [option for option in left if option.kind is NameKind.DISPLAY]
    if len(own) == 1:
        return own[0], "spelling" if len(left) == 1 else "kind"
    if len(left) == 1 < len(backed):
        return left[0], "spelling"
    return _seat(backed, index)


def _seat(options: list[Option], index: OrganisationIndex) -> tuple[Option, str] | None:
    """The one of several that has organisations of its own, where no other has any."""
    parts = {option.organisation.ror: index.parts_of(option.organisation.ror) for option in options}
    seats = [option for option in options if parts[option.organisation.ror]]
    is_seat = len(seats) == 1 and parts[seats[0].organisation.ror] >= SEAT
    return (seats[0], "seat") if is_seat else None


def kin_of(
    options: list[Option], others: list[Known], index: OrganisationIndex
) -> tuple[Option, str] | None:
    """The option that is parent or child of an organisation the string names beyond doubt."""
    kin = [
        option
        for option in options
        if any(
            index.is_under(option.organisation, other) or index.is_under(other, option.organisation)
            for other in others
        )
    ]
    return (kin[0], "kin") if len(kin) == 1 else None


def within(inner: Hit, outer: Hit) -> bool:
    """Whether a hit lies at an end of a longer one."""
    if inner.end - inner.start >= outer.end - outer.start:
        return False
    return (inner.start == outer.start and inner.end < outer.end) or (
        inner.end == outer.end and inner.start > outer.start
    )


def owners_of(
    scene: Scene, inner: Hit, outer: Hit, owned: Known, index: OrganisationIndex
) -> list[Option]:
    """The organisations a hit at an end of a longer name may mean as the owner of what is named."""
    if scene.parts_within(inner.start, inner.end) or index.is_city(inner.key):
        return []
    named = [
        (living, kind)
        for organisation, kind in index.named(inner.key)
        if (living := index.living(organisation)) is not None
        and living.country == owned.country
        and living.ror != owned.ror
        and f"{inner.key} system" not in living.keys
    ]
    kin = {
        living.ror: Option(living, kind, False, True)
        for living, kind in named
        if index.is_under(owned, living)
    }
    if kin:
        return list(kin.values())
    if "university" not in inner.key.split(" ") or len(inner.key.split(" ")) < 2:
        return []
    if inner.start == outer.start:
        if any(c.isalpha() for c in scene.gap(inner.end)):
            return []
        if OWNED_HEADS.isdisjoint(scene.forms[inner.end : outer.end]):
            return []
    elif scene.forms[inner.start - 1] not in OWNED_HEADS:
        return []
    own = [(living, kind) for living, kind in named if kind <= NameKind.ALIAS]
    return list({living.ror: Option(living, kind, False, True) for living, kind in own}.values())


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
