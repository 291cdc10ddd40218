"""Names of the index within a string, and which organisation each means where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_hub.vulcanus.namesakes import Hit, Option, find_weightiest
from nexus_hub.vulcanus.organisations import COMMON_IN, Known, NameKind, OrganisationIndex
from nexus_hub.vulcanus.places import COUNTRY_BY_NAME
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.words import EXTENDING_WORDS, HEAD_WORDS, OWNED_HEADS, UNIT_WORDS

LONG_GENERIC_NAME = 3
"""From this many words on, a name of common words may stand without a place beside it."""

LONG_NAME = 4
"""From this many words on, a name may have a person's name before it."""

SHORTEST_WORD = 4
"""Letters a name of one word needs."""

FAMOUS = 5
"""What an organisation weighs at least whose acronym is known far and wide."""

SPREAD = 4
"""Powers of two of organisations of its own: one that has more is rather named beside them."""

HOSPITALS = frozenset({"hospital", "clinic", "center"})
"""What has institutes of its own, as a university has."""


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
    it went. An acronym of several organisations means none of them, unless one outweighs them.
    """
    if index.is_city(hit.key) or hit.key in COUNTRY_BY_NAME or not _begins(scene, hit):
        return []
    ends = _ends(scene, hit, index)
    countries = scene.countries_outside(hit.start, hit.end)
    best: dict[str, Option] = {}
    shared = False
    for named, kind in index.named(hit.key):
        living = index.living(named)
        if living is None or (countries and living.country not in countries):
            continue
        # The campuses share the name.
        if kind is not NameKind.DISPLAY and f"{hit.key} system" in living.keys:
            shared = True
            continue
        if not (ends or _goes_on(scene, hit, named, index)):
            continue
        known = best.get(living.ror)
        if known is None or kind < known.kind:
            in_city = scene.names_city(living.city, hit.start, hit.end)
            best[living.ror] = Option(living, kind, in_city, False)
    options = [option for option in best.values() if option.kind is not NameKind.ACRONYM]
    if not options:
        options = list(best.values())
    famous = _famous(scene, hit, options, index)
    options = [
        option._replace(
            is_backed=option is famous
            or _is_backed(
                scene, hit, option, not shared and _is_above(option, options, index), index
            )
        )
        for option in options
    ]
    return sorted(options, key=lambda option: (not option.is_backed, option.organisation.ror))


def _famous(
    scene: Scene, hit: Hit, options: list[Option], index: OrganisationIndex
) -> Option | None:
    """The organisation known by an acronym far and wide, where it begins a part of the string."""
    if not options or options[0].kind is not NameKind.ACRONYM:
        return None
    if hit.end - hit.start == len(scene.forms) or not scene.begins_part(hit.start):
        return None
    alone = scene.is_alone(hit.start, hit.end)
    if not (alone or _owns(scene, hit, index)):
        return None
    if not scene.raw(hit.start, hit.end).isupper() or scene.text.isupper():
        return None
    found = find_weightiest(options, index)
    if found is None:
        return None
    parts, funders = index.weight(found.organisation)
    if parts > SPREAD and alone:
        return None
    return found if parts + funders >= FAMOUS else None


def _is_above(option: Option, options: list[Option], index: OrganisationIndex) -> bool:
    """Whether all others of this name are parts of it; so it is where there is no other."""
    return all(
        other is option or index.is_under(other.organisation, option.organisation)
        for other in options
    )


def _begins(scene: Scene, hit: Hit) -> bool:
    """Whether the hit is not the end of something longer, or in two parts of the string."""
    if scene.parts_within(hit.start, hit.end) and not scene.is_whole(hit.start, hit.end):
        return False
    return scene.begins_name(hit.start) or (
        hit.end - hit.start >= LONG_NAME and scene.forms[hit.start - 1] not in EXTENDING_WORDS
    )


def _ends(scene: Scene, hit: Hit, index: OrganisationIndex) -> bool:
    """Whether the hit is not the beginning of something longer."""
    words = hit.key.split(" ")
    if "university" in words and _is_medical_center(scene, hit.end):
        return False
    owns = "university" in words or not HOSPITALS.isdisjoint(words) or _owns(scene, hit, index)
    return scene.ends_name(hit.end, index.is_city, owns)


def _is_medical_center(scene: Scene, at: int) -> bool:
    """Whether what begins here is a medical centre, which bears a university's name and is none."""
    follows = scene.part_after(at)[:3]
    return {"medical", "center"} <= set(follows) and not any(map(str.isalnum, scene.gap(at)))


def _goes_on(scene: Scene, hit: Hit, known: Known, index: OrganisationIndex) -> bool:
    """Whether what follows and makes a longer name is in another one of the organisation's."""
    words = hit.key.split(" ")
    follows = {word for word in scene.part_after(hit.end) if not word.isdigit()}
    if HEAD_WORDS.isdisjoint(follows) or not follows.isdisjoint(words):
        return False
    if len(words) < 2 or all(index.is_common(word, COMMON_IN) for word in words):
        return False
    return any(follows <= {*key.split(" "), *known.city.split(" ")} for key in known.keys)


def _is_care(words: list[str]) -> bool:
    """Whether a hospital is called so, an organisation of its own more often than not."""
    found = set(words)
    if "hospital" in found or "hospitals" in found or {"medical", "center"} <= found:
        return True
    return words[-1:] == ["health"] and found.isdisjoint(OWNED_HEADS - {"health"})


def _owns(scene: Scene, hit: Hit, index: OrganisationIndex) -> bool:
    """Whether an acronym begins the names of what its owner has: `UCLA School of Law`."""
    if hit.end - hit.start > 1 or not scene.begins_part(hit.start):
        return False
    if not scene.raw(hit.start, hit.end).isupper():
        return False
    if _is_care(scene.part_after(hit.end)):
        return False
    return any(
        (kind is NameKind.ACRONYM and any("university" in key for key in known.keys))
        or index.weight(known)[0] > SPREAD
        for known, kind in index.named(hit.key)
    )


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
