"""What a strategy is: what it reads of a record, and the elements it adds to a batch of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, runtime_checkable
from uuid import UUID

from psycopg import Connection

from nexus_hub.vulcanus.patch import Pointer, format_pointer
from nexus_hub.vulcanus.texts import Concern

VULCANUS: Final = UUID("00000000-0000-7000-8000-000000000001")
"""The editor of what is derived."""

Bodies = Mapping[UUID, dict[str, Any]]
Elements = list[dict[str, Any]]


class Strategy(Protocol):
    """How values are added to releases; `name` is its row in vulcanus.strategy.

    One whose row says that it is deferred makes no layer while a record is taken in: what it needs
    is looked for after the acceptance, and only records that gain something are revised again.
    """

    name: str

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """SHA-256 of what it reads of a record; None where there is nothing for it."""
        ...

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """Bring what it matches against up to date; the index up to which that is known."""
        ...

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """The elements of a patch for each of these records; none where there is nothing to say."""
        ...


@runtime_checkable
class Traced(Protocol):
    """A strategy that knows which of its layers a change of what it matches against concerns.

    Terms are hashes. A layer that shares none with a change need not be looked at again.
    """

    def note(
        self, connection: Connection[Any], at_index: int, bodies: Bodies
    ) -> Mapping[UUID, Sequence[int]]:
        """What the layers of these records rest on, after `run`; those left out on everything."""
        ...

    def trace(self, connection: Connection[Any], after_index: int) -> Concern:
        """What all changes after an index concern."""
        ...


@runtime_checkable
class Looking(Protocol):
    """A strategy that looks something up for a whole batch before it is asked about its records.

    What it finds counts as read of the record: where that is nothing, there is nothing for it.
    """

    def look(self, connection: Connection[Any], bodies: Bodies) -> None:
        """Look up what these records name."""
        ...


def element(
    action: str,
    pointer: Pointer,
    value: Any,
    confidence: float,
    evidence: Mapping[str, Any],
    when: Mapping[str, Any],
) -> dict[str, Any]:
    """One value that a strategy adds, with what it rests on and what must stand there for it."""
    return {
        "field": pointer[0],
        "action": action,
        "path": format_pointer(pointer),
        "originalValue": None,
        "enrichedValue": value,
        "when": dict(when),
        "confidence": confidence,
        "evidence": dict(evidence),
    }


def lowest(elements: Sequence[Mapping[str, Any]]) -> float:
    """The confidence of a layer: that of its least sure value.

    >>> lowest([{"confidence": 0.9}, {}]), lowest([])
    (0.9, 1.0)
    """
    return min((one.get("confidence", 1.0) for one in elements), default=1.0)
