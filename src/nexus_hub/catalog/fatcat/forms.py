"""A record in two forms, body and entity, each with room for what only the other has a place for.

A body keeps under `nexus` what only an entity says; an entity carries under `extra.nexus` what only
a body says. Both come back, as long as the fields around them still say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nexus_hub.catalog.fatcat.lenses import OURS, Lens, View, overridden, overrides, put, same
from nexus_hub.catalog.shape import ABSENT

Record = dict[str, Any]
Defaults = Callable[[Mapping[str, Any]], View]

_EXTRA = "extra/"


def _nothing(_: Mapping[str, Any]) -> View:
    return {}


class Form:
    """The lenses of a record, and the fields of it that the body's `nexus` may say otherwise.

    `defaults` says what a body shows in fields that no single member has.
    """

    def __init__(
        self,
        lenses: tuple[Lens, ...],
        overriding: tuple[str, ...],
        defaults: Defaults = _nothing,
    ) -> None:
        self._lenses = lenses
        self._members = {lens.member for lens in lenses} | {OURS}
        self._overriding = overriding
        self._defaults = defaults
        self._in_extra = tuple(
            field.removeprefix(_EXTRA)
            for lens in lenses
            for field in lens.fields
            if field.startswith(_EXTRA)
        )

    def to_entity(self, body: Mapping[str, Any], place: View) -> Record:
        """The record as an entity; `place` is what its place among others says of it."""
        given = body.get(OURS, {})
        over = {name: given[name] for name in self._overriding if name in given}
        shown = self._shown(body, place)
        entity = overridden(shown, over)
        travelling = {name: body[name] for name in body if name not in self._members}
        kept: View = {}
        for lens in self._lenses:
            value = body.get(lens.member, ABSENT)
            if not same(lens.out_of(entity, {}), value):
                travelling[lens.member] = None if value is ABSENT else value
                kept |= {name: over[name] for name in lens.fields if name in over}
        extra = dict(given.get("extra", {}))
        ours = self._ours(entity, shown, extra)
        kept |= {
            name: given[name] for name in given if not same(ours.get(name, ABSENT), given[name])
        }
        if kept or (OURS in body and not given):
            travelling[OURS] = kept
        for name in self._in_extra:
            if _EXTRA + name in entity:
                extra[name] = entity.pop(_EXTRA + name)
        if travelling:
            extra[OURS] = travelling
        return {**entity, "extra": extra} if extra else entity

    def to_body(self, entity: Mapping[str, Any], place: View) -> Record:
        """The record as a body, for the same place."""
        said = {name: value for name, value in entity.items() if name != "extra"}
        extra = dict(entity.get("extra", {}))
        travelled = extra.pop(OURS, {})
        for name in self._in_extra:
            if isinstance(extra.get(name), str):
                said[_EXTRA + name] = extra.pop(name)
        body: Record = {}
        for lens in self._lenses:
            put(body, lens.member, lens.out_of(said, travelled))
        for name, value in travelled.items():
            if name not in self._members:
                body[name] = value
        ours = self._ours(said, self._shown(body, place), extra)
        kept = travelled.get(OURS)
        if isinstance(kept, dict):
            ours = {**{k: v for k, v in kept.items() if self._holds(k, v, said)}, **ours}
        if ours or kept == {}:
            body[OURS] = ours
        return body

    def _shown(self, body: Mapping[str, Any], place: View) -> View:
        """What the members of a body and its place show."""
        shown: View = {}
        for lens in self._lenses:
            shown |= lens.view(body.get(lens.member, ABSENT))
        return {**shown, **self._defaults(body), **place}

    def _ours(self, said: Mapping[str, Any], shown: View, extra: Mapping[str, Any]) -> View:
        """What has to stand under `nexus` for a body that shows this to say that."""
        names = self._overriding
        ours = overrides(
            {name: said[name] for name in names if name in said},
            {name: shown[name] for name in names if name in shown},
        )
        return {**ours, "extra": dict(extra)} if extra else ours

    def _holds(self, name: str, value: Any, said: Mapping[str, Any]) -> bool:
        return name not in self._overriding or same(said.get(name), value)
