"""Derives releases again when more is known of whom and what they name."""

from __future__ import annotations

from collections.abc import Sequence

from nexus_hub.platform.queues import Context, Event
from nexus_hub.vulcanus.service import process


def derive_named(context: Context, events: Sequence[Event]) -> None:
    """Derive the releases again that name people or containers of which more is known now."""
    process(context, {croid for event in events for croid in event.croids}, "named")
