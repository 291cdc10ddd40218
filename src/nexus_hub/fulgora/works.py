"""Other people's records: works of Crossref and DOIs of DataCite, each as its agency gives them."""

from __future__ import annotations

from typing import Any

from nexus_hub.catalog.records import read_crossref_key
from nexus_hub.fulgora.cells import identifier, refused, row_of, text
from nexus_hub.fulgora.declaration import Rows, Statement
from nexus_hub.fulgora.ror import pick_members, read_record
from nexus_hub.platform.files import read_records
from nexus_hub.platform.unpacking import Progress

__all__ = ["datacite_key", "read_crossref_key", "read_json", "read_ror", "state_ror"]


def read_json(path: str, progress: Progress) -> Rows:
    """Records in JSON lines, an array or an object with one."""
    return read_records(path, array_members=("items", "records", "data"), progress=progress)


def read_ror(path: str, progress: Progress) -> Rows:
    """The organisations of a file or of an official archive."""
    return read_records(path, pick=pick_members, progress=progress)


def state_ror(value: Any) -> list[Statement]:
    """The funder ids of an active organisation: they name what the ROR id names."""
    record = read_record(value).record
    if record["status"] != "active":
        return []
    return [
        Statement("funder", funder, "same", {})
        for entry in record["external_ids"]
        if entry.get("type") == "fundref"
        for given in entry.get("all") or []
        if (funder := identifier("funder", given))
    ]


def datacite_key(value: Any) -> tuple[str, str]:
    """The DOI of a record of DataCite, and when it was last changed (RFC 3339; "" unknown).

    Raises RefusedRecordError where it has no DOI.
    """
    row = row_of(value)
    attributes = row.get("attributes", row)
    if not isinstance(attributes, dict):
        raise refused("wrong-type", "/attributes", "attributes are an object")
    given = text(attributes, "doi") or text(row, "id")
    doi = identifier("doi", given)
    if doi is None:
        raise refused("missing-doi", "/doi", f"{given[:60]!r} is no DOI")
    return doi, text(attributes, "updated", "registered", "created")
