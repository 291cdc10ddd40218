"""Organisations as the ROR registry describes them, read into bodies."""

from __future__ import annotations

from typing import Any

from nexus_hub.catalog.records import Reading


def read_organisation(raw: bytes) -> Reading:
    """The body of an organisation: the ROR v2 record, whichever schema it came in."""
    from nexus_hub.fulgora.ror import read_record

    return read_record(raw).record, []


def read_ror_key(value: Any) -> tuple[str, str]:
    """The ROR id of a row in its short form, and when the registry last changed it."""
    from nexus_hub.fulgora.ror import read_record

    record = read_record(value)
    return record.key, str(record.version or "")
