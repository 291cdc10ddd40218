"""What can go wrong in catalog. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "BadRecord",
    "EditgroupClosed",
    "IdentifierTaken",
    "NoSuchEditgroup",
    "StaleBase",
]


class NoSuchEditgroup(NexusError):
    """There is no editgroup of this id."""

    slug = "no-such-editgroup"
    sqlstate = "NX200"
    http_status = 404
    meaning = "There is no editgroup of this id."
    hint = "Use the id that opening the editgroup returned."


class StaleBase(NexusError):
    """An object changed since the edit was proposed."""

    slug = "stale-base"
    sqlstate = "NX201"
    http_status = 409
    meaning = "An object changed since the edit was proposed."
    hint = "Read the objects named in the detail again and propose the change anew."


class EditgroupClosed(NexusError):
    """The editgroup was accepted or withdrawn already."""

    slug = "editgroup-closed"
    sqlstate = "NX202"
    http_status = 400
    meaning = "The editgroup was accepted or withdrawn already."
    hint = "Open a new editgroup."


class IdentifierTaken(NexusError):
    """Another live object holds this identifier."""

    slug = "identifier-taken"
    sqlstate = "NX203"
    http_status = 409
    meaning = "Another live object holds this identifier."
    hint = "Look the identifier up; propose a merge if both objects are the same."


class BadRecord(NexusError):
    """A record cannot be read as what it should be."""

    slug = "bad-record"
    sqlstate = "NX204"
    http_status = 400
    meaning = "A record cannot be read as what it should be."
    hint = "The problems name the place of each fault."
