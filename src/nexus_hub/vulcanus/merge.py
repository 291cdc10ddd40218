"""One record out of all its layers: pure, deterministic, and able to say why.

`merge` and `explain` run the same fold. The bases are folded field by field as `policy.py` says;
patches are laid over the result, weakest first, as `fold.py` says. The same layers give the same
bytes in whatever order they arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nexus_hub.vulcanus.fold import BASES, Fold, Mark
from nexus_hub.vulcanus.layer import (
    Base,
    FieldOrigin,
    Overridden,
    Patch,
    Skipped,
    heard_bases,
    heard_patches,
    origin,
    overridden,
)
from nexus_hub.vulcanus.patch import ABSENT, Pointer, format_pointer, list_index, look_up, same
from nexus_hub.vulcanus.policy import Policy, policy_of, unite

__all__ = ["Base", "FieldOrigin", "Merged", "Overridden", "Patch", "Skipped", "explain", "merge"]

EMPTY = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Merged:
    """A record, the elements that did not fit, and the layers it was made of, strongest base first.

    `lent`: what the strongest base did not have, by its pointer, and which other base had it.
    `body` may share values with the layers it came from: read it, do not write it.
    """

    body: dict[str, Any]
    skipped: tuple[Skipped, ...]
    layers: tuple[str, ...]
    lent: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Claim:
    """Who says a base field: the winner, and those who said something else."""

    base: Base
    lost: list[Overridden]


Claims = dict[Pointer, Claim]


def merge(kind: str, bases: Iterable[Base], patches: Iterable[Patch] = ()) -> Merged:
    """The record these layers make together.

    One base without live patches is returned as it is, uncopied. No base at all gives what the
    patches say alone. Inputs are never changed. A bad element is skipped, not raised.

    >>> from datetime import datetime, UTC
    >>> day = datetime(2026, 1, 1, tzinfo=UTC)
    >>> base = Base("d1", "deposit", "1", 30, 1, {"title": ["A"]}, day)
    >>> other = Base("c1", "crossref", "1", 20, 1, {"title": ["B"], "volume": "3"}, day)
    >>> merge("release", [other, base]).body
    {'title': ['A'], 'volume': '3'}
    """
    heard, live = heard_bases(bases), heard_patches(patches)
    names = tuple(layer.layer_id for layer in (*heard, *live))
    if len(heard) == 1 and not live:
        return Merged(heard[0].body, (), names)
    claims: Claims | None = {} if len(heard) > 1 else None
    body = _fold_bases(kind, heard, claims)
    lent = {
        format_pointer(at): claim.base.layer_id
        for at, claim in (claims or {}).items()
        if claim.base is not heard[0]
    }
    if not live:
        return Merged(body, (), names, lent)
    fold = Fold(kind, body, live)
    fold.run()
    return Merged(fold.tree.root, tuple(fold.skipped), names, lent)


def explain(kind: str, bases: Iterable[Base], patches: Iterable[Patch] = ()) -> list[FieldOrigin]:
    """Where every field of the merged record comes from, in the order of the pointers.

    A field of a base is one entry, an item another base added to a union is one more, and so is
    every value a patch wrote. What a patch took away has the value None; a list item that is gone
    is named by the place it had.
    """
    heard, live = heard_bases(bases), heard_patches(patches)
    claims: Claims = {}
    fold = Fold(kind, _fold_bases(kind, heard, claims), live)
    fold.run()
    body = fold.tree.root
    origins = [
        origin(format_pointer(at), look_up(body, at), claim.base, None, claim.lost)
        for at, claim in claims.items()
        if at not in fold.marks and look_up(body, at) is not ABSENT
    ]
    for at, mark in fold.marks.items():
        value = look_up(body, at)
        origins.append(_patched(fold, claims, at, mark, None if value is ABSENT else value))
    origins += [_patched(fold, claims, at, mark, None) for at, mark in fold.removed]
    return sorted(origins, key=lambda found: _reading_order(found.pointer))


def _reading_order(pointer: str) -> list[tuple[int, str]]:
    return [(list_index(part), part) for part in pointer.split("/")]


def _patched(fold: Fold, claims: Claims, at: Pointer, mark: Mark, value: Any) -> FieldOrigin:
    claim = claims.get(at) or claims.get(at[:1])
    lost: list[Overridden] = list(claim.lost) if claim and at in claims else []
    for layer, before in mark.lost:
        if layer != BASES:
            lost.append(overridden(fold.patches[layer], before))
        elif claim:
            lost.append(overridden(claim.base, before))
    return origin(format_pointer(at), value, fold.patches[mark.layer], mark.element, lost)


def _fold_bases(kind: str, bases: list[Base], claims: Claims | None) -> dict[str, Any]:
    """One record of the bases, strongest first; fills `claims` where they are wanted."""
    if not bases:
        return {}
    body = dict(bases[0].body)
    if claims is not None:
        claims.update({(name,): Claim(bases[0], []) for name in body})
    for base in bases[1:]:
        for name, value in base.body.items():
            policy = policy_of(kind, name)
            if policy.how == "base":
                if claims is not None and (name,) in claims and not same(body[name], value):
                    claims[name,].lost.append(overridden(base, value))
            elif name not in body or body[name] in EMPTY:
                if name not in body or value not in EMPTY:
                    body[name] = value
                    if claims is not None:
                        claims[name,] = Claim(base, [])
            else:
                _contest(body, name, base, policy, claims)
    return body


def _contest(
    body: dict[str, Any], name: str, base: Base, policy: Policy, claims: Claims | None
) -> None:
    """A field a stronger base has said already: add to a union, lose otherwise."""
    value = base.body[name]
    if policy.how == "union":
        body[name], added = unite(body[name], value, policy)
        if claims is not None:
            claims.update({(name, str(item)): Claim(base, []) for item in added})
            if not isinstance(value, list | dict) and not same(body[name], value):
                claims[name,].lost.append(overridden(base, value))
    elif claims is not None and not same(body[name], value):
        claims[name,].lost.append(overridden(base, value))
