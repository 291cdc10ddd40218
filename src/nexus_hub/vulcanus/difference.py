"""What a person changed, as the elements of a patch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nexus_hub.vulcanus.patch import ABSENT, Pointer, format_pointer, look_up, same

Found = dict[str, Any]


def difference(
    before: dict[str, Any], after: dict[str, Any], base: dict[str, Any] | None = None
) -> list[Found]:
    """The elements that turn `before` into `after`, as small as the values allow.

    With `base`, the record its bases alone would make, an element that changes what a strategy
    wrote says so in `baseValue`, and so holds when that strategy is switched off or thinks again.

    >>> difference({"title": ["A"], "volume": "3"}, {"title": ["B"]})
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'field': 'volume', 'action': 'deleteChild', 'path': '/volume', 'originalValue': '3',
      'enrichedValue': None},
     {'field': 'title', 'action': 'update', 'path': '/title/0', 'originalValue': 'A',
      'enrichedValue': 'B'}]
    """
    found = list(_objects((), before, after))
    if base is not None:
        for element in found:
            _remember(element, before, base)
    return found


def _remember(element: Found, before: dict[str, Any], base: dict[str, Any]) -> None:
    pointer = tuple(part for part in element["path"][1:].split("/"))
    pointer = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer)
    for length in range(1, len(pointer)):
        here, there = look_up(before, pointer[:length]), look_up(base, pointer[:length])
        if isinstance(here, list) and not (isinstance(there, list) and len(here) == len(there)):
            return
    value = look_up(base, pointer)
    if element["action"] != "insertChild" and not same(value, element["originalValue"]):
        element["baseValue"] = None if value is ABSENT else value


def _element(action: str, pointer: Pointer, original: Any, enriched: Any) -> Found:
    return {
        "field": pointer[0],
        "action": action,
        "path": format_pointer(pointer),
        "originalValue": original,
        "enrichedValue": enriched,
    }


def _values(at: Pointer, before: Any, after: Any) -> Iterator[Found]:
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _objects(at, before, after)
    elif isinstance(before, list) and isinstance(after, list) and _plain(before) and _plain(after):
        yield from _lists(at, before, after)
    else:
        yield _element("update", at, before, after)


def _plain(items: list[Any]) -> bool:
    """Lists in lists and nulls are replaced with the list they stand in."""
    return bool(items) and not any(isinstance(item, list) or item is None for item in items)


def _objects(at: Pointer, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Found]:
    for name in before:
        if name not in after:
            yield _element("deleteChild", (*at, name), before[name], None)
    for name, value in after.items():
        if name in before:
            yield from _values((*at, name), before[name], value)
        else:
            yield _element("insert", (*at, name), None, value)


def _lists(at: Pointer, before: list[Any], after: list[Any]) -> Iterator[Found]:
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and same(before[head], after[head]):
        head += 1
    tail = 0
    while tail < shorter - head and same(before[-1 - tail], after[-1 - tail]):
        tail += 1
    for place in range(head, shorter - tail):
        yield from _values((*at, str(place)), before[place], after[place])
    for place in range(len(before) - tail - 1, shorter - tail - 1, -1):
        yield _element("deleteChild", (*at, str(place)), before[place], None)
    for place in range(shorter - tail, len(after) - tail):
        yield _element("insertChild", (*at, str(place)), None, after[place])
