"""What Aquilo hears: what was accepted, to keep the search documents up to date."""

from __future__ import annotations

from collections.abc import Sequence

from nexus_hub.aquilo.queries import document as q
from nexus_hub.platform.queues import Consumer, Context, Event


def index_accepted(context: Context, events: Sequence[Event]) -> None:
    """Bring the documents of what was accepted up to date."""
    croids = sorted({croid for event in events for croid in event.croids})
    q.document_index(context.connection, croids=croids)


CONSUMERS = [Consumer("aquilo_accepted", index_accepted)]
