"""A JSON Patch of what was deposited, carried over to the record that was made of it.

A record says more than its deposit, and may say it in other places: enrichment adds members, and a
better source may name the authors in another order. A patch is carried over only where each place
that it names holds the same in both, but for what was added; what it says of a third author is
never said of another.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import jsonpointer

from nexus_hub.nauvis import patching
from nexus_hub.nauvis.errors import PatchDoesNotApply
from nexus_hub.nauvis.patching import PatchError

Operation = dict[str, Any]


def carry(
    base: dict[str, Any], record: dict[str, Any], patch: Sequence[Operation], doi: str
) -> dict[str, Any]:
    """What a patch of the base makes of the record; both are left as they are.

    Raises `PatchError` where it does not fit the base, or a place holds something else in the
    record.

    >>> base = {"DOI": "10.5555/a", "author": [{"family": "Lovelase"}]}
    >>> record = {"DOI": "10.5555/a", "author": [{"family": "Lovelase", "croid": "0"}]}
    >>> put = {"op": "replace", "path": "/author/0/family", "value": "Lovelace"}
    >>> carry(base, record, [put], "10.5555/a")["author"]
    [{'family': 'Lovelace', 'croid': '0'}]
    """
    before, after = copy.deepcopy(base), copy.deepcopy(record)
    for number, one in enumerate(patch):
        try:
            for name in ("from", "path"):
                if name in one:
                    _check_place(before, after, one[name])
            before = patching.apply_operations(before, [one])
            # What is tested is what was deposited; the record may say more.
            if one["op"] != "test":
                after = patching.apply_operations(after, [one])
        except PatchError as refused:
            raise PatchError(refused.error, f"/{number}") from None
    return patching.apply(after, [], patching.JSON_PATCH, doi)


def says_the_same(told: Any, more: Any) -> bool:
    """Whether a value is another one, or that one with members added.

    >>> says_the_same([{"a": 1}], [{"a": 1, "b": 2}]), says_the_same([1], [1, 2])
    (True, False)
    """
    if isinstance(told, dict) and isinstance(more, dict):
        return all(name in more and says_the_same(told[name], more[name]) for name in told)
    if isinstance(told, list) and isinstance(more, list):
        pairs = zip(told, more, strict=False)
        return len(told) == len(more) and all(says_the_same(a, b) for a, b in pairs)
    return type(told) is type(more) and told == more


def _check_place(before: Any, after: Any, pointer: str) -> None:
    """Refuse a pointer that leads to something else in what is there now."""
    try:
        parts = jsonpointer.JsonPointer(pointer).parts
    except jsonpointer.JsonPointerException:
        return  # Told better by applying it.
    for place, part in enumerate(parts):
        found, is_same = _step(before, after, part)
        if not is_same:
            raise _elsewhere("/".join(["", *parts[: place + 1]]))
        if found is None:
            return
        before, after = found
    if not says_the_same(before, after):
        raise _elsewhere(pointer)


def _step(before: Any, after: Any, part: str) -> tuple[tuple[Any, Any] | None, bool]:
    """What a step of a pointer leads to in both, None for nothing, and whether it is the same."""
    if isinstance(before, list) and isinstance(after, list):
        if part == "-":
            return None, True
        if len(before) != len(after):
            return None, False
        if not part.isdigit() or int(part) >= len(before):
            return None, True
        found = before[int(part)], after[int(part)]
        # Which element it is, is told by all of it.
        return found, says_the_same(*found)
    if isinstance(before, dict) and isinstance(after, dict):
        if part in before and part in after:
            return (before[part], after[part]), True
        return None, (part in before) == (part in after)
    return None, type(before) is type(after)


def _elsewhere(pointer: str) -> PatchError:
    detail = f"{pointer} is not now what was deposited there; propose it as an edit"
    return PatchError(PatchDoesNotApply(detail[:500]), "")
