"""What can go wrong in gleba. Generated from the rows of platform.error."""

from __future__ import annotations

from nexus_hub.platform.errors import NexusError

__all__ = [
    "NoSuchReport",
]


class NoSuchReport(NexusError):
    """There is no report of this name."""

    slug = "no-such-report"
    sqlstate = "NX600"
    http_status = 404
    meaning = "There is no report of this name."
    hint = "nexus report lists them; in SQL, gleba.report_age."
