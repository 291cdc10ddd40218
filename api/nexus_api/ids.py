"""Ids of what is no research object: deposits, revisions, tasks."""

from __future__ import annotations

from uuid import UUID

from nexus_hub.croid.codec import LENGTH, decode
from nexus_hub.croid.errors import MalformedCroid


def read_id(text: str) -> UUID | None:
    """The uuid that is written here, as such or in 26 characters; None where it is neither.

    >>> read_id("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b") == read_id("01j2gv5gymfsfrmtvwhpf0y6hb")
    True
    >>> read_id("x")
    """
    try:
        return decode(text) if len(text) == LENGTH else UUID(text)
    except (MalformedCroid, ValueError):
        return None
