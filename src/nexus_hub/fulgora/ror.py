"""The files of the ROR registry: which to read of an archive, and what a row of them says."""

from __future__ import annotations

from collections.abc import Sequence

from nexus_hub.catalog.ror import RorRecord, read_record, to_v2
from nexus_hub.platform.files import pick_json

__all__ = ["RorRecord", "pick_members", "read_record", "to_v2"]


def pick_members(names: Sequence[str]) -> list[str]:
    """Choose what to read of an official ROR archive: the JSON of schema 2, if there is one.

    >>> pick_members(["v1.60-ror-data.json", "v1.60-ror-data.csv",
    ...               "v1.60-ror-data_schema_v2.json"])
    ['v1.60-ror-data_schema_v2.json']
    """
    chosen = pick_json(names)
    return [name for name in chosen if "schema_v2" in name] or chosen
