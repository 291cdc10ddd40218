"""Patches laid over a record, weakest first, each element only where it still fits.

The rules, in the order they are asked:

1. A field that is the base's alone is touched by editors only.
2. What `when` names must stand.
3. `insert` needs nothing there, the others their `originalValue`. A value counts as standing when
   it stands now, or when it stood before a weaker layer of this same fold replaced it: the stronger
   layer need not have seen the weaker one. Where the element says what the bases said
   (`baseValue`), it is enough that they still say it.
4. An element that did not fit is tried again at the end, since a stronger layer may have made the
   place it needs; then it may fill what is empty, but not replace what a stronger layer wrote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nexus_hub.vulcanus.layer import Patch, Skipped
from nexus_hub.vulcanus.patch import (
    ABSENT,
    Element,
    MalformedElement,
    Pointer,
    Tree,
    index_of,
    list_index,
    look_up,
    prefixes,
    read_element,
    same,
)
from nexus_hub.vulcanus.policy import PatchRank, identity, is_set, policy_of

BASES = -1


class NotApplied(Exception):
    """The element does not fit; the arguments are the reason and the detail."""


@dataclass(slots=True)
class Step:
    """One element of one patch; `layer` is the patch's place in the order of strength."""

    layer: int
    position: int
    element: Element
    target: Pointer = ()
    refusal: tuple[str, str] = ("stale", "")


@dataclass(slots=True)
class Mark:
    """Who wrote last at a pointer, and what stood there before, oldest first, by which layer."""

    layer: int
    element: Element
    lost: list[tuple[int, Any]] = field(default_factory=list)


