"""Schools named after their university without saying so: `Yale School of Engineering`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nexus_hub.vulcanus.namesakes import Hit, Option
from nexus_hub.vulcanus.organisations import NameKind, OrganisationIndex
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.words import FIELDS

SCHOOL: Final = "school"

LONGEST: Final = 4
"""Words before `School`, a person's name among them: `Harvard T.H. Chan School`."""


def find_schools(scene: Scene, index: OrganisationIndex) -> Iterator[tuple[Hit, Option]]:
    """For each part that begins `X School` the one university that is called X."""
    for start, end in scene.parts():
        words = scene.forms[start:end]
        at = next((n for n, word in enumerate(words[: LONGEST + 1]) if word == SCHOOL), 0)
        while at and words[at - 1] in FIELDS:
            at -= 1
        for length in range(at, 0, -1):
            named = words[:length]
            if index.is_common(named[0]) or (index.is_city(" ".join(named)) and length < at):
                continue
            options = _universities(scene, start, start + length, index)
            if len(options) == 1:
                yield Hit(start, start + length, " ".join(named)), options[0]
                break


def _universities(scene: Scene, start: int, end: int, index: OrganisationIndex) -> list[Option]:
    key = " ".join(scene.forms[start:end])
    countries = scene.countries_outside(start, end)
    found: dict[str, Option] = {}
    keys = [f"{key} university", f"university {key}"]
    if scene.raw(start, end).isupper() and end - start == 1:
        keys = [key]
    for name in keys:
        for organisation, kind in index.named(name):
            living = index.living(organisation)
            is_known = living is not None and (not countries or living.country in countries)
            if living is not None and is_known and (kind is NameKind.ACRONYM) == (name == key):
                in_city = scene.names_city(living.city, start, end)
                found[living.ror] = Option(living, kind, in_city, True)
    return list(found.values())
