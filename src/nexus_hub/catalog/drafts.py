"""A work being made of a record in another format, and where in that record each part came from.

Problems are found in the work; who deposited the record is told the place in what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from nexus_hub.catalog.canonical import Problem
from nexus_hub.catalog.crossref import normalise_work
from nexus_hub.catalog.shape import ABSENT, Place, Problems, Record


@dataclass(slots=True)
class Draft:
    """A work in the making; `origins` leads from a pointer into it to one into the record."""

    body: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, name: str, value: Any, source: str) -> None:
        """Set a member, unless there is nothing to be set."""
        if value not in (None, "", [], {}):
            self.body[name] = value
            self.origins[f"/{name}"] = source

    def add(self, name: str, value: Any, source: str) -> str:
        """Append to a member that is a list; the pointer to what was appended."""
        items = self.body.setdefault(name, [])
        items.append(value)
        pointer = f"/{name}/{len(items) - 1}"
        self.origins[pointer] = source
        return pointer

    def put_nexus(self, name: str, value: Any, source: str) -> None:
        """Set a member of those that are ours."""
        self.body.setdefault("nexus", {})[name] = value
        self.origins[f"/nexus/{name}"] = source

    def add_nexus(self, name: str, value: Any, source: str) -> str:
        """Append to a list among the members that are ours; the pointer to what was appended."""
        items = self.body.setdefault("nexus", {}).setdefault(name, [])
        items.append(value)
        pointer = f"/nexus/{name}/{len(items) - 1}"
        self.origins[pointer] = source
        return pointer

    def warn(self, code: str, source: str, detail: str) -> None:
        """Note what is odd about a place in the record."""
        self.problems.append(Problem(code, source, detail, "warning"))

    def finish(self) -> tuple[dict[str, Any], list[Problem]]:
        """The clean body, and the problems with pointers into the record."""
        body, found = normalise_work(self.body, may_have_traces=False)
        told = [replace(problem, pointer=self.origin(problem.pointer)) for problem in found]
        return body, self.problems + told

    def origin(self, pointer: str) -> str:
        """The place in the record that a place in the work was made of, or of what holds it.

        >>> Draft(origins={"/author/0": "/creators/3"}).origin("/author/0/ORCID")
        '/creators/3'
        """
        while pointer and pointer not in self.origins:
            pointer = pointer.rpartition("/")[0]
        return self.origins.get(pointer, "")


class TextOr(Record):
    """Text, or an object that says the same with more detail."""

    expected = "text or an object"

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the text as it is, or the object with every known member in its shape."""
        return value if type(value) is str else super().read(value, place, problems)

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"anyOf": [{"type": "string"}, super().schema()]}


def prune(value: Any) -> Any:
    """A value without the members and items that say nothing: nulls, empty texts, lists, objects.

    >>> prune({"a": [None, {"b": ""}], "c": 0})
    {'c': 0}
    """
    if isinstance(value, Mapping):
        members = {name: prune(item) for name, item in value.items()}
        return {name: item for name, item in members.items() if item not in _NOTHING}
    if isinstance(value, list):
        return [item for item in map(prune, value) if item not in _NOTHING]
    return value


_NOTHING: tuple[Any, ...] = (None, "", [], {}, ABSENT)
