"""What can go wrong in vulcanus. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "NoSuchProposal",
    "NoSuchStrategy",
    "ProposalDecided",
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


class NoSuchProposal(NexusError):
    """Nobody proposed to merge these two."""

    slug = "no-such-proposal"
    sqlstate = "NX501"
    http_status = 404
    meaning = "Nobody proposed to merge these two."
    hint = "GET /duplicates lists what is proposed."


class ProposalDecided(NexusError):
    """Somebody decided already whether these two are merged."""

    slug = "proposal-decided"
    sqlstate = "NX502"
    http_status = 409
    meaning = "Somebody decided already whether these two are merged."
    hint = "GET /duplicates with the state accepted or rejected tells how."


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
