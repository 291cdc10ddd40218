"""What can go wrong in vulcanus. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "NoSuchStrategy",
]


class NoSuchStrategy(NexusError):
    """There is no strategy of this name."""

    slug = "no-such-strategy"
    sqlstate = "NX500"
    http_status = 404
    meaning = "There is no strategy of this name."
    hint = "vulcanus.strategy lists them."
