"""Organisations as the ROR registry describes them, read into bodies."""

from __future__ import annotations

from typing import Any

from nexus_hub.catalog.records import Reading
from nexus_hub.catalog.ror import read_record


def read_organisation(raw: bytes) -> Reading:
    """The body of an organisation: the ROR record in schema 2, whichever schema it came in.

    Raises RefusedRecordError where the bytes are no ROR record.
    """
    record = read_record(raw)
    return record.record, list(record.problems)


def read_ror_key(value: Any) -> tuple[str, str]:
    """The ROR id of a row in its short form, and the day of its last change ("" where unknown).

    Raises RefusedRecordError where the value is no ROR record.
    """
    record = read_record(value)
    return record.key, record.version.isoformat() if record.version else ""
