"""What the catalogue should do, in plain Python: the reference that random histories go by.

One edit after the other, no concurrency, and two facts about each object: what it says and where
it leads. Every action returns the slug of its refusal, or None, and changes nothing when refused.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass
class Object:
    """An object: `revision` is what it says now, `said` all it ever said, in the order accepted."""

    kind: str
    is_live: bool = False
    revision: UUID | None = None
    target: UUID | None = None
    said: list[UUID] = field(default_factory=list)
    last_index: int = 0

    @property
    def state(self) -> str:
        if not self.is_live:
            return "wip"
        if self.target is not None:
            return "redirect"
        return "deleted" if self.revision is None else "active"


@dataclass
class Proposal:
    """An edit as it was proposed: what it makes of an object, and what that was then."""

    action: str
    revision: UUID | None
    target: UUID | None
    base: tuple[UUID | None, UUID | None]


@dataclass
class Group:
    """An editgroup."""

    status: str = "open"
    index: int = 0
    edits: dict[UUID, Proposal] = field(default_factory=dict)


@dataclass
class Model:
    """The catalogue."""

    objects: dict[UUID, Object] = field(default_factory=dict)
    groups: dict[UUID, Group] = field(default_factory=dict)
    bodies: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    holders: dict[str, UUID] = field(default_factory=dict)
    index: int = 0

    def judge(
        self, group: Group, action: str, croid: UUID, target: UUID | None, revision: UUID | None
    ) -> str | None:
        """Why an edit cannot be proposed. `revision` counts for reverts alone."""
        found = self.objects.get(croid)
        if group.status not in ("open", "submitted"):
            return "editgroup-closed"
        if croid in group.edits:
            return "already-edited"
        if action == "create":
            return "wrong-state" if found else None
        if found is None:
            return "no-such-object"
        if not found.is_live or (action == "delete" and found.state == "deleted"):
            return "wrong-state"
        if action == "revert" and revision not in found.said:
            return "no-such-revision"
        if action == "redirect" and not self.may_lead(group, croid, target):
            return "bad-redirect"
        return None

    def may_lead(self, group: Group, croid: UUID, target: UUID | None) -> bool:
        """Whether an object may be merged into another, as far as can be told now."""
        found, other = self.objects[croid], self.objects.get(target) if target else None
        if other is None or not other.is_live or other.target is not None:
            return False
        if target == croid or other.kind != found.kind or found.target == target:
            return False
        return all(merged in group.edits for merged in self.merged_into(croid))

    def merged_into(self, croid: UUID) -> list[UUID]:
        """What leads to this object."""
        return [other for other, found in self.objects.items() if found.target == croid]

    def propose(
        self, group: Group, action: str, croid: UUID, target: UUID | None, revision: UUID | None
    ) -> None:
        """Note an edit that the judge let through; `revision` is what the database made of it."""
        if action == "create":
            self.objects[croid] = Object(self.bodies[revision]["kind"])  # ty: ignore
        found = self.objects[croid]
        base = (found.revision, found.target)
        group.edits[croid] = Proposal(action, revision, target, base)

    def forget(self, croids: list[UUID]) -> None:
        """Objects that never became live and that nobody proposes any more were never there."""
        for croid in croids:
            wanted = any(
                croid in group.edits and group.status in ("open", "submitted")
                for group in self.groups.values()
            )
            if croid in self.objects and not self.objects[croid].is_live and not wanted:
                del self.objects[croid]

    def accept(self, group: Group) -> str | None:
        """Make the edits of a group current."""
        if group.status not in ("open", "submitted"):
            return "editgroup-closed"
        for croid, edit in group.edits.items():
            found = self.objects.get(croid)
            if found is None or (found.revision, found.target) != edit.base:
                return "stale-base"
        before = deepcopy((self.objects, self.holders))
        for croid, edit in group.edits.items():
            found = self.objects[croid]
            found.is_live, found.revision, found.target = True, edit.revision, edit.target
        refusal = self._chains(group) or self._name(group)
        if refusal:
            self.objects, self.holders = before
            return refusal
        self.index += 1
        group.status, group.index = "accepted", self.index
        for croid, edit in group.edits.items():
            self.objects[croid].last_index = self.index
            if edit.revision is not None:
                self.objects[croid].said.append(edit.revision)
        return None

    def _chains(self, group: Group) -> str | None:
        for croid, edit in group.edits.items():
            if edit.target is None:
                continue
            other = self.objects[edit.target]
            if other.target is not None or not other.is_live or self.merged_into(croid):
                return "stale-base"
        return None

    def _name(self, group: Group) -> str | None:
        """Hand the identifiers over to those who claim them now."""
        live = [croid for croid in sorted(group.edits) if self.objects[croid].state == "active"]
        for croid in live:
            wanted = self._doi(self.objects[croid].revision)
            for doi in [d for d, h in self.holders.items() if h == croid and d != wanted]:
                heirs = [
                    other
                    for other in self.merged_into(croid)
                    if self.objects[other].said and self._doi(self.objects[other].said[-1]) == doi
                ]
                if heirs:
                    self.holders[doi] = heirs[0]
                else:
                    del self.holders[doi]
        for croid in live:
            doi = self._doi(self.objects[croid].revision)
            if doi is None:
                continue
            holder = self.holders.get(doi, croid)
            gone = self.objects.get(holder)
            may_take = gone is not None and (
                gone.state == "deleted" or (gone.state == "redirect" and gone.target == croid)
            )
            if holder != croid and not may_take:
                return "identifier-taken"
            self.holders[doi] = croid
        return None

    def _doi(self, revision: UUID | None) -> str | None:
        return self.bodies[revision].get("DOI") if revision else None

    def resolve(self, doi: str) -> UUID | None:
        """The live object a DOI leads to."""
        holder = self.holders.get(doi)
        if holder is None:
            return None
        found = self.objects[holder]
        survivor = found.target or holder
        return survivor if self.objects[survivor].state == "active" else None
