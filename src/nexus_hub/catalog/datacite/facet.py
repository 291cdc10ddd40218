"""One aspect of a record that two formats say each in its way, and the way there and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nexus_hub.catalog.drafts import Draft

Attributes = Mapping[str, Any]
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facet:
    """Attributes of DataCite, the members of a work that say the same, and both ways.

    A member with a dot lies under `nexus`. `forward` sees attributes of the right shapes that all
    say something; `backward` gives the attributes that a body's members amount to.
    """

    attributes: tuple[str, ...]
    members: tuple[str, ...]
    forward: Callable[[Attributes, Draft], None]
    backward: Callable[[Body], dict[str, Any]]


def member(body: Body, name: str) -> Any:
    """A member of a work, or None; the name may lie under another.

    >>> member({"nexus": {"a": 1}}, "nexus.a"), member({}, "nexus.a")
    (1, None)
    """
    value: Any = body
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def says(body: Any, said: Any) -> bool:
    """Whether a value says all that another does, and perhaps more in members of its own.

    >>> says([{"name": "A", "croid": "7"}], [{"name": "A"}]), says([1, 2], [1])
    (True, False)
    """
    if isinstance(said, Mapping) and isinstance(body, Mapping):
        return all(name in body and says(body[name], value) for name, value in said.items())
    if isinstance(said, list) and isinstance(body, list):
        return len(said) == len(body) and all(map(says, body, said))
    return bool(body == said)


def texts(value: Any) -> list[str]:
    """The texts of a member that should be a list of them."""
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a member that should be a list of them."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