class Fold:
    """A record under its patches, strongest last.

    After `run`: the record is `tree.root`, who wrote what is in `marks` (`removed` for list items
    that are gone), and what did not fit in `skipped`.
    """

    def __init__(self, kind: str, body: dict[str, Any], patches: Sequence[Patch]) -> None:
        self.kind = kind
        self.patches = patches
        self.tree = Tree(body)
        self.marks: dict[Pointer, Mark] = {}
        self.removed: list[tuple[Pointer, Mark]] = []
        self.skipped: list[Skipped] = []
        self._snapshots: list[dict[str, Any]] = []  # the record before each layer
        self._moved: dict[Pointer, int] = {}  # list -> first snapshot whose indexes are still true
        self._applied: list[Step] = []
        self._again = False

    def run(self) -> None:
        """Apply every element that fits."""
        waiting: list[Step] = []
        refused: list[tuple[int, int, Any, tuple[str, str]]] = []
        for number, patch in enumerate(self.patches):
            self._snapshots.append(self.tree.freeze())
            for position, raw in enumerate(patch.elements):
                try:
                    step = Step(number, position, read_element(raw))
                except MalformedElement as problem:
                    refused.append((number, position, raw, ("malformed", str(problem))))
                    continue
                waiting += self._try(step)
        self._again = True
        tried = len(waiting) + 1
        while waiting and len(waiting) < tried:
            tried = len(waiting)
            waiting.sort(key=lambda step: (step.layer, step.position))
            waiting = [left for step in waiting for left in self._try(step)]
        refused += [(step.layer, step.position, step.element.raw, step.refusal) for step in waiting]
        refused.sort(key=lambda row: row[:2])
        for layer, position, raw, refusal in refused:
            self.skipped.append(Skipped(self.patches[layer].layer_id, position, raw, *refusal))

    def _try(self, step: Step) -> list[Step]:
        """Apply the step; returns the steps that have to be tried again."""
        try:
            undone = self._apply(step)
        except NotApplied as refusal:
            step.refusal = refusal.args
            return [step]
        self._applied.append(step)
        return undone

    def _apply(self, step: Step) -> list[Step]:
        element, pointer = step.element, step.element.pointer
        if (
            policy_of(self.kind, pointer[0]).how == "base"
            and self.patches[step.layer].rank < PatchRank.EDITOR
        ):
            raise NotApplied("protected", f"/{pointer[0]} is the base's alone")
        for where, value in element.when:
            if not same(look_up(self.tree.root, where), value):
                raise NotApplied("stale", f"/{'/'.join(where)} is not what it was")
        if element.action == "insertChild":
            self._insert_child(step)
            return []
        step.target = target = self._locate(step)
        seen = self._admit(step, target)
        if element.action == "deleteChild":
            self._remove(step, target)
            return []
        if element.action == "insert" and self._is_item(target):
            self._insert_item(step, target)
            return []
        self._put(step, target)
        return self._forget_unseen(step, seen)

    def _is_item(self, pointer: Pointer) -> bool:
        return isinstance(look_up(self.tree.root, pointer[:-1]), list)

    def _locate(self, step: Step) -> Pointer:
        """Where the element's value stands; a list's child is found by its value, if it moved."""
        element, pointer = step.element, step.element.pointer
        if element.action not in ("updateChild", "deleteChild"):
            return pointer
        here = look_up(self.tree.root, pointer)
        if same(here, element.original):
            return pointer
        items, at = here, pointer
        if not isinstance(items, list):
            at = pointer[:-1]
            items = look_up(self.tree.root, at)
        if isinstance(items, list):
            places = [n for n, item in enumerate(items) if same(item, element.original)]
            if len(places) == 1:
                return (*at, str(places[0]))
        return pointer

    def _admit(self, step: Step, pointer: Pointer) -> int:
        """The snapshot the element was right about; raises NotApplied if there is none."""
        element = step.element
        if step.element.action == "insert" and self._is_item(pointer):
            return step.layer
        if self._again:
            self._refuse_outranked(step, pointer)
        if same(look_up(self.tree.root, pointer), element.original):
            return step.layer
        if not self._again:
            oldest = max((self._moved.get(above, 0) for above in prefixes(pointer)), default=0)
            given = oldest == 0 and element.base_value is not ABSENT
            if given and same(look_up(self._snapshots[0], pointer), element.base_value):
                return 0
            for number in range(step.layer, oldest - 1, -1):
                if same(look_up(self._snapshots[number], pointer), element.original):
                    return number
        raise NotApplied("stale", "something else stands there")

    def _refuse_outranked(self, step: Step, pointer: Pointer) -> None:
        empty = look_up(self.tree.root, pointer) in (ABSENT, None)
        for written, mark in self.marks.items():
            if mark.layer <= step.layer:
                continue
            depth = len(written)
            if written[: len(pointer)] == pointer or (not empty and pointer[:depth] == written):
                raise NotApplied("outranked", "a stronger layer wrote there")

    def _put(self, step: Step, pointer: Pointer) -> None:
        if not self.tree.can_hold(pointer):
            raise NotApplied("stale", "there is no such place")
        self._mark(step, pointer, look_up(self.tree.root, pointer))
        self.tree.put(pointer, step.element.enriched)

    def _mark(self, step: Step, pointer: Pointer, before: Any) -> Mark:
        known = self.marks.get(pointer)
        lost = list(known.lost) if known else []
        if before is not ABSENT:
            lost.append((known.layer if known else BASES, before))
        if isinstance(before, dict | list):
            for below in [at for at in self.marks if at[: len(pointer)] == pointer]:
                del self.marks[below]
        self.marks[pointer] = mark = Mark(step.layer, step.element, lost)
        return mark

    def _remove(self, step: Step, pointer: Pointer) -> None:
        before = look_up(self.tree.root, pointer)
        if before is ABSENT:
            raise NotApplied("stale", "it is gone already")
        in_list = self._is_item(pointer)
        mark = self._mark(step, pointer, before)
        self.tree.remove(pointer)
        if in_list:
            del self.marks[pointer]
            self.removed.append((pointer, mark))
            self._shift(step, pointer[:-1], int(pointer[-1]), -1)

    def _insert_child(self, step: Step) -> None:
        pointer, value = step.element.pointer, step.element.enriched
        here = look_up(self.tree.root, pointer)
        if isinstance(here, list):
            self._append(step, pointer, here, value)
        elif self._is_item(pointer):
            self._insert_item(step, pointer)
        elif here is ABSENT or here is None:
            if self._again:
                self._refuse_outranked(step, pointer)
            if not self.tree.can_hold(pointer):
                raise NotApplied("stale", "there is no such place")
            self.tree.put(pointer, [])
            self._insert_at(step, pointer, "0")
        else:
            raise NotApplied("stale", "there is no list")

    def _append(self, step: Step, pointer: Pointer, items: list[Any], value: Any) -> None:
        """At the end; in a set once only, and in canonical order behind what the bases say."""
        place = len(items)
        if is_set(self.kind, pointer):
            key = policy_of(self.kind, pointer[0]).key
            name = identity(value, key)
            if any(identity(item, key) == name for item in items):
                return
            start = place
            while start and (*pointer, str(start - 1)) in self.marks:
                start -= 1
            tail = [identity(item, key) for item in items[start:]]
            place = start + bisect_left(tail, name)
        elif any(same(item, value) for item in items):
            return
        self._insert_at(step, pointer, str(place))

    def _insert_item(self, step: Step, pointer: Pointer) -> None:
        """At the place named; tried again, only at the end: the list is a stronger layer's now."""
        length = len(look_up(self.tree.root, pointer[:-1]))
        if self._again and index_of(pointer[-1], length) not in (None, length):
            raise NotApplied("outranked", "a stronger layer wrote there")
        self._insert_at(step, pointer[:-1], pointer[-1])

    def _insert_at(self, step: Step, pointer: Pointer, part: str) -> None:
        items = look_up(self.tree.root, pointer)
        place = index_of(part, len(items))
        if place is None:
            raise NotApplied("stale", "the list is shorter")
        if place < len(items):
            self._shift(step, pointer, place, 1)
        self.tree.insert(pointer, place, step.element.enriched)
        step.target = (*pointer, str(place))
        self.marks[step.target] = Mark(step.layer, step.element)

    def _shift(self, step: Step, pointer: Pointer, place: int, by: int) -> None:
        """Keep marks with their items when a list moves; older snapshots no longer line up."""
        self._moved[pointer] = len(self._snapshots)
        depth = len(pointer)
        first = place if by > 0 else place + 1

        def moved(at: Pointer) -> Pointer:
            if len(at) > depth and at[:depth] == pointer and list_index(at[depth]) >= first:
                return (*pointer, str(list_index(at[depth]) + by), *at[depth + 1 :])
            return at

        self.marks = {moved(at): mark for at, mark in self.marks.items()}
        for done in self._applied:
            done.target = moved(done.target)

    def _forget_unseen(self, step: Step, seen: int) -> list[Step]:
        """Steps whose work was replaced by one that had not seen it: they may find a place yet."""
        if seen == step.layer:
            return []
        depth = len(step.target)
        undone = [
            done
            for done in self._applied
            if seen <= done.layer < step.layer
            and len(done.target) > depth
            and done.target[:depth] == step.target
        ]
        self._applied = [done for done in self._applied if done not in undone]
        return undone
