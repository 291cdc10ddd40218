"""What Nexus hears: what was accepted, to find how objects relate since."""

from __future__ import annotations

from collections.abc import Sequence

from nexus_hub.nexus.queries import relation as q
from nexus_hub.platform.queues import Consumer, Context, Event


def relate_accepted(context: Context, events: Sequence[Event]) -> None:
    """Bring the relations of what was accepted up to date, on both sides."""
    croids = sorted({croid for event in events for croid in event.croids})
    indexes = sorted({event.index for event in events if event.index is not None})
    q.relation_relate(context.connection, croids=croids, indexes=indexes)


CONSUMERS = [Consumer("nexus_accepted", relate_accepted)]
