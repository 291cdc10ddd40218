"""A work written out: what is told around its body, its formats, and the tag of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexus_api.aquilo import formats, signposting
from nexus_api.conditional import item_etag
from nexus_hub.aquilo import crossref_view
from nexus_hub.aquilo.queries import work as q
from nexus_hub.croid.codec import encode

Found = q.WorkGetRow | q.WorkListByDoiRow
Told = Found | q.WorkListRow | q.WorkListOfRow
"""What is told of a work around its body."""


def members(row: Told, score: float | None = None) -> dict[str, Any]:
    """The members of a work that no body holds."""
    created, deposited, indexed = row.created_at, row.deposited_at, row.indexed_at
    assert row.doi and created and deposited and indexed  # noqa: S101, PT018
    return crossref_view.volatile(
        row.doi,
        reference_count=row.reference_count or 0,
        cited_by_count=row.cited_by_count or 0,
        created=created,
        deposited=deposited,
        indexed=indexed,
        score=score,
        updated_by=row.updated_by,
    )


async def rendered(
    doi: str,
    row: Found,
    chosen: formats.Chosen,
    body: bytes,
    etag: str,
    counts: Mapping[str, int] | None = None,
) -> tuple[bytes, dict[str, str]]:
    """A work in any format but a page, and the headers that tell of it."""
    croid = encode(row.croid)
    headers = headers_of(etag, croid) | {"Link": signposting.header(body, doi, croid)}
    if chosen.form.write is not None:
        return await chosen.write(body, croid), headers
    around = members(row) | dict(counts or {})
    return crossref_view.envelope("work", crossref_view.splice(body, around)), headers


def headers_of(etag: str, croid: str) -> dict[str, str]:
    """What tells of a work whatever its format."""
    return {"ETag": etag, "Vary": "Accept", "X-Nexus-Croid": croid}


def etag_of(row: Found, wanted: str, base: str, key: str) -> str:
    """The tag of a work in a view and a format: the counts and dates change without a revision."""
    dates = (row.deposited_at, row.cited_by_count, row.updated_by)
    return item_etag(row.revision_id, row.index, *dates, wanted, base, key)
