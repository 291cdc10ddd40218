"""Groups versions into works, and proposes duplicates, when a release with kin was accepted."""

from __future__ import annotations

from collections.abc import Sequence

from nexus_hub.platform.queues import Context, Event
from nexus_hub.vulcanus.deferred import read_standing, settle_layers
from nexus_hub.vulcanus.service import hold
from nexus_hub.vulcanus.work import STRATEGY, find_kin, group_works, input_hash, propose_merges


def group_releases(context: Context, events: Sequence[Event]) -> None:
    """Have versions name their work, and propose to merge what looks like one and the same."""
    connection = context.connection
    asked = sorted({croid for event in events for croid in event.croids})
    hold(connection, sorted(find_kin(connection, asked).releases))
    # Once more, held: another worker may have grouped some of them meanwhile.
    kin = find_kin(connection, asked)
    propose_merges(connection, asked, kin)
    versions = {croid for group in kin.versions() for croid in group}
    standing = read_standing(connection, STRATEGY, sorted(versions.union(asked)))
    digests = {
        croid: digest
        for croid in sorted(versions | standing.layers.keys())
        if not standing.is_done(croid, digest := input_hash(croid, kin))
    }
    if digests:
        found = group_works(connection, kin) if standing.row.is_enabled else {}
        settle_layers(context, standing, "works", digests, found)
