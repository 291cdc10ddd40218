"""Strategies that need nothing but the record: what they read of it, and what they say of that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from nexus_hub.vulcanus.strategy import Bodies, Elements


@dataclass(slots=True)
class Plain:
    """A strategy made of two pure functions.

    `read` gives what of a record it rests on, as JSON could have it, None where there is nothing
    for it; `say` the elements of a patch. What it rests on is read again only where it changed.
    """

    name: str
    read: Callable[[dict[str, Any]], Any]
    say: Callable[[Any], Elements]

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """SHA-256 of what it reads, None where there is nothing for it."""
        found = self.read(body)
        return None if found is None else hashlib.sha256(orjson.dumps(found)).digest()

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """It is matched against nothing."""
        return inputs_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What it says of these records."""
        read = {croid: self.read(body) for croid, body in bodies.items()}
        return {croid: self.say(found) for croid, found in read.items() if found is not None}
