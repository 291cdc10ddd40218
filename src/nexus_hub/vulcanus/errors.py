"""What can go wrong in vulcanus. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "NoSuchStrategy",
    "TooManyInputs",
    "UnknownMatchingTask",
]


class NoSuchStrategy(NexusError):
    """There is no strategy of this name."""

    slug = "no-such-strategy"
    sqlstate = "NX500"
    http_status = 404
    meaning = "There is no strategy of this name."
    hint = "vulcanus.strategy lists them."


class UnknownMatchingTask(NexusError):
    """There is no matching task of this name."""

    slug = "unknown-matching-task"
    sqlstate = "NX510"
    http_status = 400
    meaning = "There is no matching task of this name."
    hint = "The detail lists the tasks."


class TooManyInputs(NexusError):
    """More inputs than one request may match."""

    slug = "too-many-inputs"
    sqlstate = "NX511"
    http_status = 400
    meaning = "More inputs than one request may match."
    hint = "Send at most 1,000 inputs at a time."
